from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest

from offer_screen import Level, Screener
from offer_screen.errors import InputError
from offer_screen.evaluation import (
    Depth,
    Evaluation,
    Labelled,
    Sampling,
    Texts,
    evaluate,
    read_plan,
)
from offer_screen.evaluation.bars import check_bars
from offer_screen.evaluation.comparison import compare, mcnemar
from offer_screen.evaluation.measuring import Truth
from offer_screen.evaluation.plan import Bar, MetricBar, Plan
from offer_screen.evaluation.systems import Scores, ablations, read_reports

QUICK = Sampling(replicates=50)
SHALLOW = Depth(attacks=0, audit=False, curve=False)


@pytest.fixture(scope="module")
def result(shipped: Screener, texts: Texts) -> Evaluation:
    train = [
        dataclasses.replace(text, id=f"train-{text.id}", text=f"{text.text} ya")
        for text in texts.texts
    ]
    return evaluate(shipped, texts, train=train, sampling=QUICK, depth=Depth(attacks=0))


def test_an_evaluation_survives_json(result: Evaluation) -> None:
    assert Evaluation.model_validate_json(result.model_dump_json()) == result


def test_the_same_run_gives_the_same_bytes(
    shipped: Screener, texts: Texts, result: Evaluation
) -> None:
    again = evaluate(shipped, texts, sampling=QUICK, depth=SHALLOW)
    assert again.systems[0] == result.systems[0]
    assert again.slices == result.slices


def test_levels_of_a_label_add_up(result: Evaluation) -> None:
    score = result.systems[0]
    assert score.positives is not None
    assert score.negatives is not None
    assert sum(score.positives.counts.values()) == result.sources.positives
    assert sum(score.negatives.counts.values()) == result.sources.texts - result.sources.positives
    shares = score.positives.at_or_above
    assert shares[Level.CAUTION].hits >= shares[Level.HIGH].hits >= shares[Level.CRITICAL].hits


def test_baselines_and_ablations_are_measured_like_the_score(result: Evaluation) -> None:
    names = {system.name for system in result.systems}
    assert {"rules only", "without floors", "keyword list", "majority"} <= names
    majority = result.system("majority")
    assert majority.figures["auroc"].value == 0.5
    assert majority.positives is None
    with pytest.raises(KeyError):
        result.system("none")


def test_slices_hold_every_text_that_has_a_value(result: Evaluation) -> None:
    for by in ("channel", "register", "length", "cue"):
        texts = sum(
            sum(item.positives.counts.values()) + sum(item.negatives.counts.values())
            for item in result.slices
            if item.by == by
        )
        assert texts == result.sources.texts


def test_what_only_positives_have_is_set_against_all_negatives(result: Evaluation) -> None:
    negatives = result.sources.texts - result.sources.positives
    slices = [item for item in result.slices if item.by == "harm"]
    assert len(slices) == 2
    assert all(sum(item.negatives.counts.values()) == negatives for item in slices)


def test_every_claim_of_false_alarms_has_its_bound(result: Evaluation) -> None:
    for claim in result.claims:
        assert claim.alarms / claim.negatives < claim.bound <= 1


def test_confusion_counts_the_texts_that_say_their_kind(result: Evaluation) -> None:
    assert result.confusion is not None
    assert sum(map(sum, result.confusion.counts)) == result.sources.texts


def test_plots_begin_and_end_where_they_must(result: Evaluation) -> None:
    roc = result.plots.roc["rules only"]
    assert (roc.x[0], roc.y[0], roc.x[-1], roc.y[-1]) == (0, 0, 1, 1)
    assert sum(part.texts for part in result.plots.calibration) == result.sources.texts
    histograms = sum(sum(part.counts) for part in result.plots.histograms)
    assert histograms == result.sources.texts


def test_no_texts_are_an_input_error(shipped: Screener) -> None:
    with pytest.raises(InputError, match="no text"):
        evaluate(shipped, Texts(()))


def test_training_texts_that_are_evaluated_on_are_not_trained_on(
    shipped: Screener, texts: Texts
) -> None:
    depth = Depth(attacks=0, audit=False)
    found = evaluate(shipped, texts, train=texts.texts[:7], sampling=QUICK, depth=depth)
    assert found.trained_on == 0
    assert found.notes == ("7 training texts that are evaluated on are not trained on",)
    assert "baselines: no training texts were given" in found.left_out


