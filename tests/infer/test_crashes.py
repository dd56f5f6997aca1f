"""Property tests of durable-rules in a process of its own: a crash is a failing, small example."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from hypothesis import given, settings

from offer_screen.errors import EngineError
from offer_screen.infer.durable import DurableEngine, why_not_durable
from offer_screen.rules.conditions import FindingTest, Program, compile_program
from tests.infer import oracle
from tests.infer.child import Child, CrashedError
from tests.infer.rule_sets import Case, cases
from tests.infer.test_engines import answers

pytestmark = [
    pytest.mark.skipif(why_not_durable() is not None, reason=f"durable-rules: {why_not_durable()}"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked"),
]

Fired = list[frozenset[str]]


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    child = Child()
    yield child
    child.close()


def fired(program: Program, texts: Sequence[frozenset[int]]) -> Fired:
    """Return what fires for each text, twice over."""
    engine = DurableEngine(program)
    told, again = ([engine.infer(text) for text in texts] for _ in range(2))
    assert told == again
    engine.close()
    return told


def held(case: Case, program: Program) -> list[frozenset[int]]:
    asked = [
        (n, leaf) for n, leaf in enumerate(program.leaves) if not isinstance(leaf, FindingTest)
    ]
    return [frozenset(n for n, leaf in asked if leaf in text) for text in case.texts]


@pytest.mark.property
@given(case=cases())
def test_durable_lives_and_agrees_with_the_oracle(child: Child, case: Case) -> None:
    program = compile_program(case.conditions)
    expected = [oracle.fires(case.conditions, partial(answers, text)) for text in case.texts]
    assert child.ask(fired, program, held(case, program)) == expected


def fired_unless_two(program: Program, texts: Sequence[frozenset[int]]) -> Fired:
    """Do as `fired` does, and die of a segmentation fault where two rules fire on one text."""
    told = fired(program, texts)
    if any(len(rules) >= 2 for rules in told):
        os.kill(os.getpid(), signal.SIGSEGV)
    return told


def test_a_crash_that_was_planted_is_caught_and_made_small(child: Child) -> None:
    tried: list[Case] = []

    @settings(max_examples=100, database=None, derandomize=True, print_blob=False)
    @given(case=cases())
    def crashes(case: Case) -> None:
        tried.append(case)
        program = compile_program(case.conditions)
        child.ask(fired_unless_two, program, held(case, program))

    with pytest.raises(CrashedError, match=f"exit code -{signal.SIGSEGV:d}\\b"):
        crashes()
    assert len(tried[-1].conditions) == 2
    assert max(len(case.conditions) for case in tried) > 2
    assert child.started > 2


def test_what_is_raised_in_a_child_is_raised_here(child: Child) -> None:
    with pytest.raises(EngineError, match="refused"):
        child.ask(_refuse)
    assert child.ask(len, "abc") == 3


def _refuse() -> None:
    raise EngineError("durable-rules refused it")


def test_a_child_that_hangs_is_given_up(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.infer.child._PATIENCE", 0.2)
    with pytest.raises(CrashedError, match="hangs"):
        child.ask(signal.pause)
    monkeypatch.undo()
    assert child.ask(len, "abc") == 3
