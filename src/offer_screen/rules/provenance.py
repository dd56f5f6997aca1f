"""Provenance: which file each value of a pack came from, and what it took the place of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offer_screen.rules.layers import Folder
from offer_screen.rules.loader import Reading, read_packs
from offer_screen.rules.overrides import WHOLE
from offer_screen.rules.parts import Entry, Parts
from offer_screen.rules.source import Node, Plain


@dataclass(frozen=True, slots=True)
class Origin:
    """A value and where it stands.

    Attributes:
        value: As written.
        file: The file.
        line: Line of it.
    """

    value: Plain
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a thing.

    Attributes:
        path: Its keys, such as ``title.id`` or ``phrases[2]``.
        origin: The value that counts.
        overrode: What it took the place of, the latest first.
    """

    path: str
    origin: Origin
    overrode: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one thing of a pack comes from.

    Attributes:
        section: What it is: rules, signals, lexicon, slang, advice, missing, reference, or pack,
            kinds and stance, of which there is one.
        name: Its id.
        added_by: Layer that adds it; None for what stands in the pack itself.
        settings: Its values.
        disabled: The reason, when a layer takes it out.
    """

    section: str
    name: str
    added_by: str | None
    settings: tuple[Setting, ...]
    disabled: Origin | None = None


def explain_config(
    paths: Sequence[Path] | None = None, name: str | None = None
) -> tuple[Explanation, ...]:
    """Return where the values of a pack come from.

    Args:
        paths: Folders, as for ``load_ruleset``.
        name: Id of a rule, a signal or any other thing, or ``pack``, ``kinds`` or ``stance``: all
            its values. None: all that layers add, change or take out, and nothing else.

    Raises:
        InvalidRuleSet: The pack has errors; all of them are listed.
        KeyError: Nothing has that name; ``args[1]`` holds the names that there are.
    """
    reading = read_packs(paths)
    found: list[Explanation] = []
    known: set[str] = set(reading.parts.disabled)
    for section, entry in _things(reading.parts):
        known.add(entry.name)
        if name is None:
            found.extend(_changed(section, entry, reading))
        elif entry.name == name:
            node = _node(entry)
            settings = tuple(_settings(node, ""))
            found.append(Explanation(section, name, _layer_of(node, reading.folders), settings))
    for gone, what in reading.parts.disabled.items():
        if name in {None, gone}:
            found.append(Explanation(what.section, gone, None, (), _origin(what.reason)))
    if name is not None and not found:
        raise KeyError(name, tuple(sorted(known)))
    return tuple(found)


def _things(parts: Parts) -> Iterator[tuple[str, Entry[Any]]]:
    sections: tuple[tuple[str, Sequence[Entry[Any]]], ...] = (
        ("pack", parts.packs),
        ("kinds", parts.kinds),
        ("stance", parts.stances),
        ("rules", parts.rules),
        ("missing", parts.missing),
        ("signals", parts.signals),
        ("lexicon", parts.classes),
        ("slang", parts.slang),
        ("advice", parts.advice),
        ("reference", parts.reference),
    )
    for section, entries in sections:
        for entry in entries:
            yield section, entry


def _node(entry: Entry[Any]) -> Node:
    return entry.source.locate(entry.loc).node


def _changed(section: str, entry: Entry[Any], reading: Reading) -> Iterator[Explanation]:
    node = _node(entry)
    layer = _layer_of(node, reading.folders)
    settings = tuple(
        setting
        for setting in _settings(node, "")
        if setting.overrode or setting.origin.file != entry.source.path
    )
    if layer is not None or settings:
        yield Explanation(section, entry.name, layer, settings)


def _layer_of(node: Node, folders: Sequence[Folder]) -> str | None:
    first = node
    while first.replaced is not None:
        first = first.replaced
    for folder in folders:
        if folder.layer is not None and first.file.path.startswith(f"{folder.shown}/"):
            return folder.layer.name
    return None


def _settings(node: Node, path: str) -> Iterator[Setting]:
    key = path.rpartition(".")[2]
    if node.entries and key not in WHOLE:
        for name, (_, inner) in node.entries.items():
            yield from _settings(inner, f"{path}.{name}" if path else name)
    elif node.replaced is None and _files(node) != {node.file.path}:
        for index, inner in enumerate(node.items):
            yield from _settings(inner, f"{path}[{index}]")
    else:
        yield Setting(path, _origin(node), tuple(_overrode(node)))


def _files(node: Node) -> set[str]:
    inner = (*node.items, *(value for _, value in node.entries.values()))
    return {node.file.path}.union(*(_files(part) for part in inner))


def _overrode(node: Node) -> Iterator[Origin]:
    while node.replaced is not None:
        node = node.replaced
        yield _origin(node)


def _origin(node: Node) -> Origin:
    return Origin(node.value, node.file.path, node.line)
