"""The durable-rules engine, behind the one way of using it that holds.

durable-rules is a Rete matcher in a C extension that crashes, hangs, corrupts memory or answers
wrongly when it is used in ways that look harmless; ``tests/infer/test_durable_traps.py`` shows
each. What is used is the least: no Python layer of its own (no host, no thread, no action), no join
of facts, no negation. ``patterns.py`` lowers a program to conjunctions over one fact; the engine is
given one fact a shard and level, says which patterns fire, and what fired is in the facts of the
levels above: that is the forward chaining.

A fact has a fixed id and small numbers, never text, and is retracted before the next. A session
is one ruleset a shard, each with one state, and serves one call at a time: a call takes an idle
session or opens one, so that threads need no lock. After an error it is thrown away, and none
crosses a fork.
"""

from __future__ import annotations

import os
import weakref
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from offer_screen.errors import EngineError
from offer_screen.infer.patterns import SID, Plan, Shard, lower
from offer_screen.rules.conditions import Program

_native: Any = None
_why_not: str | None = None
try:
    import durable_rules_engine
except ImportError as error:
    _why_not = str(error)
else:
    _native = durable_rules_engine

_NOTHING_MATCHED = 1
"""Code of a fact that no pattern matched; 0 is one that some pattern did, and above are faults."""


def why_not_durable() -> str | None:
    """Return why durable-rules cannot be used here; None if it can."""
    return _why_not


class DurableEngine:
    """Runs a program in durable-rules."""

    name = "durable"

    def __init__(self, program: Program) -> None:
        if _native is None:
            raise EngineError(
                f"durable-rules cannot be imported here ({_why_not}): "
                "use the engine 'compiled', which gives the same findings"
            )
        self._program = program
        self._plan = lower(program)
        self._idle = _Idle(os.getpid(), deque())

    def infer(self, held: frozenset[int]) -> frozenset[str]:
        """Return the ids of the rules that fire, given the leaves that hold.

        Raises:
            EngineError: durable-rules refused the rules or a fact.
        """
        idle = self._idle
        if idle.process != os.getpid():
            idle = self._idle = _Idle(os.getpid(), deque())
        try:
            session = idle.sessions.pop()
        except IndexError:
            session = _Session(self._plan)
        try:
            fired = session.run(held)
        except BaseException:
            session.close()
            raise
        idle.sessions.append(session)
        return fired

    def close(self) -> None:
        """Free the rulesets at once rather than with the engine; it can be used again after."""
        while self._idle.sessions:
            self._idle.sessions.pop().close()

    def __reduce__(self) -> tuple[type[DurableEngine], tuple[Program]]:
        return DurableEngine, (self._program,)


@dataclass(frozen=True, slots=True)
class _Idle:
    """Sessions that nobody uses, and the process that they belong to."""

    process: int
    sessions: deque[_Session]


class _Session:
    """One state in one ruleset a shard; serves one call at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._handles: list[int] = []
        self.close = weakref.finalize(self, _free, self._handles, os.getpid())
        self.close.atexit = False
        sentinel = f'{{"sid":"{SID}","id":"f",{plan.sentinel}1}}'
        for number, shard in enumerate(plan.shards):
            try:
                self._handles.append(_open(number, shard, sentinel))
            except (_native.error, MemoryError) as error:
                raise EngineError(
                    f"durable-rules refused ruleset {number + 1} of {len(plan.shards)} "
                    f"(rules {shard.rules}): {error}"
                ) from error

    def run(self, held: frozenset[int]) -> frozenset[str]:
        """Return the ids of the rules that fire, and leave nothing of the call behind."""
        plan = self._plan
        there = set(held & plan.leaves)
        for level in plan.levels:
            chances = [*level.unwatched]
            for kind in level.watched.keys() & there:
                chances += level.watched[kind]
            facts: dict[int, dict[int, str]] = defaultdict(dict)  # by shard and kind
            for shard, needs, spoilers, counts, given in chances:
                if needs <= there and spoilers.isdisjoint(there):
                    fact = facts[shard]
                    fact.update(given)
                    for kind, members in counts:
                        if number := sum(map(there.__contains__, members)):
                            fact[kind] = f"{plan.fields[kind]}{number}"
            for shard, fact in facts.items():
                there.update(self._fire(shard, fact))
        return frozenset([plan.findings[kind] for kind in there if kind in plan.findings])

    def _fire(self, number: int, there: dict[int, str]) -> list[int]:
        """Return the kinds that the patterns of one shard fire on these fields of a fact."""
        plan, handle = self._plan, self._handles[number]
        fact = f'{{"sid":"{SID}","id":"f",{",".join(there.values())}}}'
        fired: list[int] = []
        try:
            code, state = _native.assert_fact(handle, fact)
            if code > _NOTHING_MATCHED:
                raise EngineError(
                    f"durable-rules holds on to an earlier fact (code {code}) in rules "
                    f"{plan.shards[number].rules}"
                )
            started = _native.start_action_for_state(handle, state)
            message = started and started[1]
            while message:
                fired.append(plan.heads[message[2 : message.index('"', 2)]])
                message = _native.complete_and_start_action(handle, state)
            _native.retract_fact(handle, fact)
        except (_native.error, MemoryError) as error:
            rules = plan.shards[number].rules
            raise EngineError(f"durable-rules failed in rules {rules}: {error}") from error
        return fired


def _open(number: int, shard: Shard, sentinel: str) -> int:
    """Create a ruleset with its one state, and return its handle.

    Something must have fired in a state before it can be deleted: the engine frees pointers that
    it sets at the first action. The sentinel fires once, here, so that documents need none.
    """
    handle: int = _native.create_ruleset(f"offer_screen_{number}", shard.definition)
    try:
        _, state = _native.assert_fact(handle, sentinel)
        _native.start_action_for_state(handle, state)
        _native.complete_and_start_action(handle, state)
        _native.retract_fact(handle, sentinel)
    except BaseException:
        _native.delete_ruleset(handle)
        raise
    return handle


def _free(handles: list[int], process: int) -> None:
    if process != os.getpid():
        return  # what a fork copied belongs to the parent
    while handles:
        handle = handles.pop()
        _native.delete_state(handle, SID)  # delete_ruleset alone leaks the state
        _native.delete_ruleset(handle)
