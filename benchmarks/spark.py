"""Prints how many offers a second Spark screens on this machine, beside ``screen_many``.

    python benchmarks/spark.py [--rows N] [--processes 1 2] [--json FILE]

Needs the extra ``spark`` and Java 17. The same rows go both ways, from Parquet to Parquet: texts of
``screening.py``, shipped pack, classifier and weights, rows of ``batch --fields minimal``. Locally
they go through ``screen_file`` with so many workers, on Spark through ``screen_parquet`` on so many
cores, one partition each. Loading the screener and starting Spark is not counted, and no worker
starts cold: both ways have screened rows before, Spark in the same Python processes.
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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from pyspark.sql import SparkSession
from screening import offers

from offer_screen import Screener
from offer_screen.batch import read_records, screen_file
from offer_screen.spark import screen_parquet

_WARM = 400


def local(screener: Screener, source: Path, workers: int, target: Path) -> float:
    """Return the seconds that this machine takes without Spark."""
    start = time.perf_counter()
    screen_file(screener, read_records(source), target, settings={}, workers=workers)
    return time.perf_counter() - start


def on_spark(
    session: SparkSession, screener: Screener, source: Path, cores: int, target: Path
) -> float:
    """Return the seconds that Spark takes on so many cores."""
    shutil.rmtree(target, ignore_errors=True)
    start = time.perf_counter()
    screen_parquet(session, str(source), str(target), screener, partitions=cores)
    return time.perf_counter() - start


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


def _result(way: str, processes: int, rows: int, seconds: float) -> dict[str, object]:
    return {
        "way": way,
        "processes": processes,
        "rows": rows,
        "seconds": round(seconds, 3),
        "rows_a_second": round(rows / seconds, 1),
        "ms_a_row_and_process": round(seconds / rows * processes * 1000, 3),
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
    print(f"{'way':12} {'processes':>9} {'seconds':>9} {'rows/s':>9} {'ms a row and process':>21}")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for result in measured(options.rows, options.processes, Path(folder)):
            results.append(result)
            print(
                f"{result['way']:12} {result['processes']:>9} {result['seconds']:>9}"
                f" {result['rows_a_second']:>9} {result['ms_a_row_and_process']:>21}"
            )
    if options.json:
        options.json.write_text(json.dumps(where | {"results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
