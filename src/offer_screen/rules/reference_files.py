"""Shape of the reference files: places, wages, jobs, currencies, channels, domains, employers.

This is what authors write in ``reference/*.yaml``. Every dated value says where it comes from
(``source``), of which day it is (``as_of``) and, where it matters, from when until when it holds.
``verified: false`` marks general knowledge that nobody has checked against a source yet.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from offer_screen.facts import EmployerSector, Period, Risk
from offer_screen.rules.schema import FrozenDict, FrozenMapping, Model, Slug
from offer_screen.values import Localised

Source = Annotated[str, StringConstraints(min_length=4)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,4}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
Positive = Annotated[float, Field(gt=0)]
_DOMAIN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"


class Dated(Model):
    """A value with its origin and the time for which it holds.

    Attributes:
        source: Page, law or office that says so.
        as_of: Day to which the value belongs.
        valid_from: First day on which it holds; None for always.
        valid_until: Last day on which it holds; None while it stands.
        verified: Checked against ``source``; false for general knowledge.
    """

    source: Source
    as_of: dt.date
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    verified: bool = True

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until lies before valid_from")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Return whether the value holds on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


# --- places --------------------------------------------------------------------------------------


class Alias(Model):
    """A name that is also an ordinary word: it counts only where the words around say 'place'."""

    text: Words
    needs_context: bool = True


class WageOf(StrEnum):
    """What a wage figure is the pay of."""

    MINIMUM = "minimum"
    TYPICAL = "typical"
    DOMESTIC = "domestic"
    FISHING = "fishing"
    UNSKILLED_CEILING = "unskilled_ceiling"
    DOMESTIC_CEILING = "domestic_ceiling"
    FISHING_CEILING = "fishing_ceiling"


class Wage(Dated):
    """A wage of a place, or the most that work without skills plausibly pays there."""

    work: WageOf
    amount: Positive
    currency: CurrencyCode
    period: Literal[Period.HOUR, Period.DAY, Period.WEEK, Period.MONTH, Period.YEAR] = Period.MONTH
    note: str = ""


class Policy(Dated):
    """What the government said of a country; later statements override earlier ones."""

    placement_open: bool | None = None
    moratorium_domestic: bool | None = None
    scam_hub: bool | None = None
    note: str = ""


class Place(Model):
    """A place inside a country; ``region`` is the key of the province that it lies in."""

    key: Key
    name: str
    type: Literal["city", "region", "compound", "port"]
    aliases: tuple[Words | Alias, ...] = ()
    scam_hub: bool = False
    region: Key | None = None


class Country(Dated):
    """One destination country; its source and date stand for ``risk`` and ``note``."""

    name: Localised
    aliases: tuple[Words | Alias, ...] = Field(min_length=1)
    risk: Risk
    currency: CurrencyCode
    places: tuple[Place, ...] = ()
    policies: tuple[Policy, ...] = ()
    wages: tuple[Wage, ...] = ()
    note: str = ""


class Area(Dated):
    """A part of the world that offers name in place of a country ('Timur Tengah')."""

    name: Localised
    aliases: tuple[Words | Alias, ...] = Field(min_length=1)
    risk: Risk = Risk.NONE
    moratorium_domestic: bool = False


class PlaceWords(Model):
    """Words that decide whether a name is the place of the work.

    Attributes:
        context: Words beside which an ambiguous short name counts.
        transit: Words before a place that the way only leads through.
        between: Words that may stand between a transit word and its place.
        nationality: Words before a name that then tells origin, not place ('bahasa …').
        origin: Words before a foreign name that then tells where somebody or something is from.
        not_places: Phrases that hold a place name and are none.
        ordinary: Everyday words one letter away from a place name.
        hashtag: Words that hashtags glue to a place name.
    """

    context: tuple[Words, ...] = ()
    transit: tuple[Words, ...] = ()
    between: tuple[Words, ...] = ()
    nationality: tuple[Words, ...] = ()
    origin: tuple[Words, ...] = ()
    not_places: tuple[Words, ...] = ()
    ordinary: tuple[Words, ...] = ()
    hashtag: tuple[Words, ...] = ()


class DestinationsFile(Model):
    """``reference/destinations.yaml``; ``unspecified`` lists the ways of not naming a country."""

    destinations: FrozenMapping[CountryCode, Country] = Field(min_length=1)
    areas: FrozenMapping[Key, Area] = Field(default_factory=FrozenDict)
    unspecified: tuple[Words, ...] = ()
    words: PlaceWords = PlaceWords()

    @model_validator(mode="after")
    def _unique_keys(self) -> Self:
        seen: set[str] = set(self.areas)
        for code, country in self.destinations.items():
            for key in (code.lower(), *(place.key for place in country.places)):
                if key in seen:
                    raise ValueError(f"place key {key!r} stands twice")
                seen.add(key)
            regions = {place.key for place in country.places if place.type == "region"}
            for place in country.places:
                if place.region is not None and place.region not in regions:
                    raise ValueError(f"place {place.key!r}: unknown region {place.region!r}")
        return self


# --- jobs, pay -----------------------------------------------------------------------------------


class JobEntry(Model):
    """One occupation.

    Attributes:
        skilled: Lawfully needs a certificate; the unskilled ceiling is multiplied.
        zero_cost: May not be charged placement costs.
        pay_factor: What the unskilled ceiling is multiplied with.
    """

    name: Localised
    group: Key
    aliases: tuple[Words, ...] = Field(min_length=1)
    skilled: bool = False
    zero_cost: bool = False
    pay_factor: Annotated[float, Field(ge=1, le=10)] = 1.0

    @model_validator(mode="after")
    def _factor_of_skill(self) -> Self:
        if not self.skilled and self.pay_factor != 1:
            raise ValueError("pay_factor: only skilled work is paid above the unskilled ceiling")
        return self


class JobsFile(Dated):
    """``reference/jobs.yaml``; the source at the top is that of ``zero_cost``.

    Attributes:
        groups: Names of the groups.
        jobs: Occupations by key.
        not_jobs: Phrases that hold a job word and offer no job ('hubungi admin').
    """

    groups: FrozenMapping[Key, Localised]
    jobs: FrozenMapping[Key, JobEntry] = Field(min_length=1)
    not_jobs: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _known_groups(self) -> Self:
        for key, job in self.jobs.items():
            if job.group not in self.groups:
                raise ValueError(f"job {key!r}: unknown group {job.group!r}")
        return self


class Conversion(Dated):
    """How pay for other periods becomes pay a month.

    Attributes:
        hours_home: Hours a month at home.
        hours_abroad: Hours a month abroad, with the usual overtime.
        hours_legal: Hours a month that a legal minimum an hour is paid for.
    """

    hours_home: Positive
    hours_abroad: Positive
    hours_legal: Positive
    days: Positive
    weeks: Positive


class PayBand(Dated):
    """Pay that is plausible where no country is named, in rupiah a month."""

    plausible_low: Positive
    plausible_high: Positive
    ceiling: Positive


class HomeWage(Dated):
    """Minimum wage of a province or town, in rupiah a month."""

    amount: Positive


class PayFile(Model):
    """``reference/pay.yaml``.

    Attributes:
        task_day_ceiling: Most that small online tasks plausibly pay a day, in rupiah.
        skilled_factor: Range of the factors of skilled work, for authors.
        world_currencies: Money that offers for any country name; it tells of none.
        abroad_wages: Wages in every foreign country without its own figure.
        home_minimum: Minimum wages by key of the place.
    """

    conversion: Conversion
    unknown_abroad: PayBand
    task_day_ceiling: Positive
    skilled_factor: tuple[Positive, Positive]
    world_currencies: tuple[CurrencyCode, ...] = ()
    abroad_wages: tuple[Wage, ...] = ()
    home_minimum: FrozenMapping[Key, tuple[HomeWage, ...]] = Field(default_factory=FrozenDict)


# --- currencies, channels, domains ----------------------------------------------------------------


class Currency(Dated):
    """One currency: its names and signs, and what a unit is worth in rupiah."""

    names: tuple[Words, ...] = Field(min_length=1)
    signs: tuple[Words, ...] = ()
    idr: Positive


class CurrenciesFile(Model):
    """``reference/currencies.yaml``."""

    currencies: FrozenMapping[CurrencyCode, Currency] = Field(min_length=1)


class MoneyRolesFile(Model):
    """``reference/money_roles.yaml``: words that tell what an amount is for, by role."""

    roles: FrozenMapping[Key, tuple[Words, ...]] = Field(min_length=1)


class Channel(Dated):
    """Where to ask, check or report."""

    name: Localised
    phone: tuple[str, ...] = ()
    whatsapp: tuple[str, ...] = ()
    web: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    for_: Localised = Field(alias="for")
    verified_on: dt.date | None = None
    note: str = ""


class ChannelsFile(Model):
    """``reference/channels.yaml``."""

    channels: FrozenMapping[Slug, Channel] = Field(min_length=1)


class DomainsFile(Dated):
    """``reference/domains.yaml``: registrable domains by what they are.

    Attributes:
        cheap: Endings and hosts under which anybody gets a web address for next to nothing.
    """

    official: tuple[str, ...]
    free_mail: tuple[str, ...]
    short: tuple[str, ...]
    form: tuple[str, ...]
    social: tuple[str, ...]
    whatsapp: tuple[str, ...]
    telegram: tuple[str, ...]
    cheap: tuple[str, ...] = ()


# --- employers -----------------------------------------------------------------------------------


class EmployerEntry(Dated):
    """An employer or state programme whose name fake recruiters borrow.

    Attributes:
        domains: Domains on which it recruits and from which it writes mail; ``go.id`` stands for
            every state domain. Empty when none is known.
        careers: Where its vacancies are, as one types it; None when not known.
    """

    name: str
    sector: EmployerSector
    aliases: tuple[Words | Alias, ...] = Field(min_length=1)
    domains: tuple[Annotated[str, StringConstraints(pattern=_DOMAIN)], ...] = ()
    careers: str | None = None
    note: str = ""


class EmployerWords(Model):
    """Words that decide whether a name is an employer, and what a borrowed web name holds.

    Attributes:
        context: Words in front of an ambiguous name with which it counts.
        after: Words behind an ambiguous name with which it counts.
        aside: Words before a name that then is a landmark or a means of payment ('dekat', 'token').
        not_employers: Phrases that hold a name and speak of something else ('secara mandiri').
        recruiting: Pieces of web names that recruit under somebody else's name.
    """

    context: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()
    aside: tuple[Words, ...] = ()
    not_employers: tuple[Words, ...] = ()
    recruiting: tuple[Words, ...] = ()


class EmployersFile(Model):
    """``reference/employers.yaml``."""

    employers: FrozenMapping[Key, EmployerEntry] = Field(min_length=1)
    words: EmployerWords = EmployerWords()
