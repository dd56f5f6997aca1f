"""``offer-screen batch``: a file of offers in, a file of results out."""

from __future__ import annotations

import gc
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from offer_screen.batch import (
    BadRecord,
    Record,
    Row,
    Settings,
    file_settings,
    form_of,
    records_of,
    screen_file,
)
from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.terminal import tell
from offer_screen.errors import InputError
from offer_screen.screener import Screener
from offer_screen.values import Level

_REFRESH = 50
"""Rows between two looks at how far the input has been read."""


def batch(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="JSON lines, CSV or Parquet, one offer a record."),
    ],
    target: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="JSON lines or Parquet, one row a record, in the same order."
        ),
    ],
    *,
    text_field: options.TextField = "text",
    id_field: options.IdField = "id",
    fields: options.Fields = options.FieldsChoice.MINIMAL,
    what_if: options.WhatIf = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the work.")] = 1,
    redact: options.Redact = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on where an earlier run was killed; begin if none was."),
    ] = False,
    fail_on: options.FailOn = None,
    rules: options.Rules = None,
    engine: options.Engine = options.EngineChoice.AUTO,
    as_of: options.AsOf = None,
    model: options.Model = "auto",
    weights: options.Weights = "fitted",
) -> None:
    """Screen many offers; a record that cannot be screened becomes an error row."""
    if target.exists() and source.exists() and target.samefile(source):
        raise typer.BadParameter("OUT must be another file than IN")
    options.check_what_if(fields, what_if=what_if)
    screener = options.load_screener(rules, engine, as_of, model=model, weights=weights)
    # Full collections over the loaded pack, which lives until the end, cost a tenth of the time.
    gc.freeze()
    settings = {
        **file_settings(source),
        **_settings(screener),
        "--text-field": text_field,
        "--id-field": id_field,
        "--fields": fields.value,
        "--what-if": what_if,
        "--redact": redact,
    }
    with ExitStack() as stack:
        stream, size = _open(source, stack)
        records = records_of(stream, form=form_of(source), text_field=text_field, id_field=id_field)
        counts, errors = screen_file(
            screener,
            _readable(records, source),
            target,
            settings=settings,
            fields=fields.value,
            workers=workers,
            what_if=what_if,
            redact=redact,
            resume=resume,
            watch=lambda rows: _shown(rows, stream, size, stack),
        )
    summarise(counts, errors)
    reached = any(options.reaches(level, fail_on) for level in counts)
    raise typer.Exit(ExitCode.FINDINGS if reached else ExitCode.OK)


def _open(source: Path, stack: ExitStack) -> tuple[BinaryIO, int]:
    try:
        stream = stack.enter_context(source.open("rb"))
        return stream, source.stat().st_size
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror or error}") from error


def _readable(records: Iterator[Record | BadRecord], source: Path) -> Iterator[Record | BadRecord]:
    try:
        yield from records
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror or error}") from error


def _settings(screener: Screener) -> Settings:
    """Return what of a screener the rows depend on."""
    blank = screener.screen("-")
    weights = repr(screener.weighting).encode()
    return {
        "version": blank.library,
        "rules": f"{blank.pack} {blank.pack_sha256[:16]}",
        "model": (blank.model or "none")[:16],
        "weights": f"{blank.weighting} {hashlib.sha256(weights).hexdigest()[:16]}",
        "engine": blank.engine,
        "--as-of": blank.as_of,
    }


def _shown(rows: Iterator[Row], stream: BinaryIO, size: int, stack: ExitStack) -> Iterator[Row]:
    """Pass the rows on; on a terminal, with a bar of how much of the input has been read."""
    if not sys.stderr.isatty():
        yield from rows
        return
    progress = stack.enter_context(
        Progress(
            TextColumn("{task.fields[rows]:,} offers"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
    )
    task = progress.add_task("screen", total=size, rows=0)
    for count, row in enumerate(rows, start=1):
        if count % _REFRESH == 0:
            progress.update(task, completed=stream.tell(), rows=count)
        yield row


def summarise(counts: Counter[Level], errors: int) -> None:
    """Tell how many records came to which level."""
    total = counts.total() + errors
    levels = ", ".join(f"{level} {counts[level]:,}" for level in reversed(Level))
    tell(f"{total:,} records: {levels}, errors {errors:,}")
