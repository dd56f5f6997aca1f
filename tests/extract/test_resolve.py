"""Pay set against the wages of the place and the job."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.resolve import resolve
from offer_screen.facts import Destination, Duration, FactBase, Job, Money, Period, Visa
from offer_screen.values import Span, Stance
from tests.shipped_reference import read_reference


def salary(
    low: float | None,
    currency: str | None = "IDR",
    period: Period | None = Period.MONTH,
    high: float | None = None,
    at: int = 50,
) -> Money:
    high = low if high is None else high
    return Money(
        kind="salary", low=low, high=high, currency=currency, period=period, span=Span(at, at + 5)
    )


def place(country: str | None, key: str = "", stance: Stance = Stance.ASSERTED) -> Destination:
    return Destination(
        kind="destination",
        place=key or (country or "unspecified").lower(),
        country=country,
        name="x",
        place_type="country" if country else "unspecified",
        abroad=country != "ID",
        span=Span(0, 3),
        stance=stance,
    )


def job(key: str, at: int = 10) -> Job:
    entry = read_reference().jobs[key]
    return Job(
        job=key,
        name=entry.name.id,
        group=entry.group,
        skilled=entry.skilled,
        zero_cost=entry.zero_cost,
        span=Span(at, at + 3),
    )


def judged(*facts: FactBase) -> Money:
    (found,) = [fact for fact in resolve(facts, read_reference()) if isinstance(fact, Money)]
    return found


def test_pay_in_local_money_is_set_against_wage_and_ceiling() -> None:
    pay = judged(salary(1700, "MYR"), place("MY"))
    assert pay.monthly_idr == 1700 * 3950
    assert pay.ratio_to_reference == 1.0
    assert pay.ratio_to_ceiling == pytest.approx(1700 / 3500, abs=1e-4)


def test_pay_in_rupiah_is_set_against_the_destination() -> None:
    pay = judged(salary(30e6), place("AU"), job("fruit_picker"))
    assert pay.ratio_to_ceiling == pytest.approx(30e6 / (5500 * 10_800), abs=1e-4)


def test_scam_compound_lure_is_far_above_the_wage() -> None:
    pay = judged(salary(1000, "USD", high=1200), place("KH"), job("online_admin"))
    assert pay.monthly_idr == 1100 * 16_500
    assert pay.ratio_to_reference == pytest.approx(1100 / 208, abs=1e-3)
    assert pay.ratio_to_ceiling is None


def test_domestic_work_is_set_against_its_own_wage() -> None:
    pay = judged(salary(5100, "HKD"), place("HK"), job("domestic_worker"))
    assert pay.ratio_to_reference == 1.0


def test_skill_raises_the_ceiling() -> None:
    plain = judged(salary(40e6), place("JP"), job("factory_worker")).ratio_to_ceiling
    skilled = judged(salary(40e6), place("JP"), job("nurse")).ratio_to_ceiling
    assert plain is not None
    assert skilled == pytest.approx(plain / 2.5, abs=1e-3)


def test_job_named_last_before_the_pay_counts() -> None:
    facts = (job("nurse", at=5), job("factory_worker", at=30), job("engineer", at=90))
    assert judged(salary(40e6), place("JP"), *facts) == judged(
        salary(40e6), place("JP"), job("factory_worker")
    )


def test_staff_tells_less_than_the_job() -> None:
    assert judged(salary(40e6), place("JP"), job("nurse", at=5), job("staff", at=30)) == judged(
        salary(40e6), place("JP"), job("nurse")
    )


@pytest.mark.parametrize(
    ("pay", "hours"),
    [(salary(24.95, "AUD", Period.HOUR), 208), (salary(30_000, "IDR", Period.HOUR), 173)],
)
def test_hours_a_month_differ_at_home_and_abroad(pay: Money, hours: int) -> None:
    country = "AU" if pay.currency == "AUD" else "ID"
    rate = read_reference().rate(pay.currency or "")
    assert pay.low is not None
    assert rate is not None
    assert judged(pay, place(country)).monthly_idr == pytest.approx(pay.low * rate * hours)


def test_country_of_the_money_counts_before_the_first_one() -> None:
    pay = judged(salary(28_590, "TWD"), place("MY"), place("TW"))
    assert pay.ratio_to_reference == pytest.approx(28_590 / 29_500, abs=1e-4)


def test_money_alone_tells_the_country() -> None:
    assert judged(salary(1700, "MYR")).ratio_to_reference == 1.0


def test_named_abroad_without_wages_takes_the_band_of_unknown_countries() -> None:
    for destination in (place("MM"), place(None)):
        pay = judged(salary(15e6), destination)
        assert pay.ratio_to_ceiling == pytest.approx(15 / 12)
        assert pay.ratio_to_reference == pytest.approx(15 / 8.5, abs=1e-4)


def test_pay_at_home_is_set_against_the_minimum_of_the_place() -> None:
    assert judged(salary(5.7e6), place("ID", "id-jakarta")).ratio_to_reference == 1.0
    assert judged(salary(3_315_000), place("ID")).ratio_to_reference == 1.0


def test_without_destination_signs_of_leaving_decide() -> None:
    at_home = judged(salary(15e6))
    visa = Visa(visa_type="tourist", span=Span(0, 4))
    leaving = Duration(kind="time_to_departure", low=0, high=7, span=Span(0, 4))
    assert at_home.ratio_to_reference == pytest.approx(15e6 / 3_315_000, abs=1e-4)
    for sign in (visa, leaving):
        assert judged(salary(15e6), sign).ratio_to_reference == pytest.approx(15 / 8.5, abs=1e-4)


def test_foreign_destination_counts_before_an_address_at_home() -> None:
    pay = judged(salary(1700, "MYR"), place("ID", "id-jakarta"), place("MY"))
    assert pay.ratio_to_reference == 1.0


def test_destination_that_is_denied_counts_only_without_another() -> None:
    denied = place("KH", stance=Stance.NEGATED)
    assert judged(salary(1700, "MYR"), denied, place("MY")).ratio_to_reference == 1.0
    assert judged(salary(208, "USD"), denied).ratio_to_reference == 1.0


def test_open_currency_takes_the_money_of_the_country_when_plausible() -> None:
    pay = judged(salary(1700, None), place("MY"))
    assert (pay.currency, pay.ratio_to_reference) == ("MYR", 1.0)
    assert judged(salary(90, None), place("MY")).currency is None
    assert judged(salary(1700, None)).monthly_idr is None


def test_multiple_of_the_minimum_wage() -> None:
    pay = Money(
        kind="salary", low=None, high=None, currency=None, relative=2.0, relative_to="umr",
        period=Period.MONTH, span=Span(0, 6),
    )  # fmt: skip
    assert judged(pay).ratio_to_reference == 2.0
    assert judged(pay, place("ID", "id-jakarta")).monthly_idr == 2 * 5.7e6


def test_small_online_tasks_have_their_own_ceiling_at_home() -> None:
    pay = judged(salary(500_000, "IDR", Period.DAY), job("like_tasks"))
    assert pay.ratio_to_ceiling == pytest.approx(5 / 3, abs=1e-4)


def test_only_salaries_are_judged() -> None:
    fee = Money(kind="fee", low=5e6, high=5e6, currency="IDR", span=Span(0, 4))
    assert resolve((fee, place("MY")), read_reference()) == (fee, place("MY"))
    (first, second) = resolve((fee, salary(5e6)), read_reference())
    assert first == fee
    assert isinstance(second, Money)
    assert second.monthly_idr == 5e6


def test_pay_that_says_no_amount_stays_as_it_is() -> None:
    vague = salary(None)
    assert judged(vague, place("MY")) == vague


AMOUNTS = st.one_of(st.none(), st.floats(0, 1e13, allow_nan=False))
CURRENCIES = st.sampled_from([None, "IDR", "USD", "MYR", "EUR", "XXX"])
PERIODS = st.one_of(st.none(), st.sampled_from(Period))
COUNTRIES = st.sampled_from([None, "KH", "MM", "MY", "ID", "CH", "QQ"])


@given(AMOUNTS, AMOUNTS, CURRENCIES, PERIODS, st.lists(COUNTRIES, max_size=3))
def test_any_pay_is_resolved_without_touching_the_rest(
    low: float | None,
    high: float | None,
    currency: str | None,
    period: Period | None,
    countries: list[str | None],
) -> None:
    pay = salary(low, currency, period).model_copy(update={"high": high})
    facts = (pay, *(place(country) for country in countries))
    found = resolve(facts, read_reference())
    assert found[1:] == facts[1:]
    money = found[0]
    assert isinstance(money, Money)
    assert (
        money.model_copy(
            update={
                "currency": currency,
                "monthly_idr": None,
                "ratio_to_reference": None,
                "ratio_to_ceiling": None,
            }
        )
        == pay
    )


def fee(low: float | None, currency: str | None = "IDR", high: float | None = None) -> Money:
    return Money(kind="fee", low=low, high=high, currency=currency, span=Span(50, 55))


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        (fee(9_622_000 + 20_000 * 520), 1.0),
        (fee(30e6, high=50e6), 40e6 / 20_022_000),
        (fee(40_044, "TWD"), 40_044 * 520 / 20_022_000),
    ],
)
def test_a_fee_is_set_against_the_official_limit(asked: Money, times: float) -> None:
    assert judged(asked, place("TW"), job("caregiver")).ratio_to_ceiling == pytest.approx(
        times, abs=1e-4
    )


@pytest.mark.parametrize(
    "others",
    [
        (place("TW"), job("factory_worker")),
        (place("MY"), job("caregiver")),
        (place("TW"), place("HK"), job("caregiver")),
        (job("caregiver"),),
    ],
)
def test_a_fee_without_a_known_limit_is_not_judged(others: tuple[FactBase, ...]) -> None:
    assert judged(fee(40e6), *others).ratio_to_ceiling is None


def test_a_fee_of_no_known_amount_is_not_judged() -> None:
    known = (place("TW"), job("caregiver"))
    assert judged(fee(None), *known).ratio_to_ceiling is None
    assert judged(fee(40e6, None), *known).ratio_to_ceiling is None
