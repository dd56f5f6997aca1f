"""Reads numbers as people write them in Indonesian: '7,5', '2.156.880', 'dua puluh lima', '7jt'.

What the numbers count is not decided here: ``money.py`` and ``duration.py`` do that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple, TypeVar

from offer_screen.text.document import Document, Token

V = TypeVar("V")

MAX_DIGITS = 15
"""Longer runs of digits are account, identity or telephone numbers."""

DIGITS = frozenset("0123456789")

MAGNITUDES: Mapping[str, float] = {
    "rb": 1e3,
    "rbu": 1e3,
    "ribu": 1e3,
    "rebu": 1e3,
    "rebong": 1e3,
    "k": 1e3,
    "jt": 1e6,
    "jta": 1e6,
    "juta": 1e6,
    "jeti": 1e6,
    "jeti2": 1e6,
    "jeti-jeti": 1e6,
    "tiaw": 1e6,
    "million": 1e6,
    "miliar": 1e9,
    "milyar": 1e9,
    "m": 1e9,
    "triliun": 1e12,
}
"""What a number before the word is multiplied by."""

VAGUE_MAGNITUDES: Mapping[str, float] = {
    "ribuan": 1e3,
    "rban": 1e3,
    "rbuan": 1e3,
    "jutaan": 1e6,
    "jtan": 1e6,
    "jtaan": 1e6,
    "miliaran": 1e9,
    "milyaran": 1e9,
}
"""The same with '-an': 'about that many'."""

ONES: Mapping[str, int] = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}

FIXED: Mapping[str, int] = {
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "gocap": 50,
    "cepek": 100,
    "gopek": 500,
}
"""Whole numbers below a thousand that are one word."""

NUMBER_WORDS: frozenset[str] = frozenset(ONES) | frozenset(FIXED)

_SUFFIXES: AbstractSet[str] = (
    frozenset(MAGNITUDES)
    | frozenset(VAGUE_MAGNITUDES)
    | frozenset("an x kali hr hari mgg mggu minggu bl bln bulan th thn tahun jm jam".split())
)

_LONGEST_GLUED = 24
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:[.,](\d{1,2}))?", re.ASCII)
_GLUED = re.compile(r"([a-z]{0,5}[$€£¥]?)\.?(\d[\d.,]*)([a-z$€£¥]{0,8})", re.ASCII)


class Number(NamedTuple):
    """A number in digits.

    Attributes:
        value: What it is worth.
        grouped: Written with thousands separators.
        digits: How many digits stand before the decimals.
        decimal: Written with decimals.
        zero_led: Starts with a zero, as telephone numbers and clock times do.
    """

    value: float
    grouped: bool
    digits: int
    decimal: bool
    zero_led: bool


@lru_cache(maxsize=4096)
def read_digits(text: str) -> Number | None:
    """Return the number that ``text`` writes, or None.

    Groups of exactly three digits are thousands whatever the separator; one or two digits after
    the last separator are decimals.

    >>> read_digits("7.500.000").value, read_digits("7,5").value, read_digits("28.590").value
    (7500000.0, 7.5, 28590.0)
    """
    match = _NUMBER.fullmatch(text) if len(text) <= 2 * MAX_DIGITS else None
    if match is None:
        return None
    whole, decimals = match.groups()
    digits = whole.replace(".", "").replace(",", "")
    if len(digits) > MAX_DIGITS:
        return None
    return Number(
        value=float(f"{digits}.{decimals or 0}"),
        grouped=len(digits) != len(whole),
        digits=len(digits),
        decimal=decimals is not None,
        zero_led=len(digits) > 1 and digits[0] == "0",
    )


def look(token: Token, table: Mapping[str, V]) -> V | None:
    """Return what ``table`` says of the token in any of its readings or as it is written."""
    norm = token.norm
    found = table.get(norm)
    if found is not None:
        return found
    if len(token.forms) > 1:
        for form in token.forms:
            found = table.get(form)
            if found is not None:
                return found
    text = token.text
    return None if text == norm else table.get(text.lower())


def reads_as(token: Token, words: frozenset[str]) -> bool:
    """Tell whether any reading of the token is one of ``words``."""
    norm = token.norm
    if norm in words:
        return True
    if len(token.forms) > 1 and not words.isdisjoint(token.forms):
        return True
    text = token.text
    return text != norm and text.lower() in words


def number_starts(
    document: Document, tokens: Sequence[Token], words: frozenset[str]
) -> Iterable[int]:
    """Return where a number in digits or one of ``words`` stands, in order.

    Args:
        document: The document.
        tokens: Its tokens, as ``split_units`` returned them.
        words: In standard form.
    """
    if tokens is document.tokens:
        here = [at for at in document.where(words) if tokens[at].norm in words]
        return sorted({*here, *document.numbers})
    return [
        at for at, token in enumerate(tokens) if token.norm[:1] in DIGITS or token.norm in words
    ]


def read_count(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """Read a number without magnitude at ``at``: '12', '7,5', 'dua puluh lima', 'tiga ratus'.

    Returns:
        Its value and the index after it; None when there is none.
    """
    if at >= len(tokens):
        return None
    norm = tokens[at].norm
    if norm[:1] in DIGITS:
        number = read_digits(norm)
        return None if number is None else (number.value, at + 1)
    if norm not in NUMBER_WORDS:
        return None
    value = 0
    ones: int | None = None
    start = at
    while at < len(tokens) and (at == start or not tokens[at].starts_clause):
        norm = tokens[at].norm
        if ones is None:
            if norm in ONES:
                ones = ONES[norm]
            elif norm in FIXED and value % 100 == 0 and FIXED[norm] > 0:
                if value and FIXED[norm] >= 100:
                    break
                value += FIXED[norm]
                if norm in ("sepuluh", "sebelas"):
                    at += 1
                    break
            else:
                break
        elif norm == "belas" and value % 100 == 0:
            value, ones = value + 10 + ones, None
            at += 1
            break
        elif norm == "puluh" and value % 100 == 0:
            value, ones = value + 10 * ones, None
        elif norm == "ratus" and value == 0:
            value, ones = value + 100 * ones, None
        else:
            break
        at += 1
    return float(value + (ones or 0)), at


def split_units(
    tokens: Sequence[Token],
    prefixes: AbstractSet[str] = frozenset(),
    unlettered: Iterable[int] | None = None,
) -> Sequence[Token]:
    """Return the tokens with numbers parted from what is glued to them: '7jt', 'rp500', '10x'.

    Only known units after the number, and ``prefixes`` before it or after it, are parted, so that
    'N4', 'G2G' and 'S1' stay whole.

    Args:
        tokens: The words.
        prefixes: What may stand in front of a number, or behind it.
        unlettered: The indexes of the tokens that are not all letters; None if not known.
    """
    out: list[Token] = []
    done = 0
    for index in range(len(tokens)) if unlettered is None else unlettered:
        norm = tokens[index].norm
        if norm.isalpha() or norm.isdigit() or len(norm) > _LONGEST_GLUED:
            continue
        parts = _parts(norm, prefixes)
        if parts is not None:
            out.extend(tokens[done:index])
            out.extend(_parted(tokens[index], parts))
            done = index + 1
    return [*out, *tokens[done:]] if done else tokens


def _parted(token: Token, parts: Iterable[tuple[int, int]]) -> Iterator[Token]:
    norm = token.norm
    exact = token.end - token.start == len(norm) and len(token.text) == len(norm)
    clause = token.starts_clause
    for start, end in parts:
        yield Token(
            text=token.text[start:end] if exact else norm[start:end],
            norm=norm[start:end],
            forms=(norm[start:end],),
            start=token.start + start if exact else token.start,
            end=token.start + end if exact else token.end,
            folds=token.folds,
            starts_clause=clause,
        )
        clause = False


def _parts(norm: str, prefixes: AbstractSet[str]) -> list[tuple[int, int]] | None:
    match = _GLUED.fullmatch(norm)
    if match is None:
        return None
    before, number, after = match.groups()
    if not before and not after and number[-1] not in ".,":
        return None
    if before and before not in prefixes:
        return None
    if after and after not in _SUFFIXES and after not in prefixes:
        return None
    parts = [match.span(1)] if before else []
    start = match.start(2)
    parts.append((start, start + len(number.rstrip(".,"))))
    if after:
        parts.append(match.span(3))
    return parts
