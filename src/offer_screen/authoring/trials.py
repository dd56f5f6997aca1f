"""Tries rules on variants of their own examples: what matches still matches, and no more does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from offer_screen.authoring.substitutes import Slot, Substitutes
from offer_screen.authoring.why import condition_of
from offer_screen.errors import InputError
from offer_screen.match.signals import HIDDEN_WRITING
from offer_screen.pipeline import Trace
from offer_screen.rules.conditions import (
    Atom,
    FactTest,
    FindingTest,
    Leaf,
    Node,
    Program,
    SignalTest,
)
from offer_screen.rules.examples import ExampleList, examples_of
from offer_screen.rules.schema import Rule
from offer_screen.screener import Screener
from offer_screen.text.variants import Variant, fold_variants
from offer_screen.values import Fold, Span

LEAST_MATCHING = 0.97
"""Part of the variants of examples that match that must still match, for each way."""

MOST_FIRING = 0.005
"""Part of the variants of near misses that may fire, for each way."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One variant of an example, and whether the rule fires on it.

    Attributes:
        rule: Id of the rule.
        category: Its category.
        list: ``match`` or ``no_match``.
        index: Position of the example in that list, from 0.
        variant: The example as it is written now.
        fires: Whether the rule fires on it.
    """

    rule: str
    category: str
    list: ExampleList
    index: int
    variant: Variant
    fires: bool

    @property
    def passed(self) -> bool:
        """Whether the rule does on the variant what it does on the example."""
        return self.fires is (self.list == "match")

    @property
    def name(self) -> str:
        """Name of the variant, such as ``pay/pay-far-above[match-2, leet]``."""
        return f"{self.category}/{self.rule}[{self.list}-{self.index + 1}, {self.variant.way}]"

    def __str__(self) -> str:
        done = "fires" if self.fires else "does not fire"
        return f"{self.name}: the rule {done}\n    text:  {' '.join(self.variant.text.split())}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How the variants of one way fared.

    Attributes:
        way: The way.
        match: Variants of examples that match.
        matching: How many of them still match.
        no_match: Variants of near misses.
        firing: How many of them fire.
    """

    way: str
    match: int
    matching: int
    no_match: int
    firing: int

    @property
    def passed(self) -> bool:
        """Whether enough match, and few enough near misses fire."""
        return (
            self.matching >= LEAST_MATCHING * self.match
            and self.firing <= MOST_FIRING * self.no_match
        )

    def __str__(self) -> str:
        matching = f"{self.matching / self.match:.1%}" if self.match else "-"
        firing = f"{self.firing / self.no_match:.1%}" if self.no_match else "-"
        return (
            f"{self.way:<14}{self.match:>7}{matching:>9}{self.no_match:>12}{firing:>8}"
            f"{'' if self.passed else '   below the bar'}"
        )


@dataclass(frozen=True)
class Trials:
    """What came of all variants, in order of rule, example and way."""

    trials: tuple[Trial, ...]

    @property
    def failures(self) -> tuple[Trial, ...]:
        """The variants on which a rule does not do as it does on the example."""
        return tuple(trial for trial in self.trials if not trial.passed)

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """How the variants of each way fared."""
        count = Counter((trial.variant.way, trial.list, trial.fires) for trial in self.trials)
        ways = dict.fromkeys(trial.variant.way for trial in self.trials)
        order = [*map(str, (*Fold, *Slot))]
        return tuple(
            Tally(
                way,
                match=count[way, "match", True] + count[way, "match", False],
                matching=count[way, "match", True],
                no_match=count[way, "no_match", True] + count[way, "no_match", False],
                firing=count[way, "no_match", True],
            )
            for way in sorted(
                ways, key=lambda way: (order.index(way) if way in order else len(order), way)
            )
        )

    @property
    def passed(self) -> bool:
        """Whether every way reaches the bar."""
        return all(tally.passed for tally in self.tallies)

    def __str__(self) -> str:
        head = f"{'way':<14}{'match':>7}{'still':>9}{'near miss':>12}{'fire':>8}"
        return "\n".join((head, *map(str, self.tallies)))


