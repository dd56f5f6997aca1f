"""Reads files of many offers record by record, never as a whole."""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Self, TextIO

from offer_screen.batch.parquet import parquet_rows
from offer_screen.errors import InputError

MAX_LINE_BYTES = 4_000_000
"""Longest JSON line that is read; a longer one is a bad record."""

Form = Literal["jsonl", "csv", "parquet"]


@dataclass(frozen=True, slots=True)
class Record:
    """One offer of a file.

    Attributes:
        line: Line of the file on which the record begins, from 1.
        id: The caller's own id, or None.
        text: The offer.
        kept: Values of the further fields that were asked for, in that order; None where the
            record has none.
    """

    line: int
    id: str | int | None
    text: str
    kept: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be screened.

    Attributes:
        line: Line of the file on which the record begins, from 1.
        id: The caller's own id, when it could be read.
        type: bad_encoding, bad_json, bad_csv, not_an_object, missing_text, wrong_type, too_long
            (the line), or input (the text itself: blank or over the limit).
        message: What is wrong, without the words of the record.
    """

    line: int
    id: str | int | None
    type: str
    message: str


def form_of(path: Path) -> Form:
    """Return the form of a file by its name: CSV (.csv, .tsv), Parquet, else JSON lines."""
    suffix = path.suffix.lower()
    if suffix in (".parquet", ".pq"):
        return "parquet"
    return "csv" if suffix in (".csv", ".tsv") else "jsonl"


def read_records(
    path: Path, *, text_field: str = "text", id_field: str = "id", keep: Sequence[str] = ()
) -> Iterator[Record | BadRecord]:
    """Read the records of a file one after the other.

    Args:
        path: JSON lines, or by its name CSV or Parquet.
        text_field: Field that holds the offer.
        id_field: Field that holds the caller's own id.
        keep: Further fields whose values are wanted.

    Raises:
        InputError: The file cannot be read, or a table has no column ``text_field``.
        MissingExtra: A Parquet file needs pyarrow.
    """
    try:
        with path.open("rb") as stream:
            yield from records_of(
                stream, form=form_of(path), text_field=text_field, id_field=id_field, keep=keep
            )
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def records_of(
    stream: BinaryIO,
    *,
    form: Form,
    text_field: str = "text",
    id_field: str = "id",
    keep: Sequence[str] = (),
) -> Iterator[Record | BadRecord]:
    """Read the records of an open file.

    Raises:
        InputError: A table has no column ``text_field``.
        MissingExtra: A Parquet file needs pyarrow.
    """
    if form == "parquet":
        return _parquet_records(stream, text_field, id_field, keep)
    if form == "csv":
        return _csv_records(stream, text_field, id_field, keep)
    return _json_records(stream, text_field, id_field, keep)


# --- JSON lines ----------------------------------------------------------------------------------


def _json_records(
    stream: BinaryIO, text_field: str, id_field: str, keep: Sequence[str]
) -> Iterator[Record | BadRecord]:
    count = 0
    while raw := stream.readline(MAX_LINE_BYTES):
        count += 1
        if len(raw) == MAX_LINE_BYTES and not raw.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield BadRecord(count, None, "too_long", f"line over {MAX_LINE_BYTES:,} bytes")
            continue
        if count == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            yield _json_record(raw, count, text_field, id_field, keep)


def _json_record(
    raw: bytes, line: int, text_field: str, id_field: str, keep: Sequence[str]
) -> Record | BadRecord:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BadRecord(line, None, "bad_encoding", f"not UTF-8 at byte {error.start + 1}")
    except json.JSONDecodeError as error:
        return BadRecord(line, None, "bad_json", f"{error.msg} at column {error.colno}")
    except (ValueError, RecursionError):  # a number of thousands of digits, or deep nesting
        return BadRecord(line, None, "bad_json", "number too long or nesting too deep")
    if not isinstance(value, dict):
        return BadRecord(line, None, "not_an_object", "the line is not a JSON object")
    id_ = _id_of(value.get(id_field))
    if text_field not in value:
        return BadRecord(line, _printable(id_), "missing_text", f"no field {text_field!r}")
    kept = tuple(value.get(name) for name in keep)
    return _checked(line, id_, value[text_field], text_field, kept)


# --- CSV -----------------------------------------------------------------------------------------


class _Lines:
    """Lines of a CSV file, of which those of the current record can be read once more."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._count = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._lines.readline()
        if not line:
            raise StopIteration
        self._record.append(line)
        self._count += 1
        return line

    def push_back(self, line: str) -> None:
        """Let ``line`` be the next one."""
        self._again.appendleft(line)

    def begin_record(self) -> int:
        """Begin a record and return the number of its first line."""
        self._record.clear()
        return self._count + 1

    def keep_first(self) -> str:
        """End the record after its first line and return it; the others are read again."""
        first, *others = self._record
        self._again.extendleft(reversed(others))
        self._count -= len(others)
        return first


