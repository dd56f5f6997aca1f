"""``offer-screen rules list``: the rules of a pack."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.cli.rules.app import PackPath, app, load
from offer_screen.cli.terminal import write_result
from offer_screen.results import Language


@app.command("list")
def listing(
    path: PackPath = None,
    *,
    lang: Annotated[Language, typer.Option("--lang", help="Language of titles.")] = Language.ID,
) -> None:
    """List the rules of a pack: id, category, severity, weight, status, title."""
    rules = load(path).rules.values()
    longest = max((len(rule.id) for rule in rules), default=0)
    write_result(
        "".join(
            f"{rule.id:<{longest}}  {rule.category:<12} {rule.severity:<8} {rule.weight:>+5.1f}"
            f"  {rule.status:<12} {rule.title.in_language(lang)}\n"
            for rule in sorted(rules, key=lambda rule: (rule.category, rule.id))
        ),
        None,
    )
