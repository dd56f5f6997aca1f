"""Conditions lowered to patterns: what the durable-rules engine runs.

A *kind* is a thing that can be there: a leaf that holds, a rule that fired, 'n of this group hold',
'nothing of this group holds'. A rule becomes one pattern, a conjunction of comparisons of kinds
with numbers, over one fact whose fields are the kinds that are there. A group inside a group
becomes a helper pattern that fires a kind of its own.

Kinds are settled level by level, and a level rests only on what lower levels settled; so a count is
final and an absence is true when it is written into a fact. The patterns of a level are dealt out
to *shards*, each small enough for every limit of the engine.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from offer_screen.rules.conditions import (
    All,
    AtLeast,
    Atom,
    FindingTest,
    Leaf,
    Node,
    NoneOf,
    Program,
)

SID = "s"
_MAX_TERMS = 12
"""Comparisons in one pattern; longer ones are split."""
_MAX_COMPARISONS = 56
"""Comparisons in one shard: the engine follows at most 64 at a time for one fact, and never
returns from 513 on."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Fires ``head`` when every term is there: a kind, and the least number that it may have."""

    head: int
    level: int
    terms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """One ruleset.

    Attributes:
        definition: As JSON, for the engine.
        rules: Its rules, for messages.
    """

    definition: str
    rules: str


class Chance(NamedTuple):
    """What must be there, and not be there, for a pattern to fire.

    Attributes:
        shard: Which shard decides it.
        needs: Kinds that must be there.
        spoilers: Kinds none of which may be there.
        counts: How many of some kinds must be there: the kind of the count, and those kinds, each
            as often as it counts.
        given: By kind, the fields of a fact that say all this but the counts: that what is needed
            is there, and that no spoiler is.
    """

    shard: int
    needs: frozenset[int]
    spoilers: frozenset[int]
    counts: tuple[tuple[int, tuple[int, ...]], ...]
    given: dict[int, str]


