"""Reads one chunk between blanks into pieces, out of context; readings are cached by chunk."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NamedTuple

from offer_screen.text.clauses import BULLETS, OPEN, clause_end
from offer_screen.text.folds import digits_of
from offer_screen.text.tokenizer import CURRENCY_SIGNS, DASHES, Splitter, is_address, is_phone
from offer_screen.text.words import Forms, Reading, Slang, WordReader, has_marks
from offer_screen.values import Fold

_CHUNKS_KEPT = 50_000
_LONGEST_KEPT = 64


class Sort(IntEnum):
    """What a piece is, as far as its neighbours care."""

    WORD = 0
    NUMBER = 1
    SIGN = 2  # a currency sign, '%' or '+'
    DASH = 3  # a word of the document only between numbers


class Piece(NamedTuple):
    """One word, number or sign of a chunk.

    Attributes:
        start: Where it starts in the chunk.
        end: One past where it ends in the chunk.
        text: As written.
        words: The words that it stands for; empty for a dash that is none.
        folds: What had to be undone.
        sort: What it is.
        after_number: How it reads right after a number, where that differs.
        new_clause: A bullet stands just before it.
        plain: One word, and nothing around it matters.
    """

    start: int
    end: int
    text: str
    words: tuple[Forms, ...]
    folds: tuple[Fold, ...]
    sort: Sort = Sort.WORD
    after_number: tuple[Forms, ...] | None = None
    new_clause: bool = False
    plain: bool = False


class Chunk(NamedTuple):
    """A chunk, read.

    Attributes:
        pieces: Its words, numbers and signs.
        ends: How it ends: see ``clauses.clause_end``.
        single_letters: How many of its pieces are one letter or digit.
        plain: Its only piece, when nothing else of it matters: by far most chunks.
    """

    pieces: tuple[Piece, ...]
    ends: int
    single_letters: int
    plain: Piece | None = None


_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_DIGITS_FIRST = re.compile(r"(\d[\d.,:/]*)([^\W\d_]+)")
_MIXED = re.compile(r"[^\W\d_]+|\d[\d.,:/]*")
_LETTERS_FIRST = re.compile(r"([^\W\d_]+)(\d[\d.,:/]*)")
_RESPLIT = re.compile(r"[^!|*]+")
_HAS_WORD = re.compile(r"[^\W_]")
_LETTER = r"(?:[^\W_]|[@$]|(?<=[-._~·•/\\+])[!|*](?=[-._~·•/\\+]))"
_FIRST_LETTER = r"(?:[^\W_]|[@$]|[!|](?=[-._~·•/\\+]))"
_CUT_UP = re.compile(rf"[\W_]*?({_FIRST_LETTER}(?:([-._~·•|/\\*+]{{1,2}}){_LETTER})+)\.?[\W_]*")
_LETTERS = re.compile(rf"^{_FIRST_LETTER}|{_LETTER}")
# Signs and digits for letters where the tokenizer would cut: in front, or next to each other.
_LEETED = re.compile(
    r"[(\[\"'“*]*((?:[0-9@$!|]+[A-Za-z]|[A-Za-z][A-Za-z0-9@$!|*]*(?:[@$!|*][0-9@$!|*]|[0-9][@$!|*]))"
    r"[A-Za-z0-9@$!|*]*[A-Za-z0-9@$|])[.,:;!?…)\]\"'”*]*"
)
_CUT = re.compile(r"[\W_]*?([^\W_]+(?:[-._~·•|*][^\W_]+)+)[\W_]*")
_CUTS = re.compile(r"[-._~·•|/\\*+]+")
_HASHTAG = re.compile(r"#([^\W_]+(?:_[^\W_]+)*)")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_RANGE_WORDS = frozenset({"s/d", "s.d", "s.d.", "sd"})
_ONE_LETTER_UNITS = frozenset("kmx")
_LEAST_HASHTAG = 3
_LEAST_CUT = 4
_LONGEST_LEETED = 40


class ChunkReader:
    """Reads chunks.

    Args:
        slang: Short forms in lower case.
        vocabulary: Standard forms.
        undo_folds: False for the phrases of the pack.
    """

    def __init__(
        self, slang: Mapping[str, Slang], vocabulary: frozenset[str], *, undo_folds: bool
    ) -> None:
        self.words = WordReader(slang, vocabulary, undo_folds=undo_folds)
        self._undo_folds = undo_folds
        # Only these need protection from the tokenizer; the others are words to it already.
        special = frozenset(key for key in slang if not key.isalnum() and " " not in key)
        self._is_special: Callable[[str], bool] = lambda text: (
            text.lower().replace("’", "'") in special
        )
        self._leads = frozenset(key.split()[0] for key in slang if " " in key)
        self._splitter = Splitter(self._is_special)
        self.seen: dict[str, Chunk] = {}  # what was read already; the caller may look first

    def read(self, chunk: str) -> Chunk:
        """Return ``chunk`` read; it holds no blank."""
        known = self.seen.get(chunk)
        if known is not None:
            return known
        read = self._read(chunk)
        if len(read.pieces) == 1 and read.pieces[0].plain and read.ends == OPEN:
            piece = read.pieces[0]
            if piece.sort is Sort.WORD and not piece.new_clause and not read.single_letters:
                read = read._replace(plain=piece)
        if len(chunk) <= _LONGEST_KEPT:
            if len(self.seen) >= _CHUNKS_KEPT:
                self.seen.clear()
            self.seen[chunk] = read
        return read

    def word(self, start: int, end: int, text: str, reading: Reading) -> Piece:
        """Return the piece that reads as ``reading``."""
        return Piece(
            start,
            end,
            text,
            reading.words,
            reading.folds,
            Sort.WORD,
            reading.after_number,
            plain=len(reading.words) == 1
            and reading.after_number is None
            and text.lower() not in self._leads,
        )

    def _read(self, chunk: str) -> Chunk:
        if chunk.isalpha():
            piece = self.word(0, len(chunk), chunk, self.words.read(chunk.lower()))
            return Chunk((piece,), OPEN, 1 if len(chunk) == 1 else 0)
        pieces = self._whole(chunk)
        if pieces is None:
            pieces = []
            for start, end in self._splitter.split(chunk):
                pieces.extend(self._piece(chunk, start, end))
        pieces = _with_bullets(chunk, pieces)
        tail = pieces[-1].end if pieces else 0
        return Chunk(
            tuple(pieces),
            clause_end(chunk, tail, pieces[-1].text if pieces else ""),
            sum(1 for piece in pieces if len(piece.text) == 1 and piece.text.isalnum()),
        )

    def _whole(self, chunk: str) -> list[Piece] | None:
        """Read a chunk that separators cut up inside a word: 't.a.n.p.a', 'kam-boja', 'a.n.'."""
        if chunk.isalnum() or is_phone(chunk) or is_address(chunk) or self._is_special(chunk):
            return None
        leeted = None
        if self._undo_folds and len(chunk) <= _LONGEST_LEETED:
            leeted = _LEETED.fullmatch(chunk)
        if leeted is not None and not self.words.knows(leeted[1].lstrip("0123456789").lower()):
            reading = self.words.unleeted(leeted[1].lower())
            if reading is not None:
                return [self.word(*leeted.span(1), leeted[1], reading)]
        cut_up = _CUT_UP.fullmatch(chunk)
        if cut_up is not None and not _NUMBER.fullmatch(cut_up[1]):
            letters = "".join(_LETTERS.findall(cut_up[1])).lower()
            return self._joined(chunk, cut_up.span(1), letters, initials=cut_up[2] == ".")
        cut = _CUT.fullmatch(chunk)
        if cut is None or not self._undo_folds:
            return None
        parts = _CUTS.split(cut[1].lower())
        whole = "".join(parts)
        if len(whole) < _LEAST_CUT or not whole.isalpha() or not self.words.knows(whole):
            return None
        if any(len(part) > 2 and self.words.knows(part) for part in parts):
            return None
        start, end = cut.span(1)
        folds = () if len(parts[0]) == 1 else (Fold.SPACED,)  # 'e-mail' hides nothing
        reading = Reading(self.words.read(whole).words, folds)
        return [self.word(start, end, chunk[start:end], reading)]

    def _joined(
        self, chunk: str, span: tuple[int, int], letters: str, *, initials: bool
    ) -> list[Piece] | None:
        start, end = span
        initials = initials and len(letters) <= 3  # 'a.n.', 't.k.i': how such things are written
        if initials and self.words.knows(letters):
            reading = self.words.read(letters)
            return [self.word(start, end, chunk[start:end], reading)]
        if not self._undo_folds or len(letters) < 3:
            return None
        words = self.words.segmented(letters)
        if words is None:
            return None
        read = [self.words.read(word) for word in words]
        folds = dict.fromkeys(fold for reading in read for fold in reading.folds)
        spaced = Reading(
            tuple(forms for reading in read for forms in reading.words), (Fold.SPACED, *folds)
        )
        return [self.word(start, end, chunk[start:end], spaced)]

    def _piece(self, chunk: str, start: int, end: int) -> list[Piece]:
        text = chunk[start:end]
        if not _HAS_WORD.search(text):
            return _sign(start, end, text)
        lower = text.lower().replace("’", "'")
        if is_address(text):
            return [self.word(start, end, text, Reading(((lower,),)))]
        if _NUMBER.fullmatch(text):
            return [_number(start, end, text, lower)]
        if lower in _RANGE_WORDS:
            words = self.words.read(lower).words
            return [Piece(start, end, text, words, (), Sort.DASH)]
        if is_phone(text):
            return [_phone(start, end, text)]
        if text[0] == "#":
            return self._hashtag(start, text)
        if self.words.knows(lower) or lower.isalpha():
            return [self.word(start, end, text, self.words.read(lower))]
        if any("0" <= char <= "9" for char in text):
            split = self._split_units(start, text)
            if split is not None:
                return split
        reading = self.words.read(lower)
        if not reading.folds and has_marks(text):
            parts = [(start + m.start(), start + m.end()) for m in _RESPLIT.finditer(text)]
            if len(parts) > 1:
                return [piece for part in parts for piece in self._piece(chunk, *part)]
        return [self.word(start, end, text, reading)]

    def _split_units(self, start: int, text: str) -> list[Piece] | None:
        """Cut '7jt', 'Rp7.000' and 'gaji4jt' at the digits; leave 'N4', 'G2G' and 'p3mi' whole."""
        glued = _DIGITS_FIRST.fullmatch(text)
        if glued is not None:
            unit = glued[2].lower()
            if unit in _ONE_LETTER_UNITS or unit == "an" or self._is_unit(unit):
                return self._cut(start, text)
            if len(unit) < 2 or (self._undo_folds and self.words.read(text.lower()).folds):
                return None
            return self._cut(start, text)
        glued = _LETTERS_FIRST.fullmatch(text)
        if glued is not None:
            letters, digits = glued[1].lower(), glued[2]
            amount = len(letters) >= 2 and (len(digits) >= 3 or not digits.isdecimal())
            if len(letters) <= 4 and amount and letters.isascii():
                return self._cut(start, text)
            if self._undo_folds and self.words.read(text.lower()).folds:
                return None
            named = self.words.knows(letters) and (len(digits) >= 2 or letters == "rp")
            return (
                self._cut(start, text) if named or (len(letters) > 2 and len(digits) > 3) else None
            )
        if self._undo_folds and self.words.read(text.lower()).folds:
            return None
        parts = _MIXED.findall(text.lower())
        letters_known = all(
            part[0].isdigit() or (self.words.knows(part) and (len(part) > 1 or at))
            for at, part in enumerate(parts)
        )
        if "".join(parts) != text.lower() or not letters_known or min(map(len, parts[:1])) < 2:
            return None
        return self._cut(start, text)

    def _is_unit(self, word: str) -> bool:
        return len(word) > 1 and self.words.knows(word)

    def _cut(self, start: int, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        for match in _MIXED.finditer(text):
            first, last, part = start + match.start(), start + match.end(), match.group()
            digits = part.rstrip(".,:/")
            if part[0].isdigit():
                pieces.append(_number(first, first + len(digits), digits, digits))
                continue
            lower = part.lower()
            if lower == "an" and pieces:  # '10an': about ten
                pieces.append(self.word(first, last, part, Reading((("an",),))))
            else:
                pieces.append(self.word(first, last, part, self.words.read(lower)))
        return pieces

    def _hashtag(self, start: int, text: str) -> list[Piece]:
        """Read '#lokerKamboja' as the words that it strings together, where the pack knows them."""
        match = _HASHTAG.fullmatch(text)
        if match is None:
            return [self.word(start, start + len(text), text, Reading(((text.lower(),),)))]
        body = match[1]
        words = tuple(body.lower().split("_"))
        if len(words) == 1 and not self.words.knows(body.lower()):
            humps = tuple(hump.lower() for hump in _CAMEL.findall(body))
            if len(humps) > 1 and all(map(self.words.knows, humps)):
                words = humps
            elif self._undo_folds:
                found = self.words.segmented(body.lower())
                if found is not None and min(map(len, found)) >= _LEAST_HASHTAG:
                    words = found
        forms = tuple(forms for word in words for forms in self.words.read(word).words)
        return [self.word(start + 1, start + len(text), text[1:], Reading(forms))]


def _sign(start: int, end: int, text: str) -> list[Piece]:
    if text[0] in CURRENCY_SIGNS or text == "%":
        return [_marker(start, end, text, ((text,),), Sort.SIGN)]
    if text[0] == "+":
        return [_marker(start, end, text, (("+",) if len(text) == 1 else (text, "+"),), Sort.SIGN)]
    if len(text) == 2 and all("\U0001f1e6" <= char <= "\U0001f1ff" for char in text):
        return [Piece(start, end, text, ((text,),), (), plain=True)]
    if text in DASHES:
        return [_marker(start, end, text, (), Sort.DASH)]
    if len(text) == 2 and text[0] == "," and text[1] in DASHES:
        return []  # 'Rp5.000,-'
    return []


def _marker(start: int, end: int, text: str, words: tuple[Forms, ...], sort: Sort) -> Piece:
    return Piece(start, end, text, words, (), sort)


def _number(start: int, end: int, text: str, norm: str) -> Piece:
    return Piece(start, end, text, ((norm,),), (), Sort.NUMBER)


def _phone(start: int, end: int, text: str) -> Piece:
    digits = digits_of(text.replace("(", "").replace(")", "")) or text
    norm = digits if len(digits) >= 9 else text.lower()
    letters = any(char.isalpha() or char == "|" for char in text)
    return Piece(
        start,
        end,
        text,
        ((norm,),),
        (Fold.DIGIT,) if letters else (),
        Sort.NUMBER,
    )


def _with_bullets(chunk: str, pieces: list[Piece]) -> list[Piece]:
    if chunk.isascii():
        return pieces
    at = 0
    out: list[Piece] = []
    for piece in pieces:
        between = chunk[at : piece.start]
        if not BULLETS.isdisjoint(between):
            piece = piece._replace(new_clause=True, plain=False)  # noqa: PLW2901
        out.append(piece)
        at = piece.end
    return out
