"""``offer-screen rules lint``: what is wrong or doubtful in a pack."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import PackPath, app, load
from offer_screen.cli.terminal import tell, write_result
from offer_screen.rules.checks import lint as lint_ruleset


@app.command()
def lint(
    path: PackPath = None,
    *,
    notes: Annotated[
        bool, typer.Option("--notes", help="Also print what only reminds: aged reference values.")
    ] = False,
) -> None:
    """Load a pack and report what is wrong or doubtful in it."""
    ruleset = load(path)
    found = lint_ruleset(ruleset)
    issues = [issue for issue in found if not issue.note]
    shown = found if notes else issues
    write_result("".join(f"{issue}\n" for issue in shown), None)
    tell(
        f"{len(ruleset.rules)} rules, {len(ruleset.signals)} signals, {len(issues)} issues,"
        f" {len(found) - len(issues)} notes"
    )
    raise typer.Exit(ExitCode.FINDINGS if issues else ExitCode.OK)
