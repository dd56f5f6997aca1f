"""Checks the content of a file against its model, and says what is wrong in plain words.

Validation runs on the JSON form of a file in pydantic's strict mode: there a list may stand for a
tuple and a text for an enum, but ``no`` is not false and ``"5"`` is not a number.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from offer_screen.errors import RuleError, RuleSchemaError
from offer_screen.rules.schema import Slug
from offer_screen.rules.source import Plain, Source

M = TypeVar("M", bound=BaseModel)

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "keys with values",
    "mapping_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "date_type": "a day such as 2026-11-01",
    "none_required": "nothing",
}
"""What was wanted, by pydantic's error type."""

_CHOICES = frozenset({"enum", "literal_error"})
_DATES = frozenset({"date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"})
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_SLUG_PATTERN = next(
    str(constraint.pattern) for constraint in get_args(Slug)[1:] if constraint.pattern
)
_QUOTED = re.compile(r"'([^']*)'")
_FIELD_PREFIX = re.compile(r"([a-z_]+): ")


def validate(model: type[M], source: Source) -> M | list[RuleError]:
    """Return the content of ``source`` as ``model``, or everything that keeps it from being one."""
    data = json.dumps(source.value, default=_day, ensure_ascii=False, allow_nan=False)
    try:
        return model.model_validate_json(data.encode("utf-8", "surrogatepass"), strict=True)
    except ValidationError as error:
        return _plain_errors(model, source, error)


