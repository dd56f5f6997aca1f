"""The job on a real Spark of this machine; `make test-spark` installs what it needs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from offer_screen import Screener
from offer_screen.cli import ExitCode, main
from offer_screen.errors import InputError
from offer_screen.spark import ArrowScreener, Wanted, frames, screen_parquet, spark_session
from tests.spark.offers import COLUMNS, NOT_UTF8

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: make test-spark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # of pyspark, which are not ours to mend

PACK = Path(__file__).parents[1] / "fixtures" / "good_pack"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
DAY = "2026-11-24"

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield


@pytest.fixture
def session_on() -> Iterator[Callable[..., SparkSession]]:
    """Start Spark on a master; each test has its own, in one Java machine."""
    started: list[SparkSession] = []

    def start(master: str, **conf: object) -> SparkSession:
        builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
        for name, value in conf.items():
            builder = builder.config(f"spark.{name.replace('_', '.')}", str(value))
        started.append(builder.getOrCreate())
        started[0].sparkContext.setLogLevel("OFF")
        return started[0]

    yield start
    for session in started:
        session.stop()


def write(folder: Path, *, repeat: int = 1) -> Path:
    folder.mkdir()
    count = len(COLUMNS["text"]) * repeat
    columns = {name: values * repeat for name, values in COLUMNS.items()}
    pq.write_table(pa.table({**columns, "line": [-1] * count}), folder / "in.parquet")
    return folder


def rows_of(target: Path, line: Callable[[dict[str, Any]], Any] = lambda row: row["line"]) -> Rows:
    return sorted(pq.read_table(target).to_pylist(), key=line)


def batch(source: Path, target: Path, *options: str) -> Rows:
    assert main(["batch", str(source), str(target), "--as-of", DAY, *options]) == ExitCode.OK
    rows: Rows = pq.read_table(target).to_pylist()
    return rows


@pytest.mark.parametrize(
    "options", [[], ["--fields", "full", "--redact", "--engine", "compiled", "--model", "none"]]
)
def test_the_command_gives_the_rows_of_batch(
    tmp_path: Path,
    session_on: Callable[..., SparkSession],
    capfd: pytest.CaptureFixture[str],
    options: list[str],
) -> None:
    source, target = write(tmp_path / "in"), tmp_path / "out"
    session_on("local[2]", sql_execution_arrow_maxRecordsPerBatch=4)
    command = ["spark", str(source), str(target), "--as-of", DAY, "--partitions", "2", *options]
    assert main(command) == ExitCode.OK
    local = batch(source / "in.parquet", tmp_path / "local.parquet", *options)
    assert rows_of(target) == local
    assert len({path.name for path in target.glob("*.parquet")}) == 2
    told = [line for line in capfd.readouterr().err.splitlines() if " records: " in line]
    assert len(told) == 2
    assert told[0] == told[1]


def test_files_of_a_folder_are_numbered_each_by_itself(
    tmp_path: Path, session_on: Callable[..., SparkSession]
) -> None:
    """Among them one whose column is not UTF-8 in one cell."""
    source = write(tmp_path / "in")
    texts = pa.StringArray.from_buffers(*NOT_UTF8)
    pq.write_table(pa.table({"text": texts, "id": ["y", "z"]}), source / "in2.parquet")
    screener = Screener.load([PACK])
    session = session_on("local[2]")
    tally = screen_parquet(session, str(source), str(tmp_path / "out"), screener)
    rows = rows_of(tmp_path / "out", lambda row: (row["line"], str(row["id"])))
    count = len(COLUMNS["text"])
    assert [row["line"] for row in rows] == sorted([*range(1, count + 1), 1, 2])
    assert tally.levels.total() + tally.errors == count + 2
    assert tally.errors == sum(row["error_type"] is not None for row in rows) == 5


def test_a_column_of_another_type_gives_error_rows(
    tmp_path: Path, session_on: Callable[..., SparkSession]
) -> None:
    pq.write_table(pa.table({"text": [1, 2], "line": ["a", "b"]}), tmp_path / "in.parquet")
    source, target = str(tmp_path / "in.parquet"), tmp_path / "out"
    screen_parquet(session_on("local[1]"), source, str(target), Screener.load([PACK]))
    assert rows_of(target) == batch(tmp_path / "in.parquet", tmp_path / "l.parquet")


def test_what_cannot_be_done_is_told_without_a_trace(
    tmp_path: Path, session_on: Callable[..., SparkSession], capfd: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "in")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.parquet").write_text("kerja di Kamboja")
    session = session_on("local[1]")
    screener = Screener.load([PACK])
    for given, target, wanted, told in (
        (tmp_path / "none", "out", Wanted(), "cannot read .*PATH_NOT_FOUND"),
        (tmp_path / "text", "out", Wanted(), "cannot read"),
        (source, "in", Wanted(), "is there already"),
        (source, "out", Wanted(text_field="pesan"), "no column 'pesan'"),
    ):
        with pytest.raises(InputError, match=told) as caught:
            screen_parquet(session, str(given), str(tmp_path / target), screener, wanted)
        assert "\n" not in str(caught.value)
        assert "offer_screen_line" not in str(caught.value)
    assert not (tmp_path / "out").exists()
    command = ["spark", str(tmp_path / "none"), str(tmp_path / "out"), "--rules", str(PACK)]
    assert main(command) == ExitCode.INPUT
    assert "Traceback" not in capfd.readouterr().err


def deadly(flag: Path, *, executor: bool) -> Callable[[Screener, Wanted], Any]:
    """Return an ArrowScreener that once, between two batches, kills who runs it."""

    def make(screener: Screener, wanted: Wanted) -> Any:
        plain = ArrowScreener(screener, wanted)

        def run(batches: Any) -> Iterator[Any]:
            for made in plain(batches):
                yield made
                try:
                    flag.touch(exist_ok=False)
                except FileExistsError:
                    continue
                victim = os.getpid()
                for _ in range(2 if executor else 0):  # the daemon that forked it, then Java
                    status = Path(f"/proc/{victim}/stat").read_text()
                    victim = int(status.rpartition(")")[2].split()[1])
                os.kill(victim, signal.SIGKILL)

        run.schema = plain.schema  # type: ignore[attr-defined]
        return run

    return make


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
@pytest.mark.parametrize(
    ("master", "executor"), [("local[2,4]", False), ("local-cluster[2,1,1024]", True)]
)
def test_who_dies_half_way_neither_loses_nor_doubles_a_row(
    tmp_path: Path,
    session_on: Callable[..., SparkSession],
    monkeypatch: pytest.MonkeyPatch,
    master: str,
    executor: bool,
) -> None:
    source, target, flag = write(tmp_path / "in", repeat=40), tmp_path / "out", tmp_path / "flag"
    session = session_on(master, sql_execution_arrow_maxRecordsPerBatch=20)
    monkeypatch.setattr(frames, "ArrowScreener", deadly(flag, executor=executor))
    screener = Screener.load([PACK])
    screen_parquet(session, str(source), str(target), screener, partitions=3)
    assert flag.exists()
    assert (target / "_SUCCESS").exists()
    options = ("--rules", str(PACK))
    assert rows_of(target) == batch(source / "in.parquet", tmp_path / "local.parquet", *options)


def test_a_process_that_has_no_spark_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from offer_screen.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(MissingExtra, match=r"offer_screen\[spark\]"):
        spark_session()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real texts are not part of the project")
def test_all_real_texts_come_out_as_from_batch(
    tmp_path: Path, session_on: Callable[..., SparkSession]
) -> None:
    records = [
        json.loads(line)
        for path in sorted(REAL.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    table = {name: [record[name] for record in records] for name in ("id", "text")}
    pq.write_table(pa.table(table), tmp_path / "in.parquet")
    session_on("local[2]")
    source, target = str(tmp_path / "in.parquet"), tmp_path / "out"
    assert main(["spark", source, str(target), "--as-of", DAY, "--partitions", "4"]) == ExitCode.OK
    local = batch(tmp_path / "in.parquet", tmp_path / "local.parquet", "--workers", "2")
    assert len(local) == len(records)
    assert rows_of(target) == local
