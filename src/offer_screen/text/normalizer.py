"""Reads a text into a Document: words in standard form, each tied to the original characters.

The way of a text: Unicode clean-up (``unicode.py``), chunks between blanks cut into pieces and read
one by one (``tokenizer.py``, ``pieces.py``, ``words.py``), and what only neighbours can tell
(``assembly.py``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from offer_screen.text.assembly import assemble
from offer_screen.text.clauses import quotes
from offer_screen.text.document import Document
from offer_screen.text.phrases import SLOT_OPEN
from offer_screen.text.pieces import ChunkReader
from offer_screen.text.unicode import clean
from offer_screen.text.words import Slang
from offer_screen.values import Span

__all__ = ["Normalizer", "Slang"]

_SLOT = re.compile(rf"({SLOT_OPEN}[^<>\s]+>)")
_STANDS_ALONE = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|<[^<>\s]+>")
"""Words that read the same in any phrase: packs hold mostly such."""

_DEPTH = 4


class Normalizer:
    """Turns texts into Documents.

    Args:
        slang: Short forms in lower case; one with blanks ('open bo') is matched word by word.
        vocabulary: Words that the rule pack knows, in standard form: a fold that changes letters
            (leet, wildcard, spaced letters) is undone only where it yields one of them.
    """

    def __init__(self, slang: Mapping[str, Slang], vocabulary: frozenset[str]) -> None:
        self._given = (dict(slang), vocabulary)
        resolved = {short: _resolved(entry, slang) for short, entry in slang.items()}
        short_forms: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for short, entry in resolved.items():
            first, *rest = short.split()
            if rest:
                short_forms.setdefault(first, []).append((tuple(rest), entry.words))
        for choices in short_forms.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self._short_forms = short_forms
        self._chunks = ChunkReader(resolved, vocabulary, undo_folds=True)
        self._phrases = ChunkReader(resolved, vocabulary, undo_folds=False)
        self._plain: dict[str, tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[type[Normalizer], tuple[Mapping[str, Slang], frozenset[str]]]:
        return Normalizer, self._given

    @property
    def vocabulary(self) -> frozenset[str]:
        """Words that the rule pack knows, in standard form."""
        return self._given[1]

    def knowing(self, vocabulary: frozenset[str]) -> Normalizer:
        """Return a normalizer of the same slang that knows these words.

        It shares how phrases read, which no vocabulary changes: a pack's phrases are read once to
        learn its words, and again to be matched.
        """
        other = Normalizer(self._given[0], vocabulary)
        other._phrases = self._phrases
        other._plain = self._plain
        return other

    def read(self, text: str) -> Document:
        """Return ``text`` read."""
        cleaned = clean(text)
        offsets, ends = cleaned.offsets, cleaned.ends
        tokens = assemble(cleaned, self._chunks, self._short_forms, join_spaced=True)
        spans = tuple(Span(offsets[start], ends[end - 1]) for start, end in quotes(cleaned.text))
        return Document(text, cleaned.text, offsets, ends, tuple(tokens), spans)

    def words(self, phrase: str) -> tuple[str, ...]:
        """Return the standard words of a phrase of the pack (no folds are undone).

        A slot such as ``<money>`` or ``<{pay}>`` is left alone as a single word.
        """
        written = phrase.split()
        if any(
            rest[0] == follower
            for word, follower in pairwise(written)
            for rest, _ in self._short_forms.get(word, ())
        ):
            return self._words(phrase)
        out: list[str] = []
        for word in written:
            standard = self._plain.get(word)
            if standard is None:
                if word.isascii() and word.isalpha():
                    # As ``_words`` would, without a step through lines and chunks: a pack holds
                    # thousands of words, and who waits for a first verdict waits for them.
                    read = self._phrases.words.read(word.lower()).words
                    standard = tuple([forms[0] for forms in read])
                elif _STANDS_ALONE.fullmatch(word):
                    standard = self._words(word)
                else:
                    return self._words(phrase)
                self._plain[word] = standard
            out.extend(standard)
        return tuple(out)

    def _words(self, phrase: str) -> tuple[str, ...]:
        out: list[str] = []
        for part in _SLOT.split(phrase):
            if part.startswith(SLOT_OPEN) and part.endswith(">"):
                out.append(part)
            elif part:
                tokens = assemble(clean(part), self._phrases, self._short_forms, join_spaced=False)
                out.extend(token.norm for token in tokens)
        return tuple(out)


def _resolved(entry: Slang, slang: Mapping[str, Slang]) -> Slang:
    """Return ``entry`` with short forms among its own words spelled out."""
    words = entry.words
    for _ in range(_DEPTH):
        spelled: list[str] = []
        for word in words:
            other = slang.get(word)
            if other is None or other is entry or other.ambiguous or other.after_number:
                spelled.append(word)
            else:
                spelled.extend(other.words)
        if tuple(spelled) == words:
            break
        words = tuple(spelled)
    return Slang(words, ambiguous=entry.ambiguous, after_number=entry.after_number)
