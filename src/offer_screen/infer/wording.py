"""Fills the facts of an offer into the sentences of a rule, in both languages."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Any

from offer_screen.results import (
    Destination,
    Duration,
    Employer,
    FactBase,
    Job,
    Language,
    Localised,
    Money,
    Period,
)

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
            id=_Filler(Language.ID).vformat(sentence.id, (), by_kind),
            en=_Filler(Language.EN).vformat(sentence.en, (), by_kind),
        )
    except MissingSlotError:
        return title


class _Filler(string.Formatter):
    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def get_field(
        self,
        field_name: str,
        args: Sequence[Any],  # noqa: ARG002  (string.Formatter's signature)
        kwargs: Mapping[str, Any],
    ) -> tuple[Any, str]:
        kind, _, attribute = field_name.partition(".")
        fact = kwargs.get(kind)
        value = fact if fact is None or not attribute else getattr(fact, attribute, None)
        if value is None:
            raise MissingSlotError(field_name)
        return value, kind

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  (str.format)
        if isinstance(value, FactBase):
            return describe(value, self._lang)
        if isinstance(value, float | int) and not isinstance(value, bool):
            shown = format(value, format_spec or ",.10g")
            return _separators(shown, self._lang)
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
