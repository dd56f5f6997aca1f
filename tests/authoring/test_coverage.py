"""A pack held against a conformance set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offer_screen.authoring.coverage import Cover, measure_coverage
from offer_screen.rules.conformance import ConformanceItem, ConformanceSet
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Status, Tags
from offer_screen.values import Localised

WORDS = Localised(id="x", en="x")


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    return load_ruleset()


def _set(*items: ConformanceItem) -> ConformanceSet:
    return ConformanceSet(id="a", title=WORDS, sources=("contoh 2026",), items=items)


def _item(*rules: str, **tags: tuple[str, ...]) -> ConformanceItem:
    return ConformanceItem(id="a", title=WORDS, rules=rules, tags=Tags(**tags))


def _with_status(ruleset: RuleSet, rule: str, status: Status) -> RuleSet:
    changed = ruleset.rules[rule].model_copy(update={"status": status})
    return replace(ruleset, rules={**ruleset.rules, rule: changed})


@pytest.mark.parametrize(
    ("status", "cover"),
    [
        (Status.TEST, Cover.COVERED),
        (Status.STABLE, Cover.COVERED),
        (Status.EXPERIMENTAL, Cover.ON_TRIAL),
        (Status.DEPRECATED, Cover.ON_TRIAL),
    ],
)
def test_only_rules_that_score_cover(shipped: RuleSet, status: Status, cover: Cover) -> None:
    ruleset = _with_status(shipped, "no-contract", status)
    result = measure_coverage(ruleset, _set(_item("no-contract")))
    assert result.items[0].cover is cover
    assert len(result.gaps) == (cover is not Cover.COVERED)


def test_what_nothing_answers_is_a_gap(shipped: RuleSet) -> None:
    result = measure_coverage(shipped, _set(_item(), _item("no-contract")))
    assert [item.cover for item in result.items] == [Cover.GAP, Cover.COVERED]
    assert result.covered == 1


def test_a_question_covers(shipped: RuleSet) -> None:
    (item,) = measure_coverage(shipped, _set(_item("missing-visa"))).items
    assert item.cover is Cover.COVERED
    assert item.answers[0].status == "question"


def test_a_rule_that_is_named_and_tagged_answers_once(shipped: RuleSet) -> None:
    (item,) = measure_coverage(
        shipped, _set(_item("excess-hours", ilo=("excessive-overtime",)))
    ).items
    assert [answer.rule for answer in item.answers].count("excess-hours") == 1
    assert item.answers[0].examples == shipped.rules["excess-hours"].examples.match
