"""``offer-screen rules impact``: what a change of the rules does to texts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.analysis.impact import Change, Impact, measure_impact
from offer_screen.analysis.samples import FieldNames, read_samples
from offer_screen.cli import options
from offer_screen.cli.rules import data as fields
from offer_screen.cli.rules.app import app
from offer_screen.cli.tables import table
from offer_screen.cli.terminal import tell, write_result
from offer_screen.rendering.impact import counts, impact_page
from offer_screen.rendering.view import one_line
from offer_screen.values import Level

SHIPPED = "shipped"
_IN_TERMINAL = 20


@app.command()
def impact(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="Folder of the pack of before, or 'shipped'.")
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="Folder of the pack of after, or 'shipped'.")
    ],
    *,
    data: fields.Data,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Also write a page with the changed texts.", dir_okay=False),
    ] = None,
    texts: Annotated[
        int, typer.Option("--texts", min=0, help="Changed texts on the page and in the JSON.")
    ] = 200,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Processes that screen with each pack.")
    ] = 1,
    text_field: fields.TextField = fields.DEFAULT.text,
    label_field: fields.LabelField = fields.DEFAULT.label,
    id_field: fields.IdField = fields.DEFAULT.id,
    as_of: options.AsOf = None,
    as_json: fields.Json = False,
) -> None:
    """Show which texts change level, score or findings, by rule and by label."""
    before, after = (
        options.load_screener(_folder(name), options.EngineChoice.COMPILED, as_of)
        for name in (old, new)
    )
    names = FieldNames(text=text_field, label=label_field, id=id_field)
    result = measure_impact(before, after, read_samples(data, names), workers=workers, keep=texts)
    fields.tell_errors(result.intake)
    if html is not None:
        write_result(impact_page(result), html)
        tell(f"wrote {html}")
    write_result(f"{result.model_dump_json(indent=2)}\n" if as_json else _shown(result), None)


def _folder(name: str) -> list[Path] | None:
    if name == SHIPPED:
        return None
    path = Path(name)
    if not path.is_dir():
        raise typer.BadParameter(f"no folder {name!r}, and not {SHIPPED!r}")
    return [path]


def _shown(result: Impact) -> str:
    parts = [
        f"{fields.about(result.intake)}\n"
        f"{result.changed:,} change: level of {result.level_changed:,}, score of"
        f" {result.score_changed:,}, findings of {result.findings_changed:,}\n"
    ]
    if result.changed:
        parts.extend((_levels(result), _rules(result), _texts(result)))
    return "\n".join(part for part in parts if part)


def _levels(result: Impact) -> str:
    if not result.level_changed:
        return ""
    matrix: Counter[tuple[Level, Level]] = Counter()
    for item in result.transitions:
        matrix[item.before, item.after] += item.texts
    rows = [[before.value, *(f"{matrix[before, after]:,}" for after in Level)] for before in Level]
    moves = [
        [
            one_line(item.label) or "no label",
            f"{item.before} -> {item.after}",
            f"{item.texts:,}",
        ]
        for item in result.transitions
        if item.before is not item.after
    ]
    head = ["before \\ after", *(f">{level}" for level in Level)]
    return f"{table(head, rows)}\n{table(['label', 'level', '>texts'], moves)}"


def _rules(result: Impact) -> str:
    if not result.rules:
        return ""
    rows = [
        [
            item.rule + (f" (only in {item.only_in})" if item.only_in else ""),
            *(
                one_line(counts(part)) if part else "·"
                for part in (item.gained, item.lost, item.moved, item.raised, item.lowered)
            ),
        ]
        for item in result.rules
    ]
    return table(["rule", "found now", "no longer", "other value", "level up", "level down"], rows)


def _texts(result: Impact) -> str:
    shown = result.changes[:_IN_TERMINAL]
    if not shown:
        return ""
    left = result.changed - len(shown)
    more = f"{left:,} more texts change; --html PAGE shows them with their words.\n" if left else ""
    return table(["where", "label", "level", ">points", "rules"], map(_text_row, shown)) + more


def _text_row(change: Change) -> list[str]:
    before, after = change.before, change.after
    level = before.level.value
    if change.steps:
        level += f" -> {after.level}"
    rules = [
        *(f"+{rule}" for rule in change.gained),
        *(f"-{rule}" for rule in change.lost),
        *(f"~{rule}" for rule in change.moved),
    ]
    return [
        one_line(f"{change.file}:{change.line}"),
        one_line(change.label or ""),
        level,
        f"{before.points:.1f} -> {after.points:.1f}",
        " ".join(rules),
    ]
