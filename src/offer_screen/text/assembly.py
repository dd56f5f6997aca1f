"""Puts pieces together into tokens: everything that only neighbours can tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from offer_screen.text.clauses import (
    BULLET,
    ENDS,
    ENDS_BEFORE_CAPITAL,
    begins_item,
    item_marker,
)
from offer_screen.text.document import Token
from offer_screen.text.pieces import Chunk, ChunkReader, Piece, Sort
from offer_screen.text.unicode import Cleaned
from offer_screen.text.words import Forms, Reading
from offer_screen.values import Fold

ShortForms = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]
"""Short forms of several words: by the first, the others and what they stand for together."""

_CHUNK = re.compile(r"\S{1,300}")
_LEAST_SPACED = 3
_LEAST_LETTERS = 2
_DIGITS = "0123456789"
_LONGEST_SPACED = 400
_BETWEEN_LETTERS = re.compile(r"[\s._\-–*·•|~/\\]{1,4}")
_SIGN_BETWEEN = re.compile(r"([\s._\-–·•~/\\]{1,2})([@!|*])\1")
_NUMBER_REACH = 3  # '7 juta bulan - 12 juta': as far back may the first number of a range stand
_RANGE = (("-",),)
_SHORT_WORD = 4  # 'Rp', 'USD' before the second number of a range


_as_token = tuple.__new__
"""Makes a token of its fields: half of the time that calling the class takes."""

_Placed = tuple[Piece, int, bool]
"""A piece, where its chunk stands in the cleaned text, and whether a clause begins with it."""


def assemble(
    cleaned: Cleaned, reader: ChunkReader, short_forms: ShortForms, *, join_spaced: bool
) -> list[Token]:
    """Return the tokens of ``cleaned`` in order.

    Args:
        cleaned: The text after the Unicode clean-up.
        reader: Reads chunks.
        short_forms: Short forms of several words.
        join_spaced: Whether letters that stand apart are read as words.
    """
    writer = _Writer(cleaned, reader, short_forms)
    base = 0
    pending = True
    for line in cleaned.text.split("\n"):
        row, pending, letters = _row(line, base, reader, starts_clause=pending)
        if letters >= _LEAST_SPACED and join_spaced:
            row = list(_joined(row, cleaned.text, reader))
        writer.write(row)
        base += len(line) + 1
    return writer.tokens


def _row(
    line: str, base: int, reader: ChunkReader, *, starts_clause: bool
) -> tuple[list[_Placed], bool, int]:
    """Return the pieces of a line, whether a clause begins after it, and its lone letters."""
    content = line.lstrip()
    if not content:
        return [], True, 0
    pending = starts_clause or begins_item(content)
    begin = len(line) - len(content)
    begin += item_marker(content)
    row: list[_Placed] = []
    letters = 0
    before_capital = False
    seen = reader.seen
    base += begin
    for text in line[begin:].split(" "):
        known = seen.get(text)
        if known is not None and known.plain is not None and not before_capital:
            row.append((known.plain, base, pending))
            pending = False
            base += len(text) + 1
            continue
        chunks = _chunks(text, base, reader) if known is None else ((text, known, base),)
        for chunk, (pieces, ends, single_letters, _), at in chunks:
            if before_capital:
                before_capital = False
                pending = pending or chunk[0].isupper()
            for piece in pieces:
                if not row and piece.sort is Sort.DASH and not piece.words:
                    continue  # a bullet
                row.append((piece, at, pending or piece.new_clause))
                pending = False
            letters += single_letters
            if ends:
                pending = pending or ends in {ENDS, BULLET}
                before_capital = ends == ENDS_BEFORE_CAPITAL
        base += len(text) + 1
    return row, pending, letters


def _chunks(text: str, base: int, reader: ChunkReader) -> list[tuple[str, Chunk, int]]:
    """Return what stands between two blanks: as written, read, and with its place in the text.

    It is one chunk, but for odd blanks (tabs) and words beyond all measure.
    """
    return [
        (match.group(), reader.read(match.group()), base + match.start())
        for match in _CHUNK.finditer(text)
    ]


def _joined(row: list[_Placed], text: str, reader: ChunkReader) -> Iterator[_Placed]:
    """Yield the pieces of a line, letters that stand apart joined where they make known words."""
    at = 0
    while at < len(row):
        end = at
        while end < len(row) and _is_letter(row[end][0]) and end - at < _LONGEST_SPACED:
            if end > at and not _are_close(row[end - 1], row[end], text):
                break
            end += 1
        end = max(end, at + 1)
        if end - at < _LEAST_SPACED:
            yield from row[at:end]
        else:
            for run in _runs(row[at:end], text):
                yield from _words_of(run, text, reader)
        at = end


def _is_letter(piece: Piece) -> bool:
    return len(piece.text) == 1 and (piece.text.isalnum() or piece.text == "$")


def _range_of(placed: _Placed) -> tuple[int, int]:
    piece, at, _ = placed
    return at + piece.start, at + piece.end


def _are_close(left: _Placed, right: _Placed, text: str) -> bool:
    between = _between(left, right, text)
    if _SIGN_BETWEEN.fullmatch(between):
        return True  # 'v ! s a': the sign is a letter, and ends no sentence
    return bool(_BETWEEN_LETTERS.fullmatch(between)) and not right[2]


def _between(left: _Placed, right: _Placed, text: str) -> str:
    return text[_range_of(left)[1] : _range_of(right)[0]]


def _runs(letters: list[_Placed], text: str) -> Iterator[list[_Placed]]:
    """Cut letters at the wide gaps, if there are narrow ones too: 'v i s a  t u r i s'.

    A sign with a narrow gap on either side is a letter of the run: 'k * m b o j a'.
    """
    gaps = [_between(left, right, text) for left, right in pairwise(letters)]
    narrow = min(map(len, gaps))
    run = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        sign = _SIGN_BETWEEN.fullmatch(gap)
        if sign is not None and len(sign[1]) == narrow:
            place = _range_of(run[-1])[1] + narrow
            run.append((Piece(0, 1, sign[2], (), (), Sort.SIGN), place, False))
        elif len(gap) > narrow:
            yield run
            run = []
        run.append(letter)
    yield run


def _words_of(run: list[_Placed], text: str, reader: ChunkReader) -> Iterator[_Placed]:
    """Yield the words that the letters of ``run`` make, or the letters as they came."""
    letters = "".join(placed[0].text for placed in run).lower()
    first, last = 0, len(run)
    words = None
    if len(run) >= _LEAST_SPACED and sum(map(str.isalpha, letters)) >= _LEAST_LETTERS:
        words = reader.words.segmented(letters)
        if words is None and not letters.isalpha():  # '7 j u t a': the number is no part of it
            last = len(letters.rstrip(_DIGITS))
            first = len(letters) - len(letters.lstrip(_DIGITS))
            words = (
                reader.words.segmented(letters[first:last])
                if last - first >= _LEAST_SPACED
                else None
            )
    if words is None:
        yield from (placed for placed in run if placed[0].words)
        return
    yield from run[:first]
    at = first
    for word in words:
        begin = _range_of(run[at])[0]
        end = _range_of(run[at + len(word) - 1])[1]
        known = reader.words.read(word)
        reading = Reading(known.words, (Fold.SPACED, *known.folds), known.after_number)
        piece = reader.word(0, end - begin, text[begin:end], reading)
        yield piece, begin, run[at][2]
        at += len(word)
    yield from run[last:]


class _Writer:
    """Writes tokens, line after line."""

    def __init__(self, cleaned: Cleaned, reader: ChunkReader, short_forms: ShortForms) -> None:
        self.tokens: list[Token] = []
        self._cleaned = cleaned
        self._reader = reader
        self._short_forms = short_forms
        self._marks = cleaned.marks
        self._next_mark = cleaned.marks[0][0] if cleaned.marks else cleaned.offsets[-1] + 1
        self._number_at = -1
        self._carried = False

    def write(self, row: list[_Placed]) -> None:
        """Add the tokens of a line."""
        tokens, offsets, ends = self.tokens, self._cleaned.offsets, self._cleaned.ends
        add_token = tokens.append
        moved = bool(self._marks) or not isinstance(offsets, range)
        skip = 0
        previous = word = Sort.WORD
        for index, (piece, at, starts_clause) in enumerate(row):
            if skip:
                skip -= 1
                continue
            start, end, text, words, folds, sort, _, _, plain = piece
            start += at
            end += at
            if plain and not moved and not self._carried:  # by far most
                forms = words[0]
                fields = (text, forms[0], forms, start, end, folds, starts_clause)
                add_token(_as_token(Token, fields))
                previous = word
                continue
            if not plain:
                if sort is Sort.WORD:
                    words, skip = self._words(row, index, previous)
                    if skip:
                        end = _range_of(row[index + skip])[1]
                        text = self._cleaned.text[start:end]
                elif sort is Sort.NUMBER:
                    self._number_at = len(tokens)
                elif sort is Sort.DASH and self._in_range(row, index):
                    words = _RANGE
            previous = sort
            if self._carried:
                starts_clause = True  # noqa: PLW2901
            self._carried = starts_clause and not words
            if moved:
                start, end = offsets[start], ends[end - 1]
                if end > self._next_mark:
                    folds = self._with_marks(start, end, folds)
            for forms in words:
                tokens.append(Token(text, forms[0], forms, start, end, folds, starts_clause))
                starts_clause = False  # noqa: PLW2901

    def _words(
        self, row: list[_Placed], index: int, previous: Sort
    ) -> tuple[tuple[Forms, ...], int]:
        """Return what the word at ``index`` stands for, and how many more pieces belong to it."""
        piece = row[index][0]
        if previous is Sort.NUMBER and piece.after_number is not None:
            return piece.after_number, 0
        for rest, words in self._short_forms.get(piece.text.lower(), ()):
            following = row[index + 1 : index + 1 + len(rest)]
            if len(following) == len(rest) and all(
                other.text.lower() == wanted and not starts_clause
                for (other, _, starts_clause), wanted in zip(following, rest, strict=True)
            ):
                return tuple(self._reader.words.forms(word) for word in words), len(rest)
        return piece.words, 0

    def _in_range(self, row: list[_Placed], index: int) -> bool:
        """Return whether the dash at ``index`` stands between two numbers."""
        if self._number_at < 0 or len(self.tokens) - self._number_at > _NUMBER_REACH:
            return False
        following = row[index + 1 : index + 3]
        if not following or following[0][2]:
            return False
        if following[0][0].sort is Sort.NUMBER:
            return True
        return (
            len(following) > 1
            and following[1][0].sort is Sort.NUMBER
            and len(following[0][0].text) <= _SHORT_WORD
        )

    def _with_marks(self, first: int, last: int, own: tuple[Fold, ...]) -> tuple[Fold, ...]:
        """Return the folds of a token: what the clean-up undid inside it, then its own."""
        marks = self._marks
        at = bisect_left(marks, (first,))
        folds: dict[Fold, None] = {}
        while at < len(marks) and marks[at][0] < last:
            folds[marks[at][1]] = None
            at += 1
        self._next_mark = marks[at][0] if at < len(marks) else self._cleaned.offsets[-1] + 1
        return (*folds, *(fold for fold in own if fold not in folds)) if folds else own