def suggestion(wrong: str, known: Iterable[str], *, label: str = "known") -> str:
    """Return a hint for a name that does not exist: the one meant, or those that do exist.

    >>> suggestion("sevrity", ["severity", "weight"])
    "did you mean 'severity'?"
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return "there are none"
    nearest = difflib.get_close_matches(wrong, names, n=12, cutoff=0.0) if wrong else names[:12]
    shown = ", ".join(nearest)
    return f"{label}: {shown}{', …' if len(names) > 12 else ''}"


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _plain_errors(
    model: type[BaseModel], source: Source, error: ValidationError
) -> list[RuleError]:
    found = [
        (tuple(item["loc"]), item)
        for item in error.errors(include_url=False, include_input=False)
        if not _only_seems_short(source, item)
    ]
    paths = [
        source.locate(loc[:-1] if item["type"] == "missing" else loc).path for loc, item in found
    ]
    proper = [path for (_, item), path in zip(found, paths, strict=True) if not _is_type(item)]
    errors: dict[RuleError, None] = {}
    wanted: dict[tuple[str | int, ...], dict[str, None]] = {}
    for (loc, item), path in zip(found, paths, strict=True):
        # Each branch of a union complains; one that got further knows better.
        if _is_type(item):
            if not any(other[: len(path)] == path for other in proper):
                wanted.setdefault(path, {})[_TYPES[item["type"]]] = None
        elif item["type"] not in _CHOICES or not any(_is_below(other, path) for other in proper):
            errors[_proper_error(model, source, loc, path, item)] = None
    for path, types in wanted.items():
        if not any(_is_below(other, path) for other in wanted):
            errors[_type_error(source, path, list(types))] = None
    return list(errors)


def _only_seems_short(source: Source, item: ErrorDetails) -> bool:
    """Tell whether a list is too short only because entries with errors were not counted."""
    if item["type"] != "too_short":
        return False
    node = source.locate(item["loc"]).node
    least: int = item["ctx"]["min_length"]
    return len(node.items) + len(node.entries) >= least


def _is_type(item: ErrorDetails) -> bool:
    return item["type"] in _TYPES


def _is_below(path: tuple[str | int, ...], above: tuple[str | int, ...]) -> bool:
    return len(path) > len(above) and path[: len(above)] == above


def _type_error(source: Source, path: tuple[str | int, ...], wanted: list[str]) -> RuleError:
    value = source.locate(path).node.value
    choices = wanted[0] if len(wanted) == 1 else f"{', '.join(wanted[:-1])} or {wanted[-1]}"
    return source.error(
        RuleSchemaError,
        "R103",
        f"{_subject(path)}should be {choices} (got {_got(value)})",
        path,
        hint=_type_hint(value, wanted),
    )


def _type_hint(value: Plain, wanted: Sequence[str]) -> str | None:
    if value is None:
        return "the value is empty"
    if "text" in wanted and isinstance(value, bool | int | float | dt.date):
        return "put it in quotes"
    if "text" in wanted and isinstance(value, dict):
        return "put text that holds ': ' in quotes"
    if "a list" in wanted and isinstance(value, str | int | float):
        return "write it as [one, two], or as lines that start with '- '"
    if "true or false" in wanted and isinstance(value, str):
        return "write true or false; yes, no, on and off are words here"
    if isinstance(value, str) and any("number" in item for item in wanted):
        return "write a number such as 2 or 0.5, without quotes"
    return None


def _proper_error(
    model: type[BaseModel],
    source: Source,
    loc: tuple[str | int, ...],
    path: tuple[str | int, ...],
    item: ErrorDetails,
) -> RuleError:
    kind, context = item["type"], item.get("ctx", {})
    value = source.locate(loc).node.value
    at_key = loc[-1:] == ("[key]",)
    got: Plain = path[-1] if at_key and path else value
    subject = _subject(path)
    if kind == "missing":
        name = str(loc[-1])
        return source.error(RuleSchemaError, "R101", f"'{name}' is missing", loc[:-1])
    if kind == "extra_forbidden":
        name = str(loc[-1])
        near = suggestion(name, keys_at(model, path[:-1]), label="known keys")
        return source.error(
            RuleSchemaError, "R102", f"unknown key '{name}'", loc, hint=near, at_key=True
        )
    code, message = "R199", str(item["msg"])
    hint: str | None = None
    if kind in _CHOICES:
        code = "R104"
        expected = str(context.get("expected", ""))
        message = f"should be {expected} (got {_got(got)})"
        close = suggestion(str(got), _QUOTED.findall(expected))
        hint = close if close.startswith("did you mean") else None
    elif kind in _DATES:
        code, message = "R105", f"is not a day of the calendar (got {_got(got)})"
        hint = "write it as 2026-11-01"
    elif kind == "string_pattern_mismatch":
        code, message = "R106", f"{_got(got)} has a wrong form"
        subject = "" if at_key else subject
        if str(context.get("pattern")) == _SLUG_PATTERN:
            hint = "ids are lower-case words joined by hyphens, such as passport-held"
    elif kind in {"string_too_short", "string_too_long"}:
        length = context.get("min_length", context.get("max_length"))
        bound = "at least" if kind == "string_too_short" else "at most"
        code = "R107"
        message = f"should have {bound} {length} characters (has {len(str(got))})"
    elif kind in {"too_short", "too_long"}:
        least = kind == "too_short"
        length = context.get("min_length" if least else "max_length")
        bound = "at least" if least else "at most"
        has = context.get("actual_length")
        code, message = "R108", f"should have {bound} {length} entries (has {has})"
    elif kind in _BOUNDS:
        name, bound = _BOUNDS[kind]
        code, message = "R109", f"should be {bound} {context.get(name)} (got {_got(got)})"
    elif kind in {"value_error", "assertion_error"}:
        return _model_error(source, path, str(context.get("error", item["msg"])))
    return source.error(RuleSchemaError, code, f"{subject}{message}", loc, hint=hint, at_key=at_key)


def _model_error(source: Source, path: tuple[str | int, ...], message: str) -> RuleError:
    """Return the error of a check over several fields, at the field that it starts with."""
    named = _FIELD_PREFIX.match(message)
    node = source.locate(path).node
    if named and named[1] in node.entries:
        return source.error(RuleSchemaError, "R110", message, (*path, named[1]))
    subject = "" if named else _subject(path)
    return source.error(RuleSchemaError, "R110", f"{subject}{message}", path)


def _subject(path: Sequence[str | int]) -> str:
    names = [item for item in path if isinstance(item, str)]
    return f"{names[-1]}: " if names else ""


def _got(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 40 else f"'{value[:40]}…'"
    return str(value)


# --- the keys that may stand at a place ----------------------------------------------------------


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> set[str]:
    """Return the keys that ``model`` gives names to at ``path``, and not those of a dictionary."""
    frontier: list[Any] = [model]
    for item in path:
        frontier = [part for annotation in frontier for part in _step(annotation, item)]
    return {
        field.alias or name
        for annotation in frontier
        for part in _branches(annotation)
        if isinstance(part, type) and issubclass(part, BaseModel)
        for name, field in part.model_fields.items()
    }


def _step(annotation: Any, item: str | int) -> Iterator[Any]:  # noqa: ANN401  (type annotations)
    for part in _branches(annotation):
        origin, args = get_origin(part), get_args(part)
        if isinstance(part, type) and issubclass(part, BaseModel):
            hints = get_type_hints(part, include_extras=True)
            for name, field in part.model_fields.items():
                if (field.alias or name) == item:
                    yield hints[name]
        elif origin is not None and isinstance(item, str) and len(args) == 2:
            if isinstance(origin, type) and issubclass(origin, Mapping):
                yield args[1]
        elif isinstance(origin, type) and isinstance(item, int) and args:
            yield args[0]


def _branches(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  (type annotations)
    """Yield the alternatives of a union, without what annotations say about them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _branches(get_args(annotation)[0])
    elif origin is Union or type(annotation).__name__ == "UnionType":
        for part in get_args(annotation):
            yield from _branches(part)
    else:
        yield annotation
