"""An evaluation as tables of words: the same for the terminal, the page and the card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.evaluation.results import (
    AttackBench,
    BarResult,
    Evaluation,
    Reached,
    SliceFigures,
)
from offer_screen.values import Level, Value

LEAST_SHOWN = 20
"""Slices of fewer texts have intervals that say nothing."""

METRICS: Mapping[str, str] = {
    "auroc": "AUROC",
    "average_precision": "PR-AUC",
    "recall_at_0.001": "recall at 0.1% false alarms",
    "recall_at_0.01": "recall at 1% false alarms",
    "recall_at_0.05": "recall at 5% false alarms",
    "subtle_recall_at_0.02": "recall of subtle ones at 2% false alarms",
    "precision": "precision at high or above",
    "recall": "recall at high or above",
    "f1": "F1 at high or above",
    "false_alarm_rate": "false alarms at high or above",
    "brier": "Brier score",
    "log_loss": "log loss",
    "calibration_error": "calibration error (ECE, 15 bins)",
    "kind_accuracy": "accuracy of kinds",
    "kind_macro_f1": "macro F1 of kinds",
}
"""Metrics in the order in which they are told."""

_IN_OVERVIEW = {
    "auroc": "AUROC",
    "average_precision": "PR-AUC",
    "recall_at_0.01": "recall at 1% FA",
    "f1": "F1",
    "brier": "Brier",
    "calibration_error": "ECE",
}
_TWO = (Level.CAUTION, Level.HIGH)


class Table(Value):
    """A table.

    Attributes:
        name: Short name.
        title: What it shows.
        head: Titles of the columns; those that begin with ``>`` are aligned to the right.
        rows: The cells.
        note: How to read it.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables_of(result: Evaluation, *, everything: bool = False) -> tuple[Table, ...]:
    """Return the tables that have rows.

    Args:
        result: The evaluation.
        everything: Also slices of few texts, and what each rule does.
    """
    tables = [
        _figures(result),
        _levels(result),
        table_of_bars(result.bars),
        _systems(result),
        _comparisons(result),
        _slices(result, least=0 if everything else LEAST_SHOWN),
        _claims(result),
        _attacks(result),
        _predictable(result),
        _matched(result),
        _leakage(result),
        _curve(result),
        _kinds(result),
        *([_rules(result)] if everything else []),
    ]
    return tuple(table for table in tables if table.rows)


def head_lines(result: Evaluation) -> tuple[str, ...]:
    """Return what the evaluation was made of."""
    return (
        *made_of(result),
        f"95% intervals: percentiles of {result.replicates:,} resamples of families (seed"
        f" {result.seed}); of shares, Clopper-Pearson over the effective number of texts.",
        *(f"Not measured: {reason}." for reason in result.left_out),
        *(f"{note}." for note in result.notes),
    )


def made_of(result: Evaluation | AttackBench) -> tuple[str, str]:
    """Return which texts were read, and what screened them."""
    sources = result.sources
    errors = sum(sources.errors.values())
    aside = sum(sources.aside.values())
    parts = [
        f"{sources.texts:,} texts of {sources.families:,} families",
        f"{sources.positives:,} positive",
        *([f"{aside:,} aside for their label"] if aside else []),
        *([f"{errors:,} bad records"] if errors else []),
    ]
    model = result.model[:12] if result.model else "none (rules only)"
    return (
        f"{', '.join(parts)}.",
        f"Pack {result.pack} ({result.pack_sha256[:12]}), model {model}, weights"
        f" {result.weighting}, library {result.library}, as of {result.as_of}.",
    )


def figure(value: Figure | None) -> str:
    """Return a figure with its interval in three digits."""
    if value is None or value.value is None:
        return "n/a"
    if value.low is None or value.high is None:
        return f"{value.value:.3f}"
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"


def percent(value: float | None) -> str:
    """Return a share in percent."""
    return "n/a" if value is None else f"{100 * value:.1f}%"


def rate(value: Rate) -> str:
    """Return a share with its interval in percent."""
    if value.value is None:
        return "n/a"
    return f"{percent(value.value)} [{percent(value.low)}, {percent(value.high)}]"


