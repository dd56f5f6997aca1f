"""What all values that the stages hand to each other are made of: spans, levels, kinds, stances.

All are frozen. Character offsets are half-open ``[start, end)`` and always index the text **as it
came**, never a cleaned or lower-cased copy of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Value(BaseModel):
    """Base of all result models: immutable, and strict about unknown fields."""

    # The words of an offer stay out of error messages, and so out of logs.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def replaced(self, **fields: object) -> Self:
        """Return the same value with these fields instead, which are not checked.

        For values that the library made itself. A text takes dozens, and to check each, or to
        let ``model_copy`` do it, takes 7 % of the time of a verdict.
        """
        other = object.__new__(type(self))
        set_field = object.__setattr__
        set_field(other, "__dict__", self.__dict__ | fields)
        set_field(other, "__pydantic_fields_set__", self.__pydantic_fields_set__.union(fields))
        set_field(other, "__pydantic_extra__", None)
        set_field(other, "__pydantic_private__", None)
        return other


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
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Abstention(StrEnum):
    """Why the level of a report says nothing about an offer."""

    TOO_SHORT = "too_short"  # a greeting, a word or two, only emoji or numbers
    UNREAD = "unread_language"  # almost no word is one that the rule pack knows
    NOT_AN_OFFER = "not_an_offer"  # another kind of text, in which nothing was found


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
