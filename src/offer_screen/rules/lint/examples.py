"""Checks of the examples: enough of them, each of its own, none against another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from offer_screen.rules.examples import ExampleList, examples_of
from offer_screen.rules.lint.base import Check, Issue, IssueSeverity, plain, short, subject_of
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule

T = TypeVar("T")

LEAST = 5
"""Examples that a rule has at least, of what it fires on and of near misses."""

_LEAST_WORDS = 4
_ALIKE = 0.5
"""Share of word pairs in common from which two texts are near duplicates."""

_PLACES = ("match", "no_match", "todo_match", "todo_no_match")
_WANTED = frozenset({"match", "todo_match"})


class ExampleTwice(Check):
    """Finds an example that stands twice."""

    code = "L05"
    meaning = "the same example twice in a rule"
    recommendation = "write another one; --fix takes it out where both stand in one list"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            seen: set[tuple[bool, str]] = set()
            for name, index, text in examples_of(rule):
                key = name in _WANTED, plain(text)
                if key in seen:
                    message = f"the same example twice: {short(text)}"
                    yield self.issue(subject_of(rule), message, ("examples", name, index))
                seen.add(key)


class ExampleAgainstItself(Check):
    """Finds an example that the rule is to fire on and not to fire on."""

    code = "L06"
    severity = IssueSeverity.ERROR
    meaning = "an example that is to match and not to match"
    recommendation = "decide which"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            found = list(examples_of(rule))
            wanted = {plain(text) for name, _, text in found if name in _WANTED}
            for name, index, text in found:
                if name not in _WANTED and plain(text) in wanted:
                    message = f"is to match and not to: {short(text)}"
                    yield self.issue(subject_of(rule), message, ("examples", name, index))


class FewExamples(Check):
    """Finds rules with few examples to fire on."""

    code = "L24"
    meaning = f"fewer than {LEAST} examples that a rule fires on"
    recommendation = "add whole little offers of your own, in other words and registers"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            count = len(rule.examples.match)
            if count < LEAST:
                loc = ("examples", "match")
                yield self.issue(subject_of(rule), f"{count} examples, fewer than {LEAST}", loc)


class FewNearMisses(Check):
    """Finds rules with few near misses."""

    code = "L25"
    meaning = f"fewer than {LEAST} near misses"
    recommendation = "add honest texts that share words with the rule and lack the threat"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            count = len(rule.examples.no_match)
            if count < LEAST:
                loc = ("examples", "no_match")
                yield self.issue(subject_of(rule), f"{count} near misses, fewer than {LEAST}", loc)


class ShortExample(Check):
    """Finds examples that are no offers but loose words."""

    code = "L26"
    meaning = f"an example of fewer than {_LEAST_WORDS} words"
    recommendation = "write a whole sentence, as people send it"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            for name, index, text in examples_of(rule):
                if len(text.split()) < _LEAST_WORDS:
                    yield self.issue(
                        subject_of(rule), f"too short: {short(text)}", ("examples", name, index)
                    )


class NearDuplicateInRule(Check):
    """Finds examples of one list that hardly differ."""

    code = "L27"
    meaning = "two examples of one list of a rule that hardly differ"
    recommendation = "write one of them anew: another voice, place, job or order of words"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            for name in _PLACES:
                texts: tuple[str, ...] = getattr(rule.examples, name)
                for index, other in _alike([(text, index) for index, text in enumerate(texts)]):
                    if plain(texts[index]) != plain(texts[other]):
                        yield self.issue(
                            subject_of(rule),
                            f"hardly differs from example {other + 1}: {short(texts[index])}",
                            ("examples", name, index),
                        )


class NearDuplicateAcrossRules(Check):
    """Finds examples that several rules share."""

    code = "L28"
    meaning = "an example that a rule shares with another, or nearly"
    recommendation = "write one of its own: shared examples count twice and test once"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        found: list[tuple[str, tuple[Rule, ExampleList, int]]] = [
            (text, (rule, name, index))
            for rule in ruleset.rules.values()
            for name, index, text in examples_of(rule)
        ]
        for (rule, name, index), (other, *_) in _alike(found):
            if rule.id != other.id:
                text = getattr(rule.examples, name)[index]
                yield self.issue(
                    subject_of(rule),
                    f"shared with {other.category}/{other.id}: {short(text)}",
                    ("examples", name, index),
                )


def _alike(texts: Sequence[tuple[str, T]]) -> Iterator[tuple[T, T]]:
    """Yield each text that hardly differs from an earlier one, and that one."""
    # A draft's 'TODO 2: …' is another check's business.
    pairs = [_pairs(text) if not text.startswith("TODO") else _pairs("") for text, _ in texts]
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, own in enumerate(pairs):
        shared: defaultdict[int, int] = defaultdict(int)
        for pair in own:
            for other in holders[pair]:
                shared[other] += 1
        best = max(
            (
                (count / (len(own) + len(pairs[other]) - count), other)
                for other, count in shared.items()
            ),
            default=(0.0, -1),
        )
        if best[0] >= _ALIKE:
            yield texts[index][1], texts[best[1]][1]
        for pair in own:
            holders[pair].append(index)


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = [word.strip(".,;:!?()\"'") for word in text.lower().split()]
    return frozenset(pairwise(word for word in words if word))


CHECKS: tuple[type[Check], ...] = (
    ExampleTwice,
    ExampleAgainstItself,
    FewExamples,
    FewNearMisses,
    ShortExample,
    NearDuplicateInRule,
    NearDuplicateAcrossRules,
)
"""The checks of this file."""
