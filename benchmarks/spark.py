"""Prints how many offers a second Spark screens on this machine, beside ``screen_many``.

    python benchmarks/spark.py [--rows N] [--processes 1 2] [--json FILE]

Needs the extra ``spark`` and Java 17. The same rows go both ways, from Parquet to Parquet: texts of
``screening.py``, shipped pack, classifier and weights, rows of ``batch --fields minimal``. Locally
they go through ``screen_file`` with so many workers, on Spark through ``screen_parquet`` on so many
cores, one partition each. Loading the screener and starting Spark is not counted, and no worker
starts cold: both ways have screened rows before, Spark in the same Python processes.

CPU is that of all processes, Java among them, from /proc (Linux): unlike the seconds it does not
depend on what else the machine does, and it is what a cluster is sized by. On Spark the first
thousands of rows cost more, until Java has compiled what it runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from pyspark.sql import SparkSession
from screening import offers

from offer_screen import Screener
from offer_screen.batch import read_records, screen_file
from offer_screen.spark import screen_parquet

_WARM = 400


class Cost(NamedTuple):
    """What a run took."""

    seconds: float
    cpu: float


def cpu_seconds() -> float:
    """Return the CPU time so far of this process and of all that it started, ended ones too."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(path.parent.name)] = int(fields[1])
        ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks[process] for process in ours) / os.sysconf("SC_CLK_TCK")


def cost_of(run: Callable[[], object]) -> Cost:
    start, before = time.perf_counter(), cpu_seconds()
    run()
    return Cost(time.perf_counter() - start, cpu_seconds() - before)


def local(screener: Screener, source: Path, workers: int, target: Path) -> Cost:
    """Return what the rows take without Spark."""
    return cost_of(
        lambda: screen_file(screener, read_records(source), target, settings={}, workers=workers)
    )


def on_spark(
    session: SparkSession, screener: Screener, source: Path, cores: int, target: Path
) -> Cost:
    """Return what the rows take on Spark with so many cores."""
    shutil.rmtree(target, ignore_errors=True)
    return cost_of(
        lambda: screen_parquet(session, str(source), str(target), screener, partitions=cores)
    )


def rows_of(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return sorted(rows, key=lambda row: int(row["line"]))


def measured(rows: int, processes: list[int], folder: Path) -> Iterator[dict[str, object]]:
    """Yield a result for each way and number of processes; the rows of all are equal."""
    screener = Screener.load(as_of=dt.date(2026, 11, 24))
    gc.freeze()
    source, warm = folder / "in.parquet", folder / "warm.parquet"
    for path, texts in ((warm, offers(_WARM)), (source, offers(_WARM + rows)[_WARM:])):
        pq.write_table(pa.table({"text": texts, "id": [f"r{n}" for n in range(len(texts))]}), path)
    expected: list[dict[str, Any]] | None = None
    for count in processes:
        target = folder / f"local-{count}.parquet"
        local(screener, warm, 1, folder / "nothing.parquet")
        yield _result("screen_many", count, rows, local(screener, source, count, target))
        expected = expected or rows_of(target)
        if rows_of(target) != expected:
            sys.exit(f"{count} workers made other rows")
        builder = SparkSession.builder.master(f"local[{count}]")
        session = builder.config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        target = folder / f"spark-{count}"
        on_spark(session, screener, warm, count, target)
        yield _result("Spark", count, rows, on_spark(session, screener, source, count, target))
        session.stop()
        if rows_of(target) != expected:
            sys.exit(f"Spark on {count} cores made other rows")


def _result(way: str, processes: int, rows: int, cost: Cost) -> dict[str, object]:
    return {
        "way": way,
        "processes": processes,
        "rows": rows,
        "seconds": round(cost.seconds, 3),
        "rows_a_second": round(rows / cost.seconds, 1),
        "cpu_ms_a_row": round(cost.cpu / rows * 1000, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    options = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    where = {
        "date": dt.date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "pyspark": pyspark.__version__,
    }
    print(", ".join(f"{name} {value}" for name, value in where.items()))
    print(f"{'way':12} {'processes':>9} {'seconds':>9} {'rows/s':>9} {'CPU ms a row':>13}")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for result in measured(options.rows, options.processes, Path(folder)):
            results.append(result)
            print(
                f"{result['way']:12} {result['processes']:>9} {result['seconds']:>9}"
                f" {result['rows_a_second']:>9} {result['cpu_ms_a_row']:>13}"
            )
    if options.json:
        options.json.write_text(json.dumps(where | {"results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
