"""Reads YAML with its comments and quotes, and writes it again: the only module that knows ruamel.

PyYAML's surprises stay closed: no scalar without quotes is anything but the text that it is, so
``no``, ``12:30`` and ``0812`` go out as they came in.
"""

from __future__ import annotations

import io

from offer_screen.errors import MissingExtra

try:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.emitter import Emitter
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.resolver import VersionedResolver
    from ruamel.yaml.scalarstring import (
        DoubleQuotedScalarString,
        PlainScalarString,
        SingleQuotedScalarString,
    )
except ImportError as error:
    raise MissingExtra("formatting", "ruamel.yaml", extra="analyst") from error

__all__ = [
    "CommentedMap",
    "CommentedSeq",
    "DoubleQuotedScalarString",
    "NotKeptError",
    "PlainScalarString",
    "SingleQuotedScalarString",
    "load",
    "write",
]


class NotKeptError(ValueError):
    """A file cannot be read together with its comments."""


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


class _Resolver(VersionedResolver):
    """No implicit types: every scalar without quotes stays the text that it is."""

    @property
    def versioned_resolver(self) -> dict[str, object]:
        return {}


class _Emitter(Emitter):
    """Breaks collections, never texts; what cannot be seen is written as an escape."""

    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT001, FBT002
        sequence: bool | None = None,  # noqa: FBT001
        indentless: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        if flow and sequence is not None and self.indent is not None:
            self.indents.append(self.indent, sequence)
            self.indent += 2
        else:
            super().increase_indent(flow, sequence, indentless)

    def write_double_quoted(self, text: str, split: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        self.write_indicator(f'"{"".join(map(_escaped, text))}"', True)  # noqa: FBT003

    def write_single_quoted(self, text: str, split: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        super().write_single_quoted(text, split=False)

    def write_plain(self, text: str, split: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        if text:
            self.write_indicator(text, True)  # noqa: FBT003


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


def _yaml(width: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = width
    yaml.Resolver = _Resolver
    yaml.Emitter = _Emitter
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def load(text: str) -> CommentedMap:
    """Return the content of a file with its comments and quotes, to be changed and written.

    Raises:
        NotKeptError: ruamel does not read what PyYAML reads.
    """
    try:
        content: CommentedMap = _yaml(80).load(text)
    except YAMLError as error:
        raise NotKeptError(" ".join(str(error).split())) from error
    return content


def write(content: CommentedMap, width: int) -> str:
    """Return content that was loaded as text; lists in a line are wrapped past ``width``."""
    stream = io.StringIO()
    _yaml(width).dump(content, stream)
    return stream.getvalue()
