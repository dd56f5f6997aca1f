"""``offer-screen spark``: Parquet in, Parquet out, on as many machines as Spark has."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.cli import options
from offer_screen.cli.batch import summarise
from offer_screen.spark import Wanted, screen_parquet, spark_session


def spark(
    source: Annotated[str, typer.Argument(metavar="IN", help="File or folder of Parquet.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="Folder that is not there yet.")],
    *,
    text_field: options.TextField = "text",
    id_field: options.IdField = "id",
    fields: options.Fields = options.FieldsChoice.MINIMAL,
    what_if: options.WhatIf = False,
    redact: options.Redact = False,
    partitions: Annotated[
        int | None,
        typer.Option(min=1, help="Tasks to share the rows among; else as Spark splits the files."),
    ] = None,
    rules: options.Rules = None,
    engine: options.Engine = options.EngineChoice.AUTO,
    as_of: options.AsOf = None,
    model: options.Model = "auto",
    weights: options.Weights = "fitted",
) -> None:
    """Screen Parquet on Apache Spark: the rows of `batch`, in a folder of Parquet."""
    options.check_what_if(fields, what_if=what_if)
    screener = options.load_screener(rules, engine, as_of, model=model, weights=weights)
    wanted = Wanted(
        text_field=text_field,
        id_field=id_field,
        fields=fields.value,
        what_if=what_if,
        redact=redact,
    )
    session = spark_session()
    try:
        tally = screen_parquet(session, source, target, screener, wanted, partitions=partitions)
    finally:
        session.stop()
    summarise(*tally)
