"""Reference data: what is known of places, wages, jobs, employers, channels and domains on a day.

`REFERENCE_FILES` names the model of each file of ``reference/`` (`reference_files`); `Reference` is
what of them held on one day, with the look-ups that the stages need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from offer_screen.facts import Period, Risk
from offer_screen.rules.costs import CostItem, CostsFile, limits_on
from offer_screen.rules.reference_files import (
    Alias,
    Channel,
    ChannelsFile,
    Country,
    CurrenciesFile,
    Currency,
    Dated,
    DestinationsFile,
    DomainsFile,
    EmployerEntry,
    EmployersFile,
    EmployerWords,
    JobEntry,
    JobsFile,
    MoneyRolesFile,
    PayFile,
    PlaceWords,
    Wage,
)
from offer_screen.rules.schema import FrozenDict, Model

REFERENCE_FILES: dict[str, type[Model]] = {
    "channels": ChannelsFile,
    "costs": CostsFile,
    "currencies": CurrenciesFile,
    "destinations": DestinationsFile,
    "domains": DomainsFile,
    "employers": EmployersFile,
    "jobs": JobsFile,
    "money_roles": MoneyRolesFile,
    "pay": PayFile,
}
"""Model of every file of ``reference/``, by file stem."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place; ``needs_context`` as in `Alias`."""

    text: str
    needs_context: bool


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A country, place or area of the gazetteer as it stood on the day."""

    key: str
    country: str | None
    name: str
    place_type: Literal["country", "region", "city", "compound", "port", "unspecified"]
    abroad: bool
    names: tuple[PlaceName, ...]
    risk: Risk = Risk.NONE
    scam_hub: bool = False
    placement_open: bool | None = None
    moratorium_domestic: bool = False
    region: str | None = None


@dataclass(frozen=True, slots=True)
class PayRules:
    """How pay is judged: `PayFile` without what did not hold on the day."""

    hours_home: float = 173.0
    hours_abroad: float = 208.0
    hours_legal: float = 173.0
    days: float = 26.0
    weeks: float = 4.33
    unknown_reference: float | None = None
    unknown_ceiling: float | None = None
    task_month_ceiling: float | None = None
    world_currencies: tuple[str, ...] = ()


HOME = "ID"
_DOMESTIC_GROUPS = frozenset({"domestic_work", "care"})
_FISHING_GROUPS = frozenset({"fishing", "seafarer"})
_TASK_GROUPS = frozenset({"online_task"})

M = TypeVar("M", bound=Model)
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything of the reference files that held on ``as_of``.

    Attributes:
        places: Gazetteer: countries, places in them, areas, and ways of not naming a country.
        place_words: Words that decide whether a name is the place of the work.
        jobs: Occupations by key.
        not_jobs: Phrases that hold a job word and offer no job.
        currencies: Currencies by code.
        money_roles: Words that tell what an amount is for, by role.
        channels: Where to ask, check or report.
        domains: Known domains; None when the pack has none.
        employers: Employers whose names are borrowed, by key.
        employer_words: Words that decide whether a name is an employer.
        pay: Rules by which pay is judged.
        wages: Rupiah a month by country (or None for any foreign one) and wage.
        cost_limits: Most that a worker may be asked to pay, in rupiah, by country and work.
        zero_cost_items: Costs that the ten zero-cost occupations are free of, by key.
        home_minimum: Rupiah a month by key of the home place.
        country_currency: Currency of each country.
    """

    as_of: dt.date
    places: tuple[KnownPlace, ...]
    place_words: PlaceWords
    jobs: Mapping[str, JobEntry]
    not_jobs: tuple[str, ...]
    currencies: Mapping[str, Currency]
    money_roles: Mapping[str, tuple[str, ...]]
    channels: Mapping[str, Channel]
    domains: DomainsFile | None
    employers: Mapping[str, EmployerEntry]
    employer_words: EmployerWords
    pay: PayRules
    wages: Mapping[tuple[str | None, str], float]
    cost_limits: Mapping[tuple[str, str], float]
    zero_cost_items: Mapping[str, CostItem]
    home_minimum: Mapping[str, float]
    country_currency: Mapping[str, str]
    _region_of: Mapping[str, str]

    @classmethod
    def at(cls, files: Mapping[str, Model], as_of: dt.date) -> Reference:
        """Return what of ``files`` (by stem, as in `REFERENCE_FILES`) held on ``as_of``."""
        destinations = _file(files, "destinations", DestinationsFile)
        jobs = _file(files, "jobs", JobsFile)
        currencies = _file(files, "currencies", CurrenciesFile)
        roles = _file(files, "money_roles", MoneyRolesFile)
        channels = _file(files, "channels", ChannelsFile)
        employers = _file(files, "employers", EmployersFile)
        pay_file = _file(files, "pay", PayFile)
        costs = _file(files, "costs", CostsFile)
        current = _current(currencies.currencies if currencies else {}, as_of)
        countries = _current(destinations.destinations if destinations else {}, as_of)
        pay = _pay_rules(pay_file, as_of)
        return cls(
            as_of=as_of,
            places=_places(destinations, countries, as_of),
            place_words=destinations.words if destinations else PlaceWords(),
            jobs=jobs.jobs if jobs else FrozenDict(),
            not_jobs=jobs.not_jobs if jobs else (),
            currencies=current,
            money_roles=roles.roles if roles else FrozenDict(),
            channels=_current(channels.channels if channels else {}, as_of),
            domains=_file(files, "domains", DomainsFile),
            employers=_current(employers.employers if employers else {}, as_of),
            employer_words=employers.words if employers else EmployerWords(),
            pay=pay,
            wages=_wages(countries, pay_file, pay, current, as_of),
            cost_limits=limits_on(as_of, costs.limits if costs else (), current),
            zero_cost_items=_current(costs.zero_cost_items if costs else {}, as_of),
            home_minimum=_home_minimum(pay_file, as_of),
            country_currency=FrozenDict(
                {code: country.currency for code, country in countries.items()}
            ),
            _region_of=FrozenDict(
                {
                    place.key: place.region
                    for country in countries.values()
                    for place in country.places
                    if place.region
                }
            ),
        )

    def rate(self, currency: str) -> float | None:
        """Return what a unit of ``currency`` is worth in rupiah, None when unknown."""
        if currency == "IDR":
            return 1.0
        known = self.currencies.get(currency)
        return known.idr if known else None

    def country_of(self, currency: str) -> str | None:
        """Return the foreign country that pay in ``currency`` speaks of.

        Of countries that share their money it is the one that pays most; world money, such as the
        US dollar, speaks of none.
        """
        if currency == "IDR" or currency in self.pay.world_currencies:
            return None
        owners = [code for code, own in self.country_currency.items() if own == currency]
        return max(owners, key=lambda code: self.ceiling(code, None) or 0.0, default=None)

    def reference_wage(
        self, country: str | None, job_group: str | None, place: str | None = None
    ) -> float | None:
        """Return the usual pay in rupiah a month, None when nothing is known.

        Args:
            country: ISO code; None for a foreign country that is not named.
            job_group: Group of the job; None for work of no known kind.
            place: Key of the place, which at home decides the minimum wage.
        """
        if country == HOME and place is not None:
            minimum = self.home_minimum.get(place) or self.home_minimum.get(
                self._region_of.get(place, "")
            )
            if minimum is not None:
                return minimum
        order: tuple[str, ...] = ("typical", "minimum")
        if job_group in _DOMESTIC_GROUPS:
            order = ("domestic", *order)
        if job_group in _FISHING_GROUPS:
            order = ("fishing", *order)
        found = self._wage(country, order)
        if found is None and country is None:
            return self.pay.unknown_reference
        return found

    def ceiling(self, country: str | None, job: str | None) -> float | None:
        """Return the most that ``job`` plausibly pays there, in rupiah a month; None if unknown.

        Work of no known kind, ``job`` None, counts as unskilled.
        """
        entry = self.jobs.get(job) if job is not None else None
        group = entry.group if entry else None
        if country == HOME and group in _TASK_GROUPS and self.pay.task_month_ceiling is not None:
            return self.pay.task_month_ceiling
        order: tuple[str, ...] = ("unskilled_ceiling",)
        if group in _DOMESTIC_GROUPS and not (entry and entry.skilled):
            order = ("domestic_ceiling", *order)
        if group in _FISHING_GROUPS:
            order = ("fishing_ceiling", *order)
        found = self._wage(country, order)
        if found is None and country is None:
            found = self.pay.unknown_ceiling
        return found * entry.pay_factor if found is not None and entry else found

    def cost_limit(self, country: str, job_group: str | None) -> float | None:
        """Return the most that a worker may be asked to pay, in rupiah; None when not known."""
        work = "domestic" if job_group in _DOMESTIC_GROUPS else "any"
        work = "fishing" if job_group in _FISHING_GROUPS else work
        return self.cost_limits.get((country, work), self.cost_limits.get((country, "any")))

    def _wage(self, country: str | None, order: Iterable[str]) -> float | None:
        for work in order:
            found = self.wages.get((country, work))
            if found is None and country != HOME:
                found = self.wages.get((None, work))
            if found is not None:
                return found
        return None


