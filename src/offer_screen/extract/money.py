"""Finds amounts of money: what is offered, asked for, owed or threatened, in any currency."""

from __future__ import annotations

from collections.abc import Sequence

from offer_screen.extract.money_period import period_after, period_before, slash_before
from offer_screen.extract.money_range import RANGE_WORDS, range_end, read_bounds, spread
from offer_screen.extract.money_relative import read_relative
from offer_screen.extract.money_roles import Candidate, assign_roles, find_cues
from offer_screen.extract.money_words import (
    NOT_MONEY,
    PERIOD_UNITS,
    MoneyWords,
    find_phrase,
)
from offer_screen.extract.numbers import (
    DIGITS,
    MAGNITUDES,
    VAGUE_MAGNITUDES,
    number_starts,
    read_count,
    reads_as,
    split_units,
)
from offer_screen.extract.quantity import MULTIPLES, Quantity, read_quantity
from offer_screen.facts import Money, MoneyRole, Period
from offer_screen.text.document import Document, Token
from offer_screen.values import Span

_BONUS_WORDS = frozenset(
    "bonus komisi lembur lemburan ot overtime tips tip insentif tunjangan uang makan service"
    " fasilitas premi reward".split()
)
_PER_MONTH = {
    Period.DAY: 26.0,
    Period.WEEK: 4.33,
    Period.MONTH: 1.0,
    Period.YEAR: 1 / 12,
}
_LEAST_MONTHLY = 400_000.0
_MOST_MONTHLY = 1e9

_LEAST_WRITTEN_IDR = 100
"""Below this what follows 'Rp' is a slip of the pen or of the camera."""

_LEAST_IDR = 100_000
"""Below this a number without currency or magnitude is not taken for rupiah."""

_SMALL_FOLLOWERS = (
    frozenset(MAGNITUDES)
    | frozenset(VAGUE_MAGNITUDES)
    | frozenset(MULTIPLES)
    | RANGE_WORDS
    | {"ke", "x", "kali", "digit", "koma", "an", "ratus", "setengah"}
)
"""What makes money, or the start of it, of a number below a hundred."""


def find_money(document: Document, words: MoneyWords) -> tuple[Money, ...]:
    """Return the amounts of money in the text, in text order, each with its role.

    ``monthly_idr`` and the ratios are left empty: they depend on the place and the job. An amount
    of nothing ('biaya Rp 0') is no money: it says who pays, and ``payer`` reads that.
    """
    tokens = split_units(document.tokens, words.glued, document.unlettered)
    found: list[Candidate] = []
    floor = 0
    triggers = words.triggers
    for at in number_starts(document, tokens, triggers):
        norm = tokens[at].norm
        if at < floor or (
            len(norm) <= 2 and norm[0] in DIGITS and _counts_little(tokens, at, triggers)
        ):
            continue
        candidate = _amount(document, tokens, at, floor, words)
        if candidate is None:
            continue
        if found and (merged := _min_max(found[-1], candidate)) is not None:
            found[-1] = merged
        else:
            found.append(candidate)
        floor = candidate.end
    if not found:
        return ()
    cues = find_cues(tokens, words.roles, found)
    money = (
        _money(tokens, candidate, role)
        for candidate, role in assign_roles(document, tokens, found, cues)
    )
    return tuple(amount for amount in money if amount.high != 0)


def _counts_little(tokens: Sequence[Token], at: int, triggers: frozenset[str]) -> bool:
    """Tell at a glance that a number below a hundred is not money, by what follows it."""
    if at + 1 >= len(tokens):
        return True
    follower = tokens[at + 1]
    return not (reads_as(follower, _SMALL_FOLLOWERS) or reads_as(follower, triggers))


# --- one amount ----------------------------------------------------------------------------------


