"""``offer-screen rules coverage``: a pack held against a conformance set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from offer_screen.authoring.coverage import Cover, Coverage, ItemCoverage, measure_coverage
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import PackPath, app, load
from offer_screen.cli.terminal import write_result
from offer_screen.rules.conformance import load_conformance
from offer_screen.values import Language

_MARKS = {Cover.COVERED: "ok", Cover.ON_TRIAL: "trial", Cover.GAP: "GAP"}


@app.command()
def coverage(
    path: PackPath = None,
    *,
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against", help="Id of a conformance set; may be given several times. Default: all."
        ),
    ] = None,
    examples: Annotated[
        int, typer.Option("--examples", min=0, help="Examples to show for each rule.")
    ] = 0,
    gaps: Annotated[bool, typer.Option("--gaps", help="Show only what is not covered.")] = False,
    lang: Annotated[Language, typer.Option("--lang", help="Language of titles.")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    fail_on_gap: Annotated[
        bool, typer.Option("--fail-on-gap", help="Exit with 1 if an item is not covered.")
    ] = False,
) -> None:
    """Say which items of a framework are covered, by which rules, and which are gaps."""
    ruleset = load(path)
    sets = load_conformance(ruleset)
    unknown = [name for name in against or () if name not in sets]
    if unknown:
        raise typer.BadParameter(
            f"no conformance set {', '.join(map(repr, unknown))}; there are:"
            f" {', '.join(sets) or 'none'}",
            param_hint="--against",
        )
    chosen = [measure_coverage(ruleset, sets[name]) for name in against or sets]
    if as_json:
        content = [_as_data(result, lang) for result in chosen]
        write_result(f"{json.dumps(content, ensure_ascii=False, indent=2)}\n", None)
    else:
        blocks = [
            "".join(f"{line}\n" for line in _lines(result, lang, examples, only_gaps=gaps))
            for result in chosen
        ]
        write_result("\n".join(blocks), None)
    failed = fail_on_gap and any(result.gaps for result in chosen)
    raise typer.Exit(ExitCode.FINDINGS if failed else ExitCode.OK)


def _lines(result: Coverage, lang: Language, examples: int, *, only_gaps: bool) -> Iterator[str]:
    yield (
        f"{result.id}: {result.title.in_language(lang)}: "
        f"{result.covered} of {len(result.items)} covered"
    )
    for item in result.gaps if only_gaps else result.items:
        yield f"  {_MARKS[item.cover]:<6}{item.id}: {item.title.in_language(lang)}"
        if item.note:
            yield f"          note: {item.note}"
        for answer in item.answers:
            count = f"{len(answer.examples)} examples" if answer.examples else "asks when unstated"
            yield f"        {answer.rule} ({answer.status}, {count})"
            for text in answer.examples[:examples]:
                yield f"          '{' '.join(text.split())}'"


def _as_data(result: Coverage, lang: Language) -> dict[str, object]:
    return {
        "set": result.id,
        "title": result.title.in_language(lang),
        "sources": list(result.sources),
        "covered": result.covered,
        "total": len(result.items),
        "items": [_item_as_data(item, lang) for item in result.items],
    }


def _item_as_data(item: ItemCoverage, lang: Language) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title.in_language(lang),
        "cover": item.cover.value,
        "note": item.note,
        "rules": [
            {
                "id": answer.rule,
                "title": answer.title.in_language(lang),
                "status": answer.status,
                "examples": list(answer.examples),
            }
            for answer in item.answers
        ],
    }
