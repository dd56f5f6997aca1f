"""The shape of every file of a rule pack, as pydantic models: the rule author's reference.

A pack is a folder::

    pack.yaml              name, version, score settings, categories with their caps
    kinds.yaml             what speaks for each kind of text
    stance.yaml            words that negate, warn of or report what stands near them
    missing.yaml           what a lawful offer states, and the question to ask when it does not
    signals/*.yaml         named things to look for in the text
    lexicon/*.yaml         word classes that phrases refer to as {name}
    <category>/<id>.yaml   one rule a file
    advice/*.yaml          what to do next
    reference/*.yaml       dated facts of the domain: see ``reference.py``
    text/*.yaml            slang and spelling

The models check shape; ``loader.py`` checks what crosses files.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, NoReturn, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from offer_screen.results import FindingType
from offer_screen.values import Harm, Kind, Level, Localised, Severity, Stance

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Ids: lower-case words joined by hyphens."""

Phrase = Annotated[str, StringConstraints(min_length=2, max_length=400, strip_whitespace=True)]
"""A phrase template; ``docs/rule-language.md`` gives its grammar."""

Example = Annotated[str, StringConstraints(min_length=3, max_length=2000)]

Scalar = str | int | float | bool


BUILTIN_SIGNALS = frozenset({"hidden-writing"})
"""Signals that the match stage gives without a definition in the pack."""

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that refuses to change; pickles and hashes where its values do."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a rule set does not change")

    __setitem__ = __delitem__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)


FrozenMapping = Annotated[Mapping[K, V], AfterValidator(FrozenDict)]
"""A mapping of an authored model."""


class Model(BaseModel):
    """Base of all authored models: immutable, unknown keys are errors, numbers are not strings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- conditions --------------------------------------------------------------------------------


class Test(Model):
    """Comparisons on one field of a fact; all that are given must hold.

    A field that the fact leaves empty (None) fails every comparison but ``present: false``.
    """

    eq: Scalar | None = None
    ne: Scalar | None = None
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    in_: tuple[Scalar, ...] | None = Field(default=None, alias="in")
    present: bool | None = None

    @model_validator(mode="after")
    def _at_least_one(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give at least one comparison: eq, ne, ge, gt, le, lt, in or present")
        return self


def _wanted_tag(value: Any) -> str:  # noqa: ANN401  (raw YAML)
    if isinstance(value, dict | Test):
        return "test"
    return "list" if isinstance(value, list | tuple) else "value"


Wanted = Annotated[
    Annotated[Scalar, Tag("value")]
    | Annotated[tuple[Scalar, ...], Tag("list")]
    | Annotated[Test, Tag("test")],
    Discriminator(_wanted_tag),
]
"""What a field is to be: this value, one of these, or whatever passes the comparisons."""

Where = FrozenMapping[str, Wanted]

Stances = Stance | tuple[Stance, ...]


class SignalLeaf(Model):
    """Holds when the signal is in the text with the stance wanted."""

    signal: Slug
    stance: Stances = Stance.ASSERTED


class FactLeaf(Model):
    """Holds when one fact of that kind passes every test of ``where``, with the stance wanted."""

    fact: str
    where: Where = Field(default_factory=FrozenDict)
    stance: Stances = Stance.ASSERTED


class FindingLeaf(Model):
    """Holds when another rule has fired."""

    finding: Slug


class Group(Model):
    """A combination; all the parts that are given must hold.

    Attributes:
        all: Every one holds.
        any: One or more hold.
        none: Not one holds.
        at_least: With ``of``: at least that many hold.
    """

    all: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    none: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    at_least: Annotated[int, Field(ge=1)] | None = None
    of: tuple[Condition, ...] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.at_least is None) != (self.of is None):
            raise ValueError("'at_least' and 'of' go together")
        if self.of is not None and self.at_least is not None and self.at_least > len(self.of):
            raise ValueError(f"at_least: {self.at_least} of {len(self.of)} can never hold")
        if not (self.all or self.any or self.of):
            raise ValueError("give 'all', 'any' or 'at_least' with 'of'; 'none' alone says nothing")
        return self


def _condition_tag(value: Any) -> str:  # noqa: ANN401  (raw YAML)
    if isinstance(value, str):
        return "name"
    if isinstance(value, dict):
        return next((tag for tag in ("signal", "fact", "finding") if tag in value), "group")
    for tag, model in (("signal", SignalLeaf), ("fact", FactLeaf), ("finding", FindingLeaf)):
        if isinstance(value, model):
            return tag
    return "group"


Condition = Annotated[
    Annotated[Slug, Tag("name")]
    | Annotated[SignalLeaf, Tag("signal")]
    | Annotated[FactLeaf, Tag("fact")]
    | Annotated[FindingLeaf, Tag("finding")]
    | Annotated[Group, Tag("group")],
    Discriminator(_condition_tag),
]
"""A bare name is short for an asserted signal."""


# --- rules ---------------------------------------------------------------------------------------


class Status(StrEnum):
    """Stage of a rule's life. Experimental and deprecated rules do not score."""

    EXPERIMENTAL = "experimental"
    TEST = "test"
    STABLE = "stable"
    DEPRECATED = "deprecated"


