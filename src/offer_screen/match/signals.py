"""Finds the signals of a rule pack in a document.

One walk over the words finds lexicon classes, a second one the phrases of all signals; parts of a
phrase with a gap are joined afterwards. RE2 patterns run only where their set says that they hit.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import attrgetter, or_
from typing import NamedTuple

import re2

from offer_screen.facts import FactBase
from offer_screen.results import Evidence
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import FACT_KINDS, expand, factored, slots_filled_by
from offer_screen.text.document import Document, Token
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook, Phrases, PhraseTrie
from offer_screen.values import Fold, Span, Stance

HIDDEN_WRITING = "hidden-writing"
"""Built-in signal: a word of a signal that could be read only by undoing one of HIDING."""

HIDING = frozenset(
    {Fold.INVISIBLE, Fold.HOMOGLYPH, Fold.COMBINING, Fold.SPACED, Fold.LEET, Fold.WILDCARD}
)
"""Folds that hide a word from a filter. Bold letters, stretched ones and entities only decorate."""


_in_text_order = attrgetter("span", "name")

_as_evidence = _as_span = tuple.__new__
"""Makes a named tuple of its fields: half of the time that calling the class takes."""

_FEW = 8
"""So many ranges are gone through sooner than the first one that matters is looked up."""

_SLOTS_OF = {kind: frozenset(f"<{slot}>" for slot in slots_filled_by(kind)) for kind in FACT_KINDS}


class _Words(NamedTuple):
    """What some words mean, wherever they stand."""

    signals: tuple[str, ...]  # for which they are a whole phrase
    # Of phrases with gaps (see ``_Gapped``), a bit each: those of which they are any part, the
    # first one, the second one, and for each place where they stand in some, that row of bits.
    gapped: int
    begins: int
    follows: int
    parts: tuple[tuple[int, int], ...]


_Hit = tuple[int, int, _Words]
"""Words found: their first token, one past their last, and what they mean."""

_Range = tuple[int, int]
"""A first token, and one past the last."""

_Parts = tuple[int, list[_Hit]]
"""Parts of phrases with gaps, and the bits of those phrases that they may make."""


class _Gapped:
    """Puts phrases with gaps together.

    Common words are a part of hundreds of phrases, and hardly any of these is there as a whole. So
    each phrase is one bit of a number, and what begins is set against what follows before a single
    phrase is looked at.

    Args:
        phrases: Signal of each phrase, and how many words are allowed in each of its gaps.
    """

    def __init__(self, phrases: Sequence[tuple[str, Sequence[int]]]) -> None:
        self._phrases = phrases
        self._bit = [1 << phrase for phrase in range(len(phrases))]

    def words(self, signals: Iterable[str], parts: Iterable[tuple[int, int]]) -> _Words:
        """Return what words mean that are these parts of phrases: number of phrase, and place."""
        bits: dict[int, int] = defaultdict(int)
        for phrase, place in parts:
            bits[place] |= self._bit[phrase]
        return _words(signals, bits)

    def together(self, several: Sequence[_Words]) -> _Words:
        """Return what words mean that mean all this at once."""
        bits: dict[int, int] = defaultdict(int)
        for words in several:
            for place, of_place in words.parts:
                bits[place] |= of_place
        return _words(dict.fromkeys(signal for words in several for signal in words.signals), bits)

    def signals_of(self, words: _Words) -> Iterator[str]:
        """Yield the signal of each part of a phrase that these words are."""
        for _, bits in words.parts:
            for phrase in self._in(bits):
                yield self._phrases[phrase][0]

    def _in(self, bits: int) -> Iterator[int]:
        """Yield the numbers of the phrases whose bits are set."""
        bit = self._bit
        while bits:
            phrase = bits.bit_length() - 1
            bits ^= bit[phrase]
            yield phrase

    def find(
        self, by_clause: Iterable[_Parts], clauses: Sequence[int], negators: Sequence[int]
    ) -> Iterator[tuple[str, Iterable[_Range]]]:
        """Yield signals with the ranges of their phrases that are put together from the parts."""
        for likely, found in by_clause:
            yield from self._joined(likely, found, clauses, negators)

    def _joined(
        self, likely: int, found: Sequence[_Hit], clauses: Sequence[int], negators: Sequence[int]
    ) -> Iterator[tuple[str, Iterable[_Range]]]:
        bit = self._bit
        places: dict[tuple[int, int], list[_Range]] = defaultdict(list)  # by place and phrase
        for first, last, (_, gapped, _, _, parts) in found:
            if gapped & likely:
                for place, bits in parts:
                    common = bits & likely
                    while common:  # as ``_in`` goes through them, without a step in and out of it
                        phrase = common.bit_length() - 1
                        common ^= bit[phrase]
                        places[place, phrase].append((first, last))
        for phrase in self._in(likely):
            signal, gaps = self._phrases[phrase]
            further = [places[1, phrase]]
            if len(gaps) > 1:
                further += [places.get((at, phrase), []) for at in range(2, len(gaps) + 1)]
                if not all(further):
                    continue
            yield signal, _join(places[0, phrase], further, gaps, clauses, negators)


def _words(signals: Iterable[str], bits: Mapping[int, int]) -> _Words:
    return _Words(
        tuple(signals),
        reduce(or_, bits.values(), 0),
        bits.get(0, 0),
        bits.get(1, 0),
        tuple(bits.items()),
    )


class SignalMatcher:
    """The signals of one rule set, ready to be found.

    Args:
        ruleset: Gives signals and lexicon.
        normalizer: Brings phrases into the standard form that documents are read in.
        book: Where the lexicon is written, to be found in one walk with what others look for; None
            for a book of its own.
    """

    def __init__(
        self, ruleset: RuleSet, normalizer: Normalizer, book: Phrasebook | None = None
    ) -> None:
        classes = dict.fromkeys(
            (normalizer.words(" ".join(words)), f"<{{{name}}}>")
            for name, phrases in ruleset.lexicon.items()
            for phrase in phrases
            for words in expand(phrase).parts[0]
        )
        self._word_classes: dict[str, list[str]] = defaultdict(list)
        for words, slot in classes:
            if len(words) == 1:
                self._word_classes[words[0]].append(slot)
        self._classes: Phrases[str] = (book or Phrasebook()).add(
            (words, slot) for words, slot in classes if len(words) > 1
        )
        wholes: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        parts: dict[tuple[str, ...], set[tuple[int, int]]] = defaultdict(set)
        gapped: list[tuple[str, Sequence[int]]] = []
        for signal, definition in ruleset.signals.items():
            for template in map(factored, definition.phrases):
                for place, choices in enumerate(template.parts):
                    for choice in choices:
                        words = normalizer.words(" ".join(choice))
                        if template.gaps:
                            parts[words].add((len(gapped), place))
                        else:
                            wholes[words][signal] = None
                if template.gaps:
                    gapped.append((signal, template.gaps))
        self._negators = frozenset(
            word for word in ruleset.stance.negators if len(word.split()) == 1
        )
        self._gapped = _Gapped(gapped)
        self._phrases: PhraseTrie[_Words] = PhraseTrie(
            fills=self._filled_by, merge=self._gapped.together
        )
        for words in dict.fromkeys((*wholes, *parts)):
            meaning = self._gapped.words(wholes.get(words, ()), parts.get(words, ()))
            self._phrases.add(words, meaning)
        used = {word for words in (*wholes, *parts) for word in words}
        self._slots = {kind: tuple(slots & used) for kind, slots in _SLOTS_OF.items()}
        self._patterns = _Patterns(
            (signal, pattern)
            for signal, definition in ruleset.signals.items()
            for pattern in definition.patterns
        )

    def find(self, document: Document, facts: Sequence[FactBase]) -> tuple[Evidence, ...]:
        """Return where the signals stand, in text order; stances are not judged yet."""
        tokens = document.tokens
        hits: dict[str, list[_Range]] = defaultdict(list)
        found = self._phrases.find(document, self._slot_table(document, facts))
        wholes, parts = _sorted_out(found, document.clauses)
        for first, last, (signals, _, _, _, _) in wholes:
            for signal in signals:
                hits[signal].append((first, last))
        if parts:
            negators = document.where(self._negators)
            for signal, ranges in self._gapped.find(parts, document.clauses, negators):
                hits[signal].extend(ranges)
        evidence: list[Evidence] = []
        for signal, ranges in hits.items():
            for first, last in ranges if len(ranges) < 2 else _longest(ranges):
                span = _as_span(Span, (tokens[first].start, tokens[last - 1].end))
                folds = _folds(tokens[first:last]) if document.folded else ()
                fields = ("signal", signal, span, Stance.ASSERTED, folds)
                evidence.append(_as_evidence(Evidence, fields))
        evidence.extend(
            Evidence(source="signal", name=signal, span=span)
            for signal, span in self._patterns.find(document)
        )
        if document.folded:
            evidence.extend(_hidden(evidence, tokens))
        evidence.sort(key=_in_text_order)
        return tuple(evidence)

    def work(self, document: Document, facts: Sequence[FactBase]) -> Counter[str]:
        """Return, by signal, how many phrases, parts of phrases and patterns hit in a document.

        It is what the matcher handles for a signal, whether or not anything comes of it: the same
        on every computer, as times are not.
        """
        handled: Counter[str] = Counter()
        for _, _, words in self._phrases.find(document, self._slot_table(document, facts)):
            handled.update(words.signals)
            handled.update(self._gapped.signals_of(words))
        handled.update(signal for signal, _ in self._patterns.find(document))
        return handled

    def _filled_by(self, forms: tuple[str, ...]) -> Iterable[str]:
        """Return the slots that a word of these readings fills alone."""
        if forms[0][:1].isdigit():
            yield "<number>"
        for form in forms:
            yield from self._word_classes.get(form, ())

    def _slot_table(
        self, document: Document, facts: Sequence[FactBase]
    ) -> dict[int, list[tuple[str, int]]]:
        table: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for first, last, name in self._classes.find(document):
            table[first].append((name, last))
        starts = document.starts
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

    def __reduce__(self) -> tuple[type[_Patterns], tuple[list[tuple[str, str]]]]:
        # Compiled patterns do not pickle; what they were written as does.
        return _Patterns, ([(signal, pattern.pattern) for signal, pattern in self._patterns],)


def lower_same_length(text: str) -> str:
    """Return ``text`` in lower case, character for character ('İ' alone would grow)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _sorted_out(found: Sequence[_Hit], clauses: Iterable[int]) -> tuple[list[_Hit], list[_Parts]]:
    """Return what is a whole phrase among ``found``, and the parts, clause by clause.

    No phrase reaches over the border of a clause. A clause in which no second part stands behind a
    first one is left out. Where a part reaches over a border (an amount that goes on in the next
    line), the text is one clause.
    """
    wholes: list[_Hit] = []
    by_clause: list[_Parts] = []
    borders = iter((*clauses, sys.maxsize))
    border = -1
    begun = likely = 0
    parts: list[_Hit] = []
    for hit in found:
        first, last, (signals, gapped, begins, follows, _) = hit
        if signals:
            wholes.append(hit)
        if not gapped:
            continue
        if first >= border:
            if likely:
                by_clause.append((likely, parts))
            begun = likely = 0
            parts = []
            while first >= border:
                border = next(borders)
        if last > border:
            return _sorted_out(found, ())
        if follows:
            likely |= follows & begun
        if begins:
            begun |= begins
        parts.append(hit)
    if likely:
        by_clause.append((likely, parts))
    return wholes, by_clause


