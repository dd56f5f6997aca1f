from __future__ import annotations

import pytest

from offer_screen.authoring.trials import Tally, grounds_of, leaves_of, try_variants
from offer_screen.rules.conditions import FactTest, FindingTest, SignalTest
from offer_screen.screener import Screener
from offer_screen.values import Fold

SOME = ["passport-held", "fee-upfront", "tourist-visa-work", "no-skill-needed", "process-fast"]


def test_shipped_rules_keep_their_word_under_every_fold(shipped: Screener) -> None:
    trials = try_variants(shipped, rules=SOME)
    assert {trial.rule for trial in trials.trials} == set(SOME)
    assert {tally.way for tally in trials.tallies} >= {fold.value for fold in Fold}
    matching = sum(tally.matching for tally in trials.tallies)
    assert matching >= 0.97 * sum(tally.match for tally in trials.tallies)
    assert sum(tally.firing for tally in trials.tallies) <= 1


def test_ways_are_told_in_the_order_of_folds(good: Screener) -> None:
    folds = [Fold.LEET, Fold.SPACED, Fold.COMPATIBILITY]
    trials = try_variants(good, folds=folds, slots=())
    assert [tally.way for tally in trials.tallies] == ["compatibility", "spaced", "leet"]


def test_rules_about_disguised_words_have_no_variants(shipped: Screener) -> None:
    assert try_variants(shipped, rules=["words-disguised"]).trials == ()


def test_an_example_that_fails_as_it_stands_has_no_variants(good: Screener) -> None:
    # Without wages in its reference, the good pack's rules about pay never fire.
    trials = try_variants(good, rules=["pay-far-above"], folds=[Fold.LEET], slots=())
    assert {trial.list for trial in trials.trials} == {"no_match"}


def test_an_unknown_rule_cannot_be_tried(good: Screener) -> None:
    with pytest.raises(KeyError):
        try_variants(good, rules=["none"])


@pytest.mark.parametrize(
    ("tally", "passed"),
    [
        (Tally("leet", match=100, matching=97, no_match=200, firing=1), True),
        (Tally("leet", match=100, matching=96, no_match=200, firing=1), False),
        (Tally("leet", match=100, matching=97, no_match=199, firing=1), False),
        (Tally("leet", match=0, matching=0, no_match=0, firing=0), True),
    ],
)
def test_the_bar(tally: Tally, passed: bool) -> None:
    assert tally.passed is passed
    assert ("below the bar" in str(tally)) is not passed


def test_grounds_are_the_words_for_which_a_rule_fires(good: Screener) -> None:
    text = "Lowongan kasir di kota, bayar 200 ribu dulu."
    spans = grounds_of("upfront-fee", good.trace(text), good)
    assert [text[start:end] for start, end in spans] == ["Lowongan", "bayar 200 ribu"]


def test_what_a_rule_asks_includes_what_it_builds_on(good: Screener) -> None:
    leaves = leaves_of("pay-without-skill", good.ruleset.program)
    assert any(isinstance(leaf, FactTest) and leaf.fact == "licence" for leaf in leaves)
    assert FindingTest("pay-far-above") in leaves
    assert any(isinstance(leaf, SignalTest) and leaf.signal == "no-skill" for leaf in leaves)
