from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode
from offer_screen.results import Report
from tests.cli.conftest import FakeScreener, Runner


def rows_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(
        b'{"id": "a", "text": "visa turis"}\n'
        b"not json\n"
        b'{"id": 2, "text": "kerja"}\n'
        b'{"id": "c", "text": "  "}\n'
    )
    return path


def test_each_record_becomes_a_row_in_order(run: Runner, source: Path, tmp_path: Path) -> None:
    result = run("batch", str(source), str(tmp_path / "out.jsonl"))
    assert result.code == ExitCode.OK
    assert result.out == ""
    rows = rows_of(tmp_path / "out.jsonl")
    assert [(row["line"], row["id"]) for row in rows] == [(1, "a"), (2, None), (3, 2), (4, "c")]
    assert [row.get("level") for row in rows] == ["critical", None, "low", None]
    assert rows[0]["red_flags"] == ["turis"]
    assert rows[1]["error"] == {
        "type": "bad_json",
        "message": "Expecting value at column 1",
    }
    assert rows[3]["error"] == {"type": "input", "message": "the offer is blank"}


def test_summary_goes_to_standard_error(run: Runner, source: Path, tmp_path: Path) -> None:
    result = run("batch", str(source), str(tmp_path / "out.jsonl"))
    assert result.err == "4 records: critical 1, high 0, caution 0, low 1, errors 2\n"


def test_full_rows_hold_the_report(run: Runner, source: Path, tmp_path: Path) -> None:
    run("batch", str(source), str(tmp_path / "out.jsonl"), "--fields", "full")
    row = rows_of(tmp_path / "out.jsonl")[0]
    assert Report.model_validate_json(json.dumps(row["report"])).level == "critical"


def test_csv_and_field_names(run: Runner, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes('\ufeffnomor;pesan\n7;"bayar\ndeposit"\n8;kerja\n'.encode())
    result = run(
        *("batch", str(source), str(tmp_path / "out.jsonl")),
        *("--text-field", "pesan", "--id-field", "nomor"),
    )
    assert result.code == ExitCode.OK
    rows = rows_of(tmp_path / "out.jsonl")
    assert [(row["line"], row["id"], row["level"]) for row in rows] == [
        (2, "7", "high"),
        (4, "8", "low"),
    ]


def test_workers_are_passed_on(
    run: Runner, screener: FakeScreener, source: Path, tmp_path: Path
) -> None:
    run("batch", str(source), str(tmp_path / "out.jsonl"), "--workers", "2")
    assert screener.workers == 2


@pytest.mark.parametrize("given", [[], ["--what-if"]])
def test_what_would_change_the_level_is_worked_out_only_when_asked(
    run: Runner, screener: FakeScreener, source: Path, tmp_path: Path, given: list[str]
) -> None:
    run("batch", str(source), str(tmp_path / "out.jsonl"), "--fields", "full", *given)
    assert screener.what_if is bool(given)


def test_what_if_of_rows_that_cannot_hold_it_is_refused(
    run: Runner, source: Path, tmp_path: Path
) -> None:
    result = run("batch", str(source), str(tmp_path / "out.jsonl"), "--what-if")
    assert result.code == ExitCode.USAGE
    assert "--fields full" in result.err


@pytest.mark.parametrize(("threshold", "code"), [("critical", 1), ("low", 1)])
def test_fail_on_looks_at_every_row(
    run: Runner, source: Path, tmp_path: Path, threshold: str, code: int
) -> None:
    assert run("batch", str(source), str(tmp_path / "o"), "--fail-on", threshold).code == code


def test_an_empty_file_gives_no_rows(run: Runner, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"")
    result = run("batch", str(source), str(tmp_path / "out.jsonl"), "--fail-on", "low")
    assert result.code == ExitCode.OK
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_missing_input_is_told(run: Runner, tmp_path: Path) -> None:
    result = run("batch", str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl"))
    assert result.code == ExitCode.INPUT
    assert "cannot read" in result.err
    assert not (tmp_path / "out.jsonl").exists()


def test_a_csv_without_the_column_leaves_the_output_alone(run: Runner, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text("a,b\n1,2\n")
    target.write_text("earlier results\n")
    result = run("batch", str(source), str(target))
    assert result.code == ExitCode.INPUT
    assert "no column 'text'" in result.err
    assert target.read_text() == "earlier results\n"


def test_output_over_the_input_is_refused(run: Runner, source: Path) -> None:
    before = source.read_bytes()
    assert run("batch", str(source), str(source)).code == ExitCode.USAGE
    assert source.read_bytes() == before


def test_output_that_cannot_be_written_is_told(run: Runner, source: Path, tmp_path: Path) -> None:
    result = run("batch", str(source), str(tmp_path / "missing" / "out.jsonl"))
    assert result.code == ExitCode.INPUT
    assert "cannot write" in result.err


def test_a_terminal_gets_a_bar_and_the_same_rows(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b'{"text": "kerja"}\n' * 120)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    result = run("batch", str(source), str(target))
    assert result.code == ExitCode.OK
    assert len(rows_of(target)) == 120
    assert "120 records" in result.err


def test_a_full_disk_is_told(run: Runner, source: Path) -> None:
    result = run("batch", str(source), "/dev/full")
    assert result.code == ExitCode.INPUT
    assert result.err == "offer-screen: cannot write /dev/full: No space left on device\n"


def test_the_loaded_pack_is_kept_from_collections(
    run: Runner, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    run("batch", str(source), str(tmp_path / "out.jsonl"))
    assert frozen == [True]
