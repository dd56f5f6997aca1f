"""The fields of facts as conditions see them: which there are, and what they compare with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from offer_screen.facts import Destination, Duration, Employer, FactBase, Job, Money
from offer_screen.rules.schema import Scalar, Test, Wanted
from offer_screen.rules.validation import suggestion

_HIDDEN = frozenset({"kind", "span", "stance", "text"})
"""Fields that conditions reach in other ways, or not at all."""

_ORDERED = ("ge", "gt", "le", "lt")

Problem = tuple[str, tuple[str | int, ...], str, str | None]
"""Code, place below the field, message, hint."""


class FieldType(NamedTuple):
    """What values a field has.

    Attributes:
        name: number, bool, text or choice.
        choices: The values of a choice.
        optional: May be empty.
    """

    name: Literal["number", "bool", "text", "choice"]
    choices: tuple[str, ...] = ()
    optional: bool = False

    @property
    def numeric(self) -> bool:
        """Whether greater and less mean something."""
        return self.name == "number"


@cache
def field_types(fact_class: type[FactBase]) -> Mapping[str, FieldType]:
    """Return the fields that conditions may ask about."""
    return {
        name: _type_of(info.annotation)
        for name, info in fact_class.model_fields.items()
        if name not in _HIDDEN
    }


def shown_alone(fact_class: type[FactBase]) -> bool:
    """Tell whether a slot may name the fact without a field."""
    return issubclass(fact_class, Money | Duration | Destination | Job | Employer)


def _type_of(annotation: Any) -> FieldType:  # noqa: ANN401  (type annotations)
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type_of(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _type_of(parts[0])._replace(optional=len(parts) < len(get_args(annotation)))
    if origin is Literal:
        return FieldType("choice", tuple(str(choice) for choice in get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return FieldType("choice", tuple(member.value for member in annotation))
    if annotation is bool:
        return FieldType("bool")
    return FieldType("number" if annotation in {int, float} else "text")


def check_test(name: str, field: FieldType, wanted: Wanted) -> Iterator[Problem]:
    """Yield what is wrong with the comparisons of one field."""
    if isinstance(wanted, Test):
        for given in wanted.model_fields_set:
            key = given.rstrip("_")
            value = getattr(wanted, given)
            if value is None:
                yield (
                    "R208",
                    (key,),
                    f"{key}: the value is empty",
                    "for an empty field: present: false",
                )
            elif key in _ORDERED and not field.numeric:
                yield (
                    "R208",
                    (key,),
                    f"{name} is not a number: '{key}' never holds",
                    _instead(field),
                )
            elif key == "in":
                yield from _values(name, field, value, (key,))
            elif key in {"eq", "ne"}:
                yield from _value(name, field, value, (key,))
    elif isinstance(wanted, tuple):
        yield from _values(name, field, wanted, ())
    else:
        yield from _value(name, field, wanted, ())


def _values(
    name: str, field: FieldType, values: tuple[Scalar, ...], loc: tuple[str | int, ...]
) -> Iterator[Problem]:
    if not values:
        yield "R208", loc, f"{name}: an empty list never holds", None
    for index, value in enumerate(values):
        yield from _value(name, field, value, (*loc, index))


def _value(
    name: str, field: FieldType, value: Scalar, loc: tuple[str | int, ...]
) -> Iterator[Problem]:
    if field.name == "bool":
        if not isinstance(value, bool):
            yield "R208", loc, f"{name} is true or false, never {value!r}", None
    elif field.numeric:
        if isinstance(value, bool | str):
            yield "R208", loc, f"{name} is a number, never {_show(value)}", None
    elif not isinstance(value, str):
        yield "R208", loc, f"{name} is text, never {_show(value)}", None
    elif field.choices and value not in field.choices:
        hint = suggestion(value, field.choices, label="values")
        yield "R209", loc, f"{name} is never '{value}'", hint


def _instead(field: FieldType) -> str:
    if field.choices:
        return f"values: {', '.join(field.choices)}"
    return "use eq, ne, in or present"


def _show(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
