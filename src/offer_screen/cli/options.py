"""Options that several commands share, and the one place where a screener is made."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.screener import Screener
from offer_screen.values import Level


class EngineChoice(StrEnum):
    """Inference engines to choose from."""

    AUTO = "auto"
    DURABLE = "durable"
    COMPILED = "compiled"


class FieldsChoice(StrEnum):
    """How much a row of many offers holds."""

    MINIMAL = "minimal"
    FULL = "full"


Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        help="Folder of a rule pack in place of the shipped one; may be given several times.",
        exists=True,
        file_okay=False,
    ),
]
Engine = Annotated[EngineChoice, typer.Option("--engine", help="Inference engine.")]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Use wages, rates and bans of this day."),
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="auto|none|FILE",
        help="Text classifier: the shipped one for the shipped pack, none, or your own.",
    ),
]
Weights = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="fitted|authored|FILE",
        help="Weights: fitted to labelled texts, as the analysts wrote them, or your own fit.",
    ),
]
Redact = Annotated[
    bool,
    typer.Option("--redact", help="Mask numbers, addresses and names of people."),
]
TextField = Annotated[str, typer.Option(help="Field that holds the offer.")]
IdField = Annotated[str, typer.Option(help="Field that holds your own id.")]
Fields = Annotated[FieldsChoice, typer.Option(help="Level and rule ids, or the full report.")]
WhatIf = Annotated[
    bool,
    typer.Option(
        "--what-if",
        help="With --fields full: say what would change the level; takes ten times as long.",
    ),
]
FailOn = Annotated[
    Level | None,
    typer.Option("--fail-on", help="Exit with 1 if an offer reaches this level."),
]


def load_screener(
    rules: list[Path] | None,
    engine: EngineChoice,
    as_of: dt.datetime | None,
    *,
    model: str = "none",
    weights: str = "authored",
) -> Screener:
    """Return the screener that the options ask for.

    Tools that speak of rules leave model and weights as they are: what they measure is what the
    analysts wrote.
    """
    return Screener.load(
        rules or None,
        engine=engine.value,
        as_of=None if as_of is None else as_of.date(),
        model=None if model == "none" else model,
        weights=weights,
    )


def check_what_if(fields: FieldsChoice, *, what_if: bool) -> None:
    """Refuse to work out what no row would hold."""
    if what_if and fields is not FieldsChoice.FULL:
        raise typer.BadParameter("--what-if goes with --fields full: other rows do not hold it")


def reaches(level: Level, threshold: Level | None) -> bool:
    """Whether ``level`` is at or above the level of ``--fail-on``."""
    return threshold is not None and level.rank >= threshold.rank