def _csv_records(
    stream: BinaryIO, text_field: str, id_field: str, keep: Sequence[str]
) -> Iterator[Record | BadRecord]:
    # Bytes that are not UTF-8 arrive as lone surrogates and spoil only their own row.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        head = text.readline()
        columns, delimiter = _columns(head, text_field)
        text_at = columns.index(text_field)
        id_at = columns.index(id_field) if id_field in columns else None
        keep_at = [columns.index(name) if name in columns else None for name in keep]
        lines = _Lines(text)
        lines.push_back(head)
        # Strict, because a quotation mark left open would else take in the records that follow.
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        width: int | None = None
        while True:
            line = lines.begin_record()
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                first = lines.keep_first()
                if width is None:
                    width = len(columns)
                else:
                    id_ = _id_before_fault(first, delimiter, id_at)
                    yield BadRecord(line, id_, "bad_csv", _fault(error))
                continue
            if width is None:
                width = len(row)
                continue
            if not row:
                continue
            id_ = row[id_at] if id_at is not None and id_at < len(row) else None
            if any(cell.strip() for cell in row[width:]):
                message = "more fields than columns: put the text in quotation marks"
                yield BadRecord(line, _printable(id_), "bad_csv", message)
            elif text_at >= len(row):
                message = f"no column {text_field!r} in this row"
                yield BadRecord(line, _printable(id_), "missing_text", message)
            else:
                kept = tuple(
                    row[at] if at is not None and at < len(row) else None for at in keep_at
                )
                yield _checked(line, id_, row[text_at], text_field, kept)
    finally:
        text.detach()  # the caller closes the stream that the caller opened


def _fault(error: csv.Error) -> str:
    message = str(error)
    if "unexpected end" in message:
        return "a quotation mark is never closed"
    if "expected after" in message:
        return "a quotation mark is not closed, or one inside a quoted field is not doubled"
    return message


def _id_before_fault(first: str, delimiter: str, id_at: int | None) -> str | int | None:
    """Return the id of a bad record if it stands before the last field of its first line."""
    if id_at is None:
        return None
    try:
        row = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return None
    return _printable(row[id_at]) if id_at < len(row) - 1 else None


def _columns(head: str, text_field: str) -> tuple[list[str], str]:
    for delimiter in ",;\t":  # spreadsheets of Indonesian locale write semicolons
        columns = next(csv.reader([head], delimiter=delimiter), [])
        if text_field in columns:
            return columns, delimiter
    raise InputError(f"no column {text_field!r} in the first line; name it with --text-field")


# --- Parquet -------------------------------------------------------------------------------------


def _parquet_records(
    stream: BinaryIO, text_field: str, id_field: str, keep: Sequence[str]
) -> Iterator[Record | BadRecord]:
    return table_records(
        parquet_rows(stream, text_field, (id_field, *keep)), text_field, id_field, keep
    )


def table_records(
    rows: Iterable[Mapping[str, object]],
    text_field: str = "text",
    id_field: str = "id",
    keep: Sequence[str] = (),
) -> Iterator[Record | BadRecord]:
    """Yield the records of the rows of a table, numbered from 1.

    Args:
        rows: Rows by column; each has ``text_field``.
        text_field: Column that holds the offer.
        id_field: Column that holds the caller's own id.
        keep: Further columns whose values are wanted.
    """
    for line, row in enumerate(rows, start=1):
        kept = tuple(row.get(name) for name in keep)
        yield _checked(line, _id_of(row.get(id_field)), row[text_field], text_field, kept)


# --- all of them ---------------------------------------------------------------------------------


def _checked(
    line: int, id_: str | int | None, text: object, text_field: str, kept: tuple[object, ...]
) -> Record | BadRecord:
    id_ = _printable(id_)
    if not isinstance(text, str):
        kind = "null" if text is None else type(text).__name__
        return BadRecord(line, id_, "wrong_type", f"field {text_field!r} is {kind}, not text")
    if not _is_unicode(text):
        return BadRecord(line, id_, "bad_encoding", f"field {text_field!r} is not UTF-8")
    return Record(line, id_, text, kept)


def _printable(id_: str | int | None) -> str | int | None:
    if isinstance(id_, str) and not _is_unicode(id_):
        return id_.encode("utf-8", "replace").decode("utf-8")
    return id_


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _id_of(given: object) -> str | int | None:
    if given is None or (isinstance(given, str | int) and not isinstance(given, bool)):
        return given
    return json.dumps(given, ensure_ascii=False, default=str)