def _file(files: Mapping[str, Model], stem: str, model: type[M]) -> M | None:
    found = files.get(stem)
    if found is None:
        return None
    if not isinstance(found, model):
        raise TypeError(f"reference file {stem!r} is a {type(found).__name__}")
    return found


def _current(entries: Mapping[str, D], day: dt.date) -> dict[str, D]:
    return FrozenDict({key: entry for key, entry in entries.items() if entry.holds_on(day)})


def _names(aliases: Iterable[str | Alias]) -> tuple[PlaceName, ...]:
    return tuple(
        PlaceName(alias.text, alias.needs_context)
        if isinstance(alias, Alias)
        else PlaceName(alias, needs_context=False)
        for alias in aliases
    )


def _places(
    file: DestinationsFile | None, countries: Mapping[str, Country], day: dt.date
) -> tuple[KnownPlace, ...]:
    if file is None:
        return ()
    out: list[KnownPlace] = []
    for code, country in countries.items():
        placement_open: bool | None = None
        moratorium = hub = False
        held = sorted(
            (policy for policy in country.policies if policy.holds_on(day)),
            key=lambda policy: policy.valid_from or dt.date.min,
        )
        for policy in held:
            if policy.placement_open is not None:
                placement_open = policy.placement_open
            if policy.moratorium_domestic is not None:
                moratorium = policy.moratorium_domestic
            if policy.scam_hub is not None:
                hub = policy.scam_hub
        abroad = code != HOME
        out.append(
            KnownPlace(
                code.lower(), code, country.name.id, "country", abroad, _names(country.aliases),
                country.risk, hub, placement_open, moratorium,
            )
        )  # fmt: skip
        out.extend(
            KnownPlace(
                place.key, code, place.name, place.type, abroad, _names(place.aliases),
                country.risk, hub or place.scam_hub, placement_open, moratorium, place.region,
            )
            for place in country.places
        )  # fmt: skip
    out.extend(
        KnownPlace(
            key, None, area.name.id, "region", abroad=True, names=_names(area.aliases),
            risk=area.risk, moratorium_domestic=area.moratorium_domestic,
        )
        for key, area in _current(file.areas, day).items()
    )  # fmt: skip
    if file.unspecified:
        out.append(
            KnownPlace(
                "unspecified", None, "luar negeri", "unspecified", abroad=True,
                names=_names(file.unspecified),
            )
        )  # fmt: skip
    return tuple(out)


