"""Answers the questions that conditions ask of a text: which leaves hold, and on what evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from offer_screen.results import Evidence, FactBase, Stance
from offer_screen.rules.comparisons import passes
from offer_screen.rules.conditions import FactTest, FieldTest, Program, SignalTest


class LeafReader:
    """The signal and fact leaves of a program, indexed by what they ask about."""

    def __init__(self, program: Program) -> None:
        self._signals: dict[str, list[tuple[int, frozenset[Stance]]]] = defaultdict(list)
        self._facts: dict[str, list[tuple[int, frozenset[Stance], tuple[FieldTest, ...]]]] = (
            defaultdict(list)
        )
        for index, leaf in enumerate(program.leaves):
            if isinstance(leaf, SignalTest):
                self._signals[leaf.signal].append((index, leaf.stances))
            elif isinstance(leaf, FactTest):
                self._facts[leaf.fact].append((index, leaf.stances, leaf.tests))

    def read(
        self, evidence: Sequence[Evidence], facts: Sequence[FactBase]
    ) -> Mapping[int, list[Evidence]]:
        """Return the leaves that hold, each with the evidence that makes it hold."""
        held: dict[int, list[Evidence]] = defaultdict(list)
        for item in evidence:
            for index, stances in self._signals.get(item.name, ()):
                if item.stance in stances:
                    held[index].append(item)
        for fact in facts:
            kind = fact.kind
            proof: Evidence | None = None
            for index, stances, tests in self._facts.get(kind, ()):
                if fact.stance in stances and passes(fact, tests):
                    if proof is None:
                        proof = Evidence(
                            source="fact", name=kind, span=fact.span, stance=fact.stance
                        )
                    held[index].append(proof)
        return held
