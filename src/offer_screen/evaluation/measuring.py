"""What a system comes to on texts: its metrics, its levels, and both on slices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from offer_screen.evaluation import metrics
from offer_screen.evaluation.data import Labelled
from offer_screen.evaluation.figures import Figure
from offer_screen.evaluation.intervals import (
    REPLICATES,
    SEED,
    Statistic,
    bootstrap,
    family_codes,
    rate,
)
from offer_screen.evaluation.metrics import Bools, Floats, Ints
from offer_screen.evaluation.results import Reached, SliceFigures, SystemFigures
from offer_screen.evaluation.systems import Scores
from offer_screen.values import Kind, Level, Value

FALSE_ALARMS = (0.001, 0.01, 0.05)
"""Shares of false alarms at which recall is told."""

LEAST_OF_EACH = 5
"""With fewer positives or negatives a slice has no AUROC."""

_SUBTLE_FALSE_ALARMS = 0.02
_SHORT, _LONG = 200, 800
_SERIOUS = (Level.CAUTION, Level.HIGH, Level.CRITICAL)


class Sampling(Value):
    """How often families are resampled, and from which seed."""

    replicates: int = REPLICATES
    seed: int = SEED


class Truth:
    """What is true of the texts, in arrays.

    Attributes:
        texts: The texts.
        positive: Whether each is positive.
        codes: Family of each.
    """

    def __init__(self, texts: Sequence[Labelled]) -> None:
        self.texts = tuple(texts)
        self.positive: Bools = np.array([text.positive for text in texts], dtype=bool)
        self.codes = family_codes([text.family for text in texts])
        self.kinds: Ints = np.array(
            [-1 if text.kind is None else _KINDS.index(text.kind) for text in texts], dtype=np.int64
        )
        self.subtle: Bools = np.array([text.subtle is True for text in texts], dtype=bool)

    def of(self, texts: Ints) -> Truth:
        """Return what is true of some of the texts."""
        return Truth([self.texts[at] for at in texts])


_KINDS = tuple(Kind)


def measure(scores: Scores, truth: Truth, sampling: Sampling) -> SystemFigures:
    """Return the metrics and the levels of a system."""
    figures = bootstrap(
        statistics_of(scores, truth),
        truth.codes,
        replicates=sampling.replicates,
        seed=sampling.seed,
    )
    return SystemFigures(
        name=scores.name,
        figures=figures,
        positives=levels_of(scores, truth, truth.positive),
        negatives=levels_of(scores, truth, ~truth.positive),
    )


def statistics_of(scores: Scores, truth: Truth) -> dict[str, Statistic]:
    """Return the metrics that can be asked of a system, by name."""
    positive = truth.positive
    ranking = metrics.rank(scores.log_odds, positive)
    flagged = flagged_by(scores)
    found: dict[str, Statistic] = {
        "average_precision": partial(metrics.average_precision, ranking),
        "auroc": partial(metrics.auroc, ranking),
    }
    for share in FALSE_ALARMS:
        found[f"recall_at_{share}"] = partial(metrics.recall_at, ranking, false_alarms=share)
    for name in ("precision", "recall", "f1", "false_alarm_rate"):
        found[name] = partial(getattr(metrics, name), flagged, positive)
    for name in ("brier", "log_loss", "calibration_error"):
        found[name] = partial(getattr(metrics, name), scores.probability, positive)
    if truth.subtle.any():
        found[f"subtle_recall_at_{_SUBTLE_FALSE_ALARMS}"] = _on(
            truth.subtle | ~positive,
            partial(metrics.recall_at, ranking, false_alarms=_SUBTLE_FALSE_ALARMS),
        )
    if scores.kinds is not None and (truth.kinds >= 0).any():
        given = np.array([_KINDS.index(kind) for kind in scores.kinds], dtype=np.int64)
        known = truth.kinds >= 0
        for name, metric in (
            ("kind_accuracy", metrics.accuracy),
            ("kind_macro_f1", metrics.macro_f1),
        ):
            found[name] = _at(known, partial(metric, given[known], truth.kinds[known]))
    return found


def flagged_by(scores: Scores) -> Bools:
    """Return which texts a system flags: high or above; without levels, probability 0.5 or more."""
    at_high = scores.at_or_above(Level.HIGH)
    return scores.log_odds >= 0 if at_high is None else at_high


def _on(member: Bools, statistic: Statistic) -> Statistic:
    """Return the statistic of texts of which the others weigh nothing."""
    return lambda weights: statistic(weights * member)


def _at(member: Bools, statistic: Statistic) -> Statistic:
    """Return the statistic of the columns of some texts."""
    return lambda weights: statistic(weights[:, member])


def levels_of(scores: Scores, truth: Truth, member: Bools) -> Reached | None:
    """Return the levels of some texts; None for a system without levels."""
    if scores.levels is None:
        return None
    ranks, codes = scores.levels[member], truth.codes[member]
    return Reached(
        counts={level: int(np.sum(ranks == level.rank)) for level in Level},
        at_or_above={level: rate(ranks >= level.rank, codes) for level in _SERIOUS},
    )


# --- slices --------------------------------------------------------------------------------------

_Cut = Callable[[Labelled], str | None]


def _yes_or_no(value: bool | None) -> str | None:  # noqa: FBT001  (a value, not an option)
    return None if value is None else ("yes" if value else "no")


CUTS: dict[str, _Cut] = {
    "source": lambda text: text.source,
    "group": lambda text: text.group if text.group != text.source else None,
    "channel": lambda text: text.channel,
    "register": lambda text: text.register,
    "destination": lambda text: text.destination,
    "harm": lambda text: text.harm,
    "subtle": lambda text: _yes_or_no(text.subtle),
    "cue": lambda text: _yes_or_no(text.cue),
    "length": lambda text: length_band(text.text),
}
"""What texts are cut by; a text without a value is in no slice."""

_OF_POSITIVES = {"harm", "subtle"}
"""What only positives have: they are set against all negatives."""


def length_band(text: str) -> str:
    """Return short, middle or long."""
    if len(text) < _SHORT:
        return f"under {_SHORT} characters"
    return f"{_SHORT} to {_LONG}" if len(text) <= _LONG else f"over {_LONG}"


def slices_of(texts: Sequence[Labelled]) -> Iterator[tuple[str, str, Ints]]:
    """Yield each slice: what it was cut by, its value, and the indexes of its texts."""
    negatives = [at for at, text in enumerate(texts) if not text.positive]
    for by, cut in CUTS.items():
        members: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            value = cut(text)
            if value is not None and (text.positive or by not in _OF_POSITIVES):
                members[value].append(at)
        for value in sorted(members, key=lambda value: (-len(members[value]), value)):
            against = negatives if by in _OF_POSITIVES else []
            yield by, value, np.array(sorted([*members[value], *against]), dtype=np.int64)


def measure_slices(scores: Scores, truth: Truth, sampling: Sampling) -> tuple[SliceFigures, ...]:
    """Return how a system with levels fares on each slice."""
    found = []
    for by, value, at in slices_of(truth.texts):
        part, true = scores.of(at), truth.of(at)
        positives = levels_of(part, true, true.positive)
        negatives = levels_of(part, true, ~true.positive)
        if positives is None or negatives is None:
            continue
        found.append(
            SliceFigures(
                by=by,
                value=value,
                auroc=auroc_of(part, true, sampling),
                positives=positives,
                negatives=negatives,
            )
        )
    return tuple(found)


def auroc_of(scores: Scores, truth: Truth, sampling: Sampling) -> Figure:
    """Return the AUROC of some texts, unless there are too few of them to say anything."""
    positives = int(truth.positive.sum())
    if min(positives, truth.positive.size - positives) < LEAST_OF_EACH:
        return Figure(value=None, reason=f"fewer than {LEAST_OF_EACH} positives or negatives")
    ranking = metrics.rank(scores.log_odds, truth.positive)
    return bootstrap(
        {"auroc": partial(metrics.auroc, ranking)},
        truth.codes,
        replicates=sampling.replicates,
        seed=sampling.seed,
    )["auroc"]


def difference(second: Statistic, first: Statistic) -> Statistic:
    """Return the statistic that is the second minus the first, resample by resample."""

    def both(weights: Floats) -> Floats:
        return second(weights) - first(weights)

    return both
