from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from offer_screen import Level, Screener
from offer_screen.evaluation import Depth, Evaluation, Rate, Sampling, Texts, evaluate
from offer_screen.evaluation.plots import draw, png_of, svg_of
from offer_screen.evaluation.results import Reached
from offer_screen.evaluation.tables import LEAST_SHOWN, tables_of
from offer_screen.rendering.evaluation import evaluation_page

HOSTILE = '<script>alert("$x^2$ & more")</script>'
NOTHING = Rate(hits=0, of=0, families=0, value=None, low=0, high=1)
SHARES = dict.fromkeys((Level.CAUTION, Level.HIGH), NOTHING)
ALONE = {"meta", "br", "hr", "img", "input", "link"}


@pytest.fixture(scope="module")
def result(shipped: Screener, texts: Texts) -> Evaluation:
    sampling, depth = Sampling(replicates=20), Depth(attacks=4)
    return evaluate(shipped, texts, name=HOSTILE, sampling=sampling, depth=depth)


@pytest.fixture(scope="module")
def hostile(result: Evaluation) -> Evaluation:
    """The same evaluation of a source whose name means to break the page and the plots."""
    histograms = tuple(
        part.model_copy(update={"source": HOSTILE}) for part in result.plots.histograms
    )
    plots = result.plots.model_copy(update={"histograms": histograms})
    slices = tuple(part.model_copy(update={"value": HOSTILE}) for part in result.slices)
    return result.model_copy(update={"plots": plots, "slices": slices})


class Balanced(HTMLParser):
    """Fails on a tag that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ALONE:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"href", "src", "xlink:href"} or (value or "").startswith("#")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ALONE:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_runs_nothing(hostile: Evaluation) -> None:
    plots = {name: svg_of(plot, name) for name, plot in draw(hostile).items()}
    page = evaluation_page(hostile, plots)
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert {"svg", "table", "section"} <= parser.seen
    assert "script" not in parser.seen
    assert "default-src 'none'" in page


def test_ids_of_plots_do_not_clash(result: Evaluation) -> None:
    page = "".join(svg_of(plot, name) for name, plot in draw(result).items())
    clips = re.findall(r'<clipPath id="([^"]+)"', page)
    assert len(clips) == len(set(clips)) > 3


def test_every_table_is_as_wide_as_its_head(result: Evaluation) -> None:
    tables = tables_of(result, everything=True)
    assert {"figures", "levels", "systems", "slices", "claims", "rewriting", "rules"} <= {
        table.name for table in tables
    }
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.head)}


def test_small_slices_are_told_only_where_all_is(result: Evaluation) -> None:
    small = result.slices[0].model_copy(
        update={
            "value": "tiny",
            "positives": Reached(counts={Level.LOW: LEAST_SHOWN - 1}, at_or_above=SHARES),
            "negatives": Reached(counts={}, at_or_above=SHARES),
        }
    )
    with_small = result.model_copy(update={"slices": (*result.slices, small)})
    few, every = (
        next(table for table in tables_of(with_small, everything=all_) if table.name == "slices")
        for all_ in (False, True)
    )
    assert "tiny" not in {row[1] for row in few.rows}
    assert "tiny" in {row[1] for row in every.rows}
    assert "1 slices" in few.note


def test_plots_are_the_same_bytes_each_time(result: Evaluation) -> None:
    first, again = (
        {name: (svg_of(plot, name), png_of(plot)) for name, plot in draw(result).items()}
        for _ in range(2)
    )
    assert first == again
    assert {"precision-recall", "roc", "calibration", "scores", "kinds", "rewriting"} <= set(first)
    for svg, png in first.values():
        assert ElementTree.fromstring(svg).tag.endswith("svg")
        assert png.startswith(b"\x89PNG")


def test_an_evaluation_of_one_label_has_fewer_plots(shipped: Screener, texts: Texts) -> None:
    part = Texts(tuple(text for text in texts.texts if not text.positive)[:8])
    found = evaluate(shipped, part, sampling=Sampling(replicates=10), depth=Depth(attacks=0))
    names = set(draw(found))
    assert "roc" not in names
    assert "calibration" in names
    assert "n/a" in evaluation_page(found, {})
