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
from offer_screen.text.phrases import PhraseTrie

HIDDEN_WRITING = "hidden-writing"
"""Built-in signal: a word of a signal that could be read only by undoing one of HIDING."""

HIDING = frozenset(
    {Fold.INVISIBLE, Fold.HOMOGLYPH, Fold.COMBINING, Fold.SPACED, Fold.LEET, Fold.WILDCARD}
)
"""Folds that hide a word from a filter. Bold letters, stretched ones and entities only decorate."""


_SLOTS_OF = {kind: frozenset(f"<{slot}>" for slot in slots_filled_by(kind)) for kind in FACT_KINDS}


class _Part(NamedTuple):
    """One part of a phrase template with gaps."""

    signal: str
    phrase: int  # number of the template that it belongs to
    place: int  # first, second, … part
    gap: int  # words allowed between this part and the one before


_Piece = tuple[int, int, _Part]
"""A part found: its first token, one past its last, and what it is a part of."""


class _Words(NamedTuple):
    """What some words mean, wherever they stand."""

    signals: tuple[str, ...]  # for which they are a whole phrase
    parts: tuple[_Part, ...]  # that they are of phrases with gaps
    bits: int  # one for each of these parts, see ``_Gapped``


class _Gapped:
    """Tells which phrases with gaps have all their parts in a text.

    Common words are a part of hundreds of phrases, and hardly any of these is there as a whole. So
    each phrase has one bit in a row of bits for each place, the rows are laid end to end in one
    number, and the numbers of all words found are or-ed before a single part is looked at.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        self._count = len(lengths)
        self._every = (1 << self._count) - 1
        self._short = [
            sum(1 << phrase for phrase, length in enumerate(lengths) if length <= place)
            for place in range(max(lengths, default=0))
        ]

    def bit(self, part: _Part) -> int:
        return 1 << (part.place * self._count + part.phrase)

    def complete(self, found: int) -> list[int]:
        """Return the phrases all parts of which are among the bits ``found``."""
        whole = self._every
        for short in self._short:
            whole &= found | short
            found >>= self._count
        phrases: list[int] = []
        while whole:
            phrases.append(whole.bit_length() - 1)
            whole ^= 1 << phrases[-1]
        return phrases


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
        self._phrases: PhraseTrie[_Words] = PhraseTrie()
        wholes: dict[tuple[str, ...], list[str]] = defaultdict(list)
        parts: dict[tuple[str, ...], list[_Part]] = defaultdict(list)
        lengths: list[int] = []
        for signal, definition in ruleset.signals.items():
            for phrase in definition.phrases:
                template = expand(phrase)
                if template.gaps:
                    for part, words in _parts(signal, len(lengths), template, normalizer):
                        parts[words].append(part)
                    lengths.append(len(template.parts))
                else:
                    for choice in template.parts[0]:
                        wholes[normalizer.words(" ".join(choice))].append(signal)
        self._gapped = _Gapped(lengths)
        for words in wholes.keys() | parts.keys():
            of_words = tuple(dict.fromkeys(parts[words]))
            bits = sum(map(self._gapped.bit, of_words))
            meaning = _Words(tuple(dict.fromkeys(wholes[words])), of_words, bits)
            self._phrases.add(words, meaning)
        used = {word for words in wholes.keys() | parts.keys() for word in words}
        self._slots = {kind: tuple(slots & used) for kind, slots in _SLOTS_OF.items()}
        self._patterns = _Patterns(
            (signal, pattern)
            for signal, definition in ruleset.signals.items()
            for pattern in definition.patterns
        )

    def find(self, document: Document, facts: Sequence[FactBase]) -> tuple[Evidence, ...]:
        """Return where the signals stand, in text order; stances are not judged yet."""
        tokens = document.tokens
        folded = any(token.folds for token in tokens)
        hits: dict[str, list[tuple[int, int]]] = defaultdict(list)
        found = self._phrases.find(document, self._slot_table(document, facts))
        there = 0
        for first, last, (signals, _, bits) in found:
            for signal in signals:
                hits[signal].append((first, last))
            there |= bits
        pieces: dict[int, list[_Piece]] = {phrase: [] for phrase in self._gapped.complete(there)}
        if pieces:
            for first, last, (_, parts, _) in found:
                for part in parts:
                    if part.phrase in pieces:
                        pieces[part.phrase].append((first, last, part))
            for joined in pieces.values():
                hits[joined[0][2].signal].extend(_join(joined, tokens))
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
        table: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for first, last, name in self._classes.find(document):
            table[first].append((name, last))
        starts = [token.start for token in document.tokens] if facts else []
        for fact in facts:
            used = self._slots.get(fact.kind)
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


def _parts(
    signal: str, phrase: int, template: Template, normalizer: Normalizer
) -> Iterator[tuple[_Part, tuple[str, ...]]]:
    """Yield the parts of a template with gaps, each with words that it can be written in."""
    for place, choices in enumerate(template.parts):
        gap = template.gaps[place - 1] if place else 0
        for choice in choices:
            yield _Part(signal, phrase, place, gap), normalizer.words(" ".join(choice))


def lower_same_length(text: str) -> str:
    """Return ``text`` in lower case, character for character ('İ' alone would grow)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _join(found: Sequence[_Piece], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a phrase whose parts stand in order, each within its gap."""
    by_place: dict[int, list[_Piece]] = defaultdict(list)
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
