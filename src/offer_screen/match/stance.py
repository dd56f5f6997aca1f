"""Tells an asserted mention from one that is negated, warned of, quoted or reported."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from offer_screen.facts import FactBase
from offer_screen.match.signals import HIDDEN_WRITING
from offer_screen.results import Evidence
from offer_screen.rules.schema import StanceFile
from offer_screen.rules.templates import expand
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook, Phrases
from offer_screen.values import Span, Stance

Mention = TypeVar("Mention", Evidence, FactBase)

_STOPS = frozenset(",;:()\n/|&+")
"""Marks that end the reach of a negator."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """Token ranges of the cue words of a document, and the clause of every token."""

    negators: tuple[tuple[int, int], ...]
    denials: tuple[tuple[int, int], ...]
    warners: tuple[tuple[int, int], ...]
    reporters: tuple[tuple[int, int], ...]


class StanceJudge:
    """Judges stances by the cue words of ``stance.yaml``."""

    def __init__(
        self, stance: StanceFile, normalizer: Normalizer, book: Phrasebook | None = None
    ) -> None:
        self._window = stance.window
        self._reach = stance.reach
        self._joiners = frozenset(stance.joiners)
        self._cues: Phrases[str] = (book or Phrasebook()).add(
            (normalizer.words(" ".join(words)), role)
            for role in ("negators", "denials", "warners", "reporters")
            for phrase in getattr(stance, role)
            for words in expand(phrase).parts[0]
        )

    def judge(
        self,
        document: Document,
        evidence: Sequence[Evidence],
        facts: Sequence[FactBase],
    ) -> tuple[tuple[Evidence, ...], tuple[FactBase, ...]]:
        """Return evidence and facts, as yet asserted, each with the stance of the text to it."""
        found: dict[str, list[tuple[int, int]]] = {
            "negators": [],
            "denials": [],
            "warners": [],
            "reporters": [],
        }
        for first, last, role in self._cues.find(document):
            found[role].append((first, last))
        if not any(found.values()):
            return tuple(evidence), tuple(facts)
        cues = _Cues(*(tuple(sorted(ranges)) for ranges in found.values()))
        # A word written so as to hide it is no signal that a negator could belong to.
        spans = [item.span for item in evidence if item.name != HIDDEN_WRITING]
        reader = _Reader(document, cues, self._window, self._reach, self._joiners, spans)
        borders, cued = reader.borders, reader.cued
        # Most mentions stand in a clause without a cue, and are done with here.
        return (
            tuple(
                [
                    reader.judged(item)
                    if bisect_right(borders, item.span.start) - 1 in cued
                    else item
                    for item in evidence
                ]
            ),
            tuple(
                [
                    reader.judged(fact)
                    if bisect_right(borders, fact.span.start) - 1 in cued
                    else fact
                    for fact in facts
                ]
            ),
        )


class _Reader:
    """The stances of one document.

    Attributes:
        borders: Where clauses start.
        cued: Numbers of the clauses that hold a cue: it speaks of its own clause alone.
    """

    def __init__(
        self,
        document: Document,
        cues: _Cues,
        window: int,
        reach: int,
        joiners: frozenset[str],
        spans: Sequence[Span],
    ) -> None:
        self._document = document
        self._cues = cues
        self._window = window
        self._reach = reach
        self._joiners = joiners
        self._starts = document.starts
        self._clauses = document.clauses
        self.borders = [self._starts[first] for first in self._clauses]
        self.cued = {
            bisect_right(self._clauses, first) - 1
            for ranges in (cues.negators, cues.denials, cues.warners, cues.reporters)
            for first, _ in ranges
        }
        self._longest = max((last - first for first, last in cues.negators), default=0)
        self._spans = sorted(spans)
        self._widest = max((last - first for first, last in spans), default=0)
        quotes = sorted(document.quotes)
        self._quotes = [quote.start for quote in quotes]
        self._quoted_to = list(accumulate((quote.end for quote in quotes), max))

    def judged(self, mention: Mention) -> Mention:
        stance = self._stance(mention.span)
        if stance is mention.stance:
            return mention
        return mention.with_stance(stance)

    def _stance(self, span: Span) -> Stance:
        at = bisect_right(self.borders, span.start) - 1
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_left(self._starts, span.end)
        if first < 0 or last <= first:
            return Stance.ASSERTED
        # A short form of several words ('gausah') is several tokens with one start.
        first = bisect_left(self._starts, self._starts[first])
        clause = self._clauses[at] if at >= 0 else 0
        end = self._clauses[at + 1] if at + 1 < len(self._clauses) else len(self._starts)
        if self._negated(first, last, end, span):
            return Stance.NEGATED
        speaks = Stance.ASSERTED
        cues = self._cues
        # One word of warning does not make a warning of whatever a long sentence says after it.
        nearest = max(clause, first - self._reach)
        # Hardly any text holds cues of all sorts.
        if cues.warners and any(stop <= first for _, stop in _within(cues.warners, nearest, first)):
            speaks = Stance.WARNED
        elif cues.reporters and any(
            not first <= begin < last
            for begin, _ in _within(cues.reporters, nearest, min(end, last + self._reach))
        ):
            speaks = Stance.REPORTED
        if speaks is not Stance.ASSERTED and self._in_quotes(span):
            return Stance.QUOTED
        return speaks

    def _in_quotes(self, span: Span) -> bool:
        begun = bisect_right(self._quotes, span.start)
        return begun > 0 and span.end <= self._quoted_to[begun - 1]

    def _negated(self, first: int, last: int, end: int, span: Span) -> bool:
        tokens = self._document.tokens
        reach = self._window + self._longest
        for begin, stop in _within(self._cues.negators, first - reach, first):
            if stop <= first and first - stop < self._window:
                between = self._document.cleaned_between(tokens[stop - 1].end, span.start)
                if (
                    _STOPS.isdisjoint(between)
                    and not any(tokens[at].starts_clause for at in range(stop, first + 1))
                    and not self._spent(begin, stop, span)
                ):
                    return True
        denials = self._cues.denials
        for begin, _ in denials and _within(denials, last, min(end, last + self._window)):
            between = self._document.cleaned_between(tokens[last - 1].end, tokens[begin].start)
            if (
                _STOPS.isdisjoint(between.replace(":", ""))
                and tokens[begin - 1].norm not in self._joiners
            ):
                return True
        return False

    def _spent(self, begin: int, stop: int, span: Span) -> bool:
        """Tell whether the negator belongs to another signal ('tanpa pengalaman gaji besar')."""
        start, end = self._starts[begin], self._document.tokens[stop - 1].end
        near = _within(self._spans, start - self._widest, start + 1)
        return any(
            start < last and end <= last and (last <= span.start or span.end <= first)
            for first, last in near
        )


def _within(ranges: Sequence[tuple[int, int]], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield those of the ``ranges``, in order of their starts, that start in ``[first, end)``."""
    # Not a slice: one clause may hold all the cues of a long text, and mostly the first decides.
    chosen = range(bisect_left(ranges, (first,)), bisect_left(ranges, (end,)))
    return map(ranges.__getitem__, chosen)
