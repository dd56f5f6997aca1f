"""Evaluations and attack benches as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offer_screen.cli.tables import table
from offer_screen.evaluation.bench_tables import bench_lines, bench_tables
from offer_screen.evaluation.results import AttackBench, Evaluation
from offer_screen.evaluation.tables import Table, head_lines, tables_of
from offer_screen.rendering.view import one_line


def evaluation_tables(result: Evaluation) -> str:
    """Return the tables of an evaluation."""
    return _shown([result.name, *head_lines(result)], tables_of(result))


def attack_tables(result: AttackBench) -> str:
    """Return the tables of an attack bench."""
    return _shown([result.name, *bench_lines(result)], bench_tables(result))


def _shown(lines: Sequence[str], tables: Iterable[Table]) -> str:
    parts = ["".join(f"{one_line(line)}\n" for line in lines)]
    for one in tables:
        rows = ([one_line(cell) for cell in row] for row in one.rows)
        note = f"{one.note}\n" if one.note else ""
        parts.append(f"{one.title}\n{table(one.head, rows)}{note}")
    return "\n".join(parts)
