"""Relates pay to what such work earns and fees to what is lawful, after all facts are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offer_screen.extract.money import monthly
from offer_screen.facts import Destination, Duration, FactBase, Job, Money, Visa
from offer_screen.rules.reference import HOME, Reference
from offer_screen.values import Stance

_PLAUSIBLE = (0.2, 8.0)
"""Range of ratios to the usual wage in which a bare number is taken to be in local money."""

_TELLS_LITTLE = "other"
"""Group of jobs such as 'karyawan', which say little of the pay."""


@dataclass(frozen=True, slots=True)
class _Workplace:
    """Where the work is, as far as pay goes: ``country`` None is abroad, country not known."""

    country: str | None
    place: str | None = None

    @property
    def abroad(self) -> bool:
        return self.country != HOME


def resolve(facts: Sequence[FactBase], reference: Reference) -> tuple[FactBase, ...]:
    """Return ``facts`` with pay worked out by the month and set against the wages of the place.

    A salary is judged by the country whose money it is in, else by the first foreign destination
    with a known wage, else by the home place. Without any of them it is pay abroad when the text
    shows another sign of leaving (a visa, a departure, foreign money), else pay at home.

    A fee is set against the most that the law lets a worker be charged for work there.
    """
    # Facts have no subclasses, and to ask their type takes a tenth of what isinstance does.
    if not any(type(fact) is Money and fact.kind in ("salary", "fee") for fact in facts):
        return tuple(facts)
    destinations = [
        fact for fact in facts if type(fact) is Destination and fact.kind == "destination"
    ]
    jobs = [fact for fact in facts if type(fact) is Job]
    leaving = any(
        type(fact) is Visa
        or (type(fact) is Duration and fact.kind in ("time_to_departure", "visa_validity"))
        for fact in facts
    )
    out: list[FactBase] = []
    for fact in facts:
        if type(fact) is not Money:
            out.append(fact)
        elif fact.kind == "salary":
            out.append(_judged(fact, destinations, jobs, reference, leaving=leaving))
        elif fact.kind == "fee":
            out.append(_judged_fee(fact, destinations, jobs, reference))
        else:
            out.append(fact)
    return tuple(out)


def _judged(
    salary: Money,
    destinations: Sequence[Destination],
    jobs: Sequence[Job],
    reference: Reference,
    *,
    leaving: bool,
) -> Money:
    if salary.relative is not None and salary.relative_to == "umr":
        return _judged_by_minimum(salary, destinations, reference)
    workplace = _workplace(salary, destinations, reference, leaving=leaving)
    job = _job_of(salary, jobs)
    usual = reference.reference_wage(workplace.country, job.group if job else None, workplace.place)
    currency = salary.currency or _currency(salary, workplace, usual, reference)
    rate = reference.rate(currency) if currency else None
    pay = _monthly(salary, rate, workplace, reference) if rate is not None else None
    if pay is None:
        return salary
    most = reference.ceiling(workplace.country, job.job if job else None)
    return salary.replaced(
        currency=currency,
        monthly_idr=round(pay, 2),
        ratio_to_reference=round(pay / usual, 4) if usual else None,
        ratio_to_ceiling=round(pay / most, 4) if most else None,
    )


def _judged_fee(
    fee: Money, destinations: Sequence[Destination], jobs: Sequence[Job], reference: Reference
) -> Money:
    countries = {fact.country for fact in destinations if fact.abroad and fact.country}
    rate = reference.rate(fee.currency) if fee.currency else None
    bounds = [bound for bound in (fee.low, fee.high) if bound is not None]
    if len(countries) != 1 or rate is None or not bounds:
        return fee
    job = _job_of(fee, jobs)
    most = reference.cost_limit(countries.pop(), job.group if job else None)
    if most is None:
        return fee
    asked = sum(bounds) / len(bounds) * rate
    return fee.replaced(ratio_to_ceiling=round(asked / most, 4))


def _judged_by_minimum(
    salary: Money, destinations: Sequence[Destination], reference: Reference
) -> Money:
    home = next((fact.place for fact in destinations if not fact.abroad), None)
    minimum = reference.reference_wage(HOME, None, home)
    if minimum is None or salary.relative is None:
        return salary
    pay = salary.relative * minimum
    most = reference.ceiling(HOME, None)
    return salary.replaced(
        monthly_idr=round(pay, 2),
        ratio_to_reference=salary.relative,
        ratio_to_ceiling=round(pay / most, 4) if most else None,
    )


def _workplace(
    salary: Money,
    destinations: Sequence[Destination],
    reference: Reference,
    *,
    leaving: bool,
) -> _Workplace:
    asserted = [fact for fact in destinations if fact.stance is Stance.ASSERTED] or destinations
    abroad = [fact for fact in asserted if fact.abroad]
    countries = [fact.country for fact in abroad if fact.country is not None]
    if salary.currency is not None:
        for country in countries:
            if reference.country_currency.get(country) == salary.currency:
                return _Workplace(country)
    for country in countries:
        if reference.reference_wage(country, None) is not None:
            return _Workplace(country)
    if countries and reference.ceiling(countries[0], None) is not None:
        return _Workplace(countries[0])
    if countries:
        return _Workplace(None)
    if salary.currency is not None and salary.currency != "IDR":
        return _Workplace(reference.country_of(salary.currency))
    if abroad:
        return _Workplace(None)
    home = next((fact for fact in asserted if not fact.abroad), None)
    if home is not None:
        return _Workplace(HOME, home.place)
    return _Workplace(None if leaving else HOME)


def _job_of(money: Money, jobs: Sequence[Job]) -> Job | None:
    """Return the job named last before the money, else the first after it."""
    telling = [job for job in jobs if job.group != _TELLS_LITTLE] or jobs
    before = [job for job in telling if job.span.start <= money.span.start]
    if before:
        return max(before, key=lambda job: job.span.start)
    return telling[0] if telling else None


def _currency(
    salary: Money, workplace: _Workplace, usual: float | None, reference: Reference
) -> str | None:
    if workplace.country is None or not usual:
        return None
    currency = reference.country_currency.get(workplace.country)
    rate = reference.rate(currency) if currency else None
    if rate is None:
        return None
    pay = _monthly(salary, rate, workplace, reference)
    low, high = _PLAUSIBLE
    return currency if pay is not None and low <= pay / usual <= high else None


def _monthly(
    salary: Money, rate: float, workplace: _Workplace, reference: Reference
) -> float | None:
    hours = reference.pay.hours_abroad if workplace.abroad else reference.pay.hours_home
    return monthly(salary, rate, hours_per_month=hours)
