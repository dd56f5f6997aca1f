"""Writes results to standard output or a file, and messages to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from offer_screen.cli.exit_codes import ExitCode
from offer_screen.errors import InputError
from offer_screen.rendering import Line, Style

_COLOURS = {
    Style.PLAIN: "",
    Style.HEADING: "bold",
    Style.NOTE: "dim",
    Style.QUOTE: "italic cyan",
    Style.RED_FLAG: "bold red",
    Style.TRUST_SIGN: "bold green",
    Style.LEVEL_LOW: "bold green",
    Style.LEVEL_CAUTION: "bold yellow",
    Style.LEVEL_HIGH: "bold bright_red",
    Style.LEVEL_CRITICAL: "bold white on red",
}


def write_result(text: str, output: Path | None) -> None:
    """Write a result that ends with a line break.

    Raises:
        InputError: The file or standard output cannot be written.
    """
    if output is None:
        _write_out(text)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror or error}") from error


def write_coloured(lines: Sequence[Line]) -> None:
    """Write a text report to a terminal in colour; rich honours NO_COLOR."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=_COLOURS[line.style]))


def tell(message: str) -> None:
    """Write a message to standard error."""
    typer.echo(message, err=True)


def those_there(paths: Sequence[Path] | None) -> list[Path]:
    """Return the files that are there; a message tells of each that is not."""
    for path in paths or ():
        if not path.is_file():
            tell(f"left out: {path} is not there")
    return [path for path in paths or () if path.is_file()]


def prepare_streams() -> None:
    """Make the standard streams write UTF-8, whatever the locale: offers are full of emoji."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def discard_output() -> None:
    """Send what standard output still holds nowhere, so that no flush at exit fails again."""
    if sys.stdout is None:
        return
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a stream of the system, or closed already
        return


def _write_out(text: str) -> None:
    if sys.stdout is None:  # closed by the caller ('>&-')
        raise InputError("cannot write to standard output: it is closed")
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError as error:
        # The reader ('head') has had enough: no fault, and 1 would mean findings.
        discard_output()
        raise typer.Exit(ExitCode.OK) from error
    except OSError as error:
        discard_output()
        raise InputError(f"cannot write to standard output: {error.strerror or error}") from error
