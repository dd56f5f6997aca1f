"""Answers the questions that conditions ask of a text: which leaves hold, and on what grounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from offer_screen.facts import FactBase
from offer_screen.results import Evidence
from offer_screen.rules.comparisons import Predicate, predicate
from offer_screen.rules.conditions import FactTest, Program, SignalTest
from offer_screen.values import Stance

_MOST_KNOWN = 10_000


class LeafReader:
    """The signal and fact leaves of a program, indexed by what they ask about."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._signals: dict[str, dict[Stance, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._facts: dict[str, list[tuple[int, frozenset[Stance], Predicate]]] = defaultdict(list)
        for index, leaf in enumerate(program.leaves):
            if isinstance(leaf, SignalTest):
                for stance in leaf.stances:
                    self._signals[leaf.signal][stance].append(index)
            elif isinstance(leaf, FactTest):
                self._facts[leaf.fact].append((index, leaf.stances, predicate(leaf.tests)))

        self._known: dict[tuple[object, ...], tuple[int, ...]] = {}

    def __reduce__(self) -> tuple[type[LeafReader], tuple[Program]]:
        return LeafReader, (self._program,)

    def read(
        self, evidence: Sequence[Evidence], facts: Sequence[FactBase]
    ) -> Mapping[int, list[Evidence | FactBase]]:
        """Return the leaves that hold, each with the signals or facts that make it hold."""
        held: dict[int, list[Evidence | FactBase]] = defaultdict(list)
        for item in evidence:
            _, name, _, stance, _ = item
            if name in self._signals:
                for index in self._signals[name].get(stance, ()):
                    held[index].append(item)
        for fact in facts:
            for index in self._of_fact(fact):
                held[index].append(fact)
        return held

    def _of_fact(self, fact: FactBase) -> tuple[int, ...]:
        """Return the leaves that a fact makes hold: the same for all facts of the same values.

        Offers name the same few countries, jobs and papers over and over.
        """
        tests = self._facts.get(fact.kind)
        if tests is None:
            return ()
        kind, _span, stance, _text, *others = fact.__dict__.values()  # those of FactBase first
        values = (kind, stance, *others)
        known = self._known.get(values)
        if known is None:
            known = tuple(
                index for index, stances, passes in tests if stance in stances and passes(fact)
            )
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[values] = known
        return known
