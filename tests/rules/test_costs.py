"""Limits of what a worker may be charged, by day."""

from __future__ import annotations

import datetime as dt

from offer_screen.rules.costs import CostLimit, Sum, limits_on
from offer_screen.rules.reference_files import Currency
from tests.shipped_reference import read_reference

DAY = dt.date(2026, 11, 1)


def limit(amount: float, since: int, until: int | None = None, currency: str = "IDR") -> CostLimit:
    return CostLimit(
        country="TW",
        work="domestic",
        parts=(Sum(amount=amount, currency=currency),),
        valid_from=dt.date(since, 1, 1),
        valid_until=dt.date(until, 12, 31) if until else None,
        source="a decree",
        as_of=DAY,
    )


def test_the_latest_limit_that_holds_counts() -> None:
    limits = [limit(3, 2024), limit(1, 2020), limit(9, 2010, 2012), limit(8, 2027)]
    assert limits_on(DAY, limits, {}) == {("TW", "domestic"): 3}


def test_a_limit_in_money_of_unknown_worth_is_left_out() -> None:
    assert limits_on(DAY, [limit(3, 2024, currency="TWD")], dict[str, Currency]()) == {}


def test_the_shipped_limits_follow_the_kind_of_work() -> None:
    reference = read_reference()
    assert reference.cost_limit("TW", "care") == 9_622_000 + 20_000 * 520
    assert reference.cost_limit("TW", "factory") is None
    assert reference.cost_limit("HK", "care") is None
    assert len(reference.zero_cost_items) == 14
