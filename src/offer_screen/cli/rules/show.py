"""``offer-screen rules show``: everything about one rule."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.authoring.show import describe_rule
from offer_screen.cli import options
from offer_screen.cli.rules.app import app, check_rules
from offer_screen.cli.terminal import write_result
from offer_screen.rules.loader import load_ruleset
from offer_screen.values import Language


@app.command()
def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id of the rule.")],
    *,
    rules: options.Rules = None,
    lang: Annotated[
        Language, typer.Option("--lang", help="Language of titles and advice.")
    ] = Language.ID,
    json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show a rule: its condition with all phrases, what it adds, its sources and advice."""
    ruleset = load_ruleset(rules or None)
    check_rules([rule], ruleset)
    description = describe_rule(ruleset, rule, lang=lang)
    shown = description.model_dump_json(indent=2) if json else str(description)
    write_result(f"{shown}\n", None)
