"""Tells what each amount of money is for, by the words that stand nearest to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from offer_screen.extract.money_words import BEFORE_QUALIFIERS, Phrases, find_phrase
from offer_screen.extract.numbers import reads_as
from offer_screen.facts import MoneyRole, Period
from offer_screen.text.document import Document, Token

ROLES: tuple[MoneyRole, ...] = (
    "salary",
    "fee",
    "deposit",
    "fine",
    "debt",
    "bonus",
    "advance",
    "price",
)
HINTS = ("weak_fee", "family", "refund")
"""Cues that are no role of their own."""

_ROLES_BEHIND = frozenset(("salary", "fee", "deposit", "fine", "debt", "price"))
"""Roles that a word behind the amount can give it: '15jt biaya', but '15jt bonus' begins anew."""

_REACH_BEFORE = 8
_REACH_AFTER = 3
_REACH_OVER_COMMA = 3
_LONGEST_CUE = 3
_LINKS = frozenset(
    "ditambah tambah plus dan + & serta atau setara sekitar sama dengan kurs".split()
)
_SAME_SUM = frozenset(("atau", "setara", "sekitar", "sama", "kurs"))
_NUMBERED = frozenset(
    ("nomor", "no", "rekening", "rek", "handphone", "hp", "whatsapp", "wa", "kode")
)
_STAFF = frozenset(("staf", "staff", "operator", "kepala"))
_LEAST_MONTHLY_IDR = 400_000
_LEAST_MONTHLY_FOREIGN = 60


class Candidate(NamedTuple):
    """An amount as read, before its role is known.

    ``start`` and ``end`` are token indexes. ``doubtful`` amounts have neither currency nor
    magnitude nor grouping, ``small`` ones neither of the first two and are below the least sum that
    is taken for rupiah: both count only beside a cue. ``explicit``: the period stands behind it.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    currency: str | None
    period: Period | None
    months: float | None
    tasks: int | None
    approx: bool
    plus: bool
    doubtful: bool
    small: bool
    explicit: bool
    ratio: float | None
    ratio_to: str | None


class Cue(NamedTuple):
    """Words that say what an amount is for, at ``tokens[first:last]``."""

    first: int
    last: int
    role: str


def find_cues(
    tokens: Sequence[Token], roles: Phrases, found: Sequence[Candidate]
) -> tuple[Cue, ...]:
    """Return the role cues around the amounts in order, the longest wherever they overlap."""
    cues = []
    at = 0
    for candidate in found:
        at = max(at, candidate.start - _REACH_BEFORE - _LONGEST_CUE)
        last = min(candidate.end + _REACH_AFTER + 1, len(tokens))
        while at < last:
            token = tokens[at]
            if token.norm in roles or len(token.forms) > 1 or token.text != token.norm:
                phrase = find_phrase(tokens, at, roles)
                if phrase is not None:
                    cues.append(Cue(at, phrase[1], phrase[0]))
                    at = phrase[1]
                    continue
            at += 1
    return tuple(cues)


