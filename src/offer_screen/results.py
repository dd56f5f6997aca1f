"""What a text comes to: evidence, findings, score, and the report that a caller gets."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, Self, get_type_hints

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from offer_screen.facts import Fact
from offer_screen.values import (
    Abstention,
    Fold,
    Harm,
    Kind,
    Level,
    Localised,
    Severity,
    Span,
    Stance,
    Value,
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


class Outcome(Value):
    """What score and level would be if one thing were otherwise."""

    level: Level
    points: float
    log_odds: float


class Without(Value):
    """The fewest red flags without which the level would fall.

    Of sets of that size, the one without which the score would be lowest.

    Attributes:
        rules: The red flags to take away, most weighty first.
        with_them: Other red flags that rest on these and go with them.
        outcome: What would remain.
        exact: Whether no smaller set exists for certain; False when so many flags rest on each
            other that not all sets were tried.
    """

    rules: tuple[str, ...]
    with_them: tuple[str, ...] = ()
    outcome: Outcome
    exact: bool = True


class OneShort(Value):
    """A rule that did not fire and would if one more thing stood in the text.

    Attributes:
        rule: Id of the rule.
        title: Its short name.
        missing: What would complete it, in words; any one of them does.
        outcome: What score and level would be with the first of them.
    """

    rule: str
    title: Localised
    missing: tuple[Localised, ...]
    outcome: Outcome


class Answer(Value):
    """A possible answer to a question, and what score and level would be with it in the text."""

    text: Localised
    outcome: Outcome


class Question(Value):
    """A question whose answer moves the score.

    Attributes:
        rule: Id of what is missing.
        question: What to ask.
        worst: The answer that speaks most for danger.
        best: The answer that a lawful offer gives.
    """

    rule: str
    question: Localised
    worst: Answer
    best: Answer


class WordShare(Value):
    """Words of the text that carried much of what the classifier says.

    Attributes:
        span: Where they stand.
        log_odds: What they add to the score, before the classifier's bounds.
    """

    span: Span
    log_odds: float


class WhatIf(Value):
    """What would change the level, worked out with the arithmetic of the score itself.

    Attributes:
        without: The fewest red flags without which the level would fall; None when it cannot fall,
            or stays even without all of them.
        without_classifier: What remains without the text classifier, when that is another level.
        words: Words that carried most of the classifier's verdict, in text order: those that speak
            for scam when it adds to the score, else those that speak against.
        one_short: Rules that one more thing would make fire, those that would add most first.
        questions: Questions whose answers move the level most, those first.
    """

    without: Without | None = None
    without_classifier: Outcome | None = None
    words: tuple[WordShare, ...] = ()
    one_short: tuple[OneShort, ...] = ()
    questions: tuple[Question, ...] = ()


class Report(Value):
    """All that is said of one offer. JSON round-trips; holds no text of the offer unless asked.

    Attributes:
        schema_version: Version of this layout.
        library: Version of offer_screen.
        text_sha256: SHA-256 of the UTF-8 bytes of the text.
        text_length: Characters in the text.
        text: The text itself, when the caller asked for it.
        redacted: Whether what tells who people are is masked, in ``text`` and in the facts.
        pack: Name and version of the rule pack.
        pack_sha256: Digest of the pack's content.
        engine: Inference engine that ran.
        model: Digest of the classifier, or None: 'rules only'.
        weighting: ``authored``: weights as the analysts wrote them; ``fitted``: moved by a fit to
            labelled texts and calibrated.
        as_of: Day (ISO) whose reference values were used.
        kind: Kind of text.
        abstains: Why the level says nothing here; None where it is a judgement.
        score: Score, level and contributions.
        findings: Red flags and trust signs, most weighty first.
        mentioned: Red flags that the text only warns of, quotes, reports or denies; not scored.
        would_have: What experimental rules found; not scored, and nothing builds on it.
        facts: What was read from the text, in text order.
        missing: What a lawful offer would state.
        advice: What to do next, in order.
        what_if: What would change the level, when the caller asked for it.
    """

    schema_version: Literal[1] = 1
    library: str
    text_sha256: str
    text_length: int
    text: str | None = None
    redacted: bool = False
    pack: str
    pack_sha256: str
    engine: str
    model: str | None = None
    weighting: str = "authored"
    as_of: str
    kind: Kind
    abstains: Abstention | None = None
    score: Score
    findings: tuple[Finding, ...] = ()
    mentioned: tuple[Finding, ...] = ()
    would_have: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()
    advice: tuple[Advice, ...] = ()
    what_if: WhatIf | None = None

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
