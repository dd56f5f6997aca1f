"""``offer-screen rules list``: the rules of a pack."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from offer_screen.authoring.selection import Selection, select
from offer_screen.cli.rules.app import PackPath, app, load
from offer_screen.cli.terminal import tell, write_result
from offer_screen.results import FindingType
from offer_screen.rules.schema import ILO_INDICATORS, PALERMO_ELEMENTS, Rule, Status
from offer_screen.values import Language, Severity


@app.command("list")
def listing(
    path: PackPath = None,
    *,
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only this category; repeatable.")
    ] = None,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Only this status; repeatable.")
    ] = None,
    severity: Annotated[
        list[Severity] | None, typer.Option("--severity", help="Only this severity; repeatable.")
    ] = None,
    type_: Annotated[
        list[FindingType] | None, typer.Option("--type", help="Only this type; repeatable.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", help="Only with this ILO, Palermo or seed tag; repeatable."),
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of titles.")] = Language.ID,
    as_json: Annotated[bool, typer.Option("--json", help="The rules as JSON.")] = False,
) -> None:
    """List the rules of a pack: id, category, severity, weight, status, title."""
    ruleset = load(path)
    _check("category", category, list(ruleset.pack.categories))
    _check("tag", tag, _TAGS)
    rules = select(
        ruleset,
        Selection(category or (), status or (), severity or (), type_ or (), tag or ()),
    )
    write_result(_as_json(rules, lang) if as_json else _as_text(rules, lang), None)
    if category or status or severity or type_ or tag:
        tell(f"{len(rules)} of {len(ruleset.rules)} rules")


_TAGS = (*ILO_INDICATORS, *PALERMO_ELEMENTS, "pay", "process", "cost", "skills")


def _check(option: str, given: Sequence[str] | None, known: Sequence[str]) -> None:
    for name in given or ():
        if name not in known:
            raise typer.BadParameter(
                f"no {option} {name!r}; known: {', '.join(known)}", param_hint=f"--{option}"
            )


def _as_text(rules: Sequence[Rule], lang: Language) -> str:
    longest = max((len(rule.id) for rule in rules), default=0)
    return "".join(
        f"{rule.id:<{longest}}  {rule.category:<12} {rule.severity:<8} {rule.weight:>+5.1f}"
        f"  {rule.status:<12} {rule.title.in_language(lang)}\n"
        for rule in rules
    )


def _as_json(rules: Sequence[Rule], lang: Language) -> str:
    content = [
        {
            "id": rule.id,
            "type": rule.type,
            "category": rule.category,
            "severity": rule.severity,
            "specificity": rule.specificity,
            "weight": rule.weight,
            "status": rule.status,
            "title": rule.title.in_language(lang),
            "tags": rule.tags.model_dump(),
        }
        for rule in rules
    ]
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n"
