"""Both engines give what the rules mean."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.errors import EngineError
from offer_screen.infer.base import Engine, EngineName, make_engine
from offer_screen.infer.durable import why_not_durable
from offer_screen.rules.conditions import (
    All,
    AtLeast,
    Atom,
    CompiledRule,
    FindingTest,
    Leaf,
    Node,
    NoneOf,
    Program,
    SignalTest,
    compile_program,
)
from offer_screen.rules.schema import Group
from tests.infer import oracle
from tests.infer.rule_sets import Case, as_leaf, cases

ENGINES: tuple[EngineName, ...] = (
    ("compiled",) if why_not_durable() is not None else ("compiled", "durable")
)
each_engine = pytest.mark.parametrize("name", ENGINES)


def rules(**conditions: dict[str, object]) -> dict[str, Group]:
    return {
        rule.replace("_", "-"): Group.model_validate(group) for rule, group in conditions.items()
    }


def held(program: Program, *signals: str) -> frozenset[int]:
    return frozenset(
        number
        for number, leaf in enumerate(program.leaves)
        if isinstance(leaf, SignalTest) and leaf.signal in signals
    )


def infer(name: EngineName, conditions: Mapping[str, Group], *signals: str) -> set[str]:
    program = compile_program(conditions)
    return set(make_engine(program, name).infer(held(program, *signals)))


def answers(text: frozenset[Leaf], question: oracle.Question) -> bool:
    return as_leaf(question) in text


@pytest.mark.property
@given(case=cases(), noise=st.frozensets(st.integers(0, 40), max_size=5))
def test_engines_agree_with_the_oracle(case: Case, noise: frozenset[int]) -> None:
    program = compile_program(case.conditions)
    asked = {n for n, leaf in enumerate(program.leaves) if not isinstance(leaf, FindingTest)}
    engines = [make_engine(program, name) for name in ENGINES]
    for text in case.texts:
        yes = frozenset(n for n in asked if program.leaves[n] in text)
        expected = oracle.fires(case.conditions, partial(answers, text))
        for engine in engines:
            assert engine.infer(yes) == expected, engine.name
            assert engine.infer(yes | (noise - asked)) == expected, engine.name


@each_engine
@pytest.mark.parametrize(
    ("group", "signals", "fires"),
    [
        ({"all": ["a", "b"]}, "a", False),
        ({"all": ["a", "b"]}, "ab", True),
        ({"any": ["a", "b"]}, "", False),
        ({"any": ["a", "b"]}, "b", True),
        ({"any": ["a", "b"]}, "ab", True),
        ({"all": ["a"], "none": ["b", "c"]}, "a", True),
        ({"all": ["a"], "none": ["b", "c"]}, "ac", False),
        ({"all": ["a"], "none": ["a"]}, "a", False),
        ({"any": ["a"], "none": ["a"]}, "a", False),
        ({"any": ["a", "b"], "none": ["a", "b"]}, "a", False),
        ({"at_least": 2, "of": ["a", "b", "c"]}, "a", False),
        ({"at_least": 2, "of": ["a", "b", "c"]}, "ac", True),
        ({"at_least": 2, "of": ["a", "b", "c"]}, "abc", True),
        ({"at_least": 3, "of": ["a", "b", "c"]}, "abc", True),
        ({"at_least": 2, "of": ["a", "a", "b"]}, "a", True),
        ({"at_least": 2, "of": ["a", "b", "c"], "any": ["a", "b", "c"]}, "a", False),
        ({"all": [{"none": ["b"], "any": ["c", "a"]}]}, "a", True),
        ({"all": [{"all": ["c"], "none": [{"all": ["c"], "none": ["a"]}]}]}, "ca", True),
        ({"all": [{"all": ["c"], "none": [{"all": ["c"], "none": ["a"]}]}]}, "c", False),
        ({"any": [{"all": ["a", "b"]}, {"all": ["a", "c"]}]}, "ac", True),
        ({"any": [{"all": ["a", "b"]}, {"all": ["a", "c"]}]}, "bc", False),
        ({"all": ["a", {"signal": "b", "stance": "negated"}]}, "ab", True),
    ],
)
def test_group(name: EngineName, group: dict[str, object], signals: str, fires: bool) -> None:
    assert infer(name, rules(r=group), *signals) == ({"r"} if fires else set())


@each_engine
def test_findings_chain_through_strata(name: EngineName) -> None:
    conditions = rules(
        first={"all": ["a"]},
        second={"all": [{"finding": "first"}, "b"]},
        a_third={"any": [{"finding": "second"}], "none": [{"finding": "other"}]},
        other={"all": ["c"]},
    )
    assert infer(name, conditions, "a", "b") == {"first", "second", "a-third"}
    assert infer(name, conditions, "a", "b", "c") == {"first", "second", "other"}
    assert infer(name, conditions, "b") == set()


@each_engine
def test_a_finding_leaf_given_as_held_counts_for_nothing(name: EngineName) -> None:
    program = compile_program(rules(first={"all": ["a"]}, second={"all": [{"finding": "first"}]}))
    engine = make_engine(program, name)
    assert engine.infer(frozenset(program.finding_leaf.values())) == frozenset()


@each_engine
def test_nothing_of_a_call_is_there_in_the_next(name: EngineName) -> None:
    program = compile_program(rules(r={"all": ["a", "b"]}, s={"all": ["a"], "none": ["b"]}))
    engine = make_engine(program, name)
    for signals, fired in (("a", {"s"}), ("b", set()), ("ab", {"r"}), ("", set()), ("a", {"s"})):
        assert engine.infer(held(program, *signals)) == fired


@each_engine
def test_an_empty_program_fires_nothing(name: EngineName) -> None:
    assert make_engine(compile_program({}), name).infer(frozenset({0, 1})) == frozenset()


@each_engine
def test_wide_groups(name: EngineName) -> None:
    wide = [f"s{number}" for number in range(600)]
    conditions = rules(
        all_of={"all": wide},
        any_of={"any": wide},
        half_of={"at_least": 300, "of": wide},
        none_of={"all": ["x"], "none": wide},
    )
    assert infer(name, conditions, *wide) == {"all-of", "any-of", "half-of"}
    assert infer(name, conditions, *wide[1:]) == {"any-of", "half-of"}
    assert infer(name, conditions, "x", *wide[:299]) == {"any-of"}
    assert infer(name, conditions, "x") == {"none-of"}


@each_engine
def test_deep_groups(name: EngineName) -> None:
    group: dict[str, object] = {"all": ["a"]}
    for level in range(120):
        group = {"any": [group, "b"]} if level % 2 else {"all": ["c"], "none": [group]}
    conditions = rules(r=group)
    for signals in ("", "a", "b", "c", "ac", "bc", "ab", "abc"):
        expected = oracle.fires(conditions, list(signals).__contains__)
        assert infer(name, conditions, *signals) == expected


@each_engine
def test_engine_survives_copy_and_pickle(name: EngineName) -> None:
    program = compile_program(rules(r={"all": ["a"]}))
    engine = make_engine(program, name)
    assert engine.infer(frozenset({0})) == {"r"}
    for twin in (pickle.loads(pickle.dumps(engine)), copy.copy(engine), copy.deepcopy(engine)):
        assert twin.name == name
        assert twin.infer(frozenset({0})) == {"r"}


@pytest.mark.skipif(why_not_durable() is not None, reason=f"durable-rules: {why_not_durable()}")
def test_auto_is_durable_where_it_imports() -> None:
    assert make_engine(compile_program({})).name == "durable"


def test_auto_is_compiled_where_durable_does_not_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offer_screen.infer.durable._native", None)
    monkeypatch.setattr("offer_screen.infer.durable._why_not", "undefined symbol")
    program = compile_program({})
    assert make_engine(program).name == "compiled"
    with pytest.raises(EngineError, match=r"cannot be imported here \(undefined symbol\).*'compil"):
        make_engine(program, "durable")


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(EngineError, match="unknown engine 'rete'"):
        make_engine(compile_program({}), "rete")  # type: ignore[arg-type]


LEAF = SignalTest("a", frozenset())


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        (Atom(9), "rule r points to leaf 9 of 3"),
        (All(()), "rule r has an empty group"),
        (NoneOf((AtLeast(1, ()),)), "rule r has an empty group"),
        (AtLeast(0, (Atom(0),)), "rule r asks for at least 0"),
        (All((Atom(1),)), "rule r asks about r, which stands in no lower stratum"),
        (All((Atom(2),)), "rule r asks about nobody, which does not exist"),
    ],
)
def test_an_unsound_program_is_refused(when: Node, fault: str) -> None:
    leaves = (LEAF, FindingTest("r"), FindingTest("nobody"))
    program = Program(leaves, (CompiledRule("r", when, 1),), {"r": 1})
    with pytest.raises(EngineError, match=fault):
        make_engine(program)


def test_two_rules_of_one_id_are_refused() -> None:
    rule = CompiledRule("r", Atom(0), 0)
    with pytest.raises(EngineError, match="two rules have the same id"):
        make_engine(Program((LEAF,), (rule, rule), {}))


def test_engines_keep_the_protocol() -> None:
    engines: list[Engine] = [make_engine(compile_program({}), name) for name in ENGINES]
    assert [engine.name for engine in engines] == list(ENGINES)
