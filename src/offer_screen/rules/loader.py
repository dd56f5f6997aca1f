"""Loads rule packs: reads, makes the changes of layers, checks each file, then what crosses files.

Nothing is loaded by halves: either there is a `RuleSet`, or there is an `InvalidRuleSet` with every
error of every file, in file order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from offer_screen._shipped import shipped
from offer_screen.errors import (
    InvalidRuleSet,
    RuleError,
    RuleReferenceError,
    RuleSyntaxError,
    SourceLocation,
)
from offer_screen.rules.conformance import FOLDER as CONFORMANCE
from offer_screen.rules.crosschecks import cross_check
from offer_screen.rules.layers import LAYER_FILE, Folder, folders_of
from offer_screen.rules.overrides import OVERRIDES, Target, apply_overrides
from offer_screen.rules.parts import Entry, Parts, by_name
from offer_screen.rules.reference import REFERENCE_FILES
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import (
    AdviceEntry,
    AdviceFile,
    FrozenDict,
    KindsFile,
    LexiconFile,
    MissingFile,
    MissingRule,
    Model,
    Pack,
    Phrase,
    Rule,
    Signal,
    SignalFile,
    SlangEntry,
    SlangFile,
    StanceFile,
)
from offer_screen.rules.source import File, Node, Source, read_source
from offer_screen.rules.validation import suggestion, validate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that packs consist of, and how its files are read.

    Attributes:
        name: Its name, in `Parts` and in overrides.
        model: Model of a file.
        key: Key of a file under which the named things stand; empty when a file is one thing.
        item: One of the named things.
    """

    name: str
    model: type[Model]
    key: str = ""
    item: TypeAdapter[Any] | None = None


RULES = Section("rules", Rule)

AT_TOP: Mapping[str, Section] = {
    "pack": Section("pack", Pack),
    "kinds": Section("kinds", KindsFile),
    "stance": Section("stance", StanceFile),
    "missing": Section("missing", MissingFile, "missing", TypeAdapter(MissingRule)),
}
"""Files at the top of a pack, by stem."""

IN_FOLDER: Mapping[str, Section] = {
    "advice": Section("advice", AdviceFile, "advice", TypeAdapter(AdviceEntry)),
    "lexicon": Section("lexicon", LexiconFile, "classes", TypeAdapter(tuple[Phrase, ...])),
    "signals": Section("signals", SignalFile, "signals", TypeAdapter(Signal)),
    "text": Section("slang", SlangFile, "slang", TypeAdapter(SlangEntry)),
}
"""Folders whose files hold named things; every folder that stands nowhere here is a category."""

REFERENCE = "reference"
REQUIRED = ("pack", "kinds", "stance")

_PLACES: Mapping[str, Callable[[Parts], list[Any]]] = {
    "pack": lambda parts: parts.packs,
    "kinds": lambda parts: parts.kinds,
    "stance": lambda parts: parts.stances,
    "missing": lambda parts: parts.missing,
    "advice": lambda parts: parts.advice,
    "lexicon": lambda parts: parts.classes,
    "signals": lambda parts: parts.signals,
    "slang": lambda parts: parts.slang,
    "reference": lambda parts: parts.reference,
    "rules": lambda parts: parts.rules,
}


def shipped_pack() -> Path:
    """Return the folder of the rule pack that comes with the library."""
    return shipped("rules")


def load_ruleset(paths: Sequence[Path] | None = None) -> RuleSet:
    """Load and check a rule pack.

    Args:
        paths: Folders of a pack, of a layer that extends one (``docs/layers.md``), or of further
            rules; None for the shipped pack.

    Raises:
        InvalidRuleSet: The pack has errors; all of them are listed, in file order.
    """
    reading = read_packs(paths)
    parts = reading.parts
    rules = by_name(parts.rules)
    if parts.disabled:
        known = {*rules, *by_name(parts.missing)}
        rules = {name: _without_gone(rule, known) for name, rule in rules.items()}
    return RuleSet(
        pack=_last(parts.packs),
        kinds=_last(parts.kinds),
        stance=_last(parts.stances),
        rules=rules,
        missing=by_name(parts.missing),
        signals=by_name(parts.signals),
        lexicon=by_name(parts.classes),
        slang=by_name(parts.slang),
        advice=by_name(parts.advice),
        reference=by_name(parts.reference),
        layers=tuple(
            f"{folder.layer.name} {folder.layer.version}"
            for folder in reading.folders
            if folder.layer is not None
        ),
        paths=tuple(folder.path for folder in reading.folders),
        disabled=FrozenDict(
            {name: str(what.reason.value) for name, what in parts.disabled.items()}
        ),
    )


