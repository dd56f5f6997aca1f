"""The files of a pack as text: which there are, the order of their keys, the line for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from offer_screen.errors import InputError
from offer_screen.rules.editor_schemas import KINDS, file_name
from offer_screen.rules.schema import Rule
from offer_screen.rules.source import Plain

RULE_KEYS: tuple[str, ...] = tuple(Rule.model_fields)
"""The keys of a rule in canonical order."""

_HEADER = re.compile(r"^#\s*yaml-language-server:\s*\$schema=\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackFile:
    """One YAML file of a pack.

    Attributes:
        path: The file.
        shown: Its name in messages.
        root: Folder of the pack.
    """

    path: Path
    shown: str
    root: Path

    @property
    def kind(self) -> str:
        """Kind of file, as `editor_schemas` names them."""
        folder, stem = self.path.parent.name, self.path.stem
        if self.path.parent == self.root:
            return stem
        return (
            f"{folder}-{stem}" if folder == "reference" else folder if folder in KINDS else "rule"
        )

    @property
    def header(self) -> str | None:
        """The line that gives completion; None where the pack does not hold the schema."""
        schema = file_name(self.kind)
        if self.kind != "rule" and not (self.root / schema).is_file():
            return None
        return schema_line(schema if self.path.parent == self.root else f"../{schema}")

    def read(self) -> str:
        """Return the text of the file.

        Raises:
            InputError: It cannot be read, or is not UTF-8.
        """
        try:
            return self.path.read_bytes().decode("utf-8")
        except OSError as error:
            raise InputError(f"cannot read {self.shown}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise InputError(f"cannot read {self.shown}: it is not UTF-8") from error


def pack_files(root: Path) -> Iterator[PackFile]:
    """Yield the YAML files of a pack: those at the top, and those one folder below."""
    shown = root.as_posix().rstrip("/")
    for path in sorted((*root.glob("*.yaml"), *root.glob("*/*.yaml"))):
        inner = path.relative_to(root)
        if not any(part.startswith(".") for part in inner.parts):
            yield PackFile(path, f"{shown}/{inner.as_posix()}", root)


def schema_line(schema: str) -> str:
    """Return the first line of a file, which names its schema for editors."""
    return f"# yaml-language-server: $schema={schema}"


def is_rule(content: Plain) -> bool:
    """Tell whether a file holds a rule, by its content."""
    return isinstance(content, dict) and {"id", "when"} <= content.keys()


def has_header(text: str) -> bool:
    """Tell whether a file has the line that gives completion in editors."""
    return _HEADER.search(text) is not None
