"""Screens for hours in minutes: a million texts, flat memory, and no wrong result.

    python -m tests.soak [--screens N] [--processes N] [--threads N] [--reload]

The texts are made from the examples of the rules, short and long, each with words and numbers that
no other has. Both engines take turns. Of every hundred texts one is checked: its rules
against the oracle of the tests, its report against that of the other engine, and a text that comes
again and again against its first report. With ``--threads`` several share the same screeners; with
``--reload`` the rules are read anew all the while.

Resident memory of each process is taken a hundred times. It goes up and down by some 10 MB, as what
the library remembers of words and chunks is filled and emptied; what counts is whether the most of
it grows after the warm-up, two fifths of the texts. Ends with 1 when a result was wrong, or memory
grew by more than 5 MB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import hashlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import NamedTuple

from offer_screen import InputError, Screener
from offer_screen.fusion import read_fusion, shipped_fusion
from offer_screen.infer.durable import why_not_durable
from offer_screen.rules.conditions import leaf_of
from offer_screen.rules.examples import examples_of
from tests.infer import oracle

DAY = dt.date(2026, 11, 24)
MOST_GROWTH_MB = 5.0
CHECKED = 100
"""One of so many texts is checked."""

WARM_UP = 0.4
"""Part of the texts after which the caches of the library have been filled and emptied."""

_SAMPLES = 100
"""How often memory is taken."""

_LEAST = 100
"""Texts between two times, at least: to look for garbage takes as long as to screen some."""

_LONG = 251
"""One of so many texts is long: up to about 6,000 characters."""

_REFUSED = 997
"""One of so many texts cannot be screened."""

_ENDS = (
    "kode {word}{a}",
    "hub {word} 08{a:02}-{b:04}-{c:04}",
    "gaji Rp {b}.{a:02}0.000 di {word}",
    "daftar {word}.example/{c}",
)


class Figures(NamedTuple):
    """What one process has to tell.

    Attributes:
        screens: Texts screened.
        refused: Of these, with an InputError.
        checked: Texts checked.
        wrong: What was wrong, a line each.
        reloads: How often the rules were read anew.
        seconds: Time from the first text to the last.
        before: MB resident at most during the warm-up.
        after: MB resident at most after it.
    """

    screens: int
    refused: int
    checked: int
    wrong: tuple[str, ...]
    reloads: int
    seconds: float
    before: float
    after: float


class Bench:
    """Screeners of one process with both engines, the texts, and what came of them."""

    def __init__(self, seed: int, known: int = 300) -> None:
        first = Screener.load(as_of=DAY)
        second = Screener(
            first.ruleset,
            engine="compiled",
            as_of=DAY,
            classifier=first.classifier,
            fusion=read_fusion(shipped_fusion()),
        )
        self.screeners = (first, second)
        rules = first.ruleset.rules
        self._conditions = {
            **{rule.id: rule.when for rule in rules.values()},
            **{name: rule.when for name, rule in first.ruleset.missing.items()},
        }
        self._leaves = first.ruleset.program.leaves
        self._examples = [text for rule in rules.values() for _, _, text in examples_of(rule)]
        self.seed = seed
        self._known = [self.text(-1 - number) for number in range(known)]
        self._first = [self._digest(text, number) for number, text in enumerate(self._known)]
        self.refused = 0
        self.checked = 0
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def text(self, number: int) -> str:
        """Return a text of its own for each number: short, and long once in a while."""
        rnd = Random(self.seed * 1_000_003 + number)
        if number % _REFUSED == 0:
            return rnd.choice((" \n\t", "", "x" * 20_001, "\ud800 gaji"))
        said = rnd.sample(self._examples, 1 if number % _LONG else rnd.randint(10, 60))
        word = "".join(rnd.choices("abdegijklmnoprstuw", k=rnd.randint(5, 9)))
        end = rnd.choice(_ENDS).format(
            word=word, a=rnd.randrange(100), b=rnd.randrange(10_000), c=rnd.randrange(10_000)
        )
        return "\n".join((*said, end))

    def run(self, numbers: range) -> None:
        """Screen the texts of these numbers, and check some."""
        refused = 0
        for number in numbers:
            try:
                self.screeners[number % 2].screen(self.text(number))
            except InputError:
                refused += 1
            if number % CHECKED == 0:
                self._check(number)
        with self._lock:
            self.refused += refused

    def _check(self, number: int) -> None:
        wrong = []
        at = number // CHECKED % len(self._known)
        if self._digest(self._known[at], number) != self._first[at]:
            wrong.append(f"text {-1 - at} has another report than at first")
        text = self.text(number + 1)
        if (number + 1) % _REFUSED:
            one, other = (screener.screen(text) for screener in self.screeners)
            if other.replaced(engine=one.engine) != one:
                wrong.append(f"text {number + 1}: the engines differ")
            trace = self.screeners[number % 2].trace(text)
            held = {self._leaves[leaf] for leaf in trace.held}
            fires = oracle.fires(self._conditions, lambda question: leaf_of(question) in held)
            if fires != trace.fired:
                wrong.append(f"text {number + 1}: {sorted(fires ^ trace.fired)} against the oracle")
        with self._lock:
            self.checked += 1
            self.wrong += wrong

    def _digest(self, text: str, number: int) -> str:
        """Return a digest of all that is said of a text, whichever engine ran."""
        try:
            report = self.screeners[number % 2].screen(text)
        except InputError as error:
            return str(error)
        return hashlib.sha256(report.replaced(engine="").to_json().encode()).hexdigest()


def in_process(seed: int, screens: int, threads: int, *, reload: bool) -> Figures:
    """Screen so many texts in this process and return the figures."""
    return soak(Bench(seed), screens, threads, reload=reload)


def soak(bench: Bench, screens: int, threads: int, *, reload: bool) -> Figures:
    """Screen so many texts and return the figures."""
    begun = time.monotonic()
    done = threading.Event()
    seen: list[float] = []
    with ThreadPoolExecutor(1) as beside:
        reloads = beside.submit(_reload, bench, done) if reload else None
        try:
            for part in _parts(screens):
                _run(bench, part.start, part.stop, threads)
                seen.append(resident_mb())
                _tell(bench.seed, part.stop, begun, seen)
        finally:
            done.set()
        times = reloads.result() if reloads is not None else 0
    warm_up = int(len(seen) * WARM_UP)
    return Figures(
        screens,
        bench.refused,
        bench.checked,
        tuple(bench.wrong),
        times,
        time.monotonic() - begun,
        max(seen[:warm_up]),
        max(seen[warm_up:]),
    )


def _run(bench: Bench, start: int, stop: int, threads: int) -> None:
    if threads == 1:
        bench.run(range(start, stop))
        return
    with ThreadPoolExecutor(threads) as pool:
        for each in [
            pool.submit(bench.run, range(start + n, stop, threads)) for n in range(threads)
        ]:
            each.result()


def _parts(stop: int) -> Iterator[range]:
    step = max(stop // _SAMPLES, _LEAST)
    return (range(at, min(at + step, stop)) for at in range(0, stop, step))


def _reload(bench: Bench, done: threading.Event) -> int:
    times = 0
    while not done.wait(2):
        bench.screeners[times % 2].reload()
        times += 1
    return times


def _tell(seed: int, screens: int, begun: float, seen: list[float]) -> None:
    if len(seen) % (_SAMPLES // 10):
        return
    print(
        f"process {seed}: {screens:,} texts, {time.monotonic() - begun:.0f} s, {seen[-1]:.1f} MB",
        file=sys.stderr,
        flush=True,
    )


def resident_mb() -> float:
    """Return the memory of this process that is resident, once garbage is gone."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def main() -> int:
    """Run what the command line asks for, print the figures, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--screens", type=int, default=1_000_000, help="texts, in all processes")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="in each process")
    parser.add_argument("--reload", action="store_true", help="read the rules anew all the while")
    asked = parser.parse_args()
    if why_not_durable() is not None:
        print("durable-rules cannot be imported here: the compiled engine takes every text")
    share = asked.screens // asked.processes
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(asked.processes, mp_context=spawn) as pool:
        running = [
            pool.submit(in_process, seed, share, asked.threads, reload=asked.reload)
            for seed in range(asked.processes)
        ]
        told = [each.result() for each in running]
    return report(told, asked.threads)


def report(told: list[Figures], threads: int) -> int:
    """Print the figures, and return the exit code."""
    wrong = [line for figures in told for line in figures.wrong]
    growth = max(figures.after - figures.before for figures in told)
    print(
        f"{sum(f.screens for f in told):,} texts in {len(told)} processes of {threads} threads, "
        f"{max(f.seconds for f in told):.0f} s; {sum(f.refused for f in told):,} refused, "
        f"{sum(f.reloads for f in told)} reloads"
    )
    for figures in told:
        print(
            f"resident at most: {figures.before:.1f} MB in the warm-up,"
            f" {figures.after:.1f} after it"
        )
    print(f"{sum(f.checked for f in told):,} texts checked, {len(wrong)} wrong")
    print("\n".join(wrong[:20]))
    return int(bool(wrong) or growth > MOST_GROWTH_MB)


if __name__ == "__main__":
    sys.exit(main())
