"""Stage ``score``: log-odds, one addend after the other. Pure arithmetic.

``log-odds = base + kind of text + red flags (capped by category) + trust signs (capped together)
+ classifier``. A cap scales the addends of its category, so that what is printed is what was
summed. A floor lifts the level and leaves the score alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from offer_screen.results import Contribution, Finding, FindingType, HarmShare, Prediction, Score
from offer_screen.rules.schema import Pack
from offer_screen.values import Harm, Level


def score(
    findings: Sequence[Finding],
    weights: Mapping[str, float],
    prediction: Prediction,
    pack: Pack,
) -> Score:
    """Return the score of an offer.

    Args:
        findings: What the rules found.
        weights: Log-odds of each rule: at least 0 for a red flag, at most 0 for a trust sign.
        prediction: Kind of text, and the classifier's log-odds if a model was used.
        pack: Base, caps and levels.
    """
    contributions = [
        Contribution(source="base", ref="base", weight=pack.base_log_odds, value=pack.base_log_odds)
    ]
    of_kind = pack.kind_log_odds.get(prediction.kind, 0.0)
    if of_kind:
        contributions.append(
            Contribution(source="kind", ref=prediction.kind.value, weight=of_kind, value=of_kind)
        )
    if prediction.log_odds is not None and prediction.model is not None:
        contributions.append(
            Contribution(
                source="classifier",
                ref=prediction.model,
                weight=prediction.log_odds,
                value=prediction.log_odds,
            )
        )
    by_finding = _of_findings(findings, weights, pack)
    contributions.extend(by_finding)
    contributions.sort(key=lambda item: (-item.value, item.ref))
    log_odds = math.fsum(item.value for item in contributions)
    points = 100 * sigmoid(log_odds)
    by_points = level_of(points, pack)
    floors = [f for f in findings if f.floor is not None and f.floor.rank > by_points.rank]
    level = max((f.floor for f in floors if f.floor), key=lambda lv: lv.rank, default=by_points)
    return Score(
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


def level_of(points: float, pack: Pack) -> Level:
    """Return the level whose band holds ``points`` (0–100)."""
    reached = Level.LOW
    for level in (Level.CAUTION, Level.HIGH, Level.CRITICAL):
        if points >= pack.levels[level]:
            reached = level
    return reached


def _of_findings(
    findings: Sequence[Finding], weights: Mapping[str, float], pack: Pack
) -> list[Contribution]:
    groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
    trust: list[tuple[str, float]] = []
    for finding in findings:
        weight = weights[finding.rule]
        if finding.type is FindingType.RED_FLAG:
            groups[finding.category].append((finding.rule, weight))
        elif finding.type is FindingType.TRUST_SIGN:
            trust.append((finding.rule, weight))
    capped = [(items, pack.categories[category].cap) for category, items in groups.items()]
    capped.append((trust, pack.trust_cap))
    contributions: list[Contribution] = []
    for items, cap in capped:
        total = math.fsum(abs(weight) for _, weight in items)
        factor = cap / total if total > cap else 1.0
        contributions.extend(
            Contribution(source="finding", ref=rule, weight=weight, value=weight * factor)
            for rule, weight in items
        )
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
    shares = [HarmShare(harm=harm, log_odds=math.fsum(sums[harm])) for harm in Harm if sums[harm]]
    return tuple(sorted(shares, key=lambda share: -share.log_odds))
