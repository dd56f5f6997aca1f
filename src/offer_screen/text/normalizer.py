"""Reads a text into a Document. (First version: replaced by the text stage's owner.)"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from offer_screen.text.document import Document, Token


@dataclass(frozen=True, slots=True)
class Slang:
    """What a short form stands for.

    Attributes:
        words: Standard form.
        ambiguous: The short form is also a word of its own; both readings are kept.
        after_number: Only a unit after a number.
    """

    words: tuple[str, ...]
    ambiguous: bool = False
    after_number: bool = False


_WORD = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")


class Normalizer:
    """Turns texts into Documents.

    Args:
        slang: Short forms in lower case.
        vocabulary: Words that the rule pack knows, in standard form: a fold that changes letters
            (leet, wildcard, spaced letters) is undone only where it yields one of them.
    """

    def __init__(self, slang: Mapping[str, Slang], vocabulary: frozenset[str]) -> None:
        self._slang = dict(slang)
        self._vocabulary = vocabulary

    def read(self, text: str) -> Document:
        """Return ``text`` read."""
        tokens = []
        for match in _WORD.finditer(text):
            surface = match.group()
            for word in self.words(surface):
                tokens.append(Token(surface, word, (word,), match.start(), match.end()))
        return Document(text, text, range(len(text) + 1), range(1, len(text) + 2), tuple(tokens))

    def words(self, phrase: str) -> tuple[str, ...]:
        """Return the standard words of a phrase of the pack (no folds are undone)."""
        out: list[str] = []
        for surface in phrase.lower().split():
            entry = self._slang.get(surface)
            out.extend(entry.words if entry and not entry.ambiguous else (surface,))
        return tuple(out)
