"""The program as a process, over the shipped rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode
from offer_screen.results import Report

OFFER = (
    "Kerja di luar negeri, gaji besar, proses mudah, tanpa keahlian. Berangkat pakai visa turis,"
    " paspor dipegang agen. WA 0812-0000-1234 ✈️"
)


AUTHORED = ("--model", "none", "--weights", "authored")
"""What is expected of such runs hangs on no fit."""


def offer_screen(*argv: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "offer_screen.cli", *argv],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        check=False,
    )


def test_an_offer_from_standard_input_is_screened_in_any_locale() -> None:
    done = offer_screen("screen", "-", "--fail-on", "high", stdin=OFFER)
    assert done.returncode == ExitCode.FINDINGS, done.stderr
    assert done.stderr == ""
    assert "KRITIS" in done.stdout
    assert "tidak menuduh siapa" in done.stdout


def test_json_holds_no_word_of_the_offer() -> None:
    done = offer_screen("screen", OFFER, "--json")
    assert done.returncode == ExitCode.OK, done.stderr
    report = Report.from_json(done.stdout)
    assert report.text is None
    assert all(fact.text is None for fact in report.facts)


def test_batch_screens_a_file(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f"{json.dumps({'id': 'a', 'text': OFFER})}\nbad\n", encoding="utf-8")
    done = offer_screen("batch", str(source), str(target))
    assert done.returncode == ExitCode.OK, done.stderr
    good, bad = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert (good["id"], good["level"]) == ("a", "critical")
    assert bad["error"]["type"] == "bad_json"


@pytest.mark.parametrize(
    ("lang", "title", "without"),
    [("id", "Yang bisa mengubah tingkat", "Tanpa “"), ("en", "What could change the", "Without “")],
)
@pytest.mark.parametrize("form", ["html"])
def test_a_report_says_what_would_change_the_level(
    form: str, lang: str, title: str, without: str
) -> None:
    argv = ("screen", OFFER, "--format", form, "--lang", lang, "--no-color", *AUTHORED)
    asked, left_out = offer_screen(*argv), offer_screen(*argv, "--no-what-if")
    assert asked.returncode == ExitCode.OK, asked.stderr
    assert title in asked.stdout
    assert without in asked.stdout
    assert title not in left_out.stdout


def test_full_rows_hold_what_would_change_the_level(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f"{json.dumps({'id': 'a', 'text': OFFER})}\n", encoding="utf-8")
    done = offer_screen(
        "batch", str(source), str(target), "--fields", "full", "--what-if", *AUTHORED
    )
    assert done.returncode == ExitCode.OK, done.stderr
    report = Report.model_validate(json.loads(target.read_text(encoding="utf-8"))["report"])
    assert report.what_if is not None
    assert report.what_if.without is not None
    alone = Report.from_json(offer_screen("screen", OFFER, "--json", *AUTHORED).stdout)
    assert alone.what_if == report.what_if


def test_broken_rules_are_listed(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: [", encoding="utf-8")
    done = offer_screen("screen", OFFER, "--rules", str(tmp_path))
    assert done.returncode == ExitCode.INVALID_RULES
    assert "pack.yaml:" in done.stderr
    assert done.stdout == ""


def test_a_reader_that_stops_early_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "offer_screen.cli", "rules", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == ExitCode.OK


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("screen kerja > /dev/full", "cannot write to standard output: No space left on device"),
        ("screen kerja >&-", "cannot write to standard output: it is closed"),
        ("--help > /dev/full", "No space left on device"),
        ("screen - <&-", "cannot read standard input: it is closed"),
    ],
)
def test_streams_that_cannot_be_used_are_told(command: str, message: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m offer_screen.cli {command}', sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.INPUT, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_help_loads_no_tokenizer() -> None:
    code = (
        "import sys; from offer_screen.cli import main; main(['--help']);"
        " sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
