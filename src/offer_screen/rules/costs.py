"""What a placement costs and the most that a worker may lawfully be asked to pay of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from offer_screen.rules.reference_files import (
    CountryCode,
    Currency,
    CurrencyCode,
    Dated,
    Key,
    Positive,
)
from offer_screen.rules.schema import FrozenDict, FrozenMapping, Model
from offer_screen.values import Localised


class Sum(Model):
    """An amount of money."""

    amount: Positive
    currency: CurrencyCode


class CostLimit(Dated):
    """The most that a worker may lawfully be asked to pay for a placement: its parts together."""

    country: CountryCode
    work: Literal["any", "domestic", "fishing"] = "any"
    parts: tuple[Sum, ...] = Field(min_length=1)
    note: str = ""


class CostItem(Dated):
    """A cost of a placement."""

    name: Localised


class CostsFile(Model):
    """``reference/costs.yaml``.

    Attributes:
        limits: What a worker may be asked to pay, by country and kind of work; the latest counts.
        zero_cost_items: Costs that may not be charged in the ten zero-cost occupations, by key.
    """

    limits: tuple[CostLimit, ...] = ()
    zero_cost_items: FrozenMapping[Key, CostItem] = Field(default_factory=FrozenDict)


def limits_on(
    day: dt.date, limits: Iterable[CostLimit], currencies: Mapping[str, Currency]
) -> Mapping[tuple[str, str], float]:
    """Return the limits that hold on ``day`` in rupiah, by country and work.

    A limit with a part in money of unknown worth is left out.
    """
    rates = {"IDR": 1.0, **{code: known.idr for code, known in currencies.items()}}
    held = (limit for limit in limits if limit.holds_on(day))
    return FrozenDict(
        {
            (limit.country, limit.work): sum(
                part.amount * rates[part.currency] for part in limit.parts
            )
            for limit in sorted(held, key=lambda limit: limit.valid_from or dt.date.min)
            if all(part.currency in rates for part in limit.parts)
        }
    )
