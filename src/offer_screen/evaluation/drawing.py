"""What the plots and tables of an evaluation are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from offer_screen.evaluation import metrics
from offer_screen.evaluation.intervals import rate
from offer_screen.evaluation.measuring import Truth
from offer_screen.evaluation.metrics import Floats
from offer_screen.evaluation.results import (
    CalibrationBin,
    Confusion,
    Curve,
    Histogram,
    Plots,
    RuleRow,
)
from offer_screen.evaluation.systems import Reading, Scores
from offer_screen.values import Kind

_POINTS = 200
"""Points of a curve, over all texts and once more over the first few, where alarms are rare."""

_BARS = 20


def plots_of(systems: Sequence[Scores], truth: Truth) -> Plots:
    """Return what the plots are drawn from; the first system is the one that is looked at."""
    score = systems[0]
    curves = {system.name: _curves(system, truth) for system in systems}
    return Plots(
        precision_recall={name: pair[0] for name, pair in curves.items() if pair},
        roc={name: pair[1] for name, pair in curves.items() if pair},
        calibration=_calibration(score, truth),
        histograms=_histograms(score, truth),
    )


def _curves(system: Scores, truth: Truth) -> tuple[Curve, Curve] | None:
    if not truth.positive.any() or truth.positive.all():
        return None
    ranking = metrics.rank(system.log_odds, truth.positive)
    hits, alarms = metrics.reached(ranking, np.ones((1, truth.positive.size)))
    recall = hits[0] / truth.positive.sum()
    precision = hits[0] / (hits[0] + alarms[0])
    return (
        _curve(recall, precision),
        _curve(np.append(0, alarms[0] / np.sum(~truth.positive)), np.append(0, recall)),
    )


def _curve(x: Floats, y: Floats) -> Curve:
    """Return a curve of few points, the first and the last among them."""
    last = x.size - 1
    evenly, early = np.linspace(0, last, _POINTS), np.geomspace(1, max(last, 1), _POINTS)
    at = np.unique(np.minimum(np.concatenate([evenly, early]).astype(np.int64), last))
    return Curve(
        x=tuple(round(float(value), 5) for value in x[at]),
        y=tuple(round(float(value), 5) for value in y[at]),
    )


def _calibration(score: Scores, truth: Truth) -> tuple[CalibrationBin, ...]:
    bins = metrics.bins_of(score.probability)
    return tuple(
        CalibrationBin(
            texts=int(member.sum()),
            probability=float(score.probability[member].mean()),
            positives=rate(truth.positive[member], truth.codes[member]),
        )
        for number in range(metrics.BINS)
        if (member := bins == number).any()
    )


def _histograms(score: Scores, truth: Truth) -> tuple[Histogram, ...]:
    sources = np.array([text.source for text in truth.texts])
    found = []
    for source in dict.fromkeys(text.source for text in truth.texts):
        for positive in (True, False):
            member = (sources == source) & (truth.positive == positive)
            if member.any():
                counts = np.histogram(score.probability[member], bins=_BARS, range=(0, 1))[0]
                found.append(
                    Histogram(source=source, positive=positive, counts=tuple(map(int, counts)))
                )
    return tuple(found)


def confusion_of(score: Scores, truth: Truth) -> Confusion | None:
    """Return true kinds against given ones; None when no text says its kind."""
    pairs = Counter(
        (text.kind, given)
        for text, given in zip(truth.texts, score.kinds or (), strict=False)
        if text.kind is not None
    )
    if not pairs:
        return None
    return Confusion(
        kinds=tuple(kind.value for kind in Kind),
        counts=tuple(tuple(pairs[true, given] for given in Kind) for true in Kind),
    )


def rules_of(readings: Sequence[Reading], truth: Truth) -> tuple[RuleRow, ...]:
    """Return what each rule that fires does, the one that fires most first."""
    fired: dict[str, list[int]] = {}
    for index, reading in enumerate(readings):
        for sign in reading.signs:
            fired.setdefault(sign.rule, []).append(index)
    share = float(truth.positive.mean())
    rows = []
    for rule, at in fired.items():
        precision = rate(truth.positive[at], truth.codes[at])
        rows.append(
            RuleRow(
                rule=rule,
                positives=precision.hits,
                negatives=precision.of - precision.hits,
                precision=precision,
                lift=precision.value / share if share and precision.value is not None else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.positives - row.negatives, row.rule)))
