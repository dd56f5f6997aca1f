"""Counts the processor instructions of a verdict: a bar that a busy machine does not move.

    python benchmarks/instructions.py            prints the counts, beside those that are kept
    python benchmarks/instructions.py --check    fails where a count grew by more than 5 %
    python benchmarks/instructions.py --write    keeps the counts

Valgrind's callgrind counts while texts of ``screening.py`` are screened, and not while rules and
model are loaded or words are met for the first time. Counts differ from one version of Python to
another and with compilers, so that each version has its own in ``instructions.json``; the same
interpreter gives the same within a fraction of a per cent.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from screening import WAYS, Way, offers

KEPT = Path(__file__).with_suffix(".json")
TEXTS = 20
WARMING = 60
TOLERANCE = 0.05
_TOTAL = re.compile(r"^(?:summary|totals): (\d+)", re.MULTILINE)


def screen_on_demand() -> None:
    """Screen texts way by way, each time that a line comes in: what runs under valgrind."""
    texts = offers(WARMING + TEXTS)
    screeners = [way.screener() for way in WAYS]
    for screener in screeners:
        for text in texts[:WARMING]:
            screener.screen(text)
    print("ready", flush=True)
    for screener in screeners:
        sys.stdin.readline()
        for text in texts[WARMING:]:
            screener.screen(text)
        print("done", flush=True)
    sys.stdin.readline()  # not to end while what was counted is written


def counts() -> Iterator[tuple[Way, int]]:
    """Yield how many instructions a text takes, way by way."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [
            *("valgrind", "--tool=callgrind", "--instr-atstart=no"),
            *(f"--callgrind-out-file={out}", "--log-file=/dev/null"),
            *(sys.executable, str(Path(__file__)), "--under-valgrind"),
        ]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise SystemExit("the process under valgrind has no pipes")
            _answer(process.stdout)
            _control(process.pid, "--instr=on")
            for number, way in enumerate(WAYS, start=1):
                process.stdin.write("\n")
                _answer(process.stdout)
                _control(process.pid, "--dump")  # writes what was counted since the last
                total = _TOTAL.search(Path(f"{out}.{number}").read_text())
                if total is None:
                    raise SystemExit("callgrind wrote no total")
                yield way, int(total[1]) // TEXTS


def _answer(pipe: IO[str]) -> None:
    if not pipe.readline():
        raise SystemExit("the process under valgrind ended early")


def _control(process: int, order: str) -> None:
    subprocess.run(
        ["callgrind_control", order, str(process)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a count grew")
    parser.add_argument("--write", action="store_true", help="keep the counts")
    parser.add_argument("--under-valgrind", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.under_valgrind:
        screen_on_demand()
        return
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed, which counts the instructions")
        return
    kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    version = f"{platform.python_implementation()} {sys.version_info[0]}.{sys.version_info[1]}"
    before: dict[str, int] = kept.get(version, {})
    now: dict[str, int] = {}
    grown = []
    for way, count in counts():
        name = str(way)
        now[name] = count
        known = before.get(name)
        change = "" if known is None else f"   {count / known - 1:+.1%} of {known:,}"
        print(f"{name:26} {count:12,} instructions a text{change}", flush=True)
        if known is not None and count > known * (1 + TOLERANCE):
            grown.append(name)
    if options.write:
        KEPT.write_text(json.dumps({**kept, version: now}, indent=2, sort_keys=True) + "\n")
    if options.check and not before:
        print(f"skipped: no counts are kept for {version}")
    elif options.check and grown:
        raise SystemExit(f"more than {TOLERANCE:.0%} above the counts kept: {', '.join(grown)}")


if __name__ == "__main__":
    main()