SCORING = frozenset({Status.TEST, Status.STABLE})
"""Stages in which offers are judged by a rule."""


ILO_INDICATORS = (
    "abuse-of-vulnerability",
    "deception",
    "restriction-of-movement",
    "isolation",
    "physical-and-sexual-violence",
    "intimidation-and-threats",
    "retention-of-identity-documents",
    "withholding-of-wages",
    "debt-bondage",
    "abusive-working-and-living-conditions",
    "excessive-overtime",
)
"""The eleven ILO indicators of forced labour (ILO, 2012)."""

PALERMO_ELEMENTS = (
    "act-recruitment",
    "act-transport",
    "act-harbouring",
    "act-transfer",
    "means-threat-or-force",
    "means-forgery",
    "means-deception",
    "means-abuse-of-vulnerability",
    "means-debt-bondage",
    "means-payment-for-control",
    "purpose-forced-labour",
    "purpose-sexual-exploitation",
    "purpose-organ-removal",
    "purpose-forced-marriage",
    "purpose-forced-criminality",
)
"""Act, means and purpose of UU 21/2007 Pasal 1 angka 1 and the Palermo Protocol, art. 3."""


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    def check(tag: str) -> str:
        if tag not in known:
            expected = ", ".join(repr(name) for name in known)
            raise PydanticCustomError("enum", "unknown tag", {"expected": expected})
        return tag

    return check


class Tags(Model):
    """Where a rule stands in the frameworks that officials use."""

    ilo: tuple[Annotated[str, AfterValidator(_one_of(ILO_INDICATORS))], ...] = ()
    palermo: tuple[Annotated[str, AfterValidator(_one_of(PALERMO_ELEMENTS))], ...] = ()
    seed: tuple[Literal["pay", "process", "cost", "skills"], ...] = ()


class Examples(Model):
    """Texts that the rule must fire on, and near misses that it must not fire on.

    ``todo_match`` and ``todo_no_match`` are known gaps: they fail once they start to pass.
    """

    match: tuple[Example, ...] = Field(min_length=3)
    no_match: tuple[Example, ...] = Field(min_length=3)
    todo_match: tuple[Example, ...] = ()
    todo_no_match: tuple[Example, ...] = ()


