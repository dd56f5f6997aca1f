"""Reads the ends of an amount: '7-12jt', 'min 10jt', 'up to 25 juta', '8 juta ke atas'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from offer_screen.extract.money_words import NOT_MONEY, MoneyWords, find_phrase
from offer_screen.extract.numbers import DIGITS, reads_as
from offer_screen.extract.quantity import Quantity, read_quantity
from offer_screen.text.document import Document, Token

_DASHES = ("-", "–", "—", "~")
RANGE_WORDS = frozenset(("-", "–", "—", "~", "sampai", "sampe", "hingga", "s/d", "sd", "s.d", "to"))
_RANGE_FILLERS = frozenset(("dengan", "ke", "max", "maks", "maksimal", "sampai", "sampe", "hingga"))
_UP_TO = frozenset(
    ("sampai", "sampe", "hingga", "s/d", "sd", "s.d", "upto", "max", "maks", "maksimal", "maksimum")
)
_AT_LEAST = frozenset(("mulai", "start", "starting", "min", "minimal", "minimum"))
_ABOUT = frozenset(("sekitar", "kisaran", "kira-kira", "kurleb", "estimasi", "about", "±"))
_FLOOR_PAIRS = {("atas", "di"), ("dari", "mulai"), ("dari", "lebih"), ("from", "start")}
_CEILING_PAIRS = {("to", "up"), ("bawah", "di"), ("dari", "kurang"), ("dengan", "sampai")}
_ABOUT_PAIRS = {("lebih", "kurang")}


def range_end(
    document: Document, tokens: Sequence[Token], at: int, first: Quantity, words: MoneyWords
) -> tuple[Quantity, str | None] | None:
    """Return the upper end of a range whose lower end stands before ``at``, with its currency."""
    if at + 1 >= len(tokens) or tokens[at].starts_clause:
        return None
    opener = tokens[at]
    if opener.norm[:1] not in DIGITS and find_phrase(tokens, at, words.currencies) is not None:
        return _dashed_end(document, tokens, at, first, words)
    rising = opener.norm == "ke" and first.number is not None and not first.bare
    if not (reads_as(opener, RANGE_WORDS) or rising):
        return None
    dash = not opener.norm[:1].isalpha()
    tight = dash and opener.start == tokens[at - 1].end
    at += 1
    while at < len(tokens) and tokens[at].norm in _RANGE_FILLERS and not tokens[at].starts_clause:
        at += 1
    currency = None
    prefix = find_phrase(tokens, at, words.currencies)
    if prefix is not None:
        currency, at = prefix
    if at >= len(tokens) or tokens[at].starts_clause:
        return None
    upper = read_quantity(tokens, at)
    if upper is None or (upper.number is not None and upper.number.zero_led and upper.bare):
        return None
    tight = tight and opener.end == tokens[at].start
    if upper.bare and not first.bare and currency is None:
        # '7jt-12' is a range, '7jt - 3 hari' and '7jt - 12 orang' are not.
        following = tokens[upper.end] if upper.end < len(tokens) else None
        counted = following is not None and reads_as(following, NOT_MONEY)
        if not tight or counted or upper.plain <= first.plain or upper.plain >= 1000:
            return None
        upper = upper._replace(
            low=upper.low * first.scale, high=upper.high * first.scale, scale=first.scale
        )
    if upper.high < spread(first, upper):
        return None
    return upper, currency


def _dashed_end(
    document: Document, tokens: Sequence[Token], at: int, first: Quantity, words: MoneyWords
) -> tuple[Quantity, str | None] | None:
    """Read 'US$1.000-US$1.200', where the dash is no word of its own."""
    gap = document.original[tokens[at - 1].end : tokens[at].start].strip()
    prefix = find_phrase(tokens, at, words.currencies)
    if gap not in _DASHES or prefix is None:
        return None
    upper = read_quantity(tokens, prefix[1])
    if upper is None or upper.high < spread(first, upper):
        return None
    return upper, prefix[0]


def spread(first: Quantity, upper: Quantity) -> float:
    """Return the lower end of a range, with the magnitude of the upper end where it has none."""
    if not first.bare or upper.bare or first.low >= 1000:
        return first.low
    if first.low * upper.scale <= upper.high:
        return first.low * upper.scale
    return first.low * upper.scale / 1000


class Bounds(NamedTuple):
    """How an amount is open or blurred, and the tokens ``start`` to ``end`` that say so."""

    start: int
    end: int
    up_to: bool
    at_least: bool
    about: bool


def read_bounds(
    document: Document, tokens: Sequence[Token], start: int, end: int, floor: int
) -> Bounds:
    """Read what opens a range ('mulai', 'up to', 'ke atas') or blurs it ('sekitar')."""
    up_to = at_least = about = False
    first = start
    mark = document.original[max(0, tokens[start].start - 2) : tokens[start].start]
    if "±" in mark:
        about = True
    for _ in range(2):
        at = first - 1
        if at < floor or tokens[first].starts_clause:
            break
        token = tokens[at]
        previous = tokens[at - 1].norm if at > floor and not token.starts_clause else ""
        pair = (token.norm, previous)
        if pair in _CEILING_PAIRS:
            up_to, first = True, at - 1
        elif pair in _FLOOR_PAIRS:
            at_least, first = True, at - 1
        elif pair in _ABOUT_PAIRS:
            about, first = True, at - 1
        elif reads_as(token, _UP_TO):
            up_to, first = True, at
        elif reads_as(token, _AT_LEAST) or token.norm == "diatas":
            at_least, first = True, at
        elif reads_as(token, _ABOUT):
            about, first = True, at
        else:
            break
    if end < len(tokens) and not tokens[end].starts_clause:
        norm = tokens[end].norm
        after = tokens[end + 1].norm if end + 1 < len(tokens) else ""
        if norm == "keatas" or (norm, after) == ("ke", "atas"):
            at_least, end = True, end + (1 if norm == "keatas" else 2)
    return Bounds(first, end, up_to and not at_least, at_least, about)
