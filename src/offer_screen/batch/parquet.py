"""Reads and writes Parquet, and the batches of Arrow that it is made of, group by group.

pyarrow comes with an extra and is slow to import.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, Literal

from offer_screen.errors import InputError, MissingExtra

_ROWS = 1_000
"""Rows that are held at a time."""

ColumnType = Literal["integer", "number", "text", "texts"]

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
            yield from rows_of(batch)
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the content
        # What pyarrow says may quote the file.
        raise InputError(f"the Parquet file cannot be read ({type(error).__name__})") from None


def rows_of(batch: Any) -> list[dict[str, object]]:  # noqa: ANN401  (pyarrow is not imported here)
    """Return the rows of a batch of Arrow; what is no UTF-8 arrives as lone surrogates."""
    columns = [_cells(column) for column in batch.columns]
    return [dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True)]


def _cells(column: Any) -> list[object]:  # noqa: ANN401
    try:
        cells: list[object] = column.to_pylist()
    except UnicodeDecodeError:  # of a writer that did not look; one cell costs no other
        raw = column.cast("binary").to_pylist()
        cells = [cell and cell.decode("utf-8", "surrogateescape") for cell in raw]
    return cells


def row_columns(*, full: bool) -> Mapping[str, ColumnType]:
    """Return the columns that rows have as a table, in order.

    Args:
        full: Whether the rows hold whole reports; the column ``report`` holds them as JSON.
    """
    columns: dict[str, ColumnType] = {"line": "integer", "id": "text"}
    if full:
        columns |= {"level": "text", "report": "text"}
    else:
        columns |= dict.fromkeys(_TEXTS, "text")
        columns |= {"points": "number"}
        columns |= dict.fromkeys(_LISTS, "texts")
    return columns | {"error_type": "text", "error_message": "text"}


def table_of(lines: Iterable[bytes | str], numbers: Sequence[object], *, full: bool) -> Any:  # noqa: ANN401
    """Return rows, given as lines of JSON, as a batch of Arrow.

    Args:
        lines: The rows.
        numbers: What each row has in the column ``line``.
        full: Whether the rows hold whole reports.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    arrow, _ = _pyarrow()
    rows = [_flat(line) | {"line": number} for line, number in zip(lines, numbers, strict=True)]
    return arrow.RecordBatch.from_pylist(rows, _schema(arrow, full=full))


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
    schema = _schema(arrow, full=full)
    unfinished = target.with_name(f"{target.name}.part")
    rows = map(_flat, lines)
    with parquet.ParquetWriter(unfinished, schema) as writer:
        while group := list(islice(rows, _ROWS)):
            writer.write_table(arrow.Table.from_pylist(group, schema))
    unfinished.replace(target)


def check_parquet() -> None:
    """Raise MissingExtra now, and not after hours of screening, if pyarrow is missing."""
    _pyarrow()


def _schema(arrow: ModuleType, *, full: bool) -> Any:  # noqa: ANN401
    types = {
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
    }
    return arrow.schema([(name, types[of]) for name, of in row_columns(full=full).items()])


def _flat(line: bytes | str) -> dict[str, object]:
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