@dataclass
class Reading:
    """What was read of a pack with its layers.

    Attributes:
        folders: The folders, what is extended first.
        parts: Everything in them, with the changes of the layers.
    """

    folders: tuple[Folder, ...]
    parts: Parts = field(default_factory=Parts)


def read_packs(paths: Sequence[Path] | None = None) -> Reading:
    """Read and check a pack, and keep the place of everything: for tools that tell of places.

    Args:
        paths: As for `load_ruleset`.

    Raises:
        InvalidRuleSet: As for `load_ruleset`.
    """
    roots = [shipped_pack()] if paths is None else [Path(path) for path in paths]
    folders, errors = folders_of(roots, shipped_pack())
    if errors:
        raise InvalidRuleSet(errors)
    reader = _Reader(Reading(folders))
    reader.read()
    errors = (*reader.errors, *cross_check(reader.parts))
    if errors:
        raise InvalidRuleSet(_in_file_order(errors, reader.shown))
    return reader.reading


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shown: str
    folder: str  # "" at the top of the pack

    @property
    def stem(self) -> str:
        return self.path.stem

    @property
    def section(self) -> Section | None:
        """How to read it; None when it has no place in a pack."""
        if not self.folder:
            return AT_TOP.get(self.stem)
        if self.folder == REFERENCE:
            model = REFERENCE_FILES.get(self.stem)
            return Section(REFERENCE, model) if model else None
        return IN_FOLDER.get(self.folder, RULES)


