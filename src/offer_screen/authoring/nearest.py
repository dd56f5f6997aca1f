"""Finds what came nearest to a signal or fact that a condition asked for and did not get."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from offer_screen.authoring.wording import test_in_words, value_in_words
from offer_screen.facts import FactBase
from offer_screen.pipeline import Trace
from offer_screen.results import Evidence
from offer_screen.rules.comparisons import predicate
from offer_screen.rules.conditions import FactTest, Leaf, SignalTest
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import SLOT_GROUPS, Words, expand, factored, slots_filled_by
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.values import Stance

_MOST = 3
"""Mentions shown for one question."""

_TELLING = 4
"""Letters of a word, or of a slot, that tells something."""

_ALWAYS = "<any>"


class _Attempt(NamedTuple):
    """How much of one phrase template is in a text."""

    missing: tuple[str, ...]
    there: tuple[str, ...]
    phrase: str  # of those that the template stands for, the one that comes nearest

    @property
    def telling(self) -> bool:
        """Whether more of it is there than little words: 'di' comes near to everything."""
        return any(len(word) >= _TELLING for word in self.there)


def nearest(leaf: Leaf, trace: Trace, ruleset: RuleSet, normalizer: Normalizer) -> tuple[str, ...]:
    """Say what came nearest to a leaf that does not hold, best first; nothing if nothing did.

    Args:
        leaf: What was asked.
        trace: What the stages made of the text.
        ruleset: Gives the phrases of signals.
        normalizer: Brings them into the form that the text was read in.
    """
    if isinstance(leaf, SignalTest):
        seen = [item for item in trace.evidence if item.name == leaf.signal]
        if seen:
            return tuple(_wrong_stance(item, trace.document, leaf.stances) for item in seen[:_MOST])
        attempt = _nearest_phrase(leaf.signal, trace, ruleset, normalizer)
        return () if attempt is None else (_phrase_in_words(attempt),)
    if isinstance(leaf, FactTest):
        return _nearest_facts(leaf, trace)
    return ()


def _quoted(document: Document, item: Evidence | FactBase) -> str:
    return f"'{' '.join(document.original[item.span.start : item.span.end].split())}'"


def _wrong_stance(item: Evidence | FactBase, document: Document, wanted: Collection[Stance]) -> str:
    return f"{_quoted(document, item)} is {item.stance.value}, not {' or '.join(sorted(wanted))}"


# --- facts ---------------------------------------------------------------------------------------


def _nearest_facts(leaf: FactTest, trace: Trace) -> tuple[str, ...]:
    document = trace.document
    of_kind = [fact for fact in trace.facts if fact.kind == leaf.fact]
    if of_kind:
        ranked = sorted(of_kind, key=lambda fact: len(_failed(leaf, fact)))
        return tuple(_why_not(leaf, fact, document) for fact in ranked[:_MOST])
    family = {kind for kinds in SLOT_GROUPS.values() if leaf.fact in kinds for kind in kinds}
    others = [fact for fact in trace.facts if fact.kind in family][:_MOST]
    if others:
        return tuple(
            f"{_quoted(document, fact)} is read as {fact.kind}, not {leaf.fact}" for fact in others
        )
    return (f"no {leaf.fact} in the text",)


def _failed(leaf: FactTest, fact: FactBase) -> list[str]:
    failed = [
        f"{test.field} is {value_in_words(getattr(fact, test.field))}"
        f" (asked: {test_in_words(test).removeprefix(test.field).strip()})"
        for test in leaf.tests
        if not predicate([test])(fact)
    ]
    if fact.stance not in leaf.stances:
        failed.append(f"it is {fact.stance.value}, not {' or '.join(sorted(leaf.stances))}")
    return failed


def _why_not(leaf: FactTest, fact: FactBase, document: Document) -> str:
    shown = "the text" if leaf.fact == "text" else _quoted(document, fact)
    return f"{shown}: {'; '.join(_failed(leaf, fact))}"


# --- phrases -------------------------------------------------------------------------------------


def _nearest_phrase(
    signal: str, trace: Trace, ruleset: RuleSet, normalizer: Normalizer
) -> _Attempt | None:
    """Return the template of a signal of which all but one word is there, if there is one."""
    definition = ruleset.signals.get(signal)
    if definition is None:
        return None
    there = _Words(trace, ruleset.lexicon, normalizer)
    attempts = (_attempt(template, there, normalizer) for template in definition.phrases)
    near = [attempt for attempt in attempts if len(attempt.missing) <= 1 and attempt.telling]
    return min(near, key=lambda item: (len(item.missing), -len(item.there)), default=None)


def _attempt(template: str, there: _Words, normalizer: Normalizer) -> _Attempt:
    """Return how much of a template is there, by the best choice for each of its parts."""
    read = factored(template)
    parts, gaps = read.parts, read.gaps
    missing: list[str] = []
    there_too: list[str] = []
    phrase: list[str] = []
    for place, choices in enumerate(parts):
        readings = [normalizer.words(" ".join(choice)) for choice in choices]
        best = min(readings, key=lambda words: (_missing(words, there), -len(words)))
        for word in best:
            (there_too if word in there else missing).append(_plain(word))
        if place and gaps[place - 1]:
            phrase.append(f"~{gaps[place - 1]}")
        phrase.extend(map(_plain, best))
    return _Attempt(tuple(missing), tuple(there_too), " ".join(phrase))


def _missing(words: Words, there: _Words) -> int:
    return sum(word not in there for word in words)


def _plain(word: str) -> str:
    """Return a word of a phrase as authors write it: ``<{pay}>`` is ``{pay}``."""
    return word[1:-1] if word.startswith("<{") else word


def _phrase_in_words(attempt: _Attempt) -> str:
    if attempt.missing:
        return f"'{attempt.phrase}' lacks {attempt.missing[0]}"
    return (
        f"the words of '{attempt.phrase}' are there, but in another order, too far apart,"
        " or in different sentences"
    )


class _Words:
    """The words of a text, and the slots that something in it fills."""

    def __init__(
        self, trace: Trace, lexicon: Mapping[str, Sequence[str]], normalizer: Normalizer
    ) -> None:
        self._places = trace.document.places
        self._lexicon = lexicon
        self._normalizer = normalizer
        self._slots = {
            f"<{slot}>" for fact in trace.facts for slot in slots_filled_by(fact.kind)
        } | {_ALWAYS}
        if trace.document.numbers:
            self._slots.add("<number>")

    def __contains__(self, word: str) -> bool:
        if not word.startswith("<"):
            return word in self._places
        if word in self._slots:
            return True
        filled = word.startswith("<{") and any(map(self._has, self._class(word[2:-2])))
        if filled:
            self._slots.add(word)
        return filled

    def _has(self, words: Words) -> bool:
        return all(word in self._places for word in words)

    def _class(self, name: str) -> Iterator[Words]:
        for phrase in self._lexicon.get(name, ()):
            for words in expand(phrase).parts[0]:
                yield self._normalizer.words(" ".join(words))
