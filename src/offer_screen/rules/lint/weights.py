"""Checks of the numbers: weight, severity, specificity, floors and caps in step."""

from __future__ import annotations

import math
from collections.abc import Iterator

from offer_screen.results import FindingType
from offer_screen.rules.lint.base import Check, Issue, Subject, subject_of
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Pack, Rule, Status
from offer_screen.values import Level, Severity

_WEIGHTS: dict[Severity, tuple[float, float]] = {
    Severity.INFO: (0.0, 0.5),
    Severity.LOW: (0.0, 1.5),
    Severity.MEDIUM: (0.1, 2.5),
    Severity.HIGH: (0.3, 6.0),
    Severity.CRITICAL: (1.0, 6.0),
}
"""Weights of red flags that go with each severity; what is outside deserves a second look."""

_SPECIFIC = 0.2
_COMMON = 1.5
_COMMON_TRUST = 1.0


def _red_flags(ruleset: RuleSet) -> Iterator[Rule]:
    return (rule for rule in ruleset.rules.values() if rule.type is FindingType.RED_FLAG)


def _trust_signs(ruleset: RuleSet) -> Iterator[Rule]:
    return (rule for rule in ruleset.rules.values() if rule.type is FindingType.TRUST_SIGN)


class WeightAgainstSeverity(Check):
    """Finds weights that do not go with the severity."""

    code = "L07"
    meaning = "severity and weight out of step"
    recommendation = "severity is the harm if true, weight the evidence: look at both again"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in _red_flags(ruleset):
            low, high = _WEIGHTS[rule.severity]
            if not low <= rule.weight <= high:
                yield self.issue(
                    subject_of(rule),
                    f"severity {rule.severity.value} goes with a weight of {low:g} to {high:g}, "
                    f"not {rule.weight:g}",
                    ("weight",),
                )


class WeightAgainstSpecificity(Check):
    """Finds weights that do not go with how often honest offers show the sign."""

    code = "L08"
    meaning = "specificity and weight out of step"
    recommendation = "what honest offers often show weighs little, what they never show more"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            trust = rule.type is FindingType.TRUST_SIGN
            weight = abs(rule.weight)
            if rule.specificity == "low" and weight > (_COMMON_TRUST if trust else _COMMON):
                side = "scam" if trust else "honest"
                message = f"{side} offers often show it: {rule.weight:g} is a great weight"
                yield self.issue(subject_of(rule), message, ("weight",))
            elif rule.specificity == "high" and 0 < weight < _SPECIFIC:
                message = f"specificity high, and a weight of only {rule.weight:g}"
                yield self.issue(subject_of(rule), message, ("weight",))


class FloorAgainstSeverity(Check):
    """Finds floors under rules that do little harm, or that honest offers show."""

    code = "L09"
    meaning = "a floor with low severity, or with low specificity"
    recommendation = "a floor is for what is never 'low' whatever else is written: take it out"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            if rule.floor is None or rule.floor is Level.LOW:
                continue
            if rule.severity in {Severity.INFO, Severity.LOW}:
                message = f"a floor with severity {rule.severity.value}"
                yield self.issue(subject_of(rule), message, ("floor",))
            elif rule.specificity == "low":
                yield self.issue(subject_of(rule), "a floor with low specificity", ("floor",))


class WeightBeyondCap(Check):
    """Finds weights that never count whole."""

    code = "L10"
    meaning = "a weight beyond the cap of its category, or of trust signs"
    recommendation = "lower the weight or raise the cap in pack.yaml"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            trust = rule.type is FindingType.TRUST_SIGN
            category = ruleset.pack.categories.get(rule.category)
            cap = ruleset.pack.trust_cap if trust else category.cap if category else math.inf
            if abs(rule.weight) > cap:
                yield self.issue(
                    subject_of(rule),
                    f"weighs {rule.weight:g}, more than the cap of {cap:g} lets through",
                    ("weight",),
                )


class CriticalFlagCancelled(Check):
    """Finds critical flags that trust signs, which anyone can copy, talk down to 'low'."""

    code = "L29"
    meaning = "trust signs can bring a critical flag down to 'low'"
    recommendation = "give the flag a floor or more weight, or lower trust_cap"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        trust = math.fsum(abs(rule.weight) for rule in _trust_signs(ruleset) if _scores(rule))
        trust = min(trust, ruleset.pack.trust_cap)
        for rule in _red_flags(ruleset):
            if rule.severity is not Severity.CRITICAL or not _scores(rule):
                continue
            if rule.floor not in {None, Level.LOW}:
                continue
            category = ruleset.pack.categories.get(rule.category)
            weight = min(rule.weight, category.cap if category else rule.weight)
            if _is_low(weight - trust, ruleset.pack) and not _is_low(weight, ruleset.pack):
                yield self.issue(
                    subject_of(rule),
                    f"without a floor, and trust signs take {trust:g} off its {weight:g}",
                    ("weight",),
                )


class CriticalFlagAlone(Check):
    """Finds critical flags that do not lift an offer off 'low' by themselves."""

    code = "L30"
    meaning = "a critical flag that alone leaves an offer at 'low'"
    recommendation = "give it a floor or more weight, or a lower severity"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in _red_flags(ruleset):
            if (
                rule.severity is Severity.CRITICAL
                and rule.floor in {None, Level.LOW}
                and _scores(rule)
                and _is_low(rule.weight, ruleset.pack)
            ):
                message = f"alone, a weight of {rule.weight:g} leaves an offer at 'low'"
                yield self.issue(subject_of(rule), message, ("weight",))


class CapOutOfReach(Check):
    """Finds categories whose cap their rules together never reach, or whose rules all overflow."""

    code = "L31"
    meaning = "a category that one rule fills: the others add nothing"
    recommendation = "raise the cap or lower the weights, so that a second sign still counts"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for name, category in ruleset.pack.categories.items():
            weights = [rule.weight for rule in _red_flags(ruleset) if rule.category == name]
            if len(weights) > 1 and min(weights) >= category.cap:
                message = f"each of its {len(weights)} rules fills the cap of {category.cap:g}"
                yield self.issue(Subject("category", name), message, ("cap",))


def _scores(rule: Rule) -> bool:
    return rule.status in {Status.TEST, Status.STABLE}


def _is_low(weight: float, pack: Pack) -> bool:
    points = 100 / (1 + math.exp(-(pack.base_log_odds + weight)))
    return points < pack.levels[Level.CAUTION]


CHECKS: tuple[type[Check], ...] = (
    WeightAgainstSeverity,
    WeightAgainstSpecificity,
    FloorAgainstSeverity,
    WeightBeyondCap,
    CriticalFlagCancelled,
    CriticalFlagAlone,
    CapOutOfReach,
)
"""The checks of this file."""
