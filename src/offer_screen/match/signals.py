"""Finds the signals of a rule pack in a document.

One walk over the words finds lexicon classes, a second one the phrases of all signals; parts of a
phrase with a gap are joined afterwards. RE2 patterns run only where their set says that they hit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import re2

from offer_screen.results import Evidence, FactBase, Fold, Span
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import FACT_KINDS, Template, expand, slots_filled_by
from offer_screen.text.document import Document, Token
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import SLOT_OPEN, PhraseTrie

HIDDEN_WRITING = "hidden-writing"
"""Built-in signal: a word of a signal that could be read only by undoing one of HIDING."""

HIDING = frozenset(
    {Fold.INVISIBLE, Fold.HOMOGLYPH, Fold.COMBINING, Fold.SPACED, Fold.LEET, Fold.WILDCARD}
)
"""Folds that hide a word from a filter. Bold letters, stretched ones and entities only decorate."""


_SLOTS_OF = {kind: frozenset(f"<{slot}>" for slot in slots_filled_by(kind)) for kind in FACT_KINDS}


class _Part(NamedTuple):
    """One part of a phrase template; a template without gaps has one part."""

    signal: str
    phrase: int  # number of the template that it belongs to
    place: int  # first, second, … part
    gap: int  # words allowed between this part and the one before
    bit: int  # one bit for each part of the template
    all_bits: int


class SignalMatcher:
    """The signals of one rule set, ready to be found.

    Args:
        ruleset: Gives signals and lexicon.
        normalizer: Brings phrases into the standard form that documents are read in.
    """

    def __init__(self, ruleset: RuleSet, normalizer: Normalizer) -> None:
        self._classes: PhraseTrie[str] = PhraseTrie()
        for name, phrases in ruleset.lexicon.items():
            for phrase in phrases:
                for words in expand(phrase).parts[0]:
                    self._classes.add(normalizer.words(" ".join(words)), f"<{{{name}}}>")
        self._phrases: PhraseTrie[_Part] = PhraseTrie()
        self._slots: set[str] = set()
        number = 0
        for signal, definition in ruleset.signals.items():
            for phrase in definition.phrases:
                number += 1
                self._add(signal, number, expand(phrase), normalizer)
        self._patterns = _Patterns(
            (signal, pattern)
            for signal, definition in ruleset.signals.items()
            for pattern in definition.patterns
        )

    def _add(self, signal: str, number: int, template: Template, normalizer: Normalizer) -> None:
        for place, choices in enumerate(template.parts):
            part = _Part(
                signal,
                number,
                place,
                gap=template.gaps[place - 1] if place else 0,
                bit=1 << place,
                all_bits=(1 << len(template.parts)) - 1,
            )
            for choice in choices:
                words = normalizer.words(" ".join(choice))
                self._slots.update(word for word in words if word.startswith(SLOT_OPEN))
                self._phrases.add(words, part)

    def find(self, document: Document, facts: Sequence[FactBase]) -> tuple[Evidence, ...]:
        """Return where the signals stand, in text order; stances are not judged yet."""
        tokens = document.tokens
        folded = any(token.folds for token in tokens)
        hits: dict[str, list[tuple[int, int]]] = defaultdict(list)
        pieces: dict[int, list[tuple[int, int, _Part]]] = {}
        seen: dict[int, int] = {}  # for a phrase: which of its parts, one bit each
        for hit in self._phrases.find(tokens, self._slot_table(document, facts)):
            part = hit[2]
            if part.all_bits == 1:
                hits[part.signal].append(hit[:2])
            elif part.phrase in pieces:
                pieces[part.phrase].append(hit)
                seen[part.phrase] |= part.bit
            else:
                pieces[part.phrase] = [hit]
                seen[part.phrase] = part.bit
        for phrase, found in pieces.items():
            part = found[0][2]
            if seen[phrase] == part.all_bits:
                hits[part.signal].extend(_join(found, tokens))
        evidence = [
            Evidence(
                source="signal",
                name=signal,
                span=document.span_of_tokens(first, last),
                folds=_folds(tokens[first:last]) if folded else (),
            )
            for signal, ranges in hits.items()
            if ranges
            for first, last in _longest(ranges)
        ]
        evidence.extend(
            Evidence(source="signal", name=signal, span=span)
            for signal, span in self._patterns.find(document)
        )
        if folded:
            evidence.extend(_hidden(evidence, tokens))
        evidence.sort(key=lambda item: (item.span, item.name))
        return tuple(evidence)

    def _slot_table(
        self, document: Document, facts: Sequence[FactBase]
    ) -> dict[int, list[tuple[str, int]]]:
        tokens = document.tokens
        table: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for first, last, name in self._classes.find(tokens):
            table[first].append((name, last))
        wanted = self._slots
        if wanted.intersection(("<number>", "<any>")):
            for index, token in enumerate(tokens):
                table[index].append(("<any>", index + 1))
                if token.norm[:1].isdigit():
                    table[index].append(("<number>", index + 1))
        if not facts:
            return table
        starts = [token.start for token in tokens]
        for fact in facts:
            used = wanted.intersection(_SLOTS_OF[fact.kind])
            if used:
                first = bisect_left(starts, fact.span.start)
                last = bisect_left(starts, fact.span.end)
                if first < last:
                    table[first].extend((name, last) for name in used)
        return table


class _Patterns:
    """RE2 patterns behind one set that says which of them can hit."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._patterns: list[tuple[str, re2._Regexp[str]]] = []
        self._set = re2.Set.SearchSet()
        for signal, pattern in patterns:
            self._patterns.append((signal, re2.compile(pattern)))
            self._set.Add(pattern)
        if self._patterns:
            self._set.Compile()

    def find(self, document: Document) -> Iterator[tuple[str, Span]]:
        if not self._patterns or not document.cleaned:
            return
        text = lower_same_length(document.cleaned)
        for index in self._set.Match(text) or ():  # None when nothing hits
            signal, pattern = self._patterns[index]
            for match in pattern.finditer(text):
                if match.end() > match.start():
                    yield signal, document.span_of(match.start(), match.end())

    def __getstate__(self) -> list[tuple[str, str]]:
        return [(signal, pattern.pattern) for signal, pattern in self._patterns]

    def __setstate__(self, state: list[tuple[str, str]]) -> None:
        self.__init__(state)  # type: ignore[misc]  # compiled patterns do not pickle


