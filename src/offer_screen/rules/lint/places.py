"""Finds where in the files of a pack something stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from offer_screen.errors import SourceLocation
from offer_screen.rules.lint.base import Subject
from offer_screen.rules.loader import read_packs
from offer_screen.rules.parts import Entry

_INSIDE = {"category": ("pack", "categories"), "kinds": ("kinds", "kinds")}
"""Things that are a part of an entry: its name, and the key that they stand under."""


class Places:
    """Looks up places in the files of a pack; reads them only when it is asked."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = roots

    def locate(self, subject: Subject, loc: Sequence[str | int]) -> SourceLocation | None:
        """Return the place of ``loc`` below a subject, or None when the subject is not found.

        Of a file, ``loc`` is the line.
        """
        if subject.kind == "file":
            return SourceLocation(subject.name, *(int(line) for line in loc[:1]))
        if not self._roots:
            return None
        kind, name = subject
        if kind in _INSIDE:
            entry, key = _INSIDE[kind]
            return self._place(self._entries.get((kind, entry)), (key, name, *loc))
        return self._place(self._entries.get((kind, name.rpartition("/")[2])), loc)

    def _place(
        self, entry: Entry[object] | None, loc: Sequence[str | int]
    ) -> SourceLocation | None:
        if entry is None:
            return None
        found = entry.source.locate((*entry.loc, *loc))
        line, column = found.key or (found.node.line, found.node.column)
        return SourceLocation(found.node.file.path, line, column)

    @cached_property
    def _entries(self) -> dict[tuple[str, str], Entry[object]]:
        parts = read_packs(self._roots).parts
        kinds: tuple[tuple[str, Sequence[Entry[object]]], ...] = (
            ("rule", parts.rules),
            ("missing", parts.missing),
            ("signal", parts.signals),
            ("class", parts.classes),
            ("advice", parts.advice),
            ("reference", parts.reference),
            ("category", parts.packs),
            ("kinds", parts.kinds),
        )
        return {(kind, entry.name): entry for kind, entries in kinds for entry in entries}
