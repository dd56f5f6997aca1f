from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.evaluation import metrics
from offer_screen.evaluation.intervals import (
    bootstrap,
    clopper_pearson,
    family_codes,
    negatives_needed,
    rate,
    rate_is_below,
    upper_bound,
)
from offer_screen.evaluation.metrics import Bools, Floats


def mean_of(values: Floats, weights: Floats) -> Floats:
    found: Floats = (weights @ values) / weights.sum(axis=1)
    return found


def test_families_share_a_code_and_texts_without_one_stand_alone() -> None:
    codes = family_codes(["a", None, "b", "a", None])
    assert codes[0] == codes[3]
    assert len(set(codes.tolist())) == 4


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.random.default_rng(1).normal(size=50)
    codes = np.arange(50)
    statistic = {"mean": partial(mean_of, values)}
    first, again = (bootstrap(statistic, codes, replicates=200, seed=7) for _ in range(2))
    assert first == again
    assert bootstrap(statistic, codes, replicates=200, seed=8) != first


def test_the_interval_of_a_mean_is_about_that_of_theory() -> None:
    values = np.random.default_rng(2).normal(size=400)
    found = bootstrap({"mean": partial(mean_of, values)}, np.arange(400), replicates=2000)["mean"]
    reach = 1.96 * values.std() / 20
    assert found.low == pytest.approx(values.mean() - reach, abs=0.02)
    assert found.high == pytest.approx(values.mean() + reach, abs=0.02)


def test_the_interval_of_a_calibration_error_holds_its_value() -> None:
    random = np.random.default_rng(4)
    probability = random.uniform(size=300)
    positive = random.uniform(size=300) < probability
    statistic = partial(metrics.calibration_error, probability, positive)
    found = bootstrap({"calibration_error": statistic, "raw": statistic}, np.arange(300))
    held, raw = found["calibration_error"], found["raw"]
    assert held.low is not None
    assert held.value is not None
    assert held.low <= held.value <= (held.high or 0)
    assert held.low < (raw.low or 0)


def test_texts_of_a_family_do_not_count_as_texts_of_their_own() -> None:
    values = np.repeat(np.random.default_rng(3).normal(size=20), 20)
    families = np.repeat(np.arange(20), 20)
    together = bootstrap({"mean": partial(mean_of, values)}, families)["mean"]
    apart = bootstrap({"mean": partial(mean_of, values)}, np.arange(400))["mean"]
    assert together.low is not None
    assert apart.low is not None
    assert (together.high or 0) - together.low > 3 * ((apart.high or 0) - apart.low)


def test_a_figure_that_cannot_be_had_says_why() -> None:
    ranking = metrics.rank(np.zeros(3), np.ones(3, dtype=bool))
    found = bootstrap({"auroc": partial(metrics.auroc, ranking)}, np.arange(3))["auroc"]
    assert found.value is None
    assert found.reason


def test_no_texts_give_no_figure_and_no_error() -> None:
    ranking = metrics.rank(np.array([]), np.array([], dtype=bool))
    nobody = np.array([], dtype=np.int64)
    assert bootstrap({"auroc": partial(metrics.auroc, ranking)}, nobody)["auroc"].value is None
    assert rate(np.array([], dtype=bool), nobody).value is None


def test_one_family_has_no_interval() -> None:
    found = bootstrap({"mean": partial(mean_of, np.arange(3.0))}, np.zeros(3, dtype=np.int64))
    assert (found["mean"].value, found["mean"].low) == (1.0, None)
    assert "families" in (found["mean"].reason or "")


def test_without_resamples_there_is_a_value_and_no_interval() -> None:
    found = bootstrap({"mean": partial(mean_of, np.ones(3))}, np.arange(3), replicates=0)["mean"]
    assert (found.value, found.low) == (1.0, None)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (10, 10, 0.6915, 1.0),
        (5, 10, 0.1871, 0.8129),
        (1, 100, 0.0003, 0.0545),
    ],
)
def test_clopper_pearson_as_printed_in_tables(hits: int, of: int, low: float, high: float) -> None:
    assert clopper_pearson(hits, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("share", "alarms", "needed"), [(0.01, 0, 299), (0.05, 0, 59), (0.001, 0, 2995), (0.01, 1, 473)]
)
def test_negatives_that_a_claim_needs(share: float, alarms: int, needed: int) -> None:
    assert negatives_needed(share, alarms=alarms) == needed
    assert upper_bound(alarms, needed) <= share < upper_bound(alarms, needed - 1)


def test_a_claim_counts_families_that_fare_alike() -> None:
    alone, together = np.arange(100), np.repeat(np.arange(10), 10)
    none = np.zeros(100, dtype=bool)
    assert rate_is_below(none, alone) == upper_bound(0, 100)
    assert rate_is_below(none, together) == upper_bound(0, 10)
    one_family = together == 0
    spread = np.arange(100) % 10 == 0
    assert rate_is_below(spread, alone) == pytest.approx(upper_bound(10, 100))
    assert rate_is_below(spread, together) == pytest.approx(upper_bound(10, 100))
    assert rate_is_below(one_family, together) > 2 * upper_bound(10, 100)


@pytest.mark.property
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=60))
def test_a_share_lies_in_its_interval_and_families_only_widen_it(
    rows: list[tuple[bool, int]],
) -> None:
    hit: Bools = np.array([row[0] for row in rows])
    codes = np.array([row[1] for row in rows])
    found = rate(hit, codes)
    assert found.value is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    alone = clopper_pearson(int(hit.sum()), hit.size)
    assert found.low <= alone[0] + 1e-9
    assert found.high >= alone[1] - 1e-9
    assert found.families == len(set(codes.tolist()))


def test_a_share_of_nothing_in_few_families_is_known_as_badly_as_of_few_texts() -> None:
    hit = np.zeros(100, dtype=bool)
    assert rate(hit, np.repeat(np.arange(10), 10)).high == clopper_pearson(0, 10)[1]
    assert rate(hit, np.arange(100)).high == clopper_pearson(0, 100)[1]
