"""``offer-screen rules lint``: what is wrong or doubtful in a pack."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.cli import options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import PackPath, app, load
from offer_screen.cli.terminal import tell, write_result
from offer_screen.errors import MissingExtra
from offer_screen.rules.conformance import load_conformance
from offer_screen.rules.lint import CHECKS, Check, Issue, IssueSeverity
from offer_screen.rules.lint import lint as lint_ruleset
from offer_screen.rules.loader import shipped_pack


class Layout(StrEnum):
    """How issues are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command()
def lint(
    path: PackPath = None,
    *,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="First mend what needs no judgement: layout, dates, doubles."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 for warnings too, not only for errors.")
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Also print what only reminds: aged reference values.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also print what stands in the packs that PATH extends.")
    ] = False,
    layout: Annotated[
        Layout, typer.Option("--format", help="Lines of text, JSON, or annotations of GitHub.")
    ] = Layout.TEXT,
    list_checks: Annotated[
        bool, typer.Option("--list", help="Print the checks and leave.")
    ] = False,
    as_of: options.AsOf = None,
) -> None:
    """Load a pack and report what is wrong or doubtful in it."""
    checks = (*CHECKS, *_layout_checks())
    if list_checks:
        write_result("".join(f"{_in_list(check)}\n" for check in checks), None)
        raise typer.Exit(ExitCode.OK)
    if fix:
        _mend(path or shipped_pack())
    ruleset = load(path)
    day = as_of.date() if as_of else None
    load_conformance(ruleset)  # what its sets name is checked like the rest of the pack
    within = None if everything else path
    found = lint_ruleset(ruleset, as_of=day, checks=checks, within=within)
    count = {
        severity: sum(issue.severity is severity for issue in found) for severity in IssueSeverity
    }
    shown = [issue for issue in found if notes or issue.severity is not IssueSeverity.NOTE]
    write_result(_written(shown, layout), None)
    tell(
        f"{len(ruleset.rules)} rules, {len(ruleset.signals)} signals, {len(checks)} checks: "
        + ", ".join(f"{number} {severity.value}s" for severity, number in count.items())
    )
    failed = count[IssueSeverity.ERROR] or (strict and count[IssueSeverity.WARNING])
    raise typer.Exit(ExitCode.FINDINGS if failed else ExitCode.OK)


def _layout_checks() -> tuple[type[Check], ...]:
    """Return the checks that need an extra of the library, if it is there."""
    try:
        from offer_screen.authoring.layout_check import LAYOUT_CHECKS  # noqa: PLC0415  (an extra)
    except MissingExtra:
        return ()
    return LAYOUT_CHECKS


def _mend(root: Path) -> None:
    from offer_screen.authoring.mending import mend_pack  # noqa: PLC0415  (an extra)

    for file in mend_pack(root):
        if file.changed:
            file.write()
            tell(f"mended {file.shown}")


def _in_list(check: type[Check]) -> str:
    return f"{check.code} {check.severity.value:7} {check.meaning} ({check.recommendation})"


def _written(issues: Iterable[Issue], layout: Layout) -> str:
    if layout is Layout.JSON:
        listed = [_as_json(issue) for issue in issues]
        return json.dumps({"issues": listed}, indent=2, ensure_ascii=False) + "\n"
    write = _annotation if layout is Layout.GITHUB else str
    return "".join(f"{write(issue)}\n" for issue in issues)


def _as_json(issue: Issue) -> dict[str, object]:
    place = issue.location
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        "subject": str(issue.subject),
        "message": issue.message,
        "recommendation": issue.recommendation,
        "file": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def _annotation(issue: Issue) -> str:
    kind = "notice" if issue.severity is IssueSeverity.NOTE else issue.severity.value
    place = issue.location
    where = f"file={_escaped(place.path)},line={place.line},col={place.column}," if place else ""
    message = _escaped(f"{issue.subject}: {issue.message} ({issue.recommendation})")
    return f"::{kind} {where}title={issue.code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
