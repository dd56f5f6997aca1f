"""Prints what a text costs by its length: time and peak memory for each kB.

    python benchmarks/length.py [--most KB]

Each row is one kind of text, at lengths from 1 kB to 1 MB. Where cost is linear a row holds much
the same figures. Memory is what Python allocates beyond the loaded screener, measured in a run of
its own up to 100 kB, because measuring slows a run down.
"""

from __future__ import annotations

import argparse
import gc
import time
import tracemalloc

from offer_screen import Screener

TEXTS = {
    "plain offer": (
        "Toko Contoh di Semarang butuh penjaga toko, usia 20 sampai 35 tahun, gaji Rp 2.500.000"
        " per bulan, libur hari Minggu. Lamaran diantar langsung ke toko setelah jam 9 pagi.\n"
    ),
    "scam": "Kerja di Kamboja, gaji 1000 USD, visa turis, paspor dipegang agen.\n",
    "one letter": "a",
    "letters, blanks": "a ",
    "emoji": "😀",
    "flags": "🇰🇭",
    "ligatures": "\ufdfa",
    "percent signs": "%",
    "combining": "a\u0301\u0316",
    "tags": "<b>",
    "quotes": '"a" ',
    "amounts": "gaji 5 jt ",
    "dollars": "$1000 ",
    "phones": "0812-0000-1234 ",
    "links": "wa.me/6281200001234 ",
    "negated flags": "tidak ada paspor dipegang ",
    "warned flags": "waspada paspor dipegang ",
    "companies": "PT Contoh ",
}
SIZES = (1, 10, 100, 1_000)
_MEASURED_UP_TO = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--most", type=int, default=SIZES[-1], help="longest text, in 1,000 characters"
    )
    most = parser.parse_args().most
    sizes = [size for size in SIZES if size <= most]
    screener = Screener.load(max_length=1_000 * most)
    gc.collect()
    gc.freeze()
    print("ms for each 1,000 characters, at a length of … thousand; kB for each 1,000 characters")
    print(f"{'':16}" + "".join(f"{size:>9,}" for size in sizes) + f"{'kB each':>10}")
    for name, unit in TEXTS.items():
        texts = [(unit * (1_000 * size // len(unit) + 1))[: 1_000 * size] for size in sizes]
        screener.screen(texts[0])
        costs = [
            _milliseconds(screener, text) / size for size, text in zip(sizes, texts, strict=True)
        ]
        size = max(size for size in sizes if size <= _MEASURED_UP_TO)
        memory = _peak(screener, texts[sizes.index(size)]) / 1_000 / size
        print(
            f"{name:16}" + "".join(f"{cost:9.2f}" for cost in costs) + f"{memory:10.0f}", flush=True
        )


def _milliseconds(screener: Screener, text: str) -> float:
    begun = time.perf_counter()
    screener.screen(text)
    return 1_000 * (time.perf_counter() - begun)


def _peak(screener: Screener, text: str) -> int:
    tracemalloc.start()
    screener.screen(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
