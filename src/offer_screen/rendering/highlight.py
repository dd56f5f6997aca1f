"""Cuts a text where evidence begins and ends, so that overlapping evidence can be marked."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from offer_screen.values import Span


class Segment(NamedTuple):
    """A run of the text that one and the same set of marks covers.

    Attributes:
        start: First character.
        end: One past the last character.
        marks: Keys of the marks that cover the run, ascending; empty for plain text.
        ends: Those of ``marks`` that end where the run ends.
    """

    start: int
    end: int
    marks: tuple[int, ...]
    ends: tuple[int, ...]


def merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the fewest spans that cover the same characters, in order; empty spans vanish."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1].end:
            if end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, end)
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def segment(length: int, marks: Sequence[tuple[int, Span]]) -> tuple[Segment, ...]:
    """Cut ``[0, length)`` into runs with the same marks.

    The runs follow each other without gap or overlap and cover the whole text. Spans that reach
    beyond the text are cut to it. Spans of one key may overlap each other.
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for key, (start, end) in marks:
        first, last = max(0, start), min(length, end)
        if first < last:
            opening.setdefault(first, []).append(key)
            closing.setdefault(last, []).append(key)
    borders = sorted({0, length, *opening, *closing})
    active: Counter[int] = Counter()
    runs: list[Segment] = []
    for start, end in itertools.pairwise(borders):
        active.update(opening.get(start, ()))
        covering = tuple(sorted(active))
        for key in closing.get(end, ()):
            active[key] -= 1
            if not active[key]:
                del active[key]
        starting = opening.get(end, ())
        ends = tuple(key for key in covering if key not in active and key not in starting)
        runs.append(Segment(start, end, covering, ends))
    return tuple(runs)
