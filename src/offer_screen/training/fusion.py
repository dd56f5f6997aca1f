"""Fits the weights of the score: authored weights are the prior, signs and caps are kept.

The fit is the most probable weighting under independent normal priors around what the analysts
wrote (logistic regression with an L2 penalty on the distance to them). Red flags stay at or above
0, trust signs at or below, and a category adds no more than its cap. The classifier enters with
log-odds that it gave to texts that it had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.optimize import minimize

from offer_screen.fusion import Calibration, KindFusion
from offer_screen.results import FindingType
from offer_screen.rules.ruleset import RuleSet
from offer_screen.values import Kind, Level, Value
from offer_screen.weighting import Weighting

_KINDS = (Kind.INQUIRY, Kind.AWARENESS, Kind.OTHER)
"""Kinds with an addend of their own; an offer is what the base is for."""

_DECIMALS = 3
"""Weights are told to the thousandth: a diff shows what moved, not noise."""

Floats = NDArray[np.float64]


class FusionSettings(Value):
    """Settings of a fit.

    Attributes:
        rule_sd: How far, in log-odds, a rule's weight is expected to be from the analyst's.
        base_sd: How far the base is expected to be from the pack's.
        kind_sd: How far the addend of a kind is expected to be from the pack's.
        classifier_range: Least and most that the classifier may add.
        extra_weight: Weight of a text of a further file (known to be no scam) beside the corpus.
        caution_miss: Cost of a scam that stays below caution; a false alarm there costs 1.
        high_miss: Cost of a scam that stays below high; a false alarm there costs 1.
        critical_miss: Cost of a scam that stays below critical; a false alarm there costs 1.
    """

    rule_sd: Annotated[float, Field(gt=0)] = 0.5
    base_sd: Annotated[float, Field(gt=0)] = 2.0
    kind_sd: Annotated[float, Field(gt=0)] = 1.0
    classifier_range: tuple[float, float] = (-2.0, 2.0)
    extra_weight: Annotated[float, Field(ge=0, le=1)] = 0.5
    caution_miss: Annotated[float, Field(gt=0)] = 2.0
    high_miss: Annotated[float, Field(gt=0)] = 0.33
    critical_miss: Annotated[float, Field(gt=0)] = 0.08


@dataclass(frozen=True, slots=True)
class Case:
    """What the score sees of one text, and what the text is.

    Attributes:
        rules: Scoring rules that fire.
        kind: Kind of text as the pipeline takes it.
        scam: What the text is.
        classifier: Log-odds of a classifier that has not seen the text; None without one.
        weight: How much the text counts.
    """

    rules: frozenset[str]
    kind: Kind
    scam: bool
    classifier: float | None = None
    weight: float = 1.0


class Design:
    """The cases as arrays, and the log-odds of any constants."""

    def __init__(self, cases: Sequence[Case], ruleset: RuleSet, settings: FusionSettings) -> None:
        scoring = [rule for rule in ruleset.rules.values() if rule.type is not FindingType.MISSING]
        self.rules = tuple(sorted(rule.id for rule in scoring))
        at = {rule: column for column, rule in enumerate(self.rules)}
        self.fires = np.zeros((len(cases), len(self.rules)))
        for row, case in enumerate(cases):
            for fired in case.rules:
                self.fires[row, at[fired]] = 1.0
        self.kinds = np.array(
            [[case.kind is kind for kind in _KINDS] for case in cases], float
        ).reshape(-1, len(_KINDS))
        self.classifier = np.array([case.classifier or 0.0 for case in cases])
        self.scam = np.array([case.scam for case in cases], float)
        self.weights = np.array([case.weight for case in cases])
        self.with_model = any(case.classifier is not None for case in cases)
        self.range = settings.classifier_range
        pack = ruleset.pack
        groups = [*sorted(name for name in pack.categories), "trust signs"]
        self._caps = np.array(
            [*(pack.categories[name].cap for name in groups[:-1]), pack.trust_cap]
        )
        self._member = np.zeros((len(self.rules), len(groups)))
        self.signs = np.ones(len(self.rules))
        for rule in scoring:
            trust = rule.type is FindingType.TRUST_SIGN
            self.signs[at[rule.id]] = -1.0 if trust else 1.0
            group = len(groups) - 1 if trust else groups.index(rule.category)
            self._member[at[rule.id], group] = 1.0
        self._direction = np.ones(len(groups))
        self._direction[-1] = -1.0

    def log_odds(self, base: float, kinds: Floats, factor: float, rules: Floats) -> Floats:
        """Return the log-odds of each case."""
        sums = (self.fires * np.abs(rules)) @ self._member
        capped = np.minimum(sums, self._caps) @ self._direction
        added = np.clip(factor * self.classifier, *self.range)
        total: Floats = base + self.kinds @ kinds + capped + added
        return total

    def loss_and_slope(self, point: Floats, prior: Floats, sds: Floats) -> tuple[float, Floats]:
        """Return the negative log posterior of constants and its derivative."""
        base, kinds, factor, rules = _parts(point)
        total = self.log_odds(base, kinds, factor, rules)
        sums = (self.fires * np.abs(rules)) @ self._member
        misfit = self.weights * (1 / (1 + np.exp(-np.clip(total, -500, 500))) - self.scam)
        free = (sums < self._caps) @ self._member.T
        added = factor * self.classifier
        inside = (added > self.range[0]) & (added < self.range[1])
        slope = np.concatenate(
            [
                [misfit.sum()],
                misfit @ self.kinds,
                [misfit @ (self.classifier * inside)],
                misfit @ (self.fires * free),
            ]
        )
        distance = (point - prior) / sds
        loss = float(self.weights @ (np.logaddexp(0, total) - self.scam * total))
        return loss + float(distance @ distance) / 2, slope + distance / sds


def _parts(point: Floats) -> tuple[float, Floats, float, Floats]:
    kinds = len(_KINDS)
    return float(point[0]), point[1 : 1 + kinds], float(point[1 + kinds]), point[2 + kinds :]


@dataclass(frozen=True, slots=True)
class Constants:
    """Fitted constants before the calibration."""

    base: float
    kinds: Mapping[Kind, float]
    classifier: float
    rules: Mapping[str, float]

    def log_odds(self, design: Design) -> Floats:
        """Return the log-odds of each case of a design."""
        return design.log_odds(
            self.base,
            np.array([self.kinds[kind] for kind in _KINDS]),
            self.classifier,
            np.array([self.rules[rule] for rule in design.rules]),
        )


def fit_constants(design: Design, ruleset: RuleSet, settings: FusionSettings) -> Constants:
    """Return the most probable constants of the cases."""
    authored = Weighting.authored(ruleset)
    weights = [authored.rules[rule] for rule in design.rules]
    prior = np.array(
        [authored.base, *(authored.kinds.get(kind, 0.0) for kind in _KINDS), 1.0, *weights]
    )
    sds = np.array(
        [
            settings.base_sd,
            *(settings.kind_sd for _ in _KINDS),
            1.0,
            *(settings.rule_sd for _ in weights),
        ]
    )
    factor = (0.0, 5.0) if design.with_model else (1.0, 1.0)
    signed = [(0.0, 10.0) if sign > 0 else (-10.0, 0.0) for sign in design.signs]
    found = minimize(
        design.loss_and_slope,
        np.clip(prior, -10, 10),
        args=(prior, sds),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-10.0, 10.0), (-6.0, 2.0), (-6.0, 0.0), (-6.0, 0.0), factor, *signed],
        options={"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-8},
    )
    base, kinds, classifier, rules = _parts(np.round(found.x, _DECIMALS))
    return Constants(
        base=base,
        kinds=dict(zip(_KINDS, kinds.tolist(), strict=True)),
        classifier=classifier,
        rules=dict(zip(design.rules, rules.tolist(), strict=True)),
    )


def platt(log_odds: Floats, scam: Floats, weights: Floats) -> tuple[float, float]:
    """Return slope and intercept that calibrate log-odds on cases that the fit has not seen.

    Targets are drawn in a little from 0 and 1, as Platt (1999) does against overconfidence.
    """
    positive, negative = float(weights @ scam), float(weights @ (1 - scam))
    target = np.where(scam > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def loss(point: Floats) -> tuple[float, Floats]:
        total = point[0] * log_odds + point[1]
        misfit = weights * (1 / (1 + np.exp(-np.clip(total, -500, 500))) - target)
        value = float(weights @ (np.logaddexp(0, total) - target * total))
        return value, np.array([misfit @ log_odds, misfit.sum()])

    found = minimize(
        loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0.05, 20), (-20, 20)]
    )
    slope, intercept = np.round(found.x, _DECIMALS).tolist()
    return slope, intercept


def cut(probabilities: Floats, scam: Floats, weights: Floats, miss: float) -> float:
    """Return the points (0-100) from which alarms cost least, where a false one costs 1.

    Costs are flat around their least, and where exactly it lies is chance. Of all thresholds that
    cost no more than the least and one standard error, the one nearest to what a perfectly
    calibrated probability asks for (``1 / (1 + miss)``) is taken.
    """
    candidates = np.arange(1.0, 100.0, 0.5)
    alarms = probabilities[None, :] * 100 >= candidates[:, None]
    false, missed = weights * (1 - scam), miss * weights * scam
    costs = alarms @ false + ~alarms @ missed
    least = int(np.argmin(costs))
    error = np.sqrt(alarms[least] @ false**2 + ~alarms[least] @ missed**2)
    near = candidates[costs <= costs[least] + error]
    return float(near[np.argmin(np.abs(near - 100 / (1 + miss)))])


def calibrate(constants: Constants, design: Design, settings: FusionSettings) -> Calibration:
    """Return the calibration and the levels that cases of the development split ask for."""
    log_odds = constants.log_odds(design)
    slope, intercept = platt(log_odds, design.scam, design.weights)
    probabilities = 1 / (1 + np.exp(-(slope * log_odds + intercept)))
    cuts = [
        cut(probabilities, design.scam, design.weights, miss)
        for miss in (settings.caution_miss, settings.high_miss, settings.critical_miss)
    ]
    for index in (1, 2):  # costs that are close together may ask for the same cut
        cuts[index] = max(cuts[index], cuts[index - 1] + 0.5)
    levels = (Level.CAUTION, Level.HIGH, Level.CRITICAL)
    return Calibration(
        slope=slope,
        intercept=intercept,
        base=constants.base,
        kinds=constants.kinds,
        classifier=constants.classifier if design.with_model else 0.0,
        classifier_range=settings.classifier_range,
        levels=dict(zip(levels, cuts, strict=True)),
    )


def fit_kinds(
    cues: Floats, told: Floats, kinds: Sequence[Kind], truth: Sequence[Kind]
) -> KindFusion:
    """Return how cues and classifier decide the kind together.

    A conditional logit: the probability of a kind grows with ``slope * (cues + factor * told +
    base)``; the slope is common to all kinds and does not change which is the likeliest.

    Args:
        cues: Sums of cues, a row for each text, a column for each kind.
        told: Log-probabilities of a classifier that has not seen the text.
        kinds: Names of the columns.
        truth: Kind of each text.
    """
    at = np.array([kinds.index(kind) for kind in truth])
    rows = np.arange(len(at))
    told = told - told.mean(axis=1, keepdims=True)

    def loss(point: Floats) -> tuple[float, Floats]:
        slope, factor, base = point[0], point[1], np.concatenate([[0.0], point[2:]])
        total = slope * cues + factor * told + base
        total = total - total.max(axis=1, keepdims=True)
        shares = np.exp(total)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(np.maximum(shares[rows, at], 1e-300)).sum()
        misfit = shares
        misfit[rows, at] -= 1
        slopes = np.array([(misfit * cues).sum(), (misfit * told).sum(), *misfit.sum(axis=0)[1:]])
        return float(value + point[2:] @ point[2:] / 8), slopes + np.array([0, 0, *point[2:] / 4])

    start = np.array([1.0, 1.0, *np.zeros(len(kinds) - 1)])
    bounds = [(0.2, 20), (0.0, 10), *((-10.0, 10.0) for _ in kinds[1:])]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    slope, factor, *base = found.x.tolist()
    return KindFusion(
        classifier=round(factor / slope, _DECIMALS),
        base={
            kind: round(value / slope, _DECIMALS)
            for kind, value in zip(kinds, [0.0, *base], strict=True)
        },
    )


def reason_of(rule: str, authored: float, fitted: float, scam: int, other: int) -> str | None:
    """Return why a weight moved far from the analyst's; None where it did not."""
    if abs(fitted - authored) < 0.5:
        return None
    way = "more" if abs(fitted) > abs(authored) else "less"
    return (
        f"{rule} fires on {scam} scams and {other} other texts of the training split: beside the"
        f" other signs that speaks for {way} than the analyst's {authored:+g}"
    )
