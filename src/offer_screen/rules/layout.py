"""The files of a pack as text: which there are, the order of their keys, the line for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from offer_screen.errors import InputError
from offer_screen.rules.schema import Rule
from offer_screen.rules.source import Plain

HEADER_LINE = "# yaml-language-server: $schema=../rule.schema.json"
"""First line of a rule file: it gives completion in editors. ``rules schema`` prints the schema."""

RULE_KEYS: tuple[str, ...] = tuple(Rule.model_fields)
"""The keys of a rule in canonical order."""

_HEADER = re.compile(r"^#\s*yaml-language-server:\s*\$schema=\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackFile:
    """One YAML file of a pack.

    Attributes:
        path: The file.
        shown: Its name in messages.
    """

    path: Path
    shown: str

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
            yield PackFile(path, f"{shown}/{inner.as_posix()}")


def is_rule(content: Plain) -> bool:
    """Tell whether a file holds a rule, by its content."""
    return isinstance(content, dict) and {"id", "when"} <= content.keys()


def has_header(text: str) -> bool:
    """Tell whether a file has the line that gives completion in editors."""
    return _HEADER.search(text) is not None
