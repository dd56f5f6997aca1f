"""Reads a documentation page as what its reader would do: write these files, run these commands.

A fenced block after a sentence that ends in a file name (as in "Put this into `site/pack.yaml`:")
is that file. A ``console`` block holds commands after ``$`` and what they print: each line shown
must come, in that order; ``…`` stands for anything. Any other ``python`` block is run, and a
``text`` block right after it is what it prints; any other ``yaml`` block must be good YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", flags=re.MULTILINE | re.DOTALL)
_PRINTED = re.compile(r"\s*```text\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([\w-]+(?:/[\w.-]+)*\.\w+)`[^`\n]*:\s*$")


@dataclass(frozen=True)
class File:
    """A file that the reader writes."""

    line: int
    path: str
    content: str


@dataclass(frozen=True)
class Command:
    """A command that the reader runs, and the lines that the page shows after it."""

    line: int
    text: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Fragment:
    """A piece of YAML that is shown and not written."""

    line: int
    content: str


@dataclass(frozen=True)
class Code:
    """Python that the reader runs, and the lines that the page shows after it."""

    line: int
    content: str
    shown: tuple[str, ...]


Step = File | Command | Fragment | Code


def steps_of(page: str) -> Iterator[Step]:
    """Yield what a page has its reader do, in order."""
    for block in _BLOCK.finditer(page):
        indent, language, body = block.groups()
        content = "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))
        line = page.count("\n", 0, block.start()) + 2
        named = _FILE.search(page[: block.start()])
        if language == "console":
            yield from _commands(content, line)
        elif named is not None:
            yield File(line, named[1], content)
        elif language == "yaml":
            yield Fragment(line, content)
        elif language == "python":
            printed = _PRINTED.match(page, block.end())
            yield Code(line, content, tuple(printed[1].splitlines()) if printed else ())


def _commands(content: str, line: int) -> Iterator[Command]:
    command: str | None = None
    shown: list[str] = []
    started = line
    for number, text in enumerate(content.splitlines(), start=line):
        if text.startswith("$ "):
            if command is not None:
                yield Command(started, command, tuple(shown))
            command, shown, started = text[2:], [], number
        elif command is not None and command.endswith("\\"):
            command = f"{command[:-1]}{text.strip()}"
        else:
            shown.append(text)
    if command is not None:
        yield Command(started, command, tuple(shown))


def first_missing(shown: tuple[str, ...], printed: str) -> str | None:
    """Return the first line of a page that a command did not print, in that order; else None."""
    lines = iter([" ".join(line.split()) for line in printed.splitlines()])
    for wanted in shown:
        pieces = [" ".join(piece.split()) for piece in wanted.split("…")]
        if any(pieces) and not any(_holds(line, pieces) for line in lines):
            return wanted
    return None


def _holds(line: str, pieces: list[str]) -> bool:
    at = 0
    for piece in pieces:
        at = line.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def read(path: Path) -> tuple[Step, ...]:
    """Return the steps of the page in ``path``."""
    return tuple(steps_of(path.read_text(encoding="utf-8")))
