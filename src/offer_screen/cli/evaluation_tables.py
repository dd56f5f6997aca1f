"""An evaluation as tables for the terminal."""

from __future__ import annotations

from offer_screen.cli.tables import table
from offer_screen.evaluation.results import Evaluation
from offer_screen.evaluation.tables import head_lines, tables_of
from offer_screen.rendering.view import one_line


def evaluation_tables(result: Evaluation) -> str:
    """Return the tables."""
    parts = ["".join(f"{one_line(line)}\n" for line in (result.name, *head_lines(result)))]
    for one in tables_of(result):
        rows = ([one_line(cell) for cell in row] for row in one.rows)
        note = f"{one.note}\n" if one.note else ""
        parts.append(f"{one.title}\n{table(one.head, rows)}{note}")
    return "\n".join(parts)
