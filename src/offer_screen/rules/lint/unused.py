"""Checks for what nothing uses, and for names that say little."""

from __future__ import annotations

from collections.abc import Iterator

from offer_screen.rules.lint.base import Check, Issue, Subject
from offer_screen.rules.lint.groups import groups, signal_of
from offer_screen.rules.parts import leaves
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import classes_in

_EXTRACTOR_CLASSES = frozenset({"bank", "e-wallet"})
"""Lexicon classes that the fact extractors read."""


class UnusedSignal(Check):
    """Finds signals that nothing asks about."""

    code = "L01"
    meaning = "a signal that no rule and no kind of text asks about"
    recommendation = "use it in a rule, or take it out"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        used = {signal_of(leaf) for _, group in groups(ruleset) for _, leaf in leaves(group, ())}
        used |= {cue.signal for entry in ruleset.kinds.kinds.values() for cue in entry.cues}
        for name in ruleset.signals:
            if name not in used:
                yield self.issue(Subject("signal", name), "nothing asks about it")


class UnusedClass(Check):
    """Finds lexicon classes that no phrase names."""

    code = "L02"
    meaning = "a lexicon class that no phrase names"
    recommendation = "name it in a phrase, or take it out"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        used = {
            name
            for signal in ruleset.signals.values()
            for phrase in signal.phrases
            for name, _ in classes_in(phrase)
        }
        for name in ruleset.lexicon:
            if name not in used | _EXTRACTOR_CLASSES:
                yield self.issue(Subject("class", name), "no phrase names it")


class UnusedAdvice(Check):
    """Finds advice that nobody ever gets."""

    code = "L03"
    meaning = "advice that no rule names and no level brings"
    recommendation = "name it in a rule, give it levels, or take it out"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        used = {name for rule in ruleset.rules.values() for name in rule.advice}
        for name, entry in ruleset.advice.items():
            if name not in used and not entry.levels:
                yield self.issue(Subject("advice", name), "nothing brings it")


class EmptyCategory(Check):
    """Finds categories without rules."""

    code = "L04"
    meaning = "a category without rules"
    recommendation = "put a rule into its folder, or take it out of pack.yaml"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        used = {rule.category for rule in ruleset.rules.values()}
        for name in ruleset.pack.categories:
            if name not in used:
                yield self.issue(Subject("category", name), "holds no rule")


class CueTwice(Check):
    """Finds a kind of text that asks the same question twice."""

    code = "L23"
    meaning = "a kind of text with the same cue twice"
    recommendation = "keep one, with the sum of the weights"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for kind, entry in ruleset.kinds.kinds.items():
            asked = [(cue.signal, cue.fact, cue.where) for cue in entry.cues]
            for index, question in enumerate(asked):
                if question in asked[:index]:
                    yield self.issue(
                        Subject("kinds", kind.value),
                        f"asks about {question[0] or question[1]} twice",
                        ("cues", index),
                    )


CHECKS: tuple[type[Check], ...] = (
    UnusedSignal,
    UnusedClass,
    UnusedAdvice,
    EmptyCategory,
    CueTwice,
)
"""The checks of this file."""
