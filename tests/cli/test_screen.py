from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode, options
from offer_screen.errors import EngineError, InvalidRuleSet, RuleSchemaError, SourceLocation
from offer_screen.results import Report
from tests.cli.conftest import FakeScreener, Runner


def test_text_argument_gives_a_text_report(run: Runner) -> None:
    result = run("screen", "kerja pakai visa turis")
    assert result.code == ExitCode.OK
    assert result.out.startswith("Tingkat bahaya: KRITIS\n")
    assert "“turis”" in result.out
    assert result.err == ""


def test_file_argument_is_read(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "tawaran"
    path.write_bytes(b"\xef\xbb\xbfbayar deposit dulu")
    assert "“deposit”" in run("screen", str(path)).out


def test_dash_reads_standard_input(run: Runner) -> None:
    assert "“cepat”" in run("screen", "-", stdin="kerja cepat ✈️".encode()).out


def test_text_from_windows_notepad_is_read(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "tawaran.txt"
    path.write_bytes("bayar deposit dulu".encode("utf-16"))
    assert "“deposit”" in run("screen", str(path)).out


@pytest.mark.parametrize(("given", "wanted"), [([], True), (["--no-what-if"], False)])
def test_what_would_change_the_level_can_be_left_out(
    run: Runner, screener: FakeScreener, given: list[str], wanted: bool
) -> None:
    run("screen", "kerja", *given)
    assert screener.what_if is wanted


def test_language_is_chosen(run: Runner) -> None:
    assert run("screen", "kerja", "--lang", "en").out.startswith("Level of danger: LOW\n")


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (["--json"], "{\n"),
        (["--format", "json"], "{\n"),
        (["--html"], "<!DOCTYPE html>"),
        (["--markdown"], "# "),
        (["--format", "text"], "Tingkat"),
        (["--json", "--format", "json"], "{\n"),
    ],
)
def test_format_is_chosen(run: Runner, arguments: list[str], start: str) -> None:
    assert run("screen", "kerja", *arguments).out.startswith(start)


def test_two_formats_are_bad_usage(run: Runner) -> None:
    result = run("screen", "kerja", "--json", "--html")
    assert result.code == ExitCode.USAGE
    assert "one format only" in result.err
    assert result.out == ""


def test_json_holds_the_words_only_when_asked(run: Runner) -> None:
    plain = run("screen", "kerja cepat", "--json").out
    assert Report.from_json(plain).text is None
    assert json.loads(run("screen", "kerja cepat", "--json", "--with-text").out)["text"] == (
        "kerja cepat"
    )


@pytest.mark.parametrize(
    ("text", "threshold", "code"),
    [
        ("kerja", "caution", ExitCode.OK),
        ("kerja cepat", "caution", ExitCode.FINDINGS),
        ("kerja cepat", "high", ExitCode.OK),
        ("visa turis", "high", ExitCode.FINDINGS),
        ("visa turis", "critical", ExitCode.FINDINGS),
        ("kerja", "low", ExitCode.FINDINGS),
    ],
)
def test_fail_on_compares_levels(run: Runner, text: str, threshold: str, code: ExitCode) -> None:
    result = run("screen", text, "--fail-on", threshold)
    assert result.code == code
    assert result.out


