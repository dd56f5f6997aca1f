"""Tells an asserted mention from one that is negated, warned of, quoted or reported."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from offer_screen.results import Evidence, FactBase, Span, Stance
from offer_screen.rules.schema import StanceFile
from offer_screen.rules.templates import expand
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import PhraseTrie

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

    def __init__(self, stance: StanceFile, normalizer: Normalizer) -> None:
        self._window = stance.window
        self._trie: PhraseTrie[str] = PhraseTrie()
        for role in ("negators", "denials", "warners", "reporters"):
            for phrase in getattr(stance, role):
                for words in expand(phrase).parts[0]:
                    self._trie.add(normalizer.words(" ".join(words)), role)

    def judge(
        self,
        document: Document,
        evidence: Sequence[Evidence],
        facts: Sequence[FactBase],
    ) -> tuple[tuple[Evidence, ...], tuple[FactBase, ...]]:
        """Return evidence and facts, each with the stance of the text to it."""
        found: dict[str, list[tuple[int, int]]] = {
            "negators": [],
            "denials": [],
            "warners": [],
            "reporters": [],
        }
        for first, last, role in self._trie.find(document):
            found[role].append((first, last))
        if not any(found.values()):
            return tuple(evidence), tuple(facts)
        cues = _Cues(*(tuple(ranges) for ranges in found.values()))
        reader = _Reader(document, cues, self._window, [item.span for item in evidence])
        return (
            tuple(reader.judged(item) for item in evidence),
            tuple(reader.judged(fact) for fact in facts),
        )


class _Reader:
    """The stances of one document."""

    def __init__(self, document: Document, cues: _Cues, window: int, spans: Sequence[Span]) -> None:
        self._document = document
        self._cues = cues
        self._window = window
        self._spans = spans
        self._starts = [token.start for token in document.tokens]
        self._clauses = [
            index for index, token in enumerate(document.tokens) if token.starts_clause
        ]

    def judged(self, mention: Mention) -> Mention:
        stance = self._stance(mention.span)
        if stance is mention.stance:
            return mention
        return mention.model_copy(update={"stance": stance})

    def _stance(self, span: Span) -> Stance:
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_left(self._starts, span.end)
        if first < 0 or last <= first:
            return Stance.ASSERTED
        at = bisect_right(self._clauses, first) - 1
        clause = self._clauses[at] if at >= 0 else 0
        end = self._clauses[at + 1] if at + 1 < len(self._clauses) else len(self._starts)
        if self._negated(first, last, end, span):
            return Stance.NEGATED
        speaks = Stance.ASSERTED
        if any(clause <= cue[0] and cue[1] <= first for cue in self._cues.warners):
            speaks = Stance.WARNED
        elif any(
            clause <= cue[0] < end and not first <= cue[0] < last for cue in self._cues.reporters
        ):
            speaks = Stance.REPORTED
        if speaks is not Stance.ASSERTED and any(
            quote.start <= span.start and span.end <= quote.end for quote in self._document.quotes
        ):
            return Stance.QUOTED
        return speaks

    def _negated(self, first: int, last: int, end: int, span: Span) -> bool:
        tokens = self._document.tokens
        original = self._document.original
        for begin, stop in self._cues.negators:
            if stop <= first and first - stop < self._window:
                between = original[tokens[stop - 1].end : span.start]
                if (
                    _STOPS.isdisjoint(between)
                    and not any(tokens[at].starts_clause for at in range(stop, first + 1))
                    and not self._spent(Span(tokens[begin].start, tokens[stop - 1].end), span)
                ):
                    return True
        for begin, _ in self._cues.denials:
            if last <= begin < min(end, last + self._window):
                between = original[tokens[last - 1].end : tokens[begin].start]
                if _STOPS.isdisjoint(between.replace(":", "")):
                    return True
        return False

    def _spent(self, negator: Span, span: Span) -> bool:
        """Tell whether the negator belongs to another signal ('tanpa pengalaman gaji besar')."""
        return any(
            other.start <= negator.start
            and negator.end <= other.end
            and (other.end <= span.start or span.end <= other.start)
            for other in self._spans
        )
