"""Prints what one verdict costs: import, first verdict of a fresh process, a 700-character offer.

    python benchmarks/screening.py [--rounds N]

Times are medians on one core. Five offers were written for this script, from a broker's message
with a tell in every sentence to a shop's note; each round screens texts
that were not seen before (numbers and one word differ), so that no cache of whole texts could help.
They are screened by rules alone; what the classifier adds, ``classifying.py`` prints.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from offer_screen import Screener
from offer_screen.pipeline import EngineName

OFFERS = (
    # A broker's message with a tell in nearly every sentence: the most work that a text makes.
    """LOWONGAN KERJA LUAR NEGERI, dicari {count} orang wanita dan pria umur 20-{age} tahun
untuk jaga toko dan bantu di dapur restoran di Taiwan. Gaji NT$ 28.{cents}/bulan, kontrak 3 tahun,
mess dan makan ditanggung majikan, tiket berangkat gratis, potong gaji 7 bulan.
Syarat: ktp, kk, ijazah terakhir, surat izin orang tua yang diketahui kepala desa, sehat jasmani.
Proses mudah dan cepat, 2 minggu langsung terbang, tanpa pengalaman juga bisa, diajari dari nol.
Biaya pendaftaran 500rb dikirim ke rekening admin, paspor sementara dipegang agen ya kak {name}.
Kuota terbatas, yang minat langsung japri wa 0812-0000-{cents} atau datang ke rumah sponsor
di Desa Contoh RT {age}, jangan lupa bawa teman, ada bonus tiap bawa orang. Terima kasih banyak.""",
    # A village message that says little outright.
    """Assalamualaikum bapak ibu semua, ini {name} dari Dusun Contoh, mau kasih kabar baik. Kemarin
sepupu saya yang di Malaysia telepon, katanya di tempat dia kerja lagi butuh {count} orang lagi buat
bantu-bantu di kilang kayu. Kerjanya tidak berat, cuma angkat dan susun papan, jam tujuh pagi sampai
jam lima sore, hari minggu libur. Makan dua kali dari bos, tidurnya di rumah kongsi bareng orang
kampung kita juga. Gajinya lumayan daripada nganggur di rumah, bisa buat bayar sekolah anak. Kalau
memang berminat kumpul dulu di rumah saya malam {age} nanti habis isya, bawa fotokopi KTP dan KK.
Nanti saya jelaskan berangkatnya lewat mana dan naik apa, tidak usah tanya-tanya di grup ya,
langsung ke rumah. Yang sudah pernah ke sana boleh ikut juga. Salam dari saya, nomor {cents}.""",
    # A factory's advert.
    """PT Contoh Garmen Sejahtera membuka kesempatan kerja untuk posisi Operator Jahit dan QC,
penempatan Kabupaten Semarang, sebanyak {count} orang. Kualifikasi: pria atau wanita usia
18-{age} tahun, pendidikan minimal SMP atau sederajat, diutamakan berpengalaman di bidang garmen,
yang belum berpengalaman akan mengikuti pelatihan selama dua minggu, sehat jasmani dan rohani,
teliti, disiplin, dan mampu bekerja sama dalam tim, bersedia bekerja lembur bila diperlukan.
Fasilitas: gaji sesuai UMK, upah lembur, BPJS Kesehatan dan Ketenagakerjaan, THR, seragam, kantin.
Lamaran lengkap berisi surat lamaran, daftar riwayat hidup, fotokopi ijazah, KTP, dan pas foto
dikirim ke pos satpam pabrik atau email hrd{cents}@contohgarmen.co.id, ditujukan kepada Ibu {name}.
Seluruh proses rekrutmen tidak dipungut biaya.""",
    # A licensed agency's advert.
    """PT Contoh Migran Mandiri (P3MI), SIP3MI Nomor {cents} Tahun 2020, membuka pendaftaran perawat
