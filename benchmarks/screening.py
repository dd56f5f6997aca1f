"""Prints what one verdict costs: import, first verdict of a fresh process, a 700-character offer.

    python benchmarks/screening.py [--rounds N]

Times are medians on one core. The offers are written for this script; each round screens texts
that were not seen before (numbers and one word differ), so that no cache of whole texts could help.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from offer_screen import Screener

OFFER = """LOWONGAN KERJA LUAR NEGERI, dicari {count} orang wanita dan pria umur 20-{age} tahun
untuk jaga toko dan bantu di dapur restoran di Taiwan. Gaji NT$ 28.{cents}/bulan, kontrak 3 tahun,
mess dan makan ditanggung majikan, tiket berangkat gratis, potong gaji 7 bulan.
Syarat: ktp, kk, ijazah terakhir, surat izin orang tua yang diketahui kepala desa, sehat jasmani.
Proses mudah dan cepat, 2 minggu langsung terbang, tanpa pengalaman juga bisa, diajari dari nol.
Biaya pendaftaran 500rb dikirim ke rekening admin, paspor sementara dipegang agen ya kak {name}.
Kuota terbatas, yang minat langsung japri wa 0812-0000-{cents} atau datang ke rumah sponsor
di Desa Contoh RT {age}, jangan lupa bawa teman, ada bonus tiap bawa orang. Terima kasih banyak."""

NAMES = ("Rina", "Tono", "Sari", "Joko", "Wati", "Budi", "Nur", "Eko")


def offers(count: int) -> list[str]:
    return [
        OFFER.format(count=5 + i % 40, age=30 + i % 20, cents=100 + i % 900, name=NAMES[i % 8])[
            :700
        ]
        for i in range(count)
    ]


def fresh(code: str, rounds: int = 7) -> float:
    """Return the median seconds that ``code`` takes in a fresh interpreter, start-up subtracted."""

    def seconds(program: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
        return time.perf_counter() - start

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
    for engine in ("auto", "compiled"):
        screener = Screener.load(engine=engine)
        texts = offers(options.rounds)
        for text in texts[:50]:
            screener.screen(text)
        times = []
        for text in texts:
            start = time.perf_counter()
            screener.screen(text)
            times.append(time.perf_counter() - start)
        times.sort()
        label = f"{len(texts[0])} characters, {screener.engine}"
        print(
            f"{label:32} {statistics.median(times) * 1000:8.3f} ms"
            f"   (p95 {times[int(len(times) * 0.95)] * 1000:.3f} ms, {len(times)} texts)"
        )


if __name__ == "__main__":
    main()
