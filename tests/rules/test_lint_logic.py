"""What lint concludes from a condition is true of every text: checked against all assignments."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.rules.conditions import (
    All,
    AtLeast,
    Atom,
    FactTest,
    FieldTest,
    Leaf,
    Node,
    NoneOf,
    SignalTest,
)
from offer_screen.rules.lint.logic import TooManyTermsError, can_hold, decided, entails, terms
from offer_screen.values import Stance

ASSERTED = frozenset({Stance.ASSERTED})
SIGNALS: tuple[Leaf, ...] = tuple(SignalTest(f"s{number}", ASSERTED) for number in range(4))


def _parts(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(inner, min_size=1, max_size=3).map(tuple)


NODES: st.SearchStrategy[Node] = st.recursive(
    st.integers(0, 3).map(Atom),
    lambda inner: _parts(inner).flatmap(
        lambda parts: st.one_of(
            st.just(All(parts)),
            st.just(NoneOf(parts)),
            st.integers(1, len(parts)).map(lambda count: AtLeast(count, parts)),
        )
    ),
    max_leaves=8,
)


def holds(node: Node, true: set[int]) -> bool:
    if isinstance(node, Atom):
        return node.leaf in true
    count = sum(holds(part, true) for part in node.parts)
    if isinstance(node, NoneOf):
        return count == 0
    return count >= (len(node.parts) if isinstance(node, All) else node.count)


def assignments() -> list[set[int]]:
    return [
        {leaf for leaf, on in enumerate(bits) if on} for bits in product((False, True), repeat=4)
    ]


@pytest.mark.property
@given(NODES, st.booleans())
def test_terms_are_the_ways_in_which_a_condition_holds(node: Node, wanted: bool) -> None:
    ways = terms(node, holds=wanted)
    for true in assignments():
        by_terms = any(way.held <= true and not way.barred & true for way in ways)
        assert by_terms is (holds(node, true) is wanted)


@pytest.mark.property
@given(NODES, NODES)
def test_what_is_decided_is_so_in_every_text(one: Node, other: Node) -> None:
    for way in terms(one):
        verdict = decided(other, way, SIGNALS)
        for true in assignments():
            if verdict is not None and way.held <= true and not way.barred & true:
                assert holds(other, true) is verdict


def test_a_condition_with_too_many_ways_is_left_alone() -> None:
    wide = All(tuple(AtLeast(1, tuple(Atom(9 * a + b) for b in range(9))) for a in range(5)))
    with pytest.raises(TooManyTermsError):
        terms(wide)


TESTS = (
    st.builds(
        FieldTest,
        st.just("low"),
        st.sampled_from(["eq", "ne", "ge", "gt", "le", "lt"]),
        st.integers(0, 4).map(float),
    )
    | st.builds(
        FieldTest,
        st.just("low"),
        st.just("in"),
        st.lists(st.integers(0, 4).map(float), min_size=1, max_size=3).map(tuple),
    )
    | st.builds(FieldTest, st.just("low"), st.just("present"), st.booleans())
)
FACTS = st.lists(TESTS, max_size=3).map(lambda tests: FactTest("salary", tuple(tests), ASSERTED))
VALUES = (None, *(number / 2 for number in range(-1, 11)))


def passes(value: float | None, test: FieldTest) -> bool:
    if test.op == "present":
        return (value is not None) is test.value
    if value is None:
        return False
    if isinstance(test.value, tuple):
        return value in test.value
    bound = float(test.value)
    return {
        "eq": value == bound,
        "ne": value != bound,
        "ge": value >= bound,
        "gt": value > bound,
        "le": value <= bound,
        "lt": value < bound,
    }[test.op]


def takes(fact: FactTest, value: float | None) -> bool:
    return all(passes(value, test) for test in fact.tests)


@pytest.mark.property
@given(FACTS, FACTS)
def test_what_one_question_entails_the_other_finds_too(one: FactTest, other: FactTest) -> None:
    if entails(one, other):
        assert all(takes(other, value) for value in VALUES if takes(one, value))


@pytest.mark.property
@given(FACTS)
def test_a_question_called_dead_has_no_answer(fact: FactTest) -> None:
    if not can_hold(fact):
        assert not any(takes(fact, value) for value in VALUES)


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        (FieldTest("low", "ge", 9.0), FieldTest("low", "gt", 8.0), True),
        (FieldTest("low", "ge", 9.0), FieldTest("low", "gt", 9.0), False),
        (FieldTest("low", "gt", 9.0), FieldTest("low", "ge", 9.0), True),
        (FieldTest("low", "eq", 9.0), FieldTest("low", "in", (9.0, 8.0)), True),
        (FieldTest("low", "ge", 9.0), FieldTest("low", "present", value=True), True),
        (FieldTest("low", "present", value=True), FieldTest("low", "ge", 9.0), False),
        (FieldTest("low", "ge", 9.0), FieldTest("high", "ge", 9.0), False),
    ],
)
def test_a_narrower_test_entails_a_wider_one(
    one: FieldTest, other: FieldTest, follows: bool
) -> None:
    narrow, wide = FactTest("salary", (one,), ASSERTED), FactTest("salary", (other,), ASSERTED)
    assert entails(narrow, wide) is follows
