"""Reads what an amount of money is paid per: month, day, three tasks, a contract of 14 months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from offer_screen.extract.money_words import (
    AFTER_QUALIFIERS,
    BEFORE_QUALIFIERS,
    PER_WORDS,
    PERIOD_UNITS,
    PERIOD_WORDS,
    TASKS,
)
from offer_screen.extract.numbers import look, read_count, reads_as
from offer_screen.facts import Period
from offer_screen.text.document import Document, Token

_DAYS = {Period.DAY: 1.0, Period.WEEK: 7.0, Period.MONTH: 30.44, Period.YEAR: 365.0}
_REACH = 5


class Per(NamedTuple):
    """What an amount is paid per; ``end`` is the index of the token after the words for it."""

    period: Period
    months: float | None
    tasks: int | None
    end: int


def slash_before(document: Document, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a slash stands between the token and the one before it."""
    return "/" in document.original[tokens[at - 1].end : tokens[at].start]


def period_after(document: Document, tokens: Sequence[Token], at: int) -> Per | None:
    """Return the period named right behind an amount that ends before ``at``."""
    for _ in range(_REACH):
        if at >= len(tokens) or tokens[at].starts_clause:
            return None
        found = _period_at(document, tokens, at)
        if found is not None:
            return found
        if tokens[at].norm not in AFTER_QUALIFIERS:
            return None
        at += 1
    return None


def _period_at(document: Document, tokens: Sequence[Token], at: int) -> Per | None:
    token = tokens[at]
    period = look(token, PERIOD_WORDS)
    if period is not None:
        return Per(period, None, None, at + 1)
    norm = token.norm
    if norm in PER_WORDS:
        return _per(tokens, at + 1)
    if slash_before(document, tokens, at):
        found = _per(tokens, at)
        if found is not None:
            return found
    if norm == "selama":
        count = read_count(tokens, at + 1)
        if count is not None and count[1] < len(tokens):
            unit = look(tokens[count[1]], PERIOD_UNITS)
            if unit in (Period.MONTH, Period.YEAR):
                months = count[0] * (12 if unit is Period.YEAR else 1)
                return Per(Period.CONTRACT, months, None, count[1] + 1)
        return None
    if norm in ("1", "satu") and at + 1 < len(tokens):
        unit = look(tokens[at + 1], PERIOD_UNITS)
        if unit is not None and unit is not Period.CONTRACT:
            return Per(unit, None, None, at + 2)
    return None


def _per(tokens: Sequence[Token], at: int) -> Per | None:
    """Read what follows 'per', 'tiap' or a slash: 'bulan', '3 tugas', 'tiga bulan'."""
    count = read_count(tokens, at)
    number, at = count if count is not None else (1.0, at)
    if at >= len(tokens) or number <= 0:
        return None
    unit = look(tokens[at], PERIOD_UNITS)
    if unit is None:
        if reads_as(tokens[at], TASKS):
            return Per(Period.TASK, None, int(number) or 1, at + 1)
        return None
    if number == 1:
        return Per(unit, None, None, at + 1)
    if unit not in _DAYS:
        return None
    months = number * 12 if unit is Period.YEAR else number * _DAYS[unit] / _DAYS[Period.MONTH]
    return Per(Period.CONTRACT, round(months, 2), None, at + 1)


def period_before(
    document: Document, tokens: Sequence[Token], start: int, floor: int
) -> Per | None:
    """Return the period named before an amount: 'sehari bisa 900.000', 'gaji/bulan 7jt'."""
    at = start - 1
    for _ in range(_REACH):
        if at < floor or tokens[at + 1].starts_clause:
            return None
        token = tokens[at]
        period = look(token, PERIOD_WORDS)
        if period is not None:
            return Per(period, None, None, start)
        unit = PERIOD_UNITS.get(token.norm)
        if unit is not None:
            per = at > floor and (
                tokens[at - 1].norm in PER_WORDS or slash_before(document, tokens, at)
            )
            return Per(unit, None, None, start) if per else None
        if token.norm not in BEFORE_QUALIFIERS:
            return None
        at -= 1
    return None
