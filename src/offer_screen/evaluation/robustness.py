"""How much recall is lost when positives are rewritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from offer_screen.errors import InputError
from offer_screen.evaluation.attack_results import AttackResult
from offer_screen.evaluation.attacks import Attack, attacks_on, rewritten
from offer_screen.evaluation.holding import what_gave_way, what_held
from offer_screen.evaluation.intervals import bootstrap, rate
from offer_screen.evaluation.measuring import Sampling, Truth
from offer_screen.evaluation.metrics import Floats, Ints
from offer_screen.evaluation.systems import Reading, read_reports
from offer_screen.screener import Screener
from offer_screen.text.document import Document
from offer_screen.values import Level

_LEVELS = (Level.CAUTION, Level.HIGH)


class Target(NamedTuple):
    """A positive that is attacked.

    Attributes:
        at: Its index among the texts.
        document: The text, read.
        reading: What is said of it.
    """

    at: int
    document: Document
    reading: Reading


class Attempt(NamedTuple):
    """A positive after an attack.

    Attributes:
        target: The positive.
        after: What is said of it now.
        undone: Whether the same words are read as before.
    """

    target: Target
    after: Reading
    undone: bool = False


def measure_attacks(
    screener: Screener,
    truth: Truth,
    readings: Sequence[Reading],
    sampling: Sampling,
    *,
    most: int,
    workers: int = 1,
) -> tuple[AttackResult, ...]:
    """Rewrite positives in every way of ``attacks_on`` and screen them anew.

    Args:
        screener: The screener that the readings come from.
        truth: What is true of the texts.
        readings: What was said of them.
        sampling: Of the texts and of the intervals.
        most: Positives to try; a sample if there are more.
        workers: Processes that screen.
    """
    targets = targets_of(screener, truth, readings, sampling, most=most)
    attacks = attacks_on(screener.ruleset)
    return try_attacks(screener, truth, targets, attacks, sampling, workers=workers)


def targets_of(
    screener: Screener,
    truth: Truth,
    readings: Sequence[Reading],
    sampling: Sampling,
    *,
    most: int,
) -> tuple[Target, ...]:
    """Return the positives to attack; a sample if there are more than ``most``."""
    return tuple(
        Target(int(at), screener.normalizer.read(truth.texts[at].text), readings[at])
        for at in sample_of(np.flatnonzero(truth.positive), most, sampling.seed)
    )


def try_attacks(
    screener: Screener,
    truth: Truth,
    targets: Sequence[Target],
    attacks: Mapping[str, Attack],
    sampling: Sampling,
    *,
    workers: int = 1,
) -> tuple[AttackResult, ...]:
    """Rewrite the targets in each way and screen them anew; ways that change none are left out."""
    results = []
    for name, attack in attacks.items():
        changed = [
            (target, text)
            for target in targets
            if (text := rewritten(attack, target.document, target.reading.spans)) is not None
        ]
        after = read_reports(screener, (text for _, text in changed), workers=workers)
        attempts = [
            Attempt(target, reading, reads_the_same(screener, target, text))
            for (target, text), reading in zip(changed, after, strict=True)
            if not isinstance(reading, InputError)
        ]
        if attempts:
            results.append(result_of(name, attempts, screener, truth, sampling))
    return tuple(results)


def reads_the_same(screener: Screener, target: Target, text: str) -> bool:
    """Whether a rewritten text is read as the same words as before."""
    return _words(screener.normalizer.read(text)) == _words(target.document)


def _words(document: Document) -> list[str]:
    return [token.norm for token in document.tokens]


def sample_of(indexes: Ints, most: int, seed: int) -> Ints:
    """Return at most so many of the indexes, in order."""
    if indexes.size <= most:
        return indexes
    drawn = np.random.default_rng(seed).choice(indexes, most, replace=False)
    return np.sort(drawn).astype(np.int64)


def result_of(
    name: str,
    attempts: Sequence[Attempt],
    screener: Screener,
    truth: Truth,
    sampling: Sampling,
) -> AttackResult:
    """Return what an attack costs; there is at least one attempt."""
    codes = truth.codes[np.array([attempt.target.at for attempt in attempts], dtype=np.int64)]
    old = np.array([attempt.target.reading.level for attempt in attempts])
    new = np.array([attempt.after.level for attempt in attempts])
    lost = bootstrap(
        {level: _mean(1.0 * (old >= level.rank) - 1.0 * (new >= level.rank)) for level in _LEVELS},
        codes,
        replicates=sampling.replicates,
        seed=sampling.seed,
    )
    critical = old >= Level.CRITICAL.rank
    high = Level.HIGH.rank
    flagged = [attempt for attempt in attempts if attempt.target.reading.level >= high]
    levels = screener.weighting.levels
    return AttackResult(
        name=name,
        texts=len(attempts),
        before={level: rate(old >= level.rank, codes) for level in _LEVELS},
        after={level: rate(new >= level.rank, codes) for level in _LEVELS},
        lost={level: lost[level] for level in _LEVELS},
        escaped={
            level: rate(new[old >= level.rank] < level.rank, codes[old >= level.rank])
            for level in _LEVELS
        },
        fallen=rate(new[critical] < high, codes[critical]),
        held=Counter(
            what_held(attempt.after, levels, undone=attempt.undone)
            for attempt in flagged
            if attempt.after.level >= high
        ),
        gave_way=Counter(
            what_gave_way(attempt.target.reading, attempt.after)
            for attempt in flagged
            if attempt.after.level < high
        ),
    )


def _mean(values: Floats) -> Callable[[Floats], Floats]:
    def mean(weights: Floats) -> Floats:
        found: Floats = weights @ values / np.sum(weights, axis=1)
        return found

    return mean
