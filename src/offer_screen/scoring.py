"""Stage ``score``: log-odds, one addend after the other. Pure arithmetic.

``log-odds = base + kind of text + red flags (capped by category) + trust signs (capped together)
+ classifier (bounded)``. A cap scales the addends of its category, so that what is printed is what
was summed. A floor lifts the level and leaves the score alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from offer_screen.results import Contribution, Finding, FindingType, HarmShare, Prediction, Score
from offer_screen.values import Harm, Level
from offer_screen.weighting import Weighting

_HARMS = tuple(Harm)
_ABOVE_LOW = (Level.CAUTION, Level.HIGH, Level.CRITICAL)
_NOTHING = Score(
    log_odds=0.0,
    probability=0.5,
    points=50.0,
    level=Level.LOW,
    level_of_points=Level.LOW,
    contributions=(),
)


def score(findings: Sequence[Finding], prediction: Prediction, weighting: Weighting) -> Score:
    """Return the score of an offer.

    Args:
        findings: What the rules found.
        prediction: Kind of text, and the classifier's log-odds if a model was used.
        weighting: What each of them counts.
    """
    base = weighting.base
    contributions = [Contribution(source="base", ref="base", weight=base, value=base)]
    of_kind = weighting.kinds.get(prediction.kind, 0.0)
    if of_kind:
        contributions.append(
            Contribution(source="kind", ref=prediction.kind.value, weight=of_kind, value=of_kind)
        )
    if prediction.log_odds is not None and prediction.model is not None:
        weight = weighting.classifier * prediction.log_odds
        least, most = weighting.classifier_range
        contributions.append(
            Contribution(
                source="classifier",
                ref=prediction.model,
                weight=weight,
                value=min(max(weight, least), most),
            )
        )
    by_finding = _of_findings(findings, weighting)
    contributions.extend(by_finding)
    contributions.sort(key=lambda item: (-item.value, item.ref))
    log_odds = math.fsum([item.value for item in contributions])
    points = 100 * sigmoid(log_odds)
    by_points = level_of(points, weighting.levels)
    floors = [f for f in findings if f.floor is not None and f.floor.rank > by_points.rank]
    level = max((f.floor for f in floors if f.floor), key=lambda lv: lv.rank, default=by_points)
    return _NOTHING.replaced(
        log_odds=log_odds,
        probability=sigmoid(log_odds),
        points=round(points, 1),
        level=level,
        level_of_points=by_points,
        floors=tuple(sorted(f.rule for f in floors)),
        contributions=tuple(contributions),
        harms=_harms(findings, by_finding),
    )


def sigmoid(log_odds: float) -> float:
    """Return the probability of ``log_odds``, without overflow."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    grown = math.exp(log_odds)
    return grown / (1 + grown)


def level_of(points: float, levels: Mapping[Level, float]) -> Level:
    """Return the level whose band holds ``points``; ``levels`` gives the least of each (0–100)."""
    reached = Level.LOW
    for level in _ABOVE_LOW:
        if points >= levels[level]:
            reached = level
    return reached


def _of_findings(findings: Sequence[Finding], weighting: Weighting) -> list[Contribution]:
    groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
    trust: list[tuple[str, float]] = []
    for finding in findings:
        weight = weighting.rules[finding.rule]
        if finding.type is FindingType.RED_FLAG:
            groups[finding.category].append((finding.rule, weight))
        elif finding.type is FindingType.TRUST_SIGN:
            trust.append((finding.rule, weight))
    capped = [(items, weighting.caps[category]) for category, items in groups.items()]
    capped.append((trust, weighting.trust_cap))
    contributions: list[Contribution] = []
    for items, cap in capped:
        total = math.fsum(abs(weight) for _, weight in items)
        factor = cap / total if total > cap else 1.0
        contributions += [
            Contribution("finding", rule, weight, weight * factor) for rule, weight in items
        ]
    return contributions


def _harms(
    findings: Sequence[Finding], contributions: Sequence[Contribution]
) -> tuple[HarmShare, ...]:
    value = {item.ref: item.value for item in contributions}
    sums: dict[Harm, list[float]] = defaultdict(list)
    for finding in findings:
        if finding.type is FindingType.RED_FLAG:
            for harm in finding.harms:
                sums[harm].append(value[finding.rule])
    shares = [
        HarmShare(harm=harm, log_odds=math.fsum(sums[harm])) for harm in _HARMS if harm in sums
    ]
    return tuple(sorted(shares, key=lambda share: -share.log_odds))
