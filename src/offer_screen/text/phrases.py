"""A trie over words: finds thousands of phrases in one walk of a document.

Written here because what it must do is the heart of this library: every token may have several
readings, a phrase may hold places that a class or a fact fills, and matches are token ranges, so
that word borders and offsets come for free. It needs no vocabulary that grows with use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from offer_screen.text.document import Document

P = TypeVar("P")

SLOT_OPEN = "<"
"""A phrase word that starts with this names a slot, such as ``<money>`` or ``<{pay}>``."""

ANY = f"{SLOT_OPEN}any>"
"""The slot that any token fills."""

Slots = Mapping[int, Sequence[tuple[str, int]]]
"""For a token index: the slots that are filled from there on, each with the index one past the
last token."""

_NO_SLOTS: Slots = {}


class _Node(dict[str, "_Node"]):
    """What may come next, and the payloads of the phrases that end here.

    One small object a node: what a walk costs is the memory that it touches.
    """

    __slots__ = ("payloads",)

    def __init__(self) -> None:
        self.payloads: tuple[Any, ...] = ()


class PhraseTrie(Generic[P]):
    """Phrases, each with a payload.

    >>> from offer_screen.text.normalizer import Normalizer
    >>> trie = PhraseTrie([(("gaji", "besar"), "big-pay")])
    >>> trie.find(Normalizer({}, frozenset()).read("Kerja gaji besar"))
    [(1, 3, 'big-pay')]
    """

    __slots__ = ("_any", "_root")

    def __init__(self, phrases: Iterable[tuple[Sequence[str], P]] = ()) -> None:
        self._root = _Node()
        self._any = False
        for words, payload in phrases:
            self.add(words, payload)

    def add(self, words: Sequence[str], payload: P) -> None:
        """Add one phrase; adding the same phrase twice keeps both payloads."""
        if not words:
            raise ValueError("a phrase has at least one word")
        node = self._root
        for word in words:
            child = node.get(word)
            if child is None:
                child = node[word] = _Node()
            node = child
        node.payloads += (payload,)
        self._any |= ANY in words

    def find(self, document: Document, slots: Slots = _NO_SLOTS) -> list[tuple[int, int, P]]:
        """Return ``(first, last, payload)`` for every phrase, ``last`` one past its last token.

        Overlapping and nested phrases are all found; none reaches into a new clause.

        Args:
            document: Where to look.
            slots: Slots that are filled; ``<any>`` need not be among them.
        """
        found: list[tuple[int, int, P]] = []
        stack: list[tuple[_Node, int]] = []
        tokens = document.tokens
        count = len(tokens)
        root = self._root
        for first in self._starts(document, slots):
            node, at = root, first
            while True:
                for form in tokens[at].forms:
                    if form in node:
                        stack.append((node[form], at + 1))  # noqa: PERF401  (hits are rare)
                if at in slots:
                    for name, last in slots[at]:
                        if name in node:
                            stack.append((node[name], last))
                if self._any and ANY in node:
                    stack.append((node[ANY], at + 1))
                while stack:
                    node, at = stack.pop()
                    for payload in node.payloads:
                        found.append((first, at, payload))  # noqa: PERF401
                    if node and at < count and not tokens[at].starts_clause:
                        break
                else:
                    break
        return found

    def _starts(self, document: Document, slots: Slots) -> list[int]:
        """Return the tokens at which a phrase may begin, in order."""
        if ANY in self._root:
            return list(range(len(document.tokens)))
        places = document.places
        starts = {index for word in self._root.keys() & places.keys() for index in places[word]}
        starts.update(slots)
        return sorted(starts)
