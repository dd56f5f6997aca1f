"""The values that the stages hand to each other, and the report that a caller gets.

All are frozen. Character offsets are half-open ``[start, end)`` and always index the text **as it
came**, never a cleaned or lower-cased copy of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Self, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Value(BaseModel):
    """Base of all result models: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(NamedTuple):
    """Half-open character range ``[start, end)`` of the original text; JSON: ``[start, end]``."""

    start: int
    end: int

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Take a span as it is: it is built a hundred times for a text, and checked once."""
        numbers = core_schema.tuple_schema([core_schema.int_schema(), core_schema.int_schema()])
        read = core_schema.no_info_after_validator_function(lambda pair: cls(*pair), numbers)
        return core_schema.json_or_python_schema(
            json_schema=read,
            python_schema=core_schema.union_schema(
                [core_schema.is_instance_schema(cls), read], mode="left_to_right"
            ),
        )


def _record_schema(cls: type[Evidence | Contribution], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return the schema of a named tuple that is an object in JSON, strict about its fields."""
    fields = core_schema.typed_dict_schema(
        {
            name: core_schema.typed_dict_field(
                handler.generate_schema(type_), required=name not in cls._field_defaults
            )
            for name, type_ in get_type_hints(cls).items()
        },
        extra_behavior="forbid",
    )
    read = core_schema.no_info_after_validator_function(lambda values: cls(**values), fields)
    return core_schema.json_or_python_schema(
        json_schema=read,
        python_schema=core_schema.union_schema(
            [core_schema.is_instance_schema(cls), read], mode="left_to_right"
        ),
        serialization=core_schema.plain_serializer_function_ser_schema(
            lambda value: value._asdict(), return_schema=fields
        ),
    )


class Localised(Value):
    """The same words in Indonesian and English."""

    id: str
    en: str

    def in_language(self, lang: Language) -> str:
        """Return the wording in ``lang``."""
        return self.id if lang is Language.ID else self.en


class Language(StrEnum):
    """Languages that reports are rendered in."""

    ID = "id"
    EN = "en"


class Kind(StrEnum):
    """What sort of text was read."""

    OFFER = "offer"
    INQUIRY = "inquiry"  # somebody asks about an offer that the text contains
    AWARENESS = "awareness"  # warns, informs or reports: awareness material and news
    OTHER = "other"


class Level(StrEnum):
    """Named band of the score, from least to most serious."""

    LOW = "low"
    CAUTION = "caution"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Position in the order of seriousness, 0 for ``low``."""
        return tuple(Level).index(self)


class Severity(StrEnum):
    """Harm if the flag is true; says nothing of how often honest offers show it."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Harm(StrEnum):
    """The two harms that share a vocabulary and need different advice."""

    TRAFFICKING = "trafficking"  # trafficking or unlawful placement
    MONEY_FRAUD = "money_fraud"  # deposits, fake fees, data theft


class Stance(StrEnum):
    """How the text stands to a thing that it mentions."""

    ASSERTED = "asserted"
    NEGATED = "negated"  # 'tidak ada potongan gaji'
    WARNED = "warned"  # 'waspada janji gaji besar'
    QUOTED = "quoted"  # inside quotation marks, in a text that does not vouch for them
    REPORTED = "reported"  # 'korban dijanjikan gaji besar'


class Fold(StrEnum):
    """What had to be undone before a word could be read."""

    COMPATIBILITY = "compatibility"  # mathematical, full-width, circled, small-capital letters
    INVISIBLE = "invisible"  # zero-width, bidi and soft-hyphen characters
    HOMOGLYPH = "homoglyph"  # Cyrillic or Greek look-alikes
    COMBINING = "combining"  # strokes and accents laid over letters
    SPACED = "spaced"  # g a j i, t.a.n.p.a
    LEET = "leet"  # g4j1, t4npa
    STRETCHED = "stretched"  # besaaaar
    WILDCARD = "wildcard"  # k*mboja
    ENTITY = "entity"  # &#103;aji
    DIGIT = "digit"  # O812, o8i2: letters for digits in a phone number


# --- facts ---------------------------------------------------------------------------------------


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
        return self.model_copy(update={"stance": stance})


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


# --- evidence, findings, score ------------------------------------------------------------