def _figures(result: Evaluation) -> Table:
    first = result.systems[0]
    return Table(
        name="figures",
        title=f"The score ({first.name})",
        head=("metric", "value [95%]"),
        rows=tuple(
            (title, figure(first.figures[name]))
            for name, title in METRICS.items()
            if name in first.figures
        ),
    )


def _levels(result: Evaluation) -> Table:
    first = result.systems[0]
    return Table(
        name="levels",
        title="Levels by label",
        head=(
            "texts",
            *(f">{level.value}" for level in Level),
            *(f"{level.value} or above" for level in _TWO),
        ),
        rows=tuple(
            (name, *(f"{reached.counts.get(level, 0):,}" for level in Level), *_shares(reached))
            for name, reached in (("positive", first.positives), ("negative", first.negatives))
            if reached is not None
        ),
    )


def _shares(reached: Reached) -> Iterator[str]:
    return (rate(reached.at_or_above[level]) for level in _TWO)


def table_of_bars(bars: Sequence[BarResult]) -> Table:
    """Return the bars with what was measured."""
    rows = []
    for bar in bars:
        measured = bar.measured
        verdict = {None: "n/a", True: "met", False: "not met"}[bar.met]
        if bar.met and not bar.sure:
            verdict = "met; the interval reaches beyond"
        value = rate(measured) if isinstance(measured, Rate) else figure(measured)
        rows.append((bar.about, bar.limit, value, verdict))
    return Table(
        name="bars",
        title="Bars of the plan",
        head=("bar", "limit", "measured", "verdict"),
        rows=tuple(rows),
    )


def _systems(result: Evaluation) -> Table:
    return Table(
        name="systems",
        title="Ablations and baselines",
        head=("system", *_IN_OVERVIEW.values()),
        rows=tuple(
            (system.name, *(figure(system.figures.get(name)) for name in _IN_OVERVIEW))
            for system in result.systems
        ),
        note="'Without' leaves out addends and calibrates nothing anew. F1 counts as flagged what"
        " is high or above; for systems without levels, a probability of 0.5 or more.",
    )


def _comparisons(result: Evaluation) -> Table:
    return Table(
        name="comparisons",
        title="Paired comparisons",
        head=("compared", "AUROC", "recall at 1% FA", "Brier", ">won", ">lost", ">McNemar p"),
        rows=tuple(
            (
                f"{item.second} minus {item.first}",
                *(
                    figure(item.differences.get(name))
                    for name in ("auroc", "recall_at_0.01", "brier")
                ),
                f"{item.only_second:,}",
                f"{item.only_first:,}",
                f"{item.p:.2g}",
            )
            for item in result.comparisons
        ),
        note="Differences on the same resamples. Won and lost: texts that only one of the two"
        " gets right (flagged: high or above, or probability 0.5 against systems without levels).",
    )


def _slices(result: Evaluation, *, least: int) -> Table:
    shown = [item for item in result.slices if _size(item) >= least]
    left = len(result.slices) - len(shown)
    return Table(
        name="slices",
        title="Slices",
        head=(
            *("cut by", "value", ">positives", ">negatives", "AUROC"),
            *(f"positives {level}+" for level in _TWO),
            *(f"negatives {level}+" for level in _TWO),
        ),
        rows=tuple(
            (
                item.by,
                item.value,
                f"{sum(item.positives.counts.values()):,}",
                f"{sum(item.negatives.counts.values()):,}",
                figure(item.auroc),
                *_shares(item.positives),
                *_shares(item.negatives),
            )
            for item in shown
        ),
        note=f"{left} slices of fewer than {least} texts are left out here." if left else "",
    )


def _size(item: SliceFigures) -> int:
    return sum(item.positives.counts.values()) + sum(item.negatives.counts.values())


def _claims(result: Evaluation) -> Table:
    return Table(
        name="claims",
        title="What may be claimed of false alarms",
        head=("group", "level", ">alarms", ">negatives", ">rate is below"),
        rows=tuple(
            (
                claim.group,
                f"{claim.level} or above",
                f"{claim.alarms:,}",
                f"{claim.negatives:,}",
                f"{100 * claim.bound:.2f}%",
            )
            for claim in result.claims
        ),
        note="One-sided exact bound over the effective number of texts, with 95% confidence. A"
        " claim of 1% takes 299 negatives without an alarm, one of 0.1% takes 2,995.",
    )