class Rule(Model):
    """One rule file: ``<category>/<id>.yaml``.

    Attributes:
        id: Equals the file name; stable for ever.
        type: red_flag, trust_sign (missing rules stand in ``missing.yaml``).
        category: Equals the folder.
        title: Short name for people, both languages.
        severity: Harm if true.
        specificity: How rarely honest offers show it.
        weight: Analyst's log-odds: at least 0 for a red flag, at most 0 for a trust sign.
        harms: Which harms it speaks for.
        when: The condition.
        floor: Level below which an offer with this finding never falls.
        explain: One or two sentences; ``{salary}`` or ``{destination.name}`` fill in facts.
        rationale: Why this is a sign, for analysts.
        sources: Law, page or case, with date.
        false_positives: Honest texts that look like it.
        faked_by: How a trust sign is faked (trust signs only, and then required).
        advice: Ids of advice, most useful first.
    """

    id: Slug
    type: FindingType = FindingType.RED_FLAG
    category: Slug
    title: Localised
    severity: Severity
    specificity: Literal["low", "medium", "high"]
    weight: Annotated[float, Field(ge=-6, le=6, strict=True)]
    harms: tuple[Harm, ...] = ()
    status: Status = Status.TEST
    when: Group
    floor: Level | None = None
    explain: Localised
    rationale: Annotated[str, StringConstraints(min_length=20)]
    sources: tuple[Annotated[str, StringConstraints(min_length=4)], ...] = Field(min_length=1)
    tags: Tags = Tags()
    false_positives: tuple[str, ...] = Field(min_length=1)
    faked_by: str | None = None
    examples: Examples
    advice: tuple[Slug, ...] = ()
    created: dt.date
    modified: dt.date | None = None
    related: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.type is FindingType.RED_FLAG and self.weight < 0:
            raise ValueError("weight: a red flag weighs 0 or more")
        if self.type is FindingType.TRUST_SIGN:
            if self.weight > 0:
                raise ValueError("weight: a trust sign weighs 0 or less")
            if not self.faked_by:
                raise ValueError("faked_by: say how this trust sign is faked")
            if self.floor is not None:
                raise ValueError("floor: a trust sign cannot set a floor")
        if self.type is FindingType.MISSING:
            raise ValueError("type: what is missing stands in missing.yaml")
        return self


def rule_schema() -> str:
    """Return the JSON Schema of a rule file, as text: what an editor completes and checks by."""
    return json.dumps(Rule.model_json_schema(), indent=2, ensure_ascii=False)


# --- signals and words -------------------------------------------------------------------------


class Signal(Model):
    """A named thing to look for in the text; holds no opinion.

    Attributes:
        note: What it is, for analysts.
        phrases: Phrase templates, read on the normalised words.
        patterns: RE2 patterns, read on the cleaned lower-case text, where words do not serve.
    """

    note: str = ""
    phrases: tuple[Phrase, ...] = ()
    patterns: tuple[Annotated[str, StringConstraints(min_length=2, max_length=400)], ...] = ()

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not (self.phrases or self.patterns):
            raise ValueError("give phrases or patterns")
        return self


class SignalFile(Model):
    """``signals/*.yaml``."""

    signals: FrozenMapping[Slug, Signal] = Field(min_length=1)


class LexiconFile(Model):
    """``lexicon/*.yaml``: word classes that phrases name as ``{name}``."""

    classes: FrozenMapping[Slug, tuple[Phrase, ...]] = Field(min_length=1)


class SlangEntry(Model):
    """One spelling and what it stands for.

    Attributes:
        normal: Standard form, one or more words.
        lang: Language of ``short``: id, jv, su, mad, sas, kup, ms, en …
        ambiguous: The short form is also a word of its own: both readings are kept.
        after_number: Only a unit after a number ('k', 'm', 'x').
        gloss: Only an explanation: texts and phrases keep the short form ('ktp', 'p3mi').
        note: Anything else.
    """

    normal: str
    lang: str = "id"
    ambiguous: bool = False
    after_number: bool = False
    gloss: bool = False
    note: str = ""


class SlangFile(Model):
    """``text/*.yaml``: slang and spelling, by short form."""

    slang: FrozenMapping[str, SlangEntry] = Field(min_length=1)


class StanceFile(Model):
    """``stance.yaml``: what changes the stance of a mention.

    Attributes:
        negators: Words that negate what follows within ``window`` words.
        denials: Words that negate what they follow ('biaya … tidak ada').
        warners: Words after which the rest of the sentence is warned of, within ``reach``.
        reporters: Words that make their sentence a report, within ``reach``.
        joiners: Words with which something new begins ('… dan tidak ada biaya'): a denial after
            one denies nothing before it.
        window: Reach of a negator, in words.
        reach: Reach of a warner or a reporter, in words.
    """

    negators: tuple[Phrase, ...]
    denials: tuple[Phrase, ...] = ()
    warners: tuple[Phrase, ...]
    reporters: tuple[Phrase, ...]
    joiners: tuple[Annotated[str, Field(pattern=r"^\w+$")], ...] = ()
    window: Annotated[int, Field(ge=1, le=10)] = 3
    reach: Annotated[int, Field(ge=1, le=100)] = 20


