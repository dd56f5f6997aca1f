"""The bars of the plan, and what may be claimed of false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

import numpy as np

from offer_screen.evaluation.attack_results import AttackResult
from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.evaluation.intervals import bootstrap, rate, rate_is_below
from offer_screen.evaluation.measuring import Sampling, Truth, statistics_of
from offer_screen.evaluation.metrics import Bools
from offer_screen.evaluation.plan import AttackBar, Bar, FallBar, MetricBar, Plan, VersusBar
from offer_screen.evaluation.results import BarResult, Claim, Comparison
from offer_screen.evaluation.systems import Scores
from offer_screen.values import Level


def check_bars(
    scores: Scores, truth: Truth, plan: Plan, sampling: Sampling
) -> tuple[BarResult, ...]:
    """Return how the bars are met whose texts are there."""
    shares = [_share(bar, scores, truth) for bar in plan.bar]
    of_metrics = [_metric(bar, scores, truth, sampling) for bar in plan.metric_bar]
    return tuple(result for result in (*shares, *of_metrics) if result is not None)


def check_attacks(attacks: Sequence[AttackResult], plan: Plan) -> tuple[BarResult, ...]:
    """Return how the bars for rewriting are met: each by the attack that costs the most."""
    results = []
    for fall_bar in plan.fall_bar:
        fell = {
            item.name: item.fallen
            for item in attacks
            if item.fallen is not None and fnmatchcase(item.name, fall_bar.attack)
        }
        if fell:
            name = max(fell, key=lambda name: fell[name].value or 0.0)
            about = f"critical texts below high, worst of '{fall_bar.attack}': {name}"
            results.append(_result(about, fall_bar, fell[name]))
    for bar in plan.attack_bar:
        held = [item for item in attacks if fnmatchcase(item.name, bar.attack)]
        if held:
            worst = max(held, key=lambda item: item.lost[bar.level].value or 0.0)
            about = f"recall lost at {bar.level} or above, worst of '{bar.attack}': {worst.name}"
            results.append(_result(about, bar, worst.lost[bar.level]))
    return tuple(results)


def check_versus(comparisons: Sequence[Comparison], plan: Plan) -> tuple[BarResult, ...]:
    """Return how the bars against other systems are met; the score is the second of a pair."""
    return tuple(
        _result(
            f"{item.second} minus {item.first}: {bar.metric}", bar, item.differences[bar.metric]
        )
        for bar in plan.versus_bar
        for item in comparisons
        if fnmatchcase(item.first, bar.against) and bar.metric in item.differences
    )


def claims_of(scores: Scores, truth: Truth) -> tuple[Claim, ...]:
    """Return the upper bound of the false alarms of each group and of all, at each level."""
    claims = []
    groups = tuple(dict.fromkeys(text.group for text in truth.texts))
    for group in groups if len(groups) == 1 else ("all", *groups):
        member = ~truth.positive & _in_group(
            truth, "*" if len(groups) > 1 and group == "all" else group
        )
        if scores.levels is None or not member.any():
            continue
        for level in (Level.CAUTION, Level.HIGH):
            hit = scores.levels[member] >= level.rank
            claims.append(
                Claim(
                    group=group,
                    level=level,
                    alarms=int(hit.sum()),
                    negatives=hit.size,
                    families=len(np.unique(truth.codes[member])),
                    bound=rate_is_below(hit, truth.codes[member]),
                )
            )
    return tuple(claims)


def _in_group(truth: Truth, pattern: str) -> Bools:
    return np.array(
        [
            fnmatchcase(text.group, pattern) or fnmatchcase(text.source, pattern)
            for text in truth.texts
        ],
        dtype=bool,
    )


def _share(bar: Bar, scores: Scores, truth: Truth) -> BarResult | None:
    member = _in_group(truth, bar.group)
    member &= truth.positive if bar.of == "positives" else ~truth.positive
    if bar.cue is not None:
        member &= np.array([text.cue is bar.cue for text in truth.texts], dtype=bool)
    if bar.subtle is not None:
        member &= np.array([text.subtle is bar.subtle for text in truth.texts], dtype=bool)
    reached = scores.at_or_above(bar.level)
    if reached is None or not member.any():
        return None
    measured = rate(reached[member], truth.codes[member])
    return _result(bar.about, bar, measured)


def _metric(bar: MetricBar, scores: Scores, truth: Truth, sampling: Sampling) -> BarResult | None:
    at = np.flatnonzero(_in_group(truth, bar.group))
    part = truth.of(at)
    statistic = statistics_of(scores.of(at), part).get(bar.metric) if at.size else None
    if statistic is None:
        return None
    measured = bootstrap(
        {bar.metric: statistic}, part.codes, replicates=sampling.replicates, seed=sampling.seed
    )[bar.metric]
    return _result(f"{bar.group}: {bar.metric}", bar, measured)


AnyBar = Bar | MetricBar | AttackBar | FallBar | VersusBar


def _result(about: str, bar: AnyBar, measured: Rate | Figure) -> BarResult:
    value, low, high = measured.value, measured.low, measured.high
    limits = []
    met = sure = True
    at_most = None if isinstance(bar, VersusBar) else bar.at_most
    if at_most is not None:
        limits.append(f"at most {at_most:.4g}")
        met &= value is not None and value <= at_most
        sure &= high is not None and high <= at_most
    at_least = None if isinstance(bar, AttackBar | FallBar) else bar.at_least
    if at_least is not None:
        limits.append(f"at least {at_least:.4g}")
        met &= value is not None and value >= at_least
        sure &= low is not None and low >= at_least
    return BarResult(
        about=about,
        limit=" and ".join(limits),
        measured=measured,
        met=None if value is None else met,
        sure=met and sure,
    )


def unmet(results: Sequence[BarResult]) -> tuple[BarResult, ...]:
    """Return the bars whose value is on the wrong side."""
    return tuple(result for result in results if result.met is False)
