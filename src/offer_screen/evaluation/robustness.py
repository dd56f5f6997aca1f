"""How much recall is lost when positives are rewritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from offer_screen.errors import InputError
from offer_screen.evaluation.attacks import attacks_on, rewritten
from offer_screen.evaluation.intervals import bootstrap, rate
from offer_screen.evaluation.measuring import Sampling, Truth
from offer_screen.evaluation.metrics import Floats, Ints
from offer_screen.evaluation.results import AttackResult
from offer_screen.evaluation.systems import Reading, read_reports
from offer_screen.screener import Screener
from offer_screen.values import Level

_LEVELS = (Level.CAUTION, Level.HIGH)


def measure_attacks(
    screener: Screener,
    truth: Truth,
    readings: Sequence[Reading],
    sampling: Sampling,
    *,
    most: int,
    workers: int = 1,
) -> tuple[AttackResult, ...]:
    """Rewrite positives in every way and screen them anew.

    Args:
        screener: The screener that the readings come from.
        truth: What is true of the texts.
        readings: What was said of them.
        sampling: Of the texts and of the intervals.
        most: Positives to try; a sample if there are more.
        workers: Processes that screen.
    """
    at = sample_of(np.flatnonzero(truth.positive), most, sampling.seed)
    documents = [screener.normalizer.read(truth.texts[index].text) for index in at]
    results = []
    for name, attack in attacks_on(screener.ruleset).items():
        changed = {
            int(index): text
            for index, document in zip(at, documents, strict=True)
            if (text := rewritten(attack, document, readings[index].spans)) is not None
        }
        after = read_reports(screener, changed.values(), workers=workers)
        pairs = {
            index: reading
            for index, reading in zip(changed, after, strict=True)
            if not isinstance(reading, InputError)
        }
        if pairs:
            results.append(_result(name, pairs, truth, readings, sampling))
    return tuple(results)


def sample_of(indexes: Ints, most: int, seed: int) -> Ints:
    """Return at most so many of the indexes, in order."""
    if indexes.size <= most:
        return indexes
    drawn = np.random.default_rng(seed).choice(indexes, most, replace=False)
    return np.sort(drawn).astype(np.int64)


def _result(
    name: str,
    after: Mapping[int, Reading],
    truth: Truth,
    readings: Sequence[Reading],
    sampling: Sampling,
) -> AttackResult:
    at = np.array(list(after), dtype=np.int64)
    codes = truth.codes[at]
    old = np.array([readings[index].level for index in after])
    new = np.array([reading.level for reading in after.values()])
    lost = bootstrap(
        {level: _mean(1.0 * (old >= level.rank) - 1.0 * (new >= level.rank)) for level in _LEVELS},
        codes,
        replicates=sampling.replicates,
        seed=sampling.seed,
    )
    return AttackResult(
        name=name,
        texts=at.size,
        before={level: rate(old >= level.rank, codes) for level in _LEVELS},
        after={level: rate(new >= level.rank, codes) for level in _LEVELS},
        lost={level: lost[level] for level in _LEVELS},
        escaped={
            level: rate(new[old >= level.rank] < level.rank, codes[old >= level.rank])
            for level in _LEVELS
        },
    )


def _mean(values: Floats) -> Callable[[Floats], Floats]:
    def mean(weights: Floats) -> Floats:
        found: Floats = weights @ values / np.sum(weights, axis=1)
        return found

    return mean
