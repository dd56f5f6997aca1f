"""Finds the fewest red flags without which the level would fall.

A red flag that is taken away takes those with it that rest on it, and lets nothing new fire in its
place: the question is which of the reasons given carry the level. Red flags that nothing rests on
only add up, up to the cap of their category, so of them the most weighty of each category are the
best choice; for each choice among the others that leaves one sum to make best.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, chain, combinations
from operator import itemgetter
from typing import NamedTuple

from offer_screen.results import Finding, FindingType, Outcome, Prediction, Score, Without
from offer_screen.rules.conditions import Atom, FindingTest, Leaf, Node, Program
from offer_screen.scoring import score
from offer_screen.values import Level
from offer_screen.weighting import Weighting
from offer_screen.what_if.conditions import Standing

_MOST_TRIED = 2_000
"""Choices of red flags that others rest on: more are seldom there, and take too long."""

_ROUNDING = 1e-6
"""Sums of the search are taken in another order than the score's, which decides in the end."""


class Reliance:
    """Which red flags of one text rest on others.

    Args:
        program: The conditions.
        held: Leaves that hold.
        fired: Rules that fire.
    """

    def __init__(self, program: Program, held: Collection[int], fired: frozenset[str]) -> None:
        self._standing = Standing(program.leaves, held)
        self._fired = fired
        # In order of stratum: a rule comes after what it rests on.
        self._dependants = [
            (rule, needs)
            for rule in program.rules
            if rule.id in fired and (needs := _findings_asked(rule.when, program.leaves) & fired)
        ]
        self.bearing = frozenset(name for _, needs in self._dependants for name in needs)
        """Rules that others rest on."""

    def fallen(self, taken: Collection[str]) -> frozenset[str]:
        """Return the rules that would not fire without ``taken``, those included."""
        gone = set(taken)
        for rule, needs in self._dependants:
            if (
                rule.id not in gone
                and not needs.isdisjoint(gone)
                and not self._standing.holds(rule.when, self._fired - gone, self._fired)
            ):
                gone.add(rule.id)
        return frozenset(gone)


def _findings_asked(node: Node, leaves: tuple[Leaf, ...]) -> frozenset[str]:
    if isinstance(node, Atom):
        leaf = leaves[node.leaf]
        return frozenset({leaf.rule}) if isinstance(leaf, FindingTest) else frozenset()
    return frozenset().union(*(_findings_asked(part, leaves) for part in node.parts))


class _Choice(NamedTuple):
    taken: tuple[str, ...]
    gone: frozenset[str]
    after: Score

    @property
    def order(self) -> tuple[int, float, tuple[str, ...]]:
        return len(self.taken), self.after.log_odds, self.taken


def fewest_without(
    findings: Sequence[Finding],
    prediction: Prediction,
    weighting: Weighting,
    total: Score,
    reliance: Reliance,
) -> Without | None:
    """Return the fewest red flags without which the level would fall, or None if there are none.

    Args:
        findings: All that scored.
        prediction: Kind of text and classifier, as scored.
        weighting: The constants of the score.
        total: The score.
        reliance: Which red flags rest on others.
    """
    if total.level is Level.LOW:
        return None
    search = _Search(findings, prediction, weighting, total, reliance)
    # Taken as if nothing rested on anything: no more are ever needed.
    best = search.of_all
    if best is None:
        return None
    exact = True
    for tried, taken in enumerate(search.choices_of_bearing(len(best.taken))):
        if len(taken) > len(best.taken):
            break
        if tried == _MOST_TRIED:
            exact = False
            break
        found = search.completed(taken, len(best.taken))
        if found is not None and found.order < best.order:
            best = found
    weight = {item.ref: item.value for item in total.contributions if item.source == "finding"}
    shown = {finding.rule for finding in findings}
    return Without(
        rules=tuple(sorted(best.taken, key=lambda rule: (-weight[rule], rule))),
        with_them=tuple(sorted((best.gone & shown) - set(best.taken))),
        outcome=outcome_of(best.after),
        exact=exact,
    )


def outcome_of(total: Score) -> Outcome:
    """Return what a score comes to."""
    return Outcome(level=total.level, points=total.points, log_odds=total.log_odds)