def _join(
    begins: Iterable[_Range],
    further: Iterable[Sequence[_Range]],
    gaps: Iterable[int],
    clauses: Sequence[int],
    negators: Sequence[int],
) -> Iterable[_Range]:
    """Return the ranges of a phrase whose parts stand in order, each within its gap.

    Args:
        begins: Where its first part stands.
        further: Where its second part stands, its third, …; in text order.
        gaps: How many words may stand before the second part, the third, ….
        clauses: Where clauses start, in order.
        negators: Where words stand that turn round what follows: no gap holds one.
    """
    reached = set(begins)
    for ranges, gap in zip(further, gaps, strict=True):
        joined: set[_Range] = set()
        for first, end in reached:
            near = (
                ranges
                if len(ranges) <= _FEW
                else ranges[bisect_left(ranges, (end,)) : bisect_left(ranges, (end + gap + 1,))]
            )
            for start, last in near:
                if start > end + gap:
                    break
                if (
                    start >= end
                    and bisect_left(clauses, end) == bisect_right(clauses, start)
                    and bisect_left(negators, end) == bisect_left(negators, start)
                ):
                    joined.add((first, last))
        if not joined:
            return ()
        reached = joined
    return reached


def _longest(ranges: Sequence[_Range]) -> Sequence[_Range]:
    """Return the ranges without those that overlap a longer (or earlier) one."""
    kept: list[_Range] = []
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
    spans = sorted(item.span for item in evidence)
    starts = [span.start for span in spans]
    ends = list(accumulate((span.end for span in spans), max))
    hidden: dict[Span, tuple[Fold, ...]] = {}
    for token in tokens:
        if token.folds and not HIDING.isdisjoint(token.folds):
            before = bisect_left(starts, token.end)
            if before and ends[before - 1] > token.start:
                hidden[Span(token.start, token.end)] = token.folds
    return [
        Evidence(source="signal", name=HIDDEN_WRITING, span=span, folds=folds)
        for span, folds in hidden.items()
    ]
