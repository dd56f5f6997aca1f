"""An attack bench as tables of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offer_screen.evaluation.attack_results import AttackResult, Gap, Stage
from offer_screen.evaluation.figures import Figure
from offer_screen.evaluation.results import AttackBench
from offer_screen.evaluation.tables import Table, made_of, percent, rate, table_of_bars
from offer_screen.values import Level

_SHOWN = 6
"""So many attacks of a family are shown, those that cost most first."""

_TWO = (Level.HIGH, Level.CAUTION)


def bench_tables(result: AttackBench) -> tuple[Table, ...]:
    """Return the tables that have rows."""
    tables = (
        _families(result),
        *(_family(name, items) for name, items in result.families.items()),
        _search(result),
        table_of_bars(result.bars),
    )
    return tuple(table for table in tables if table.rows)


def bench_lines(result: AttackBench) -> tuple[str, ...]:
    """Return what the bench was made of."""
    return (
        *made_of(result),
        f"{result.attacked:,} positives attacked. 95% intervals: {result.replicates:,} resamples of"
        f" families (seed {result.seed}).",
        *(f"{note}." for note in result.notes),
    )


def _families(result: AttackBench) -> Table:
    rows = []
    for name, items in result.families.items():
        if items:
            worst = _worst_first(items)[0]
            rows.append((name, f"{len(items)}", worst.name, *_recall(worst, Level.HIGH)))
    return Table(
        name="families",
        title="The worst of each family, at high or above",
        head=("family", ">ways", "worst", ">before", ">after", "points lost [95%]", ">escaped"),
        rows=tuple(rows),
        note="Escaped is the share of the texts at the level that no longer reach it, which no gain"
        " elsewhere hides.",
    )


def _family(name: str, items: Sequence[AttackResult]) -> Table:
    shown = _worst_first(items)[:_SHOWN]
    left = len(items) - len(shown)
    return Table(
        name=name,
        title=f"Family: {name}",
        head=(
            *("attack", ">texts"),
            *(
                f"{mark}{level}+ {column}"
                for level in _TWO
                for mark, column in ((">", "before"), (">", "after"), ("", "lost [95%]"))
            ),
            *("critical below high", "held by", "gave way"),
        ),
        rows=tuple(
            (
                item.name,
                f"{item.texts:,}",
                *(cell for level in _TWO for cell in _recall(item, level)[:3]),
                "n/a" if item.fallen is None else f"{item.fallen.hits} of {item.fallen.of}",
                ", ".join(f"{stage} {item.held[stage]}" for stage in Stage if stage in item.held),
                ", ".join(f"{gap} {item.gave_way[gap]}" for gap in Gap if gap in item.gave_way),
            )
            for item in shown
        ),
        note=f"{left} ways that cost no more are left out here; JSON holds them." if left else "",
    )


def _recall(item: AttackResult, level: Level) -> tuple[str, str, str, str]:
    return (
        percent(item.before[level].value),
        percent(item.after[level].value),
        points(item.lost[level]),
        percent(item.escaped[level].value),
    )


def points(value: Figure) -> str:
    """Return a share in points of a hundred, with its interval."""
    if value.value is None:
        return "n/a"
    found = f"{100 * value.value:.1f}"
    if value.low is None or value.high is None:
        return found
    return f"{found} [{100 * value.low:.1f}, {100 * value.high:.1f}]"


def _worst_first(items: Sequence[AttackResult]) -> list[AttackResult]:
    return sorted(items, key=lambda item: -(item.lost[Level.HIGH].value or 0.0))


def _search(result: AttackBench) -> Table:
    return Table(
        name="needed",
        title="What the search needed",
        head=("what", "value"),
        rows=tuple(_needed(result)),
        note="Each edit leaves the text readable: one letter of a word, a word parted, glued,"
        " disguised or swapped for a short form or its English, a harmless sentence added.",
    )


def _needed(result: AttackBench) -> Iterator[tuple[str, str]]:
    found = result.search
    if found is None:
        return
    budget = found.budget
    yield (
        "a text allows",
        f"edits of {percent(budget.share)} of its words, of them at most {budget.sentences}"
        f" sentences added; {budget.screens} screens",
    )
    yield "texts at high or above", f"{found.texts:,}"
    yield "brought below high", rate(found.success)
    if found.edits is not None and found.words is not None:
        yield "edits, median of successes", f"{found.edits:g} in {found.words:g} words"
    if found.screens is not None:
        yield "screens, median", f"{found.screens:g}"
    if found.ways:
        ways = ", ".join(f"{way} {count}" for way, count in found.ways.items())
        yield "edits of successes", ways
