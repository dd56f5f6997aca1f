"""Layers: a folder that extends another pack, and the order in which folders are read.

A layer holds ``layer.yaml``, what it adds in the same files as any pack, and what it changes in
``overrides/*.yaml`` (`overrides`). ``docs/layers.md`` is the author's page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from offer_screen.errors import RuleError, RuleReferenceError
from offer_screen.rules.schema import Model, Slug
from offer_screen.rules.source import Source, read_source
from offer_screen.rules.validation import validate

LAYER_FILE = "layer.yaml"
SHIPPED = "shipped"


class Layer(Model):
    """``layer.yaml``.

    Attributes:
        extends: ``shipped``, or the folder of a pack or of another layer, seen from this one.
        name: Name of the layer, which reports give with that of the pack.
        version: Its version.
    """

    schema_version: Literal[1]
    extends: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    name: Slug
    version: Annotated[str, StringConstraints(min_length=1)]


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder to read; ``layer`` is None for a pack, and for further rules of a pack."""

    path: Path
    layer: Layer | None = None

    @property
    def shown(self) -> str:
        """Its name in errors."""
        return self.path.as_posix().rstrip("/")


def folders_of(
    roots: Iterable[Path], shipped: Path
) -> tuple[tuple[Folder, ...], tuple[RuleError, ...]]:
    """Return the folders to read, what is extended first, and what is wrong with the layers.

    Args:
        roots: The folders asked for.
        shipped: Folder of the pack that comes with the library.
    """
    walk = _Walk(shipped)
    for root in roots:
        walk.visit(root, ())
    return tuple(walk.folders.values()), tuple(walk.errors)


class _Walk:
    def __init__(self, shipped: Path) -> None:
        self._shipped = shipped
        self.folders: dict[Path, Folder] = {}  # by real path: each is read once
        self.errors: list[RuleError] = []

    def visit(self, root: Path, above: Sequence[Path]) -> None:
        real = root.resolve()
        if real in self.folders:
            return
        layer: Layer | None = None
        if (root / LAYER_FILE).is_file():
            source, errors = read_source(root / LAYER_FILE)
            self.errors.extend(errors)
            if source is None:
                return
            checked = validate(Layer, source)
            if isinstance(checked, list):
                self.errors.extend(checked)
                return
            layer = checked
            if not self._extended(root, layer, source, (*above, real)):
                return
        self.folders[real] = Folder(root, layer)

    def _extended(self, root: Path, layer: Layer, source: Source, above: Sequence[Path]) -> bool:
        shipped = layer.extends == SHIPPED
        base = self._shipped if shipped else Path(os.path.normpath(root / layer.extends))
        message = ""
        if not base.is_dir():
            message = f"extends: '{layer.extends}' is no folder"
        elif base.resolve() in above:
            message = "extends: layers extend each other in a ring"
        if message:
            self.errors.append(
                source.error(
                    RuleReferenceError,
                    "R220",
                    message,
                    ("extends",),
                    hint=f"write '{SHIPPED}', or the way from this folder to a pack or layer",
                )
            )
            return False
        self.visit(base, above)
        return True
