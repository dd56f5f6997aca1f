"""``offer-screen rules``: check a rule pack, run its examples, list its rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.terminal import tell, write_result
from offer_screen.results import Language
from offer_screen.rules.checks import lint as lint_ruleset
from offer_screen.rules.examples import run_examples
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import rule_schema

app = typer.Typer(help="Check, test and list the rules of a pack.", no_args_is_help=True)

PackPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PATH]",
        help="Folder of the rule pack; the shipped one if not given.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]


@app.command()
def lint(
    path: PackPath = None,
    *,
    notes: Annotated[
        bool, typer.Option("--notes", help="Also print what only reminds: aged reference values.")
    ] = False,
) -> None:
    """Load a pack and report what is wrong or doubtful in it."""
    ruleset = _load(path)
    found = lint_ruleset(ruleset)
    issues = [issue for issue in found if not issue.note]
    shown = found if notes else issues
    write_result("".join(f"{issue}\n" for issue in shown), None)
    tell(
        f"{len(ruleset.rules)} rules, {len(ruleset.signals)} signals, {len(issues)} issues,"
        f" {len(found) - len(issues)} notes"
    )
    raise typer.Exit(ExitCode.FINDINGS if issues else ExitCode.OK)


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
    unknown = [name for name in rule or () if name not in screener.ruleset.rules]
    if unknown:
        raise typer.BadParameter(f"no rule {', '.join(map(repr, unknown))} in the pack")
    results = run_examples(screener.ruleset, screener.screen, rules=rule or None)
    write_result(f"{results}\n", None)
    raise typer.Exit(ExitCode.OK if results.passed else ExitCode.FINDINGS)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a rule file, for completion in editors."""
    write_result(f"{rule_schema()}\n", None)


@app.command("list")
def listing(
    path: PackPath = None,
    *,
    lang: Annotated[Language, typer.Option("--lang", help="Language of titles.")] = Language.ID,
) -> None:
    """List the rules of a pack: id, category, severity, weight, status, title."""
    rules = _load(path).rules.values()
    longest = max((len(rule.id) for rule in rules), default=0)
    write_result(
        "".join(
            f"{rule.id:<{longest}}  {rule.category:<12} {rule.severity:<8} {rule.weight:>+5.1f}"
            f"  {rule.status:<12} {rule.title.in_language(lang)}\n"
            for rule in sorted(rules, key=lambda rule: (rule.category, rule.id))
        ),
        None,
    )


def _load(path: Path | None) -> RuleSet:
    return load_ruleset(None if path is None else [path])
