"""The group ``offer-screen rules``, and what its commands share."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
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


def check_rules(ids: Iterable[str], ruleset: RuleSet) -> None:
    """Check that the rules asked for exist.

    Raises:
        BadParameter: One does not.
    """
    for name in ids:
        if name not in ruleset.rules:
            near = get_close_matches(name, ruleset.rules, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise typer.BadParameter(f"no rule {name!r} in the pack{hint}")