def assign_roles(
    document: Document,
    tokens: Sequence[Token],
    found: Sequence[Candidate],
    cues: Sequence[Cue],
) -> Iterator[tuple[Candidate, MoneyRole]]:
    """Yield the amounts that stand up to a second look, each with its role."""
    out: list[tuple[Candidate, MoneyRole]] = []
    firsts = [cue.first for cue in cues]
    for index, candidate in enumerate(found):
        floor = out[-1][0].end if out else 0
        ceiling = found[index + 1].start if index + 1 < len(found) else len(tokens)
        near = cues[
            bisect_left(firsts, candidate.start - _REACH_BEFORE - _LONGEST_CUE) : bisect_right(
                firsts, candidate.end + _REACH_AFTER
            )
        ]
        before = _cue_before(document, tokens, candidate, floor, near)
        if (candidate.doubtful or candidate.small) and not _stands(tokens, candidate, before):
            continue
        after, family = _cues_after(document, tokens, candidate, ceiling, near)
        refund = bool(out) and before is None and _is_refund(tokens, out[-1][0], candidate, near)
        if refund and out[-1][1] in ("fee", "deposit", "amount"):
            out[-1] = (out[-1][0], "deposit")
            out.append((candidate, "bonus"))
            continue
        if after is not None and candidate.explicit and after.role != "salary":
            after = None  # '4 juta/bulan daftar ke …': who names a period behind it speaks of pay
        cue = before or after
        link = _link(document, tokens, out[-1][0], candidate) if out and before is None else None
        if cue is None and link is not None and out[-1][1] != "amount":
            previous, role = out[-1]
            told_again = link == "same" and candidate.period is None
            out.append((_like(candidate, previous) if told_again else candidate, role))
            continue
        role = _role(tokens, candidate, cue, near, floor)
        if link == "same" and cue is None and role != "amount":
            out[-1] = (_like(out[-1][0], candidate), role)
        if family and role in ("fee", "bonus", "amount"):
            role = "advance"
        out.append((_with_currency(_with_period(candidate, role, cue), role), role))
    return iter(out)


def _like(candidate: Candidate, previous: Candidate) -> Candidate:
    return candidate._replace(period=previous.period, months=previous.months)


def _role(
    tokens: Sequence[Token],
    candidate: Candidate,
    cue: Cue | None,
    cues: Sequence[Cue],
    floor: int,
) -> MoneyRole:
    role = _named(cue.role) if cue is not None else "amount"
    period = candidate.period
    if candidate.ratio is not None:
        return "salary"
    if role == "amount":
        if period is not None:
            return "salary"
        if _weak_fee(tokens, candidate, cues, floor):
            return "fee"
        # 'ART Riyadh 1.500 real': who names foreign money and nothing else speaks of pay
        most = candidate.high if candidate.high is not None else candidate.low
        foreign = candidate.currency not in (None, "IDR")
        return "salary" if foreign and most and most >= _LEAST_MONTHLY_FOREIGN else "amount"
    if role == "advance" and period is not None and period is not Period.TASK:
        return "salary"  # 'uang saku 2 juta per bulan' is what trainees are paid
    if (
        role == "fee"
        and period is not None
        and cue is not None
        and tokens[cue.first].norm == "fee"
        and cue.last <= candidate.start
    ):
        # 'fee 500rb per rekening' goes to whoever answers, and so does 'fee 200rb per hari'
        return "bonus" if period in (Period.TASK, Period.CONTRACT) else "salary"
    return role


def _named(name: str) -> MoneyRole:
    return next((role for role in ROLES if role == name), "amount")


def _cue_before(
    document: Document,
    tokens: Sequence[Token],
    candidate: Candidate,
    floor: int,
    cues: Sequence[Cue],
) -> Cue | None:
    best = None
    for cue in cues:
        if cue.last > candidate.start:
            break
        if cue.first >= floor and cue.role not in HINTS:
            best = cue
    if best is None or candidate.start - best.last > _REACH_BEFORE:
        return None
    if any(tokens[at].starts_clause for at in range(best.last, candidate.start + 1)):
        return None
    gap = document.cleaned_between(tokens[best.last - 1].end, tokens[candidate.start].start)
    if ("," in gap or ";" in gap) and candidate.start - best.last > _REACH_OVER_COMMA:
        return None
    return best


def _cues_after(
    document: Document,
    tokens: Sequence[Token],
    candidate: Candidate,
    ceiling: int,
    cues: Sequence[Cue],
) -> tuple[Cue | None, bool]:
    """Return the role cue behind an amount, and whether the money is said to be for the family."""
    role = None
    for cue in cues:
        if cue.first < candidate.end:
            continue
        if cue.first - candidate.end > _REACH_AFTER or cue.last > ceiling:
            break
        if any(tokens[at].starts_clause for at in range(candidate.end, cue.first + 1)):
            break
        if cue.role == "family":
            return role, True
        gap = document.cleaned_between(tokens[candidate.end - 1].end, tokens[cue.first].start)
        names_next = ceiling < len(tokens) and ceiling - cue.last <= 2
        apart = "," in gap or "\n" in gap or ";" in gap
        if role is None and cue.role in _ROLES_BEHIND and not names_next and not apart:
            role = cue
    return role, False