def _amount(
    document: Document, tokens: Sequence[Token], at: int, floor: int, words: MoneyWords
) -> Candidate | None:
    relative = read_relative(tokens, at)
    if relative is not None:
        return relative
    start = at
    currency = None
    prefix = find_phrase(tokens, at, words.currencies)
    if prefix is not None:
        currency, at = prefix
        if at >= len(tokens) or tokens[at].starts_clause:
            return None
    quantity = read_quantity(tokens, at)
    if quantity is None:
        return None
    if prefix is not None and tokens[start].text.lower() == "real" and quantity.scale >= 1e6:
        currency, start = None, at  # 'gaji real 15 juta': 'real' is 'genuine'
    if _is_telephone(document, tokens, at, quantity):
        return None
    end = quantity.end
    currency, end = _currency_after(document, tokens, end, currency or quantity.currency, words)
    low, high, approx = quantity.low, quantity.high, quantity.approx
    bare = quantity.bare
    second = range_end(document, tokens, end, quantity, words)
    if second is not None:
        upper, upper_currency = second
        currency = currency or upper_currency or upper.currency
        low = spread(quantity, upper)
        high, approx, end = upper.high, approx or upper.approx, upper.end
        bare = bare and upper.bare
        currency, end = _currency_after(document, tokens, end, currency, words)
    if currency == "IDR" and bare and 0 < high < _LEAST_WRITTEN_IDR:
        return None
    if high < low or reads_as_other(document, tokens, start, end, bare=bare, currency=currency):
        return None
    plus, end = _plus(document, tokens, end)
    period = period_after(document, tokens, end)
    end = period.end if period is not None else end
    if not plus:
        plus, end = _plus(document, tokens, end)
    explicit = period is not None
    if period is None:
        period = period_before(document, tokens, start, floor)
    loose = quantity.plain == 1 and quantity.number is None and approx and currency is None
    if approx and bare and quantity.number is not None and currency is None and high < 100:
        loose = True
        low, high, bare = low * 1e6, (high + 1) * 1e6 - 1, False  # 'gaji 7-8an'
    bounds = read_bounds(document, tokens, start, end, floor)
    start = bounds.start
    return Candidate(
        start=start,
        end=max(end, bounds.end),
        low=0 if bounds.up_to else low,
        high=None if bounds.at_least else high,
        currency=currency or (None if bare and high < _LEAST_IDR else "IDR"),
        period=period.period if period is not None else None,
        months=period.months if period is not None else None,
        tasks=period.tasks if period is not None else None,
        approx=approx or bounds.about,
        plus=plus,
        doubtful=bare and currency is None and not (quantity.number and quantity.number.grouped),
        small=loose or (bare and currency is None and high < _LEAST_IDR),
        explicit=explicit,
        ratio=None,
        ratio_to=None,
    )


def reads_as_other(
    document: Document,
    tokens: Sequence[Token],
    start: int,
    end: int,
    *,
    bare: bool,
    currency: str | None,
) -> bool:
    """Tell whether what follows makes the number a count of something that is not money."""
    if end >= len(tokens):
        return False
    token = tokens[end]
    if token.norm in ("%", "persen", "percent"):
        return True
    if token.starts_clause or not reads_as(token, NOT_MONEY):
        return False
    if slash_before(document, tokens, end):
        return False
    if currency is not None:
        return bare and start + 1 < end and _is_small(tokens, start, end)
    if token.norm in PERIOD_UNITS:  # '3 juta hari ini', but '300 hari'
        return bare
    return True


def _is_small(tokens: Sequence[Token], start: int, end: int) -> bool:
    count = next((read_count(tokens, at) for at in range(start, end)), None)
    return count is not None and count[0] < 60


