from __future__ import annotations

import pytest

from offer_screen.analysis.overlap import measure_overlap
from offer_screen.screener import Screener
from tests.analysis.conftest import load, samples
from tests.analysis.packs import RULES, write_pack

BOTH = "uang muka, visa turis"


def test_a_pair_is_counted_and_put_into_proportion(small: Screener) -> None:
    rows = [(BOTH, None), ("visa turis", None), ("visa turis", None), ("kerja", None)]
    result = measure_overlap(small, samples(*rows))
    pair = next(pair for pair in result.pairs if (pair.first, pair.second) == ("muka", "turis"))
    assert (pair.first_hits, pair.second_hits, pair.both) == (1, 3, 1)
    assert pair.jaccard == pytest.approx(1 / 3)
    assert pair.containment == 1.0
    assert pair.lift == pytest.approx(4 / 3)
    assert pair.same_category
    assert pair.relation == "none"


def test_pairs_that_overlap_most_come_first(small: Screener) -> None:
    result = measure_overlap(small, samples((BOTH, None), ("visa turis", None)))
    assert [pair.jaccard for pair in result.pairs] == [1.0, 0.5, 0.5]
    assert (result.pairs[0].first, result.pairs[0].second) == ("gabung", "muka")


def test_who_builds_on_whom_is_told(small: Screener) -> None:
    result = measure_overlap(small, samples((BOTH, None)))
    relations = {(pair.first, pair.second): pair.relation for pair in result.pairs}
    assert relations == {
        ("gabung", "muka"): "builds-on",
        ("gabung", "turis"): "builds-on",
        ("muka", "turis"): "none",
    }


def test_rules_that_name_each_other_are_related(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rules = {**RULES, "muka": {**RULES["muka"], "related": ["turis"]}}
    screener = load(write_pack(tmp_path_factory.mktemp("related"), rules))
    result = measure_overlap(screener, samples((BOTH, None)))
    assert next(p for p in result.pairs if p.first == "muka").relation == "related"


def test_rare_pairs_may_be_left_out(small: Screener) -> None:
    assert measure_overlap(small, samples((BOTH, None)), at_least=2).pairs == ()


def test_without_data_the_examples_of_the_pack_are_read(small: Screener) -> None:
    result = measure_overlap(small)
    assert result.over == "examples"
    assert result.intake.texts == 18
    pair = next(pair for pair in result.pairs if (pair.first, pair.second) == ("gabung", "muka"))
    assert (pair.first_hits, pair.second_hits, pair.both) == (3, 6, 3)


def test_empty_data_has_no_pairs(small: Screener) -> None:
    result = measure_overlap(small, ())
    assert result.over == "data"
    assert result.pairs == ()
