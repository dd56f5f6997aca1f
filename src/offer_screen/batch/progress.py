"""Goes on where an earlier run was killed, without losing or doubling a record.

Rows are written in the order of the records, one for each: how many whole rows there are says how
many records are done. Beside the rows lies a file that says with what they were made, since rows
of two settings do not belong together.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from offer_screen.errors import InputError

Settings = Mapping[str, str | int | bool]
"""Whatever rows depend on, each under the name by which it is told."""

_HEAD_BYTES = 1_000_000


class Done(NamedTuple):
    """What an earlier run has left.

    Attributes:
        rows: Whole rows.
        size: Bytes that they take; what follows is a torn row.
        last: The last whole row, or None.
    """

    rows: int = 0
    size: int = 0
    last: bytes | None = None


def file_settings(source: Path) -> Settings:
    """Return by what a file is known again: its size, and the digest of how it begins.

    Nothing of a pipe, which can be read only once.

    Raises:
        InputError: It cannot be read.
    """
    try:
        if not source.is_file():
            return {}
        with source.open("rb") as stream:
            head = hashlib.sha256(stream.read(_HEAD_BYTES)).hexdigest()
        return {"size of IN": source.stat().st_size, "beginning of IN": head}
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror or error}") from error


def settings_path(target: Path) -> Path:
    """Return the file beside OUT that says with what its rows are made."""
    return target.with_name(f"{target.name}.settings.json")


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings so that the file is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("w", encoding="utf-8") as out:
        json.dump(dict(settings), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)


def check_settings(path: Path, settings: Settings) -> None:
    """Check that an earlier run had the same settings.

    Raises:
        InputError: It had not; the message says which differ. Or the file is damaged.
    """
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path}: begin anew without --resume") from error
    if not isinstance(before, dict):
        raise InputError(f"{path} is not of a batch: begin anew without --resume")
    differing = [
        f"{name}: {before.get(name)!r} then, {settings.get(name)!r} now"
        for name in dict.fromkeys((*before, *settings))
        if before.get(name) != settings.get(name)
    ]
    if differing:
        raise InputError(
            "the earlier run had other settings; use the same, or begin anew without --resume:\n  "
            + "\n  ".join(differing)
        )


def whole_rows(path: Path) -> Done:
    """Return what of a file are whole rows; nothing if there is no file."""
    rows = size = 0
    last = None
    for line in lines_of(path):
        if not line.endswith(b"\n"):
            break
        rows, size, last = rows + 1, size + len(line), line
    return Done(rows, size, last)


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file; none if there is no file."""
    if path.exists():
        with path.open("rb") as stream:
            yield from stream
