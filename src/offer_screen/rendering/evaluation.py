"""An evaluation as one HTML page that needs no network, no script and no other file.

Names of sources and channels come from data files: all words pass ``escape``, and a content policy
forbids scripts and requests.
"""

from __future__ import annotations

from collections.abc import Mapping

from offer_screen.evaluation.results import Evaluation
from offer_screen.evaluation.tables import Table, head_lines, tables_of
from offer_screen.rendering.html import escape
from offer_screen.rendering.style import CSS

_STYLE = """
body{max-width:76rem}table{font-size:.875rem}.wide{overflow-x:auto}
thead th,thead th:last-child{text-align:left}thead th.n,thead th.n:last-child{text-align:right}
figure{margin:1rem 0;background:#fff;border-radius:.5rem;padding:.5rem}
figure svg{max-width:100%;height:auto}
td{white-space:nowrap}td:first-child{white-space:normal}
"""

_BESIDE = {
    "systems": ("precision-recall", "roc"),
    "figures": ("calibration", "scores"),
    "kinds": ("kinds",),
    "rewriting": ("rewriting",),
    "curve": ("learning-curve",),
}
"""Plots that stand below a table."""


def evaluation_page(result: Evaluation, plots: Mapping[str, str]) -> str:
    """Return the page.

    Args:
        result: The evaluation.
        plots: SVG elements by name, as ``offer_screen.evaluation.plots`` draws them.
    """
    title = f"Evaluation: {result.name}"
    tables = tables_of(result, everything=True)
    body = "\n".join(_section(table, plots) for table in tables)
    links = " ".join(
        f'<a href="#{escape(table.name)}">{escape(table.title)}</a>' for table in tables
    )
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in head_lines(result))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{CSS}{_STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{escape(title)}</h1>\n{lines}\n<nav>{links}</nav>\n</header>\n"
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _section(table: Table, plots: Mapping[str, str]) -> str:
    classes = [' class="n"' if title.startswith(">") else "" for title in table.head]
    head = "".join(
        f'<th scope="col"{mark}>{escape(title.removeprefix(">"))}</th>'
        for title, mark in zip(table.head, classes, strict=True)
    )
    rows = "\n".join(
        "<tr>"
        + "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(row, classes, strict=True))
        + "</tr>"
        for row in table.rows
    )
    note = f'<p class="soft">{escape(table.note)}</p>\n' if table.note else ""
    figures = "\n".join(
        f"<figure>{plots[name]}</figure>" for name in _BESIDE.get(table.name, ()) if name in plots
    )
    return (
        f'<section id="{escape(table.name)}">\n<h2>{escape(table.title)}</h2>\n{note}'
        f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
        f"</table></div>\n{figures}\n</section>"
    )
