"""What kept a rewritten text at its level, or let it fall: its addends before and after tell."""

from __future__ import annotations

from collections.abc import Mapping

from offer_screen.evaluation.attack_results import Gap, Stage
from offer_screen.evaluation.systems import Reading
from offer_screen.scoring import level_of, sigmoid
from offer_screen.values import Kind, Level

_OF_OFFERS = frozenset({Kind.OFFER, Kind.INQUIRY})


def what_held(after: Reading, levels: Mapping[Level, float], *, undone: bool) -> Stage:
    """Return what keeps a text at high or above.

    Args:
        after: What is said of it, rewritten.
        levels: Least points of each level.
        undone: Whether the same words are read as before it was rewritten.
    """
    if undone:
        return Stage.TEXT
    if not _high(after.log_odds, levels):
        return Stage.FLOOR
    without = after.log_odds - (after.classifier or 0.0)
    return Stage.RULES if _high(without, levels) else Stage.CLASSIFIER


def what_gave_way(before: Reading, after: Reading) -> Gap:
    """Return what let a text fall below high: its kind, or the part of the score that lost most."""
    if before.kind in _OF_OFFERS and after.kind not in _OF_OFFERS:
        return Gap.KIND
    lost = {
        Gap.RULES: _of(before, trust=False) - _of(after, trust=False),
        Gap.TRUST: _of(before, trust=True) - _of(after, trust=True),
        Gap.CLASSIFIER: (before.classifier or 0.0) - (after.classifier or 0.0),
    }
    return max(lost, key=lambda gap: lost[gap])


def _high(log_odds: float, levels: Mapping[Level, float]) -> bool:
    return level_of(100 * sigmoid(log_odds), levels).rank >= Level.HIGH.rank


def _of(reading: Reading, *, trust: bool) -> float:
    return sum(sign.value for sign in reading.signs if (sign.head == "trust") is trust)