def _attacks(result: Evaluation) -> Table:
    columns = ("before", "after", "lost [95%]", "escaped")
    return Table(
        name="rewriting",
        title="Robustness: positives rewritten",
        head=(
            *("rewritten", ">texts"),
            *(f"{level}+ {column}" for level in _TWO for column in columns),
        ),
        rows=tuple(
            (
                attack.name,
                f"{attack.texts:,}",
                *(
                    cell
                    for level in _TWO
                    for cell in (
                        percent(attack.before[level].value),
                        percent(attack.after[level].value),
                        figure(attack.lost[level]),
                        percent(attack.escaped[level].value),
                    )
                ),
            )
            for attack in result.attacks
        ),
        note="Lost is before minus after; below 0 rewriting is itself a sign. Escaped is the share"
        " of those at the level that no longer are.",
    )


def _predictable(result: Evaluation) -> Table:
    return Table(
        name="predictable",
        title="Audit: what else the words tell",
        head=(
            *("told from the words", ">values", ">right", ">by majority"),
            *("label from it (AUROC)", ">explains of the score", ">beyond the label"),
            "AUROC of the score without it",
        ),
        rows=tuple(
            (
                item.nuisance,
                f"{item.classes}",
                percent(item.accuracy),
                percent(item.majority),
                figure(item.label_auroc),
                percent(item.explained),
                percent(item.explained_beyond_label),
                figure(item.auroc_without),
            )
            for item in (result.audit.predictable if result.audit else ())
        ),
        note="Out-of-fold predictions of a linear model over the classifier's words and pairs.",
    )


def _matched(result: Evaluation) -> Table:
    return Table(
        name="matched",
        title="Audit: among texts that agree in everything but the label",
        head=("matched by", ">cells", ">texts", "AUROC"),
        rows=tuple(
            (item.by, f"{item.cells:,}", f"{item.texts:,}", figure(item.auroc))
            for item in (result.audit.matched if result.audit else ())
        ),
    )


def _leakage(result: Evaluation) -> Table:
    return Table(
        name="leakage",
        title="Audit: texts that resemble training texts",
        head=("holds", ">texts", ">of", "AUROC of all", "AUROC without them"),
        rows=tuple(
            (
                item.name,
                f"{item.texts:,}",
                f"{item.of:,}",
                figure(item.auroc),
                figure(item.auroc_without),
            )
            for item in (result.audit.leakage if result.audit else ())
        ),
    )


def _curve(result: Evaluation) -> Table:
    return Table(
        name="curve",
        title=f"Learning curve ({result.curve_of})",
        head=(">of the families", ">families", ">texts", "AUROC", "recall at 1% FA"),
        rows=tuple(
            (
                percent(point.share),
                f"{point.families:,}",
                f"{point.texts:,}",
                figure(point.figures.get("auroc")),
                figure(point.figures.get("recall_at_0.01")),
            )
            for point in result.curve
        ),
    )


def _kinds(result: Evaluation) -> Table:
    kinds = result.confusion.kinds if result.confusion else ()
    counts = result.confusion.counts if result.confusion else ()
    return Table(
        name="kinds",
        title="Kinds: true ones in rows, given ones in columns",
        head=("kind", *(f">{kind}" for kind in kinds)),
        rows=tuple(
            (kind, *(f"{count:,}" for count in row))
            for kind, row in zip(kinds, counts, strict=True)
            if any(row)
        ),
    )


def _rules(result: Evaluation) -> Table:
    return Table(
        name="rules",
        title="What each rule does",
        head=("rule", ">positives", ">negatives", "precision", ">lift"),
        rows=tuple(
            (
                row.rule,
                f"{row.positives:,}",
                f"{row.negatives:,}",
                rate(row.precision),
                "n/a" if row.lift is None else f"{row.lift:.2f}",
            )
            for row in result.rules
        ),
        note="Precision is the share of positives among the texts that the rule fires on; for a"
        " trust sign it should be low.",
    )
