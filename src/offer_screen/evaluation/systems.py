"""Systems: whatever gives each text a number that grows with suspicion.

The shipped score and its ablations are read off the same reports: the score is a sum, so leaving
something out is leaving out addends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from offer_screen.batch import ManyScreener
from offer_screen.errors import InputError
from offer_screen.evaluation.metrics import Bools, Floats, Ints, probability_of
from offer_screen.results import FindingType, Report
from offer_screen.scoring import level_of, sigmoid
from offer_screen.values import Kind, Level, Span

FUSED = "fused"
RULES_ONLY = "rules only"
CLASSIFIER_ONLY = "classifier only"


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What a system says of the texts.

    Attributes:
        name: Name of the system.
        log_odds: Of scam, for each text.
        levels: Rank of the level for each text; None for a system without levels.
        kinds: Kind of each text; None for a system that tells none.
        calibrated: Whether the log-odds are meant as such, and not only as an order.
    """

    name: str
    log_odds: Floats
    levels: Ints | None = None
    kinds: tuple[Kind, ...] | None = None
    calibrated: bool = True

    @property
    def probability(self) -> Floats:
        """The log-odds as probabilities."""
        return probability_of(self.log_odds)

    def at_or_above(self, level: Level) -> Bools | None:
        """Return which texts reach a level; None for a system without levels."""
        return None if self.levels is None else self.levels >= level.rank

    def of(self, texts: Ints) -> Scores:
        """Return the scores of some of the texts."""
        return replace(
            self,
            log_odds=self.log_odds[texts],
            levels=None if self.levels is None else self.levels[texts],
            kinds=None if self.kinds is None else tuple(self.kinds[at] for at in texts),
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """A finding, as far as an evaluation needs it.

    Attributes:
        rule: Id of the rule.
        head: Its category, or ``trust`` for a trust sign: what is capped together.
        value: What it adds.
        floor: Rank below which the level does not fall; 0 without a floor.
    """

    rule: str
    head: str
    value: float
    floor: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, as far as an evaluation needs it.

    Attributes:
        log_odds: Of scam.
        level: Rank of the level.
        kind: Kind of the text.
        of_kind: What the kind adds.
        classifier: What the classifier adds; None without one.
        classifier_raw: What it would add without its bounds; 0 without one.
        signs: Findings that score.
        spans: Words that the red flags rest on.
    """

    log_odds: float
    level: int
    kind: Kind
    of_kind: float
    classifier: float | None
    classifier_raw: float
    signs: tuple[Sign, ...]
    spans: tuple[Span, ...]


def read_reports(
    screener: ManyScreener, texts: Iterable[str], *, workers: int = 1
) -> list[Reading | InputError]:
    """Screen texts and keep what an evaluation needs of each report."""
    return [
        result if isinstance(result, InputError) else reading_of(result)
        for result in screener.screen_many(texts, workers=workers)
    ]


def reading_of(report: Report) -> Reading:
    """Return what an evaluation needs of a report."""
    values = {item.ref: item.value for item in report.contributions if item.source == "finding"}
    classifier = [item for item in report.contributions if item.source == "classifier"]
    return Reading(
        log_odds=report.score.log_odds,
        level=report.level.rank,
        kind=report.kind,
        of_kind=sum(item.value for item in report.contributions if item.source == "kind"),
        classifier=sum(item.value for item in classifier) if classifier else None,
        classifier_raw=sum(item.weight for item in classifier),
        signs=tuple(
            Sign(
                finding.rule,
                "trust" if finding.type is FindingType.TRUST_SIGN else finding.category,
                values.get(finding.rule, 0.0),
                finding.floor.rank if finding.floor else 0,
            )
            for finding in report.findings
        ),
        spans=tuple(
            dict.fromkeys(item.span for finding in report.red_flags for item in finding.evidence)
        ),
    )


def scores_of(name: str, readings: Sequence[Reading]) -> Scores:
    """Return the scores of reports."""
    return Scores(
        name,
        np.array([reading.log_odds for reading in readings]),
        np.array([reading.level for reading in readings], dtype=np.int64),
        tuple(reading.kind for reading in readings),
    )


def ablations(readings: Sequence[Reading], levels: Mapping[Level, float]) -> list[Scores]:
    """Return the score without its classifier, without its rules, and without each of its heads.

    A head is what is summed apart: the classifier, the kind of text, the trust signs, and the red
    flags of each category. Log-odds without a head are not calibrated anew.

    Args:
        readings: What the reports say.
        levels: Least points of each level.
    """
    heads = sorted({sign.head for reading in readings for sign in reading.signs})
    systems = []
    if any(reading.classifier is not None for reading in readings):
        systems.append(_without(RULES_ONLY, readings, levels, classifier=False))
        raw = np.array([reading.classifier_raw for reading in readings])
        systems.append(Scores(CLASSIFIER_ONLY, raw))
    if any(reading.of_kind for reading in readings):
        systems.append(_without("without kind", readings, levels, kind=False))
    systems.extend(_without(f"without {head}", readings, levels, head=head) for head in heads)
    systems.append(_without("without floors", readings, levels, floors=False))
    return systems


def _without(
    name: str,
    readings: Sequence[Reading],
    levels: Mapping[Level, float],
    *,
    head: str | None = None,
    classifier: bool = True,
    kind: bool = True,
    floors: bool = True,
) -> Scores:
    log_odds, ranks = [], []
    for reading in readings:
        left = reading.log_odds - sum(sign.value for sign in reading.signs if sign.head == head)
        if not classifier:
            left -= reading.classifier or 0.0
        if not kind:
            left -= reading.of_kind
        floor = max((sign.floor for sign in reading.signs if sign.head != head), default=0)
        log_odds.append(left)
        ranks.append(max(floor if floors else 0, level_of(100 * sigmoid(left), levels).rank))
    return Scores(name, np.array(log_odds), np.array(ranks, dtype=np.int64), calibrated=False)