def _is_telephone(document: Document, tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Tell digits of a telephone, account or identity number from an amount."""
    number = quantity.number
    if number is None:
        return False
    if number.zero_led:
        return True
    if not quantity.bare or number.grouped:
        return False
    if number.digits > 9:
        return True
    if number.digits < 5 or at == 0:
        return False
    before = tokens[at - 1]
    if before.norm[:1] in DIGITS or before.norm[:1] == "+":
        return document.original[before.end : tokens[at].start].strip(" -.()") == ""
    return False


def _currency_after(
    document: Document,
    tokens: Sequence[Token],
    end: int,
    currency: str | None,
    words: MoneyWords,
) -> tuple[str | None, int]:
    """Read the currency behind an amount; with one in front, only its repetition."""
    for _ in range(2):
        if end >= len(tokens) or tokens[end].starts_clause:
            break
        found = find_phrase(tokens, end, words.currencies)
        if found is None or (currency is not None and found[0] != currency):
            break
        gap = document.original[tokens[end - 1].end : tokens[end].start]
        if "," in gap.replace(",-", "") or ";" in gap:
            break
        surface = tokens[end].text.lower()
        opens_next = found[1] < len(tokens) and tokens[found[1]].norm[:1] in DIGITS
        if opens_next and (surface in ("rp", "rp.", "$") or gap.strip() in ("-", "–", "—", "~")):
            break
        if surface == "real" and tokens[end - 1].norm == "juta":
            break
        currency, end = found
    return currency, end


# --- around it -----------------------------------------------------------------------------------


def _min_max(first: Candidate, second: Candidate) -> Candidate | None:
    """Join 'min 10jt' and 'max 20jt'."""
    if (
        first.high is None
        and second.low == 0
        and second.high is not None
        and first.low is not None
        and 0 < first.low <= second.high
        and second.start - first.end <= 1
        and first.currency == second.currency
    ):
        return second._replace(
            start=first.start,
            low=first.low,
            approx=first.approx or second.approx,
            period=second.period or first.period,
        )
    return None


def _plus(document: Document, tokens: Sequence[Token], at: int) -> tuple[bool, int]:
    """Tell whether more is promised on top, and where the mark of it ends."""
    if at >= len(tokens):
        return False, at
    token = tokens[at]
    if token.norm in ("+", "++", "+++"):
        end = at + 1
        while end < len(tokens) and tokens[end].norm == "+":
            end += 1
        if end < len(tokens) and names_amount(tokens[end]):
            return end - at > 1, at  # '15jt + 8jt' is a sum, told by the second amount
        return True, end
    if token.starts_clause:
        return False, at
    if token.norm in ("plus", "ditambah", "diluar") and at + 1 < len(tokens):
        return reads_as(tokens[at + 1], _BONUS_WORDS), at
    if token.norm in ("belum", "di") and at + 2 < len(tokens):
        joined = tokens[at + 1].norm in ("termasuk", "luar")
        return joined and reads_as(tokens[at + 2], _BONUS_WORDS), at
    end = tokens[at - 1].end
    return "+" in document.original[end : min(token.start, end + 8)], at


def names_amount(token: Token) -> bool:
    """Tell whether an amount begins here, by its first token alone."""
    return token.norm[:1] in DIGITS or token.norm == "rupiah"


def _money(tokens: Sequence[Token], found: Candidate, role: MoneyRole) -> Money:
    span = Span(tokens[found.start].start, max(t.end for t in tokens[found.start : found.end]))
    return Money(
        kind=role,
        span=span,
        low=found.low,
        high=found.high,
        currency=found.currency,
        period=found.period,
        months=found.months,
        tasks=found.tasks,
        approx=found.approx,
        plus=found.plus,
        relative=found.ratio,
        relative_to=found.ratio_to,
    )


# --- a month's worth ------------------------------------------------------------------------------


def monthly(money: Money, rate: float, *, hours_per_month: float = 208) -> float | None:
    """Return the middle of an amount in rupiah a month, or None when that cannot be said.

    A range that is open at one end counts by the end that is given: it is what the offer holds out.
    A wage without period counts as a month's, unless no monthly wage is like that.

    Args:
        money: The amount.
        rate: Rupiah for one unit of its currency.
        hours_per_month: Hours worked in a month: 173 at home, about 208 abroad.
    """
    if money.low and money.high is not None:
        middle = (money.low + money.high) / 2
    elif money.high is not None:
        middle = money.high
    elif money.low is not None:
        middle = money.low
    else:
        return None
    middle *= rate
    if money.period is Period.CONTRACT:
        return middle / money.months if money.months else None
    if money.period is Period.HOUR:
        return middle * hours_per_month
    if money.period is not None:
        share = _PER_MONTH.get(money.period)
        return None if share is None else middle * share
    plausible = money.kind == "salary" and _LEAST_MONTHLY <= middle <= _MOST_MONTHLY
    return middle if plausible else None
