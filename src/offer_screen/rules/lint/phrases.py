"""Checks of the words: phrases that add nothing, that two signals share, that cost too much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import re2

from offer_screen.rules.lint.base import Check, Issue, IssueSeverity, Subject, plain, short
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import EXPANSION_LIMIT, Template, Words, expand

_NEAR = 0.9
"""Share of the limit from which a template is near it."""

_SIGNAL_LIMIT = 20_000


class SuperfluousPhrase(Check):
    """Finds phrases that find nothing which other phrases of the signal do not find."""

    code = "L17"
    meaning = "a phrase that other phrases of its signal make superfluous"
    recommendation = "take it out; --fix takes out what stands twice word for word"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for name, signal in ruleset.signals.items():
            subject = Subject("signal", name)
            templates = [expand(phrase) for phrase in signal.phrases]
            owners: defaultdict[Words, set[int]] = defaultdict(set)
            for index, template in enumerate(templates):
                if not template.gaps:
                    for words in template.parts[0]:
                        owners[words].add(index)
            for index, (phrase, template) in enumerate(zip(signal.phrases, templates, strict=True)):
                if phrase in signal.phrases[:index]:
                    message = f"stands twice: {short(phrase)}"
                    yield self.issue(subject, message, ("phrases", index))
                elif _all_covered(template, index, owners):
                    message = f"other phrases find all of {short(phrase)}"
                    yield self.issue(subject, message, ("phrases", index))


class EmptyPattern(Check):
    """Finds patterns that match where nothing is."""

    code = "L18"
    severity = IssueSeverity.ERROR
    meaning = "a pattern that matches nothing at all"
    recommendation = "let it need at least one character: + instead of *"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, index, pattern in _patterns(ruleset):
            if re2.compile(pattern).match("") is not None:
                yield self.issue(subject, f"{short(pattern)} matches nothing", ("patterns", index))


class UnboundedPattern(Check):
    """Finds patterns that reach over a whole text."""

    code = "L19"
    meaning = "'.*' without bounds in a pattern"
    recommendation = "say how far: .{0,40}"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, index, pattern in _patterns(ruleset):
            if re.search(r"(?<!\\)\.[*+]", pattern):
                message = f"'.*' without bounds in {short(pattern)}"
                yield self.issue(subject, message, ("patterns", index))


class PatternOfWords(Check):
    """Finds patterns that a phrase would do better."""

    code = "L48"
    meaning = "a pattern of words alone"
    recommendation = "write it as a phrase: those see through slang and disguised spelling"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, index, pattern in _patterns(ruleset):
            bare = pattern.replace(r"\b", "").replace(r"\s+", " ").replace(r"\s", " ")
            if re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", bare):
                message = f"{short(pattern)} is words alone"
                yield self.issue(subject, message, ("patterns", index))


class NearLimit(Check):
    """Finds templates that the next word may push over the limit."""

    code = "L49"
    meaning = f"a template that stands for more than {_NEAR:.0%} of the phrases allowed"
    recommendation = "split it, or make a lexicon class of its longest choice"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        lists = [
            *((Subject("signal", name), s.phrases) for name, s in ruleset.signals.items()),
            *((Subject("class", name), phrases) for name, phrases in ruleset.lexicon.items()),
        ]
        for subject, phrases in lists:
            for index, phrase in enumerate(phrases):
                count = max(map(len, expand(phrase).parts))
                if count > EXPANSION_LIMIT * _NEAR:
                    loc = (index,) if subject.kind == "class" else ("phrases", index)
                    message = f"{count} of {EXPANSION_LIMIT} phrases: {short(phrase)}"
                    yield self.issue(subject, message, loc)


class LargeSignal(Check):
    """Finds signals that cost memory and time at loading."""

    code = "L50"
    meaning = f"a signal of more than {_SIGNAL_LIMIT:,} phrases"
    recommendation = "use gaps (~2) and lexicon classes in the place of written-out choices"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for name, signal in ruleset.signals.items():
            count = sum(sum(map(len, expand(phrase).parts)) for phrase in signal.phrases)
            if count > _SIGNAL_LIMIT:
                yield self.issue(Subject("signal", name), f"{count:,} phrases", ("phrases",))


class WordTwiceInClass(Check):
    """Finds lexicon classes that name something twice."""

    code = "L51"
    meaning = "a lexicon class that holds a phrase twice"
    recommendation = "take one out; --fix does it where both are written alike"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for name, phrases in ruleset.lexicon.items():
            seen: dict[str, str] = {}
            for index, phrase in enumerate(phrases):
                words = list(expand(phrase).phrases())
                doubles = [word for word in words if word in seen]
                if len(doubles) == len(words):
                    message = f"all of {short(phrase)} is in it already"
                    yield self.issue(Subject("class", name), message, (index,))
                seen.update(dict.fromkeys(words, phrase))


class EqualClasses(Check):
    """Finds lexicon classes that hold the same."""

    code = "L52"
    meaning = "two lexicon classes with the same phrases"
    recommendation = "keep one, under the better name"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        first: dict[frozenset[str], str] = {}
        for name, phrases in ruleset.lexicon.items():
            other = first.setdefault(frozenset(map(plain, phrases)), name)
            if other != name:
                yield self.issue(Subject("class", name), f"holds the same as class {other}")


class SharedPhrase(Check):
    """Finds phrases that stand word for word in two signals."""

    code = "L53"
    meaning = "a phrase that stands word for word in two signals"
    recommendation = "keep it in one signal, and let rules that need both ask for both"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        first: dict[str, str] = {}
        for name, signal in ruleset.signals.items():
            for index, phrase in enumerate(signal.phrases):
                other = first.setdefault(plain(phrase), name)
                if other != name:
                    message = f"stands in signal {other} too: {short(phrase)}"
                    yield self.issue(Subject("signal", name), message, ("phrases", index))


class SwallowedSignal(Check):
    """Finds signals that find nothing which another signal does not find."""

    code = "L54"
    meaning = "a signal whose phrases another signal all finds"
    recommendation = "merge the two, or take out of the wider one what is meant apart"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        owners: defaultdict[Words, set[str]] = defaultdict(set)
        templates = {
            name: [expand(phrase) for phrase in signal.phrases]
            for name, signal in ruleset.signals.items()
        }
        for name, expanded in templates.items():
            for template in expanded:
                if not template.gaps:
                    for words in template.parts[0]:
                        owners[words].add(name)
        for name, expanded in templates.items():
            if ruleset.signals[name].patterns:
                continue
            if sum(len(part) for template in expanded for part in template.parts) == 1:
                continue  # one plain phrase: it names one thing, and others may list it
            finders: set[str] | None = None
            for template in expanded:
                for words in template.parts[0] if not template.gaps else ((),):
                    found = _finders(words, owners) - {name}
                    finders = found if finders is None else finders & found
            for other in sorted(finders or ()):
                yield self.issue(Subject("signal", name), f"signal {other} finds all of it")


def _patterns(ruleset: RuleSet) -> Iterator[tuple[Subject, int, str]]:
    for name, signal in ruleset.signals.items():
        for index, pattern in enumerate(signal.patterns):
            yield Subject("signal", name), index, pattern


def _finders(words: Words, owners: Mapping[Words, set[str]]) -> set[str]:
    found: set[str] = set()
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            found |= owners.get(words[first:last], set())
    return found


def _all_covered(template: Template, index: int, owners: Mapping[Words, set[int]]) -> bool:
    """Tell whether other phrases find every choice of some part of a template."""
    whole = not template.gaps
    return any(
        all(_covered(words, index, owners, whole=whole) for words in part)
        for part in template.parts
    )


def _covered(words: Words, index: int, owners: Mapping[Words, set[int]], *, whole: bool) -> bool:
    """Tell whether a phrase of another template, shorter or equal, stands inside of ``words``."""
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            found = words[first:last]
            others = owners.get(found, set()) - {index}
            # Of two equal phrases only the later one is superfluous.
            if others and (found != words or not whole or min(others) < index):
                return True
    return False


CHECKS: tuple[type[Check], ...] = (
    SuperfluousPhrase,
    EmptyPattern,
    UnboundedPattern,
    PatternOfWords,
    NearLimit,
    LargeSignal,
    WordTwiceInClass,
    EqualClasses,
    SharedPhrase,
    SwallowedSignal,
)
"""The checks of this file."""
