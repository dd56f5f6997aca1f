"""``offer-screen rules test``: the examples of the rules, screened."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.authoring.why import why
from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import PackPath, app, check_rules
from offer_screen.cli.terminal import write_result
from offer_screen.rules.examples import run_examples


@app.command("test")
def examples(
    path: PackPath = None,
    *,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", help="Id of a rule to test; may be given several times."),
    ] = None,
    engine: options.Engine = options.EngineChoice.AUTO,
    as_of: options.AsOf = None,
) -> None:
    """Screen the examples of the rules and report each that does not do as it says."""
    screener = options.load_screener(None if path is None else [path], engine, as_of)
    check_rules(rule or (), screener.ruleset)
    results = run_examples(
        screener.ruleset,
        lambda text: screener.trace(text).fired,
        rules=rule or None,
        explain_failure=lambda failed, text: tuple(why(screener, failed.id, text).when.lines()),
    )
    write_result(f"{results}\n", None)
    raise typer.Exit(ExitCode.OK if results.passed else ExitCode.FINDINGS)
