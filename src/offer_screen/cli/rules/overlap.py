"""``offer-screen rules overlap``: pairs of rules that fire on the same texts."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.analysis.overlap import Overlap, measure_overlap
from offer_screen.analysis.samples import FieldNames, read_samples
from offer_screen.cli import options
from offer_screen.cli.rules import data as fields
from offer_screen.cli.rules.app import PackPath, app, check_rules
from offer_screen.cli.tables import percent, table
from offer_screen.cli.terminal import write_result


@app.command()
def overlap(
    path: PackPath = None,
    *,
    data: fields.OptionalData = None,
    rule: Annotated[str | None, typer.Option("--rule", help="Only the pairs of this rule.")] = None,
    at_least: Annotated[
        int, typer.Option("--at-least", min=1, help="Texts that a pair must share.")
    ] = 3,
    top: fields.Top = 30,
    text_field: fields.TextField = fields.DEFAULT.text,
    as_of: options.AsOf = None,
    as_json: fields.Json = False,
) -> None:
    """List pairs of rules that fire together, in the pack's examples or in data."""
    screener = options.load_screener(
        None if path is None else [path], options.EngineChoice.COMPILED, as_of
    )
    check_rules([rule] if rule else (), screener.ruleset)
    samples = read_samples(data, FieldNames(text_field)) if data else None
    result = measure_overlap(screener, samples, at_least=at_least)
    if rule:
        kept = tuple(pair for pair in result.pairs if rule in (pair.first, pair.second))
        result = result.model_copy(update={"pairs": kept})
    fields.tell_errors(result.intake)
    shown = f"{result.model_dump_json(indent=2)}\n" if as_json else _table(result, top)
    write_result(shown, None)


def _table(result: Overlap, top: int) -> str:
    where = fields.about(result.intake) if result.over == "data" else "the pack's own examples"
    if not result.pairs:
        return f"{where}: no pairs fire together often enough.\n"
    rows = [
        [
            pair.first,
            pair.second,
            f"{pair.both:,}",
            f"{pair.first_hits:,}",
            f"{pair.second_hits:,}",
            f"{pair.jaccard:.2f}",
            percent(pair.containment),
            f"{pair.lift:.1f}",
            " ".join(
                [
                    *(["same cap"] if pair.same_category else []),
                    *([pair.relation] if pair.relation != "none" else []),
                ]
            ),
        ]
        for pair in result.pairs[:top]
    ]
    head = ["rule", "with", ">both", ">rule", ">with", ">Jaccard", ">contained", ">lift", ""]
    left = len(result.pairs) - len(rows)
    more = f"\n{left:,} more pairs: --top shows them.\n" if left else ""
    return f"{where}\n\n{table(head, rows)}{more}"
