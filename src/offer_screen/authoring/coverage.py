"""Holds a rule pack against a conformance set: what is covered, by which rules, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offer_screen.rules.conformance import ConformanceItem, ConformanceSet, answers
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import SCORING
from offer_screen.values import Localised


class Cover(StrEnum):
    """How far an item is covered."""

    COVERED = "covered"
    """A rule that scores answers it, or a question of ``missing.yaml`` asks for it."""
    ON_TRIAL = "on_trial"
    """Only rules that do not score answer it: experimental or deprecated ones."""
    GAP = "gap"
    """Nothing answers it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One rule, or one question of ``missing.yaml``, that answers an item.

    Attributes:
        rule: Its id.
        title: Its title.
        status: Status of the rule; ``question`` for what stands in ``missing.yaml``.
        scores: Whether offers are judged by it.
        examples: Texts that it fires on.
    """

    rule: str
    title: Localised
    status: str
    scores: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemCoverage:
    """One item of a conformance set and what answers it."""

    id: str
    title: Localised
    note: str
    answers: tuple[Answer, ...]

    @property
    def cover(self) -> Cover:
        """How far the item is covered."""
        if any(answer.scores for answer in self.answers):
            return Cover.COVERED
        return Cover.ON_TRIAL if self.answers else Cover.GAP


@dataclass(frozen=True, slots=True)
class Coverage:
    """A rule pack held against one conformance set.

    Attributes:
        id: Id of the set.
        title: Its title.
        sources: Where it was published.
        items: Every item, in the order of the set.
    """

    id: str
    title: Localised
    sources: tuple[str, ...]
    items: tuple[ItemCoverage, ...]

    @property
    def covered(self) -> int:
        """How many items are covered."""
        return sum(item.cover is Cover.COVERED for item in self.items)

    @property
    def gaps(self) -> tuple[ItemCoverage, ...]:
        """Items that no scoring rule answers."""
        return tuple(item for item in self.items if item.cover is not Cover.COVERED)


def measure_coverage(ruleset: RuleSet, conformance: ConformanceSet) -> Coverage:
    """Return which rules answer each item of ``conformance``, with the examples they fire on."""
    return Coverage(
        id=conformance.id,
        title=conformance.title,
        sources=conformance.sources,
        items=tuple(
            ItemCoverage(item.id, item.title, item.note, _answers(item, ruleset))
            for item in conformance.items
        ),
    )


def _answers(item: ConformanceItem, ruleset: RuleSet) -> tuple[Answer, ...]:
    rules = tuple(
        Answer(
            rule=rule.id,
            title=rule.title,
            status=rule.status.value,
            scores=rule.status in SCORING,
            examples=rule.examples.match,
        )
        for rule in answers(item, ruleset)
    )
    questions = tuple(
        Answer(name, ruleset.missing[name].title, "question", scores=True, examples=())
        for name in item.rules
        if name in ruleset.missing
    )
    return rules + questions
