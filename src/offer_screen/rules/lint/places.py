"""Finds where in the files of a pack something stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from offer_screen.errors import SourceLocation
from offer_screen.rules.lint.base import Subject
from offer_screen.rules.source import Source, read_source

_HOMES = {
    "signal": ("signals/*.yaml", "signals"),
    "class": ("lexicon/*.yaml", "classes"),
    "advice": ("advice/*.yaml", "advice"),
    "missing": ("missing.yaml", "missing"),
    "category": ("pack.yaml", "categories"),
    "kinds": ("kinds.yaml", "kinds"),
}
"""Files that hold each kind of named thing, and the key that they stand under."""


class Places:
    """Looks up places in the files of a pack; reads a file only when it is asked about."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(reversed(roots))  # what a later folder says goes before
        self._sources: dict[Path, Source | None] = {}

    def locate(self, subject: Subject, loc: Sequence[str | int]) -> SourceLocation | None:
        """Return the place of ``loc`` below a subject, or None when the subject is not found.

        Of a file, ``loc`` is the line.
        """
        if subject.kind == "file":
            return SourceLocation(subject.name, *(int(line) for line in loc[:1]))
        if subject.kind in {"rule", "reference"}:
            folder = "reference/" if subject.kind == "reference" else ""
            return self._first(f"{folder}{subject.name}.yaml", (), loc)
        pattern, key = _HOMES[subject.kind]
        return self._first(pattern, (key, subject.name), loc)

    def _first(
        self, pattern: str, base: tuple[str, ...], loc: Sequence[str | int]
    ) -> SourceLocation | None:
        for root in self._roots:
            for path in sorted(root.glob(pattern)):
                source = self._read(path)
                if source is not None and source.locate(base).rest == 0:
                    place = source.locate((*base, *loc))
                    line, column = place.key or (place.node.line, place.node.column)
                    return source.location(line, column)
        return None

    def _read(self, path: Path) -> Source | None:
        if path not in self._sources:
            self._sources[path], _ = read_source(path)
        return self._sources[path]
