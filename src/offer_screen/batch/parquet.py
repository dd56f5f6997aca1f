"""Reads and writes Parquet, group by group; pyarrow comes with an extra and is slow to import."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from offer_screen.errors import InputError, MissingExtra

_ROWS = 1_000
"""Rows that are held at a time."""

_LISTS = ("red_flags", "trust_signs", "mentioned", "would_have", "missing")
_TEXTS = ("kind", "level", "abstains", "text_sha256")


def parquet_rows(
    stream: BinaryIO, needed: str, wanted: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Yield the rows of a Parquet file with the columns ``needed`` and those of ``wanted`` it has.

    Raises:
        InputError: Not a Parquet file, a damaged one, or one without the column ``needed``.
        MissingExtra: pyarrow is not installed.
    """
    arrow, parquet = _pyarrow()
    try:
        file = parquet.ParquetFile(stream)
        names = set(file.schema_arrow.names)
        if needed not in names:
            raise InputError(f"no column {needed!r} in the Parquet file; name it with --text-field")
        columns = [needed, *(name for name in dict.fromkeys(wanted) if name in names - {needed})]
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns):
            yield from batch.to_pylist()
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the content
        # What pyarrow says may quote the file.
        raise InputError(f"the Parquet file cannot be read ({type(error).__name__})") from None


def write_parquet(lines: Iterable[bytes], target: Path, *, full: bool) -> None:
    """Write rows, given as lines of JSON, to a Parquet file that appears when it is whole.

    Args:
        lines: The rows of a batch.
        target: The file.
        full: Whether the rows hold whole reports; the column ``report`` holds them as JSON.

    Raises:
        MissingExtra: pyarrow is not installed.
        OSError: The file cannot be written.
    """
    arrow, parquet = _pyarrow()
    fields = [("line", arrow.int64()), ("id", arrow.string())]
    if full:
        fields += [("level", arrow.string()), ("report", arrow.string())]
    else:
        fields += [(name, arrow.string()) for name in _TEXTS]
        fields += [("points", arrow.float64())]
        fields += [(name, arrow.list_(arrow.string())) for name in _LISTS]
    fields += [("error_type", arrow.string()), ("error_message", arrow.string())]
    schema = arrow.schema(fields)
    unfinished = target.with_name(f"{target.name}.part")
    rows = map(_flat, lines)
    with parquet.ParquetWriter(unfinished, schema) as writer:
        while group := list(islice(rows, _ROWS)):
            writer.write_table(arrow.Table.from_pylist(group, schema))
    unfinished.replace(target)


def check_parquet() -> None:
    """Raise MissingExtra now, and not after hours of screening, if pyarrow is missing."""
    _pyarrow()


def _flat(line: bytes) -> dict[str, object]:
    """Return a row as columns: ids as text, reports as JSON, errors as two columns."""
    row: dict[str, Any] = json.loads(line)
    row["id"] = None if row["id"] is None else str(row["id"])
    error = row.pop("error", None)
    if error is not None:
        row |= {"error_type": error["type"], "error_message": error["message"]}
    if "report" in row:
        row["level"] = row["report"]["score"]["level"]
        row["report"] = json.dumps(row["report"], ensure_ascii=False)
    return row


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow  # noqa: PLC0415  (slow, and seldom needed)
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("Parquet", "pyarrow", "parquet") from error
    return pyarrow, pyarrow.parquet
