"""A trie over words: finds thousands of phrases in one walk of a document.

Written here because what it must do is the heart of this library: every token may have several
readings, a phrase may hold places that a class or a fact fills, and matches are token ranges, so
that word borders and offsets come for free. It needs no vocabulary that grows with use.

Texts use the same words over and over. What a word alone decides (which phrases it is, which it
begins, which slots it fills) is worked out once and kept; a walk then looks only at what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from sys import intern
from typing import Any, Generic, NamedTuple, TypeVar

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
_WORDS_KEPT = 50_000


class _Node(dict[str, "_Node"]):
    """What may come next, and the payloads of the phrases that end here.

    One small object a node: what a walk costs is the memory that it touches.
    """

    __slots__ = ("payloads",)

    def __init__(self) -> None:
        self.payloads: tuple[Any, ...] = ()


class _Word(NamedTuple):
    """What a word decides alone.

    Attributes:
        keys: Its readings, and the slots that it fills.
        whole: Payloads of the phrases that it is.
        begins: Nodes of the phrases that it begins.
    """

    keys: tuple[str, ...]
    whole: tuple[Any, ...]
    begins: tuple[_Node, ...]


_keys_of = attrgetter("keys")


class _Words(dict[tuple[str, ...], _Word]):
    """What words decide, by their readings: worked out when a word is looked up first."""

    __slots__ = ("_learn",)

    def __init__(self, learn: Callable[[tuple[str, ...]], _Word]) -> None:
        self._learn = learn

    def __missing__(self, forms: tuple[str, ...]) -> _Word:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        word = self[forms] = self._learn(forms)
        return word

    def __reduce__(self) -> tuple[type[_Words], tuple[Callable[[tuple[str, ...]], _Word]]]:
        return _Words, (self._learn,)


def _fills_none(_forms: tuple[str, ...]) -> Iterable[str]:
    return ()


class PhraseTrie(Generic[P]):
    """Phrases, each with a payload. Finished before it is used: what is added later may be missed.

    Args:
        phrases: Words and payload of each phrase.
        fills: Names the slots that a word of these readings fills.
        merge: Makes one payload of those of all the phrases that a word is by itself, so that a
            walk finds one thing where it would find several; None to find each.

    >>> from offer_screen.text.normalizer import Normalizer
    >>> trie = PhraseTrie([(("gaji", "besar"), "big-pay")])
    >>> trie.find(Normalizer({}, frozenset()).read("Kerja gaji besar"))
    [(1, 3, 'big-pay')]
    """

    __slots__ = ("_any", "_fills", "_merge", "_root", "_words")

    def __init__(
        self,
        phrases: Iterable[tuple[Sequence[str], P]] = (),
        fills: Callable[[tuple[str, ...]], Iterable[str]] = _fills_none,
        merge: Callable[[Sequence[P]], P] | None = None,
    ) -> None:
        self._root = _Node()
        self._any = False
        self._fills = fills
        self._merge = merge
        self._words = _Words(self._learn)
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
                child = node[intern(word)] = _Node()
            node = child
        node.payloads += (payload,)
        self._any |= ANY in words

    def find(self, document: Document, slots: Slots = _NO_SLOTS) -> list[tuple[int, int, P]]:
        """Return ``(first, last, payload)`` for every phrase, ``last`` one past its last token.

        Overlapping and nested phrases are all found, in order of their first tokens; none reaches
        into a new clause.

        Args:
            document: Where to look.
            slots: Slots that are filled, beside those that a word fills alone.
        """
        read = list(map(self._words.__getitem__, document.forms))
        following = list(map(_keys_of, read))
        following.append(())
        for first in document.clauses:
            following[first] = ()
        found: list[tuple[int, int, P]] = []
        stack: list[tuple[_Node, int]] = []
        for first, (_, whole, begins) in enumerate(read):
            last = first + 1
            for payload in whole:
                found.append((first, last, payload))  # noqa: PERF401
            if begins and (keys := following[last]):
                for node in begins:
                    for key in keys:
                        if key in node:
                            stack.append((node[key], last + 1))  # noqa: PERF401  (hits are rare)
                if last in slots:
                    for node in begins:
                        _fill(node, slots[last], stack)
            if first in slots:
                _fill(self._root, slots[first], stack)
            while stack:
                node, at = stack.pop()
                for payload in node.payloads:
                    found.append((first, at, payload))  # noqa: PERF401
                if node and (further := following[at]):
                    for key in further:
                        if key in node:
                            stack.append((node[key], at + 1))  # noqa: PERF401
                    if at in slots:
                        _fill(node, slots[at], stack)
        return found

    def _learn(self, forms: tuple[str, ...]) -> _Word:
        keys = (*forms, *self._fills(forms))
        if self._any:
            keys += (ANY,)
        nodes = [self._root[key] for key in keys if key in self._root]
        whole = tuple(payload for node in nodes for payload in node.payloads)
        if self._merge is not None and len(whole) > 1:
            whole = (self._merge(whole),)
        return _Word(keys, whole, tuple(node for node in nodes if node))


def _fill(node: _Node, filled: Iterable[tuple[str, int]], stack: list[tuple[_Node, int]]) -> None:
    """Put on ``stack`` where phrases go on after the slots that are filled."""
    for name, last in filled:
        if name in node:
            stack.append((node[name], last))


class Phrasebook:
    """Lists of phrases that are found in one walk, whoever asks first; each asker gets its own."""

    def __init__(self) -> None:
        self._trie: PhraseTrie[tuple[int, Any]] = PhraseTrie()
        self._lists = 0

    def add(self, phrases: Iterable[tuple[Sequence[str], P]]) -> Phrases[P]:
        """Add a list of phrases and return what finds them."""
        number = self._lists
        self._lists += 1
        for words, payload in phrases:
            self._trie.add(words, (number, payload))
        return Phrases(self, number)

    def find(self, document: Document) -> Sequence[Sequence[tuple[int, int, Any]]]:
        """Return what is found, list by list."""
        found: list[list[tuple[int, int, Any]]] | None = document.found.get(self)
        if found is None:
            found = [[] for _ in range(self._lists)]
            for first, last, (number, payload) in self._trie.find(document):
                found[number].append((first, last, payload))
            document.found[self] = found
        return found


class Phrases(Generic[P]):
    """One list of phrases of a book."""

    __slots__ = ("_book", "_number")

    def __init__(self, book: Phrasebook, number: int) -> None:
        self._book = book
        self._number = number

    def find(self, document: Document) -> Sequence[tuple[int, int, P]]:
        """Return ``(first, last, payload)`` for every phrase, as ``PhraseTrie.find`` does."""
        return self._book.find(document)[self._number]
