"""Ways through the conditions of a pack."""

from __future__ import annotations

from collections.abc import Iterator

from offer_screen.rules.lint.base import Subject, subject_of
from offer_screen.rules.parts import Leaf
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Group, SignalLeaf

Place = tuple[str | int, ...]


def groups(ruleset: RuleSet) -> Iterator[tuple[Subject, Group]]:
    """Yield the condition of every rule, and of everything that may be missing."""
    for rule in ruleset.rules.values():
        yield subject_of(rule), rule.when
    for name, missing in ruleset.missing.items():
        yield Subject("missing", name), missing.when


def inner_groups(group: Group, loc: Place = ("when",)) -> Iterator[tuple[Place, Group]]:
    """Yield a group and all groups inside of it, with their places."""
    yield loc, group
    for name in ("all", "any", "of", "none"):
        for index, condition in enumerate(getattr(group, name) or ()):
            if isinstance(condition, Group):
                yield from inner_groups(condition, (*loc, name, index))


def signal_of(leaf: Leaf) -> str | None:
    """Return the signal that a leaf asks about, or None."""
    if isinstance(leaf, str):
        return leaf
    return leaf.signal if isinstance(leaf, SignalLeaf) else None
