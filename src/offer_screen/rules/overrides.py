"""Overrides: what a layer changes in the things of the packs that it extends.

Changes are made on the trees that were read, before they are checked: a value that a layer gives
keeps its place in the layer's file, so that errors point there and `provenance` can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from offer_screen.errors import RuleError, RuleReferenceError
from offer_screen.rules.parts import Disabled
from offer_screen.rules.schema import FrozenDict, FrozenMapping, Model, Slug
from offer_screen.rules.source import Entries, Node, Source
from offer_screen.rules.validation import keys_at, suggestion, validate

OVERRIDES = "overrides"
"""Folder of a layer with its changes."""

WHOLE = frozenset({"when"})
"""Keys whose value is replaced as a whole: half of a condition means nothing."""

_ORIGIN = ("source", "as_of")


class Change(Model):
    """What is to change in one thing; at least one of these.

    Attributes:
        set: New values, by key. Keys inside of keys are kept where they are not named.
        add: What to add to lists, and further keys.
        remove: What to take out of lists.
    """

    set: Any = None
    add: Any = None
    remove: Any = None

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise ValueError(f"give at least one of {', '.join(type(self).model_fields)}")
        return self


class RuleChange(Change):
    """What is to change in a rule; ``disable`` takes it out, and says why."""

    disable: Annotated[str, StringConstraints(min_length=10)] | None = None

    @model_validator(mode="after")
    def _alone(self) -> Self:
        if self.disable is not None and len(self.model_fields_set) > 1:
            raise ValueError("disable: stands alone, without set, add and remove")
        return self


Changes = FrozenMapping[str, Change]
RuleChanges = FrozenMapping[Slug, RuleChange]


class OverridesFile(Model):
    """``overrides/*.yaml``: changes by section and name."""

    rules: RuleChanges = Field(default_factory=FrozenDict)
    missing: RuleChanges = Field(default_factory=FrozenDict)
    signals: Changes = Field(default_factory=FrozenDict)
    lexicon: Changes = Field(default_factory=FrozenDict)
    slang: Changes = Field(default_factory=FrozenDict)
    advice: Changes = Field(default_factory=FrozenDict)
    reference: Changes = Field(default_factory=FrozenDict)
    pack: Change | None = None
    kinds: Change | None = None
    stance: Change | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a thing stands that may be changed.

    Attributes:
        file: Position of its file among all.
        loc: Place in the file.
        model: Model of the file.
    """

    file: int
    loc: tuple[str, ...]
    model: type[Model]


Targets = Mapping[str, Mapping[str, Target]]
"""What may be changed, by section and name."""


@dataclass
class Applied:
    """What came of the overrides of all layers.

    Attributes:
        sources: The files of the packs, changed.
        disabled: What the layers take out, by id.
        errors: What is wrong with the overrides.
    """

    sources: list[Source | None]
    disabled: dict[str, Disabled] = field(default_factory=dict)
    errors: list[RuleError] = field(default_factory=list)


def apply_overrides(
    layers: Iterable[Sequence[Source]],
    sources: Sequence[Source | None],
    targets: Targets,
    unread: frozenset[str],
) -> Applied:
    """Make the changes of the layers, one layer after the other.

    Args:
        layers: The override files of each layer.
        sources: The files of all packs; None for one that is not YAML.
        targets: What may be changed.
        unread: Sections of which not all names are known.
    """
    applied = Applied(list(sources))
    for overrides in layers:
        first: dict[tuple[str, str], Node] = {}
        for source in overrides:
            checked = validate(OverridesFile, source)
            if isinstance(checked, list):
                applied.errors.extend(checked)
                continue
            for section, name, place, change in _changes(source):
                earlier = first.setdefault((section, name), change)
                if earlier is not change:
                    applied.errors.append(
                        change.error(
                            RuleReferenceError,
                            "R214",
                            f"this layer changes '{name}' already",
                            hint=f"first in {earlier.file.path}:{earlier.line}",
                            place=place,
                        )
                    )
                elif (target := targets[section].get(name)) is not None:
                    _apply(applied, section, name, change, target)
                elif section not in unread:
                    applied.errors.append(_unknown(change, place, section, name, targets))
    return applied


def _changes(source: Source) -> Iterator[tuple[str, str, tuple[int, int], Node]]:
    """Yield section, name, place of the name, and change."""
    for section, (place, node) in source.root.entries.items():
        if section in {"pack", "kinds", "stance"}:
            yield section, section, place, node
        else:
            for name, (at, change) in node.entries.items():
                yield section, name, at, change


def _unknown(
    change: Node, place: tuple[int, int], section: str, name: str, targets: Targets
) -> RuleError:
    return change.error(
        RuleReferenceError,
        "R221",
        f"{section}: there is no '{name}' to override",
        hint=suggestion(name, targets[section]),
        place=place,
    )


def _apply(applied: Applied, section: str, name: str, change: Node, target: Target) -> None:
    source = applied.sources[target.file]
    if source is None:
        return
    parts = {key: node for key, (_, node) in change.entries.items() if node.value is not None}
    if "disable" in parts:
        applied.disabled[name] = Disabled(section, parts["disable"])
        return
    node = source.root
    for key in target.loc:
        node = node.entries[key][1]
    errors = _Merge(target.model, dated=section == "reference")
    node = errors.set(node, parts["set"], target.loc) if "set" in parts else node
    node = errors.add(node, parts["add"], target.loc) if "add" in parts else node
    node = errors.remove(node, parts["remove"], target.loc) if "remove" in parts else node
    applied.errors.extend(errors.errors)
    applied.sources[target.file] = Source(_with(source.root, target.loc, node))


class _Merge:
    """Merges changes into trees, and gathers what is wrong with them."""

    def __init__(self, model: type[Model], *, dated: bool) -> None:
        self._model = model
        self._dated = dated
        self.errors: list[RuleError] = []

    def set(self, base: Node, change: Node, path: tuple[str, ...]) -> Node:
        """Return ``base`` with new values."""
        if _replaces(base, change, path[-1] if path else ""):
            return _copy(change, replaced=base)
        entries = dict(base.entries)
        fields = keys_at(self._model, path)
        for key, (place, value) in change.entries.items():
            if key in entries:
                at, old = entries[key]
                merged = self.set(old, value, (*path, key))
                entries[key] = (place if _replaces(old, value, key) else at, merged)
            elif key in fields:
                entries[key] = (place, value)
            else:
                near = suggestion(key, {*base.entries, *fields})
                self._fail(
                    "R221",
                    f"there is no '{key}' to override",
                    value,
                    hint=near if fields else f"{near} (a new one stands under 'add')",
                    place=place,
                )
        self._check_origin(base, change)
        return _copy(base, entries=entries)

    def add(self, base: Node, change: Node, path: tuple[str, ...]) -> Node:
        """Return ``base`` with further items and keys."""
        if isinstance(base.value, list) and isinstance(change.value, list):
            return _copy(base, items=[*base.items, *change.items])
        if not _mappings(base, change):
            name = path[-1] if path else "it"
            self._fail("R222", f"'{name}' exists and is no list", change, hint="use 'set'")
            return base
        entries = dict(base.entries)
        for key, (place, value) in change.entries.items():
            if key in entries:
                entries[key] = (entries[key][0], self.add(entries[key][1], value, (*path, key)))
            else:
                entries[key] = (place, value)
        return _copy(base, entries=entries)

    def remove(self, base: Node, change: Node, path: tuple[str, ...]) -> Node:
        """Return ``base`` without some items of its lists."""
        if isinstance(base.value, list) and isinstance(change.value, list):
            for item in change.items:
                if item.value not in base.value:
                    known = [value for value in base.value if isinstance(value, str)]
                    self._fail(
                        "R221", "there is no such item to remove", item,
                        hint=suggestion(str(item.value), known),
                    )  # fmt: skip
            gone = change.value
            kept = [item for item in base.items if item.value not in gone]
            return _copy(change, items=kept, replaced=base)
        if not _mappings(base, change):
            self._fail("R222", "items are removed from lists only", change, hint="use 'set'")
            return base
        entries = dict(base.entries)
        for key, (place, value) in change.entries.items():
            if key in entries:
                entries[key] = (entries[key][0], self.remove(entries[key][1], value, (*path, key)))
            else:
                self._fail(
                    "R221", f"there is no '{key}'", value,
                    hint=suggestion(key, entries), place=place,
                )  # fmt: skip
        return _copy(base, entries=entries)

    def _check_origin(self, base: Node, change: Node) -> None:
        """A value of the reference files that has its own origin is not changed without it."""
        if not self._dated or not all(key in base.entries for key in _ORIGIN):
            return
        lacking = [key for key in _ORIGIN if key not in change.entries]
        new = [key for key, (_, node) in change.entries.items() if not node.entries]
        if new and lacking:
            self._fail(
                "R223",
                f"'{new[0]}' changes without {' and '.join(lacking)}",
                change.entries[new[0]][1],
                hint="say where the new value is from, and of which day it is",
                place=change.entries[new[0]][0],
            )

    def _fail(
        self,
        code: str,
        message: str,
        node: Node,
        *,
        hint: str,
        place: tuple[int, int] | None = None,
    ) -> None:
        self.errors.append(node.error(RuleReferenceError, code, message, hint=hint, place=place))


def _mappings(base: Node, change: Node) -> bool:
    return isinstance(base.value, dict) and isinstance(change.value, dict)


def _replaces(base: Node, change: Node, key: str) -> bool:
    """Tell whether a change takes the place of all that was there."""
    return key in WHOLE or not _mappings(base, change)


def _with(root: Node, loc: Sequence[str], node: Node) -> Node:
    """Return ``root`` with ``node`` at ``loc``."""
    if not loc:
        return node
    place, child = root.entries[loc[0]]
    return _copy(root, entries={**root.entries, loc[0]: (place, _with(child, loc[1:], node))})


def _copy(
    node: Node,
    *,
    items: Sequence[Node] | None = None,
    entries: Entries | None = None,
    replaced: Node | None = None,
) -> Node:
    out = Node(node.file, node.line, node.column)
    out.value, out.inside = node.value, node.inside
    out.items, out.entries = node.items, node.entries
    out.replaced = replaced or node.replaced
    if items is not None:
        out.items, out.value = items, [item.value for item in items]
    if entries is not None:
        out.entries = entries
        out.value = {key: value.value for key, (_, value) in entries.items()}
    return out