class _Reader:
    """Reads the files of packs into parts, and gathers errors."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parts = reading.parts
        self.errors: list[RuleError] = []
        self.shown: list[str] = []

    def read(self) -> None:
        files: list[tuple[_File, Section]] = []
        sources: list[Source | None] = []
        layers: list[list[Source]] = []
        for folder in self.reading.folders:
            overrides: list[Source] = []
            for file in self._walk(folder):
                self.shown.append(file.shown)
                source, errors = read_source(file.path, file.shown)
                self.errors.extend(errors)
                if file.folder == OVERRIDES:
                    if source is not None:
                        overrides.extend(self._override(folder, source))
                    continue
                section = file.section
                if source is None:
                    self.parts.unread.add(file.folder or file.stem)
                if section is not None:
                    files.append((file, section))
                    sources.append(source)
                elif source is not None:
                    self._no_place(file, source)
            layers.append(overrides)
        self._missing_files()
        self._parts(files, self._changed(layers, files, sources))

    def _override(self, folder: Folder, source: Source) -> Iterator[Source]:
        if folder.layer is not None:
            yield source
            return
        self.errors.append(
            source.error(
                RuleReferenceError,
                "R218",
                "overrides stand in a layer, and this folder is none",
                hint=f"write a {LAYER_FILE} that says which pack it extends",
            )
        )

    def _changed(
        self,
        layers: Sequence[Sequence[Source]],
        files: Sequence[tuple[_File, Section]],
        sources: Sequence[Source | None],
    ) -> Sequence[Source | None]:
        if not any(layers):
            return sources
        targets: dict[str, dict[str, Target]] = {name: {} for name in _PLACES}
        unread: set[str] = set()
        for index, ((file, section), source) in enumerate(zip(files, sources, strict=True)):
            if source is None:
                unread.add(section.name)
            if not section.key:
                target = Target(index, (), section.model)
                targets[section.name].setdefault(file.stem, target)
            elif source is not None and section.key in source.root.entries:
                for name in source.root.entries[section.key][1].entries:
                    target = Target(index, (section.key, name), section.model)
                    targets[section.name].setdefault(name, target)
        applied = apply_overrides(layers, sources, targets, frozenset(unread))
        self.errors.extend(applied.errors)
        self.parts.disabled = applied.disabled
        return applied.sources

    def _parts(
        self, files: Sequence[tuple[_File, Section]], sources: Sequence[Source | None]
    ) -> None:
        gone = dict(self.parts.disabled)
        for (file, section), source in zip(files, sources, strict=True):
            entries = _PLACES[section.name](self.parts)
            if source is None:
                if section is RULES:  # its name is known: others may refer to it
                    nothing = Source(Node(File(file.shown, ""), 1, 1))
                    entries.append(Entry(file.stem, None, nothing, (), file.folder))
                continue
            for entry in self._entries(file, section, source):
                # Only the first of that name is disabled: another one may take its place.
                if section.name in {"rules", "missing"} and entry.name in gone:
                    del gone[entry.name]
                else:
                    entries.append(entry)

    def _entries(self, file: _File, section: Section, source: Source) -> Iterator[Entry[Any]]:
        checked = validate(section.model, source)
        if isinstance(checked, list):
            self.errors.extend(checked)
        whole = None if isinstance(checked, list) else checked
        if not section.key:
            yield Entry(file.stem, whole, source, (), file.folder)
        elif whole is not None:
            for name, value in getattr(whole, section.key).items():
                yield Entry(name, value, source, (section.key, name))
        elif section.item is not None:
            yield from _good_entries(source, section.key, section.item)

    def _walk(self, folder: Folder) -> Iterator[_File]:
        shown = folder.shown
        if not folder.path.is_dir():
            self._fail(RuleSyntaxError, "R001", "not a folder", shown)
            return
        for path in _sorted(folder.path):
            if path.is_dir():
                if path.name == CONFORMANCE:  # plays no part in screening: read when asked for
                    continue
                for inner in _sorted(path):
                    name = f"{shown}/{path.name}/{inner.name}"
                    if inner.is_dir():
                        self._fail(RuleReferenceError, "R218", "a folder inside of a folder", name)
                    elif self._is_yaml(inner, name):
                        yield _File(inner, name, path.name)
            elif path.name != LAYER_FILE and self._is_yaml(path, f"{shown}/{path.name}"):
                yield _File(path, f"{shown}/{path.name}", "")

    def _is_yaml(self, path: Path, shown: str) -> bool:
        if path.suffix == ".yml":
            self._fail(
                RuleReferenceError, "R218", "the file ends in .yml", shown, "rename it to .yaml"
            )
        return path.suffix == ".yaml"

    def _fail(
        self, kind: type[RuleError], code: str, message: str, shown: str, hint: str | None = None
    ) -> None:
        self.shown.append(shown)
        self.errors.append(kind(code, message, location=SourceLocation(shown), hint=hint))

    def _no_place(self, file: _File, source: Source) -> None:
        if file.folder:
            code, what, known = "R219", "no reference file", tuple(REFERENCE_FILES)
        else:
            code, what = "R218", "no file of a pack"
            known = (*(f"{stem}.yaml" for stem in AT_TOP), LAYER_FILE)
        wrong = file.stem if file.folder else file.path.name
        self.errors.append(
            source.error(
                RuleReferenceError,
                code,
                f"'{file.path.name}' is {what}",
                hint=suggestion(wrong, known),
            )
        )

    def _missing_files(self) -> None:
        folders = [folder for folder in self.reading.folders if folder.path.is_dir()]
        for stem in REQUIRED if folders else ():
            if not any((folder.path / f"{stem}.yaml").is_file() for folder in folders):
                self.errors.append(
                    RuleReferenceError(
                        "R217",
                        f"the pack has no {stem}.yaml",
                        location=SourceLocation(f"{folders[0].shown}/{stem}.yaml"),
                        hint="a folder of further rules is loaded together with a whole pack;"
                        f" a {LAYER_FILE} names the pack that it extends",
                    )
                )


def _sorted(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _good_entries(source: Source, key: str, item: TypeAdapter[T]) -> Iterator[Entry[T]]:
    """Yield what stands under ``key``: in a file with errors, what has none is still checked."""
    content = source.value
    named = content.get(key) if isinstance(content, dict) else None
    for name, raw in named.items() if isinstance(named, dict) else ():
        value: T | None = None
        try:
            value = item.validate_json(json.dumps(raw, default=str), strict=True)
        except ValidationError:
            value = None
        yield Entry(name, value, source, (key, name))


def _in_file_order(errors: Sequence[RuleError], files: Sequence[str]) -> tuple[RuleError, ...]:
    order = {shown: index for index, shown in enumerate(files)}

    def key(error: RuleError) -> tuple[int, str, int, int]:
        place = error.location
        if place is None:
            return -1, "", 0, 0
        return order.get(place.path, -1), place.path, place.line, place.column

    return tuple(sorted(dict.fromkeys(errors), key=key))


def _last(entries: Sequence[Entry[T]]) -> T:
    return next(entry.value for entry in reversed(entries) if entry.value is not None)


def _without_gone(rule: Rule, known: set[str]) -> Rule:
    """Return ``rule`` without related rules that a layer took out."""
    if known.issuperset(rule.related):
        return rule
    related = tuple(name for name in rule.related if name in known)
    return rule.model_copy(update={"related": related})
