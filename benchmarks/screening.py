"""Prints what verdicts cost: import, first verdict, memory, and a 700-character offer.

    python benchmarks/screening.py [--rounds N] [--stages]

On one core, with either engine, by rules alone and with the text classifier. Five offers were
written for this script, from a broker's message with a tell in every sentence to a shop's note;
each round screens texts that were not seen before (numbers and one word differ), so that no cache
of whole texts could help. ``--stages`` tells where the time goes, stage by stage. Times move with
what else a machine does: ``instructions.py`` counts what does not.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, get_args

from offer_screen import Screener
from offer_screen.infer.durable import why_not_durable
from offer_screen.pipeline import EngineName

WARMING = 60
"""Texts that are screened before anything is measured."""

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


class Way(NamedTuple):
    """How texts are screened."""

    engine: EngineName
    with_model: bool

    def __str__(self) -> str:
        return f"{self.engine}, {'with the model' if self.with_model else 'rules alone'}"

    def screener(self) -> Screener:
        """Return a screener of the shipped pack."""
        return Screener.load(engine=self.engine, model="auto" if self.with_model else None)


WAYS = tuple(
    Way(engine, with_model)
    for engine in get_args(EngineName)
    if engine != "auto" and (engine != "durable" or why_not_durable() is None)
    for with_model in (False, True)
)


def memory(way: Way) -> float:
    """Return the most memory, in MB, of a fresh process that has screened 200 texts."""
    code = (
        f"from screening import Way, offers\n"
        f"screener = Way({way.engine!r}, {way.with_model}).screener()\n"
        f"for text in offers(200): screener.screen(text)\n"
        f"import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    return int(done.stdout) / (1e6 if sys.platform == "darwin" else 1e3)


class _Timed:
    """Stands in for a part of the pipeline and adds up the time in its methods."""

    def __init__(self, part: object, spent: dict[str, float], stages: Mapping[str, str]) -> None:
        self._part = part
        for method, stage in stages.items():
            setattr(self, method, timed(getattr(part, method), spent, stage))

    def __getattr__(self, name: str) -> object:
        return getattr(self._part, name)


def timed(work: Callable[..., object], spent: dict[str, float], stage: str) -> object:
    def run(*args: object, **options: object) -> object:
        start = time.perf_counter()
        try:
            return work(*args, **options)
        finally:
            spent[stage] += time.perf_counter() - start

    return run


STAGES = {
    "_normalizer": {"read": "text"},
    "_facts": {"facts": "extract"},
    "_matcher": {"find": "match"},
    "_kinds": {"sums": "kinds of text"},
    "_classifier": {"log_odds": "classify"},
    "_stance": {"judge": "stance"},
    "_leaves": {"read": "leaves"},
    "_engine": {"infer": "infer"},
    "_quick": {"infer": "infer, mentioned"},
    "_explainer": {"explain": "explain"},
    "_adviser": {"missing": "advice", "advise": "advice"},
}
"""Parts of the pipeline, and what their methods are told as."""


def stages(way: Way, rounds: int) -> None:
    """Print the mean time of each stage."""
    pipeline = way.screener()._pipeline  # no part of the interface: only its parts can be timed
    spent: dict[str, float] = defaultdict(float)
    for part, methods in STAGES.items():
        if (whole := getattr(pipeline, part)) is not None:
            setattr(pipeline, part, _Timed(whole, spent, methods))
    texts = offers(rounds + WARMING)
    for text in texts[:WARMING]:
        pipeline.screen(text)
    spent.clear()
    start = time.perf_counter()
    for text in texts[WARMING:]:
        pipeline.screen(text)
    total = time.perf_counter() - start
    rows = [*spent.items(), ("score, report and the rest", total - sum(spent.values()))]
    for stage, seconds in rows:
        print(f"    {stage:28} {seconds / rounds * 1e6:8.0f} µs {seconds / total:6.1%}")


def verdicts(way: Way, rounds: int, *, what_if: bool = False) -> None:
    """Print what a text takes: median and 99th percentile, and how many a second."""
    screener = way.screener()
    texts = offers(rounds + WARMING)
    for text in texts[:WARMING]:
        screener.screen(text)
    times: list[list[float]] = [[] for _ in OFFERS]
    for index, text in enumerate(texts[WARMING:]):
        start = time.perf_counter()
        screener.screen(text, what_if=what_if)
        times[index % len(OFFERS)].append((time.perf_counter() - start) * 1000)
    every = sorted(value for of_one in times for value in of_one)
    medians = ", ".join(f"{statistics.median(of_one):.2f}" for of_one in times)
    rate = 1000 * len(every) / sum(every)
    print(
        f"{f'{way}' + ', what_if' * what_if:32} {statistics.median(every):8.3f} ms"
        f"   (p99 {every[int(len(every) * 0.99)]:.2f}, {rate:,.0f} texts/s; by offer {medians})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=600)
    parser.add_argument("--stages", action="store_true", help="where the time goes")
    options = parser.parse_args()
    print(f"import offer_screen              {fresh('import offer_screen'):8.3f} s")
    for label, text in (("plain", "Kerja ke luar negeri"), ("that needs spaCy", "_gaji_ besar")):
        verdict = f"from offer_screen import Screener; Screener.load().screen({text!r})"
        print(f"first verdict, {label:17} {fresh(verdict):8.3f} s")
    # Before this process grows: Linux counts what it had when a child began as the child's.
    for way in WAYS:
        print(f"most memory, {way!s:27} {memory(way):6.0f} MB")
    for way in WAYS:
        verdicts(way, options.rounds)
        if options.stages:
            stages(way, options.rounds)
    verdicts(Way("compiled", with_model=False), options.rounds, what_if=True)


if __name__ == "__main__":
    main()
