"""A trie over words: finds thousands of phrases in one walk of a document.

Written here because what it must do is the heart of this library: every token may have several
readings, a phrase may hold places that a class or a fact fills, and matches are token ranges, so
that word borders and offsets come for free. It needs no vocabulary that grows with use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from offer_screen.text.document import Token

P = TypeVar("P")

SLOT_OPEN = "<"
"""A phrase word that starts with this names a slot, such as ``<money>`` or ``<{pay}>``."""

Slots = Mapping[int, Sequence[tuple[str, int]]]
"""For a token index: the slots that start there, each with the index one past its last token."""

_NO_SLOTS: Slots = {}


class _Node(Generic[P]):
    __slots__ = ("payloads", "slots", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node[P]] = {}
        self.slots: dict[str, _Node[P]] = {}
        self.payloads: list[P] = []


class PhraseTrie(Generic[P]):
    """Phrases, each with a payload.

    >>> from offer_screen.text.document import Token
    >>> trie = PhraseTrie([(("gaji", "besar"), "big-pay")])
    >>> words = [Token(w, w, (w,), 0, 1) for w in "kerja gaji besar".split()]
    >>> trie.find(words)
    [(1, 3, 'big-pay')]
    """

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[tuple[Sequence[str], P]] = ()) -> None:
        self._root: _Node[P] = _Node()
        for words, payload in phrases:
            self.add(words, payload)

    def add(self, words: Sequence[str], payload: P) -> None:
        """Add one phrase; adding the same phrase twice keeps both payloads."""
        if not words:
            raise ValueError("a phrase has at least one word")
        node = self._root
        for word in words:
            edges = node.slots if word.startswith(SLOT_OPEN) else node.words
            node = edges.setdefault(word, _Node())
        node.payloads.append(payload)

    def find(self, tokens: Sequence[Token], slots: Slots = _NO_SLOTS) -> list[tuple[int, int, P]]:
        """Return ``(first, last, payload)`` for every phrase, ``last`` one past its last token.

        Overlapping and nested phrases are all found; none reaches into a new clause.
        """
        found: list[tuple[int, int, P]] = []
        stack: list[tuple[_Node[P], int]] = []
        root_words, root_slots = self._root.words, self._root.slots
        count = len(tokens)
        for first, token in enumerate(tokens):
            for form in token.forms:
                if form in root_words:
                    stack.append((root_words[form], first + 1))  # noqa: PERF401  (hits are rare)
            if root_slots and first in slots:
                for name, last in slots[first]:
                    if name in root_slots:
                        stack.append((root_slots[name], last))
            while stack:
                node, at = stack.pop()
                for payload in node.payloads:
                    found.append((first, at, payload))  # noqa: PERF401
                if at < count and not tokens[at].starts_clause:
                    words, further = node.words, node.slots
                    if words:
                        for form in tokens[at].forms:
                            if form in words:
                                stack.append((words[form], at + 1))  # noqa: PERF401
                    if further and at in slots:
                        for name, last in slots[at]:
                            if name in further:
                                stack.append((further[name], last))
        return found
