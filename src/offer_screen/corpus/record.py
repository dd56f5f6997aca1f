"""One text of the corpus, with what an annotator says of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from offer_screen.values import Harm, Kind, Value


class Label(StrEnum):
    """What the text is to the person who gets it."""

    SCAM = "scam"  # an offer with a threat that no lawful offer has
    LEGIT = "legit"  # a lawful offer
    NOT_OFFER = "not_offer"


class TextKind(StrEnum):
    """Sort of text, finer than the library's ``Kind``: news is told from awareness material."""

    OFFER = "offer"
    INQUIRY = "inquiry"
    AWARENESS = "awareness"
    NEWS = "news"
    OTHER = "other"

    @property
    def kind(self) -> Kind:
        """The library's kind."""
        return Kind.AWARENESS if self is TextKind.NEWS else Kind(self.value)


Channel = Literal[
    "whatsapp",
    "facebook",
    "instagram",
    "tiktok",
    "telegram",
    "sms",
    "poster",
    "email",
    "website",
    "letter",
    "forum",
    "story",
]
Register = Literal["formal", "neutral", "informal", "slang"]
FactKind = Literal[
    "salary",
    "fee",
    "deposit",
    "debt",
    "bonus",
    "fine",
    "duration",
    "age",
    "gender",
    "destination",
    "job",
    "company",
    "phone",
    "link",
    "email",
    "account",
    "licence",
    "visa",
    "papers",
    "payer",
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class CorpusText(Value):
    """A line of ``corpus/{train,dev,test}.jsonl``.

    Attributes:
        id: Stable for ever.
        text: The text as a person would receive it; every name and number in it is invented.
        label: Scam, lawful, or no offer.
        kind: Sort of text.
        harm: Which harm a scam leads to; None for all others.
        subtle: A scam with one or two tells, which otherwise reads well.
        channel: Where such a text is met.
        register: How it speaks.
        language: Codes: id, and jv su mad sas kup ban min mdn mly en and others mixed in.
        destination: Country in Indonesian, or ``indonesia``, ``online``, ``unstated``.
        marks: Ids of the rules that an annotator would expect to find, or, in a text that warns
            or reports, to find mentioned. Not exhaustive.
        facts: Kinds of facts that the text states.
        hard_negative: Number of the kind of hard negative in the fact base (section 9), or None.
        family: Texts about one situation; a family never crosses a split.
        batch: Who wrote it: one hand, with its own regions, channels and modi.
        variant_of: Id of the text that this one was rewritten from; None for a text of its own.
        date: Day it was written.
        licence: Always CC-BY-4.0.
    """

    id: Slug
    text: Annotated[str, Field(min_length=10, max_length=4000)]
    label: Label
    kind: TextKind
    harm: Harm | None = None
    subtle: bool = False
    channel: Channel
    register_: Annotated[Register, Field(alias="register")]
    language: Annotated[tuple[Annotated[str, Field(max_length=3)], ...], Field(min_length=1)]
    destination: Annotated[str, Field(min_length=2, max_length=40)]
    marks: tuple[Slug, ...] = ()
    facts: tuple[FactKind, ...] = ()
    hard_negative: Annotated[int, Field(ge=1, le=52)] | None = None
    family: Slug
    batch: Slug
    variant_of: Slug | None = None
    date: dt.date
    licence: Literal["CC-BY-4.0"]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        is_offer = self.kind in (TextKind.OFFER, TextKind.INQUIRY)
        if self.label is Label.NOT_OFFER and is_offer:
            raise ValueError(f"label: a text of kind '{self.kind.value}' is scam or legit")
        if self.label is not Label.NOT_OFFER and not is_offer:
            raise ValueError(f"kind: a text labelled {self.label.value} is an offer or an inquiry")
        if (self.label is Label.SCAM) != (self.harm is not None):
            raise ValueError("harm: a scam names its harm, and no other text does")
        if self.subtle and self.label is not Label.SCAM:
            raise ValueError("subtle: only a scam is subtle")
        return self
