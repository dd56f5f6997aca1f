from __future__ import annotations

import pytest

from offer_screen.errors import InputError
from offer_screen.rules.examples import run_examples
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule
from tests.rules.conftest import EditPack


def perfect(ruleset: RuleSet, text: str) -> set[str]:
    return {r.id for r in ruleset.rules.values() if text in r.examples.match}


def test_examples_pass_when_rules_fire_as_they_should(small: RuleSet) -> None:
    results = run_examples(small, lambda text: perfect(small, text))
    assert results.passed
    assert not results.failures
    assert str(results) == "18 examples of 3 rules: 0 failed, 0 known gaps"
    assert results.results[0].name == "cost/upfront-fee[match-1]"


def test_a_rule_that_stays_away_fails_and_tells_what_fired(small: RuleSet) -> None:
    def explain(rule: Rule, text: str) -> tuple[str, ...]:
        return (f"{rule.id} asked about {len(text)} characters",)

    results = run_examples(
        small,
        lambda _: {"upfront-fee", "unknown"},
        rules=["pay-far-above"],
        explain_failure=explain,
    )
    assert [result.name for result in results.failures] == [
        "pay/pay-far-above[match-1]",
        "pay/pay-far-above[match-2]",
        "pay/pay-far-above[match-3]",
    ]
    assert str(results.failures[0]).splitlines() == [
        "pay/pay-far-above[match-1]: the rule does not fire",
        "    text:  Gaji 30 juta jadi pelayan di Kamboja.",
        "    fired: upfront-fee",
        "    pay-far-above asked about 37 characters",
    ]


def test_a_rule_that_fires_on_a_near_miss_fails(small: RuleSet) -> None:
    results = run_examples(small, lambda _: {"upfront-fee"}, rules=["upfront-fee"])
    assert [(result.list, result.reason) for result in results.failures] == [
        ("no_match", "the rule fires")
    ] * 3


@pytest.mark.parametrize(
    ("which", "fired", "failed"),
    [
        ("todo_match", (), 0),
        ("todo_match", ("upfront-fee",), 1),
        ("todo_no_match", ("upfront-fee",), 0),
        ("todo_no_match", (), 1),
    ],
)
def test_a_known_gap_fails_once_it_is_closed(
    which: str, fired: tuple[str, ...], failed: int, edit: EditPack
) -> None:
    pack = edit(
        "cost/upfront-fee.yaml", ("examples:\n", f'examples:\n  {which}: ["Bayar nanti saja."]\n')
    )
    ruleset = load_ruleset([pack])
    results = run_examples(ruleset, lambda _: fired, rules=["upfront-fee"])
    assert results.gaps == 1
    gaps = [result for result in results.results if result.list == which]
    assert [not result.passed for result in gaps] == [bool(failed)]


def test_an_example_that_cannot_be_screened_fails(small: RuleSet) -> None:
    def refuse(_: str) -> set[str]:
        raise InputError("the offer is blank")

    results = run_examples(small, refuse, rules=["upfront-fee"])
    assert {result.reason for result in results.failures} == {"the offer is blank"}
    assert len(results.failures) == 6


def test_an_unknown_rule_cannot_be_run(small: RuleSet) -> None:
    with pytest.raises(KeyError):
        run_examples(small, lambda _: (), rules=["nothing"])
