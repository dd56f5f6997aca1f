"""The model card, filled from runs and never by hand.

Beside the card lies a file with the runs that it was filled from. Who changes the one without the
other is found out by a digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any, Literal

from pydantic import ValidationError

from offer_screen.errors import InputError
from offer_screen.evaluation.results import Evaluation, Plots
from offer_screen.evaluation.tables import Table, head_lines, tables_of
from offer_screen.values import Value

_TEMPLATE = Path(__file__).with_name("card_template.md")
_DIGITS = 6
"""Digits of a number in the file beside the card: more differ between processors."""


class CardRuns(Value):
    """The runs that a card is filled from, in their order."""

    schema_version: Literal[1] = 1
    runs: tuple[Evaluation, ...] = ()

    def with_run(self, result: Evaluation) -> CardRuns:
        """Return the runs with one more; it takes the place of one of its name.

        Runs of another model, pack or weighting do not speak of the same score and are left out.
        """
        kept = [run for run in self.runs if _of(run) == _of(result)]
        slim = _slim(result)
        if all(run.name != result.name for run in kept):
            kept.append(slim)
        return CardRuns(runs=tuple(slim if run.name == result.name else run for run in kept))

    def to_json(self) -> str:
        """Return the runs as the text of a file."""
        given = _rounded(self.model_dump(mode="json"))
        return f"{json.dumps(given, ensure_ascii=False, indent=1)}\n"


def read_runs(path: Path) -> CardRuns:
    """Read the runs beside a card; none if there is no such file.

    Raises:
        InputError: The file cannot be read, or does not hold runs.
    """
    try:
        return CardRuns.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return CardRuns()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except ValidationError as error:
        raise InputError(f"{path}: not the runs of a card: remove it and run anew") from error


def runs_beside(card: Path) -> Path:
    """Return the file of the runs of a card."""
    return card.with_suffix(".json")


def card_of(runs: CardRuns, *, json_name: str) -> str:
    """Return the card.

    Args:
        runs: The runs.
        json_name: Name of the file that holds them.
    """
    first = runs.runs[0]
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        json=json_name,
        digest=hashlib.sha256(runs.to_json().encode()).hexdigest(),
        identity=_identity(first),
        training="\n".join(_training(first)),
        runs="\n\n".join(_run(run) for run in runs.runs),
    )


def _of(run: Evaluation) -> tuple[str | None, str, str]:
    return run.model, run.pack_sha256, run.weighting


def _slim(result: Evaluation) -> Evaluation:
    """Return an evaluation without what a card does not tell."""
    plots = Plots(precision_recall={}, roc={}, calibration=(), histograms=())
    update = {"plots": plots, "rules": ()}
    return Evaluation.model_validate(
        _rounded(result.model_copy(update=update).model_dump(mode="json"))
    )


def _rounded(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return value


def _identity(run: Evaluation) -> str:
    model = f"`{run.model}`" if run.model else "none: rules only"
    return (
        f"| | |\n| --- | --- |\n| classifier | {model} |\n"
        f"| rule pack | {run.pack}, `{run.pack_sha256}` |\n| weights | {run.weighting} |\n"
        f"| library | {run.library} |\n| reference values as of | {run.as_of} |"
    )


def _training(run: Evaluation) -> Iterator[str]:
    if run.training is None:
        yield "Nothing: this is the score of the rules alone."
        return
    yield "| source | texts | digest |\n| --- | ---: | --- |"
    for source in run.training.sources:
        yield f"| {_cell(source.name)} | {source.texts:,} | `{source.sha256[:16]}` |"
    yield ""
    settings = ", ".join(f"{name} {value}" for name, value in run.training.settings.items())
    yield f"{run.features:,} features. Settings: {_cell(settings)}."


def _run(run: Evaluation) -> str:
    lines = "\n".join(f"{_cell(line)}  " for line in head_lines(run))
    tables = "\n\n".join(_table(table) for table in tables_of(run))
    return f"## Figures: {_cell(run.name)}\n\n{lines}\n\n{tables}"


def _table(table: Table) -> str:
    head = " | ".join(_cell(title.removeprefix(">")) for title in table.head)
    marks = " | ".join("---:" if title.startswith(">") else "---" for title in table.head)
    rows = "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in table.rows)
    note = f"\n\n{_cell(table.note)}" if table.note else ""
    return f"### {_cell(table.title)}\n\n| {head} |\n| {marks} |\n{rows}{note}"


def _cell(words: str) -> str:
    """Return words so that Markdown shows exactly them in a cell."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(words.split()))


_MARKUP = re.compile(r"[\\`*_{}<>|#]")