class Evidence(NamedTuple):
    """One signal or fact seen at one span.

    A plain tuple to Python, because a text makes dozens; JSON: an object.

    Attributes:
        source: ``signal`` or ``fact``.
        name: Signal id, or fact kind.
        span: Where, in the original text.
        stance: How the text stands to it.
        folds: What had to be undone before it could be read; empty for plain writing.
    """

    source: Literal["signal", "fact"]
    name: str
    span: Span
    stance: Stance = Stance.ASSERTED
    folds: tuple[Fold, ...] = ()

    def with_stance(self, stance: Stance) -> Evidence:
        """Return the same evidence, to which the text stands in another way."""
        return self._replace(stance=stance)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Take what is evidence already as it is; read and write it as an object."""
        return _record_schema(cls, handler)


class FindingType(StrEnum):
    """Which way a finding speaks."""

    RED_FLAG = "red_flag"
    TRUST_SIGN = "trust_sign"
    MISSING = "missing"  # a thing that a lawful offer states and this one does not


class Finding(Value):
    """A rule that fired, with the evidence that made it fire.

    Attributes:
        rule: Id of the rule.
        type: Red flag, trust sign or missing.
        category: Category of the rule.
        severity: Harm if true.
        title: Short name for people.
        explanation: One or two sentences with the facts of this offer filled in.
        harms: Which harms it speaks for.
        ilo: ILO forced-labour indicators that it is a sign of.
        palermo: Elements of the trafficking definition that it is a sign of.
        evidence: What made it fire, in text order.
        floor: Level below which an offer with this finding never falls, or None.
    """

    rule: str
    type: FindingType
    category: str
    severity: Severity
    title: Localised
    explanation: Localised
    harms: tuple[Harm, ...] = ()
    ilo: tuple[str, ...] = ()
    palermo: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    floor: Level | None = None


class Prediction(Value):
    """What the classify stage says of a text.

    Attributes:
        kind: Kind of text.
        log_odds: Log-odds of scam from the text classifier; None when no model was used.
        model: Digest of the model file, or None when no model was used.
    """

    kind: Kind
    log_odds: float | None = None
    model: str | None = None


class Contribution(NamedTuple):
    """One signed addend of the log-odds.

    A plain tuple to Python; JSON: an object.

    Attributes:
        source: base (prior), finding, kind (of text) or classifier.
        ref: Rule id, kind or model digest that it points to.
        weight: The addend before the category cap.
        value: The addend that counts.
    """

    source: Literal["base", "finding", "kind", "classifier"]
    ref: str
    weight: float
    value: float

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Take what is a contribution already as it is; read and write it as an object."""
        return _record_schema(cls, handler)


class HarmShare(Value):
    """How much of the log-odds speaks for one harm: the sum of its red flags' contributions."""

    harm: Harm
    log_odds: float


class Score(Value):
    """The risk score and how it came about.

    Attributes:
        log_odds: Exactly the sum of ``contributions``.
        probability: Of scam or unlawful placement, in ``[0, 1]``.
        points: ``probability`` as 0–100, one decimal.
        level: Band of the score, or the highest floor if that is more serious.
        level_of_points: Band by the score alone.
        floors: Rules whose floor lifted the level above ``level_of_points``.
        contributions: The addends, most positive first.
        harms: Share of each harm.
    """

    log_odds: float
    probability: float
    points: float
    level: Level
    level_of_points: Level
    floors: tuple[str, ...] = ()
    contributions: tuple[Contribution, ...]
    harms: tuple[HarmShare, ...] = ()


class Missing(Value):
    """A thing that a lawful offer states and this one does not, with the question to ask."""

    rule: str
    title: Localised
    question: Localised


class Advice(Value):
    """One thing to do next.

    Attributes:
        id: Id in the pack's advice file.
        text: What to do, ready to be read aloud.
        sources: Where it is from, with dates.
    """

    id: str
    text: Localised
    sources: tuple[str, ...] = ()


class Report(Value):
    """All that is said of one offer. JSON round-trips; holds no text of the offer unless asked.

    Attributes:
        schema_version: Version of this layout.
        library: Version of offer_screen.
        text_sha256: SHA-256 of the UTF-8 bytes of the text.
        text_length: Characters in the text.
        text: The text itself, when the caller asked for it.
        pack: Name and version of the rule pack.
        pack_sha256: Digest of the pack's content.
        engine: Inference engine that ran.
        model: Digest of the classifier, or None: 'rules only'.
        as_of: Day (ISO) whose reference values were used.
        kind: Kind of text.
        score: Score, level and contributions.
        findings: Red flags and trust signs, most weighty first.
        mentioned: Red flags that the text only warns of, quotes, reports or denies; not scored.
        would_have: What experimental rules found; not scored, and nothing builds on it.
        facts: What was read from the text, in text order.
        missing: What a lawful offer would state.
        advice: What to do next, in order.
    """

    schema_version: Literal[1] = 1
    library: str
    text_sha256: str
    text_length: int
    text: str | None = None
    pack: str
    pack_sha256: str
    engine: str
    model: str | None = None
    as_of: str
    kind: Kind
    score: Score
    findings: tuple[Finding, ...] = ()
    mentioned: tuple[Finding, ...] = ()
    would_have: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()
    advice: tuple[Advice, ...] = ()

    @property
    def level(self) -> Level:
        """Level of the score."""
        return self.score.level

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """Addends of the log-odds."""
        return self.score.contributions

    @property
    def red_flags(self) -> tuple[Finding, ...]:
        """Findings that speak against the offer."""
        return tuple(f for f in self.findings if f.type is FindingType.RED_FLAG)

    @property
    def trust_signs(self) -> tuple[Finding, ...]:
        """Findings that speak for the offer."""
        return tuple(f for f in self.findings if f.type is FindingType.TRUST_SIGN)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as JSON text."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """Read a report that ``to_json`` wrote.

        Raises:
            pydantic.ValidationError: Not a report of this schema version.
        """
        return cls.model_validate_json(data)
