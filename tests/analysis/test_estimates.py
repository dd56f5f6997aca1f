from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.analysis.estimates import log_ratio, share, trend


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (50, 1000, 0.0381, 0.0653),
    ],
)
def test_wilson_intervals_are_those_of_the_books(
    hits: int, of: int, low: float, high: float
) -> None:
    result = share(hits, of)
    assert result.value == hits / of
    assert (result.low, result.high) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_knows_nothing() -> None:
    result = share(0, 0)
    assert result.value is None
    assert (result.low, result.high) == (0.0, 1.0)


@pytest.mark.property
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_share_lies_in_its_interval(one: int, other: int) -> None:
    result = share(one, one + other)
    assert 0 <= result.low <= result.high <= 1
    if result.value is not None:
        assert result.low <= result.value <= result.high


def test_evidence_is_the_logarithm_of_the_ratio_of_rates() -> None:
    result = log_ratio((80, 100), (10, 100))
    assert result is not None
    assert result.value == pytest.approx(math.log(80.5 / 10.5))
    assert result.low < result.value < result.high


def test_evidence_without_hits_is_wide_and_finite() -> None:
    result = log_ratio((0, 50), (0, 50))
    assert result is not None
    assert result.value == pytest.approx(0)
    assert result.low < -2
    assert result.high > 2


@pytest.mark.parametrize(("positive", "negative"), [((0, 0), (1, 5)), ((1, 5), (0, 0))])
def test_evidence_needs_both_sides(positive: tuple[int, int], negative: tuple[int, int]) -> None:
    assert log_ratio(positive, negative) is None


def test_a_rate_that_rises_has_a_positive_trend() -> None:
    result = trend([(0, 1, 100), (1, 10, 100), (2, 30, 100)])
    assert result is not None
    assert result.z > 4
    assert result.p < 0.001


def test_a_rate_that_stays_has_no_trend() -> None:
    result = trend([(0, 10, 100), (1, 20, 200), (5, 5, 50)])
    assert result is not None
    assert result.z == pytest.approx(0)
    assert result.p == pytest.approx(1)


@pytest.mark.parametrize(
    "counts",
    [[], [(0, 0, 0)], [(0, 3, 9)], [(0, 0, 9), (1, 0, 9)], [(0, 9, 9), (1, 9, 9)]],
)
def test_there_is_no_trend_where_nothing_can_be_compared(
    counts: list[tuple[int, int, int]],
) -> None:
    assert trend(counts) is None
