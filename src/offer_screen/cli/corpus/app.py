"""The group ``offer-screen corpus``, and what its commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Count and check a corpus of labelled texts.", no_args_is_help=True)

CorpusPath = Annotated[
    Path,
    typer.Argument(
        metavar="[FOLDER]",
        help="Folder with train.jsonl, dev.jsonl and test.jsonl.",
        exists=True,
        file_okay=False,
    ),
]
