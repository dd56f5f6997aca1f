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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, groupby

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
SENTINEL = 0
"""A kind of no rule, known to every shard."""
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
        kinds: What its patterns compare.
        needs: For each pattern, the kinds without which it cannot fire.
        rules: Its rules, for messages.
    """

    definition: str
    kinds: frozenset[int]
    needs: tuple[frozenset[int], ...]
    rules: str


@dataclass(frozen=True, slots=True)
class Level:
    """What is decided at one level.

    Attributes:
        counts: Kind, tally and least number that matters of each count that is final here.
        absences: Kind and tally of each absence that is final here.
        shards: Numbers of the shards that run here.
    """

    counts: tuple[tuple[int, int, int], ...]
    absences: tuple[tuple[int, int], ...]
    shards: range


@dataclass(frozen=True, slots=True)
class Plan:
    """A program, lowered.

    Attributes:
        leaf_kind: Kind of each leaf that some rule asks about.
        tallies: For a kind, the tallies that count it, once for each time they name it.
        tally_count: Number of tallies.
        fields: For each kind, its field in a fact, up to the number.
        levels: From the lowest.
        shards: The rulesets, from the lowest level.
        heads: Kind that a pattern fires, by the pattern's name.
        findings: Rule of the program that a kind stands for.
    """

    leaf_kind: dict[int, int]
    tallies: dict[int, tuple[int, ...]]
    tally_count: int
    fields: tuple[str, ...]
    levels: tuple[Level, ...]
    shards: tuple[Shard, ...]
    heads: dict[str, int]
    findings: dict[int, str]


def lower(program: Program) -> Plan:
    """Lower a sound program to patterns."""
    lowering = _Lowering(program.leaves)
    for rule in sorted(program.rules, key=lambda rule: rule.stratum):
        lowering.finding_kind[rule.id] = lowering.add_pattern(rule.when)
    names = property_names(len(lowering.known_from))
    findings = {kind: rule for rule, kind in lowering.finding_kind.items()}
    tallied = (*lowering.counts.items(), *lowering.absences.items())
    counted_by: dict[int, list[int]] = {}
    for tally, (members, _) in enumerate(tallied):
        for member in members:
            counted_by.setdefault(member, []).append(tally)
    levels, shards = _deal_out(lowering, names, findings)
    return Plan(
        leaf_kind=lowering.leaf_kind,
        tallies={kind: tuple(tallies) for kind, tallies in counted_by.items()},
        tally_count=len(tallied),
        fields=tuple(f'"{name}":' for name in names),
        levels=levels,
        shards=shards,
        heads={f"r{pattern.head}": pattern.head for pattern in lowering.patterns},
        findings=findings,
    )


class _Lowering:
    """The kinds, tallies and patterns of a program, as they are found."""

    def __init__(self, leaves: tuple[Leaf, ...]) -> None:
        self.leaves = leaves
        self.known_from = [0]  # by kind: the first level at which it is known; 0 is the sentinel
        self.leaf_kind: dict[int, int] = {}
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
        if node.leaf not in self.leaf_kind:
            self.leaf_kind[node.leaf] = self._add_kind(0)
        return self.leaf_kind[node.leaf]

    def _tally(self, members: tuple[int, ...], known: dict[tuple[int, ...], int]) -> int:
        if members not in known:
            known[members] = self._add_kind(max(self.known_from[member] for member in members))
        return known[members]

    def _add_kind(self, known_from: int) -> int:
        self.known_from.append(known_from)
        return len(self.known_from) - 1


def _deal_out(
    lowering: _Lowering, names: Sequence[str], findings: dict[int, str]
) -> tuple[tuple[Level, ...], tuple[Shard, ...]]:
    least: dict[int, int] = {}
    for pattern in lowering.patterns:
        for kind, number in pattern.terms:
            least[kind] = min(number, least.get(kind, number))
    counts = enumerate(lowering.counts.values())
    absences = enumerate(lowering.absences.values(), len(lowering.counts))
    final_counts = [(kind, tally, least[kind]) for tally, kind in counts]
    final_absences = [(kind, tally) for tally, kind in absences]
    levels: list[Level] = []
    shards: list[Shard] = []
    by_level = sorted(lowering.patterns, key=lambda pattern: pattern.level)
    for level, patterns in groupby(by_level, key=lambda pattern: pattern.level):
        first = len(shards)
        shards.extend(_shard(group, names, findings) for group in _small_groups(patterns))
        levels.append(
            Level(
                tuple(entry for entry in final_counts if lowering.known_from[entry[0]] == level),
                tuple(entry for entry in final_absences if lowering.known_from[entry[0]] == level),
                range(first, len(shards)),
            )
        )
    return tuple(levels), tuple(shards)


def _small_groups(patterns: Iterable[Pattern]) -> Iterable[list[Pattern]]:
    group: list[Pattern] = []
    comparisons = 0
    for pattern in patterns:
        if comparisons + len(pattern.terms) > _MAX_COMPARISONS:
            yield group
            group, comparisons = [], 0
        group.append(pattern)
        comparisons += len(pattern.terms)
    yield group


def _shard(patterns: Sequence[Pattern], names: Sequence[str], findings: dict[int, str]) -> Shard:
    definition: dict[str, object] = {"sentinel": {"all": [{"m": {names[SENTINEL]: 1}}]}}
    for pattern in patterns:
        tests = [{"$gte": {names[kind]: least}} for kind, least in pattern.terms]
        definition[f"r{pattern.head}"] = {"all": [{"m": {"$and": tests}}]}
    needs = tuple(frozenset(kind for kind, _ in pattern.terms) for pattern in patterns)
    ids = [findings[pattern.head] for pattern in patterns if pattern.head in findings]
    return Shard(
        definition=json.dumps(definition),
        kinds=frozenset().union(*needs),
        needs=needs,
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
