"""Puts pieces together into tokens: everything that only neighbours can tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from offer_screen.results import Fold
from offer_screen.text.clauses import (
    BULLET,
    ENDS,
    ENDS_BEFORE_CAPITAL,
    begins_item,
    item_marker,
)
from offer_screen.text.document import Token
from offer_screen.text.pieces import ChunkReader, Piece, Sort
from offer_screen.text.unicode import Cleaned
from offer_screen.text.words import Forms, Reading

ShortForms = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]
"""Short forms of several words: by the first, the others and what they stand for together."""

_CHUNK = re.compile(r"\S{1,300}")
_LEAST_SPACED = 3
_LONGEST_SPACED = 400
_BETWEEN_LETTERS = re.compile(r"[\s._\-–*·•|~/\\]{1,4}")
_WIDE_GAP = 2
_NUMBER_REACH = 3  # '7 juta bulan - 12 juta': as far back may the first number of a range stand
_RANGE = (("-",),)
_SHORT_WORD = 4  # 'Rp', 'USD' before the second number of a range


class _Placed(NamedTuple):
    """A piece in the cleaned text."""

    piece: Piece
    at: int
    starts_clause: bool


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
    for match in _CHUNK.finditer(line, begin):
        text = match.group()
        chunk = reader.read(text)
        if before_capital:
            before_capital = False
            pending = pending or text[0].isupper()
        at = base + match.start()
        for piece in chunk.pieces:
            if not row and piece.sort is Sort.DASH and not piece.words:
                continue  # a bullet
            row.append(_Placed(piece, at, pending or piece.new_clause))
            pending = False
        letters += chunk.single_letters
        if chunk.ends:
            pending = pending or chunk.ends in {ENDS, BULLET}
            before_capital = chunk.ends == ENDS_BEFORE_CAPITAL
    return row, pending, letters


def _joined(row: list[_Placed], text: str, reader: ChunkReader) -> Iterator[_Placed]:
    """Yield the pieces of a line, letters that stand apart joined where they make known words."""
    at = 0
    while at < len(row):
        end = at
        while end < len(row) and _is_letter(row[end].piece) and end - at < _LONGEST_SPACED:
            if end > at and not _are_close(row[end - 1], row[end], text):
                break
            end += 1
        if end - at < _LEAST_SPACED:
            yield from row[at : max(end, at + 1)]
        else:
            for run in _runs(row[at:end]):
                yield from _word_of(run, text, reader)
        at = max(end, at + 1)


def _is_letter(piece: Piece) -> bool:
    return len(piece.text) == 1 and piece.text.isalnum()


def _are_close(left: _Placed, right: _Placed, text: str) -> bool:
    between = text[left.at + left.piece.end : right.at + right.piece.start]
    return bool(_BETWEEN_LETTERS.fullmatch(between)) and not right.starts_clause


def _runs(letters: list[_Placed]) -> Iterator[list[_Placed]]:
    """Cut letters at the wide gaps, if there are narrow ones too: 'v i s a  t u r i s'."""
    gaps = [
        right.at + right.piece.start - left.at - left.piece.end
        for left, right in zip(letters, letters[1:], strict=False)
    ]
    narrow = min(gaps)
    run = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap >= narrow + _WIDE_GAP - 1 and gap >= _WIDE_GAP:
            yield run
            run = []
        run.append(letter)
    yield run


def _word_of(run: list[_Placed], text: str, reader: ChunkReader) -> Iterator[_Placed]:
    """Yield the words that the letters of ``run`` make, or the letters as they came."""
    first, last = 0, len(run)
    words = None
    while last - first >= _LEAST_SPACED:
        letters = "".join(placed.piece.text for placed in run[first:last]).lower()
        words = reader.words.segmented(letters)
        if words is not None:
            break
        if letters[0].isdigit():  # '7 j u t a': the number is no part of the word
            first += 1
        elif letters[-1].isdigit():
            last -= 1
        else:
            break
    if words is None:
        yield from run
        return
    yield from run[:first]
    at = first
    for word in words:
        letters_of_word = run[at : at + len(word)]
        start, end = letters_of_word[0], letters_of_word[-1]
        begin = start.at + start.piece.start
        stop = end.at + end.piece.end
        reading = reader.words.read(word)
        piece = reader.word(
            0,
            stop - begin,
            text[begin:stop],
            Reading(reading.words, (Fold.SPACED, *reading.folds), reading.after_number),
        )
        yield _Placed(piece, begin, start.starts_clause)
        at += len(word)
    yield from run[last:]


class _Writer:
    """Writes tokens, line after line."""

    def __init__(self, cleaned: Cleaned, reader: ChunkReader, short_forms: ShortForms) -> None:
        self.tokens: list[Token] = []
        self._offsets = cleaned.offsets
        self._ends = cleaned.ends
        self._marks = cleaned.marks
        self._text = cleaned.text
        self._reader = reader
        self._short_forms = short_forms
        self._number_at = -_NUMBER_REACH - 1
        self._carried = False

    def write(self, row: list[_Placed]) -> None:
        """Add the tokens of a line."""
        tokens, offsets, ends = self.tokens, self._offsets, self._ends
        short_forms, marks = self._short_forms, self._marks
        skip = 0
        previous = Sort.WORD
        for index, (piece, at, starts_clause) in enumerate(row):
            if skip:
                skip -= 1
                continue
            start, end = at + piece.start, at + piece.end
            if piece.plain and not self._carried:
                first, last = offsets[start], ends[end - 1]
                folds = self._folds(first, last, piece.folds) if marks else piece.folds
                forms = piece.words[0]
                tokens.append(Token(piece.text, forms[0], forms, first, last, folds, starts_clause))
                previous = Sort.WORD
                continue
            words = piece.words
            if piece.sort is Sort.WORD:
                if previous is Sort.NUMBER and piece.after_number is not None:
                    words = piece.after_number
                else:
                    choices = short_forms.get(piece.text.lower())
                    found = self._short_form(row, index, choices) if choices else None
                    if found is not None:
                        skip, spelled = found
                        words = tuple(self._reader.words.forms(word) for word in spelled)
                        end = row[index + skip].at + row[index + skip].piece.end
            elif piece.sort is Sort.DASH and self._in_range(row, index):
                words = _RANGE
            previous = piece.sort
            if piece.sort is Sort.NUMBER:
                self._number_at = len(tokens)
            starts = starts_clause or self._carried
            self._carried = starts and not words
            first, last = offsets[start], ends[end - 1]
            folds = self._folds(first, last, piece.folds) if marks else piece.folds
            text = self._text[start:end]
            for forms in words:
                tokens.append(Token(text, forms[0], forms, first, last, folds, starts))
                starts = False

    def _short_form(
        self,
        row: list[_Placed],
        index: int,
        choices: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    ) -> tuple[int, tuple[str, ...]] | None:
        """Return how many more pieces a short form takes, and its words."""
        for rest, words in choices:
            following = row[index + 1 : index + 1 + len(rest)]
            if len(following) == len(rest) and all(
                placed.piece.text.lower() == wanted and not placed.starts_clause
                for placed, wanted in zip(following, rest, strict=True)
            ):
                return len(rest), words
        return None

    def _in_range(self, row: list[_Placed], index: int) -> bool:
        """Return whether the dash at ``index`` stands between two numbers."""
        if len(self.tokens) - self._number_at > _NUMBER_REACH or self._number_at < 0:
            return False
        following = row[index + 1 : index + 3]
        if not following or following[0].starts_clause:
            return False
        if following[0].piece.sort is Sort.NUMBER:
            return True
        return (
            len(following) > 1
            and following[1].piece.sort is Sort.NUMBER
            and len(following[0].piece.text) <= _SHORT_WORD
        )

    def _folds(self, first: int, last: int, own: tuple[Fold, ...]) -> tuple[Fold, ...]:
        """Return the folds of a token: what the clean-up undid inside it, then its own."""
        marks = self._marks
        at = bisect_left(marks, (first,))
        folds: dict[Fold, None] = {}
        while at < len(marks) and marks[at][0] < last:
            folds[marks[at][1]] = None
            at += 1
        return (*folds, *(fold for fold in own if fold not in folds)) if folds else own
