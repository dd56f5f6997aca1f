"""What each rule is worth on labelled texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from offer_screen.analysis.estimates import LogRatio, Share, Trend, log_ratio, share, trend
from offer_screen.analysis.firing import Fired, Rescorer, fired_on, scores
from offer_screen.analysis.overlap import Together
from offer_screen.analysis.samples import BadSample, Intake, Sample, Tally
from offer_screen.results import FindingType
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule, Status
from offer_screen.screener import Screener
from offer_screen.values import Level, Severity, Value

LEVELS = (Level.CAUTION, Level.HIGH)
"""The levels at which the worth of a rule is told."""

_PARTNERS = 3
_FEWEST_TO_DRIFT = 5
"""Fewer hits than this say nothing of a trend."""


class Effect(Value):
    """What a rule changes at one level.

    Attributes:
        level: This level or above.
        positives: Positive texts that reach it with the rule, less those that do without it.
        negatives: The same of negative texts: false alarms that the rule brings, or takes away.
    """

    level: Level
    positives: int
    negatives: int


class Partner(Value):
    """A rule that often fires on the same texts."""

    rule: str
    both: int
    jaccard: float


class Drift(Value):
    """Hits by month.

    Attributes:
        months: Month, hits and texts, in order of time; months without texts are left out.
        trend: The test; None with fewer than five hits or fewer than two months.
    """

    months: tuple[tuple[str, int, int], ...]
    trend: Trend | None


class RuleFitness(Value):
    """What one rule is worth.

    Attributes:
        rule: Its id.
        type: Red flag or trust sign.
        category: Its category.
        status: Stage of its life.
        scores: Whether offers are judged by it; else ``effects`` say what would be if they were.
        severity: Harm if true.
        weight: The analyst's log-odds.
        hits: Texts that it fires on.
        by_label: The same, by label; texts without one are not among them.
        precision: Share of its labelled hits that are right: positive ones for a red flag, the
            others for a trust sign.
        recall: Share of the positive texts that it fires on.
        alarms: Share of the negative texts that it fires on.
        evidence: Log-odds that the data speaks for, to hold against ``weight``.
        effects: What it changes at each of ``LEVELS``.
        partners: Rules that it fires together with most.
        drift: Hits by month; None when no text has a date.
    """

    rule: str
    type: FindingType
    category: str
    status: Status
    scores: bool
    severity: Severity
    weight: float
    hits: int
    by_label: Mapping[str, int]
    precision: Share
    recall: Share
    alarms: Share
    evidence: LogRatio | None
    effects: tuple[Effect, ...]
    partners: tuple[Partner, ...]
    drift: Drift | None

    @property
    def dead(self) -> bool:
        """Whether it fires on no text."""
        return self.hits == 0


class Reached(Value):
    """How many texts reach a level with the whole pack."""

    level: Level
    positives: Share
    negatives: Share


class Fitness(Value):
    """What the rules of a pack are worth on some texts.

    Attributes:
        intake: What was measured on.
        positive: Labels that count as positive.
        ignored: Labels that count as neither.
        positives: Texts with a positive label.
        negatives: Texts with another label that is not ignored.
        reached: What the whole pack does at each of ``LEVELS``.
        rules: In order of id.
    """

    intake: Intake
    positive: tuple[str, ...]
    ignored: tuple[str, ...]
    positives: int
    negatives: int
    reached: tuple[Reached, ...]
    rules: tuple[RuleFitness, ...]


@dataclass(slots=True)
class _Counts:
    """What is counted of one rule while the texts pass."""

    hits: int = 0
    by_label: Counter[str] = field(default_factory=Counter)
    sides: Counter[bool] = field(default_factory=Counter)  # True: positive
    months: Counter[str] = field(default_factory=Counter)
    effects: Counter[tuple[Level, bool]] = field(default_factory=Counter)


def measure_fitness(
    screener: Screener,
    samples: Iterable[Sample | BadSample],
    *,
    positive: Collection[str] = ("scam",),
    ignored: Collection[str] = ("unknown",),
) -> Fitness:
    """Return what each rule of a pack is worth.

    Args:
        screener: The rules.
        samples: Texts with labels.
        positive: Labels of the texts that red flags are to find.
        ignored: Labels that say nothing; such texts count as hits and for drift only, as do texts
            without a label.
    """
    ruleset = screener.ruleset
    counter = _Counter(ruleset, frozenset(positive), frozenset(ignored))
    tally = Tally()
    for fired in fired_on(screener, samples, tally):
        counter.add(fired)
    return counter.result(tally.total())


class _Counter:
    def __init__(self, ruleset: RuleSet, positive: frozenset[str], ignored: frozenset[str]) -> None:
        self._ruleset = ruleset
        self._positive = positive
        self._ignored = ignored
        self._rescorer = Rescorer(ruleset)
        self._rules: defaultdict[str, _Counts] = defaultdict(_Counts)
        self._together = Together()
        self._sides: Counter[bool] = Counter()
        self._reached: Counter[tuple[Level, bool]] = Counter()
        self._months: Counter[str] = Counter()

    def add(self, fired: Fired) -> None:
        sample = fired.sample
        side = self._side(sample.label)
        self._together.add(fired.rules)
        if sample.month is not None:
            self._months[sample.month] += 1
        for rule in fired.rules:
            counts = self._rules[rule]
            counts.hits += 1
            if sample.label is not None:
                counts.by_label[sample.label] += 1
            if sample.month is not None:
                counts.months[sample.month] += 1
        if side is not None:
            self._judge(fired, side)

    def _side(self, label: str | None) -> bool | None:
        if label in self._positive:
            return True
        return None if label is None or label in self._ignored else False

    def _judge(self, fired: Fired, side: bool) -> None:  # noqa: FBT001  (a key, not a switch)
        self._sides[side] += 1
        level = self._rescorer.level(fired.rules, fired.prediction)
        for name in LEVELS:
            self._reached[name, side] += level.rank >= name.rank
        for rule in fired.rules:
            counts = self._rules[rule]
            counts.sides[side] += 1
            with_rule = level
            if not scores(self._ruleset.rules[rule]):
                with_rule = self._rescorer.level_with(rule, fired.rules, fired.prediction)
            without = self._rescorer.level_without(rule, fired)
            for name in LEVELS:
                change = (with_rule.rank >= name.rank) - (without.rank >= name.rank)
                counts.effects[name, side] += change

    def result(self, intake: Intake) -> Fitness:
        partners = self._partners()
        return Fitness(
            intake=intake,
            positive=tuple(sorted(self._positive)),
            ignored=tuple(sorted(self._ignored)),
            positives=self._sides[True],
            negatives=self._sides[False],
            reached=tuple(
                Reached(
                    level=level,
                    positives=share(self._reached[level, True], self._sides[True]),
                    negatives=share(self._reached[level, False], self._sides[False]),
                )
                for level in LEVELS
            ),
            rules=tuple(
                self._of_rule(rule, partners.get(rule.id, ()))
                for rule in self._ruleset.rules.values()
            ),
        )

    def _of_rule(self, rule: Rule, partners: tuple[Partner, ...]) -> RuleFitness:
        counts = self._rules[rule.id]
        yes, no = counts.sides[True], counts.sides[False]
        right = yes if rule.type is FindingType.RED_FLAG else no
        return RuleFitness(
            rule=rule.id,
            type=rule.type,
            category=rule.category,
            status=rule.status,
            scores=scores(rule),
            severity=rule.severity,
            weight=rule.weight,
            hits=counts.hits,
            by_label=dict(sorted(counts.by_label.items())),
            precision=share(right, yes + no),
            recall=share(yes, self._sides[True]),
            alarms=share(no, self._sides[False]),
            evidence=log_ratio((yes, self._sides[True]), (no, self._sides[False])),
            effects=tuple(
                Effect(
                    level=level,
                    positives=counts.effects[level, True],
                    negatives=counts.effects[level, False],
                )
                for level in LEVELS
            ),
            partners=partners,
            drift=self._drift(counts) if self._months else None,
        )

    def _drift(self, counts: _Counts) -> Drift:
        months = tuple(
            (name, counts.months[name], self._months[name]) for name in sorted(self._months)
        )
        tested = None
        if sum(hits for _, hits, _ in months) >= _FEWEST_TO_DRIFT:
            tested = trend([(_position(name), hits, of) for name, hits, of in months])
        return Drift(months=months, trend=tested)

    def _partners(self) -> dict[str, tuple[Partner, ...]]:
        hits = self._together.hits
        found: defaultdict[str, list[Partner]] = defaultdict(list)
        for (one, other), both in self._together.pairs.items():
            jaccard = both / (hits[one] + hits[other] - both)
            found[one].append(Partner(rule=other, both=both, jaccard=jaccard))
            found[other].append(Partner(rule=one, both=both, jaccard=jaccard))
        return {
            rule: tuple(sorted(them, key=lambda it: (-it.jaccard, -it.both, it.rule))[:_PARTNERS])
            for rule, them in found.items()
        }


def _position(month: str) -> int:
    """Return the number of a month, so that a month without texts is a gap and no step."""
    return int(month[:4]) * 12 + int(month[5:])
