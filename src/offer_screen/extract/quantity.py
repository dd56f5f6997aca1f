"""Reads quantities, numbers with their magnitude: '7,5 juta', 'belasan juta', 'sejuta setengah'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from offer_screen.extract.numbers import (
    DIGITS,
    MAGNITUDES,
    NUMBER_WORDS,
    VAGUE_MAGNITUDES,
    Number,
    look,
    read_count,
    read_digits,
)
from offer_screen.text.document import Token

SCALED: Mapping[str, float] = {"sejuta": 1e6, "seribu": 1e3, "semiliar": 1e9, "semilyar": 1e9}
VAGUE: Mapping[str, tuple[float, float]] = {
    "belasan": (11, 19),
    "puluhan": (20, 99),
    "ratusan": (100, 999),
}
MANY: Mapping[str, tuple[float, float]] = {
    "ribuan": (1e3, 9.9e3),
    "jutaan": (1e6, 9.9e6),
    "miliaran": (1e9, 9.9e9),
    "milyaran": (1e9, 9.9e9),
}
CASH: Mapping[str, float] = {
    "seceng": 1e3,
    "goceng": 5e3,
    "ceban": 10e3,
    "noban": 20e3,
    "goban": 50e3,
}
"""Market words for sums of rupiah."""

MULTIPLES: Mapping[str, tuple[float, str]] = {"man": (1e4, "JPY")}
"""Words that carry both a magnitude and a currency."""

OPENERS: frozenset[str] = (
    NUMBER_WORDS
    | frozenset(SCALED)
    | frozenset(VAGUE)
    | frozenset(MANY)
    | frozenset(CASH)
    | frozenset(("setengah",))
)
"""Words, beside digits, at which a quantity may begin."""


class Quantity(NamedTuple):
    """A number with its magnitude.

    Attributes:
        low: Lower end.
        high: Upper end, equal to ``low`` when exact.
        plain: The number before its magnitude.
        scale: The magnitude; 1 when none was written.
        end: Index of the token after it.
        approx: Rounded or vague.
        number: How it was written, if in digits.
        currency: ISO code when the magnitude implies one ('18 man').
    """

    low: float
    high: float
    plain: float
    scale: float
    end: int
    approx: bool = False
    number: Number | None = None
    currency: str | None = None

    @property
    def bare(self) -> bool:
        """No magnitude was written."""
        return self.scale == 1


def read_quantity(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Return the quantity that starts at ``at``, or None."""
    if at >= len(tokens):
        return None
    norm = tokens[at].norm
    if norm[:1] in DIGITS:
        number = read_digits(norm)
        return None if number is None else _counted(tokens, at + 1, number.value, number)
    if norm in NUMBER_WORDS:
        count = read_count(tokens, at)
        return None if count is None else _counted(tokens, count[1], count[0], None)
    if norm in SCALED:
        return _compound(tokens, at + 1, 1, SCALED[norm], None)
    if norm == "setengah":
        scale = _magnitude(tokens, at + 1)
        if scale is None:
            return None
        return Quantity(scale / 2, scale / 2, 0.5, scale, at + 2)
    if norm in VAGUE:
        low, high = VAGUE[norm]
        scale = _magnitude(tokens, at + 1) or 1
        end = at + (2 if scale > 1 else 1)
        return Quantity(low * scale, high * scale, low, scale, end, approx=True)
    if norm in MANY:
        low, high = MANY[norm]
        scale = 1e3 if low == 1e3 else low
        return Quantity(low, high, 1, scale, at + 1, approx=True)
    if norm in CASH:
        return Quantity(CASH[norm], CASH[norm], CASH[norm], 1e3, at + 1)
    return None


def _counted(
    tokens: Sequence[Token], at: int, value: float, number: Number | None, *, decimals: bool = False
) -> Quantity | None:
    if at >= len(tokens) or tokens[at].starts_clause:
        return Quantity(value, value, value, 1, at, number=number)
    token = tokens[at]
    norm = token.norm
    if norm == "digit" and value in (2, 3):
        low = 10 ** (5 + value)
        return Quantity(low, 10 * low - 1e6, low / 1e6, 1e6, at + 1, approx=True, number=number)
    if norm == "koma" and not decimals:
        after = read_count(tokens, at + 1)
        if after is None:
            low = value * 1e6
            return Quantity(low, low + 990e3, value, 1e6, at + 1, approx=True, number=number)
        tenth = after[0] / (10 if after[0] < 10 else 100)
        if tenth >= 1:
            return None
        return _counted(tokens, after[1], value + tenth, number, decimals=True)
    if norm in MULTIPLES:
        factor, currency = MULTIPLES[norm]
        return Quantity(
            value * factor, value * factor, value, factor, at + 1, number=number, currency=currency
        )
    if norm == "setengah" and (half_of := _magnitude(tokens, at + 1)) is not None:
        low = (value + 0.5) * half_of
        return Quantity(low, low, value + 0.5, half_of, at + 2, number=number)
    if norm == "ratus" and number is not None:
        return _counted(tokens, at + 1, value * 100, None)
    loose = norm == "an"
    if loose:
        at += 1
        if at >= len(tokens):
            return Quantity(value, value, value, 1, at, approx=True, number=number)
    near = tokens[at].start - tokens[at - 1].end <= 1  # not 'sejak 2026, ribuan'
    vague = look(tokens[at], VAGUE_MAGNITUDES) if near else None
    scale = vague or _magnitude(tokens, at)
    if scale is not None and (loose or vague is not None):
        low = value * scale
        high = low + _step(value, scale) - 1
        return Quantity(low, high, value, scale, at + 1, approx=True, number=number)
    if scale is None:
        return Quantity(value, value, value, 1, at, approx=loose, number=number)
    return _compound(tokens, at + 1, value, scale, number)


def _compound(
    tokens: Sequence[Token], at: int, value: float, scale: float, number: Number | None
) -> Quantity:
    """Return the quantity with what follows in smaller magnitudes: 'dua juta lima ratus ribu'."""
    total, smallest = value * scale, scale
    while at < len(tokens) and not tokens[at].starts_clause:
        if tokens[at].norm == "setengah" and smallest == scale:
            total += scale / 2
            at += 1
            break
        if tokens[at].norm == "an" and smallest == scale:
            high = total + _step(value, scale) - 1
            return Quantity(total, high, value, scale, at + 1, approx=True, number=number)
        count = read_count(tokens, at)
        if count is None:
            break
        next_scale = _magnitude(tokens, count[1])
        if next_scale is None:
            if number is None and tokens[at].norm in NUMBER_WORDS and count[0] < smallest == 1e3:
                total += count[0]
                at = count[1]
            break
        if next_scale >= smallest or count[0] * next_scale >= smallest:
            break
        total += count[0] * next_scale
        smallest = next_scale
        at = count[1] + 1
    return Quantity(total, total, value, scale, at, number=number)


def _magnitude(tokens: Sequence[Token], at: int) -> float | None:
    if at >= len(tokens) or tokens[at].starts_clause:
        return None
    token = tokens[at]
    scale = look(token, MAGNITUDES)
    if scale == 1e9 and token.text == "m":
        return None  # metres far more often than milliards
    if scale == 1e3 and at + 1 < len(tokens) and tokens[at + 1].norm == "juta":
        return None
    return scale


def _step(value: float, scale: float) -> float:
    """Return how far 'value-an' reaches: to the next million, or the next round thousand."""
    if value != int(value):
        return scale / 10
    step = 1
    while scale < 1e6 and value and value % (step * 10) == 0:
        step *= 10
    return step * scale
