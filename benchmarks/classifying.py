"""Prints what the text classifier adds to one 700-character offer, and what it costs to load.

    python benchmarks/classifying.py [--model FILE] [--rounds N]

Times are on one core. Texts are those of screening.py: no two are alike.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from screening import offers

from offer_screen import Screener
from offer_screen._loading import no_garbage_collection
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import read_model, shipped_model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=shipped_model())
    parser.add_argument("--rounds", type=int, default=1000)
    options = parser.parse_args()
    loads = []
    with no_garbage_collection():
        for _ in range(7):
            start = time.perf_counter()
            classifier = TextClassifier(read_model(options.model))
            loads.append((time.perf_counter() - start) * 1000)
    model = classifier.model
    features = len(model.words) + len(model.pairs) + len(model.subwords)
    print(f"{options.model.name}: {options.model.stat().st_size:,} bytes, {features:,} features")
    print(f"read and made ready          {statistics.median(loads):8.1f} ms")
    read = Screener.load(model=None).normalizer.read
    documents = [read(text) for text in offers(options.rounds)]
    for name, work in (
        ("log-odds of both heads", classifier.log_odds),
        ("contribution of each word", classifier.contributions),
    ):
        for document in documents[:50]:
            work(document)
        times = []
        for document in documents:
            start = time.perf_counter()
            work(document)
            times.append((time.perf_counter() - start) * 1e6)
        times.sort()
        print(
            f"{name:28} {statistics.median(times):8.1f} µs"
            f"   (p95 {times[int(len(times) * 0.95)]:.1f})"
        )
    tokens = statistics.mean(len(document.tokens) for document in documents)
    print(f"mean tokens of a text        {tokens:8.1f}")


if __name__ == "__main__":
    main()
