"""``offer-screen screen``: one offer in, one report out."""

from __future__ import annotations

import codecs
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.terminal import write_coloured, write_result
from offer_screen.errors import InputError
from offer_screen.rendering import render, render_lines
from offer_screen.values import Language

_MAX_BYTES = 4_000_000
_FILE_SUFFIXES = (".txt", ".text", ".md", ".log")


class FormatChoice(StrEnum):
    """Formats to choose from."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


def screen(
    context: typer.Context,
    offer: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|FILE|-",
            help="The offer itself, a file that holds it, or - for standard input.",
            show_default=False,
        ),
    ],
    *,
    format_: Annotated[
        FormatChoice | None,
        typer.Option("--format", "-f", help="Form of the report; text if not given."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Same as --format html.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Same as --format markdown.")
    ] = False,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the report.")] = Language.ID,
    fail_on: options.FailOn = None,
    rules: options.Rules = None,
    engine: options.Engine = options.EngineChoice.AUTO,
    as_of: options.AsOf = None,
    model: options.Model = "auto",
    weights: options.Weights = "fitted",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Keep the words of the offer in JSON.")
    ] = False,
    what_if: Annotated[
        bool,
        typer.Option(
            "--what-if/--no-what-if", help="Say what would change the level; takes a little longer."
        ),
    ] = True,
    redact: options.Redact = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the report to this file.", dir_okay=False),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> None:
    """Screen one job offer and say what speaks for danger, why, and what to do next."""
    if context.args:  # click would repeat the words that it did not expect
        raise typer.BadParameter("one offer only: put its words in quotation marks")
    form = _format(format_, json=json, html=html, markdown=markdown)
    text = read_offer(offer)
    screener = options.load_screener(rules, engine, as_of, model=model, weights=weights)
    as_json = form is FormatChoice.JSON
    report = screener.screen(
        text, include_text=as_json and with_text, what_if=what_if, redact=redact
    )
    on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    if form is FormatChoice.TEXT and on_terminal and not no_color:
        write_coloured(render_lines(report, lang=lang, text=text))
    else:
        rendered = render(report, form.value, lang=lang, text=None if as_json else text)
        write_result(rendered, output)
    reached = options.reaches(report.level, fail_on)
    raise typer.Exit(ExitCode.FINDINGS if reached else ExitCode.OK)


def _format(chosen: FormatChoice | None, *, json: bool, html: bool, markdown: bool) -> FormatChoice:
    flags = (
        (json, FormatChoice.JSON),
        (html, FormatChoice.HTML),
        (markdown, FormatChoice.MARKDOWN),
    )
    wanted = {form for given, form in flags if given}
    if chosen is not None:
        wanted.add(chosen)
    if len(wanted) > 1:
        raise typer.BadParameter(f"one format only, not {' and '.join(sorted(wanted))}")
    return wanted.pop() if wanted else FormatChoice.TEXT


def read_offer(argument: str) -> str:
    """Return the offer that the argument is, names or announces.

    Raises:
        InputError: It cannot be read, or is not text.
    """
    if argument == "-":
        return _decode(_read_stdin(), "standard input")
    path = Path(argument)
    if argument and _exists(path):
        # Also a pipe or a device, of which no more than the limit is read.
        try:
            with path.open("rb") as stream:
                return _decode(stream.read(_MAX_BYTES + 1), argument)
        except OSError as error:
            raise InputError(f"cannot read {argument}: {error.strerror or error}") from error
    if path.suffix.lower() in _FILE_SUFFIXES and _looks_like_path(argument):
        raise InputError(f"no such file: {argument}")
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("the offer given is not UTF-8") from error
    return argument


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # an offer is often too long for a file name
        return False


def _looks_like_path(argument: str) -> bool:
    return len(argument.split()) == 1 or ("/" in argument and len(argument.splitlines()) == 1)


def _read_stdin() -> bytes:
    if sys.stdin is None:  # closed by the caller ('<&-')
        raise InputError("cannot read standard input: it is closed")
    try:
        return sys.stdin.buffer.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read standard input: {error.strerror or error}") from error


def _decode(data: bytes, name: str) -> str:
    if len(data) > _MAX_BYTES:
        raise InputError(f"{name} holds more than {_MAX_BYTES:,} bytes")
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text (at byte {error.start + 1})") from error
