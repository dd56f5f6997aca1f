"""Intervals: a bootstrap over families, exact bounds of shares, and what a claim would need."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from scipy.stats import beta

from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.evaluation.metrics import Bools, Floats, Ints

Statistic = Callable[[Floats], Floats]
"""A metric of resamples: takes weights (resamples by texts), gives one number for each resample."""

REPLICATES = 1000
SEED = 20261124
CONFIDENCE = 0.95
_AT_ONCE = 100
"""Resamples held in memory at a time."""

_LEAST_FAMILIES = 2
"""One family resampled is always itself."""

_BIASED = {"calibration_error"}
"""Metrics that resampling itself makes greater: their intervals are shifted back by its bias."""

_LEAST_DEFINED = 0.5
"""Below this share of resamples in which a metric is defined, no interval is given."""


def family_codes(families: Sequence[str | None]) -> Ints:
    """Return a number for each text that is the same within a family; None is a family of one."""
    known: dict[str, int] = {}
    alone = len(families)
    codes = []
    for at, family in enumerate(families):
        codes.append(alone + at if family is None else known.setdefault(family, len(known)))
    return np.unique(np.array(codes, dtype=np.int64), return_inverse=True)[1].astype(np.int64)


def bootstrap(
    statistics: Mapping[str, Statistic],
    codes: Ints,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> dict[str, Figure]:
    """Return each statistic with its percentile interval over resampled families.

    All statistics see the same resamples, so that differences between systems are paired. The same
    seed gives the same intervals.

    Args:
        statistics: Functions of weights, by name.
        codes: Family of each text, as ``family_codes`` gives it.
        replicates: Resamples; 0 gives values without intervals.
        seed: Of the resamples.
    """
    one = np.ones((1, codes.size))
    values = {name: float(statistic(one)[0]) for name, statistic in statistics.items()}
    drawn: dict[str, list[Floats]] = {name: [] for name in statistics}
    for weights in _resamples(codes, replicates, seed):
        for name, statistic in statistics.items():
            if not math.isnan(values[name]):
                drawn[name].append(statistic(weights))
    return {name: _figure(values[name], drawn[name], biased=name in _BIASED) for name in statistics}


def _resamples(codes: Ints, replicates: int, seed: int) -> Iterator[Floats]:
    names, members = np.unique(codes, return_inverse=True)
    families = len(names)
    if families < _LEAST_FAMILIES:
        return
    random = np.random.default_rng(seed)
    for start in range(0, replicates, _AT_ONCE):
        size = min(_AT_ONCE, replicates - start)
        times = random.multinomial(families, np.full(families, 1 / families), size=size)
        yield times.astype(np.float64)[:, members]


def _figure(value: float, drawn: Sequence[Floats], *, biased: bool) -> Figure:
    if math.isnan(value):
        return Figure(value=None, reason="the texts do not allow it")
    replicates = np.concatenate(drawn) if drawn else np.array([])
    defined = replicates[~np.isnan(replicates)]
    if not replicates.size:
        return Figure(value=value, reason="no resamples: none asked for, or too few families")
    if defined.size < _LEAST_DEFINED * replicates.size:
        return Figure(value=value, reason="too few families for an interval")
    low, high = np.quantile(defined, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    if biased:
        shift = float(defined.mean()) - value
        low, high = max(0.0, low - shift), max(0.0, high - shift)
    return Figure(value=value, low=float(low), high=float(high))


def rate(hit: Bools, codes: Ints) -> Rate:
    """Return the share of texts with a hit; see ``Rate`` for its interval.

    Args:
        hit: Whether each text has one.
        codes: Family of each text.
    """
    texts, hits = int(hit.size), int(hit.sum())
    if not texts:
        return Rate(hits=0, of=0, families=0, value=None, low=0.0, high=1.0)
    names, members = np.unique(codes, return_inverse=True)
    effective = _effective_texts(hit, members.astype(np.int64), len(names))
    share = hits / texts
    low, high = clopper_pearson(share * effective, effective)
    return Rate(hits=hits, of=texts, families=len(names), value=share, low=low, high=high)


def rate_is_below(hit: Bools, codes: Ints) -> float:
    """Return the rate that the true one is below with 95 % confidence; see ``Rate`` for families.

    Args:
        hit: Whether each text has a hit; there is at least one text.
        codes: Family of each text.
    """
    names, members = np.unique(codes, return_inverse=True)
    effective = _effective_texts(hit, members.astype(np.int64), len(names))
    return upper_bound(float(hit.mean()) * effective, effective)


def _effective_texts(hit: Bools, members: Ints, families: int) -> float:
    """Return how many texts of their own the texts are worth."""
    texts = hit.size
    if families == texts:
        return float(texts)
    share = float(hit.mean())
    if share in {0.0, 1.0} or families < 2:
        return float(families)  # no variance to tell by: each family counts as one text
    of_family = np.bincount(members, weights=hit - share, minlength=families)
    variance = families / (families - 1) * float(of_family @ of_family) / texts**2
    return min(float(texts), max(1.0, share * (1 - share) / variance)) if variance else float(texts)


def clopper_pearson(hits: float, of: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the exact two-sided interval of a share; ``hits`` and ``of`` need not be whole.

    >>> [round(end, 4) for end in clopper_pearson(0, 100)]
    [0.0, 0.0362]
    """
    tail = (1 - confidence) / 2
    low = 0.0 if hits <= 0 else float(beta.ppf(tail, hits, of - hits + 1))
    high = 1.0 if hits >= of else float(beta.ppf(1 - tail, hits + 1, of - hits))
    return low, high


def upper_bound(hits: float, of: float, confidence: float = CONFIDENCE) -> float:
    """Return the rate that the true one is below with this confidence (one-sided, exact).

    >>> round(upper_bound(0, 299), 5)
    0.00997
    """
    return 1.0 if hits >= of else float(beta.ppf(confidence, hits + 1, of - hits))


def negatives_needed(rate_: float, *, alarms: int = 0, confidence: float = CONFIDENCE) -> int:
    """Return the negatives of which at most ``alarms`` may be flagged for a claim of ``rate_``.

    >>> negatives_needed(0.01)
    299
    """
    low, high = alarms + 1, alarms + 1
    while upper_bound(alarms, high, confidence) > rate_:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        if upper_bound(alarms, middle, confidence) > rate_:
            low = middle + 1
        else:
            high = middle
    return low
