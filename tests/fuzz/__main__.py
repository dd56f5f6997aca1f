"""Fuzzes the targets, some at a time, and keeps what it finds as files that tests replay.

    python -m tests.fuzz [--seconds N] [TARGET ...]

Two targets run at a time, each in a process of its own, which ends at its first finding. All of
them together take N seconds, in which each has the share that it needs. A finding is written to
``tests/fuzz/regressions/<target>/``; inputs that reach new code are kept in
``build/fuzz/<target>/`` for the next run. Ends with 1 when anything was found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.seeds import ROOT

SHARES = {"text": 4, "rules": 3, "weights": 1, "money": 2, "model": 2}
"""How much of the time each target has, in the order in which they fit two at a time."""

CORPUS = ROOT / "build" / "fuzz"
_AT_A_TIME = 2


def main() -> int:
    """Run the targets that the command line names, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", default=SHARES, metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=840, help="for all of them together")
    chosen = parser.parse_args()
    if unknown := set(chosen.targets) - SHARES.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(SHARES)}")
    whole = max(sum(SHARES[name] for name in chosen.targets) / _AT_A_TIME, 1)
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        codes = list(
            pool.map(
                lambda name: run(name, int(chosen.seconds * min(SHARES[name] / whole, 1))),
                chosen.targets,
            )
        )
    for name, code in zip(chosen.targets, codes, strict=True):
        print(f"{name:8} {'no finding' if code == 0 else f'FOUND SOMETHING (exit code {code})'}")
    return int(any(codes))


def run(target: str, seconds: int) -> int:
    """Fuzz one target in a process of its own, and return its exit code; 0: nothing found."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    log = CORPUS / f"{target}.log"
    command = [sys.executable, "-m", "tests.fuzz.process", target, str(seconds)]
    with log.open("wb") as stream:
        done = subprocess.run(
            command, cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT, check=False
        )
    print(_summary(log, target, failed=bool(done.returncode)), flush=True)
    return done.returncode


def _summary(log: Path, target: str, *, failed: bool) -> str:
    lines = log.read_text("utf-8", "replace").splitlines()
    if failed:
        return "\n".join(lines[-60:])
    return next((f"{target:8} {line}" for line in reversed(lines) if line.startswith("Done")), "")


if __name__ == "__main__":
    sys.exit(main())
