"""``offer-screen rules test``: the examples of the rules, and variants of them, tried."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.authoring.outcome import Outcome
from offer_screen.authoring.substitutes import Slot
from offer_screen.authoring.trials import try_variants
from offer_screen.authoring.why import why
from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import PackPath, app, check_rules
from offer_screen.cli.terminal import write_result
from offer_screen.rules.examples import run_examples
from offer_screen.values import Fold


@app.command("test")
def examples(
    path: PackPath = None,
    *,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", help="Id of a rule to test; may be given several times."),
    ] = None,
    variants: Annotated[
        bool,
        typer.Option("--variants", help="Also try the examples written so as to dodge filters."),
    ] = False,
    fold: Annotated[
        list[Fold] | None,
        typer.Option("--fold", help="Only this way of writing them; may be given several times."),
    ] = None,
    slot: Annotated[
        list[Slot] | None,
        typer.Option("--slot", help="Only with this exchanged; may be given several times."),
    ] = None,
    all_failures: Annotated[
        bool, typer.Option("--all-failures", help="Show every variant that failed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="The outcome as JSON.")] = False,
    junit: Annotated[
        Path | None,
        typer.Option("--junit", help="Also write the outcome to this file as JUnit XML."),
    ] = None,
    engine: options.Engine = options.EngineChoice.AUTO,
    as_of: options.AsOf = None,
) -> None:
    """Try the examples of the rules and report each that does not do as it says."""
    screener = options.load_screener(None if path is None else [path], engine, as_of)
    check_rules(rule or (), screener.ruleset)
    outcome = Outcome(
        run_examples(
            screener.ruleset,
            lambda text: screener.trace(text).fired,
            rules=rule or None,
            explain_failure=lambda failed, text: tuple(why(screener, failed.id, text).when.lines()),
        ),
        try_variants(
            screener,
            rules=rule or None,
            folds=fold or (() if slot else tuple(Fold)),
            slots=slot or (() if fold else tuple(Slot)),
        )
        if variants or fold or slot
        else None,
    )
    if junit is not None:
        write_result(f"{outcome.to_junit()}\n", junit)
    shown = outcome.to_json() if json else "\n".join(outcome.lines(all_failures=all_failures))
    write_result(f"{shown}\n", None)
    raise typer.Exit(ExitCode.OK if outcome.passed else ExitCode.FINDINGS)
