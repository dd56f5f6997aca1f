"""Disguises of single words, and how to see through them: pure functions on lower-case words.

Each gives *possible* readings; the caller, who knows the vocabulary, decides whether one holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

LEET_MARKS = "@$!|"
"""Signs that stand for a letter inside a word."""

_LEET = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "g",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "il",
}
_LEET_WORD = re.compile(r"(?=.*[0-9@$!|])(?=.*[a-z].*[a-z]|.*[a-z].{1,3}$)[a-z0134-9@$!|*]{4,30}")
_MOST_READINGS = 32
_RUN = re.compile(r"([a-z])\1{2,}")
_DRAWN_OUT = re.compile(r"([aiu])\1$")
_DIGIT_LETTERS = str.maketrans("oOqQiIlL|!zZsSbBgG", "000011111122558899")
_NO_DIGIT = re.compile(r"[ \t().\-–—/]")


def leet_readings(word: str) -> Iterator[str]:
    """Yield what ``word`` may say when digits and signs stand for letters; '*' stays.

    >>> list(leet_readings("v1s4"))
    ['visa', 'vlsa']
    """
    if not _LEET_WORD.fullmatch(word):
        return
    choices = [_LEET.get(char, char) for char in word]
    readings = 1
    for choice in choices:
        readings *= len(choice)
    if readings > _MOST_READINGS:
        choices = [choice[0] for choice in choices]
    for letters in product(*choices):
        yield "".join(letters)


def squeezed_readings(word: str) -> Iterator[str]:
    """Yield ``word`` with letters stretched to three or more brought to one or two, one first.

    >>> list(squeezed_readings("gajiiii"))
    ['gaji', 'gajii']
    """
    runs = list(_RUN.finditer(word))
    if not runs:
        return
    lengths = product((1, 2), repeat=len(runs)) if len(runs) <= 4 else iter([(1,) * len(runs)])
    for counts in lengths:
        pieces: list[str] = []
        at = 0
        for run, count in zip(runs, counts, strict=True):
            pieces += [word[at : run.start()], run.group(1) * count]
            at = run.end()
        yield "".join([*pieces, word[at:]])


def undoubled(word: str) -> str:
    """Return ``word`` with a doubled vowel at its end made single: 'gajii' is drawn out too."""
    return _DRAWN_OUT.sub(r"\1", word) if len(word) >= 5 else word


def segments(letters: str, is_word: Callable[[str], bool], longest: int) -> tuple[str, ...] | None:
    """Return ``letters`` cut into as few known words as possible, or None.

    Among equally few, longer words come first.

    >>> segments("visaturis", {"visa", "turis", "vis"}.__contains__, 8)
    ('visa', 'turis')
    """
    size = len(letters)
    best: list[tuple[int, int] | None] = [None] * size + [(0, 0)]
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + longest), start + 1, -1):
            rest = best[end]
            if rest is None or not is_word(letters[start:end]):
                continue
            found = best[start]
            if found is None or rest[0] + 1 < found[0]:
                best[start] = (rest[0] + 1, end)
    words: list[str] = []
    at = 0
    while at < size:
        step = best[at]
        if step is None:
            return None
        words.append(letters[at : step[1]])
        at = step[1]
    return tuple(words)


def digits_of(surface: str) -> str | None:
    """Return the digits that ``surface`` shows when letters stand for some of them, or None.

    Separators of telephone numbers are left out. At least half of the characters must be real
    digits, so that words never pass.

    >>> digits_of("O812-34S6-7890"), digits_of("o8i2"), digits_of("lobi")
    ('081234567890', '0812', None)
    """
    bare = _NO_DIGIT.sub("", surface.removeprefix("+"))
    real = sum(1 for char in bare if char in "0123456789")
    if not real or 2 * real < len(bare):
        return None
    digits = bare.translate(_DIGIT_LETTERS)
    return digits if digits.isdecimal() and digits.isascii() else None