@dataclass(frozen=True, slots=True)
class Level:
    """What is decided at one level: a pattern that can fire is among the chances to look at.

    Attributes:
        watched: For a kind, the chances to look at when it is there.
        unwatched: The chances to look at always: of patterns that ask for absences alone.
    """

    watched: dict[int, tuple[Chance, ...]]
    unwatched: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A program, lowered. The kind of a leaf is its number.

    Attributes:
        leaves: The leaves that some rule asks about.
        levels: From the lowest.
        fields: For each kind, its field in a fact, up to the number.
        sentinel: The same of a kind that every shard knows, and no rule asks about.
        shards: The rulesets, from the lowest level.
        heads: Kind that a pattern fires, by the pattern's name.
        findings: Rule of the program that a kind stands for.
    """

    leaves: frozenset[int]
    levels: tuple[Level, ...]
    fields: tuple[str, ...]
    sentinel: str
    shards: tuple[Shard, ...]
    heads: dict[str, int]
    findings: dict[int, str]


def lower(program: Program) -> Plan:
    """Lower a sound program to patterns."""
    lowering = _Lowering(program.leaves)
    for rule in sorted(program.rules, key=lambda rule: rule.stratum):
        lowering.finding_kind[rule.id] = lowering.add_pattern(rule.when)
    *names, sentinel = property_names(len(lowering.known_from) + 1)
    findings = {kind: rule for rule, kind in lowering.finding_kind.items()}
    groups = _groups(lowering.patterns)
    fields = tuple(f'"{name}":' for name in names)
    return Plan(
        leaves=frozenset(lowering.leaves_asked),
        levels=_levels(lowering, groups, fields),
        fields=fields,
        sentinel=f'"{sentinel}":',
        shards=tuple(_shard(group, names, sentinel, findings) for group in groups),
        heads={f"r{pattern.head}": pattern.head for pattern in lowering.patterns},
        findings=findings,
    )


class _Lowering:
    """The kinds, tallies and patterns of a program, as they are found."""

    def __init__(self, leaves: tuple[Leaf, ...]) -> None:
        self.leaves = leaves
        self.known_from = [0] * len(leaves)  # by kind: the first level at which it is known
        self.leaves_asked: set[int] = set()
        self.finding_kind: dict[str, int] = {}
        self.helpers: dict[Node, int] = {}
        self.counts: dict[tuple[int, ...], int] = {}
        self.absences: dict[tuple[int, ...], int] = {}
        self.patterns: list[Pattern] = []

    def add_pattern(self, node: Node) -> int:
        """Lower ``node`` to a pattern and return the kind that it fires."""
        terms: dict[int, int] = {}
        denied: set[int] = set()
        self._collect(node, terms, denied)
        if denied:
            terms[self._tally(tuple(sorted(denied)), self.absences)] = 1
        return self._join(sorted(terms.items()))

    def _join(self, terms: list[tuple[int, int]]) -> int:
        while len(terms) > _MAX_TERMS:
            terms = [*terms[_MAX_TERMS:], (self._join(terms[:_MAX_TERMS]), 1)]
        level = max(self.known_from[kind] for kind, _ in terms)
        head = self._add_kind(level + 1)
        self.patterns.append(Pattern(head, level, tuple(terms)))
        return head

    def _collect(self, node: Node, terms: dict[int, int], denied: set[int]) -> None:
        """Add to ``terms`` and ``denied`` what must be there, and not be there, for ``node``."""
        if isinstance(node, NoneOf):
            denied.update(self._kind(part) for part in node.parts)
        elif isinstance(node, AtLeast) and node.count != len(node.parts):
            kind = self._tally(tuple(sorted(map(self._kind, node.parts))), self.counts)
            terms[kind] = max(node.count, terms.get(kind, 0))
        elif isinstance(node, All | AtLeast):
            for part in node.parts:
                self._collect(part, terms, denied)
        else:
            terms[self._kind(node)] = 1

    def _kind(self, node: Node) -> int:
        if not isinstance(node, Atom):
            if node not in self.helpers:
                self.helpers[node] = self.add_pattern(node)
            return self.helpers[node]
        leaf = self.leaves[node.leaf]
        if isinstance(leaf, FindingTest):
            return self.finding_kind[leaf.rule]
        self.leaves_asked.add(node.leaf)
        return node.leaf

    def _tally(self, members: tuple[int, ...], known: dict[tuple[int, ...], int]) -> int:
        if members not in known:
            known[members] = self._add_kind(max(self.known_from[member] for member in members))
        return known[members]

    def _add_kind(self, known_from: int) -> int:
        self.known_from.append(known_from)
        return len(self.known_from) - 1


def _groups(patterns: Iterable[Pattern]) -> list[list[Pattern]]:
    """Deal the patterns of each level out to groups that are small enough for one shard."""
    groups: list[list[Pattern]] = []
    level, comparisons = -1, 0
    for pattern in sorted(patterns, key=lambda pattern: pattern.level):
        if pattern.level != level or comparisons + len(pattern.terms) > _MAX_COMPARISONS:
            groups.append([])
            level, comparisons = pattern.level, 0
        groups[-1].append(pattern)
        comparisons += len(pattern.terms)
    return groups


def _levels(
    lowering: _Lowering, groups: Sequence[Sequence[Pattern]], fields: Sequence[str]
) -> tuple[Level, ...]:
    counts = {kind: members for members, kind in lowering.counts.items()}
    absences = {kind: frozenset(members) for members, kind in lowering.absences.items()}
    by_level: dict[int, list[Chance]] = defaultdict(list)
    for shard, group in enumerate(groups):
        for pattern in group:
            kinds = frozenset(kind for kind, _ in pattern.terms)
            absent = tuple(kind for kind in absences if kind in kinds)
            needs = kinds - counts.keys() - absences.keys()
            chance = Chance(
                shard,
                needs=needs,
                spoilers=frozenset().union(*(absences[kind] for kind in absent)),
                counts=tuple((kind, counts[kind]) for kind in counts if kind in kinds),
                given={kind: f"{fields[kind]}1" for kind in (*needs, *absent)},
            )
            by_level[pattern.level].append(chance)
    return tuple(_level(by_level[level]) for level in sorted(by_level))


def _level(chances: Sequence[Chance]) -> Level:
    """Return the chances by the kinds that make them looked at.

    Of the kinds that a pattern cannot do without, those are watched that few others ask about: they
    are seldom there.
    """
    choices = [
        [
            *(frozenset({kind}) for kind in chance.needs),
            *(frozenset(members) for _, members in chance.counts),
        ]
        for chance in chances
    ]
    asked = Counter(kind for choice in choices for kinds in choice for kind in kinds)
    watched: dict[int, list[Chance]] = defaultdict(list)
    for chance, choice in zip(chances, choices, strict=True):
        best = min(choice, key=lambda kinds: sum(asked[kind] for kind in kinds), default=())
        for kind in best:
            watched[kind].append(chance)
    return Level(
        {kind: tuple(of_kind) for kind, of_kind in watched.items()},
        tuple(chance for chance, choice in zip(chances, choices, strict=True) if not choice),
    )


def _shard(
    patterns: Sequence[Pattern], names: Sequence[str], sentinel: str, findings: dict[int, str]
) -> Shard:
    definition: dict[str, object] = {"sentinel": {"all": [{"m": {sentinel: 1}}]}}
    for pattern in patterns:
        tests = [{"$gte": {names[kind]: least}} for kind, least in pattern.terms]
        definition[f"r{pattern.head}"] = {"all": [{"m": {"$and": tests}}]}
    ids = [findings[pattern.head] for pattern in patterns if pattern.head in findings]
    return Shard(
        definition=json.dumps(definition),
        rules=f"{ids[0]} to {ids[-1]}" if ids else "no rule of its own",
    )


def property_names(wanted: int) -> tuple[str, ...]:
    """Return names of properties that the engine can tell apart: by a 32-bit hash alone."""
    taken = {hash_of(name) for name in ("id", "sid", "$s")}
    names: list[str] = []
    for number in count():
        if len(names) == wanted:
            break
        name = f"k{number}"
        if hash_of(name) not in taken:
            taken.add(hash_of(name))
            names.append(name)
    return tuple(names)


def hash_of(name: str) -> int:
    """Return the hash by which the engine knows ``name``: 32-bit FNV-1a."""
    digest = 0x811C9DC5
    for byte in name.encode("ascii"):
        digest = (digest ^ byte) * 0x01000193 & 0xFFFFFFFF
    return digest
