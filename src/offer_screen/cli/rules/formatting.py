"""``offer-screen rules format``: one canonical layout of the files of a pack."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import PackPath, app
from offer_screen.cli.terminal import tell, write_result
from offer_screen.rules.loader import shipped_pack


@app.command("format")
def format_files(
    path: PackPath = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Change nothing; show what would change.")
    ] = False,
) -> None:
    """Bring the files of a pack into canonical layout; comments stay, and what they say."""
    from offer_screen.authoring.formatting import format_pack  # noqa: PLC0415  (an extra)

    files = format_pack(path or shipped_pack())
    changed = [file for file in files if file.changed]
    if diff:
        write_result("".join(file.diff() for file in changed), None)
    else:
        write_result("".join(f"{file.shown}\n" for file in changed), None)
    if not (check or diff):
        for file in changed:
            file.write()
    verb = "would change" if check or diff else "changed"
    tell(f"{len(changed)} files {verb}, {len(files) - len(changed)} are in canonical layout")
    raise typer.Exit(ExitCode.FINDINGS if check and changed else ExitCode.OK)