def lower_same_length(text: str) -> str:
    """Return ``text`` in lower case, character for character ('İ' alone would grow)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _join(
    found: Sequence[tuple[int, int, _Part]], tokens: Sequence[Token]
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a phrase whose parts stand in order, each within its gap."""
    by_place: dict[int, list[tuple[int, int, _Part]]] = defaultdict(list)
    for item in found:
        by_place[item[2].place].append(item)
    for first, last, _ in by_place[0]:
        ends = {last}
        for place in range(1, len(by_place)):
            ends = {
                stop
                for start, stop, part in by_place[place]
                for end in ends
                if 0 <= start - end <= part.gap
                and not any(tokens[at].starts_clause for at in range(end, start + 1))
            }
        for end in ends:
            yield first, end


def _longest(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges without those that overlap a longer (or earlier) one."""
    kept: list[tuple[int, int]] = []
    for first, last in sorted(set(ranges), key=lambda item: (item[0], -item[1])):
        if kept and first < kept[-1][1]:
            if last - first > kept[-1][1] - kept[-1][0]:
                kept[-1] = (first, last)
        else:
            kept.append((first, last))
    return kept


def _folds(tokens: Sequence[Token]) -> tuple[Fold, ...]:
    folds = {fold for token in tokens for fold in token.folds}
    return tuple(sorted(folds)) if folds else ()


def _hidden(evidence: Sequence[Evidence], tokens: Sequence[Token]) -> list[Evidence]:
    """Return evidence for each word of a signal that was written so as to be hidden."""
    spans = {
        Span(token.start, token.end): token.folds
        for token in tokens
        if HIDING.intersection(token.folds)
        and any(item.span.start < token.end and token.start < item.span.end for item in evidence)
    }
    return [
        Evidence(source="signal", name=HIDDEN_WRITING, span=span, folds=folds)
        for span, folds in spans.items()
    ]
