"""Rules that contradict each other, on the pack's own examples and on data.

A conflict is a question to the author and no error: two rules may be right to disagree. Each kind
is defined in ``ConflictKind``; ``docs/measuring-rules.md`` says what to do about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, product

from offer_screen.analysis.overlap import Relation, relation
from offer_screen.analysis.samples import BadSample, Intake, Sample, Tally
from offer_screen.errors import InputError
from offer_screen.results import Finding, Report
from offer_screen.rules.conditions import (
    Atom,
    CompiledRule,
    FactTest,
    Node,
    NoneOf,
    Program,
    SignalTest,
)
from offer_screen.rules.examples import examples_of
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule
from offer_screen.scoring import level_of, sigmoid
from offer_screen.screener import Screener
from offer_screen.values import Level, Severity, Span, Stance, Value
from offer_screen.weighting import Weighting

_PLACES = 3
"""So many texts are named for a conflict; the others are counted."""


class ConflictKind(StrEnum):
    """In what way two rules contradict each other."""

    SAME_WORDS = "same-words"
    """A red flag and a trust sign rest on the same words of one text."""
    OPPOSITE_STANCE = "opposite-stance"
    """Both fire on one text, and one asks that it says a thing, the other that it denies it."""
    CONTRARY_EXAMPLE = "contrary-example"
    """What the first must fire on fires the second, which speaks the other way."""
    NEAR_MISS_ELSEWHERE = "near-miss-elsewhere"
    """What the first must stay away from fires the second: same category and type, more weight."""
    FLOOR_OVER_TRUST = "floor-over-trust"
    """The floor of the first lifts the level of a text; the second, a trust sign, has no say."""
    TRUST_OVER_CRITICAL = "trust-over-critical"
    """The first, a red flag of critical severity, ends at a lower level for the second."""


class Place(Value):
    """A text on which a conflict shows: where it stands, and its words."""

    where: str
    text: str


class Conflict(Value):
    """Two rules that contradict each other.

    Attributes:
        kind: In what way.
        first: Id of the first rule; see ``ConflictKind``.
        second: Id of the second.
        relation: How the two know of each other.
        texts: Texts on which it shows.
        places: The first few of them.
    """

    kind: ConflictKind
    first: str
    second: str
    relation: Relation
    texts: int
    places: tuple[Place, ...]


class Conflicts(Value):
    """The conflicts found, by kind, those on most texts first.

    Attributes:
        examples: Examples of the pack that were screened.
        intake: The data that was screened besides.
        conflicts: The conflicts.
    """

    examples: int
    intake: Intake
    conflicts: tuple[Conflict, ...]


_Key = tuple[ConflictKind, str, str]


@dataclass(slots=True)
class _Seen:
    texts: int = 0
    places: list[Place] = field(default_factory=list)


def find_conflicts(screener: Screener, samples: Iterable[Sample | BadSample] = ()) -> Conflicts:
    """Return the conflicts that show on the pack's examples, and on data.

    Args:
        screener: The rules.
        samples: Texts to look at besides the examples.
    """
    ruleset = screener.ruleset
    finder = _Finder(ruleset, screener.weighting)
    seen: defaultdict[_Key, _Seen] = defaultdict(_Seen)
    examples, data = Tally(), Tally()
    of_examples = (
        (sample, finder.on_example(rule, which, report))
        for rule, which, sample in _examples(ruleset)
        if (report := _report(screener, sample, examples)) is not None
    )
    of_data = (
        (sample, finder.on_text(report))
        for sample in data.readable(samples)
        if (report := _report(screener, sample, data)) is not None
    )
    for sample, found in chain(of_examples, of_data):
        for key in dict.fromkeys(found):
            here = seen[key]
            here.texts += 1
            if len(here.places) < _PLACES:
                where = f"{sample.file}:{sample.line}" if sample.line else sample.file
                here.places.append(Place(where=where, text=sample.text))
    return Conflicts(
        examples=examples.texts,
        intake=data.total(),
        conflicts=tuple(
            Conflict(
                kind=kind,
                first=first,
                second=second,
                relation=relation(first, second, ruleset),
                texts=here.texts,
                places=tuple(here.places),
            )
            for (kind, first, second), here in sorted(seen.items(), key=_order)
        ),
    )


def _order(item: tuple[_Key, _Seen]) -> tuple[int, int, str, str]:
    (kind, first, second), here = item
    return list(ConflictKind).index(kind), -here.texts, first, second


def _examples(ruleset: RuleSet) -> Iterator[tuple[Rule, str, Sample]]:
    for rule in ruleset.rules.values():
        for which, index, text in examples_of(rule):
            if which in ("match", "no_match"):
                yield rule, which, Sample(f"{rule.id}[{which}-{index + 1}]", 0, None, text)


def _report(screener: Screener, sample: Sample, tally: Tally) -> Report | None:
    try:
        report = screener.screen(sample.text)
    except InputError as error:
        tally.refuse(sample, error)
        return None
    tally.accept(sample)
    return report


class _Finder:
    """Finds the conflicts that one report shows."""

    def __init__(self, ruleset: RuleSet, weighting: Weighting) -> None:
        self._levels = weighting.levels
        self._rules = ruleset.rules
        self._ruleset = ruleset
        self._opposed = tuple(_opposed(ruleset.program, ruleset.rules.keys()))

    def on_example(self, rule: Rule, which: str, report: Report) -> list[_Key]:
        found = list(self.on_text(report))
        fired = [finding for finding in report.findings if finding.rule != rule.id]
        for finding in fired:
            other = self._rules[finding.rule]
            if which == "match":
                if other.type is not rule.type:
                    found.append((ConflictKind.CONTRARY_EXAMPLE, rule.id, other.id))
            elif (
                other.type is rule.type
                and other.category == rule.category
                and abs(other.weight) > abs(rule.weight)
            ):
                found.append((ConflictKind.NEAR_MISS_ELSEWHERE, rule.id, other.id))
        return found

    def on_text(self, report: Report) -> Iterator[_Key]:
        yield from self._same_words(report)
        fired = {finding.rule for finding in report.findings}
        for first, second in self._opposed:
            if first in fired and second in fired:
                yield ConflictKind.OPPOSITE_STANCE, first, second
        for floor, trust in product(report.score.floors, report.trust_signs):
            yield ConflictKind.FLOOR_OVER_TRUST, floor, trust.rule
        if report.trust_signs and self._level_without_trust(report).rank > report.level.rank:
            for flag, trust in product(report.red_flags, report.trust_signs):
                if flag.severity is Severity.CRITICAL:
                    yield ConflictKind.TRUST_OVER_CRITICAL, flag.rule, trust.rule

    def _same_words(self, report: Report) -> Iterator[_Key]:
        for flag, trust in product(report.red_flags, report.trust_signs):
            if (
                _meet(_spans(flag), _spans(trust))
                and relation(flag.rule, trust.rule, self._ruleset) != "builds-on"
            ):
                yield ConflictKind.SAME_WORDS, flag.rule, trust.rule

    def _level_without_trust(self, report: Report) -> Level:
        off = {finding.rule for finding in report.trust_signs}
        log_odds = sum(item.value for item in report.contributions if item.ref not in off)
        return level_of(100 * sigmoid(log_odds), self._levels)


def _spans(finding: Finding) -> list[Span]:
    return [item.span for item in finding.evidence]


def _meet(some: Iterable[Span], others: Collection[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)


def _opposed(program: Program, rules: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of rules of which one asks a thing asserted, and the other the same denied."""
    asserted: defaultdict[object, set[str]] = defaultdict(set)
    denied: defaultdict[object, set[str]] = defaultdict(set)
    for compiled in program.rules:
        if compiled.id not in rules:
            continue
        for thing, stances in _asked_to_be_there(compiled, program):
            if Stance.ASSERTED in stances:
                asserted[thing].add(compiled.id)
            elif Stance.NEGATED in stances:
                denied[thing].add(compiled.id)
    pairs = {pair for thing in asserted for pair in product(asserted[thing], denied.get(thing, ()))}
    yield from sorted(pairs)


def _asked_to_be_there(
    rule: CompiledRule, program: Program
) -> Iterator[tuple[object, frozenset[Stance]]]:
    stack: list[Node] = [rule.when]
    while stack:
        node = stack.pop()
        if isinstance(node, Atom):
            leaf = program.leaves[node.leaf]
            if isinstance(leaf, SignalTest):
                yield leaf.signal, leaf.stances
            elif isinstance(leaf, FactTest):
                yield (leaf.fact, leaf.tests), leaf.stances
        elif not isinstance(node, NoneOf):
            stack.extend(node.parts)
