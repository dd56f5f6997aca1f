"""Finds the rules that one more thing in the text would make fire."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from offer_screen.infer.findings import usual_leaves
from offer_screen.results import Score
from offer_screen.rules.conditions import (
    All,
    AtLeast,
    Atom,
    FactTest,
    FindingTest,
    Node,
    Program,
)
from offer_screen.what_if.conditions import Standing, asked_to_be_there

Infer = Callable[[frozenset[int]], frozenset[str]]
"""Says which rules fire, given the leaves that hold."""

Rescore = Callable[[frozenset[str]], Score]
"""Says what the score is when these rules fire."""


class Completion(NamedTuple):
    """One thing that would complete a condition.

    Attributes:
        asked: The leaf that the condition itself lacks: a signal, a fact, or a finding.
        leaf: The signal or fact to add: the same, or one that brings the finding about.
    """

    asked: int
    leaf: int


class NearMiss(NamedTuple):
    """A rule that one more leaf would make fire.

    Attributes:
        rule: Its id.
        completions: What would do it, as written; at least one.
        after: The score with the first of them.
    """

    rule: str
    completions: tuple[Completion, ...]
    after: Score


class OneShortSearch:
    """Looks for the rules of a pack that a text comes near to.

    A rule is near when one more leaf makes it fire and what it is about is there already: it
    builds on a finding that is there, or what it lacks is the usual context alone (is it work
    abroad?). Else every offer would be near to all that is worst: a fee is named, but no organ.

    Args:
        program: The conditions.
        infer: What runs them.
        wanted: Rules that may be told of.
    """

    def __init__(self, program: Program, infer: Infer, wanted: Collection[str]) -> None:
        self._program = program
        self._infer = infer
        self._conditions = {rule.id: rule.when for rule in program.rules}
        self._usual = usual_leaves(program)
        self._telling = {
            rule: telling
            for rule, when in self._conditions.items()
            if rule in wanted and (telling := frozenset(asked_to_be_there(when)) - self._usual)
        }

    def find(
        self, held: frozenset[int], fired: frozenset[str], now: Score, rescore: Rescore
    ) -> tuple[NearMiss, ...]:
        """Return the rules that one more leaf would make fire, those that would add most first.

        Of rules that the same leaf completes, one is told: the first by id.

        Args:
            held: Leaves that hold.
            fired: Rules that fire.
            now: The score as it is.
            rescore: Scores what would fire.
        """
        leaves = self._program.leaves
        there = held.union(
            number
            for number, leaf in enumerate(leaves)
            if isinstance(leaf, FindingTest) and leaf.rule in fired
        )
        shortage = _Shortage(self._program, self._conditions, held, fired)
        outcomes: dict[int, tuple[frozenset[str], Score]] = {}
        found: list[NearMiss] = []
        for rule, telling in self._telling.items():
            if rule in fired or telling.isdisjoint(there):
                continue
            built_on = any(isinstance(leaves[leaf], FindingTest) for leaf in telling & there)
            working: list[Completion] = []
            for completion in shortage.of(self._conditions[rule]):
                leaf = completion.leaf
                if not (built_on or completion.asked in self._usual):
                    continue
                if leaf not in outcomes:
                    would = self._infer(held | {leaf})
                    outcomes[leaf] = would, rescore(would)
                if rule in outcomes[leaf][0]:
                    working.append(completion)
            if working:
                after = outcomes[working[0].leaf][1]
                if after.log_odds > now.log_odds:
                    found.append(NearMiss(rule, tuple(working), after))
        found.sort(key=lambda near: (-near.after.log_odds, near.rule))
        told: dict[int, NearMiss] = {}
        for near in found:
            told.setdefault(near.completions[0].leaf, near)
        return tuple(told.values())


class _Shortage:
    """What the conditions of a pack lack in one text."""

    def __init__(
        self,
        program: Program,
        conditions: Mapping[str, Node],
        held: frozenset[int],
        fired: frozenset[str],
    ) -> None:
        self._leaves = program.leaves
        self._conditions = conditions
        self._standing = Standing(program.leaves, held)
        self._fired = fired
        self._known: dict[str, tuple[Completion, ...]] = {}

    def of(self, node: Node) -> tuple[Completion, ...]:
        """Return what would complete a condition that does not hold, as it is written.

        Nothing when it lacks more than one thing, or when what is in its way is there.
        """
        if isinstance(node, Atom):
            return self._of_atom(node.leaf)
        lacking = [
            part for part in node.parts if not self._standing.holds(part, self._fired, self._fired)
        ]
        if isinstance(node, All):
            return self.of(lacking[0]) if len(lacking) == 1 else ()
        if isinstance(node, AtLeast) and len(node.parts) - len(lacking) == node.count - 1:
            return tuple(dict.fromkeys(found for part in lacking for found in self.of(part)))
        return ()

    def _of_atom(self, number: int) -> tuple[Completion, ...]:
        leaf = self._leaves[number]
        if isinstance(leaf, FindingTest):
            if leaf.rule not in self._known:
                self._known[leaf.rule] = self.of(self._conditions[leaf.rule])
            return tuple(Completion(number, found.leaf) for found in self._known[leaf.rule])
        if isinstance(leaf, FactTest) and leaf.fact == "text":
            return ()  # of the text as a whole: nothing that can be added to it
        return (Completion(number, number),)
