"""Screens a file into another one, which a killed run can go on with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from offer_screen.batch.parquet import check_parquet, write_parquet
from offer_screen.batch.progress import (
    Done,
    Settings,
    check_settings,
    lines_of,
    settings_path,
    whole_rows,
    write_settings,
)
from offer_screen.batch.records import BadRecord, Record, form_of
from offer_screen.batch.rows import Fields, ManyScreener, Row, run_batch
from offer_screen.errors import InputError
from offer_screen.values import Level


class Tally(NamedTuple):
    """What a file of rows comes to, those of an earlier run included."""

    levels: Counter[Level]
    errors: int


def screen_file(
    screener: ManyScreener,
    records: Iterator[Record | BadRecord],
    target: Path,
    *,
    settings: Settings,
    fields: Fields = "minimal",
    workers: int = 1,
    what_if: bool = False,
    redact: bool = False,
    resume: bool = False,
    watch: Callable[[Iterator[Row]], Iterable[Row]] = iter,
) -> Tally:
    """Screen records and write a row for each: JSON lines, or Parquet by the name of the file.

    Rows of Parquet go to a file of JSON lines beside it first, because a Parquet file can be read
    only when it is whole.

    Args:
        screener: What screens them.
        records: All records, also those that an earlier run has screened.
        target: File for the rows.
        settings: What the rows depend on: a run is gone on with only under the same.
        fields: How much a row holds.
        workers: Processes to share the work.
        what_if: As for ``run_batch``.
        redact: As for ``run_batch``.
        resume: Go on with the rows of an earlier run that was killed.
        watch: Passes the rows on, and may show how far the work is.

    Raises:
        InputError: The file cannot be written, or the earlier run cannot be gone on with.
        MissingExtra: A Parquet file needs pyarrow.
    """
    to_parquet = form_of(target) == "parquet"
    if to_parquet:
        check_parquet()
    rows = target.with_name(f"{target.name}.rows.jsonl") if to_parquet else target
    regular = rows.is_file() or not rows.exists()  # not a device or a pipe
    done = _done(rows, target, settings) if resume and regular else Done()
    levels: Counter[Level] = Counter()
    errors = 0
    for line in islice(lines_of(rows), done.rows):
        level = _level(line)
        if level is None:
            errors += 1
        else:
            levels[level] += 1
    _skip(records, done)
    # A file of the wrong shape is told before OUT is emptied.
    first = next(records, None)
    left = iter(()) if first is None else _with_first(first, records)
    try:
        with _opened(rows, done) as out:
            if regular and not done.rows:
                write_settings(settings_path(target), settings)
            screened = run_batch(screener, left, workers=workers, what_if=what_if, redact=redact)
            for row in watch(screened):
                out.write(f"{row.to_json(fields)}\n".encode())
                if row.report is None:
                    errors += 1
                else:
                    levels[row.report.level] += 1
        if to_parquet:
            write_parquet(lines_of(rows), target, full=fields == "full")
            rows.unlink()
        if regular:
            settings_path(target).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror or error}") from error
    return Tally(levels, errors)


def _done(rows: Path, target: Path, settings: Settings) -> Done:
    """Return what an earlier run under these settings has left.

    Raises:
        InputError: There are rows of which it is not known how they were made, or made otherwise.
    """
    path = settings_path(target)
    if path.exists():
        check_settings(path, settings)
        return whole_rows(rows)
    if any(file.exists() and file.stat().st_size for file in {rows, target}):
        raise InputError(
            f"{target} is finished, or is not of a batch: there is no {path.name} beside it"
        )
    return Done()


def _opened(rows: Path, done: Done) -> BinaryIO:
    if not done.rows:
        return rows.open("wb")
    out = rows.open("r+b")
    out.truncate(done.size)
    out.seek(done.size)
    return out


def _skip(records: Iterator[Record | BadRecord], done: Done) -> None:
    """Read the records that are done, and see that the last is that of the last row.

    Raises:
        InputError: It is not.
    """
    if not done.rows or done.last is None:
        return
    last = next(islice(records, done.rows - 1, None), None)
    try:
        line = json.loads(done.last)["line"]
    except (ValueError, KeyError, TypeError):
        line = None
    if last is None or last.line != line:
        raise InputError("the rows are not those of the records of IN: begin without --resume")


def _level(line: bytes) -> Level | None:
    row = json.loads(line)
    if "error" in row:
        return None
    return Level(row["report"]["score"]["level"] if "report" in row else row["level"])


def _with_first(
    first: Record | BadRecord, others: Iterator[Record | BadRecord]
) -> Iterator[Record | BadRecord]:
    yield first
    yield from others
