"""Rules that one more thing in the text would make fire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.infer.compiled import CompiledEngine
from offer_screen.results import Score
from offer_screen.rules.conditions import FindingTest, compile_program
from offer_screen.rules.schema import FindingLeaf, Group
from offer_screen.scoring import score
from offer_screen.what_if.one_short import NearMiss, OneShortSearch
from tests.infer.oracle import fires
from tests.infer.rule_sets import Case, as_leaf, cases
from tests.test_scoring import OFFER, a_finding, a_weighting

RULES = tuple(f"rule-{number}" for number in range(6))
WEIGHTING = a_weighting(dict.fromkeys(RULES, 1.0), caps={"legality": 9.0})


def fired_by(conditions: dict[str, Group], yes: frozenset[object]) -> frozenset[str]:
    return fires(conditions, lambda question: as_leaf(question) in yes)


def rescored(fired: frozenset[str]) -> Score:
    return score([a_finding(rule, "legality") for rule in sorted(fired)], OFFER, WEIGHTING)


def near(conditions: dict[str, Group], yes: frozenset[object]) -> tuple[NearMiss, ...]:
    program = compile_program(conditions)
    held = frozenset(number for number, leaf in enumerate(program.leaves) if leaf in yes)
    engine = CompiledEngine(program)
    search = OneShortSearch(program, engine.infer, frozenset(conditions))
    fired = engine.infer(held)
    return search.find(held, fired, rescored(fired), rescored)


@pytest.mark.property
@given(case=cases(), data=st.data())
def test_each_rule_named_fires_when_one_leaf_is_added_and_the_score_is_that_one(
    case: Case, data: st.DataObject
) -> None:
    yes = data.draw(st.sampled_from(case.texts))
    program = compile_program(case.conditions)
    before = fired_by(case.conditions, yes)
    found = near(case.conditions, yes)
    for one in found:
        assert one.rule not in before
        for count, completion in enumerate(one.completions):
            more = yes | {program.leaves[completion.leaf]}
            after = fired_by(case.conditions, more)
            assert one.rule in after
            asked = program.leaves[completion.asked]
            assert not isinstance(asked, FindingTest) or asked.rule in after - before
            if count == 0:
                assert one.after == rescored(after)
    sums = [one.after.log_odds for one in found]
    assert sums == sorted(sums, reverse=True)


def group(*names: str, findings: tuple[str, ...] = ()) -> Group:
    return Group(all=(*names, *(FindingLeaf(finding=rule) for rule in findings)))


def yes_to(*names: str) -> frozenset[object]:
    return frozenset(as_leaf(name) for name in names)


def test_a_combination_is_near_when_one_of_its_findings_is_there() -> None:
    conditions = {
        "rule-0": group("signal-0"),
        "rule-1": group("signal-1"),
        "rule-2": group(findings=("rule-0", "rule-1")),
    }
    (one,) = near(conditions, yes_to("signal-0"))
    assert one.rule == "rule-2"
    assert near(conditions, frozenset()) == ()
    assert near(conditions, yes_to("signal-0", "signal-1")) == ()


def test_a_combination_that_lacks_two_is_not_near() -> None:
    conditions = {
        "rule-0": group("signal-0"),
        "rule-1": group("signal-1"),
        "rule-2": group("signal-2", findings=("rule-0", "rule-1")),
        "rule-3": group("signal-3", "signal-4"),
        "rule-4": group(findings=("rule-0", "rule-3")),
    }
    assert near(conditions, yes_to("signal-0")) == ()


def test_what_is_in_the_way_is_not_a_thing_that_lacks() -> None:
    conditions = {
        "rule-0": group("signal-0"),
        "rule-1": Group(all=(FindingLeaf(finding="rule-0"),), none=("signal-1",)),
        "rule-2": Group(all=("signal-2", FindingLeaf(finding="rule-0")), none=("signal-2",)),
    }
    assert near(conditions, yes_to("signal-0", "signal-1")) == ()


def test_a_rule_of_which_nothing_is_there_but_context_is_not_near() -> None:
    # Seven rules ask for signal-7: it is context.
    conditions = {f"rule-{n}": group("signal-7", f"signal-{n}") for n in range(6)}
    conditions["rule-6"] = group("signal-7", "signal-6")
    assert near(conditions, yes_to("signal-7")) == ()
    found = near({rule: conditions[rule] for rule in conditions}, yes_to("signal-0"))
    assert [one.rule for one in found] == ["rule-0"]  # what it is about is there, the context not


def test_of_rules_completed_by_the_same_leaf_one_is_named() -> None:
    conditions = {
        "rule-0": group("signal-0"),
        "rule-1": group("signal-1", findings=("rule-0",)),
        "rule-2": group("signal-1", findings=("rule-0",)),
    }
    (one,) = near(conditions, yes_to("signal-0"))
    assert one.after.log_odds == rescored(frozenset(RULES[:3])).log_odds
