"""Looks names up in a document: of names that overlap, the leftmost longest counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from offer_screen.text.document import Document
from offer_screen.text.phrases import Phrasebook, Phrases

P = TypeVar("P")

MOST_MENTIONS = 50
"""Facts of one kind that are kept of a text; what comes later repeats what was said."""


class Gazetteer(Generic[P]):
    """Names, each with what it stands for.

    Args:
        names: Standard words of each name with its payload; where two names are the same, the
            first counts.
        book: Where the names are written, to be found in one walk with all that it holds.
    """

    __slots__ = ("_names",)

    def __init__(
        self, names: Iterable[tuple[Sequence[str], P]], book: Phrasebook | None = None
    ) -> None:
        distinct: dict[tuple[str, ...], P] = {}
        for words, payload in names:
            distinct.setdefault(tuple(words), payload)
        distinct.pop((), None)
        self._names: Phrases[P] = (book or Phrasebook()).add(distinct.items())

    def find(self, document: Document) -> list[tuple[int, int, P]]:
        """Return ``(first, last, payload)`` of the names, in order, none overlapping."""
        out: list[tuple[int, int, P]] = []
        best: tuple[int, int, P] | None = None
        for hit in self._names.find(document):
            if best is None or (hit[0] == best[0] and hit[1] > best[1]):
                best = hit
            elif hit[0] >= best[1]:
                out.append(best)
                best = hit
        if best is not None:
            out.append(best)
        return out
