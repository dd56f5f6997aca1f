"""The data files of commands that measure, and what they say of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.analysis.samples import FieldNames, Intake
from offer_screen.cli.terminal import tell
from offer_screen.rendering.view import one_line

Data = Annotated[
    list[Path],
    typer.Option(
        "--data",
        help="JSON lines or CSV with texts; may be given several times.",
        exists=True,
        dir_okay=False,
    ),
]
OptionalData = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        help="JSON lines or CSV with texts; may be given several times.",
        exists=True,
        dir_okay=False,
    ),
]
TextField = Annotated[str, typer.Option("--text-field", help="Field that holds the text.")]
LabelField = Annotated[str, typer.Option("--label-field", help="Field that holds the label.")]
DateField = Annotated[
    str, typer.Option("--date-field", help="Field that holds the date, as 2026-11 or 2026-11-24.")
]
IdField = Annotated[str, typer.Option("--id-field", help="Field that holds your own id.")]
Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
Top = Annotated[int, typer.Option("--top", min=1, help="Rows to show; JSON holds all.")]

DEFAULT = FieldNames()


def about(intake: Intake) -> str:
    """Return a line on what was measured on."""
    labels = ", ".join(f"{one_line(label)} {count:,}" for label, count in intake.labels.items())
    errors = sum(intake.errors.values())
    parts = [f"{intake.texts:,} texts", *([labels] if labels else ["no labels"])]
    if errors:
        parts.append(f"{errors:,} bad records")
    return "; ".join(parts)


def tell_errors(intake: Intake) -> None:
    """Name the first bad records on standard error."""
    for line in intake.first_errors:
        tell(f"passed over: {one_line(line)}")
    left = sum(intake.errors.values()) - len(intake.first_errors)
    if left > 0:
        tell(f"passed over: {left:,} more")