def _stands(tokens: Sequence[Token], candidate: Candidate, cue: Cue | None) -> bool:
    """Tell whether a number without currency and magnitude is money, by what is around it."""
    high = candidate.high if candidate.high is not None else candidate.low
    if high is None or high < 100:
        return False
    if candidate.start and reads_as(tokens[candidate.start - 1], _NUMBERED):
        return False
    timed = candidate.explicit and candidate.period is not None
    if timed and (high >= 300 if candidate.period is not Period.TASK else high >= 1000):
        return True
    if candidate.doubtful and 1990 <= high <= 2035:
        return False
    beside = cue is not None and all(
        tokens[at].norm in BEFORE_QUALIFIERS for at in range(cue.last, candidate.start)
    )
    if candidate.small:
        return beside
    return beside or (high % 1000 == 0 and (cue is not None or candidate.period is not None))


def _is_refund(
    tokens: Sequence[Token], previous: Candidate, candidate: Candidate, cues: Sequence[Cue]
) -> bool:
    if not 0 < candidate.start - previous.end <= 4:
        return False
    if any(tokens[at].starts_clause for at in range(previous.end, candidate.start + 1)):
        return False
    return any(
        cue.role == "refund" and previous.end <= cue.first and cue.last <= candidate.start
        for cue in cues
    )


def _link(
    document: Document, tokens: Sequence[Token], previous: Candidate, candidate: Candidate
) -> Literal["same", "more"] | None:
    """Tell whether an amount is the one before it told again, or added to it."""
    if candidate.start - previous.end > 4:
        return None
    gap = document.cleaned_between(tokens[previous.end - 1].end, tokens[candidate.start].start)
    between = [tokens[at].norm for at in range(previous.end, candidate.start)]
    other = candidate.currency != previous.currency
    if other and (gap.strip() in ("(", "=", "/", "≈") or _SAME_SUM.intersection(between)):
        return "same"
    linked = _LINKS.intersection(between) or "+" in gap
    if linked and len(between) <= 3:
        return "more"
    return None


def _weak_fee(
    tokens: Sequence[Token], candidate: Candidate, cues: Sequence[Cue], floor: int
) -> bool:
    for cue in cues:
        if cue.role != "weak_fee":
            continue
        titled = cue.first > 0 and tokens[cue.first - 1].norm in _STAFF
        if floor <= cue.first and 0 <= candidate.start - cue.last <= 1 and not titled:
            return not any(tokens[at].starts_clause for at in range(cue.last, candidate.start + 1))
    return False


def _with_period(candidate: Candidate, role: MoneyRole, cue: Cue | None) -> Candidate:
    """Take a wage without period for a monthly one, if it can be one."""
    if role != "salary" or cue is None or candidate.period is not None:
        return candidate
    most = candidate.high if candidate.high is not None else candidate.low
    if most is None:
        return candidate
    least = _LEAST_MONTHLY_IDR if candidate.currency == "IDR" else _LEAST_MONTHLY_FOREIGN
    return candidate._replace(period=Period.MONTH) if most >= least else candidate


def _with_currency(candidate: Candidate, role: MoneyRole) -> Candidate:
    """Take a bare five-digit sum that is asked for in Indonesian for rupiah."""
    most = candidate.high if candidate.high is not None else candidate.low
    if candidate.currency is None and role not in ("salary", "amount", "price") and most:
        return candidate._replace(currency="IDR") if most >= 10_000 else candidate
    return candidate
