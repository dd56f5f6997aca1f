from __future__ import annotations

from html.parser import HTMLParser

import pytest

from offer_screen.analysis.impact import Impact, measure_impact
from offer_screen.analysis.samples import Sample
from offer_screen.rendering.impact import impact_page
from offer_screen.screener import Screener
from offer_screen.values import Level
from tests.analysis.conftest import load, samples
from tests.analysis.packs import RULES, write_pack

BOTH = "uang muka, visa turis"
ROWS = (
    (BOTH, "scam"),
    ("visa turis", "legit"),
    ("paspor dipegang", None),
    ("bonus harian", "scam"),
    ("kerja", "legit"),
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    """The small pack without paspor, with a lighter turis and a new rule."""
    rules = {name: rule for name, rule in RULES.items() if name != "paspor"}
    rules["turis"] = {**RULES["turis"], "weight": 0.5}
    rules["baru"] = {"weight": 0.4, "when": {"all": ["deposit"]}}
    folder = tmp_path_factory.mktemp("changed") / "pack"
    return load(write_pack(folder, rules, version="1.1.0"))


@pytest.fixture(scope="module")
def result(small: Screener, changed: Screener) -> Impact:
    return measure_impact(small, changed, samples(*ROWS))


def test_texts_that_change_are_counted_by_what_changes(result: Impact) -> None:
    assert result.intake.texts == 5
    assert result.changed == 3
    assert result.score_changed == 3
    assert result.findings_changed == 2  # baru comes on one text, paspor goes on another
    assert result.level_changed == 1


def test_transitions_count_every_text_by_label(result: Impact) -> None:
    counts = {(item.label, item.before, item.after): item.texts for item in result.transitions}
    assert counts == {
        ("", Level.HIGH, Level.LOW): 1,
        ("legit", Level.LOW, Level.LOW): 2,
        ("scam", Level.LOW, Level.LOW): 1,
        # 2 points of log-odds before, 2 - 1 + 0.4 after: 80 points, still high.
        ("scam", Level.HIGH, Level.HIGH): 1,
    }
    assert sum(counts.values()) == result.intake.texts


def test_changes_are_grouped_by_rule_and_label(result: Impact) -> None:
    of = {item.rule: item for item in result.rules}
    assert of.keys() == {"turis", "baru", "paspor"}
    assert of["turis"].moved == {"legit": 1, "scam": 1}
    assert of["baru"].gained == {"scam": 1}
    assert of["baru"].only_in == "new"
    assert of["paspor"].lost == {"": 1}
    assert of["paspor"].only_in == "old"
    assert of["paspor"].lowered == {"": 1}
    assert result.rules[0].rule == "turis"


def test_the_greatest_change_comes_first(result: Impact) -> None:
    assert [change.text for change in result.changes] == ["paspor dipegang", "visa turis", BOTH]
    assert result.changes[0].steps == -2
    assert result.changes[2].gained == ("baru",)
    assert result.changes[2].moved == ("turis",)


def test_all_changes_are_counted_though_few_are_kept(small: Screener, changed: Screener) -> None:
    result = measure_impact(small, changed, samples(*ROWS), keep=1)
    assert result.changed == 3
    assert [change.text for change in result.changes] == ["paspor dipegang"]
    assert measure_impact(small, changed, samples(*ROWS), keep=0).changes == ()


def test_the_same_pack_changes_nothing(small: Screener) -> None:
    result = measure_impact(small, small, samples(*ROWS))
    assert (result.changed, result.rules, result.changes) == (0, (), ())


def test_a_rule_that_leaves_its_trial_is_told(
    small: Screener, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rules = {**RULES, "uji": {**RULES["uji"], "status": "test"}}
    after = load(write_pack(tmp_path_factory.mktemp("trial"), rules))
    result = measure_impact(small, after, samples(*ROWS))
    (change,) = result.changes
    assert change.moved == ("uji",)
    assert [sign.scores for sign in change.before.signs] == [False]
    assert change.after.level is Level.HIGH


def test_workers_give_the_same_result(small: Screener, changed: Screener, result: Impact) -> None:
    assert measure_impact(small, changed, samples(*ROWS), workers=2) == result


def test_a_text_that_one_pack_refuses_is_counted(small: Screener, changed: Screener) -> None:
    result = measure_impact(small, changed, samples((" ", "scam"), ("visa turis", "scam")))
    assert result.intake.errors == {"input": 1}
    assert result.changed == 1


def test_empty_data_changes_nothing(small: Screener, changed: Screener) -> None:
    result = measure_impact(small, changed, ())
    assert (result.intake.texts, result.changed, result.transitions) == (0, 0, ())


# --- the page --------------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str | None] = []
        self.offers: list[str] = []
        self.marked: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.sources.extend(given[name] for name in ("src", "href") if name in given)
        if given.get("class") == "offer":
            self.offers.append("")
            self._depth = 1
        elif self._depth:
            self._depth += 1
            if tag == "mark":
                self.marked.append("")

    def handle_endtag(self, _tag: str) -> None:
        if self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.offers[-1] += data
        if self._depth == 2:
            self.marked[-1] += data


def parse(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser


def test_the_page_shows_each_changed_text_twice_with_its_evidence(result: Impact) -> None:
    page = parse(impact_page(result))
    assert page.offers == [text for change in result.changes for text in [change.text] * 2]
    # paspor marks its words before and nothing after.
    assert page.marked[0] == "paspor dipegang"
    assert page.marked.count("paspor dipegang") == 1
    assert page.sources == []


def test_the_page_is_safe_against_its_texts(small: Screener, changed: Screener) -> None:
    hostile = '<script>alert(1)</script> visa turis "><img src=x>'
    given = [Sample('<b>"f', 1, "<i>", hostile, "<u>")]
    source = impact_page(measure_impact(small, changed, given))
    page = parse(source)
    assert {"script", "img", "i", "u"}.isdisjoint(page.tags)
    assert page.offers == [hostile, hostile]
    assert "&lt;b&gt;&quot;f" in source
    assert "default-src 'none'" in source


def test_the_page_of_no_change_says_so(small: Screener) -> None:
    page = impact_page(measure_impact(small, small, samples(*ROWS)))
    assert "No rule changes on these texts." in page
    assert "<mark" not in page


def test_the_page_says_how_many_texts_it_leaves_out(small: Screener, changed: Screener) -> None:
    page = impact_page(measure_impact(small, changed, samples(*ROWS), keep=1))
    assert "2 more texts change and are not shown" in page
