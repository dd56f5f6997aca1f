"""``offer-screen rules coverage``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode
from tests.cli.conftest import Runner
from tests.rules.conftest import GOOD_PACK

SET = """\
id: contoh
title: {id: Contoh, en: Sample}
sources: ["contoh 2026"]
items:
  - {id: hidden, title: {id: Satu, en: One}, rules: [], note: nobody writes it}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))
    (folder / "conformance").mkdir()
    (folder / "conformance" / "contoh.yaml").write_text(SET, encoding="utf-8")
    return folder


def test_what_is_covered_is_shown_with_rules_and_examples(run: Runner) -> None:
    result = run("rules", "coverage", "--against", "kemnaker-8", "--examples", "1", "--fail-on-gap")
    assert result.code == ExitCode.OK
    assert "8 of 8 covered" in result.out
    assert "no-contract (test" in result.out
    assert result.out.count("          '") > 8


def test_a_gap_is_shown_and_fails_when_asked(run: Runner, pack: Path) -> None:
    assert run("rules", "coverage", str(pack)).code == ExitCode.OK
    result = run("rules", "coverage", str(pack), "--fail-on-gap", "--lang", "id")
    assert result.code == ExitCode.FINDINGS
    assert "contoh: Contoh: 0 of 1 covered" in result.out
    assert "GAP   hidden: Satu" in result.out
    assert "note: nobody writes it" in result.out


def test_all_sets_come_when_none_is_named(run: Runner) -> None:
    result = run("rules", "coverage", "--json")
    sets = {content["set"]: content for content in json.loads(result.out)}
    assert {"fact-base", "grobogan-4", "ilo-11", "kemnaker-8", "palermo"} <= sets.keys()
    promise = sets["grobogan-4"]["items"][0]
    assert promise["cover"] == "covered"
    assert {"id", "title", "status", "examples"} == promise["rules"][0].keys()


def test_an_unknown_set_is_bad_usage_and_the_known_ones_are_told(run: Runner) -> None:
    result = run("rules", "coverage", "--against", "kemnaker-9")
    assert result.code == ExitCode.USAGE
    assert "kemnaker-8" in result.err


def test_an_unknown_rule_in_a_set_is_an_error_of_the_pack(run: Runner, pack: Path) -> None:
    path = pack / "conformance" / "contoh.yaml"
    path.write_text(SET.replace("rules: []", "rules: [nobody]"), encoding="utf-8")
    result = run("rules", "coverage", str(pack))
    assert result.code == ExitCode.INVALID_RULES
    assert "conformance/contoh.yaml:5:" in result.err
    assert "R210 unknown rule 'nobody'" in result.err
