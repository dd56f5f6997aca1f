"""Reads the YAML of rule packs: the only module that knows PyYAML.

Rule authors write Indonesian, so YAML 1.1's surprises are closed: ``no`` is a word (*nomor*) and
not false, ``12:30`` is a text and not 750, ``0812`` keeps its zero, and a key that stands twice is
an error and not a silent loss. Keys are always text. Only ``true``, ``false``, ``null``, plain
numbers and days (``2026-11-01``) are anything but text.

The tree is built from parser events, which come one at a time: nesting is cut off before it costs
anything (the composer of the C library overflows the stack on a hostile file).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from offer_screen.errors import RuleError, RuleSyntaxError, SourceLocation

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_ERRORS = 100
"""Errors told of one file: a hostile one could hold a hundred thousand."""

Plain = str | int | float | bool | dt.date | None | list["Plain"] | dict[str, "Plain"]
"""What a file holds, as plain data."""

Loc = Sequence[str | int]
"""A path of keys and list positions, as pydantic gives it."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What the C parser counts as the end of a line."""
_SHOWN = 200
"""Characters of a line that errors show."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class _Loader(yaml.CSafeLoader):
    """The C parser without implicit types: `_scalar` decides."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (PyYAML's own class attribute)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: the name to show, and its characters."""

    path: str
    text: str


Entries = Mapping[str, tuple[tuple[int, int], "Node"]]
"""The entries of a mapping: the place of each key, and the node of its value."""

_NO_ENTRIES: Entries = {}


