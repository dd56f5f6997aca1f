"""One canonical layout of the files of a pack, and nothing lost on the way to it.

What the layout is: the keys of a rule in one order; a collection in one line where it fits, lists
of short words wrapped, everything else one item a line; double quotes, but single quotes round a
text with a backslash; two blanks a level; one blank line at most. Comments stay with what they
stand at. What a file says never changes: a result that reads otherwise, or that lacks a comment,
is refused.

Needs ``ruamel.yaml``, which comes with the extra ``analyst``.
"""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from offer_screen.authoring.roundtrip import (
    CommentedMap,
    CommentedSeq,
    DoubleQuotedScalarString,
    NotKeptError,
    SingleQuotedScalarString,
    load,
    write,
)
from offer_screen.errors import (
    InputError,
    InvalidRuleSet,
    RuleSchemaError,
    SourceLocation,
)
from offer_screen.rules.layout import (
    RULE_KEYS,
    has_header,
    is_rule,
    pack_files,
)
from offer_screen.rules.source import Source, comments, parse_source

WIDTH = 100
"""Columns that a collection in one line may reach; texts are never broken."""

_SHORT = 40
"""Longest item of a list that is wrapped instead of given one item a line."""


class Layout(Protocol):
    """Gives a file its text."""

    def __call__(self, text: str, shown: str, header: str | None) -> str:
        """Return the new text, from the old one, the name of the file and its header."""
        ...


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """One file of a pack, as it is and as it is to be.

    Attributes:
        path: The file.
        shown: Its name in messages.
        before: Its text.
        after: The text in canonical layout.
    """

    path: Path
    shown: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the layout is not the canonical one."""
        return self.before != self.after

    def diff(self) -> str:
        """Return what would change, as a unified diff; empty if nothing."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            self.shown,
            self.shown,
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)

    def write(self) -> None:
        """Put the new text in the place of the old one.

        Raises:
            InputError: The file cannot be written.
        """
        try:
            self.path.write_text(self.after, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputError(f"cannot write {self.shown}: {error.strerror or error}") from error


def format_pack(root: Path, layout: Layout | None = None) -> tuple[FormattedFile, ...]:
    """Return every file of a pack with its canonical text; nothing is written.

    Args:
        root: Folder of the pack.
        layout: What gives a file its text; `format_text` if None.

    Raises:
        InvalidRuleSet: A file is not YAML, or could not be laid out without a loss.
        InputError: A file cannot be read.
    """
    layout = layout or format_text
    files: list[FormattedFile] = []
    errors: list[InvalidRuleSet] = []
    for file in pack_files(root):
        before = file.read()
        try:
            after = layout(before, file.shown, file.header)
        except InvalidRuleSet as error:
            errors.append(error)
        else:
            files.append(FormattedFile(file.path, file.shown, before, after))
    if errors:
        raise InvalidRuleSet(tuple(item for error in errors for item in error.errors))
    return tuple(files)


def format_text(text: str, shown: str = "<text>", header: str | None = None) -> str:
    """Return the text of one file in canonical layout.

    Args:
        text: The file.
        shown: Name of the file in errors.
        header: The line that names its schema, for a file that has none.

    Raises:
        InvalidRuleSet: Not YAML, or it could not be laid out without a loss.
    """
    source = parsed(text.replace("\r\n", "\n"), shown)
    if not isinstance(source.value, dict):
        return text  # no file of a pack: the loader says so
    ordered = source.text
    if is_rule(source.value):
        ordered = _in_order(source)
    if header is not None and not has_header(ordered):
        ordered = f"{header}\n{ordered}"
    try:
        laid_out = dump(load(ordered))
    except NotKeptError as error:
        raise _refusal(source, f"cannot be read with its comments: {error}") from error
    tidy = _tidy(laid_out)
    # A text in a block ('|') may hold blanks that a tidy file would not.
    after = tidy if parsed(tidy, shown).value == source.value else laid_out
    _check_nothing_lost(source, after)
    return after


def parsed(text: str, shown: str) -> Source:
    """Return the content of a file as packs are read.

    Raises:
        InvalidRuleSet: Not YAML.
    """
    source, errors = parse_source(text.encode("utf-8", "surrogatepass"), shown)
    if source is None:
        raise InvalidRuleSet(tuple(errors))
    return source


def _check_nothing_lost(before: Source, after: str) -> None:
    again, _ = parse_source(after.encode("utf-8", "surrogatepass"), before.path)
    lost = Counter(words for _, words in comments(before.text))
    lost -= Counter(words for _, words in comments(after)) if again is not None else Counter()
    if again is None or again.value != before.value:
        raise _refusal(before, "cannot be laid out without losing a value")
    for line, words in comments(before.text):
        if words in lost:
            raise _refusal(before, f"the comment '# {words}' would be lost", line)


def _refusal(source: Source, message: str, line: int = 1) -> InvalidRuleSet:
    error = RuleSchemaError(
        "F001",
        message,
        location=SourceLocation(source.path, line),
        hint="give every comment a line of its own, outside of [] and {}",
    )
    return InvalidRuleSet((error,))


# --- order ----------------------------------------------------------------------------------------


def _in_order(source: Source) -> str:
    """Move the blocks of the top keys, each with the comment above it, into the order of a rule."""
    text = source.text
    rank = {key: index for index, key in enumerate(RULE_KEYS)}
    starts = [(line, key) for key, ((line, _), _) in source.root.entries.items()]
    if source.root.column != 1 or len({line for line, _ in starts}) < len(starts):
        return text  # in braces, or several keys in a line
    names = [key for _, key in starts]
    wanted = sorted(names, key=lambda key: rank.get(key, len(rank)))
    if wanted == names:
        return text
    lines = text.splitlines(keepends=True)
    lines[-1] = lines[-1].rstrip("\r\n") + "\n"
    cuts = [
        _comment_above(lines, line - 1) if at else line - 1 for at, (line, _) in enumerate(starts)
    ]
    blocks = {
        key: lines[first:last]
        for key, first, last in zip(names, cuts, [*cuts[1:], len(lines)], strict=True)
    }
    return "".join([*lines[: cuts[0]], *(line for key in wanted for line in blocks[key])])


def _comment_above(lines: list[str], at: int) -> int:
    while at > 0 and lines[at - 1].startswith("#"):
        at -= 1
    return at


# --- layout ---------------------------------------------------------------------------------------


def dump(content: CommentedMap) -> str:
    """Return content that was loaded as text in canonical layout."""
    _lay_out(content, 0)
    return write(content, WIDTH)


def _tidy(text: str) -> str:
    """Put comments over what they stand above; take off idle blanks and blank lines."""
    lines = [line.rstrip(" ") for line in text.split("\n")]
    noted = {number - 1 for number, _ in comments(text)}
    indent = ""
    for at in range(len(lines) - 1, -1, -1):
        words = lines[at].lstrip(" ")
        if at in noted and words.startswith("#"):
            lines[at] = indent + words
        elif words:
            indent = " " * (len(lines[at]) - len(words))
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip("\n") + "\n"


def _lay_out(node: CommentedMap | CommentedSeq, indent: int) -> None:
    """Settle quotes, and which collections of a block that starts at ``indent`` stay in a line."""
    pairs = node.items() if isinstance(node, CommentedMap) else enumerate(node)
    for key, value in list(pairs):
        if isinstance(value, str):
            node[key] = _quoted(value)
            continue
        if not isinstance(value, CommentedMap | CommentedSeq):
            continue
        start = indent + (len(key) + 2 if isinstance(key, str) else 2)
        if value.fa.flow_style() and _stays_in_line(value, start):
            _quote_all(value)
        else:
            value.fa.set_block_style()
            _lay_out(value, indent + 2)


def _stays_in_line(value: CommentedMap | CommentedSeq, start: int) -> bool:
    if start + _length(value) <= WIDTH:
        return True
    return isinstance(value, CommentedSeq) and all(
        isinstance(item, str) and _length(item) <= _SHORT for item in value
    )


def _length(value: object) -> int:
    """Return how long a value is when it is written in one line."""
    if isinstance(value, CommentedMap):
        return (
            2
            + sum(len(key) + 2 + _length(item) for key, item in value.items())
            + 2 * (len(value) - 1)
        )
    if isinstance(value, CommentedSeq):
        return 2 + sum(map(_length, value)) + 2 * max(len(value) - 1, 0)
    if isinstance(value, SingleQuotedScalarString | DoubleQuotedScalarString):
        return len(value) + 2
    return len(value) if isinstance(value, str) else 4


def _quote_all(node: CommentedMap | CommentedSeq) -> None:
    pairs = node.items() if isinstance(node, CommentedMap) else enumerate(node)
    for key, value in list(pairs):
        if isinstance(value, CommentedMap | CommentedSeq):
            _quote_all(value)
        elif isinstance(value, str):
            node[key] = _quoted(value)


def _quoted(text: str) -> str:
    """Choose the quotes of a text that has some; one without keeps without, if it can be seen."""
    if type(text) is str and not text.isprintable():
        return _double(text)
    if not isinstance(text, SingleQuotedScalarString | DoubleQuotedScalarString):
        return text
    single = text.isprintable() and ("\\" in text or ('"' in text and "'" not in text))
    quoted: str = SingleQuotedScalarString(text) if single else _double(text)
    return quoted


def _double(text: str) -> str:
    quoted: str = DoubleQuotedScalarString(text)
    return quoted