def _pay_rules(file: PayFile | None, day: dt.date) -> PayRules:
    if file is None:
        return PayRules()
    conversion, band = file.conversion, file.unknown_abroad
    known = band.holds_on(day)
    return PayRules(
        hours_home=conversion.hours_home,
        hours_abroad=conversion.hours_abroad,
        hours_legal=conversion.hours_legal,
        days=conversion.days,
        weeks=conversion.weeks,
        unknown_reference=(band.plausible_low + band.plausible_high) / 2 if known else None,
        unknown_ceiling=band.ceiling if known else None,
        task_month_ceiling=file.task_day_ceiling * conversion.days,
        world_currencies=file.world_currencies,
    )


def _wages(
    countries: Mapping[str, Country],
    file: PayFile | None,
    pay: PayRules,
    currencies: Mapping[str, Currency],
    day: dt.date,
) -> dict[tuple[str | None, str], float]:
    dated: list[tuple[dt.date, str | None, Wage]] = [
        (wage.valid_from or dt.date.min, code, wage)
        for code, country in countries.items()
        for wage in country.wages
        if wage.holds_on(day)
    ]
    if file is not None:
        dated.extend(
            (wage.valid_from or dt.date.min, None, wage)
            for wage in file.abroad_wages
            if wage.holds_on(day)
        )
    out: dict[tuple[str | None, str], float] = {}
    for _, code, wage in sorted(dated, key=lambda item: item[0]):
        currency = currencies.get(wage.currency)
        rate = 1.0 if wage.currency == "IDR" else currency.idr if currency else None
        if rate is not None:
            out[code, wage.work.value] = wage.amount * rate * _times_a_month(wage.period, pay)
    return FrozenDict(out)


def _times_a_month(period: Period, pay: PayRules) -> float:
    return {
        Period.HOUR: pay.hours_legal,
        Period.DAY: pay.days,
        Period.WEEK: pay.weeks,
        Period.YEAR: 1 / 12,
    }.get(period, 1.0)


def _home_minimum(file: PayFile | None, day: dt.date) -> dict[str, float]:
    out: dict[str, float] = {}
    for key, wages in (file.home_minimum if file else {}).items():
        held = [wage for wage in wages if wage.holds_on(day)]
        if held:
            out[key] = max(held, key=lambda wage: wage.valid_from or dt.date.min).amount
    return FrozenDict(out)
