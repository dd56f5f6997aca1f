"""``offer-screen rules conflicts``: rules that contradict each other."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.analysis.conflicts import Conflict, ConflictKind, Conflicts, find_conflicts
from offer_screen.analysis.samples import FieldNames, read_samples
from offer_screen.cli import options
from offer_screen.cli.rules import data as fields
from offer_screen.cli.rules.app import PackPath, app, check_rules
from offer_screen.cli.terminal import write_result
from offer_screen.rendering.layout import cut
from offer_screen.rendering.view import one_line

_WORDS = 76

_MEANING = {
    ConflictKind.SAME_WORDS: "a red flag and a trust sign rest on the same words",
    ConflictKind.OPPOSITE_STANCE: "one asks that a thing is said, the other that it is denied",
    ConflictKind.CONTRARY_EXAMPLE: "an example of the first fires the second, of contrary type",
    ConflictKind.NEAR_MISS_ELSEWHERE: "a near miss of the first fires the second, of more weight",
    ConflictKind.FLOOR_OVER_TRUST: "the floor of the first leaves the trust sign no say",
    ConflictKind.TRUST_OVER_CRITICAL: "the trust sign lowers the level of a critical red flag",
}


@app.command()
def conflicts(
    path: PackPath = None,
    *,
    data: fields.OptionalData = None,
    kind: Annotated[
        list[ConflictKind] | None, typer.Option("--kind", help="Only this kind; several times.")
    ] = None,
    rule: Annotated[
        str | None, typer.Option("--rule", help="Only the conflicts of this rule.")
    ] = None,
    top: fields.Top = 10,
    text_field: fields.TextField = fields.DEFAULT.text,
    as_of: options.AsOf = None,
    as_json: fields.Json = False,
) -> None:
    """List rules that contradict each other, on the pack's examples and on data."""
    screener = options.load_screener(
        None if path is None else [path], options.EngineChoice.COMPILED, as_of
    )
    check_rules([rule] if rule else (), screener.ruleset)
    result = find_conflicts(screener, read_samples(data or (), FieldNames(text_field)))
    kept = tuple(
        item
        for item in result.conflicts
        if (not kind or item.kind in kind) and (not rule or rule in (item.first, item.second))
    )
    result = result.model_copy(update={"conflicts": kept})
    fields.tell_errors(result.intake)
    shown = f"{result.model_dump_json(indent=2)}\n" if as_json else _shown(result, top)
    write_result(shown, None)


def _shown(result: Conflicts, top: int) -> str:
    data = f" and {fields.about(result.intake)}" if result.intake.files else ""
    head = f"{result.examples:,} examples{data}: {len(result.conflicts):,} conflicts\n"
    blocks = [
        _block(kind, [item for item in result.conflicts if item.kind is kind], top)
        for kind in ConflictKind
    ]
    return "\n".join([head, *(block for block in blocks if block)])


def _block(kind: ConflictKind, found: list[Conflict], top: int) -> str:
    if not found:
        return ""
    lines = [f"{kind}: {_MEANING[kind]} ({len(found):,})"]
    for item in found[:top]:
        known = f" ({item.relation})" if item.relation != "none" else ""
        texts = "1 text" if item.texts == 1 else f"{item.texts:,} texts"
        lines.append(f"  {item.first} / {item.second}: {texts}{known}")
        place = item.places[0]
        lines.append(f"      {one_line(place.where)}: {cut(one_line(place.text), _WORDS)}")
    if len(found) > top:
        lines.append(f"  {len(found) - top:,} more: --top or --json shows them")
    return "".join(f"{line}\n" for line in lines)
