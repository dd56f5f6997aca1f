"""Prints what loading costs.

    python benchmarks/loading.py

CPU and memory of a fresh process, what it imports apart; medians of several processes.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

_PROCESSES = 7
_COLD = """
import gc, resource, time
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20

zero, nothing = time.process_time(), memory()
import spacy
from offer_screen.infer.durable import why_not_durable
from offer_screen.rules.loader import load_ruleset
from offer_screen.screener import Screener
why_not_durable()  # imports durable-rules
gc.disable()  # as Screener.load does
start, before = time.process_time(), memory()
ruleset = load_ruleset()
read, middle = time.process_time(), memory()
screener = Screener(ruleset)
done = time.process_time()
print(start - zero, read - start, done - read, before - nothing, middle - before, memory() - middle)
"""


def cold() -> None:
    """Print what loading costs a fresh process."""
    runs = [
        [float(value) for value in done.stdout.split()]
        for _ in range(_PROCESSES)
        for done in [
            subprocess.run(
                [sys.executable, "-c", _COLD], check=True, capture_output=True, text=True
            )
        ]
    ]
    imports, read, build, modules, rules, stages = (
        statistics.median(column) for column in zip(*runs, strict=True)
    )
    print(f"imports, spaCy among them    {imports:7.3f} s CPU  {modules:7.1f} MB")
    print(f"rules read and checked       {read:7.3f} s CPU  {rules:7.1f} MB")
    print(f"stages made of them          {build:7.3f} s CPU  {stages:7.1f} MB")
    print(f"both: Screener.load          {read + build:7.3f} s CPU  {rules + stages:7.1f} MB")


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    cold()


if __name__ == "__main__":
    main()
