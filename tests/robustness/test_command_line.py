"""Bad bytes and bad records through the real commands: an exit code and a sentence."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from offer_screen import Screener
from offer_screen.cli import main, options
from offer_screen.cli.exit_codes import ExitCode
from tests.robustness.inputs import LIMIT, OFFER, ROWS

BYTES = {
    "empty": (b"", "blank"),
    "NULs": (b"\x00" * 100, ""),
    "Latin-1": ("gaji 5 juta, caf\xe9".encode("latin-1"), "not UTF-8 text (at byte 17)"),
    "Windows-1252": (b"gaji \x93besar\x94", "not UTF-8"),
    "UTF-16 with mark": (OFFER.encode("utf-16"), ""),
    "UTF-16 without mark": (OFFER.encode("utf-16-le"), ""),  # letters and NULs are good UTF-8
    "UTF-16 cut": (b"\xff\xfe" + OFFER.encode("utf-16-le")[:-1], "not UTF-8"),
    "UTF-16 with half a pair": (b"\xff\xfe\x00\xd8a\x00", "not UTF-8"),
    "UTF-32": (OFFER.encode("utf-32"), ""),
    "UTF-8 with mark": (OFFER.encode("utf-8-sig"), ""),
    "UTF-8 cut": ("gaji 😀".encode()[:-1], "not UTF-8"),
    "surrogate in UTF-8": (b"gaji \xed\xa0\x80 besar", "not UTF-8"),
    "overlong": (b"gaji \xc0\xaf", "not UTF-8"),
    "beyond Unicode": (b"gaji \xf5\x80\x80\x80", "not UTF-8"),
    "UTF-7": (b"gaji +AGEAYg- besar", ""),
    "Shift JIS": ("募集".encode("shift_jis"), "not UTF-8"),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(range(256)), "not UTF-8"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not UTF-8"),
    "all bytes": (bytes(range(256)), "not UTF-8"),
    "megabytes": (b"a" * 5_000_000, "more than 4,000,000 bytes"),
    "over the limit": (b"a" * (LIMIT + 1), f"the limit is {LIMIT}"),
    "blanks": (b" \t\r\n" * 1000, "blank"),
}

LINES = {
    "not JSON": (b"gaji besar", "bad_json"),
    "cut": (b'{"text": "gaji', "bad_json"),
    "deep": (b"[" * 100_000, "bad_json"),
    "deep in a text field": (b'{"text": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", None),
    "list": (b'["gaji"]', "not_an_object"),
    "no text": (b'{"teks": "gaji"}', "missing_text"),
    "number": (b'{"text": 5}', "wrong_type"),
    "null": (b'{"text": null}', "wrong_type"),
    "huge number": (b'{"text": ' + b"9" * 10_000 + b"}", None),
    "NaN": (b'{"text": NaN}', "wrong_type"),
    "surrogate": (b'{"text": "gaji \\ud800"}', None),
    "NUL": (b'{"text": "gaji \\u0000 besar"}', "report"),
    "bytes": (b'{"text": "gaji \xff"}', "bad_encoding"),
    "blank": (b'{"text": " \\u2003 "}', "input"),
    "over the limit": (b'{"text": "' + b"a" * (LIMIT + 1) + b'"}', "input"),
    "a line too long": (b'{"text": "' + b"a" * 5_000_000 + b'"}', "too_long"),
    "key twice": (b'{"text": "gaji", "text": "besar"}', "report"),
    "good": (json.dumps({"text": OFFER}).encode(), "report"),
}


@pytest.fixture(autouse=True)
def _one_screener(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "load_screener", lambda *_, **__: screener)


def run(
    *argv: str, stdin: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
    code = main(argv)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out, err


@pytest.mark.parametrize("by_file", [False, True], ids=["standard input", "file"])
@pytest.mark.parametrize("name", BYTES)
def test_bytes_give_a_report_or_a_sentence(
    name: str,
    by_file: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data, error = BYTES[name]
    path = tmp_path / "tawaran.txt"
    path.write_bytes(data)
    given = str(path) if by_file else "-"
    code, out, err = run(
        "screen",
        given,
        "--json",
        "--no-what-if",
        stdin=data,
        monkeypatch=monkeypatch,
        capsys=capsys,
    )
    if error:
        assert code == ExitCode.INPUT
        assert not out
        assert error in err
    else:
        assert code == ExitCode.OK
        assert json.loads(out)["schema_version"] == 1


@pytest.mark.parametrize("form", ["text", "html", "markdown", "json"])
def test_texts_of_the_table_can_be_shown(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for row in ROWS[::40]:
        if isinstance(row.given, str) and not any(
            "\ud800" <= char <= "\udfff" for char in row.given
        ):
            code, out, err = run(
                *("screen", "-", "--format", form, "--no-what-if"),
                stdin=row.given.encode(),
                monkeypatch=monkeypatch,
                capsys=capsys,
            )
            assert (code, bool(out), bool(err)) == (
                (ExitCode.INPUT, False, True) if row.error else (ExitCode.OK, True, False)
            ), row.name


def test_a_bad_line_becomes_an_error_row_and_the_others_are_screened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(line for line, _ in LINES.values()) + b"\n")
    code, _, _ = run(
        "batch", str(source), str(target), stdin=b"", monkeypatch=monkeypatch, capsys=capsys
    )
    assert code == ExitCode.OK
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["line"] for row in rows] == list(range(1, len(LINES) + 1))
    for (name, (_, expected)), row in zip(LINES.items(), rows, strict=True):
        if expected == "report":
            assert "level" in row, name
        else:
            assert row["error"]["message"], name
            assert expected is None or row["error"]["type"] == expected, name
