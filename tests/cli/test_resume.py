"""A batch that is killed goes on where it was, and Parquet is read and written."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from offer_screen.batch import BadRecord, Record, read_records, records_of
from offer_screen.cli import ExitCode
from offer_screen.errors import InputError
from tests.cli.conftest import Runner

TEXTS = (
    "Kerja admin di Kamboja, gaji 1000 USD, pakai visa turis",
    "Dicari perawat lansia ke Jepang, kontrak 3 tahun, hubungi P3MI Contoh",
    "Info loker dong kak",
    "  ",
    "Transfer deposit dulu Rp500.000, tugas like dan komisi cair tiap hari",
)


def write_source(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            if number % 17 == 3:
                out.write("not json\n")
            else:
                text = TEXTS[number % len(TEXTS)]
                text = f"{text} nomor {number}" if text.strip() else text
                out.write(json.dumps({"id": f"r{number}", "text": text}) + "\n")


def start(*argv: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "offer_screen.cli", *argv],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )


def kill_at(process: subprocess.Popen[bytes], path: Path, size: int) -> bool:
    """Kill the process and its workers once the file has ``size`` bytes; False if it ended."""
    while process.poll() is None:
        if path.exists() and path.stat().st_size >= size:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        time.sleep(0.002)
    process.communicate()
    return False


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("out.jsonl", []),
        ("out.jsonl", ["--workers", "2", "--redact"]),
        ("out.parquet", ["--fields", "full"]),
    ],
)
def test_a_killed_run_is_gone_on_with_byte_for_byte(
    tmp_path: Path, name: str, options: list[str]
) -> None:
    source, whole, target = tmp_path / "in.jsonl", tmp_path / f"whole-{name}", tmp_path / name
    write_source(source, 1_200)
    common = ["--as-of", "2026-11-24", *options]
    plain = start("batch", str(source), str(whole), *common)
    assert plain.communicate() is not None
    assert plain.returncode == ExitCode.OK
    growing = tmp_path / f"{name}.rows.jsonl" if name.endswith("parquet") else target
    chance = random.Random(name + str(options))
    size, kills = 0, 0
    while kills < 2:
        size += chance.randrange(1, 80_000)
        process = start("batch", str(source), str(target), "--resume", *common)
        if not kill_at(process, growing, size):
            break
        kills += 1
        with growing.open("r+b") as rows:  # as when the last write was cut short
            rows.truncate(max(0, growing.stat().st_size - chance.randrange(0, 300)))
    assert kills
    last = start("batch", str(source), str(target), "--resume", *common)
    _, told = last.communicate()
    assert last.returncode == ExitCode.OK, told
    assert target.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [source.name, whole.name, target.name]
    )
    assert told.startswith(b"1,200 records")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": n, "text": f"visa turis {n}"}) for n in range(20)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Interrupted(BaseException):
    """Stands for the end of a process."""


def interrupt(run: Runner, source: Path, target: Path, rows: int, *options: str) -> None:
    """Leave what a run leaves that ends after some rows and half a row more."""
    from offer_screen.batch import rows as rows_module

    plain = rows_module.Row.to_json
    seen = 0

    def to_json(row: rows_module.Row, fields: rows_module.Fields = "minimal") -> str:
        nonlocal seen
        seen += 1
        if seen > rows:
            raise Interrupted
        return plain(row, fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module.Row, "to_json", to_json)
        with pytest.raises(Interrupted):
            run("batch", str(source), str(target), *options)
    with target.open("ab") as out:
        out.write(b'{"line": 9, "id"')


@pytest.mark.parametrize("rows", [0, 1, 7, 19])
def test_a_torn_row_is_cut_and_all_are_counted(
    run: Runner, source: Path, tmp_path: Path, rows: int
) -> None:
    target, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    run("batch", str(source), str(whole))
    interrupt(run, source, target, rows)
    result = run("batch", str(source), str(target), "--resume", "--fail-on", "high")
    assert result.code == ExitCode.FINDINGS
    assert result.err.startswith("20 records: critical 20,")
    assert target.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "out.jsonl.settings.json").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--redact"], "--redact: False then, True now"),
        (["--fields", "full"], "--fields: 'minimal' then, 'full' now"),
        (["--id-field", "text"], "--id-field: 'id' then, 'text' now"),
    ],
)
def test_other_settings_are_refused_and_told(
    run: Runner, source: Path, tmp_path: Path, options: list[str], told: str
) -> None:
    target = tmp_path / "out.jsonl"
    interrupt(run, source, target, 5)
    before = target.read_bytes()
    result = run("batch", str(source), str(target), "--resume", *options)
    assert result.code == ExitCode.INPUT
    assert told in result.err
    assert result.err.count(" then, ") == 1
    assert target.read_bytes() == before


def test_another_input_is_refused(run: Runner, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupt(run, source, target, 5)
    source.write_text('{"text": "kerja"}\n' * 20)
    result = run("batch", str(source), str(target), "--resume")
    assert result.code == ExitCode.INPUT
    assert "beginning of IN" in result.err


def test_rows_that_are_not_of_these_records_are_refused(
    run: Runner, source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    interrupt(run, source, target, 5)
    target.write_text('{"line": 2, "level": "low"}\n', encoding="utf-8")
    result = run("batch", str(source), str(target), "--resume")
    assert result.code == ExitCode.INPUT
    assert "not those of the records" in result.err


def test_a_finished_file_is_not_written_over(run: Runner, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert run("batch", str(source), str(target), "--resume").code == ExitCode.OK
    before = target.read_bytes()
    result = run("batch", str(source), str(target), "--resume")
    assert result.code == ExitCode.INPUT
    assert "is finished" in result.err
    assert target.read_bytes() == before


@pytest.mark.parametrize("damaged", ["", "[]", "{", "\x00"])
def test_damaged_settings_are_told(run: Runner, source: Path, tmp_path: Path, damaged: str) -> None:
    target = tmp_path / "out.jsonl"
    interrupt(run, source, target, 5)
    (tmp_path / "out.jsonl.settings.json").write_text(damaged)
    result = run("batch", str(source), str(target), "--resume")
    assert result.code == ExitCode.INPUT
    assert "begin anew without --resume" in result.err


# --- Parquet -------------------------------------------------------------------------------------


def write_parquet(path: Path, **columns: list[object]) -> None:
    pq.write_table(pa.table(columns), path)


def test_parquet_in_and_out_hold_what_json_lines_hold(run: Runner, tmp_path: Path) -> None:
    source, table, lines = tmp_path / "in.parquet", tmp_path / "out.parquet", tmp_path / "o.jsonl"
    write_parquet(source, pesan=["visa turis", None, "kerja", " "], id=[4, 5, None, 7], x=[1] * 4)
    options = ("--text-field", "pesan")
    assert run("batch", str(source), str(table), *options).code == ExitCode.OK
    assert run("batch", str(source), str(lines), *options).code == ExitCode.OK
    rows = pq.read_table(table).to_pylist()
    told = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["4", "5", None, "7"]
    assert [row["id"] for row in told] == [4, 5, None, 7]
    for row, line in zip(rows, told, strict=True):
        error = line.pop("error", {"type": None, "message": None})
        assert (row["error_type"], row["error_message"]) == (error["type"], error["message"])
        assert {name: row[name] for name in line if name != "id"} == {
            name: value for name, value in line.items() if name != "id"
        }
    assert rows[1]["error_type"] == "wrong_type"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.parquet",
        "o.jsonl",
        "out.parquet",
    ]


def test_full_rows_of_parquet_hold_reports(run: Runner, source: Path, tmp_path: Path) -> None:
    from offer_screen import Report

    target = tmp_path / "out.pq"
    assert run("batch", str(source), str(target), "--fields", "full").code == ExitCode.OK
    row = pq.read_table(target).to_pylist()[0]
    assert Report.from_json(row["report"]).level == row["level"] == "critical"


def test_parquet_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    write_parquet(path, text=[f"kerja {n}" for n in range(2_500)], id=list(range(2_500)))
    records = list(read_records(path, keep=["id", "none"]))
    assert [record.line for record in records] == list(range(1, 2_501))
    assert records[-1] == Record(2_500, 2_499, "kerja 2499", (2_499, None))


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1" + b"\0" * 50 + b"PAR1", b"kerja di Kamboja " * 9]
)
def test_what_is_not_parquet_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="Parquet") as caught:
        list(records_of(io.BytesIO(content), form="parquet"))
    assert "Kamboja" not in str(caught.value)


def test_a_parquet_file_without_the_column_is_told(run: Runner, tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    write_parquet(source, a=["kerja"])
    result = run("batch", str(source), str(tmp_path / "out.jsonl"))
    assert result.code == ExitCode.INPUT
    assert "no column 'text'" in result.err
    assert not (tmp_path / "out.jsonl").exists()


def test_parquet_without_pyarrow_is_told_at_once(
    run: Runner, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("batch", str(source), str(tmp_path / "out.parquet"))
    assert result.code == ExitCode.USAGE
    assert "offer_screen[parquet]" in result.err
    assert list(tmp_path.iterdir()) == [source]


def test_a_cell_that_is_not_text_is_a_bad_record(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    write_parquet(path, text=[1, 2])
    assert [type(record) for record in read_records(path)] == [BadRecord, BadRecord]
