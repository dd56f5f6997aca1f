"""The group ``offer-screen rules``, and what its commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet

app = typer.Typer(help="Write, check, test and measure the rules of a pack.", no_args_is_help=True)

PackPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PATH]",
        help="Folder of the rule pack; the shipped one if not given.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]


def load(path: Path | None) -> RuleSet:
    """Return the pack in ``path``, or the shipped one."""
    return load_ruleset(None if path is None else [path])
