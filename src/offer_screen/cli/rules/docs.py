"""``offer-screen rules docs``: the reference of a pack as Markdown pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.authoring.reference_pages import check_pages, reference_pages, write_pages
from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import app
from offer_screen.cli.terminal import tell, write_result
from offer_screen.rules.loader import load_ruleset


@app.command()
def docs(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder of the pages.", file_okay=False)
    ],
    *,
    rules: options.Rules = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit with 1 if the pages are out of date."),
    ] = False,
) -> None:
    """Write the reference of a pack: an index, and a page for each category."""
    pages = reference_pages(load_ruleset(rules or None))
    if not check:
        done = write_pages(pages, out)
        tell(
            f"{len(pages)} pages in {out.as_posix()}: {len(done.stale)} written,"
            f" {len(done.superfluous)} removed"
        )
        raise typer.Exit(ExitCode.OK)
    found = check_pages(pages, out)
    write_result(
        "".join(f"{out.as_posix()}/{name}: out of date\n" for name in found.stale)
        + "".join(f"{out.as_posix()}/{name}: no such category\n" for name in found.superfluous),
        None,
    )
    if not found.fresh:
        tell("Write them anew with 'offer-screen rules docs'.")
    raise typer.Exit(ExitCode.OK if found.fresh else ExitCode.FINDINGS)
