"""Facts: typed values read from a text, each at a span of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from offer_screen.values import Kind, Span, Stance, Value


class FactBase(Value):
    """What all facts share.

    Attributes:
        kind: What sort of fact it is; each class says which kinds it stands for.
        span: Where the fact stands in the original text.
        stance: Whether the text asserts, negates, warns of, quotes or reports it.
        text: The words of the offer; None unless the caller asked for text in the report.
    """

    kind: str
    span: Span
    stance: Stance = Stance.ASSERTED
    text: str | None = None

    def with_stance(self, stance: Stance) -> Self:
        """Return the same fact, to which the text stands in another way."""
        return self.replaced(stance=stance)


class Period(StrEnum):
    """What an amount of money is paid for or per."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    TASK = "task"
    CONTRACT = "contract"


MoneyRole = Literal[
    "salary", "fee", "deposit", "fine", "debt", "bonus", "advance", "price", "amount"
]
"""What an amount of money is for."""


class Money(FactBase):
    """An amount of money, by the role that it plays in the offer.

    Attributes:
        low: Lower end in units of ``currency``; None when open ('sampai 20 juta' has low 0).
        high: Upper end; None when open ('mulai 8 juta').
        currency: ISO 4217 code or ``USDT``; None when the text leaves it open.
        period: What it is paid per; None when not said.
        months: Length in months of a ``contract`` period, or of 'per tiga bulan'.
        tasks: Number of tasks that a ``task`` amount pays for ('tiap 3 tugas': 3).
        approx: Rounded or vague ('8 jutaan', 'puluhan juta').
        plus: More is promised on top ('++', '+ bonus').
        relative: Multiple of something else ('2x UMR': 2.0), with ``low`` and ``high`` None.
        relative_to: What the multiple is of ('umr', 'present_pay').
        monthly_idr: Middle of the range in rupiah a month, when it can be worked out.
        ratio_to_reference: ``monthly_idr`` over the usual wage of that destination and job.
        ratio_to_ceiling: Of a salary, ``monthly_idr`` over the most that such work plausibly pays
            there; of a fee, over the most that the law lets a worker be charged.
    """

    kind: MoneyRole
    low: float | None
    high: float | None
    currency: str | None
    period: Period | None = None
    months: float | None = None
    tasks: int | None = None
    approx: bool = False
    plus: bool = False
    relative: float | None = None
    relative_to: str | None = None
    monthly_idr: float | None = None
    ratio_to_reference: float | None = None
    ratio_to_ceiling: float | None = None


DurationKind = Literal[
    "time_to_departure",
    "time_to_work",
    "fast_claim",
    "contract",
    "visa_validity",
    "debt_term",
    "training",
    "hours_per_day",
    "rest",
    "pay_interval",
]
"""What a length of time is the length of."""


class Duration(FactBase):
    """A length of time, by the role that it plays in the offer.

    Attributes:
        low: Fewest days; None when no number is given ('proses cepat') or hours are meant.
        high: Most days.
        hours: Hours a day, or hours of training in all.
        count: Instalments ('cicil 10x') or rest days a month ('libur 2x sebulan').
    """

    kind: DurationKind
    low: float | None = None
    high: float | None = None
    hours: float | None = None
    count: int | None = None


class AgeLimit(FactBase):
    """The age asked for, in years; ``any_age`` for 'usia bebas'."""

    kind: Literal["age"] = "age"
    low: int | None = None
    high: int | None = None
    any_age: bool = False


