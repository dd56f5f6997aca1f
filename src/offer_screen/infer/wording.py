"""Fills the facts of an offer into the sentences of a rule, in both languages."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from functools import lru_cache

from offer_screen.facts import Destination, Duration, Employer, FactBase, Job, Money, Period
from offer_screen.values import Language, Localised

_PERIODS = {
    Language.ID: {
        Period.HOUR: "jam",
        Period.DAY: "hari",
        Period.WEEK: "minggu",
        Period.MONTH: "bulan",
        Period.YEAR: "tahun",
        Period.TASK: "tugas",
        Period.CONTRACT: "kontrak",
    },
    Language.EN: {period: period.value for period in Period},
}
_WORDS = {
    Language.ID: {
        "million": "juta",
        "per": "per",
        "days": "hari",
        "upto": "sampai",
        "from": "mulai",
    },
    Language.EN: {
        "million": "million",
        "per": "a",
        "days": "days",
        "upto": "up to",
        "from": "from",
    },
}


class MissingSlotError(LookupError):
    """The offer holds no fact for a slot."""


def fill(sentence: Localised, title: Localised, facts: Sequence[FactBase]) -> Localised:
    """Return ``sentence`` with its slots filled from ``facts`` (the first of a kind serves).

    A sentence with a slot that nothing fills gives way to the title.
    """
    if "{" not in sentence.id and "{" not in sentence.en:
        return sentence
    by_kind: dict[str, FactBase] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, fact)
    try:
        return Localised(
            id=_filled(sentence.id, by_kind, Language.ID),
            en=_filled(sentence.en, by_kind, Language.EN),
        )
    except MissingSlotError:
        return title


def _filled(sentence: str, facts: Mapping[str, FactBase], lang: Language) -> str:
    out: list[str] = []
    for words, kind, attribute, form in _parts(sentence):
        out.append(words)
        if kind is None:
            continue
        fact = facts.get(kind)
        value = getattr(fact, attribute, None) if attribute else fact
        if value is None:
            raise MissingSlotError(f"{kind}.{attribute}")
        out.append(_shown(value, form, lang))
    return "".join(out)


@lru_cache(maxsize=2000)
def _parts(sentence: str) -> tuple[tuple[str, str | None, str, str], ...]:
    """Return words and the slot behind them, part by part: kind, field and format.

    The same few hundred sentences are filled over and over.
    """
    parts: list[tuple[str, str | None, str, str]] = []
    for words, slot, form, _ in string.Formatter().parse(sentence):
        kind, _, attribute = (slot or "").partition(".")
        parts.append((words, kind if slot is not None else None, attribute, form or ""))
    return tuple(parts)


def _shown(value: object, form: str, lang: Language) -> str:
    if isinstance(value, FactBase):
        return describe(value, lang)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _separators(format(value, form or ",.10g"), lang)
    return str(value)


def describe(fact: FactBase, lang: Language) -> str:
    """Return a fact in a few words, from its values and not from the words of the offer.

    Raises:
        MissingSlotError: The fact has nothing to show.
    """
    if isinstance(fact, Money):
        return _money(fact, lang)
    if isinstance(fact, Duration):
        return _duration(fact, lang)
    if isinstance(fact, Destination | Employer | Job):
        return fact.name
    raise MissingSlotError(type(fact).__name__)


def _money(money: Money, lang: Language) -> str:
    words = _WORDS[lang]
    ends = [end for end in (money.low, money.high) if end]
    if not ends:
        raise MissingSlotError("money")
    amounts = [_amount(end, money.currency, lang) for end in dict.fromkeys(ends)]
    if money.high is None:
        shown = f"{words['from']} {amounts[0]}"
    elif not money.low:
        shown = f"{words['upto']} {amounts[-1]}"
    else:
        shown = "–".join(amounts)
    if money.period is not None and money.period is not Period.CONTRACT:
        shown += f" {words['per']} {_PERIODS[lang][money.period]}"
    return shown


def _amount(value: float, currency: str | None, lang: Language) -> str:
    if currency in {"IDR", None} and value >= 1_000_000:
        number, unit = f"{value / 1_000_000:,.4g}", f" {_WORDS[lang]['million']}"
    else:
        number, unit = f"{value:,.10g}", ""
    prefix = "Rp" if currency == "IDR" else f"{currency} " if currency else ""
    return f"{prefix}{_separators(number, lang)}{unit}"


def _duration(duration: Duration, lang: Language) -> str:
    ends = [end for end in (duration.low, duration.high) if end is not None]
    if not ends:
        raise MissingSlotError("duration")
    shown = "–".join(f"{end:g}" for end in dict.fromkeys(ends))
    return f"{shown} {_WORDS[lang]['days']}"


def _separators(number: str, lang: Language) -> str:
    """Write a number as the language does: 1.234,5 in Indonesian."""
    return number.translate(str.maketrans(",.", ".,")) if lang is Language.ID else number