@pytest.mark.parametrize("positive", [True, False])
def test_one_label_gives_reasons_and_no_error(
    shipped: Screener, labelled: tuple[Labelled, ...], positive: bool
) -> None:
    part = tuple(text for text in labelled if text.positive is positive)[:6]
    found = evaluate(shipped, Texts(part), sampling=QUICK, depth=SHALLOW)
    area = found.systems[0].figures["auroc"]
    assert area.value is None
    assert area.reason
    assert found.plots.roc == {}


def test_a_text_that_cannot_be_screened_becomes_a_bad_record(
    shipped: Screener, labelled: tuple[Labelled, ...]
) -> None:
    blank = dataclasses.replace(labelled[0], id="blank", text="   ")
    found = evaluate(shipped, Texts((blank, *labelled[:9])), sampling=QUICK, depth=SHALLOW)
    assert found.sources.texts == 9
    assert found.sources.errors == {"input": 1}
    assert found.sources.first_errors[0].startswith("blank: input")


def test_leaving_out_a_head_leaves_out_its_addends(
    shipped: Screener, labelled: tuple[Labelled, ...]
) -> None:
    readings = [
        reading
        for reading in read_reports(shipped, (text.text for text in labelled))
        if not isinstance(reading, InputError)
    ]
    parts = {part.name: part for part in ablations(readings, shipped.weighting.levels)}
    for at, reading in enumerate(readings):
        heads = {sign.head for sign in reading.signs}
        for head in heads:
            of_head = sum(sign.value for sign in reading.signs if sign.head == head)
            left = parts[f"without {head}"].log_odds[at]
            assert left == pytest.approx(reading.log_odds - of_head)
    assert all((part.levels is not None) for part in parts.values())


def test_a_bar_is_met_by_value_and_sure_by_interval(
    labelled: tuple[Labelled, ...],
) -> None:
    ranks = np.array([3 if text.positive else 0 for text in labelled])
    scores = Scores("perfect", ranks * 2.0 - 3, ranks)
    plan = Plan(
        bar=(
            Bar(group="small", of="positives", level=Level.HIGH, at_least=0.5),
            Bar(group="small", of="negatives", level=Level.HIGH, at_most=0.0),
            Bar(group="small", of="positives", level=Level.HIGH, subtle=True, at_most=0.5),
            Bar(group="nowhere", of="positives", level=Level.HIGH, at_least=0.5),
        ),
        metric_bar=(
            MetricBar(group="*", metric="auroc", at_least=0.99),
            MetricBar(group="*", metric="none", at_least=0.99),
        ),
    )
    found = check_bars(scores, Truth(labelled), plan, QUICK)
    assert [(bar.met, bar.sure) for bar in found] == [
        (True, True),
        (True, False),
        (False, False),
        (True, True),
    ]


def test_a_comparison_finds_the_better_system(labelled: tuple[Labelled, ...]) -> None:
    truth = Truth(labelled)
    random = np.random.default_rng(5)
    noise = Scores("noise", random.normal(size=len(labelled)))
    good = Scores("good", np.where(truth.positive, 1.0, -1.0))
    found = compare(noise, good, truth, QUICK)
    gain = found.differences["auroc"]
    assert gain.low is not None
    assert gain.low > 0
    assert found.only_second > found.only_first == 0
    assert found.p < 0.001
    same = compare(good, good, truth, QUICK)
    assert same.p == 1
    assert same.differences["auroc"].value == 0


@pytest.mark.parametrize(("first", "second", "p"), [(0, 0, 1), (5, 5, 1), (0, 6, 0.03125)])
def test_mcnemar_is_exact(first: int, second: int, p: float) -> None:
    assert mcnemar(first, second) == pytest.approx(p)
    assert mcnemar(second, first) == pytest.approx(p)


def test_the_day_of_the_run_is_told(texts: Texts) -> None:
    screener = Screener.load(engine="compiled", model=None, as_of=dt.date(2026, 11, 24))
    few = Texts(texts.texts[:4])
    assert (
        evaluate(screener, few, plan=read_plan(), sampling=QUICK, depth=SHALLOW).as_of
        == "2026-11-24"
    )
