"""Conditions in words, for people who read rules and not their YAML."""

from __future__ import annotations

from typing import assert_never

from offer_screen.rules.conditions import (
    All,
    AtLeast,
    Atom,
    FactTest,
    FieldTest,
    FindingTest,
    Leaf,
    Node,
    NoneOf,
)
from offer_screen.values import Stance

_COMPARISONS = {"eq": "is", "ne": "is not", "ge": "≥", "gt": ">", "le": "≤", "lt": "<"}

_PLAIN = frozenset({Stance.ASSERTED})


def group_in_words(node: All | AtLeast | NoneOf) -> str:
    """Return what a group asks of its parts.

    >>> group_in_words(AtLeast(2, (Atom(0), Atom(1), Atom(2))))
    'at least 2 of'
    """
    if isinstance(node, All):
        return "all of"
    if isinstance(node, NoneOf):
        return "none of"
    return "any of" if node.count == 1 else f"at least {node.count} of"


def leaf_in_words(leaf: Leaf) -> str:
    """Return what a leaf asks.

    >>> leaf_in_words(FactTest("salary", (FieldTest("low", "ge", 2.0),), frozenset({"asserted"})))
    'fact salary where low ≥ 2'
    """
    if isinstance(leaf, FindingTest):
        return f"finding {leaf.rule}"
    if isinstance(leaf, FactTest):
        asked = f"fact {leaf.fact}"
        if leaf.tests:
            asked += f" where {', '.join(map(test_in_words, leaf.tests))}"
    else:
        asked = f"signal {leaf.signal}"
    if leaf.stances != _PLAIN:
        asked += f" ({' or '.join(sorted(leaf.stances))})"
    return asked


def test_in_words(test: FieldTest) -> str:
    """Return one comparison.

    >>> test_in_words(FieldTest("risk", "in", ("high", "critical")))
    'risk is high or critical'
    """
    if test.op == "present":
        return f"{test.field} is {'given' if test.value else 'not given'}"
    if isinstance(test.value, tuple):
        return f"{test.field} is {' or '.join(map(value_in_words, test.value))}"
    return f"{test.field} {_COMPARISONS[test.op]} {value_in_words(test.value)}"


def value_in_words(value: object) -> str:
    """Return a value of a field.

    >>> value_in_words(True), value_in_words(None), value_in_words(1_500_000.0)
    ('true', 'not given', '1,500,000')
    """
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:,.10g}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


def node_in_lines(node: Node, leaves: tuple[Leaf, ...], depth: int = 0) -> tuple[str, ...]:
    """Return a condition as a tree, one line a branch, each indented by its depth."""
    indent = "  " * depth
    if isinstance(node, Atom):
        return (f"{indent}- {leaf_in_words(leaves[node.leaf])}",)
    if isinstance(node, All | AtLeast | NoneOf):
        below = (line for part in node.parts for line in node_in_lines(part, leaves, depth + 1))
        return (f"{indent}- {group_in_words(node)}:", *below)
    assert_never(node)
