"""What a pack consists of while it is being checked: every named thing with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from offer_screen.errors import RuleError, RuleReferenceError
from offer_screen.rules.schema import (
    AdviceEntry,
    FactLeaf,
    FindingLeaf,
    Group,
    KindsFile,
    MissingRule,
    Model,
    Pack,
    Rule,
    Signal,
    SignalLeaf,
    SlangEntry,
    StanceFile,
)
from offer_screen.rules.source import Loc, Node, Source

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T_co]):
    """One named thing of a pack.

    Attributes:
        name: Its id.
        value: Its content; None when that is not valid, so that the name alone is known.
        source: The file that it stands in.
        loc: Where in the file.
        folder: Folder of the file, for rules.
    """

    name: str
    value: T_co | None
    source: Source
    loc: tuple[str | int, ...] = ()
    folder: str = ""

    def error(
        self,
        code: str,
        message: str,
        loc: Loc = (),
        *,
        hint: str | None = None,
        at_key: bool = False,
        column: int | None = None,
        kind: type[RuleError] = RuleReferenceError,
    ) -> RuleError:
        """Return an error at ``loc`` below this thing."""
        return self.source.error(
            kind, code, message, (*self.loc, *loc), hint=hint, at_key=at_key, column=column
        )


@dataclass(frozen=True, slots=True)
class Disabled:
    """A rule or question that a layer takes out: its section, and the reason where it stands."""

    section: str
    reason: Node


@dataclass
class Parts:
    """All that was read of a pack, valid or not."""

    packs: list[Entry[Pack]] = field(default_factory=list)
    kinds: list[Entry[KindsFile]] = field(default_factory=list)
    stances: list[Entry[StanceFile]] = field(default_factory=list)
    rules: list[Entry[Rule]] = field(default_factory=list)
    missing: list[Entry[MissingRule]] = field(default_factory=list)
    signals: list[Entry[Signal]] = field(default_factory=list)
    classes: list[Entry[tuple[str, ...]]] = field(default_factory=list)
    slang: list[Entry[SlangEntry]] = field(default_factory=list)
    advice: list[Entry[AdviceEntry]] = field(default_factory=list)
    reference: list[Entry[Model]] = field(default_factory=list)
    disabled: Mapping[str, Disabled] = field(default_factory=dict)
    """What layers take out, by id."""
    unread: set[str] = field(default_factory=set)
    """Folders and top files with a file that is not YAML: what it defines is not known."""


def names(entries: Iterable[Entry[object]]) -> frozenset[str]:
    """Return the names of ``entries``, valid or not."""
    return frozenset(entry.name for entry in entries)


def valid(entries: Iterable[Entry[T]]) -> Iterator[tuple[Entry[T], T]]:
    """Yield the valid ones of ``entries`` with their values."""
    for entry in entries:
        if entry.value is not None:
            yield entry, entry.value


def by_name(entries: Iterable[Entry[T]]) -> Mapping[str, T]:
    """Return the values of the valid ones of ``entries`` by name."""
    return {entry.name: value for entry, value in valid(entries)}


Leaf = str | SignalLeaf | FactLeaf | FindingLeaf


def leaves(
    group: Group, loc: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Leaf]]:
    """Yield every leaf of a condition with its place."""
    for name in ("all", "any", "of", "none"):
        for index, condition in enumerate(getattr(group, name) or ()):
            place = (*loc, name, index)
            if isinstance(condition, Group):
                yield from leaves(condition, place)
            else:
                yield place, condition
