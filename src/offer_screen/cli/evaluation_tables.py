"""An evaluation as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from offer_screen.cli.tables import percent, table
from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.evaluation.results import Evaluation, Reached
from offer_screen.rendering.view import one_line
from offer_screen.values import Level

_METRICS = (
    ("auroc", "AUROC"),
    ("average_precision", "PR-AUC"),
    ("recall_at_0.001", "R at 0.1% FA"),
    ("recall_at_0.01", "R at 1% FA"),
    ("recall_at_0.05", "R at 5% FA"),
    ("precision", "precision"),
    ("f1", "F1"),
    ("brier", "Brier"),
    ("calibration_error", "ECE"),
    ("kind_macro_f1", "kind F1"),
)


def evaluation_tables(result: Evaluation) -> str:
    """Return the tables."""
    sections = (
        _head(result),
        _systems(result),
        _levels(result),
        _slices(result),
        _claims(result),
        _attacks(result),
        _audit(result),
        _curve(result),
        _comparisons(result),
        _bars(result),
        "".join(f"not measured: {reason}\n" for reason in result.left_out),
    )
    return "\n".join(section for section in sections if section)


def figure(value: Figure | None) -> str:
    """Return a figure with its interval in three digits."""
    if value is None or value.value is None:
        return "n/a"
    if value.low is None or value.high is None:
        return f"{value.value:.3f}"
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"


def rate(value: Rate) -> str:
    """Return a share with its interval in percent."""
    if value.value is None:
        return "n/a"
    return f"{percent(value.value)} [{percent(value.low)}, {percent(value.high)}]"


def _head(result: Evaluation) -> str:
    sources = result.sources
    errors = sum(sources.errors.values())
    aside = sum(sources.aside.values())
    parts = [
        f"{sources.texts:,} texts of {sources.families:,} families",
        f"{sources.positives:,} positive",
        *([f"{aside:,} aside for their label"] if aside else []),
        *([f"{errors:,} bad records"] if errors else []),
    ]
    model = result.model[:12] if result.model else "none"
    return (
        f"{one_line(result.name)}\n{', '.join(parts)}\n"
        f"pack {result.pack} ({result.pack_sha256[:12]}), model {model},"
        f" weights {result.weighting}, as of {result.as_of}\n"
        f"95% intervals: {result.replicates:,} resamples of families; shares by Clopper-Pearson"
        " over effective texts\n"
    )


def _systems(result: Evaluation) -> str:
    shown = [
        (name, head)
        for name, head in _METRICS
        if any(system.figures.get(name) for system in result.systems)
    ]
    first, *others = result.systems
    rows = [[head, figure(first.figures.get(name))] for name, head in shown]
    parts = [table([first.name, "value [95%]"], rows)]
    if others:
        few = [pair for pair in shown if pair[0] in _IN_OVERVIEW]
        parts.append(
            table(
                ["system", *(head for _, head in few)],
                (
                    [system.name, *(figure(system.figures.get(name)) for name, _ in few)]
                    for system in result.systems
                ),
            )
        )
    return "\n".join(parts)


_IN_OVERVIEW = {"auroc", "average_precision", "recall_at_0.01", "f1", "calibration_error"}


def _levels(result: Evaluation) -> str:
    first = result.systems[0]
    rows = [
        [name, *_counts(reached), *_shares(reached)]
        for name, reached in (("positive", first.positives), ("negative", first.negatives))
        if reached is not None
    ]
    return table(["texts", *(f">{level.value}" for level in Level), *_SHARES], rows)


_SHARES = ("caution or above", "high or above")


def _counts(reached: Reached) -> Iterator[str]:
    return (f"{reached.counts.get(level, 0):,}" for level in Level)


def _shares(reached: Reached) -> list[str]:
    return [rate(reached.at_or_above[level]) for level in (Level.CAUTION, Level.HIGH)]


def _slices(result: Evaluation) -> str:
    rows = [
        [
            item.by,
            one_line(item.value),
            f"{_texts(item.positives):,}",
            f"{_texts(item.negatives):,}",
            figure(item.auroc),
            *_shares(item.positives),
            *_shares(item.negatives),
        ]
        for item in result.slices
        if _texts(item.positives) + _texts(item.negatives) >= _LEAST_SHOWN
    ]
    head = ["cut by", "value", ">pos", ">neg", "AUROC"]
    shares = [f"{which} {level}" for which in ("pos", "neg") for level in ("caution+", "high+")]
    left = len(result.slices) - len(rows)
    note = f"{left} slices of fewer than {_LEAST_SHOWN} texts: --json holds them\n" if left else ""
    return table([*head, *shares], rows) + note if rows else note


_LEAST_SHOWN = 20
"""Smaller slices have intervals that say nothing."""


def _texts(reached: Reached) -> int:
    return sum(reached.counts.values())


def _claims(result: Evaluation) -> str:
    rows: Iterable[Sequence[str]] = [
        [
            one_line(claim.group),
            f"{claim.level}+",
            f"{claim.alarms:,}",
            f"{claim.negatives:,}",
            f"{100 * claim.bound:.2f}%",
        ]
        for claim in result.claims
    ]
    head = ["false alarms", "level", ">alarms", ">of", ">below, with 95% confidence"]
    return table(head, rows) if result.claims else ""


def _bars(result: Evaluation) -> str:
    rows = []
    for bar in result.bars:
        measured = bar.measured
        value = rate(measured) if isinstance(measured, Rate) else figure(measured)
        verdict = "n/a" if bar.met is None else ("met" if bar.met else "NOT MET")
        if bar.met and not bar.sure:
            verdict = "met, interval reaches beyond"
        rows.append([one_line(bar.about), bar.limit, value, verdict])
    return table(["bar", "limit", "measured", ""], rows) if rows else ""


def _attacks(result: Evaluation) -> str:
    rows = [
        [
            attack.name,
            f"{attack.texts:,}",
            *(
                shown
                for level in (Level.CAUTION, Level.HIGH)
                for shown in (
                    percent(attack.before[level].value),
                    percent(attack.after[level].value),
                    figure(attack.lost[level]),
                    percent(attack.escaped[level].value),
                )
            ),
        ]
        for attack in result.attacks
    ]
    of_level = [f"{level} {what}" for level in ("caution+", "high+") for what in _ATTACKED]
    return table(["positives rewritten", ">texts", *of_level], rows) if rows else ""


_ATTACKED = ("before", "after", "lost [95%]", "escaped")


def _audit(result: Evaluation) -> str:
    if result.audit is None:
        return ""
    predictable = [
        [
            item.nuisance,
            f"{item.classes}",
            percent(item.accuracy),
            percent(item.majority),
            figure(item.label_auroc),
            percent(item.explained),
            percent(item.explained_beyond_label),
            figure(item.auroc_without),
        ]
        for item in result.audit.predictable
    ]
    head = ["told from the words", ">values", ">right", ">by majority", "label from it, AUROC"]
    parts = [
        table([*head, ">of score", ">beyond label", "AUROC without it"], predictable),
        table(
            ["matched", ">cells", ">texts", "AUROC"],
            (
                [one_line(item.by), f"{item.cells:,}", f"{item.texts:,}", figure(item.auroc)]
                for item in result.audit.matched
            ),
        ),
        table(
            ["resembles training", ">texts", ">of", "AUROC", "without those"],
            (
                [
                    item.name,
                    f"{item.texts:,}",
                    f"{item.of:,}",
                    figure(item.auroc),
                    figure(item.auroc_without),
                ]
                for item in result.audit.leakage
            ),
        ),
    ]
    return "\n".join(part for part in parts if "\n" in part.rstrip("\n"))


def _curve(result: Evaluation) -> str:
    rows = [
        [
            percent(point.share),
            f"{point.families:,}",
            f"{point.texts:,}",
            figure(point.figures.get("auroc")),
            figure(point.figures.get("recall_at_0.01")),
        ]
        for point in result.curve
    ]
    head = [">trained on", ">families", ">texts", "AUROC", "R at 1% FA"]
    return table(head, rows) if rows else ""


def _comparisons(result: Evaluation) -> str:
    rows = [
        [
            f"{item.second} - {item.first}",
            figure(item.differences.get("auroc")),
            figure(item.differences.get("recall_at_0.01")),
            f"{item.only_second:,}",
            f"{item.only_first:,}",
            f"{item.p:.2g}",
        ]
        for item in result.comparisons
    ]
    head = ["compared", "AUROC", "R at 1% FA", ">won", ">lost"]
    return table([*head, ">McNemar p"], rows) if rows else ""
