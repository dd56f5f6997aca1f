from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as peers

from offer_screen.evaluation import metrics
from offer_screen.evaluation.metrics import Bools, Floats

ONE_TEXT = st.tuples(st.integers(-8, 8), st.booleans(), st.integers(0, 3))
"""A score with many ties, a label, and how often the text is in the resample."""


@st.composite
def weighted_texts(draw: st.DrawFn) -> tuple[Floats, Bools, Floats]:
    rows = draw(st.lists(ONE_TEXT, min_size=2, max_size=30))
    scores = np.array([row[0] / 2 for row in rows])
    positive = np.array([row[1] for row in rows])
    weights = np.array([[float(row[2]) for row in rows]])
    return scores, positive, weights


def both_labels(positive: Bools, weights: Floats) -> bool:
    return bool((weights @ positive)[0] > 0 and (weights @ ~positive)[0] > 0)


@pytest.mark.property
@given(weighted_texts())
def test_ranking_metrics_equal_scikit_learn(case: tuple[Floats, Bools, Floats]) -> None:
    scores, positive, weights = case
    ranking = metrics.rank(scores, positive)
    area, steps = metrics.auroc(ranking, weights), metrics.average_precision(ranking, weights)
    if not both_labels(positive, weights):
        assert np.isnan(area[0])
        return
    kept = weights[0] > 0
    peer = {"y_score": scores[kept], "sample_weight": weights[0][kept]}
    assert area[0] == pytest.approx(peers.roc_auc_score(positive[kept], **peer))
    assert steps[0] == pytest.approx(peers.average_precision_score(positive[kept], **peer))


@pytest.mark.property
@given(weighted_texts())
def test_probability_metrics_equal_scikit_learn(case: tuple[Floats, Bools, Floats]) -> None:
    scores, positive, weights = case
    if not both_labels(positive, weights):
        return
    probability = metrics.probability_of(scores)
    loss = metrics.log_loss(probability, positive, weights)
    assert loss[0] == pytest.approx(peers.log_loss(positive, probability, sample_weight=weights[0]))
    square = metrics.brier(probability, positive, weights)
    assert square[0] == pytest.approx(
        peers.brier_score_loss(positive, probability, sample_weight=weights[0])
    )


@pytest.mark.property
@given(weighted_texts())
def test_flag_metrics_equal_scikit_learn(case: tuple[Floats, Bools, Floats]) -> None:
    scores, positive, weights = case
    flagged = scores >= 1
    if not both_labels(positive, weights) or not (weights @ flagged)[0]:
        return
    pairs: tuple[tuple[Callable[..., Floats], Callable[..., float]], ...] = (
        (metrics.precision, peers.precision_score),
        (metrics.recall, peers.recall_score),
        (metrics.f1, peers.f1_score),
    )
    for ours, theirs in pairs:
        expected = theirs(positive, flagged, sample_weight=weights[0], zero_division=0)
        assert ours(flagged, positive, weights)[0] == pytest.approx(expected)


@pytest.mark.property
@given(weighted_texts())
def test_recall_at_false_alarms_is_the_best_threshold(case: tuple[Floats, Bools, Floats]) -> None:
    scores, positive, weights = case
    if not both_labels(positive, weights):
        return
    ranking = metrics.rank(scores, positive)
    for share in (0.0, 0.1, 0.5, 1.0):
        found = metrics.recall_at(ranking, weights, false_alarms=share)[0]
        best = max(
            metrics.recall(scores >= cut, positive, weights)[0]
            for cut in [*scores, np.inf]
            if metrics.false_alarm_rate(scores >= cut, positive, weights)[0] <= share
        )
        assert found == pytest.approx(best)


@pytest.mark.property
@given(weighted_texts())
def test_order_alone_decides_ranking_metrics(case: tuple[Floats, Bools, Floats]) -> None:
    scores, positive, weights = case
    for change in (lambda given: 3 * given + 1, np.exp):
        before = metrics.auroc(metrics.rank(scores, positive), weights)
        after = metrics.auroc(metrics.rank(change(scores), positive), weights)
        assert np.array_equal(before, after, equal_nan=True)


@pytest.mark.property
@given(weighted_texts())
def test_labels_and_scores_turned_round_give_the_same_area(
    case: tuple[Floats, Bools, Floats],
) -> None:
    scores, positive, weights = case
    before = metrics.auroc(metrics.rank(scores, positive), weights)
    after = metrics.auroc(metrics.rank(-scores, ~positive), weights)
    assert after == pytest.approx(before, nan_ok=True)


@pytest.mark.property
@given(weighted_texts())
def test_a_weight_is_as_good_as_a_copy(case: tuple[Floats, Bools, Floats]) -> None:
    scores, positive, weights = case
    times = weights[0].astype(int)
    copied = np.repeat(scores, times), np.repeat(positive, times)
    ones = np.ones((1, times.sum()))
    for name in ("auroc", "average_precision"):
        metric = getattr(metrics, name)
        weighted = metric(metrics.rank(scores, positive), weights)
        assert metric(metrics.rank(*copied), ones) == pytest.approx(weighted, nan_ok=True)


def test_calibration_error_by_hand() -> None:
    # Bins of 1/15: two texts at 0.5 of which one is positive, two at 0.9 of which none is.
    probability = np.array([0.5, 0.5, 0.9, 0.9])
    positive = np.array([True, False, False, False])
    found = metrics.calibration_error(probability, positive, np.ones((1, 4)))
    assert found[0] == pytest.approx((0 * 2 + 0.9 * 2) / 4)


def test_probabilities_of_nought_and_one_have_bins() -> None:
    assert metrics.bins_of(np.array([0.0, 1.0])).tolist() == [0, metrics.BINS - 1]


def test_kind_metrics_equal_scikit_learn() -> None:
    true, given_ = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 0, 2])
    ones = np.ones((1, 6))
    assert metrics.accuracy(given_, true, ones)[0] == pytest.approx(4 / 6)
    expected = peers.f1_score(true, given_, average="macro")
    assert metrics.macro_f1(given_, true, ones)[0] == pytest.approx(expected)


def test_a_class_that_a_resample_lacks_says_nothing_there() -> None:
    true = given_ = np.array([0, 1])
    assert metrics.macro_f1(given_, true, np.array([[2.0, 0.0]]))[0] == 1


@pytest.mark.parametrize("labels", [[], [True], [False], [True, True], [False, False]])
def test_what_the_texts_do_not_allow_is_nan_and_no_error(labels: list[bool]) -> None:
    positive = np.array(labels, dtype=bool)
    scores = np.zeros(len(labels))
    ranking, ones = metrics.rank(scores, positive), np.ones((1, len(labels)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(metrics.auroc(ranking, ones)[0])
        assert np.isnan(metrics.average_precision(ranking, ones)[0])
        assert np.isnan(metrics.recall_at(ranking, ones, false_alarms=0.1)[0])
        for name in ("brier", "log_loss", "calibration_error"):
            found = getattr(metrics, name)(scores, positive, ones)[0]
            assert np.isnan(found) == (not labels)
        none = np.array([], dtype=np.int64)
        assert np.isnan(metrics.macro_f1(none, none, np.ones((1, 0)))[0])


def test_log_odds_of_any_size_have_a_probability() -> None:
    found = metrics.probability_of(np.array([-1000.0, 0.0, 1000.0]))
    assert found.tolist() == [0.0, 0.5, 1.0]