class KindCue(Model):
    """One thing that speaks for a kind of text; ``times`` caps how often it counts."""

    signal: Slug | None = None
    fact: str | None = None
    where: Where = Field(default_factory=FrozenDict)
    weight: float
    times: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.signal is None) == (self.fact is None):
            raise ValueError("give either 'signal' or 'fact'")
        return self


class KindEntry(Model):
    """One kind of text: it wins when its sum is highest; ``base`` is what it starts from."""

    base: float = 0.0
    cues: tuple[KindCue, ...] = ()


class KindsFile(Model):
    """``kinds.yaml``."""

    kinds: FrozenMapping[Kind, KindEntry]

    @model_validator(mode="after")
    def _all(self) -> Self:
        lacking = [kind.value for kind in Kind if kind not in self.kinds]
        if lacking:
            raise ValueError(f"kinds without an entry: {', '.join(lacking)}")
        return self


class Answers(Model):
    """Two answers to a question, in the words of the person asked.

    Reports say what level the offer would have with each. The Indonesian one is read as if it
    stood at the end of the offer; the English one is its translation, for the reader.

    Attributes:
        worst: What a broker with something to hide says.
        best: What a lawful recruiter says.
    """

    worst: Localised
    best: Localised


class MissingRule(Model):
    """A thing that a lawful offer states; the question is shown when it does not.

    Attributes:
        title: Short name for people.
        question: What to ask.
        answers: A bad and a good answer, to tell what hangs on the question.
        when: When it is missing.
        sources: Law, page or case, with date.
    """

    title: Localised
    question: Localised
    answers: Answers | None = None
    when: Group
    sources: tuple[str, ...] = Field(min_length=1)


class MissingFile(Model):
    """``missing.yaml``, in the order in which the questions are asked."""

    missing: FrozenMapping[Slug, MissingRule] = Field(min_length=1)


class AdviceEntry(Model):
    """One thing to do next; ``{channels.kp2mi.phone}`` fills in from ``reference/channels.yaml``.

    Attributes:
        order: Advice is given from low to high.
        levels: Given at these levels whatever rule fired.
        kinds: Only for these kinds of text.
    """

    text: Localised
    order: int
    levels: tuple[Level, ...] = ()
    harms: tuple[Harm, ...] = ()
    kinds: tuple[Kind, ...] = (Kind.OFFER, Kind.INQUIRY)
    sources: tuple[str, ...] = Field(min_length=1)


class AdviceFile(Model):
    """``advice/*.yaml``."""

    advice: FrozenMapping[Slug, AdviceEntry] = Field(min_length=1)


# --- pack ----------------------------------------------------------------------------------------


class Category(Model):
    """A family of rules. Red flags of one category never add more than ``cap`` log-odds."""

    title: Localised
    cap: Annotated[float, Field(gt=0)]


class Pack(Model):
    """``pack.yaml``.

    Attributes:
        base_log_odds: Prior of an offer, before any finding.
        trust_cap: Trust signs together never take more than this off.
        kind_log_odds: Addend for each kind of text.
        levels: Least ``points`` (0–100) of each level above low.
        max_length: Longest text screened, in characters.
    """

    schema_version: Literal[1]
    name: Slug
    version: str
    licence: str
    base_log_odds: float
    trust_cap: Annotated[float, Field(ge=0)]
    kind_log_odds: FrozenMapping[Kind, float] = Field(default_factory=FrozenDict)
    levels: FrozenMapping[Literal[Level.CAUTION, Level.HIGH, Level.CRITICAL], float]
    max_length: Annotated[int, Field(ge=1000, le=1_000_000)] = 20_000
    categories: FrozenMapping[Slug, Category] = Field(min_length=1)

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        cuts = [self.levels.get(level) for level in (Level.CAUTION, Level.HIGH, Level.CRITICAL)]
        if any(cut is None for cut in cuts) or cuts != sorted(set(cuts)):  # type: ignore[type-var]
            raise ValueError("levels: give caution < high < critical, in points of 0 to 100")
        return self
