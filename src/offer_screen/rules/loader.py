"""Loads rule packs: reads every file, checks each, then what crosses files.

Nothing is loaded by halves: either there is a `RuleSet`, or there is an `InvalidRuleSet` with every
error of every file, in file order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from offer_screen.errors import (
    InvalidRuleSet,
    RuleError,
    RuleReferenceError,
    RuleSyntaxError,
    SourceLocation,
)
from offer_screen.rules.conformance import FOLDER as CONFORMANCE
from offer_screen.rules.crosschecks import cross_check
from offer_screen.rules.parts import Entry, Parts, by_name
from offer_screen.rules.reference import REFERENCE_FILES
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import (
    AdviceEntry,
    AdviceFile,
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
from offer_screen.rules.source import Node, Source, read_source
from offer_screen.rules.validation import suggestion, validate

M = TypeVar("M", bound=Model)
T = TypeVar("T")

TOP_FILES = ("pack.yaml", "kinds.yaml", "stance.yaml", "missing.yaml")
REQUIRED = ("pack.yaml", "kinds.yaml", "stance.yaml")
FOLDERS = ("advice", "lexicon", "reference", "signals", "text")
"""Folders that do not hold rules; every other folder is a category."""

_SIGNAL: TypeAdapter[Signal] = TypeAdapter(Signal)
_PHRASES: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Phrase, ...])
_SLANG: TypeAdapter[SlangEntry] = TypeAdapter(SlangEntry)
_ADVICE: TypeAdapter[AdviceEntry] = TypeAdapter(AdviceEntry)
_MISSING: TypeAdapter[MissingRule] = TypeAdapter(MissingRule)


def shipped_pack() -> Path:
    """Return the folder of the rule pack that comes with the library."""
    packaged = Path(str(resources.files("offer_screen"))) / "_data" / "rules"
    if packaged.is_dir():
        return packaged
    return Path(__file__).parents[3] / "rules"  # a checkout


def load_ruleset(paths: Sequence[Path] | None = None) -> RuleSet:
    """Load and check a rule pack.

    Args:
        paths: Folders that together make one pack, such as the shipped one and one with rules of
            one's own; None for the shipped pack. One of them holds ``pack.yaml``.

    Raises:
        InvalidRuleSet: The pack has errors; all of them are listed, in file order.
    """
    roots = [shipped_pack()] if paths is None else [Path(path) for path in paths]
    reader = _Reader()
    for root in roots:
        reader.read_pack(root)
    parts = reader.parts
    errors = [*reader.errors, *_incomplete(parts, roots)]
    errors.extend(cross_check(parts))
    if errors:
        raise InvalidRuleSet(_in_file_order(errors, reader.files))
    return RuleSet(
        pack=_last(parts.packs),
        kinds=_last(parts.kinds),
        stance=_last(parts.stances),
        rules=by_name(parts.rules),
        missing=by_name(parts.missing),
        signals=by_name(parts.signals),
        lexicon=by_name(parts.classes),
        slang=by_name(parts.slang),
        advice=by_name(parts.advice),
        reference=by_name(parts.reference),
        paths=tuple(roots),
    )


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shown: str
    folder: str  # "" at the top of the pack

    @property
    def stem(self) -> str:
        return self.path.stem


class _Reader:
    """Reads the files of packs into parts, and gathers errors."""

    def __init__(self) -> None:
        self.parts = Parts()
        self.errors: list[RuleError] = []
        self.files: list[str] = []

    def read_pack(self, root: Path) -> None:
        if not root.is_dir():
            self._fail(RuleSyntaxError, "R001", "not a folder", root.as_posix())
            return
        for file in self._walk(root):
            self.files.append(file.shown)
            source, errors = read_source(file.path, file.shown)
            self.errors.extend(errors)
            if source is None:
                self.parts.unread.add(file.folder or file.stem)
            if file.folder:
                self._in_folder(file, source)
            elif source is not None:
                self._at_top(file, source)

    def _walk(self, root: Path) -> Iterator[_File]:
        shown = root.as_posix().rstrip("/")
        for path in _sorted(root):
            if path.is_dir():
                if path.name == CONFORMANCE:  # plays no part in screening: read when asked for
                    continue
                for inner in _sorted(path):
                    name = f"{shown}/{path.name}/{inner.name}"
                    if inner.is_dir():
                        self._fail(RuleReferenceError, "R218", "a folder inside of a folder", name)
                    elif self._is_yaml(inner, name):
                        yield _File(inner, name, path.name)
            elif self._is_yaml(path, f"{shown}/{path.name}"):
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
        self.files.append(shown)
        self.errors.append(kind(code, message, location=SourceLocation(shown), hint=hint))

    def _validated(self, model: type[M], source: Source) -> M | None:
        checked = validate(model, source)
        if isinstance(checked, list):
            self.errors.extend(checked)
            return None
        return checked

    def _at_top(self, file: _File, source: Source) -> None:
        parts = self.parts
        if file.stem == "pack":
            parts.packs.append(Entry("pack", self._validated(Pack, source), source))
        elif file.stem == "kinds":
            parts.kinds.append(Entry("kinds", self._validated(KindsFile, source), source))
        elif file.stem == "stance":
            parts.stances.append(Entry("stance", self._validated(StanceFile, source), source))
        elif file.stem == "missing":
            self._validated(MissingFile, source)
            parts.missing.extend(_entries(source, "missing", _MISSING))
        else:
            self.errors.append(
                source.error(
                    RuleReferenceError,
                    "R218",
                    f"'{file.path.name}' is no file of a pack",
                    hint=suggestion(file.path.name, TOP_FILES),
                )
            )

    def _in_folder(self, file: _File, source: Source | None) -> None:
        parts = self.parts
        if source is None:
            if file.folder not in FOLDERS:  # its name is known: others may refer to it
                parts.rules.append(
                    Entry(file.stem, None, Source(file.shown, "", Node(1, 1)), (), file.folder)
                )
            return
        if file.folder == "signals":
            self._validated(SignalFile, source)
            parts.signals.extend(_entries(source, "signals", _SIGNAL))
        elif file.folder == "lexicon":
            self._validated(LexiconFile, source)
            parts.classes.extend(_entries(source, "classes", _PHRASES))
        elif file.folder == "text":
            self._validated(SlangFile, source)
            parts.slang.extend(_entries(source, "slang", _SLANG))
        elif file.folder == "advice":
            self._validated(AdviceFile, source)
            parts.advice.extend(_entries(source, "advice", _ADVICE))
        elif file.folder == "reference":
            self._reference(file, source)
        else:
            rule = self._validated(Rule, source)
            parts.rules.append(Entry(file.stem, rule, source, (), file.folder))

    def _reference(self, file: _File, source: Source) -> None:
        model = REFERENCE_FILES.get(file.stem)
        if model is None:
            self.errors.append(
                source.error(
                    RuleReferenceError,
                    "R219",
                    f"'{file.path.name}' is no reference file",
                    hint=suggestion(file.stem, REFERENCE_FILES),
                )
            )
            return
        self.parts.reference.append(Entry(file.stem, self._validated(model, source), source))


def _sorted(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _entries(source: Source, key: str, adapter: TypeAdapter[T]) -> Iterator[Entry[T]]:
    """Yield what stands under ``key``: in a file with errors, what has none is still checked."""
    content = source.value
    named = content.get(key) if isinstance(content, dict) else None
    for name, raw in named.items() if isinstance(named, dict) else ():
        value: T | None = None
        try:
            value = adapter.validate_json(json.dumps(raw, default=str), strict=True)
        except ValidationError:
            value = None
        yield Entry(name, value, source, (key, name))


def _incomplete(parts: Parts, roots: Sequence[Path]) -> Iterator[RuleError]:
    if not any(root.is_dir() for root in roots):
        return
    for name, entries in zip(REQUIRED, (parts.packs, parts.kinds, parts.stances), strict=True):
        if not entries and not any((root / name).is_file() for root in roots):
            yield RuleReferenceError(
                "R217",
                f"the pack has no {name}",
                location=SourceLocation(f"{roots[0].as_posix().rstrip('/')}/{name}"),
                hint="a folder of further rules is loaded together with a whole pack",
            )


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
