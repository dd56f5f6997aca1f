"""The comparisons of ``where``, made ready: whether a fact passes."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from offer_screen.facts import FactBase
from offer_screen.rules.conditions import FieldTest

Predicate = Callable[[FactBase], bool]

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
}


def predicate(tests: Sequence[FieldTest]) -> Predicate:
    """Return what tells whether a fact passes every one of ``tests``.

    An empty field passes only ``present: false``.
    """
    checks = tuple(_check(test) for test in tests)
    if len(checks) == 1:
        return checks[0]

    def passes_all(fact: FactBase) -> bool:
        for check in checks:  # noqa: SIM110  (a generator takes as long as the checks)
            if not check(fact):
                return False
        return True

    return passes_all


def _check(test: FieldTest) -> Predicate:
    field, op, wanted = test.field, test.op, test.value
    if op == "present":
        return lambda fact: (getattr(fact, field) is not None) is wanted
    if op == "eq" and isinstance(wanted, str):
        return lambda fact: bool(getattr(fact, field) == wanted)
    if op == "eq" and isinstance(wanted, bool):
        return lambda fact: getattr(fact, field) is wanted
    if op == "eq":
        return lambda fact: _same(getattr(fact, field), wanted)
    if op == "ne":
        return lambda fact: _differs(getattr(fact, field), wanted)
    if op == "in":
        items = wanted if isinstance(wanted, tuple) else ()
        words = frozenset(item for item in items if isinstance(item, str))
        if len(words) == len(items):
            return lambda fact: getattr(fact, field) in words
        return lambda fact: any(_same(getattr(fact, field), item) for item in items)
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return lambda fact: False  # noqa: ARG005  (such a test is never passed)
    compare = _ORDER[op]

    def in_order(fact: FactBase) -> bool:
        value = getattr(fact, field)
        return (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and compare(value, wanted)
        )

    return in_order


def _same(value: object, wanted: object) -> bool:
    # True == 1 in Python, but 'skilled: 1' is not what an author means.
    return value == wanted and isinstance(value, bool) is isinstance(wanted, bool)


def _differs(value: object, wanted: object) -> bool:
    return value is not None and not _same(value, wanted)
