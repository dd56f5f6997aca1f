"""Reads lengths of time ('3-5 hari', 'dua minggu', 'setahun') and clock times as hours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from offer_screen.extract.numbers import look, read_count
from offer_screen.text.document import Token

Unit = Literal["jam", "hari", "minggu", "bulan", "tahun"]

UNITS: Mapping[str, Unit] = {
    "jam": "jam",
    "jm": "jam",
    "hours": "jam",
    "hari": "hari",
    "hr": "hari",
    "hri": "hari",
    "days": "hari",
    "minggu": "minggu",
    "mgg": "minggu",
    "mggu": "minggu",
    "pekan": "minggu",
    "weeks": "minggu",
    "bulan": "bulan",
    "bln": "bulan",
    "bl": "bulan",
    "months": "bulan",
    "tahun": "tahun",
    "thn": "tahun",
    "th": "tahun",
    "years": "tahun",
}
SINGLE: Mapping[str, Unit] = {
    "sehari": "hari",
    "seminggu": "minggu",
    "sepekan": "minggu",
    "sebulan": "bulan",
    "setahun": "tahun",
}
_DAYS: Mapping[Unit, float] = {"jam": 0, "hari": 1, "minggu": 7, "bulan": 30, "tahun": 365}
_RANGE = frozenset(("-", "–", "~", "sampai", "sampe", "hingga", "s/d", "sd", "s.d", "atau"))
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)", re.ASCII)
_EVENING = frozenset(("sore", "malam", "mlm"))
_MORNING = frozenset(("pagi", "siang", "subuh"))
_LONGEST = (0, 31, 62, 92, 124, 153, 184, 214, 245, 276, 306, 337)
_LONGEST_YEAR = 368
"""Most days of so many months, and of each twelve: an upper end as the fact base states it, within
three days of what a calendar can give (124 for four months, 430 for fourteen)."""


class TimeSpan(NamedTuple):
    """A length of time.

    Attributes:
        low: Fewest units.
        high: Most units.
        unit: The unit.
        end: Index of the token after it.
        single: Written as one word ('sebulan').
    """

    low: float
    high: float
    unit: Unit
    end: int
    single: bool = False

    @property
    def hours(self) -> bool:
        """The unit is the hour."""
        return self.unit == "jam"


def read_time(tokens: Sequence[Token], at: int, *, unit_alone: bool = False) -> TimeSpan | None:
    """Return the length of time that starts at ``at``, or None.

    Args:
        tokens: The words.
        at: Where to read.
        unit_alone: Take a unit without number for one of it ('per bulan').
    """
    if at >= len(tokens):
        return None
    single = SINGLE.get(tokens[at].norm)
    if single is not None:
        return TimeSpan(1, 1, single, at + 1, single=True)
    if unit_alone and (unit := look(tokens[at], UNITS)) is not None:
        return TimeSpan(1, 1, unit, at + 1)
    count = read_count(tokens, at)
    if count is None or not 0 < count[0] <= 1000:
        return None
    low, end = count
    high = low
    if end + 1 < len(tokens) and tokens[end].norm in _RANGE:
        start = end + 1
        if tokens[start].norm == "dengan" and start + 1 < len(tokens):
            start += 1
        second = read_count(tokens, start)
        if second is not None and low <= second[0] <= 1000:
            high, end = second
    if end >= len(tokens) or tokens[end].starts_clause:
        return None
    unit = look(tokens[end], UNITS)
    if unit is None:
        return None
    return TimeSpan(low, high, unit, end + 1)


def days_of(time: TimeSpan, *, calendar: bool) -> tuple[float, float]:
    """Return the fewest and most days of a length of time.

    Args:
        time: The length.
        calendar: Count months as the calendar does, up to 92 days for three, not as 30 days each.
    """
    days = _DAYS[time.unit]
    low, high = time.low * days, time.high * days
    if calendar and time.unit == "bulan" and time.high == int(time.high) and time.high > 0:
        whole, rest = divmod(int(time.high), 12)
        high = whole * _LONGEST_YEAR + _LONGEST[rest]
    return low, high


def clock_hours(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """Return the hours between two clock times that start at ``at``, and the index after them.

    >>> words = [Token(w, w, (w,), 0, 1) for w in "jam 10 malam sampai 10 pagi".split()]
    >>> clock_hours(words, 0)
    (12.0, 6)
    """
    named = tokens[at].norm in ("jam", "pukul")
    first = _clock_time(tokens, at + 1 if named else at, named=named)
    if first is None:
        return None
    start, at = first
    if at + 1 >= len(tokens) or tokens[at].norm not in _RANGE:
        return None
    at += 1
    while at < len(tokens) and tokens[at].norm in ("dengan", "jam", "pukul", "sampai"):
        at += 1
    second = _clock_time(tokens, at, named=named)
    if second is None:
        return None
    return (second[0] - start) % 24, second[1]


def _clock_time(tokens: Sequence[Token], at: int, *, named: bool) -> tuple[float, int] | None:
    if at >= len(tokens):
        return None
    norm = tokens[at].norm
    match = _CLOCK.fullmatch(norm)
    if match is not None:
        hour, minute = float(match[1]), float(match[2])
    elif named and norm.isdecimal() and len(norm) <= 2 and int(norm) <= 24:
        hour, minute = float(norm), 0.0
    else:
        return None
    at += 1
    if at < len(tokens) and not tokens[at].starts_clause:
        if tokens[at].norm in _EVENING:
            return (hour + 12 if hour < 12 else hour) % 24 + minute / 60, at + 1
        if tokens[at].norm in _MORNING:
            return hour + minute / 60, at + 1
        if tokens[at].norm in ("wib", "wita", "wit"):
            at += 1
    return hour + minute / 60, at