class _Search:
    """Looks for the red flags of one text to take away."""

    def __init__(
        self,
        findings: Sequence[Finding],
        prediction: Prediction,
        weighting: Weighting,
        total: Score,
        reliance: Reliance,
    ) -> None:
        self._findings = findings
        self._prediction = prediction
        self._weighting = weighting
        self._level = total.level
        self._below = _log_odds_below(total, weighting)
        flags = {finding.rule for finding in findings if finding.type is FindingType.RED_FLAG}
        self._rest = math.fsum(
            item.value
            for item in total.contributions
            if item.source != "finding" or item.ref not in flags
        )
        self._reliance = reliance
        self._flags = tuple(f for f in findings if f.type is FindingType.RED_FLAG)
        self.of_all = self._best(frozenset(), self._flags, (), len(self._flags))

    def choices_of_bearing(self, most: int) -> Iterator[tuple[str, ...]]:
        """Yield the choices among the red flags that others rest on, the small ones first."""
        bearing = sorted(f.rule for f in self._flags if f.rule in self._reliance.bearing)
        sizes = range(min(most, len(bearing)) + 1)
        return chain.from_iterable(combinations(bearing, size) for size in sizes)

    def completed(self, taken: tuple[str, ...], most: int) -> _Choice | None:
        """Return ``taken`` with the best choice of red flags that nothing rests on."""
        gone = self._reliance.fallen(taken)
        free = tuple(
            flag
            for flag in self._flags
            if flag.rule not in gone and flag.rule not in self._reliance.bearing
        )
        return self._best(gone, free, taken, most)

    def _best(
        self, gone: frozenset[str], free: Sequence[Finding], taken: tuple[str, ...], most: int
    ) -> _Choice | None:
        """Return the best choice that takes away ``taken`` and some of ``free``."""
        forced = tuple(flag.rule for flag in free if self._holds_up(flag))
        start = (*taken, *forced)
        gone = gone.union(forced)
        left = [flag for flag in self._flags if flag.rule not in gone]
        if len(start) > most or any(map(self._holds_up, left)):
            return None
        others = [flag for flag in free if flag.rule not in gone]
        if not self._within_reach(left, others, most - len(start)):
            return None
        for remains, more in _lightest(left, others, self._weighting, most - len(start)):
            if self._rest + remains < self._below + _ROUNDING:
                chosen = (*start, *more)
                gone = self._reliance.fallen(chosen)
                after = self._without(gone)
                if after.level.rank < self._level.rank:
                    return _Choice(tuple(sorted(chosen)), gone, after)
        return None

    def _within_reach(self, left: Sequence[Finding], free: Sequence[Finding], most: int) -> bool:
        """Whether the level could fall if no cap stood in the way: a quick look."""
        sums: dict[str, float] = defaultdict(float)
        for flag in left:
            sums[flag.category] += self._weighting.rules[flag.rule]
        added = sum(min(self._weighting.caps[category], total) for category, total in sums.items())
        heaviest = sorted((self._weighting.rules[flag.rule] for flag in free), reverse=True)[:most]
        return self._rest + added - sum(heaviest) < self._below + _ROUNDING

    def _holds_up(self, flag: Finding) -> bool:
        return flag.floor is not None and flag.floor.rank >= self._level.rank

    def _without(self, gone: frozenset[str]) -> Score:
        rest = [finding for finding in self._findings if finding.rule not in gone]
        return score(rest, self._prediction, self._weighting)


def _log_odds_below(total: Score, weighting: Weighting) -> float:
    """Return the log-odds below which the level by points is lower than the level is now."""
    if total.level_of_points.rank < total.level.rank:
        return math.inf
    share = weighting.levels[total.level] / 100
    if not 0 < share < 1:
        return math.inf if share >= 1 else -math.inf
    return math.log(share / (1 - share))


def _lightest(
    left: Sequence[Finding], free: Sequence[Finding], weighting: Weighting, most: int
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Yield, for 0 to ``most``, that many of ``free`` without which ``left`` adds least.

    Each comes after what is then added. Red flags of a category add up to its cap, so the first
    that are taken may change nothing.
    """
    weights: dict[str, list[float]] = defaultdict(list)
    for flag in left:
        weights[flag.category].append(weighting.rules[flag.rule])
    movable: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for flag in free:
        movable[flag.category].append((-weighting.rules[flag.rule], flag.rule))
    # added[n]: the least that the categories so far add without n of theirs, and which those are.
    added: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for category in sorted(weights):
        items = sorted(movable[category])
        names = tuple(rule for _, rule in items)
        sums = list(
            accumulate((weight for weight, _ in items), initial=math.fsum(weights[category]))
        )
        cap = weighting.caps[category]
        added = [
            min(
                (
                    (before + min(cap, sums[count - kept]), chosen + names[: count - kept])
                    for kept, (before, chosen) in enumerate(added)
                    if 0 <= count - kept <= len(items)
                ),
                key=itemgetter(0),
            )
            for count in range(min(most, len(added) - 1 + len(items)) + 1)
        ]
    yield from added
