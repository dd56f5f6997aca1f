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


def test_the_shipped_pack_has_no_errors_and_no_warnings(run: Runner) -> None:
    result = run("rules", "lint", "--strict", "--as-of", "2026-11-24")
    assert (result.code, result.out) == (ExitCode.OK, "")


@pytest.fixture
def layer(pack: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "layer"
    (folder / "signals").mkdir(parents=True)
    (folder / "layer.yaml").write_text(
        f"schema_version: 1\nextends: ../{pack.name}\nname: dinas\nversion: '1'\n",
        encoding="utf-8",
    )
    (folder / "signals" / "own.yaml").write_text(
        "signals:\n  nobody-asks: {phrases: [uang emas]}\n", encoding="utf-8"
    )
    return folder


def test_of_a_layer_only_its_own_issues_are_told(run: Runner, layer: Path) -> None:
    own = run("rules", "lint", str(layer), *DAY)
    everything = run("rules", "lint", str(layer), *DAY, "--all")
    assert "L01 warning: signal nobody-asks" in own.out
    assert "fee-asked" not in own.out
    assert "fee-asked" in everything.out
    assert set(own.out.splitlines()) < set(everything.out.splitlines())


def test_a_conformance_set_that_names_no_rule_is_an_error(run: Runner, pack: Path) -> None:
    (pack / "conformance").mkdir()
    (pack / "conformance" / "contoh.yaml").write_text(
        "id: contoh\ntitle: {id: Contoh, en: Sample}\nsources: [contoh 2026]\nitems:\n"
        "  - {id: a, title: {id: Satu, en: One}, rules: [upfront-fe]}\n",
        encoding="utf-8",
    )
    result = run("rules", "lint", str(pack), *DAY)
    assert result.code == ExitCode.INVALID_RULES
    assert "did you mean 'upfront-fee'?" in result.err


def test_a_draft_is_told_to_be_finished_and_not_that_its_todos_are_alike(
    run: Runner, pack: Path
) -> None:
    options = ("--category", "pay", "--title-id", "Emas", "--title-en", "Gold")
    run(
        "rules", "new", str(pack), "--id", "gold", *options,
        "--severity", "low", "--phrase", "bonus emas",
    )  # fmt: skip
    told = [line for line in run("rules", "lint", str(pack)).out.splitlines() if "gold" in line]
    codes = {code for line in told for code in ("L27", "L28", "L56") if f" {code} " in line}
    assert codes == {"L56"}
