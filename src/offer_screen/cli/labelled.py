"""Options of the commands that read labelled texts, and what is done with them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from offer_screen.cli.terminal import tell
from offer_screen.errors import InputError, MissingExtra

if TYPE_CHECKING:
    from offer_screen.evaluation import FieldNames, LabelRule, Texts

_EXTRA = {"numpy", "scipy", "sklearn", "matplotlib"}


class Unknown(StrEnum):
    """What texts labelled ``unknown`` count as."""

    SKIP = "skip"
    NEGATIVE = "negative"


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="JSON lines or CSV with texts and labels.",
        exists=True,
        dir_okay=False,
    ),
]
PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        help="How sources are read, and bars (TOML), in place of the shipped plan.",
        exists=True,
        dir_okay=False,
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", help="What the run is called.", show_default=False)
]
Positive = Annotated[
    list[str] | None, typer.Option("--positive", help="Label to be found. Default: scam.")
]
Negative = Annotated[
    list[str] | None,
    typer.Option("--negative", help="Label of others. Default: legit, not_offer, other."),
]
Field = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="WHAT=NAME",
        help="Name of a field: text, id, label, kind, source, family, channel, register,"
        " destination, harm or subtle.",
    ),
]
Replicates = Annotated[
    int, typer.Option("--replicates", min=0, help="Resamples behind an interval.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of all that is drawn.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that screen.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if a bar of the plan is not met.")
]
Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]


def library(command: str) -> ModuleType:
    """Return the evaluation library, which needs packages of an extra.

    Raises:
        MissingExtra: They are not installed.
    """
    try:
        from offer_screen import evaluation  # noqa: PLC0415  (slow, and its packages are optional)
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if package not in _EXTRA:
            raise
        raise MissingExtra(f"offer-screen {command}", package, "evaluate") from error
    return evaluation


def field_names(evaluation: ModuleType, given: list[str] | None) -> FieldNames:
    """Return what the fields are called.

    Raises:
        BadParameter: A field is none that is known.
    """
    known = evaluation.FieldNames.__dataclass_fields__
    names = {}
    for pair in given or ():
        what, equals, field = pair.partition("=")
        if not equals or what not in known or not field:
            raise typer.BadParameter(
                f"--field {pair!r}: give WHAT=NAME, where WHAT is one of {', '.join(known)}"
            )
        names[what] = field
    chosen: FieldNames = evaluation.FieldNames(**names)
    return chosen


def label_rule(
    evaluation: ModuleType,
    positive: list[str] | None,
    negative: list[str] | None,
    unknown: Unknown = Unknown.SKIP,
) -> LabelRule:
    """Return which labels count."""
    rule: LabelRule = evaluation.LabelRule(
        positive=positive or ("scam",),
        negative=(
            *(negative or ("legit", "not_offer", "other")),
            *(["unknown"] if unknown is Unknown.NEGATIVE else []),
        ),
    )
    return rule


def run_name(name: str | None, files: list[Path]) -> str:
    """Return what a run is called."""
    return name or (files[0].stem if len(files) == 1 else f"{len(files)} files")


def tell_bad(texts: Texts) -> None:
    """Tell of records that were passed over.

    Raises:
        InputError: No text is left.
    """
    summary = texts.summary()
    for line in summary.first_errors:
        tell(f"passed over: {line}")
    left = sum(summary.errors.values()) - len(summary.first_errors)
    if left > 0:
        tell(f"passed over: {left:,} more")
    if not summary.texts:
        raise InputError("no text has a label that counts: see --positive, --negative, --unknown")
