"""A trie over words: finds thousands of phrases in one walk of a document.

Written here because what it must do is the heart of this library: every token may have several
readings, a phrase may hold places that a class or a fact fills, and matches are token ranges, so
that word borders and offsets come for free. It needs no vocabulary that grows with use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from offer_screen.text.document import Document

P = TypeVar("P")

SLOT_OPEN = "<"
"""A phrase word that starts with this names a slot, such as ``<money>`` or ``<{pay}>``."""

ANY, NUMBER = f"{SLOT_OPEN}any>", f"{SLOT_OPEN}number>"
"""The slots that any token fills, and any that begins with a digit."""

Slots = Mapping[int, Sequence[tuple[str, int]]]
"""For a token index: the other slots that are filled from there on, each with the index one past
the last token."""

_NO_SLOTS: Slots = {}


class _Node(NamedTuple, Generic[P]):
    words: dict[str, _Node[P]]
    slots: dict[str, _Node[P]]
    payloads: list[P]


class PhraseTrie(Generic[P]):
    """Phrases, each with a payload.

    >>> from offer_screen.text.normalizer import Normalizer
    >>> trie = PhraseTrie([(("gaji", "besar"), "big-pay")])
    >>> trie.find(Normalizer({}, frozenset()).read("Kerja gaji besar"))
    [(1, 3, 'big-pay')]
    """

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[tuple[Sequence[str], P]] = ()) -> None:
        self._root: _Node[P] = _Node({}, {}, [])
        for words, payload in phrases:
            self.add(words, payload)

    def add(self, words: Sequence[str], payload: P) -> None:
        """Add one phrase; adding the same phrase twice keeps both payloads."""
        if not words:
            raise ValueError("a phrase has at least one word")
        node = self._root
        for word in words:
            edges = node.slots if word.startswith(SLOT_OPEN) else node.words
            child = edges.get(word)
            if child is None:
                child = edges[word] = _Node({}, {}, [])
            node = child
        node.payloads.append(payload)

    def find(self, document: Document, slots: Slots = _NO_SLOTS) -> list[tuple[int, int, P]]:
        """Return ``(first, last, payload)`` for every phrase, ``last`` one past its last token.

        Overlapping and nested phrases are all found; none reaches into a new clause.
        """
        found: list[tuple[int, int, P]] = []
        stack: list[tuple[_Node[P], int]] = []
        tokens = document.tokens
        count = len(tokens)
        root_words, root_slots, _ = self._root
        numbers = frozenset(document.numbers)
        open_root = ANY in root_slots
        for first in self._starts(document, slots):
            for form in tokens[first].forms:
                if form in root_words:
                    stack.append((root_words[form], first + 1))  # noqa: PERF401  (hits are rare)
            if root_slots and (first in slots or first in numbers or open_root):
                _follow_slots(root_slots, first, slots, numbers, stack)
            while stack:
                (words, further, payloads), at = stack.pop()
                for payload in payloads:
                    found.append((first, at, payload))  # noqa: PERF401
                if not (words or further) or at == count:
                    continue
                token = tokens[at]
                if token.starts_clause:
                    continue
                for form in token.forms:
                    if form in words:
                        stack.append((words[form], at + 1))  # noqa: PERF401
                if further and (at in slots or at in numbers or ANY in further):
                    _follow_slots(further, at, slots, numbers, stack)
        return found

    def _starts(self, document: Document, slots: Slots) -> list[int]:
        """Return the tokens at which a phrase may begin, in order."""
        words, further, _ = self._root
        if ANY in further:
            return list(range(len(document.tokens)))
        places = document.places
        starts = {index for word in words.keys() & places.keys() for index in places[word]}
        if further:
            starts.update(slots)
            if NUMBER in further:
                starts.update(at for form in places if form[:1].isdigit() for at in places[form])
        return sorted(starts)


def _follow_slots(
    edges: Mapping[str, _Node[P]],
    at: int,
    slots: Slots,
    numbers: frozenset[int],
    stack: list[tuple[_Node[P], int]],
) -> None:
    """Put on the stack what those slots lead to that are filled from token ``at`` on."""
    if at in slots:
        for name, last in slots[at]:
            if name in edges:
                stack.append((edges[name], last))
    if NUMBER in edges and at in numbers:
        stack.append((edges[NUMBER], at + 1))
    if ANY in edges:
        stack.append((edges[ANY], at + 1))
