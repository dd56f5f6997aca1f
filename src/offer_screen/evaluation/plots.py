"""Draws the plots of an evaluation with matplotlib. The same evaluation gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from offer_screen.evaluation.figures import Figure as Measured
from offer_screen.evaluation.results import Curve, Evaluation
from offer_screen.values import Level

_SETTINGS: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.25,
    "svg.fonttype": "none",  # text stays text: small, searchable, read aloud
    "legend.frameon": False,
    "text.parse_math": False,  # a name with '$' in it is a name
}
_SIZE = (6.4, 4.2)
_DOTS = 120
_XML_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_SCAM, _OTHER = "#b3261e", "#33658a"


def draw(result: Evaluation) -> dict[str, Figure]:
    """Return the plots that the evaluation has data for, by name."""
    with mpl.rc_context(_SETTINGS):
        plots = {
            "precision-recall": _curves(
                result.plots.precision_recall, "recall", "precision", "Precision and recall"
            ),
            "roc": _curves(
                result.plots.roc, "false alarms", "recall", "ROC (false alarms on a log scale)"
            ),
            "calibration": _calibration(result),
            "scores": _histograms(result),
            "kinds": _confusion(result),
            "rewriting": _attacks(result),
            "learning-curve": _learning(result),
        }
    return {name: figure for name, figure in plots.items() if figure is not None}


def svg_of(figure: Figure, name: str) -> str:
    """Return a plot as an SVG element to put into a page.

    Args:
        figure: The plot.
        name: Tells its ids from those of other plots in the same page.
    """
    written = io.BytesIO()
    with mpl.rc_context({**_SETTINGS, "svg.hashsalt": name}):
        _canvas(FigureCanvasSVG, figure).print_svg(
            written, metadata={"Date": None, "Creator": None}
        )
    return _XML_HEAD.sub("", written.getvalue().decode("utf-8"))


def png_of(figure: Figure) -> bytes:
    """Return a plot as a PNG file."""
    written = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure.set_dpi(_DOTS)
        _canvas(FigureCanvasAgg, figure).print_png(written, metadata={"Software": None})
    return written.getvalue()


def _canvas(kind: Any, figure: Figure) -> Any:  # noqa: ANN401  (matplotlib gives them no types)
    return kind(figure)


@contextmanager
def _axes(title: str, size: tuple[float, float] = _SIZE) -> Iterator[tuple[Figure, Axes]]:
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, loc="left")
    yield figure, axes


_LEAST_ALARMS = 1e-3


def _curves(curves: Mapping[str, Curve], x: str, y: str, title: str) -> Figure | None:
    if not curves:
        return None
    with _axes(title) as (figure, axes):
        for at, (name, curve) in enumerate(curves.items()):
            # As the areas are summed: precision in steps, ties of the ROC as slopes.
            style = "steps-pre" if y == "precision" else "default"
            width = 2.2 if at == 0 else 1.1
            axes.plot(curve.x, curve.y, drawstyle=style, label=name, linewidth=width)
        axes.set(xlabel=x, ylabel=y, ylim=(0, 1.02))
        if x == "false alarms":
            axes.set_xscale("symlog", linthresh=_LEAST_ALARMS)
            axes.set_xticks([0, 0.001, 0.01, 0.05, 0.1, 1], ["0", "0.1%", "1%", "5%", "10%", "all"])
            axes.set_xlim(0, 1)
        axes.legend(fontsize=8)
    return figure


def _calibration(result: Evaluation) -> Figure | None:
    bins = result.plots.calibration
    with _axes("Calibration: what the score says, and what is true") as (figure, axes):
        said = [one.probability for one in bins]
        true = np.array([one.positives.value or 0.0 for one in bins])
        reach = np.array(
            [
                true - [one.positives.low for one in bins],
                [one.positives.high for one in bins] - true,
            ]
        )
        axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
        axes.errorbar(said, true, yerr=np.maximum(reach, 0), fmt="o", capsize=2, color=_OTHER)
        for x, y, one in zip(said, true, bins, strict=True):
            axes.annotate(f"{one.texts:,}", (x, y), xytext=(5, 3), textcoords="offset points")
        axes.set(
            xlabel="mean probability of a bin (number of texts beside it)",
            ylabel="share of positives",
            xlim=(0, 1),
            ylim=(0, 1.02),
        )
    return figure


def _histograms(result: Evaluation) -> Figure | None:
    parts = result.plots.histograms
    sources = list(dict.fromkeys(part.source for part in parts))
    height = 0.9 + 1.25 * len(sources)
    figure = Figure(figsize=(_SIZE[0], height), layout="constrained")
    rows = figure.subplots(len(sources), 1, sharex=True, squeeze=False)[:, 0]
    for axes, source in zip(rows, sources, strict=True):
        for part in parts:
            if part.source == source:
                edges = np.linspace(0, 100, len(part.counts) + 1)
                label = f"{'positive' if part.positive else 'negative'} ({sum(part.counts):,})"
                colour = _SCAM if part.positive else _OTHER
                axes.stairs(part.counts, edges, fill=True, alpha=0.55, label=label, color=colour)
        axes.set_yscale("symlog", linthresh=10)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_title(source, loc="left", fontsize=9)
        axes.legend(fontsize=8)
    rows[-1].set(xlabel="points (0-100)", xlim=(0, 100))
    return figure


def _confusion(result: Evaluation) -> Figure | None:
    if result.confusion is None:
        return None
    kinds, counts = result.confusion.kinds, np.array(result.confusion.counts)
    with _axes("Kinds: rows are true, columns are given", (4.6, 3.8)) as (figure, axes):
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        # Not an image: a page that forbids images shows it too.
        axes.pcolormesh(shares, cmap="Blues", vmin=0, vmax=1)
        axes.invert_yaxis()
        axes.grid(visible=False)
        axes.set_xticks(np.arange(len(kinds)) + 0.5, kinds)
        axes.set_yticks(np.arange(len(kinds)) + 0.5, kinds)
        for (row, column), count in np.ndenumerate(counts):
            colour = "white" if shares[row, column] > 0.6 else "black"
            place = (column + 0.5, row + 0.5)
            axes.text(*place, f"{count:,}", ha="center", va="center", color=colour)
    return figure


def _attacks(result: Evaluation) -> Figure | None:
    if not result.attacks:
        return None
    names = [f"{attack.name} ({attack.texts})" for attack in result.attacks][::-1]
    with _axes("Recall lost to rewriting", (7.2, 0.9 + 0.22 * len(names))) as (figure, axes):
        for shift, level, colour in ((0.15, Level.CAUTION, _OTHER), (-0.15, Level.HIGH, _SCAM)):
            lost = [attack.lost[level] for attack in result.attacks][::-1]
            values = np.array([one.value or 0.0 for one in lost])
            reach = np.array([_reach(one) for one in lost]).T
            places = np.arange(len(names)) + shift
            label = f"at {level} or above"
            axes.errorbar(values, places, xerr=reach, fmt="o", ms=3, color=colour, label=label)
        axes.axvline(0, color="grey", linewidth=0.8)
        axes.set_yticks(range(len(names)), names)
        axes.set_xlabel("share of positives lost (left of 0: gained)")
        axes.legend(fontsize=8)
    return figure


def _reach(one: Measured) -> tuple[float, float]:
    """Return how far the interval reaches to each side of the value."""
    if one.value is None or one.low is None or one.high is None:
        return 0.0, 0.0
    return max(0.0, one.value - one.low), max(0.0, one.high - one.value)


def _learning(result: Evaluation) -> Figure | None:
    points = [point for point in result.curve if point.figures["auroc"].value is not None]
    if not points:
        return None
    with _axes(f"Learning curve: {result.curve_of}") as (figure, axes):
        for name, colour in (("auroc", _OTHER), ("average_precision", _SCAM)):
            families = [point.families for point in points]
            axes.plot(
                families,
                [point.figures[name].value or np.nan for point in points],
                marker="o",
                color=colour,
                label={"auroc": "AUROC", "average_precision": "PR-AUC"}[name],
            )
            axes.fill_between(
                families,
                [point.figures[name].low or np.nan for point in points],
                [point.figures[name].high or np.nan for point in points],
                alpha=0.15,
                color=colour,
            )
        axes.set(xlabel="families trained on", ylabel="on the evaluated texts")
        axes.legend(fontsize=8)
    return figure
