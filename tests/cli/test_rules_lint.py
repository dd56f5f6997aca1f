from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode
from offer_screen.rules.lint import CHECKS
from tests.cli.conftest import Runner
from tests.rules.conftest import GOOD_PACK

DAY = ("--as-of", "2026-11-02")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_issue_is_a_line_with_its_place_and_how_to_mend_it(run: Runner, pack: Path) -> None:
    result = run("rules", "lint", str(pack), *DAY)
    assert (
        f"{pack.as_posix()}/signals/basic.yaml:9:16: L48 warning: signal fee-asked: "
        r"'\btf\s+dulu\b' is words alone (write it as a phrase" in result.out
    )
    assert "3 rules, 3 signals" in result.err


@pytest.mark.parametrize(
    ("severity", "options", "code"),
    [
        ("warning", (), ExitCode.OK),
        ("warning", ("--strict",), ExitCode.FINDINGS),
        ("error", (), ExitCode.FINDINGS),
    ],
)
def test_errors_fail_and_warnings_do_when_asked(
    severity: str, options: tuple[str, ...], code: ExitCode, run: Runner, pack: Path
) -> None:
    if severity == "error":
        edit(pack / "cost" / "upfront-fee.yaml", "modified: 2026-11-02", "modified: 2026-10-02")
    result = run("rules", "lint", str(pack), *DAY, *options)
    assert (result.code, f" {severity}: " in result.out) == (code, True)


def test_notes_are_shown_when_asked_for_and_never_fail(run: Runner, pack: Path) -> None:
    quiet = run("rules", "lint", str(pack), "--as-of", "2029-01-01")
    told = run("rules", "lint", str(pack), "--as-of", "2029-01-01", "--notes")
    assert "L22" not in quiet.out
    assert "reference/channels.yaml:2:3: L22 note: " in told.out
    assert quiet.code == told.code == ExitCode.OK


def test_json_holds_the_issues_field_by_field(run: Runner, pack: Path) -> None:
    result = run("rules", "lint", str(pack), *DAY, "--format", "json")
    issue = next(item for item in json.loads(result.out)["issues"] if item["code"] == "L48")
    assert issue["file"] == f"{pack.as_posix()}/signals/basic.yaml"
    assert (issue["line"], issue["column"], issue["severity"]) == (9, 16, "warning")
    assert issue["subject"] == "signal fee-asked"


def test_annotations_name_file_and_line(run: Runner, pack: Path) -> None:
    result = run("rules", "lint", str(pack), *DAY, "--format", "github")
    place = f"file={pack.as_posix()}/signals/basic.yaml,line=9,col=16"
    assert f"::warning {place},title=L48::signal fee-asked: " in result.out
    assert all(line.startswith("::warning ") for line in result.out.splitlines())


def test_list_prints_every_check(run: Runner) -> None:
    result = run("rules", "lint", "--list")
    assert [line.split()[0] for line in result.out.splitlines()] == [
        *(check.code for check in CHECKS),
        "L57",
    ]


def test_fix_mends_what_needs_no_judgement(run: Runner, pack: Path) -> None:
    rule = pack / "pay" / "pay-without-skill.yaml"
    edit(rule, "created: 2026-11-01", "created: 2026/11/1")
    edit(rule, "[pay-far-above]", "[pay-far-above, pay-far-above]")
    assert run("rules", "lint", str(pack), *DAY).code == ExitCode.INVALID_RULES
    result = run("rules", "lint", str(pack), *DAY, "--fix")
    assert result.code == ExitCode.OK
    assert f"mended {rule.as_posix()}" in result.err
    assert not {"L38", "L55", "L57"} & {line.split()[1] for line in result.out.splitlines()}
    text = rule.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert text.endswith("created: 2026-11-01\nrelated: [pay-far-above]\n")


def test_the_shipped_pack_has_no_errors(run: Runner) -> None:
    result = run("rules", "lint", "--as-of", "2026-11-24")
    assert result.code == ExitCode.OK
