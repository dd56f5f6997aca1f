"""Two systems, models or packs on the same texts."""

from __future__ import annotations

import numpy as np
from scipy.stats import binomtest

from offer_screen.evaluation.intervals import bootstrap
from offer_screen.evaluation.measuring import (
    Sampling,
    Truth,
    difference,
    statistics_of,
)
from offer_screen.evaluation.metrics import Bools
from offer_screen.evaluation.results import Comparison
from offer_screen.evaluation.systems import Scores
from offer_screen.values import Level

_COMPARED = ("average_precision", "auroc", "recall_at_0.01", "recall", "false_alarm_rate", "brier")


def compare(
    first: Scores, second: Scores, truth: Truth, sampling: Sampling, *, level: Level | None = None
) -> Comparison:
    """Return how the second system differs from the first.

    Args:
        first: The system of before.
        second: The one in its place.
        truth: What is true of the texts.
        sampling: Of the intervals.
        level: What counts as flagged in McNemar's test; high, or probability 0.5 when one of the
            two has no levels.
    """
    level = level or Level.HIGH
    flagged = [system.at_or_above(level) for system in (first, second)]
    with_levels = flagged[0] is not None and flagged[1] is not None
    right = [_right(system, truth, level if with_levels else None) for system in (first, second)]
    only_first = int(np.sum(right[0] & ~right[1]))
    only_second = int(np.sum(right[1] & ~right[0]))
    before, after = (statistics_of(system, truth) for system in (first, second))
    return Comparison(
        first=first.name,
        second=second.name,
        level=level.value if with_levels else "probability 0.5",
        only_first=only_first,
        only_second=only_second,
        p=mcnemar(only_first, only_second),
        differences=bootstrap(
            {name: difference(after[name], before[name]) for name in _COMPARED},
            truth.codes,
            replicates=sampling.replicates,
            seed=sampling.seed,
        ),
    )


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the exact two-sided p of McNemar's test.

    >>> mcnemar(0, 8)
    0.0078125
    """
    total = only_first + only_second
    return float(binomtest(only_first, total).pvalue) if total else 1.0


def _right(system: Scores, truth: Truth, level: Level | None) -> Bools:
    at_level = None if level is None else system.at_or_above(level)
    flagged = system.log_odds >= 0 if at_level is None else at_level
    right: Bools = flagged == truth.positive
    return right