def try_variants(
    screener: Screener,
    *,
    rules: Collection[str] | None = None,
    folds: Collection[Fold] = tuple(Fold),
    slots: Collection[Slot] = tuple(Slot),
) -> Trials:
    """Derive variants from the examples of rules, and see whether the rules do the same on them.

    In an example that matches, the words change for which the rule fires; in a near miss, all words
    do, since honest people decorate whole adverts. There are no variants of examples on which a
    rule fails as they stand, nor for rules about disguised words, which count disguises.

    Args:
        screener: Screens with the rules.
        rules: Ids of the rules wanted; None for all.
        folds: Folds wanted.
        slots: Classes wanted of things to exchange, in examples that match.

    Raises:
        KeyError: ``rules`` names a rule that does not exist.
    """
    known = screener.ruleset.rules
    chosen = known.values() if rules is None else [known[name] for name in rules]
    trier = _Trier(screener, folds, slots)
    return Trials(
        tuple(
            trial
            for rule in sorted(chosen, key=lambda rule: (rule.category, rule.id))
            for trial in trier.of_rule(rule)
        )
    )


class _Trier:
    """Tries the variants of the examples of one rule after the other."""

    def __init__(
        self, screener: Screener, folds: Collection[Fold], slots: Collection[Slot]
    ) -> None:
        self._screener = screener
        self._folds = folds
        self._slots = slots
        self._substitutes = Substitutes(screener.ruleset, screener.reference, screener.normalizer)

    def of_rule(self, rule: Rule) -> Iterator[Trial]:
        asked = leaves_of(rule.id, self._screener.ruleset.program)
        if any(map(_asks_about_hiding, asked)):
            return
        for which, index, text in examples_of(rule):
            if which not in {"match", "no_match"}:
                continue
            try:
                trace = self._screener.trace(text)
            except InputError:
                continue
            if (rule.id in trace.fired) is not (which == "match"):
                continue
            variants = (
                self._of_match(rule, trace, asked) if which == "match" else self._of_miss(trace)
            )
            for variant in variants:
                fires = rule.id in self._screener.trace(variant.text).fired
                yield Trial(rule.id, rule.category, which, index, variant, fires)

    def _of_match(self, rule: Rule, trace: Trace, asked: Collection[Leaf]) -> Iterator[Variant]:
        spans = grounds_of(rule.id, trace, self._screener)
        yield from fold_variants(trace.document, spans, folds=self._folds)
        yield from self._substitutes.variants(trace, asked, slots=self._slots)

    def _of_miss(self, trace: Trace) -> Iterator[Variant]:
        whole = Span(0, len(trace.document.original))
        yield from fold_variants(trace.document, [whole], folds=self._folds)


def grounds_of(rule: str, trace: Trace, screener: Screener) -> tuple[Span, ...]:
    """Return the places of a text for which a rule fires on it, in order."""
    branch = condition_of(rule, trace, screener, near=False)
    return tuple(sorted({quote.span for quote in branch.grounds if quote.text}))


def leaves_of(rule: str, program: Program) -> frozenset[Leaf]:
    """Return all that a rule asks, also by the findings that it builds on."""
    conditions = {compiled.id: compiled.when for compiled in program.rules}
    found: set[Leaf] = set()
    waiting = [rule]
    while waiting:
        for leaf in asked_by(conditions[waiting.pop()], program):
            if isinstance(leaf, FindingTest) and leaf not in found:
                waiting.append(leaf.rule)
            found.add(leaf)
    return frozenset(found)


def asked_by(node: Node, program: Program) -> tuple[Leaf, ...]:
    """Return what a condition asks itself, in the order in which it is written."""
    if isinstance(node, Atom):
        return (program.leaves[node.leaf],)
    return tuple(dict.fromkeys(leaf for part in node.parts for leaf in asked_by(part, program)))


def _asks_about_hiding(leaf: Leaf) -> bool:
    if isinstance(leaf, SignalTest):
        return leaf.signal == HIDDEN_WRITING
    return isinstance(leaf, FactTest) and any(
        test.field.startswith("hidden") for test in leaf.tests
    )