def test_output_goes_to_a_file(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "laporan.html"
    result = run("screen", "kerja", "--html", "-o", str(path))
    assert result == (ExitCode.OK, "", "")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_output_that_cannot_be_written_is_told(run: Runner, tmp_path: Path) -> None:
    result = run("screen", "kerja", "-o", str(tmp_path / "missing" / "x.txt"))
    assert result.code == ExitCode.INPUT
    assert "cannot write" in result.err


def test_options_reach_the_screener(
    run: Runner, asked: list[tuple[object, ...]], tmp_path: Path
) -> None:
    run(
        *("screen", "kerja", "--rules", str(tmp_path), "--rules", str(tmp_path)),
        *("--engine", "compiled", "--as-of", "2025-01-31"),
        *("--model", "none", "--weights", "authored"),
    )
    assert asked == [
        ([tmp_path, tmp_path], "compiled", dt.datetime(2025, 1, 31), "none", "authored")
    ]


@pytest.mark.parametrize(
    ("argument", "stdin", "message"),
    [
        ("tidak-ada.txt", b"", "no such file: tidak-ada.txt"),
        ("./tidak ada/tawaran.txt", b"", "no such file: ./tidak ada/tawaran.txt"),
        (".", b"", "cannot read .: Is a directory"),
        ("/dev/zero", b"", "/dev/zero holds more than 4,000,000 bytes"),
        ("", b"", "the offer is blank"),
        ("-", b"gaji \xff besar", "standard input is not UTF-8 text (at byte 6)"),
        ("-", b" \n", "the offer is blank"),
        ("   ", b"", "the offer is blank"),
        ("x" * 1001, b"", "the limit is 1000"),
        ("gaji \udcff", b"", "not UTF-8"),
        ("-", b"x" * 4_000_001, "standard input holds more than 4,000,000 bytes"),
    ],
)
def test_unreadable_input_is_told(run: Runner, argument: str, stdin: bytes, message: str) -> None:
    result = run("screen", argument, stdin=stdin)
    assert result.code == ExitCode.INPUT
    assert message in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    "argv",
    [
        ["screen"],
        ["screen", "kerja", "--fail-on", "tinggi"],
        ["screen", "kerja", "--as-of", "31-01-2025"],
        ["screen", "kerja", "--engine", "other"],
        ["screen", "kerja", "--rules", "no-such-folder"],
        ["screen", "kerja", "lagi"],
        ["no-such-command"],
    ],
)
def test_bad_usage_has_its_own_code(run: Runner, argv: list[str]) -> None:
    result = run(*argv)
    assert result.code == ExitCode.USAGE
    assert result.out == ""
    assert result.err


def test_a_pipe_is_read(run: Runner) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"visa turis")
    os.close(writer)
    assert "KRITIS" in run("screen", f"/dev/fd/{reader}").out
    os.close(reader)


def test_an_offer_of_several_lines_is_no_path(run: Runner) -> None:
    assert run("screen", "gaji/bulan\nlihat syarat.txt").code == ExitCode.OK


def test_a_fault_of_the_program_is_internal(run: Runner) -> None:
    result = run("screen", "crash")
    assert result.code == ExitCode.INTERNAL
    assert "ZeroDivisionError" in result.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (EngineError("no engine"), ExitCode.INTERNAL),
        (
            InvalidRuleSet((RuleSchemaError("R100", "wrong", location=SourceLocation("a.yaml")),)),
            ExitCode.INVALID_RULES,
        ),
    ],
)
def test_errors_of_the_library_have_their_codes(
    run: Runner, monkeypatch: pytest.MonkeyPatch, error: Exception, code: ExitCode
) -> None:
    def load(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(options, "load_screener", load)
    result = run("screen", "kerja")
    assert result.code == code
    assert str(error) in result.err
    assert "Traceback" not in result.err


def test_version_is_shown(run: Runner) -> None:
    result = run("--version")
    assert result.code == ExitCode.OK
    assert result.out.startswith("offer-screen 0.")


@pytest.mark.parametrize("argv", [["--help"], ["screen", "--help"], ["rules", "--help"]])
def test_help_is_shown(run: Runner, argv: list[str]) -> None:
    result = run(*argv)
    assert result.code == ExitCode.OK
    assert "offer-screen" in result.out


@pytest.mark.parametrize(("argv", "coloured"), [([], True), (["--no-color"], False)])
def test_a_terminal_gets_the_same_words_in_colour(
    run: Runner, monkeypatch: pytest.MonkeyPatch, argv: list[str], coloured: bool
) -> None:
    plain = run("screen", "kerja pakai visa turis").out
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = run("screen", "kerja pakai visa turis", *argv).out
    assert ("\x1b[" in shown) == coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == plain
