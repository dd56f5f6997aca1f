"""The metrics, each as a function of weights, so that one code serves a value and its bootstrap.

``weights`` has a row for each resample and a column for each text: how often the text is in the
resample. One row of ones gives the metric itself. What the data do not allow (no positive text,
say) is NaN, never an exception. Scores may be any numbers that grow with suspicion; equal scores
are one group, whose order inside decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BINS = 15
"""Bins of equal width over the probability, for the calibration error and its plot."""

_LEAST = 1e-15
"""Probabilities are kept this far from 0 and 1 in the log loss, as scikit-learn did for years."""

_HAIR = 1e-9
"""So much a count of false alarms may be above what is allowed and be floating point's fault."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Texts from the most to the least suspicious.

    Attributes:
        order: Indexes of the texts, the highest score first.
        ends: Positions in ``order`` at which a group of equal scores ends.
        positive: Whether the text at each position is positive.
        scores: Score of each group.
        last: The weights that were asked for last, and what was reached with them: all metrics of
            a system are asked for one resample after the other.
    """

    order: Ints
    ends: Ints
    positive: Bools
    scores: Floats
    last: list[tuple[Floats, tuple[Floats, Floats]]] = field(default_factory=list, repr=False)


def rank(scores: Floats, positive: Bools) -> Ranking:
    """Sort the texts once for all metrics that look at order alone."""
    order = np.argsort(-scores, kind="stable")
    falling = scores[order]
    ends = np.flatnonzero(np.append(falling[1:] != falling[:-1], True)) if scores.size else order
    return Ranking(order, ends, positive[order], falling[ends])


def reached(ranking: Ranking, weights: Floats) -> tuple[Floats, Floats]:
    """Return the positives and the negatives at or above each distinct score, for each resample."""
    if ranking.last and ranking.last[0][0] is weights:
        return ranking.last[0][1]
    ordered = weights[:, ranking.order]
    hits = np.cumsum(ordered * ranking.positive, axis=1)[:, ranking.ends]
    alarms = np.cumsum(ordered * ~ranking.positive, axis=1)[:, ranking.ends]
    ranking.last[:] = [(weights, (hits, alarms))]
    return hits, alarms


def auroc(ranking: Ranking, weights: Floats) -> Floats:
    """Return the chance that a positive text scores above a negative one; ties count half."""
    hits, alarms = reached(ranking, weights)
    before = _before(hits)
    pairs = np.sum((alarms - _before(alarms)) * (before + (hits - before) / 2), axis=1)
    return _ratio(pairs, _last(hits) * _last(alarms))


def average_precision(ranking: Ranking, weights: Floats) -> Floats:
    """Return the area under the precision-recall curve, as the sum of steps (no interpolation)."""
    hits, alarms = reached(ranking, weights)
    precision = np.nan_to_num(_ratio(hits, hits + alarms))
    area = np.sum((hits - _before(hits)) * precision, axis=1)
    return np.where(_last(alarms) > 0, _ratio(area, _last(hits)), np.nan)


def recall_at(ranking: Ranking, weights: Floats, *, false_alarms: float) -> Floats:
    """Return the greatest recall of any threshold whose share of false alarms is at most this."""
    hits, alarms = reached(ranking, weights)
    allowed = alarms <= false_alarms * _last(alarms)[:, None] + _HAIR
    best = np.max(np.where(allowed, hits, 0.0), axis=1, initial=0.0)
    return np.where(_last(alarms) > 0, _ratio(best, _last(hits)), np.nan)


def precision(flagged: Bools, positive: Bools, weights: Floats) -> Floats:
    """Return the share of positives among the flagged texts."""
    return _ratio(weights @ (flagged & positive), weights @ flagged)


def recall(flagged: Bools, positive: Bools, weights: Floats) -> Floats:
    """Return the share of flagged texts among the positives."""
    return _ratio(weights @ (flagged & positive), weights @ positive)


def false_alarm_rate(flagged: Bools, positive: Bools, weights: Floats) -> Floats:
    """Return the share of flagged texts among the negatives."""
    return _ratio(weights @ (flagged & ~positive), weights @ ~positive)


def f1(flagged: Bools, positive: Bools, weights: Floats) -> Floats:
    """Return the harmonic mean of precision and recall."""
    both = weights @ (flagged & positive)
    return _ratio(2 * both, weights @ flagged + weights @ positive)


def brier(probability: Floats, positive: Bools, weights: Floats) -> Floats:
    """Return the mean squared difference between probability and what is true (1 or 0)."""
    return _ratio(weights @ (probability - positive) ** 2, np.sum(weights, axis=1))


def log_loss(probability: Floats, positive: Bools, weights: Floats) -> Floats:
    """Return the mean of -ln(probability given to what is true)."""
    clipped = np.clip(probability, _LEAST, 1 - _LEAST)
    loss = -np.where(positive, np.log(clipped), np.log1p(-clipped))
    return _ratio(weights @ loss, np.sum(weights, axis=1))


def calibration_error(probability: Floats, positive: Bools, weights: Floats) -> Floats:
    """Return the expected calibration error over ``BINS`` bins of equal width.

    That is the mean, weighted by texts, of the difference between the mean probability of a bin
    and the share of positives in it.
    """
    member = bins_of(probability)[:, None] == np.arange(BINS)
    gaps = np.abs((weights * (probability - positive)) @ member)
    return _ratio(np.sum(gaps, axis=1), np.sum(weights, axis=1))


def bins_of(probability: Floats) -> Ints:
    """Return the bin of each probability; 1 belongs to the last one."""
    return np.minimum((probability * BINS).astype(np.int64), BINS - 1)


def accuracy(given: Ints, true: Ints, weights: Floats) -> Floats:
    """Return the share of texts whose class is right."""
    return _ratio(weights @ (given == true), np.sum(weights, axis=1))


def macro_f1(given: Ints, true: Ints, weights: Floats) -> Floats:
    """Return the mean F1 over the classes that occur as the true one."""
    none = np.full(len(weights), np.nan)
    scores = np.array([none, *(f1(given == one, true == one, weights) for one in np.unique(true))])
    defined = ~np.isnan(scores)  # a class that a resample lacks says nothing there
    return _ratio(np.sum(scores, axis=0, where=defined), np.sum(defined, axis=0))


def probability_of(log_odds: Floats) -> Floats:
    """Return the probability of log-odds, without overflow."""
    grown = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1 / (1 + grown), grown / (1 + grown))


def _ratio(above: Floats, below: Floats) -> Floats:
    """Return ``above / below``; NaN where ``below`` is 0."""
    ratio: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return ratio


def _before(reached_: Floats) -> Floats:
    """Return what was reached one group earlier."""
    return np.pad(reached_, ((0, 0), (1, 0)))[:, :-1]


def _last(reached_: Floats) -> Floats:
    """Return what is reached in the end."""
    return reached_[:, -1] if reached_.shape[1] else np.zeros(len(reached_))
