from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.rules.conditions import (
    All,
    AtLeast,
    Atom,
    CycleError,
    FactTest,
    FieldTest,
    NoneOf,
    SignalTest,
    UnknownFindingError,
    compile_program,
    strata,
)
from offer_screen.rules.schema import Group
from offer_screen.values import Stance


def group(**parts: object) -> Group:
    return Group.model_validate(parts)


def test_equal_questions_are_one_leaf() -> None:
    program = compile_program(
        {
            "a": group(all=["x", {"signal": "x", "stance": "asserted"}]),
            "b": group(any=["x", {"signal": "x", "stance": ["asserted", "quoted"]}]),
        }
    )
    assert program.leaves == (
        SignalTest("x", frozenset({Stance.ASSERTED})),
        SignalTest("x", frozenset({Stance.ASSERTED, Stance.QUOTED})),
    )


def test_all_parts_of_a_group_must_hold() -> None:
    program = compile_program({"a": group(all=["w"], any=["x"], at_least=1, of=["y"], none=["z"])})
    assert program.rules[0].when == All(
        (
            Atom(0),
            AtLeast(1, (Atom(1),)),
            AtLeast(1, (Atom(2),)),
            NoneOf((Atom(3),)),
        )
    )


def test_comparisons_are_those_that_were_given() -> None:
    program = compile_program(
        {
            "a": group(
                all=[{"fact": "salary", "where": {"low": {"ge": 2, "in": [1, 3]}, "plus": True}}]
            )
        }
    )
    assert program.leaves == (
        FactTest(
            "salary",
            (
                FieldTest("low", "ge", 2.0),
                FieldTest("low", "in", (1, 3)),
                FieldTest("plus", "eq", True),
            ),
            frozenset({Stance.ASSERTED}),
        ),
    )


def test_a_rule_stands_above_what_it_asks_about() -> None:
    program = compile_program(
        {
            "top": group(all=[{"finding": "middle"}], none=[{"finding": "low"}]),
            "middle": group(any=["x", {"finding": "low"}]),
            "low": group(all=["x"]),
        }
    )
    assert [(rule.id, rule.stratum) for rule in program.rules] == [
        ("low", 0),
        ("middle", 1),
        ("top", 2),
    ]
    assert set(program.finding_leaf) == {"low", "middle"}


@pytest.mark.parametrize(
    ("needs", "path"),
    [
        ({"a": ("a",)}, ("a", "a")),
        ({"a": ("b",), "b": ("a",)}, ("a", "b", "a")),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, ("b", "c", "b")),
        ({"a": (), "b": ("a", "c"), "c": ("a", "d"), "d": ("b",)}, ("b", "c", "d", "b")),
    ],
)
def test_a_ring_is_refused_with_its_path(
    needs: dict[str, tuple[str, ...]], path: tuple[str, ...]
) -> None:
    with pytest.raises(CycleError) as caught:
        strata(needs)
    assert caught.value.path == path


def test_an_unknown_finding_is_refused() -> None:
    with pytest.raises(UnknownFindingError):
        compile_program({"a": group(all=[{"finding": "b"}])})


@given(st.data())
def test_strata_settle_every_rule_after_what_it_needs(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    needs = {
        f"r{at}": tuple(
            f"r{other}"
            for other in data.draw(
                st.sets(st.integers(0, at - 1), max_size=4) if at else st.just(())
            )
        )
        for at in range(count)
    }
    level = strata(needs)
    for rule, asked in needs.items():
        assert level[rule] == 1 + max((level[other] for other in asked), default=-1)
