"""Plain tables for the terminal: aligned, and the same in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offer_screen.rendering.layout import columns


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return a table; columns whose head begins with ``>`` are aligned to the right.

    >>> table(["rule", ">hits"], [["fee-upfront", "12"]])
    'rule         hits\nfee-upfront    12\n'
    """
    right = [title.startswith(">") for title in head]
    lines = [[title.removeprefix(">") for title in head], *map(list, rows)]
    widths = [max(columns(line[at]) for line in lines) for at in range(len(head))]
    return "".join(_line(line, widths, right) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    shown = []
    for cell, width, to_right in zip(cells, widths, right, strict=True):
        blank = " " * (width - columns(cell))
        shown.append(blank + cell if to_right else cell + blank)
    return "  ".join(shown).rstrip() + "\n"


def percent(value: float | None) -> str:
    """Return a share in percent; a dash when there is none."""
    return "-" if value is None else f"{100 * value:.1f}%"
