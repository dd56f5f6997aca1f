"""The comparisons of ``where``: whether a fact passes."""

from __future__ import annotations

from collections.abc import Sequence

from offer_screen.results import FactBase
from offer_screen.rules.conditions import FieldTest


def passes(fact: FactBase, tests: Sequence[FieldTest]) -> bool:
    """Tell whether ``fact`` passes every test; an empty field passes only ``present: false``."""
    return all(_passes(getattr(fact, test.field), test) for test in tests)


def _passes(value: object, test: FieldTest) -> bool:
    op, wanted = test.op, test.value
    if op == "present":
        return (value is not None) is wanted
    if value is None:
        return False
    if op == "in":
        return isinstance(wanted, tuple) and any(_same(value, item) for item in wanted)
    if op == "eq":
        return _same(value, wanted)
    if op == "ne":
        return not _same(value, wanted)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return False
    if op == "ge":
        return value >= wanted
    if op == "gt":
        return value > wanted
    if op == "le":
        return value <= wanted
    return value < wanted


def _same(value: object, wanted: object) -> bool:
    # True == 1 in Python, but 'skilled: 1' is not what an author means.
    return isinstance(value, bool) is isinstance(wanted, bool) and value == wanted
