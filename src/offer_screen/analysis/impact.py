"""What a change of the rules does to texts, before anyone is judged by it.

Each text is screened once with the old pack and once with the new one; what does not change is
counted and forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from itertools import tee

from offer_screen.analysis.samples import BadSample, Intake, Sample, Tally
from offer_screen.errors import InputError
from offer_screen.results import FindingType, Report
from offer_screen.rules.ruleset import RuleSet
from offer_screen.screener import Screener
from offer_screen.values import Kind, Level, Span, Value

NO_LABEL = ""
"""Stands for the label of texts that have none."""

_SAME = 1e-9
"""Log-odds that differ by less are the same sum in another order."""


class PackName(Value):
    """Which pack."""

    name: str
    version: str
    sha256: str


class Sign(Value):
    """A finding, as far as a comparison needs it.

    Attributes:
        rule: Id of the rule.
        type: Red flag or trust sign.
        value: What it adds to the log-odds; 0 for an experimental rule.
        scores: Whether it scores, or only would have been found.
        spans: The words that it rests on.
    """

    rule: str
    type: FindingType
    value: float
    scores: bool
    spans: tuple[Span, ...]


class Verdict(Value):
    """What one pack says of a text."""

    kind: Kind
    level: Level
    points: float
    log_odds: float
    signs: tuple[Sign, ...]


class Change(Value):
    """A text of which the two packs say different things.

    Attributes:
        file: File that it stands in.
        line: Line of its record.
        id: The caller's own id.
        label: Its label, or None.
        text: Its words.
        before: What the old pack says.
        after: What the new one says.
        gained: Rules, also experimental ones, that are found now and were not.
        lost: Rules that were found and are not now.
        moved: Rules that are found both times and add another value.
    """

    file: str
    line: int
    id: str | int | None
    label: str | None
    text: str
    before: Verdict
    after: Verdict
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def steps(self) -> int:
        """Levels that the text goes up; negative when it goes down."""
        return self.after.level.rank - self.before.level.rank


class Transition(Value):
    """How many texts of a label went from one level to another, or stayed."""

    label: str
    before: Level
    after: Level
    texts: int


class RuleImpact(Value):
    """What became of one rule.

    Attributes:
        rule: Its id.
        only_in: ``old`` or ``new`` when the other pack has no such rule.
        gained: Texts that it is found on now and was not, by label.
        lost: Texts that it was found on and is not now, by label.
        moved: Texts on which it adds another value, by label.
        raised: Of all these texts, those whose level rose, by label.
        lowered: Those whose level fell, by label.
    """

    rule: str
    only_in: str | None
    gained: Mapping[str, int]
    lost: Mapping[str, int]
    moved: Mapping[str, int]
    raised: Mapping[str, int]
    lowered: Mapping[str, int]

    @property
    def texts(self) -> int:
        """Texts on which it changed."""
        return sum(sum(part.values()) for part in (self.gained, self.lost, self.moved))


class Impact(Value):
    """What a change of the rules does to some texts.

    Attributes:
        old: The pack of before.
        new: The pack of after.
        intake: What was screened. Labels of texts without one are ``""`` below.
        changed: Texts whose kind, level, score or findings change.
        level_changed: Those whose level changes.
        score_changed: Those whose log-odds change.
        findings_changed: Those on which other rules are found.
        transitions: Levels before and after, by label; also of texts that stayed where they were.
        rules: The rules that changed on a text, those on most texts first.
        changes: The changed texts, those that change most first, up to the number asked for.
    """

    old: PackName
    new: PackName
    intake: Intake
    changed: int
    level_changed: int
    score_changed: int
    findings_changed: int
    transitions: tuple[Transition, ...]
    rules: tuple[RuleImpact, ...]
    changes: tuple[Change, ...]


def measure_impact(
    old: Screener,
    new: Screener,
    samples: Iterable[Sample | BadSample],
    *,
    workers: int = 1,
    keep: int = 200,
) -> Impact:
    """Return what changes when ``new`` takes the place of ``old``.

    Args:
        old: The rules of before.
        new: The rules of after.
        samples: Texts.
        workers: Processes that screen with each of the two.
        keep: Changed texts to return; all are counted.
    """
    tally = Tally()
    counter = _Counter(old.ruleset, new.ruleset, keep)
    # The three read ahead by no more than what a process pool is handed at a time.
    all_samples, for_old, for_new = tee(tally.readable(samples), 3)
    before = old.screen_many((sample.text for sample in for_old), workers=workers)
    after = new.screen_many((sample.text for sample in for_new), workers=workers)
    for first, second, sample in zip(before, after, all_samples, strict=True):
        if isinstance(first, InputError):
            tally.refuse(sample, first)
        elif isinstance(second, InputError):
            tally.refuse(sample, second)
        else:
            tally.accept(sample)
            counter.add(sample, first, second)
    return counter.result(tally.total())


@dataclass(slots=True)
class _Counts:
    """What is counted of one rule while the texts pass."""

    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    lowered: Counter[str] = field(default_factory=Counter)


_Ranked = tuple[tuple[int, float, int], Change]


class _Counter:
    def __init__(self, old: RuleSet, new: RuleSet, keep: int) -> None:
        self._old = old
        self._new = new
        self._keep = keep
        self._transitions: Counter[tuple[str, Level, Level]] = Counter()
        self._rules: defaultdict[str, _Counts] = defaultdict(_Counts)
        self._changed = self._levels = self._scores = self._findings = 0
        self._most: list[_Ranked] = []  # a heap: the smallest change kept is on top

    def add(self, sample: Sample, old: Report, new: Report) -> None:
        label = sample.label or NO_LABEL
        self._transitions[label, old.level, new.level] += 1
        if _alike(old, new):
            return
        change = _change(sample, old, new)
        self._changed += 1
        self._levels += bool(change.steps)
        difference = abs(change.after.log_odds - change.before.log_odds)
        self._scores += difference > _SAME
        self._findings += bool(change.gained or change.lost)
        for name in ("gained", "lost", "moved"):
            for rule in getattr(change, name):
                counts = self._rules[rule]
                getattr(counts, name)[label] += 1
                if change.steps:
                    (counts.raised if change.steps > 0 else counts.lowered)[label] += 1
        self._remember(((abs(change.steps), difference, -self._changed), change))

    def _remember(self, ranked: _Ranked) -> None:
        if len(self._most) < self._keep:
            heappush(self._most, ranked)
        elif self._most:
            heappushpop(self._most, ranked)

    def result(self, intake: Intake) -> Impact:
        rules = [self._of_rule(rule, counts) for rule, counts in self._rules.items()]
        rank = list(Level)
        return Impact(
            old=_name(self._old),
            new=_name(self._new),
            intake=intake,
            changed=self._changed,
            level_changed=self._levels,
            score_changed=self._scores,
            findings_changed=self._findings,
            transitions=tuple(
                Transition(label=label, before=before, after=after, texts=texts)
                for (label, before, after), texts in sorted(
                    self._transitions.items(),
                    key=lambda item: (item[0][0], rank.index(item[0][1]), rank.index(item[0][2])),
                )
            ),
            rules=tuple(sorted(rules, key=lambda item: (-item.texts, item.rule))),
            changes=tuple(
                change for _, change in sorted(self._most, key=lambda item: item[0], reverse=True)
            ),
        )

    def _of_rule(self, rule: str, counts: _Counts) -> RuleImpact:
        only = None
        if rule not in self._new.rules:
            only = "old"
        elif rule not in self._old.rules:
            only = "new"
        return RuleImpact(
            rule=rule,
            only_in=only,
            gained=dict(sorted(counts.gained.items())),
            lost=dict(sorted(counts.lost.items())),
            moved=dict(sorted(counts.moved.items())),
            raised=dict(sorted(counts.raised.items())),
            lowered=dict(sorted(counts.lowered.items())),
        )


def _alike(old: Report, new: Report) -> bool:
    return (
        old.kind is new.kind
        and old.level is new.level
        and abs(old.score.log_odds - new.score.log_odds) <= _SAME
        and _values(old) == _values(new)
    )


def _values(report: Report) -> dict[str, float]:
    """Return what each rule that was found adds; an experimental one adds 0."""
    on_trial = {finding.rule: 0.0 for finding in report.would_have}
    return on_trial | {
        item.ref: round(item.value, 9) for item in report.contributions if item.source == "finding"
    }


def _change(sample: Sample, old: Report, new: Report) -> Change:
    was, is_now = _values(old), _values(new)
    return Change(
        file=sample.file,
        line=sample.line,
        id=sample.id,
        label=sample.label,
        text=sample.text,
        before=_verdict(old, was),
        after=_verdict(new, is_now),
        gained=tuple(sorted(is_now.keys() - was.keys())),
        lost=tuple(sorted(was.keys() - is_now.keys())),
        moved=tuple(
            sorted(rule for rule in was.keys() & is_now.keys() if was[rule] != is_now[rule])
        ),
    )


def _verdict(report: Report, values: Mapping[str, float]) -> Verdict:
    return Verdict(
        kind=report.kind,
        level=report.level,
        points=report.score.points,
        log_odds=report.score.log_odds,
        signs=tuple(
            Sign(
                rule=finding.rule,
                type=finding.type,
                value=values[finding.rule],
                scores=scores,
                spans=tuple(item.span for item in finding.evidence),
            )
            for scores, findings in ((True, report.findings), (False, report.would_have))
            for finding in findings
        ),
    )


def _name(ruleset: RuleSet) -> PackName:
    return PackName(name=ruleset.pack.name, version=ruleset.pack.version, sha256=ruleset.digest)
