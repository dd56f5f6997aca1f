from __future__ import annotations

import pytest

from offer_screen.facts import Destination, Licence, Money, Phone
from offer_screen.rules.fields import FieldType, check_test, field_types, shown_alone
from offer_screen.rules.schema import FactLeaf
from offer_screen.rules.templates import FACT_KINDS


def problems(kind: str, field: str, wanted: object) -> list[tuple[str, tuple[str | int, ...]]]:
    leaf = FactLeaf.model_validate({"fact": kind, "where": {field: wanted}})
    known = field_types(FACT_KINDS[kind])
    return [
        (code, place) for code, place, _, _ in check_test(field, known[field], leaf.where[field])
    ]


def test_fields_are_read_off_the_facts() -> None:
    assert field_types(Licence) == {
        "licence_type": FieldType(
            "choice",
            ("sip3mi", "sip2mi", "job_order", "nib", "lpk", "so", "siuppak", "decree"),
        ),
        "has_number": FieldType("bool"),
    }
    assert field_types(Money)["low"] == FieldType("number", optional=True)
    assert field_types(Money)["period"].optional
    assert field_types(Money)["currency"] == FieldType("text", optional=True)
    assert field_types(Destination)["risk"].choices[-1] == "critical"


def test_some_facts_show_without_a_field() -> None:
    assert shown_alone(Money)
    assert not shown_alone(Phone)


@pytest.mark.parametrize(
    ("kind", "field", "wanted"),
    [
        ("salary", "low", {"ge": 1, "lt": 2.5, "ne": 2}),
        ("salary", "low", 7),
        ("salary", "low", {"present": False}),
        ("salary", "period", ["month", "year"]),
        ("salary", "plus", True),
        ("destination", "country", {"in": ["KH", "MM"]}),
        ("destination", "placement_open", {"eq": False}),
        ("text", "text_kind", {"ne": "awareness"}),
    ],
)
def test_what_fits_is_let_through(kind: str, field: str, wanted: object) -> None:
    assert problems(kind, field, wanted) == []


@pytest.mark.parametrize(
    ("kind", "field", "wanted", "expected"),
    [
        ("salary", "low", "much", [("R208", ())]),
        ("salary", "low", True, [("R208", ())]),
        ("salary", "low", {"ge": None}, [("R208", ("ge",))]),
        ("salary", "low", [], [("R208", ())]),
        ("salary", "low", {"in": [1, "2"]}, [("R208", ("in", 1))]),
        ("salary", "plus", "yes", [("R208", ())]),
        ("salary", "plus", 1, [("R208", ())]),
        ("salary", "currency", {"gt": 1}, [("R208", ("gt",))]),
        ("salary", "currency", 5, [("R208", ())]),
        ("salary", "period", {"ne": "months"}, [("R209", ("ne",))]),
        ("salary", "period", ["month", "years"], [("R209", (1,))]),
        ("destination", "risk", {"ge": 2}, [("R208", ("ge",))]),
    ],
)
def test_what_does_not_fit_is_refused(
    kind: str, field: str, wanted: object, expected: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    assert problems(kind, field, wanted) == expected
