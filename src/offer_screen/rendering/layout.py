"""Breaks lines by the columns that characters take on a terminal, not by their number."""

from __future__ import annotations

import unicodedata

WIDTH = 80


def columns(text: str) -> int:
    """Return the columns that ``text`` takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_char_columns(char) for char in text)


def cut(text: str, width: int) -> str:
    """Return ``text`` if it takes at most ``width`` columns, else its beginning and an ellipsis."""
    if columns(text) <= width:
        return text
    return wrap(text, width=width - 1)[0].rstrip(" ,;:") + "…"


def _char_columns(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def wrap(text: str, *, first: str = "", rest: str | None = None, width: int = WIDTH) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``width`` columns.

    Args:
        text: One line of words; words longer than a line are broken anywhere.
        first: What stands before the first line.
        rest: What stands before the other lines; spaces as wide as ``first`` when None.
        width: Columns of a line.
    """
    if rest is None:
        rest = " " * columns(first)
    lines: list[str] = []
    line, used, begun = first, columns(first), False
    for word in text.split():
        for piece in _pieces(word, width - columns(rest)):
            size = columns(piece)
            if begun and used + 1 + size > width:
                lines.append(line)
                line, used, begun = rest, columns(rest), False
            if begun:
                line, used = f"{line} {piece}", used + 1 + size
            else:
                line, used, begun = line + piece, used + size, True
    lines.append(line.rstrip())
    return lines


def _pieces(word: str, room: int) -> list[str]:
    if columns(word) <= room:
        return [word]
    pieces: list[str] = []
    piece, used = "", 0
    for char in word:
        size = _char_columns(char)
        if used + size > room and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + char, used + size
    pieces.append(piece)
    return pieces
