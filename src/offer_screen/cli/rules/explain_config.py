"""``offer-screen rules explain-config``: which file each value of a pack came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from offer_screen.cli import options
from offer_screen.cli.rules.app import app
from offer_screen.cli.terminal import tell, write_result
from offer_screen.rules.provenance import Explanation, Origin, explain_config
from offer_screen.rules.source import Plain
from offer_screen.rules.validation import suggestion

_SHOWN = 60


@app.command("explain-config")
def explain(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Id of a rule, signal, word class, short form, advice, question or reference file,"
            " or 'pack', 'kinds' or 'stance': all its values. Left out: all that layers change.",
            show_default=False,
        ),
    ] = None,
    *,
    rules: options.Rules = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say which file each value came from, and what it took the place of."""
    try:
        found = explain_config(rules or None, name)
    except KeyError as error:
        hint = suggestion(str(name), error.args[1])
        raise typer.BadParameter(f"nothing in the pack is called '{name}': {hint}") from None
    if as_json:
        content = [_as_data(explanation) for explanation in found]
        write_result(f"{json.dumps(content, ensure_ascii=False, indent=2, default=str)}\n", None)
        return
    write_result("".join(f"{line}\n" for each in found for line in _lines(each)), None)
    if not found:
        tell("no layer changes anything")


def _lines(explanation: Explanation) -> Iterator[str]:
    name = f"{explanation.section} {explanation.name}"
    if explanation.section == explanation.name:
        name = explanation.name
    if explanation.disabled is not None:
        yield f"{name}: disabled: {explanation.disabled.value}  [{explanation.disabled}]"
        return
    yield f"{name}: added by {explanation.added_by}" if explanation.added_by else name
    for setting in explanation.settings:
        yield _line(setting.path, setting.origin)
        for old in setting.overrode:
            yield f"      was {_short(old.value)}  [{old}]"


def _line(path: str, origin: Origin) -> str:
    label = f"{path}: " if path else ""
    return f"  {label}{_short(origin.value)}  [{origin}]"


def _short(value: Plain) -> str:
    shown = value if isinstance(value, str) else _json(value)
    shown = " ".join(shown.split())
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _as_data(explanation: Explanation) -> dict[str, object]:
    disabled = explanation.disabled
    return {
        "section": explanation.section,
        "name": explanation.name,
        "added_by": explanation.added_by,
        "disabled": None if disabled is None else _origin_data(disabled),
        "settings": [
            {
                "path": setting.path,
                **_origin_data(setting.origin),
                "overrode": _all_data(setting.overrode),
            }
            for setting in explanation.settings
        ],
    }


def _all_data(origins: Iterable[Origin]) -> list[dict[str, object]]:
    return [_origin_data(origin) for origin in origins]


def _origin_data(origin: Origin) -> dict[str, object]:
    return {"value": origin.value, "file": origin.file, "line": origin.line}