class Node:
    """One value of a file and where it stands.

    Attributes:
        file: The file.
        value: The value as plain data.
        line: Line of its first character, from 1.
        column: Column of its first character, from 1.
        inside: For a text in one line: column of the first character inside of its quotes.
        items: Nodes of a list.
        entries: For a mapping: the place of each key, and the node of its value.
        replaced: What it stands in place of, when a layer overrides a value.
    """

    __slots__ = ("column", "entries", "file", "inside", "items", "line", "replaced", "value")

    def __init__(self, file: File, line: int, column: int) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.inside: int | None = None
        self.value: Plain = None
        self.items: Sequence[Node] = ()
        self.entries: Entries = _NO_ENTRIES
        self.replaced: Node | None = None

    def error(
        self,
        kind: type[RuleError],
        code: str,
        message: str,
        *,
        hint: str | None = None,
        place: tuple[int, int] | None = None,
    ) -> RuleError:
        """Return an error at this value, or at a place near it: line and column."""
        line, column = place or (self.line, self.column)
        return kind(
            code,
            message,
            location=SourceLocation(self.file.path, line, column),
            hint=hint,
            source_line=_line(self.file.text, line) if column <= _SHOWN else None,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ``loc`` leads.

    Attributes:
        node: The deepest node on the way.
        key: Place of its key, when it is a value of a mapping.
        path: The keys and positions that were really walked: tags of unions left out.
        rest: How many items of the loc lead nowhere (a missing key, a tag).
    """

    node: Node
    key: tuple[int, int] | None
    path: tuple[str | int, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a pack, read, with what layers changed in it.

    Attributes:
        root: Its content. Values that a layer gave say so themselves: `Node.file`.
    """

    root: Node

    @property
    def path(self) -> str:
        """Name of the file to show."""
        return self.root.file.path

    @property
    def text(self) -> str:
        """Characters of the file."""
        return self.root.file.text

    @property
    def value(self) -> Plain:
        """The whole content as plain data."""
        return self.root.value

    def locate(self, loc: Loc) -> Place:
        """Return where ``loc`` leads; items that lead nowhere are passed over."""
        return _walk(self.root, None, tuple(loc), ())

    def line(self, number: int) -> str:
        """Return one line, counted from 1."""
        return _line(self.text, number)

    def error(
        self,
        kind: type[RuleError],
        code: str,
        message: str,
        loc: Loc = (),
        *,
        hint: str | None = None,
        at_key: bool = False,
        column: int | None = None,
    ) -> RuleError:
        """Return an error at the place of ``loc``.

        Args:
            kind: Class of the error.
            code: Stable code.
            message: What is wrong.
            loc: Keys and positions.
            hint: How to mend it.
            at_key: Point at the key and not at its value.
            column: Point inside of a one-line text, at this character of it, from 1.
        """
        found = self.locate(loc)
        node, place = found.node, None
        if at_key and found.key is not None:
            place = found.key
        elif column is not None and node.inside is not None:
            place = node.line, node.inside + column - 1
        return node.error(kind, code, message, hint=hint, place=place)


def read_source(path: Path, shown: str | None = None) -> tuple[Source | None, list[RuleError]]:
    """Read one file; a file that is not good YAML gives no source, and errors.

    Args:
        path: The file.
        shown: Name of the file in errors.
    """
    shown = shown if shown is not None else path.as_posix()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        return None, [_syntax("R001", f"the file cannot be read: {reason}", shown)]
    return parse_source(data, shown)


def parse_source(data: bytes, shown: str) -> tuple[Source | None, list[RuleError]]:
    """Read the bytes of one file; ``shown`` is its name in errors."""
    if len(data) > MAX_BYTES:
        return None, [_syntax("R002", f"the file is larger than {MAX_BYTES:,} bytes", shown)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return None, [
            _syntax(
                "R003",
                "the file is not UTF-8",
                shown,
                before.count("\n") + 1,
                len(before) - before.rfind("\n"),
                hint="save it as UTF-8",
            )
        ]
    return _Builder(text, shown).build()


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield the comments of a file that is good YAML, each with its line and without its '#'."""
    lines = text.split("\n")
    at = (0, 0)
    for token in yaml.scan(text, Loader=_Loader):
        line, column = token.start_mark.line, token.start_mark.column
        for number in range(at[0], min(line, len(lines) - 1) + 1):
            first = at[1] if number == at[0] else 0
            between = lines[number][first : column if number == line else None]
            mark = between.find("#")
            if mark >= 0:
                yield number + 1, between[mark + 1 :].strip()
        at = token.end_mark.line, token.end_mark.column


_VALUES = (yaml.ScalarEvent, yaml.CollectionStartEvent)


class _GivenUpError(Exception):
    """Nesting, or the number of errors, went past the limit."""


class _Builder:
    """Builds the tree of one file from parser events, and gathers what is wrong on the way."""

    def __init__(self, text: str, shown: str) -> None:
        self._text = text
        self._shown = shown
        self._file = File(shown, text)
        self._errors: list[RuleError] = []

    def build(self) -> tuple[Source | None, list[RuleError]]:
        root: Node | None = None
        try:
            loader = _Loader(self._text)
            try:
                root = self._document(loader)
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            self._errors.append(self._from_yaml(error))
        except yaml.reader.ReaderError:
            self._errors.append(self._from_reader())
        except _GivenUpError:
            pass
        if root is None and not self._errors:
            self._fail("R012", "the file is empty", 1, 1)
        if self._errors or root is None:
            return None, self._errors
        return Source(root), []

    def _document(self, loader: _Loader) -> Node | None:
        root: Node | None = None
        while not isinstance(event := _next(loader), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    line, column = _start(event)
                    self._fail("R006", "a second document starts here", line, column)
                    return root
                root = self._node(loader, _next(loader), 1)
        return root

    def _node(self, loader: _Loader, event: yaml.Event, depth: int) -> Node:
        line, column = _start(event)
        node = Node(self._file, line, column)
        if isinstance(event, yaml.AliasEvent):
            self._fail(
                "R008", f"alias '*{_cut(event.anchor)}'", line, column, "write the value out again"
            )
            return node
        if not isinstance(event, _VALUES):
            return node
        if event.anchor is not None:
            self._fail(
                "R008", f"anchor '&{_cut(event.anchor)}'", line, column, "packs use no anchors"
            )
        if event.tag is not None:
            self._fail(
                "R009",
                f"type tag '{_cut(event.tag.replace('tag:yaml.org,2002:', '!!'))}'",
                line,
                column,
                "packs use no type tags",
            )
        if isinstance(event, yaml.ScalarEvent):
            node.value = event.value if event.style else _scalar(event.value)
            if event.end_mark is not None and event.end_mark.line == line - 1:
                node.inside = column + bool(event.style)
            return node
        if depth > MAX_DEPTH:
            self._fail("R010", f"nested more than {MAX_DEPTH} deep", line, column)
            raise _GivenUpError
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := _next(loader), yaml.SequenceEndEvent):
                items.append(self._node(loader, event, depth + 1))
            node.items = items
            node.value = [item.value for item in items]
            return node
        self._mapping(loader, node, depth)
        return node

    def _mapping(self, loader: _Loader, node: Node, depth: int) -> None:
        entries: dict[str, tuple[tuple[int, int], Node]] = {}
        while not isinstance(event := _next(loader), yaml.MappingEndEvent):
            line, column = _start(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._fail("R011", "a key must be plain text", line, column, "quote text with {}[]")
                self._node(loader, event, depth + 1)
                self._node(loader, _next(loader), depth + 1)
                continue
            key = event.value
            if event.anchor is not None or event.tag is not None:
                self._fail("R008", "anchor or type tag on a key", line, column)
            if key == "<<" and not event.style:
                self._fail("R008", "merge key '<<'", line, column, "write the keys out again")
            value = self._node(loader, _next(loader), depth + 1)
            if key in entries:
                first = entries[key][0][0]
                self._fail(
                    "R007", f"key '{_cut(key)}' stands twice, first in line {first}", line, column
                )
                continue
            entries[key] = ((line, column), value)
        node.entries = entries
        node.value = {key: value.value for key, (_, value) in entries.items()}

    def _fail(
        self, code: str, message: str, line: int, column: int, hint: str | None = None
    ) -> None:
        self._errors.append(
            _syntax(code, message, self._shown, line, column, hint=hint, text=self._text)
        )
        if len(self._errors) >= MAX_ERRORS:
            raise _GivenUpError

    def _from_yaml(self, error: yaml.MarkedYAMLError) -> RuleError:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or "cannot be read"
        context = f" {error.context}" if error.context else ""
        return _syntax(
            "R005",
            f"not YAML: {problem}{context}",
            self._shown,
            line,
            column,
            hint=_yaml_hint(problem, _line(self._text, line), column),
            text=self._text,
        )

    def _from_reader(self) -> RuleError:
        bad = next(
            (
                at
                for at, char in enumerate(self._text)
                if yaml.reader.Reader.NON_PRINTABLE.match(char)
            ),
            0,
        )
        return _syntax(
            "R004",
            "a control character that YAML does not allow",
            self._shown,
            self._text.count("\n", 0, bad) + 1,
            bad - self._text.rfind("\n", 0, bad),
            hint='write it as an escape in double quotes, such as "\\u200b"',
        )


def _next(loader: _Loader) -> yaml.Event:
    # None comes only after the end of the stream, where nobody asks.
    return loader.get_event() or yaml.StreamEndEvent(None, None)


def _cut(name: str | None) -> str:
    """Return a name as errors show it: one of a hostile file could fill it."""
    if name is None:
        return ""
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _scalar(text: str) -> Plain:
    """Return the value of a scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if not (text[0].isdigit() or text[0] == "-"):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text  # no such day: the schema says so where a day is wanted
    return text


def _walk(
    node: Node, key: tuple[int, int] | None, loc: tuple[str | int, ...], path: tuple[str | int, ...]
) -> Place:
    best = Place(node, key, path, len(loc))
    for at, item in enumerate(loc):
        found: Place | None = None
        if isinstance(item, int):
            if 0 <= item < len(node.items):
                found = _walk(node.items[item], None, loc[at + 1 :], (*path, item))
        elif item in node.entries:
            place, value = node.entries[item]
            found = _walk(value, place, loc[at + 1 :], (*path, item))
        # An item that leads nowhere, or less far, is the tag of a union ('signal' may be tag and
        # key): of two equally long ways the one that passes over more tags is right.
        if found is not None and len(found.path) >= len(best.path):
            best = found
    return best


def _line(text: str, number: int) -> str:
    """Return one line, counted from 1, without what is far to the right."""
    lines = _BREAK.split(text, maxsplit=number)
    return lines[number - 1][:_SHOWN] if number <= len(lines) else ""


def _syntax(
    code: str,
    message: str,
    shown: str,
    line: int = 1,
    column: int = 1,
    *,
    hint: str | None = None,
    text: str | None = None,
) -> RuleSyntaxError:
    return RuleSyntaxError(
        code,
        message,
        location=SourceLocation(shown, line, column),
        hint=hint,
        source_line=_line(text, line) if text is not None and column <= _SHOWN else None,
    )


def _yaml_hint(problem: str, line: str, column: int) -> str | None:
    char = line[column - 1 : column]
    if char == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with blanks, not with tabs"
    if "mapping values are not allowed" in problem:
        return "put text that holds ': ' in quotes"
    if "cannot start any token" in problem:
        return f"put text that starts with {char!r} in quotes"
    if "expected <block end>" in problem or "did not find expected" in problem:
        return "look for a wrong indent, or for text that starts with a quote and goes on after it"
    return None
