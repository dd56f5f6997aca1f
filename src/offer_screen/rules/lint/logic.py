"""What follows from a condition, whatever the text: enough of it to find dead and implied rules.

A condition is written out as *terms*, each a set of leaves that must hold and a set that must not.
Leaves are compared by what they ask: 'a salary of 9 million or more' entails 'a salary'. What is
too large to be written out counts as unknown, so a check may miss something and never invents it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from offer_screen.rules.conditions import (
    All,
    Atom,
    FactTest,
    FieldTest,
    FindingTest,
    Leaf,
    Node,
    NoneOf,
    SignalTest,
)
from offer_screen.rules.schema import Scalar

LIMIT = 3000
"""Most terms that a condition is written out to."""


class Term(NamedTuple):
    """One way for a condition to hold.

    Attributes:
        held: Leaves that hold.
        barred: Leaves that do not.
    """

    held: frozenset[int]
    barred: frozenset[int]


class TooManyTermsError(Exception):
    """A condition has more ways to hold than are worth writing out."""


def terms(node: Node, *, holds: bool = True) -> frozenset[Term]:
    """Return the ways in which a condition holds, or does not hold.

    Raises:
        TooManyTermsError: There are more than ``LIMIT``.
    """
    if isinstance(node, Atom):
        leaf = frozenset({node.leaf})
        return frozenset({Term(leaf, frozenset()) if holds else Term(frozenset(), leaf)})
    parts = node.parts
    if isinstance(node, NoneOf):
        return _every(parts, holds=False) if holds else _some(parts, holds=True)
    least = len(parts) if isinstance(node, All) else node.count
    if not holds:
        least = len(parts) - least + 1
    if least == len(parts):
        return _every(parts, holds=holds)
    if least == 1:
        return _some(parts, holds=holds)
    found: set[Term] = set()
    for chosen in combinations(parts, least):
        found |= _every(chosen, holds=holds)
        _check_size(found)
    return frozenset(found)


def _some(parts: Iterable[Node], *, holds: bool) -> frozenset[Term]:
    found: set[Term] = set()
    for part in parts:
        found |= terms(part, holds=holds)
    _check_size(found)
    return frozenset(found)


def _every(parts: Iterable[Node], *, holds: bool) -> frozenset[Term]:
    found = {Term(frozenset(), frozenset())}
    for part in parts:
        more = terms(part, holds=holds)
        if len(found) * len(more) > LIMIT * 4:
            raise TooManyTermsError
        found = {
            Term(one.held | other.held, one.barred | other.barred)
            for one in found
            for other in more
            if not (one.held & other.barred or one.barred & other.held)
        }
        _check_size(found)
    return frozenset(found)


def _check_size(found: set[Term]) -> None:
    if len(found) > LIMIT:
        raise TooManyTermsError


def possible(term: Term, leaves: Sequence[Leaf]) -> bool:
    """Tell whether no leaf of a term rules another out, as far as their questions say."""
    return all(can_hold(leaves[leaf]) for leaf in term.held) and not any(
        entails(leaves[held], leaves[barred]) for held in term.held for barred in term.barred
    )


def decided(node: Node, term: Term, leaves: Sequence[Leaf]) -> bool | None:
    """Return whether a condition holds wherever ``term`` does; None if it may or may not."""
    if isinstance(node, Atom):
        asked = leaves[node.leaf]
        if any(entails(leaves[held], asked) for held in term.held):
            return True
        if any(entails(asked, leaves[barred]) for barred in term.barred):
            return False
        return None
    found = [decided(part, term, leaves) for part in node.parts]
    yes, no = found.count(True), found.count(False)
    if isinstance(node, NoneOf):
        return False if yes else True if no == len(found) else None
    least = len(found) if isinstance(node, All) else node.count
    if yes >= least:
        return True
    return False if len(found) - no < least else None


# --- leaves ---------------------------------------------------------------------------------------


def entails(one: Leaf, other: Leaf) -> bool:
    """Tell whether ``other`` holds wherever ``one`` does."""
    if one == other:
        return True
    if isinstance(one, SignalTest) and isinstance(other, SignalTest):
        return one.signal == other.signal and one.stances <= other.stances
    if isinstance(one, FactTest) and isinstance(other, FactTest):
        return (
            one.fact == other.fact
            and one.stances <= other.stances
            and all(_implied(test, one.tests) for test in other.tests)
        )
    return False


def can_hold(leaf: Leaf) -> bool:
    """Tell whether some fact could pass all the tests of a leaf."""
    if not isinstance(leaf, FactTest):
        return True
    for field in {test.field for test in leaf.tests}:
        tests = [test for test in leaf.tests if test.field == field]
        absent = [test for test in tests if test.op == "present" and test.value is False]
        if absent:
            if len(absent) < len(tests):
                return False
            continue
        values = [_values(test) for test in tests if test.op in {"eq", "in"}]
        if values and not any(all(_passes(value, test) for test in tests) for value in values[0]):
            return False
        if not values and not _range_open(tests):
            return False
    return True


def _range_open(tests: Sequence[FieldTest]) -> bool:
    lows = [(test.value, test.op == "gt") for test in tests if test.op in {"ge", "gt"}]
    highs = [(test.value, test.op == "lt") for test in tests if test.op in {"le", "lt"}]
    if not lows or not highs:
        return True
    (low, above), (high, below) = max(lows), min(highs)
    return low < high or (low == high and not above and not below)  # type: ignore[operator]


def _implied(wanted: FieldTest, given: Sequence[FieldTest]) -> bool:
    """Tell whether a field that passes ``given`` passes ``wanted`` too."""
    return any(_follows(wanted, test) for test in given if test.field == wanted.field)


def _follows(wanted: FieldTest, given: FieldTest) -> bool:
    if wanted == given:
        return True
    if given.op == "present":
        return False
    if wanted.op == "present":
        return wanted.value is True  # an empty field fails every comparison
    if given.op in {"eq", "in"}:
        return all(_passes(value, wanted) for value in _values(given))
    low, high = given.op in {"ge", "gt"}, given.op in {"le", "lt"}
    if (low and wanted.op in {"ge", "gt"}) or (high and wanted.op in {"le", "lt"}):
        strict = wanted.op in {"gt", "lt"} and given.op in {"ge", "le"}
        bound, edge = float(given.value), float(wanted.value)  # type: ignore[arg-type]  # numbers
        return bound != edge and (bound > edge) is low if strict or bound != edge else True
    return False


def _values(test: FieldTest) -> tuple[Scalar, ...]:
    return test.value if isinstance(test.value, tuple) else (test.value,)


def _passes(value: Scalar, test: FieldTest) -> bool:
    if test.op == "present":
        return test.value is True
    if test.op in {"eq", "in"}:
        return value in _values(test)
    if test.op == "ne":
        return value != test.value
    number, bound = float(value), float(test.value)  # type: ignore[arg-type]  # ordered: numbers
    return {
        "ge": number >= bound,
        "gt": number > bound,
        "le": number <= bound,
        "lt": number < bound,
    }[test.op]


def in_words(leaf: Leaf) -> str:
    """Return what a leaf asks, in short."""
    if isinstance(leaf, SignalTest):
        return f"signal {leaf.signal}"
    if isinstance(leaf, FindingTest):
        return f"finding {leaf.rule}"
    tests = ", ".join(f"{test.field} {test.op} {_shown(test.value)}" for test in leaf.tests)
    return f"fact {leaf.fact}" + (f" with {tests}" if tests else "")


def _shown(value: Scalar | tuple[Scalar, ...]) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, tuple) else str(value)
