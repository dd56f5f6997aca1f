"""``offer-screen rules schema``: completion and checks for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.cli.rules.app import app
from offer_screen.cli.terminal import tell, write_result
from offer_screen.rules.editor_schemas import KINDS, file_name, schema_of


@app.command()
def schema(
    kind: Annotated[
        str, typer.Argument(help=f"Kind of file: {', '.join(KINDS)}.", show_default=True)
    ] = "rule",
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Write the schemas of all kinds into this folder, the top of a pack.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for completion in editors."""
    if kind not in KINDS:
        raise typer.BadParameter(f"no kind of file {kind!r}: {', '.join(KINDS)}")
    if out is None:
        write_result(f"{schema_of(kind)}\n", None)
        return
    for name in KINDS:
        write_result(f"{schema_of(name)}\n", out / file_name(name))
    tell(f"{len(KINDS)} schemas written to {out.as_posix()}")
