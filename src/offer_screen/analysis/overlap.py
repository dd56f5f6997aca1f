"""Pairs of rules that fire on the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Literal

from offer_screen.analysis.firing import example_samples, fired_on
from offer_screen.analysis.samples import BadSample, Intake, Sample, Tally
from offer_screen.rules.conditions import Atom, FindingTest, Node
from offer_screen.rules.ruleset import RuleSet
from offer_screen.screener import Screener
from offer_screen.values import Value

Relation = Literal["builds-on", "related", "none"]


class Pair(Value):
    """Two rules that fire on the same texts.

    Attributes:
        first: The rule that fires on fewer texts.
        second: The other one.
        first_hits: Texts that ``first`` fires on.
        second_hits: Texts that ``second`` fires on.
        both: Texts that both fire on.
        jaccard: Share of the texts of either that are texts of both.
        containment: Share of the texts of ``first`` on which ``second`` fires too.
        lift: How many times as often as if they had nothing to do with each other.
        relation: ``builds-on`` when one asks for the finding of the other, directly or through
            others; ``related`` when one names the other; or ``none``.
        same_category: They share a cap.
    """

    first: str
    second: str
    first_hits: int
    second_hits: int
    both: int
    jaccard: float
    containment: float
    lift: float
    relation: Relation
    same_category: bool


class Overlap(Value):
    """The pairs found in some texts, those that overlap most first.

    Attributes:
        over: ``data`` or ``examples``.
        intake: What was measured on.
        pairs: The pairs.
    """

    over: Literal["data", "examples"]
    intake: Intake
    pairs: tuple[Pair, ...]


class Together:
    """Counts how often rules fire, and which fire together."""

    def __init__(self) -> None:
        self.texts = 0
        self.hits: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def add(self, fired: Collection[str]) -> None:
        """Count one text."""
        self.texts += 1
        self.hits.update(fired)
        self.pairs.update(combinations(sorted(fired), 2))

    def pair(self, one: str, other: str, both: int, ruleset: RuleSet) -> Pair:
        """Return a pair that fires together on ``both`` texts."""
        first, second = sorted((one, other), key=lambda rule: (self.hits[rule], rule))
        few, many = self.hits[first], self.hits[second]
        return Pair(
            first=first,
            second=second,
            first_hits=few,
            second_hits=many,
            both=both,
            jaccard=both / (few + many - both),
            containment=both / few,
            lift=both * self.texts / (few * many),
            relation=relation(first, second, ruleset),
            same_category=ruleset.rules[first].category == ruleset.rules[second].category,
        )


def measure_overlap(
    screener: Screener,
    samples: Iterable[Sample | BadSample] | None = None,
    *,
    at_least: int = 1,
) -> Overlap:
    """Return the pairs of rules that fire together.

    Args:
        screener: The rules.
        samples: Texts; None for the pack's own examples of what its rules must fire on.
        at_least: Pairs on fewer texts than this are left out.
    """
    ruleset = screener.ruleset
    tally = Tally()
    together = Together()
    of_pack = samples is None
    for fired in fired_on(
        screener, example_samples(ruleset) if samples is None else samples, tally
    ):
        together.add(fired.rules)
    pairs = [
        together.pair(one, other, both, ruleset)
        for (one, other), both in together.pairs.items()
        if both >= at_least
    ]
    pairs.sort(key=lambda pair: (-pair.jaccard, -pair.both, pair.first, pair.second))
    return Overlap(over="examples" if of_pack else "data", intake=tally.total(), pairs=tuple(pairs))


def relation(one: str, other: str, ruleset: RuleSet) -> Relation:
    """Return how two rules of a pack know of each other."""
    if other in _grounds(one, ruleset) or one in _grounds(other, ruleset):
        return "builds-on"
    rules = ruleset.rules
    if other in rules[one].related or one in rules[other].related:
        return "related"
    return "none"


def _grounds(rule: str, ruleset: RuleSet) -> set[str]:
    """Return the rules whose findings a rule asks about, directly or through others."""
    conditions = {compiled.id: compiled.when for compiled in ruleset.program.rules}
    reached: set[str] = set()
    waiting = [rule]
    while waiting:
        for asked in _asked(conditions[waiting.pop()], ruleset):
            if asked not in reached:
                reached.add(asked)
                waiting.append(asked)
    return reached


def _asked(node: Node, ruleset: RuleSet) -> Iterator[str]:
    if isinstance(node, Atom):
        leaf = ruleset.program.leaves[node.leaf]
        if isinstance(leaf, FindingTest):
            yield leaf.rule
    else:
        for part in node.parts:
            yield from _asked(part, ruleset)
