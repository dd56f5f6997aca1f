"""A text, read: its words with their standard forms, each tied to the original characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from offer_screen.values import Fold, Span


class Token(NamedTuple):
    """One word, number or symbol.

    A short form that stands for several words ('lgsg2' → two words) becomes several tokens with
    the same span. Punctuation that only separates is not a token.

    Attributes:
        text: The cleaned surface, case kept.
        norm: Standard form, lower case.
        forms: All readings, ``norm`` first ('no': nomor, no).
        start: First character in the original text.
        end: One past the last character in the original text.
        folds: What had to be undone to read it; empty for plain writing.
        starts_clause: A sentence, bullet or blank line ends just before it: phrases do not
            reach across.
    """

    text: str
    norm: str
    forms: tuple[str, ...]
    start: int
    end: int
    folds: tuple[Fold, ...] = ()
    starts_clause: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A text with everything the later stages need to read it.

    Attributes:
        original: The text as it came.
        cleaned: Unicode-cleaned text, case kept: what patterns are read on (lower-cased).
        offsets: ``offsets[i]`` is the original index of ``cleaned[i]``; one more entry at the end.
        ends: ``ends[i]`` is one past the original index of ``cleaned[i]``.
        tokens: The words in order.
        quotes: Spans (original) between paired quotation marks, marks excluded.
        starts: Where each token starts.
        forms: The readings of each token.
        places: For each reading of a token, the indexes of the tokens that have it, in order: who
            looks for certain words need not walk the text.
        unlettered: The indexes of the tokens that are not all letters, in order.
        numbers: The indexes of the tokens that begin with a digit, in order.
        clauses: The indexes of the tokens that start a clause, in order.
        folded: Something had to be undone to read a token.
        found: What was looked for already, by who looks for it.
    """

    original: str
    cleaned: str
    offsets: tuple[int, ...] | range
    ends: tuple[int, ...] | range
    tokens: tuple[Token, ...]
    quotes: tuple[Span, ...] = ()
    starts: Sequence[int] = field(init=False, repr=False, compare=False)
    forms: Sequence[tuple[str, ...]] = field(init=False, repr=False, compare=False)
    places: Mapping[str, Sequence[int]] = field(init=False, repr=False, compare=False)
    unlettered: Sequence[int] = field(init=False, repr=False, compare=False)
    numbers: Sequence[int] = field(init=False, repr=False, compare=False)
    clauses: Sequence[int] = field(init=False, repr=False, compare=False)
    folded: bool = field(init=False, repr=False, compare=False)
    found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _, norms, readings, starts, _, folds, opens = (
            zip(*self.tokens, strict=True) if self.tokens else [()] * 7
        )
        places: dict[str, list[int]] = {}
        for index, forms in enumerate(readings):
            for form in forms:
                if form in places:
                    places[form].append(index)
                else:
                    places[form] = [index]
        unlettered = [index for index, norm in enumerate(norms) if not norm.isalpha()]
        clauses = [index for index, starts_clause in enumerate(opens) if starts_clause]
        numbers = [index for index in unlettered if readings[index][0][:1].isdigit()]
        folded = any(folds)
        set_field = object.__setattr__
        set_field(self, "starts", starts)
        set_field(self, "forms", readings)
        set_field(self, "places", places)
        set_field(self, "unlettered", unlettered)
        set_field(self, "numbers", numbers)
        set_field(self, "clauses", clauses)
        set_field(self, "folded", folded)

    def where(self, words: frozenset[str]) -> list[int]:
        """Return the indexes of the tokens with a reading among ``words``, in order."""
        places = self.places
        # Each of the two goes through what stands on its right, or what is handed to it.
        found = places.keys() & words if len(words) < len(places) else words.intersection(places)
        return sorted({index for word in found for index in places[word]}) if found else []

    def span_of(self, start: int, end: int) -> Span:
        """Return the original span of ``cleaned[start:end]``; ``start < end``."""
        return Span(self.offsets[start], self.ends[end - 1])

    def cleaned_between(self, start: int, end: int) -> str:
        """Return the cleaned text of the original span: '&#59;' is no semicolon of a sentence."""
        if isinstance(self.offsets, range):
            return self.cleaned[start:end]
        return self.cleaned[bisect_left(self.offsets, start) : bisect_left(self.offsets, end)]

    def span_of_tokens(self, first: int, last: int) -> Span:
        """Return the original span from token ``first`` up to, not with, token ``last``."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)
