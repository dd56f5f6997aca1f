"""Reads one written word: its standard form, its other readings, and what had to be undone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern

from offer_screen.text.folds import (
    LEET_MARKS,
    leet_readings,
    segments,
    squeezed_readings,
    undoubled,
)
from offer_screen.values import Fold


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


Forms = tuple[str, ...]
"""The readings of one word, standard form first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a written word reads.

    Attributes:
        words: The words that it stands for, usually one.
        folds: What had to be undone.
        after_number: How it reads right after a number, where that differs.
    """

    words: tuple[Forms, ...]
    folds: tuple[Fold, ...] = ()
    after_number: tuple[Forms, ...] | None = None


_ENCLITICS = ("nya", "lah", "kah", "pun", "ku", "mu", "ne", "na", "e")
_ENCLITICS_SURE = ("nya", "ne", "ku", "mu")
"""Enclitics that are looked for at a word that cannot be read in full."""
_EVEN_IF_KNOWN = "nya"
_NO_ENCLITIC = frozenset({"masalah", "sekolah", "jumlah", "salah", "langkah", "mobile", "istilah"})
_TWICE = re.compile(r"([a-z]{2,})2(nya|an|ku|mu)?")
_HYPHENATED_TWICE = re.compile(r"([^\W\d_]{2,})-\1(nya|an|ku|mu|lah|kah|pun)?")
_WILD = re.compile(r"[a-z]+(?:\*+[a-z]+)+")
_SHORT_SEGMENTS = frozenset({"di", "ke", "wa"})
_LOOSE_ENCLITICS = ("e", "na")
_NUMERALS = frozenset({"iii", "diii", "viii", "xiii"})
_LONGEST_WORD = 24
_MOST_FITS = 8
"""Words that a word with signs in place of letters may be; with more it says nothing."""
_WORDS_KEPT = 50_000


class WordReader:
    """Reads words by what the rule pack knows.

    Args:
        slang: Short forms in lower case; those of several words are left to the caller.
        vocabulary: Standard forms.
        undo_folds: False for the phrases of the pack, which are written plainly and keep an
            ambiguous short form as it is.
    """

    def __init__(
        self, slang: Mapping[str, Slang], vocabulary: frozenset[str], *, undo_folds: bool
    ) -> None:
        self._slang = slang
        self._vocabulary = vocabulary
        self._undo_folds = undo_folds
        self._seen: dict[str, Reading] = {}
        self._by_shape: dict[tuple[int, str], list[str]] | None = None

    def knows(self, word: str) -> bool:
        """Return whether ``word`` is a standard or a short form."""
        return word in self._vocabulary or word in self._slang

    def read(self, word: str) -> Reading:
        """Return the reading of ``word``, in lower case and without separators at its edges."""
        reading = self._seen.get(word)
        if reading is None:
            reading = self._read(word)
            if len(word) <= _LONGEST_WORD:
                if len(self._seen) >= _WORDS_KEPT:
                    self._seen.clear()
                self._seen[word] = reading
        return reading

    def _read(self, word: str) -> Reading:
        plain = self._plain(word)
        if plain is not None:
            return plain
        if self._undo_folds and len(word) <= _LONGEST_WORD * 2:
            found = self._unstretched(word)
            if found is None and not word.isalpha():
                found = self._unleeted(word) or self._unwild(word)
            if found is not None:
                return found
        return Reading((self.forms(word),))

    def segmented(self, letters: str) -> tuple[str, ...] | None:
        """Return ``letters`` as words that the pack knows, or None; together they are as long."""
        for candidate in (letters, *leet_readings(letters)):
            if self._known(candidate) is not None:
                return (candidate,)
            found = segments(candidate, self._is_segment, _LONGEST_WORD)
            if found is not None:
                return found
        return (letters,) if self._is_disguised(letters) else None

    def _is_disguised(self, word: str) -> bool:
        """Return whether ``word`` is one that the pack knows, in more than one disguise."""
        if len(word) > _LONGEST_WORD * 2:
            return False
        candidates = [word, *(short for short in squeezed_readings(word) if len(short) > 2)]
        return any(
            self._known(candidate) or self._unleeted(candidate) or self._unwild(candidate)
            for candidate in candidates
        )

    def _is_segment(self, word: str) -> bool:
        return word in _SHORT_SEGMENTS or (len(word) > 2 and self.knows(word))

    def forms(self, word: str) -> Forms:
        """Return ``word`` and the stem that an enclitic was written onto, if the pack knows it."""
        word = intern(word)  # so that each lookup of it later compares addresses, not letters
        if not self._undo_folds or not word.endswith(_ENCLITICS):
            return (word,)
        known = word in self._vocabulary
        for enclitic in _ENCLITICS:
            if not word.endswith(enclitic) or (known and enclitic != _EVEN_IF_KNOWN):
                continue
            stem = word[: -len(enclitic)]
            if len(stem) < (4 if enclitic in {"e", "na"} else 3) or word in _NO_ENCLITIC:
                continue
            if stem in self._vocabulary:
                return (word, intern(stem))
            entry = self._slang.get(stem)
            if entry is not None and len(entry.words) == 1 and not entry.after_number:
                return (word, entry.words[0])
        return (word,)

    def _plain(self, word: str) -> Reading | None:
        """Read ``word`` without undoing a fold, if it is known."""
        entry = self._slang.get(word)
        if entry is not None:
            return self._expanded(word, entry)
        twice = _HYPHENATED_TWICE.fullmatch(word) if "-" in word else None
        if twice is None and word not in self._vocabulary:
            twice = _TWICE.fullmatch(word) if "2" in word else None
        if twice is not None:
            return self._doubled(twice.group(1), twice.group(2) or "")
        return Reading((self.forms(word),)) if word in self._vocabulary else None

    def _expanded(self, word: str, entry: Slang) -> Reading:
        standard = tuple(self.forms(part) for part in entry.words)
        if entry.after_number:
            return Reading((self.forms(word),), (), standard)
        if not entry.ambiguous:
            return Reading(standard)
        if not self._undo_folds or len(entry.words) > 1:
            return Reading((self.forms(word),))
        return Reading(((*standard[0], word),))

    def _doubled(self, stem: str, ending: str) -> Reading:
        entry = self._slang.get(stem)
        if entry is not None and len(entry.words) == 1 and not entry.ambiguous:
            stem = entry.words[0]
        doubled = f"{stem}-{stem}"
        if not self._undo_folds:
            return Reading(((doubled + ending,),))
        if not ending:
            return Reading(((doubled, stem),))
        return Reading(((doubled + ending, doubled, stem),))

    def _known(self, word: str) -> Reading | None:
        """Read ``word`` if the pack knows it or its stem."""
        plain = self._plain(word)
        if plain is not None:
            return plain
        forms = self.forms(word)
        if len(forms) == 1 or word.removeprefix(forms[1]) in _LOOSE_ENCLITICS:
            return None
        return Reading((forms,))

    def _unstretched(self, word: str) -> Reading | None:
        if word in _NUMERALS or word.startswith("www"):
            return None
        first = None
        for candidate in squeezed_readings(word):
            if len(candidate) < 2:
                return None  # 'xxxx' masks digits
            first = first or candidate
            found = self._known(candidate) or self._unleeted(candidate) or self._unwild(candidate)
            if found is not None:
                return _with(found, Fold.STRETCHED)
        if first is not None and word.isalpha():
            return Reading((self.forms(first),), (Fold.STRETCHED,))
        short = undoubled(word)
        if short != word and self._known(word) is None:
            found = self._known(short)
            if found is not None:
                return _with(found, Fold.STRETCHED)
        return None

    def _unleeted(self, word: str) -> Reading | None:
        bare = word.rstrip("!|")
        for candidate in leet_readings(bare):
            found = self._known(candidate) or self._unwild(candidate)
            if found is not None:
                return _with(found, Fold.LEET)
            for squeezed in squeezed_readings(candidate):
                found = self._known(squeezed)
                if found is not None:
                    return _with(found, Fold.LEET, Fold.STRETCHED)
        return None

    def unleeted(self, word: str) -> Reading | None:
        """Read ``word`` with digits and signs for letters, if that gives a word the pack knows."""
        return self._unleeted(word)

    def _unwild(self, word: str) -> Reading | None:
        if len(word) < 4 or not _WILD.fullmatch(word) or len(word) - word.count("*") < 3:
            return None
        stems = (word[: -len(ending)] for ending in _ENCLITICS_SURE if word.endswith(ending))
        fits = next(filter(None, map(self._fits, (word, *stems))), ())
        if not 0 < len(fits) <= _MOST_FITS:
            return None
        if len(fits) == 1:
            return _with(self.read(fits[0]), Fold.WILDCARD)
        # Which of them is meant, the words around it tell: each phrase takes the one it wants.
        return Reading((tuple(dict.fromkeys(map(self._standard, fits))),), (Fold.WILDCARD,))

    def _fits(self, word: str) -> list[str]:
        """Return the words that the pack knows with other letters only where ``word`` has '*'."""
        if self._by_shape is None:
            shapes: dict[tuple[int, str], list[str]] = defaultdict(list)
            for known in {*self._vocabulary, *self._slang}:
                shapes[len(known), known[:1]].append(known)
            self._by_shape = dict(shapes)
        return sorted(
            known
            for known in self._by_shape.get((len(word), word[0]), ())
            if all(wild in ("*", letter) for wild, letter in zip(word, known, strict=True))
        )

    def _standard(self, word: str) -> str:
        """Return the first standard word that ``word`` stands for."""
        return self.read(word).words[0][0]


def has_marks(word: str) -> bool:
    """Return whether ``word`` holds signs that may stand for letters."""
    return "*" in word or any(mark in word for mark in LEET_MARKS)


def _with(reading: Reading, *folds: Fold) -> Reading:
    return Reading(reading.words, (*reading.folds, *folds), reading.after_number)
