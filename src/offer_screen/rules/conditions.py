"""Conditions, compiled: what every inference engine runs.

The condition of each rule becomes a small tree over *leaves*. A leaf is one question to the text
('signal passport-held, asserted', 'a salary with ratio_to_reference >= 2', 'rule x has fired');
equal leaves of different rules are one leaf. Rules are ordered in strata: a rule stands one
stratum above every rule whose finding it asks about, so that negation and counting always see
settled findings. ``docs/rule-semantics.md`` gives the meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offer_screen.rules.schema import (
    Condition,
    FactLeaf,
    FindingLeaf,
    FrozenDict,
    Group,
    Scalar,
    SignalLeaf,
    Stances,
    Test,
    Wanted,
)
from offer_screen.values import Stance


@dataclass(frozen=True, slots=True)
class SignalTest:
    """Asks: is ``signal`` in the text with one of ``stances``?"""

    signal: str
    stances: frozenset[Stance]


@dataclass(frozen=True, slots=True)
class FieldTest:
    """One comparison; ``op`` is eq, ne, ge, gt, le, lt, in or present."""

    field: str
    op: str
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class FactTest:
    """Asks: does one fact of kind ``fact`` with one of ``stances`` pass every test?"""

    fact: str
    tests: tuple[FieldTest, ...]
    stances: frozenset[Stance]


@dataclass(frozen=True, slots=True)
class FindingTest:
    """Asks: has ``rule`` fired?"""

    rule: str


Leaf = SignalTest | FactTest | FindingTest


@dataclass(frozen=True, slots=True)
class Atom:
    """Holds when leaf number ``leaf`` holds."""

    leaf: int


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds when ``count`` or more of the parts hold; ``any`` is a count of 1."""

    count: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Holds when not one part holds."""

    parts: tuple[Node, ...]


Node = Atom | All | AtLeast | NoneOf


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule's id, its condition, and the stratum in which it is decided."""

    id: str
    when: Node
    stratum: int


@dataclass(frozen=True, slots=True)
class Program:
    """All rules of a pack, ready for an engine.

    Attributes:
        leaves: The distinct questions; an Atom points into them.
        rules: In order of stratum, then id.
        finding_leaf: For a rule that others ask about: its leaf.
    """

    leaves: tuple[Leaf, ...]
    rules: tuple[CompiledRule, ...]
    finding_leaf: Mapping[str, int]


class CycleError(ValueError):
    """Rules depend on each other in a ring; ``path`` names them, first and last the same."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        super().__init__(" -> ".join(path))


class UnknownFindingError(ValueError):
    """A rule asks about the finding of a rule that does not exist."""

    def __init__(self, rule: str, unknown: str) -> None:
        self.rule = rule
        self.unknown = unknown
        super().__init__(f"{rule} asks about {unknown}")


def compile_program(conditions: Mapping[str, Group]) -> Program:
    """Compile the conditions of all rules, by rule id.

    Raises:
        CycleError: Rules depend on each other in a ring.
        UnknownFindingError: A condition names a rule that is not among ``conditions``.
    """
    leaves: dict[Leaf, int] = {}
    trees = {rule: _group(group, leaves) for rule, group in sorted(conditions.items())}
    needs = {rule: _rules_asked(tree, tuple(leaves)) for rule, tree in trees.items()}
    for rule, asked in needs.items():
        for other in asked:
            if other not in trees:
                raise UnknownFindingError(rule, other)
    level = strata(needs)
    rules = sorted(
        (CompiledRule(rule, tree, level[rule]) for rule, tree in trees.items()),
        key=lambda compiled: (compiled.stratum, compiled.id),
    )
    finding_leaf = {
        leaf.rule: index for leaf, index in leaves.items() if isinstance(leaf, FindingTest)
    }
    return Program(tuple(leaves), tuple(rules), FrozenDict(finding_leaf))


def _group(group: Group, leaves: dict[Leaf, int]) -> Node:
    parts: list[Node] = []
    if group.all:
        parts.extend(_condition(item, leaves) for item in group.all)
    if group.any:
        parts.append(AtLeast(1, tuple(_condition(item, leaves) for item in group.any)))
    if group.of and group.at_least:
        parts.append(AtLeast(group.at_least, tuple(_condition(item, leaves) for item in group.of)))
    if group.none:
        parts.append(NoneOf(tuple(_condition(item, leaves) for item in group.none)))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _condition(condition: Condition, leaves: dict[Leaf, int]) -> Node:
    if isinstance(condition, Group):
        return _group(condition, leaves)
    return Atom(leaves.setdefault(leaf_of(condition), len(leaves)))


def leaf_of(condition: str | SignalLeaf | FactLeaf | FindingLeaf) -> Leaf:
    """Return the question that one leaf of a condition asks."""
    if isinstance(condition, SignalLeaf):
        return SignalTest(condition.signal, _stances(condition.stance))
    if isinstance(condition, FactLeaf):
        return FactTest(condition.fact, field_tests(condition.where), _stances(condition.stance))
    if isinstance(condition, FindingLeaf):
        return FindingTest(condition.finding)
    return SignalTest(condition, frozenset({Stance.ASSERTED}))


def _stances(stances: Stances) -> frozenset[Stance]:
    return frozenset({stances} if isinstance(stances, Stance) else stances)


def field_tests(
    where: Mapping[str, Wanted],
) -> tuple[FieldTest, ...]:
    """Return the comparisons of a ``where`` mapping, in order of field name."""
    tests: list[FieldTest] = []
    for field, wanted in sorted(where.items()):
        if isinstance(wanted, Test):
            tests.extend(
                FieldTest(field, name.rstrip("_"), getattr(wanted, name))
                for name in sorted(wanted.model_fields_set)
            )
        elif isinstance(wanted, tuple):
            tests.append(FieldTest(field, "in", wanted))
        else:
            tests.append(FieldTest(field, "eq", wanted))
    return tuple(tests)


def _rules_asked(node: Node, leaves: tuple[Leaf, ...]) -> tuple[str, ...]:
    if isinstance(node, Atom):
        leaf = leaves[node.leaf]
        return (leaf.rule,) if isinstance(leaf, FindingTest) else ()
    return tuple(rule for part in node.parts for rule in _rules_asked(part, leaves))


def strata(needs: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the stratum of each rule, given the rules whose findings it asks about.

    Raises:
        CycleError: Rules depend on each other in a ring.
    """
    level: dict[str, int] = {}
    for start in sorted(needs):
        path: dict[str, None] = {}
        stack = [start]
        while stack:
            rule = stack[-1]
            if rule in level:
                path.pop(rule, None)
                stack.pop()
                continue
            path[rule] = None
            waiting = [other for other in needs[rule] if other not in level]
            for other in waiting:
                if other in path:
                    ring = [*list(path)[list(path).index(other) :], other]
                    raise CycleError(tuple(ring))
            if waiting:
                stack.append(waiting[0])
            else:
                level[rule] = 1 + max((level[other] for other in needs[rule]), default=-1)
                del path[rule]
                stack.pop()
    return level