class Risk(StrEnum):
    """Scam-compound or non-placement risk of a destination, as the reference table grades it."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Destination(FactBase):
    """A place that the offer names.

    Attributes:
        kind: ``destination`` where the work is, ``transit`` where the way leads through.
        place: Key of the place in the reference table, such as ``kh-sihanoukville``.
        country: ISO 3166 code; ``ID`` at home; None when the text says only 'luar negeri'.
        name: Name to show.
        place_type: country, region, city, compound, port, or unspecified.
        abroad: Outside Indonesia.
        risk: Grade of the reference table.
        scam_hub: A known place of scam compounds, or in a country the government bars.
        placement_open: Whether lawful placement is open at the ``as_of`` date; None if unknown.
        moratorium_domestic: Domestic work there falls under a moratorium at that date.
    """

    kind: Literal["destination", "transit"]
    place: str
    country: str | None
    name: str
    place_type: Literal["country", "region", "city", "compound", "port", "unspecified"]
    abroad: bool
    risk: Risk = Risk.NONE
    scam_hub: bool = False
    placement_open: bool | None = None
    moratorium_domestic: bool = False


class Job(FactBase):
    """The work offered.

    Attributes:
        job: Key in the reference table, such as ``caregiver``.
        name: Name to show.
        group: Group that rules speak of, such as ``domestic_work`` or ``online_office``.
        skilled: Lawfully needs a certificate, so that the unskilled pay ceiling does not hold.
        zero_cost: One of the ten occupations that may not be charged placement costs.
    """

    kind: Literal["job"] = "job"
    job: str
    name: str
    group: str
    skilled: bool = False
    zero_cost: bool = False


class Gender(FactBase):
    """The gender asked for."""

    kind: Literal["gender"] = "gender"
    gender: Literal["female", "male", "any"]


class Phone(FactBase):
    """A telephone number; the number itself is only in ``text``.

    Attributes:
        country: ISO 3166 code of the numbering plan; None when unknown.
        valid: A possible number of that country.
        channel: phone, whatsapp or telegram, by the words or link around it.
    """

    kind: Literal["phone"] = "phone"
    country: str | None
    valid: bool
    channel: Literal["phone", "whatsapp", "telegram"] = "phone"


LinkType = Literal[
    "whatsapp", "telegram", "short", "form", "social", "apk", "official", "lookalike", "web"
]
"""What a web address is; see ``Link``."""


class Link(FactBase):
    """A web address or chat handle.

    Attributes:
        domain: Registrable domain in lower case ('kp2mi.go.id'); None for a bare handle.
        link_type: whatsapp, telegram, short, form, social, apk, official (exact state domain),
            lookalike (poses as a state domain), or web.
        cheap: Under an ending or on a host where anybody gets an address for next to nothing.
        owner: Key of the known employer whose domain it is; None of any other.
        imitates: Key of the known employer whose name the address carries without being its own.
    """

    kind: Literal["link"] = "link"
    domain: str | None
    link_type: LinkType
    cheap: bool = False
    owner: str | None = None
    imitates: str | None = None


class Email(FactBase):
    """A mail address; only its domain is kept. ``owner`` and ``imitates`` as in ``Link``."""

    kind: Literal["email"] = "email"
    domain: str
    free: bool
    official: bool = False
    owner: str | None = None
    imitates: str | None = None


class BankAccount(FactBase):
    """A bank account or e-wallet that money is to go to."""

    kind: Literal["bank_account"] = "bank_account"
    bank: str | None
    personal: bool


CompanyRole = Literal["agency", "training", "employer", "unknown"]
"""What a company is to the offer."""


class Company(FactBase):
    """A company, agency or institute that the offer names; its name is only in ``text``.

    Attributes:
        form: Legal form as written ('pt', 'cv', 'koperasi', 'yayasan', 'co-ltd'); None if bare.
        role: agency (P3MI), training (LPK), employer, or unknown.
    """

    kind: Literal["company"] = "company"
    form: str | None
    role: CompanyRole


EmployerSector = Literal[
    "state_body",
    "state_programme",
    "state_company",
    "bank",
    "mining_energy",
    "plantation",
    "airline",
    "retail",
    "manufacturer",
    "technology",
    "logistics",
    "hospital",
    "international",
]
"""What sort of employer a known one is."""

EmployerChannel = Literal["official", "imitation", "other", "none"]
"""How a text says to reach an employer; see ``Employer``."""


class Employer(FactBase):
    """A known employer or state programme that the text names; fake recruiters borrow such names.

    Attributes:
        employer: Key in the reference table, such as ``pertamina``.
        name: Name to show.
        sector: What sort of employer it is.
        site: Where the real one recruits, as far as the table knows; else its name.
        channel: How the text says to reach it: official (one of its own domains, or a state
            domain), imitation (an address that carries its name without being its own), other
            (any other link, mail or number), or none.
    """

    kind: Literal["employer"] = "employer"
    employer: str
    name: str
    sector: EmployerSector
    site: str
    channel: EmployerChannel = "none"


class Licence(FactBase):
    """A licence, job-order or decree that the offer cites. A number in a text proves nothing.

    Attributes:
        licence_type: sip3mi, sip2mi, job_order, nib, lpk, so, siuppak or decree.
        has_number: A number is given, in a form that such a paper can have.
    """

    kind: Literal["licence"] = "licence"
    licence_type: Literal["sip3mi", "sip2mi", "job_order", "nib", "lpk", "so", "siuppak", "decree"]
    has_number: bool


VisaType = Literal[
    "work",
    "tourist",
    "visit",
    "religious",
    "student",
    "working_holiday",
    "visa_free",
    "on_arrival",
    "unspecified",
]
"""Visa or entry status."""


class Visa(FactBase):
    """The visa or entry status that the offer speaks of."""

    kind: Literal["visa"] = "visa"
    visa_type: VisaType


class Paper(FactBase):
    """A personal document, and what is to happen with it."""

    kind: Literal["paper"] = "paper"
    paper: str
    action: Literal["asked", "kept", "returned", "provided", "mentioned"]


class Payer(FactBase):
    """Who pays for what.

    Attributes:
        item: ticket, visa, passport, placement, training, medical, meals, housing or all.
        payer: employer, recruiter, worker, deducted (from later pay), or free (nobody named).
    """

    kind: Literal["payer"] = "payer"
    item: str
    payer: Literal["employer", "recruiter", "worker", "deducted", "free"]


class TextFact(FactBase):
    """What is true of the text as a whole; its span is the whole text.

    Attributes:
        text_kind: Kind of text.
        words: Number of word tokens.
        hidden_words: Words known to the rule pack that could be read only by undoing a fold.
        hidden_ways: Number of different folds so undone.
    """

    kind: Literal["text"] = "text"
    text_kind: Kind
    words: int
    hidden_words: int = 0
    hidden_ways: int = 0


Fact = Annotated[
    Money
    | Duration
    | AgeLimit
    | Destination
    | Job
    | Gender
    | Phone
    | Link
    | Email
    | BankAccount
    | Company
    | Employer
    | Licence
    | Visa
    | Paper
    | Payer
    | TextFact,
    Field(discriminator="kind"),
]

FACT_CLASSES: tuple[type[FactBase], ...] = (
    Money,
    Duration,
    AgeLimit,
    Destination,
    Job,
    Gender,
    Phone,
    Link,
    Email,
    BankAccount,
    Company,
    Employer,
    Licence,
    Visa,
    Paper,
    Payer,
    TextFact,
)
