"""``offer-screen rules fired``: the rules behind the report of one text, by id."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.cli import options
from offer_screen.cli.rules.app import app
from offer_screen.cli.screen import read_offer
from offer_screen.cli.terminal import write_result
from offer_screen.rendering import fired_lines


@app.command()
def fired(
    offer: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|FILE|-", help="The text itself, a file that holds it, or - for stdin."
        ),
    ],
    *,
    rules: options.Rules = None,
    as_of: options.AsOf = None,
) -> None:
    """List the rules that a text fires: what each adds to the score, and the words it rests on."""
    text = read_offer(offer)
    report = options.load_screener(rules, options.EngineChoice.COMPILED, as_of).screen(text)
    write_result("".join(f"{line}\n" for line in fired_lines(report, text)), None)
