from __future__ import annotations

import json
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode, options
from offer_screen.rules.loader import load_ruleset
from offer_screen.screener import Screener
from tests.cli.conftest import Runner

PACK = {
    "pack.yaml": """\
schema_version: 1
name: contoh
version: 1.0.0
licence: Apache-2.0
base_log_odds: -3.5
trust_cap: 2.0
levels: {caution: 20, high: 60, critical: 90}
categories:
  pay: {title: {id: Gaji, en: Pay}, cap: 2.5}
""",
    "kinds.yaml": """\
kinds:
  offer: {base: 1}
  inquiry: {}
  awareness: {}
  other: {}
""",
    "stance.yaml": """\
negators: [tidak]
warners: [waspada]
reporters: [dijanjikan]
""",
    "missing.yaml": """\
missing:
  missing-visa:
    title: {id: Visa, en: Visa}
    question: {id: "Visa apa?", en: "Which visa?"}
    when: {all: [tourist-visa]}
    sources: [contoh 2026]
""",
    "signals/signals.yaml": """\
signals:
  tourist-visa: {phrases: [visa turis]}
  fast-work: {phrases: [kerja cepat]}
""",
    "advice/advice.yaml": """\
advice:
  ask-first:
    text: {id: Tanya dulu., en: Ask first.}
    order: 1
    sources: [contoh 2026]
""",
    "pay/turis.yaml": """\
id: turis
category: pay
title: {id: Visa turis, en: Tourist visa}
severity: high
specificity: high
weight: 1.5
when: {all: [tourist-visa]}
explain: {id: Visa turis., en: Tourist visa.}
rationale: Work on a tourist visa is not lawful anywhere.
sources: [contoh 2026]
false_positives: [Paket wisata]
examples:
  match: [pakai visa turis, visa turis dulu, masuk dengan visa turis]
  no_match: [pakai visa kerja, visa pelajar, tanpa visa]
advice: [ask-first]
created: 2026-11-24
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    for name, content in PACK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def run_tests(run: Runner, pack: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setattr(
        options, "load_screener", lambda *_, **__: Screener(load_ruleset([pack]), engine="compiled")
    )
    return run


def test_lint_lists_the_errors_of_a_pack(run: Runner, pack: Path) -> None:
    (pack / "pay" / "turis.yaml").write_text(
        PACK["pay/turis.yaml"].replace("severity: high", "severity: tinggi"), encoding="utf-8"
    )
    result = run("rules", "lint", str(pack))
    assert result.code == ExitCode.INVALID_RULES
    assert "turis.yaml:4:" in result.err
    assert result.out == ""


def test_list_shows_each_rule_on_a_line(run: Runner, pack: Path) -> None:
    result = run("rules", "list", str(pack), "--lang", "en")
    assert result.code == ExitCode.OK
    assert result.out.split() == ["turis", "pay", "high", "+1.5", "test", "Tourist", "visa"]


def test_examples_that_hold_pass(run_tests: Runner) -> None:
    result = run_tests("rules", "test")
    assert result.code == ExitCode.OK
    assert "6 examples of 1 rules: 0 failed" in result.out


def test_examples_that_fail_are_shown(run_tests: Runner, pack: Path) -> None:
    (pack / "pay" / "turis.yaml").write_text(
        PACK["pay/turis.yaml"].replace("visa pelajar", "visa turis asing"), encoding="utf-8"
    )
    result = run_tests("rules", "test", "--rule", "turis")
    assert result.code == ExitCode.FINDINGS
    assert "pay/turis[no_match-2]: the rule fires" in result.out
    assert "visa turis asing" in result.out
    assert "✓ signal tourist-visa" in result.out


@pytest.mark.parametrize("status", ["experimental", "deprecated"])
def test_rules_that_do_not_score_are_tested_too(status: str, run_tests: Runner, pack: Path) -> None:
    rule = pack / "pay" / "turis.yaml"
    content = PACK["pay/turis.yaml"].replace("weight: 1.5", f"weight: 1.5\nstatus: {status}")
    rule.write_text(content, encoding="utf-8")
    (pack / "missing.yaml").write_text(
        PACK["missing.yaml"].replace("when: {all: [tourist-visa]}", "when: {all: [fast-work]}"),
        encoding="utf-8",
    )
    assert run_tests("rules", "test").code == ExitCode.OK
    rule.write_text(content.replace("visa pelajar", "visa turis asing"), encoding="utf-8")
    result = run_tests("rules", "test")
    assert result.code == ExitCode.FINDINGS
    assert "pay/turis[no_match-2]: the rule fires" in result.out


def test_a_known_gap_that_is_closed_fails(run_tests: Runner, pack: Path) -> None:
    (pack / "pay" / "turis.yaml").write_text(
        PACK["pay/turis.yaml"].replace(
            "advice:", "  todo_match: [pakai visa turis lagi, turis pakai visa]\nadvice:"
        ),
        encoding="utf-8",
    )
    result = run_tests("rules", "test")
    assert result.code == ExitCode.FINDINGS
    assert "pay/turis[todo_match-1]: the rule fires now: move the example" in result.out
    assert "1 failed, 2 known gaps" in result.out


def test_variants_are_tried_on_request(run_tests: Runner) -> None:
    result = run_tests("rules", "test", "--variants")
    assert result.code == ExitCode.OK
    ways = {line.split()[0]: line.split()[1:] for line in result.out.splitlines()[3:-1]}
    assert ways["leet"] == ["3", "100.0%", "3", "0.0%"]
    assert ways.keys() >= {"compatibility", "homoglyph", "spaced", "wildcard"}


def test_a_fold_may_be_chosen(run_tests: Runner) -> None:
    result = run_tests("rules", "test", "--fold", "leet")
    assert [line.split()[0] for line in result.out.splitlines()[3:-1]] == ["leet"]


def test_a_way_below_the_bar_fails_and_shows_what_failed(run_tests: Runner, pack: Path) -> None:
    (pack / "signals" / "signals.yaml").write_text(
        """\
signals:
  tourist-visa: {patterns: ['visa turis']}
  fast-work: {phrases: [kerja cepat]}
""",
        encoding="utf-8",
    )
    result = run_tests("rules", "test", "--fold", "leet")
    assert result.code == ExitCode.FINDINGS
    assert "pay/turis[match-1, leet]: the rule does not fire" in result.out
    assert "below the bar" in result.out


def test_the_outcome_is_given_as_json_and_junit(run_tests: Runner, tmp_path: Path) -> None:
    file = tmp_path / "outcome.xml"
    result = run_tests("rules", "test", "--fold", "spaced", "--json", "--junit", str(file))
    outcome = json.loads(result.out)
    assert outcome["passed"] is True
    assert len(outcome["examples"]) == 6
    assert outcome["variants"]["ways"][0]["way"] == "spaced"
    junit = file.read_text(encoding="utf-8")
    assert '<testsuite name="pay" tests="6" failures="0">' in junit
    assert 'name="variants[spaced]"' in junit


def test_why_shows_what_holds_and_where(run_tests: Runner) -> None:
    result = run_tests("rules", "why", "turis", "Masuk pakai visa turis.")
    assert result.code == ExitCode.OK
    assert result.out.splitlines() == [
        "turis fires; the text is read as offer",
        "✓ signal tourist-visa",
        "    seen: 'visa turis' at 12–22",
    ]


def test_why_gives_the_tree_as_json(run_tests: Runner) -> None:
    result = run_tests("rules", "why", "turis", "Masuk tidak pakai visa turis.", "--json")
    tree = json.loads(result.out)
    assert tree["fires"] is False
    assert tree["when"]["nearest"] == ["'visa turis' is negated, not asserted"]


def test_why_suggests_the_rule_that_was_meant(run_tests: Runner) -> None:
    result = run_tests("rules", "why", "turris", "Masuk pakai visa turis.")
    assert result.code == ExitCode.USAGE
    assert "did you mean 'turis'?" in " ".join(result.err.split())


def test_an_unknown_rule_is_bad_usage(run_tests: Runner) -> None:
    result = run_tests("rules", "test", "--rule", "none")
    assert result.code == ExitCode.USAGE
    assert "no rule 'none'" in result.err


def test_a_missing_folder_is_bad_usage(run: Runner, tmp_path: Path) -> None:
    assert run("rules", "lint", str(tmp_path / "none")).code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("options_", "listed"),
    [
        (["--category", "pay"], 1),
        (["--status", "stable"], 0),
        (["--status", "stable", "--status", "test"], 1),
        (["--severity", "high", "--type", "red_flag"], 1),
        (["--type", "trust_sign"], 0),
        (["--tag", "deception"], 0),
    ],
)
def test_the_list_is_filtered(options_: list[str], listed: int, run: Runner, pack: Path) -> None:
    result = run("rules", "list", str(pack), *options_)
    assert len(result.out.splitlines()) == listed
    assert result.err == f"{listed} of 1 rules\n"


def test_the_list_is_given_as_json(run: Runner, pack: Path) -> None:
    (rule,) = json.loads(run("rules", "list", str(pack), "--json").out)
    assert (rule["id"], rule["severity"], rule["title"]) == ("turis", "high", "Visa turis")


@pytest.mark.parametrize(
    ("option", "name", "known"), [("--category", "gaji", "pay"), ("--tag", "debt", "debt-bondage")]
)
def test_a_filter_that_nothing_can_have_is_bad_usage(
    option: str, name: str, known: str, run: Runner, pack: Path
) -> None:
    result = run("rules", "list", str(pack), option, name)
    assert result.code == ExitCode.USAGE
    assert known in result.err


def test_show_tells_all_of_a_rule(run: Runner, pack: Path) -> None:
    result = run("rules", "show", "turis", "--rules", str(pack))
    assert result.code == ExitCode.OK
    for said in (
        "turis  (Gaji, red flag)",
        "weight       +1.50 log-odds; cap of its kind 2.5",
        "examples     3 match, 3 near misses, 0 known gaps",
        "  - signal tourist-visa",
        "  visa turis",
        "  Paket wisata",
        "  ask-first: Tanya dulu.",
    ):
        assert said in result.out.splitlines()


def test_show_gives_json(run: Runner, pack: Path) -> None:
    shown = json.loads(run("rules", "show", "turis", "--rules", str(pack), "--json").out)
    assert shown["rule"]["weight"] == 1.5
    assert shown["signals"]["tourist-visa"]["phrases"] == ["visa turis"]
