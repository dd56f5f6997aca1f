"""``offer-screen rules why``: why a rule fires on a text, or why not."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.authoring.why import why as explain
from offer_screen.cli import options
from offer_screen.cli.rules.app import app, check_rules
from offer_screen.cli.screen import read_offer
from offer_screen.cli.terminal import write_result


@app.command()
def why(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id of the rule.")],
    offer: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|FILE|-", help="The text itself, a file that holds it, or - for stdin."
        ),
    ],
    *,
    rules: options.Rules = None,
    as_of: options.AsOf = None,
    json: Annotated[bool, typer.Option("--json", help="The whole tree as JSON.")] = False,
) -> None:
    """Show the condition of a rule as a tree: which branches hold where, and what came nearest."""
    text = read_offer(offer)
    screener = options.load_screener(rules, options.EngineChoice.COMPILED, as_of)
    check_rules([rule], screener.ruleset)
    explanation = explain(screener, rule, text)
    shown = explanation.model_dump_json(indent=2) if json else str(explanation)
    write_result(f"{shown}\n", None)
