"""Changes the arithmetic a little, one place at a time, and counts what no test notices.

    python -m tests.mutation [--mutants N] [--seed N] [AREA ...]

Of every area N changes are tried, drawn by lot. They are made in a copy of the checkout below the
temporary folder, by cosmic-ray (the extra ``mutation``). Prints for each file how many were killed
by the tests of its area, and each survivor as a diff.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_COPIED = ("src", "tests", "rules", "models", "pyproject.toml")
_OF_TYPES = "_BitOr_"
"""Operator that is left alone: nearly all of its places are types, ``float | None``."""

_SLOWEST = 240
"""Seconds after which the tests of a change count as hung, and the change as killed."""


class Area(NamedTuple):
    """Files to change, and the tests that ought to notice."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


AREAS = {
    "scoring": Area(
        ("scoring.py", "weighting.py", "fusion.py"),
        ("tests/test_scoring.py", "tests/test_fusion.py"),
    ),
    "infer": Area(
        ("infer/base.py", "infer/compiled.py", "infer/durable.py", "infer/patterns.py"),
        ("tests/infer/test_engines.py", "tests/infer/test_durable.py"),
    ),
    "money": Area(
        (
            "extract/money.py",
            "extract/money_period.py",
            "extract/money_range.py",
            "extract/money_relative.py",
            "extract/money_roles.py",
            "extract/money_words.py",
        ),
        ("tests/extract/test_money.py", "tests/extract/test_numbers.py"),
    ),
}


def main() -> int:
    """Try the areas that the command line names, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("areas", nargs="*", default=list(AREAS), metavar="AREA")
    parser.add_argument("--mutants", type=int, default=60, help="changes tried of each area")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    if unknown := set(asked.areas) - AREAS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(AREAS)}")
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        tree = Path(folder)
        for name in _COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, tree / name)
        for name in asked.areas:
            _try(tree, name, asked.mutants, asked.seed)
    return 0


def _try(tree: Path, name: str, mutants: int, seed: int) -> None:
    area = AREAS[name]
    paths = ", ".join(f'"src/offer_screen/{file}"' for file in area.files)
    command = f"{sys.executable} -m pytest -q -x -p no:cacheprovider {' '.join(area.tests)}"
    config, session = tree / f"{name}.toml", tree / f"{name}.sqlite"
    config.write_text(
        f"[cosmic-ray]\nmodule-path = [{paths}]\ntimeout = {_SLOWEST}.0\nexcluded-modules = []\n"
        f'test-command = "{command}"\n[cosmic-ray.distributor]\nname = "local"\n',
        encoding="utf-8",
    )
    run = [sys.executable, "-m", "cosmic_ray.cli"]
    env = {
        **os.environ,
        "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}",
        "HYPOTHESIS_PROFILE": "mutation",
    }
    subprocess.run([*run, "init", config.name, session.name], cwd=tree, env=env, check=True)
    every = _drawn(session, mutants, seed)
    subprocess.run([*run, "exec", config.name, session.name], cwd=tree, env=env, check=True)
    _report(session, name, every)


def _drawn(session: Path, mutants: int, seed: int) -> int:
    """Leave so many changes in the session, and return how many there were."""
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "select module_path, operator_name, operator_args, occurrence, job_id"
            " from mutation_specs order by 1, 2, 3, 4"
        ).fetchall()
        rows, every = [row for row in rows if _OF_TYPES not in row[1]], rows
        for *_, job in {*every} - {*rows}:
            _leave_out(database, job)
        for *_, job in Random(seed).sample(rows, max(len(rows) - mutants, 0)):
            _leave_out(database, job)
    return len(rows)


def _leave_out(database: sqlite3.Connection, job: str) -> None:
    database.execute("delete from mutation_specs where job_id = ?", (job,))
    database.execute("delete from work_items where job_id = ?", (job,))


def _report(session: Path, name: str, every: int) -> None:
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "select module_path, test_outcome, diff from work_results join mutation_specs"
            " using (job_id) order by 1"
        ).fetchall()
    tried = Counter(path for path, *_ in rows)
    killed = Counter(path for path, outcome, _ in rows if "survived" not in outcome.lower())
    for _, outcome, diff in rows:
        if "survived" in outcome.lower():
            print(diff)
    print(f"{name}: {killed.total()} of {tried.total()} killed, drawn of {every}")
    for path, count in tried.items():
        print(f"  {path.removeprefix('src/offer_screen/'):28} {killed[path]:4} of {count}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