lansia untuk penempatan Taiwan, job order {count} orang, terdaftar di SISKOP2MI. Gaji NT$ 20.000 per
bulan, kontrak tiga tahun, libur satu hari setiap minggu, asuransi kesehatan ditanggung majikan.
Syarat: perempuan usia 21-{age} tahun, pendidikan minimal SMP, sehat dan lulus pemeriksaan medis di
klinik yang ditunjuk, mendapat izin suami atau orang tua yang diketahui kepala desa, mengikuti
pelatihan bahasa dan keterampilan tiga bulan di BLKLN. Biaya sesuai keputusan yang berlaku, dibayar
ke rekening perusahaan dengan kuitansi. Perjanjian kerja ditandatangani di Indonesia sebelum
berangkat. Pendaftaran melalui Disnaker kabupaten atau langsung ke kantor cabang, Jalan Contoh Nomor
{age}, jam 08.00-16.00, temui Ibu {name}.""",
    # A shop's informal message.
    """Halo gaes, toko {name} Snack lagi cari {count} anak buat jaga toko sama packing orderan.
Lokasi di deket pasar, kerja jam 8 pagi sampe 5 sore, istirahat sejam, libur gantian tiap minggu.
Yang penting jujur, rajin, gak gampang bosen, bisa itung-itungan sama pegang hp buat bales chat
pembeli. Umur bebas yang penting udah lulus sekolah, maksimal {age} tahun lah ya. Pengalaman gak
wajib, nanti diajarin sama mbak-mbak yang udah lama. Gaji dua minggu sekali, makan siang dari toko,
kalo target kejual ada bonus dikit. Ruamnya enak kok, yang punya juga santai, banyak yang betah dari
dulu. Minat langsung dateng aja bawa fotokopi ktp ke toko, jangan lewat wa soalnya suka ketumpuk,
cari aja yang jaga di depan, bilang mau ngelamar. Nomor rumahnya {cents} cat ijo. Ditunggu yaa.""",
)

NAMES = ("Rina", "Tono", "Sari", "Joko", "Wati", "Budi", "Nur", "Eko")


def offers(count: int) -> list[str]:
    """Return texts of 700 characters in turn, no two alike."""
    return [
        OFFERS[i % len(OFFERS)].format(
            count=5 + i % 40, age=30 + i % 20, cents=100 + i, name=NAMES[i % len(NAMES)]
        )[:700]
        for i in range(count)
    ]


def fresh(code: str, rounds: int = 9) -> float:
    """Return the median seconds from the start of a fresh interpreter until ``code`` is done.

    What an interpreter needs to do nothing is not counted, nor is what it needs to shut down.
    """

    def seconds(program: str) -> float:
        told = f"{program}\nimport time; print(time.monotonic())"
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", told], check=True, capture_output=True, text=True
        )
        return float(done.stdout) - start

    seconds(code)  # compiled files are written once
    return statistics.median(seconds(code) for _ in range(rounds)) - statistics.median(
        seconds("pass") for _ in range(rounds)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=600)
    options = parser.parse_args()
    print(f"import offer_screen              {fresh('import offer_screen'):8.3f} s")
    verdict = "from offer_screen import Screener; Screener.load().screen('Kerja ke luar negeri')"
    print(f"first verdict, fresh process     {fresh(verdict):8.3f} s")
    ways: tuple[tuple[EngineName, bool], ...] = (
        ("auto", False),
        ("compiled", False),
        ("compiled", True),
    )
    for engine, what_if in ways:
        screener = Screener.load(engine=engine, model=None)
        texts = offers(options.rounds)
        for text in texts[:50]:
            screener.screen(text)
        times: list[list[float]] = [[] for _ in OFFERS]
        for index, text in enumerate(texts):
            start = time.perf_counter()
            screener.screen(text, what_if=what_if)
            times[index % len(OFFERS)].append((time.perf_counter() - start) * 1000)
        every = sorted(value for of_one in times for value in of_one)
        label = f"{len(texts[0])} characters, {screener.engine}" + ", what_if" * what_if
        medians = ", ".join(f"{statistics.median(of_one):.2f}" for of_one in times)
        print(
            f"{label:32} {statistics.median(every):8.3f} ms"
            f"   (p95 {every[int(len(every) * 0.95)]:.2f}; by offer {medians})"
        )


if __name__ == "__main__":
    main()
