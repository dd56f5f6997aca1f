"""The fewest red flags without which the level would fall, against all that could be taken away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.results import Finding, Prediction, Score
from offer_screen.rules.conditions import compile_program
from offer_screen.rules.schema import Condition, FindingLeaf, Group
from offer_screen.scoring import score
from offer_screen.values import Level
from offer_screen.weighting import Weighting
from offer_screen.what_if.without import Reliance, fewest_without
from tests.infer.oracle import fires
from tests.infer.rule_sets import Case, as_leaf, cases
from tests.test_scoring import CATEGORIES, OFFER, a_finding, a_weighting

RULES = tuple(f"rule-{number}" for number in range(6))


def remaining(
    conditions: dict[str, Group], yes: frozenset[object], taken: frozenset[str]
) -> frozenset[str]:
    """Return the rules that fire without ``taken``, read straight off the authored groups.

    What is taken away is not there where it is asked for; where a condition asks that something is
    not there, its absence counts for nothing.
    """
    fired = fires(conditions, lambda question: as_leaf(question) in yes)

    def there(rule: str) -> bool:
        return rule in fired and rule not in taken and holds(conditions[rule], absences=False)

    def holds(condition: Condition, *, absences: bool) -> bool:
        if isinstance(condition, FindingLeaf):
            name = condition.finding
            return name in fired if absences else there(name)
        if not isinstance(condition, Group):
            return as_leaf(condition) in yes
        parts = [holds(part, absences=absences) for part in condition.of or ()]
        return (
            all(holds(part, absences=absences) for part in condition.all or ())
            and (not condition.any or any(holds(p, absences=absences) for p in condition.any))
            and not any(holds(part, absences=not absences) for part in condition.none or ())
            and sum(parts) >= (condition.at_least or 0)
        )

    return frozenset(filter(there, conditions))


def all_that_serve(
    findings: list[Finding], total: Score, weighting: Weighting, case: Case, yes: frozenset[object]
) -> Iterator[tuple[int, float]]:
    """Yield size and remaining log-odds of every set without which the level falls."""
    rules = [finding.rule for finding in findings]
    for size in range(len(rules) + 1):
        for taken in combinations(rules, size):
            left = remaining(case.conditions, yes, frozenset(taken))
            after = score([f for f in findings if f.rule in left], OFFER, weighting)
            if after.level.rank < total.level.rank:
                yield size, after.log_odds


weights = st.lists(st.floats(0, 4), min_size=len(RULES), max_size=len(RULES))
categories = st.lists(st.sampled_from(CATEGORIES), min_size=len(RULES), max_size=len(RULES))
floors = st.lists(
    st.sampled_from([None, None, None, *Level]), min_size=len(RULES), max_size=len(RULES)
)


@pytest.mark.property
@given(case=cases(), weights=weights, categories=categories, floors=floors, data=st.data())
def test_the_set_named_is_the_smallest_and_leaves_least_of_its_size(
    case: Case,
    weights: list[float],
    categories: list[str],
    floors: list[Level | None],
    data: st.DataObject,
) -> None:
    yes = data.draw(st.sampled_from(case.texts))
    fired = fires(case.conditions, lambda question: as_leaf(question) in yes)
    weighting = a_weighting(dict(zip(RULES, weights, strict=True)), base=-2.0)
    findings = [
        a_finding(rule, categories[number], floor=floors[number])
        for number, rule in enumerate(RULES)
        if rule in fired
    ]
    total = score(findings, OFFER, weighting)
    program = compile_program(case.conditions)
    held = frozenset(number for number, leaf in enumerate(program.leaves) if leaf in yes)

    found = fewest_without(
        findings, OFFER, weighting, total, Reliance(program, held, frozenset(fired))
    )

    serving = list(all_that_serve(findings, total, weighting, case, yes))
    if not serving:
        assert found is None
        return
    assert found is not None
    assert found.exact
    size, least = min(serving)
    assert len(found.rules) == size
    assert found.outcome.level.rank < total.level.rank
    assert found.outcome.log_odds == pytest.approx(least)
    left = remaining(case.conditions, yes, frozenset(found.rules))
    assert {f.rule for f in findings} - left == {*found.rules, *found.with_them}


def no_reliance(findings: list[Finding]) -> Reliance:
    """Return that no finding rests on another."""
    conditions: dict[str, Group] = {f.rule: Group(any=(f.rule,)) for f in findings}
    return Reliance(compile_program(conditions), (), frozenset(conditions))


def fewest(
    findings: list[Finding], weighting: Weighting, prediction: Prediction = OFFER
) -> tuple[str, ...] | None:
    total = score(findings, prediction, weighting)
    found = fewest_without(findings, prediction, weighting, total, no_reliance(findings))
    return None if found is None else found.rules


def test_of_sets_of_one_size_the_one_that_takes_most_away_is_named() -> None:
    findings = [a_finding("a", "pay"), a_finding("b", "process")]
    assert fewest(findings, a_weighting({"a": 1.9, "b": 2.4})) == ("b",)


def test_what_a_cap_cuts_off_has_to_go_as_well() -> None:
    findings = [a_finding(rule, "pay") for rule in "abc"]
    assert fewest(findings, a_weighting({"a": 2.4, "b": 2.3, "c": 0.2})) == ("a", "b")


def test_a_floor_falls_only_with_its_red_flag() -> None:
    findings = [a_finding("a", floor=Level.HIGH), a_finding("b", "legality")]
    assert fewest(findings, a_weighting({"a": 0.1, "b": 2.0})) == ("a",)


def test_there_is_no_set_where_the_level_does_not_hang_on_red_flags() -> None:
    findings = [a_finding("a")]
    assert fewest(findings, a_weighting({"a": 0.1}, base=1.0)) is None
    told = Prediction(kind=OFFER.kind, log_odds=9.0, model="m")
    assert fewest(findings, a_weighting({"a": 0.1}), told) is None
    assert fewest(findings, a_weighting({"a": 0.1})) is None  # low: there is nothing below


def test_trust_signs_and_the_question_how_many_are_left_to_the_arithmetic() -> None:
    findings = [a_finding("a"), a_finding("b", "process"), a_finding("good", trust=True)]
    weighting = a_weighting({"a": 2.4, "b": 2.4, "good": -1.0})
    total = score(findings, OFFER, weighting)
    found = fewest_without(findings, OFFER, weighting, total, no_reliance(findings))
    assert found is not None
    without = score([f for f in findings if f.rule != found.rules[0]], OFFER, weighting)
    assert found.outcome.log_odds == without.log_odds
    assert found.outcome.points == without.points


def test_when_too_much_rests_on_too_much_the_set_is_still_one_and_said_to_be_unproven() -> None:
    bearing = [f"bears-{number:02}" for number in range(14)]
    resting = [f"rests-{number:02}" for number in range(14)]
    conditions = {rule: Group(any=(rule,)) for rule in bearing} | {
        rule: Group(all=(FindingLeaf(finding=on),))
        for rule, on in zip(resting, bearing, strict=True)
    }
    program = compile_program(conditions)
    held = frozenset(range(len(program.leaves)))
    findings = [a_finding(rule, "legality") for rule in (*bearing, *resting)]
    weighting = a_weighting(
        dict.fromkeys(bearing, 0.4) | dict.fromkeys(resting, 0.4), caps={"legality": 11.2}
    )
    total = score(findings, OFFER, weighting)
    found = fewest_without(
        findings, OFFER, weighting, total, Reliance(program, held, frozenset(conditions))
    )
    assert found is not None
    assert not found.exact
    assert found.outcome.level.rank < total.level.rank
