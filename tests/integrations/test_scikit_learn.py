"""The scikit-learn estimators on texts."""

from __future__ import annotations

import doctest
import importlib
import pickle
import sys
from importlib import util
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import issparse
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline, make_union

from offer_screen import InputError, Level, Screener
from offer_screen.errors import MissingExtra
from offer_screen.integrations import scikit_learn
from offer_screen.integrations.features import FEATURES
from offer_screen.integrations.scikit_learn import OfferScreenClassifier, OfferScreenTransformer

DAY = "2026-11-24"
SMALL: dict[str, Any] = {
    "rules": [str(Path(__file__).parent / "layer")],
    "as_of": DAY,
    "engine": "compiled",
}

FOUL = "Lowongan jaga rumah, KTP ditahan, bayar 300 ribu untuk seragam."
FEE = "Lowongan admin, bayar 300 ribu untuk seragam."
FAIR = "Lowongan kasir toko, gaji UMK"
TEXTS = [FOUL, FEE, FAIR]


@pytest.fixture(scope="module")
def reports() -> list[Any]:
    screener = Screener.load(SMALL["rules"], engine="compiled")
    return [screener.screen(text) for text in TEXTS]


# --- features -------------------------------------------------------------------------------------


def features_of(text: str, **parameters: Any) -> dict[str, float]:
    made = OfferScreenTransformer(**SMALL | parameters).fit()
    return dict(zip(made.get_feature_names_out(), made.transform([text])[0], strict=True))


def test_features_are_what_the_report_says(reports: list[Any]) -> None:
    for text, report in zip(TEXTS, reports, strict=True):
        row = features_of(text)
        fired = {name for name, value in row.items() if name.startswith("rule=") and value}
        assert fired == {f"rule={finding.rule}" for finding in report.findings}
        assert row["log_odds"] == report.score.log_odds
        assert row["level"] == report.level.rank
        assert row["classifier"] == 0
        assert row["facts"] == len(report.facts)
        assert row[f"kind={report.kind.value}"] == 1
        by_category = [value for name, value in row.items() if name.startswith("category=")]
        findings = [c.value for c in report.contributions if c.source == "finding"]
        assert sum(by_category) == pytest.approx(sum(findings))
        assert sum(v for n, v in row.items() if n.startswith("facts=")) == len(report.facts)


def test_the_shipped_pack_has_a_column_for_each_rule(screener: Screener) -> None:
    made = OfferScreenTransformer(as_of=DAY, features=["rules"]).fit()
    names = [f"rule={name}" for name in screener.ruleset.rules]
    assert list(made.get_feature_names_out()) == names
    report = screener.screen(FOUL)
    fired = made.get_feature_names_out()[made.transform([FOUL])[0] == 1]
    assert set(fired) == {f"rule={finding.rule}" for finding in report.findings}


def test_all_that_a_shipped_report_holds_has_its_column(screener: Screener) -> None:
    made = OfferScreenTransformer(as_of=DAY).fit()
    row = made.transform(["Kerja di Kamboja pakai visa turis. WA 0812-0000-1234, gaji 15 juta"])[0]
    named = dict(zip(made.get_feature_names_out(), row, strict=True))
    assert {"facts=visa", "facts=phone", "facts=salary"} <= {n for n, v in named.items() if v}
    assert set(screener.ruleset.pack.categories) == {
        name.removeprefix("category=") for name in named if name.startswith("category=")
    }


@pytest.mark.parametrize("group", FEATURES)
def test_a_group_of_features_is_the_same_alone(group: str) -> None:
    alone = features_of(FOUL, features=[group])
    assert alone
    assert alone.items() <= features_of(FOUL).items()


@pytest.mark.parametrize("features", [[], ["colour"], ["kind", "kind"], "kind"])
def test_features_that_cannot_be_are_refused(features: Any) -> None:
    with pytest.raises(ValueError, match="features: one or more of"):
        OfferScreenTransformer(**SMALL, features=features).fit()


def test_sparse_output_holds_the_same() -> None:
    dense = OfferScreenTransformer(**SMALL).fit_transform(TEXTS)
    sparse = OfferScreenTransformer(**SMALL, sparse_output=True).fit_transform(TEXTS)
    assert issparse(sparse)
    np.testing.assert_array_equal(sparse.toarray(), dense)


def test_a_data_frame_comes_out_when_asked() -> None:
    made = OfferScreenTransformer(**SMALL, features=["kind", "score"])
    made.set_output(transform="pandas")
    texts = pd.Series(TEXTS, index=["a", "b", "c"])
    frame = made.fit_transform(texts)
    assert list(frame.columns) == list(made.get_feature_names_out())
    assert list(frame.index) == ["a", "b", "c"]
    assert frame["level"]["a"] > frame["level"]["c"]


@pytest.mark.parametrize(
    "texts",
    [
        TEXTS,
        tuple(TEXTS),
        iter(TEXTS),
        np.array(TEXTS),
        np.array(TEXTS, dtype=object),
        np.array(TEXTS).reshape(-1, 1),
        pd.Series(TEXTS),
        pd.DataFrame({"text": TEXTS}),
    ],
    ids=["list", "tuple", "iterator", "str", "object", "column", "series", "frame"],
)
def test_texts_come_in_many_forms(texts: Any) -> None:
    made = OfferScreenTransformer(**SMALL, features=["score"]).fit()
    np.testing.assert_array_equal(made.transform(texts), made.transform(TEXTS))


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (FAIR, "give a list of texts"),
        (np.array([[FAIR, FOUL]]), r"one column of texts, not an array of shape \(1, 2\)"),
        ([FAIR, " "], "text 1: the offer is blank"),
        ([FAIR, None], "text 1: an offer is a str, not NoneType"),
        ([FAIR, float("nan")], "text 1: an offer is a str, not float"),
        (["x" * 20_001], "text 0: the offer has 20001 characters"),
    ],
)
def test_what_is_no_text_is_named(texts: Any, message: str) -> None:
    made = OfferScreenTransformer(**SMALL).fit()
    with pytest.raises(InputError, match=message):
        made.transform(texts)


def test_invalid_texts_may_pass_as_unknown() -> None:
    made = OfferScreenTransformer(**SMALL, handle_invalid="ignore").fit()
    row = made.transform([None])[0]
    assert dict(zip(made.get_feature_names_out(), row, strict=True))["log_odds"] == -3.0
    assert np.count_nonzero(row) == 1
    judge = OfferScreenClassifier(**SMALL, handle_invalid="ignore").fit(None, [0, 1])
    assert judge.reports([""]) == [None]
    assert list(judge.predict(["", FOUL])) == [0, 1]
    assert judge.predict_proba([""])[0, 1] == pytest.approx(1 / (1 + np.exp(3)))


@pytest.mark.parametrize("estimator", [OfferScreenTransformer, OfferScreenClassifier])
def test_how_to_handle_invalid_texts_is_checked(estimator: Any) -> None:
    with pytest.raises(ValueError, match="handle_invalid: 'error' or 'ignore', not 'skip'"):
        estimator(**SMALL, handle_invalid="skip").fit(None, [0, 1])


def test_nothing_works_before_fit() -> None:
    with pytest.raises(NotFittedError):
        OfferScreenTransformer(**SMALL).transform(TEXTS)
    with pytest.raises(NotFittedError):
        OfferScreenTransformer(**SMALL).get_feature_names_out()
    with pytest.raises(NotFittedError):
        OfferScreenClassifier(**SMALL).predict(TEXTS)


def test_workers_find_the_same() -> None:
    alone = OfferScreenTransformer(**SMALL).fit_transform(TEXTS)
    shared = OfferScreenTransformer(**SMALL, workers=2).fit_transform(TEXTS)
    np.testing.assert_array_equal(alone, shared)


# --- classifier -----------------------------------------------------------------------------------


def test_probabilities_and_decisions_are_those_of_the_report(reports: list[Any]) -> None:
    judge = OfferScreenClassifier(**SMALL, threshold=50).fit(None, ["legit", "scam"])
    assert list(judge.classes_) == ["legit", "scam"]
    scam = judge.predict_proba(TEXTS)[:, 1]
    np.testing.assert_allclose(scam, [report.score.probability for report in reports])
    decision = judge.decision_function(TEXTS)
    np.testing.assert_allclose(decision, [report.score.log_odds for report in reports])
    assert list(judge.predict(TEXTS)) == ["scam", "legit", "legit"]
    assert judge.reports(TEXTS) == reports


@pytest.mark.parametrize(
    ("threshold", "scams"),
    [("caution", 2), ("high", 1), (Level.CRITICAL, 0), (10, 2), (50.0, 1), (99, 0)],
)
def test_a_threshold_is_a_level_or_points(threshold: Any, scams: int) -> None:
    judge = OfferScreenClassifier(**SMALL, threshold=threshold).fit(None, [0, 1])
    assert judge.predict(TEXTS).sum() == scams


def test_a_floor_counts_for_a_level_and_not_for_points() -> None:
    by_level = OfferScreenClassifier(**SMALL, threshold="caution").fit(None, [0, 1])
    assert by_level.predict([FEE])[0] == 1
    assert by_level.decision_function([FEE])[0] < 0
    by_points = OfferScreenClassifier(**SMALL, threshold=20).fit(None, [0, 1])
    assert by_points.predict([FEE])[0] == 0
    np.testing.assert_allclose(
        by_points.decision_function(TEXTS), by_level.decision_function(TEXTS)
    )


@pytest.mark.parametrize("threshold", ["low", "severe", 0, 100, -1, None, float("nan")])
def test_a_threshold_that_cannot_be_is_refused(threshold: Any) -> None:
    with pytest.raises(ValueError, match="threshold: 'caution', 'high', 'critical' or points"):
        OfferScreenClassifier(**SMALL, threshold=threshold).fit(None, [0, 1])


@pytest.mark.parametrize(
    ("labels", "scam_label", "classes"),
    [
        ([1, 0, 0], None, [0, 1]),
        ([True, False, False], None, [False, True]),
        (["scam", "legit", "legit"], None, ["legit", "scam"]),
        (["penipuan", "wajar", "wajar"], "penipuan", ["wajar", "penipuan"]),
    ],
)
def test_the_scam_class_comes_last(labels: Any, scam_label: object, classes: list[Any]) -> None:
    judge = OfferScreenClassifier(**SMALL, scam_label=scam_label).fit(TEXTS, labels)
    assert list(judge.classes_) == classes
    assert list(judge.predict(TEXTS)) == labels
    assert judge.score(TEXTS, labels) == 1.0


@pytest.mark.parametrize(
    ("labels", "scam_label", "message"),
    [
        (["scam"] * 3, None, "two classes, not 1 class"),
        (["scam", "legit", "not_offer"], None, "two classes, not 3 classes"),
        (["fraud", "legit", "legit"], "scam", "scam_label: 'scam' is none of"),
        ([0, 1], None, "inconsistent numbers of samples"),
        (None, None, "requires y"),
    ],
)
def test_labels_that_do_not_serve_are_refused(
    labels: Any, scam_label: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        OfferScreenClassifier(**SMALL, scam_label=scam_label).fit(TEXTS, labels)


# --- in company -----------------------------------------------------------------------------------

MANY = [f"{text} {number}" for number in range(6) for text in (FOUL, FAIR)]
LABELS = ["scam", "legit"] * 6


def test_a_pipeline_is_cross_validated_and_searched() -> None:
    pipeline = make_pipeline(OfferScreenTransformer(**SMALL), LogisticRegression())
    assert cross_val_score(pipeline, MANY, LABELS, cv=3).mean() == 1.0
    search = GridSearchCV(
        pipeline,
        {"offerscreentransformer__features": [["kind"], ["rules", "score"]]},
        cv=2,
    )
    search.fit(MANY, LABELS)
    assert search.best_params_ == {"offerscreentransformer__features": ["rules", "score"]}


def test_a_threshold_can_be_searched() -> None:
    search = GridSearchCV(OfferScreenClassifier(**SMALL), {"threshold": [99.9, "high"]}, cv=2)
    search.fit(MANY, LABELS)
    assert search.best_params_ == {"threshold": "high"}
    assert cross_val_score(
        OfferScreenClassifier(**SMALL), MANY, LABELS, cv=2, scoring="roc_auc"
    ).tolist() == [1.0, 1.0]


def test_it_stands_beside_other_columns() -> None:
    frame = pd.DataFrame({"text": TEXTS, "length": [len(text) for text in TEXTS]})
    columns = ColumnTransformer(
        [("offer", OfferScreenTransformer(**SMALL, features=["score"]), "text")],
        remainder="passthrough",
    )
    assert columns.fit_transform(frame).shape == (3, 4)
    assert list(columns.get_feature_names_out())[:2] == ["offer__log_odds", "offer__level"]
    both = make_union(
        OfferScreenTransformer(**SMALL, features=["kind"]),
        OfferScreenTransformer(**SMALL, features=["score"]),
    )
    assert both.fit_transform(TEXTS).shape == (3, 7)


@pytest.mark.parametrize("estimator", [OfferScreenTransformer, OfferScreenClassifier])
def test_a_clone_has_the_parameters_and_a_pickle_also_the_state(
    estimator: Any, tmp_path: Path
) -> None:
    fitted = estimator(**SMALL).fit(TEXTS, ["scam", "legit", "legit"])
    assert clone(fitted).get_params() == fitted.get_params()
    joblib.dump(fitted, tmp_path / "estimator.joblib")
    for again in (pickle.loads(pickle.dumps(fitted)), joblib.load(tmp_path / "estimator.joblib")):
        assert again.reports(TEXTS) == fitted.reports(TEXTS)
        method = "transform" if estimator is OfferScreenTransformer else "predict"
        np.testing.assert_array_equal(getattr(again, method)(TEXTS), getattr(fitted, method)(TEXTS))


def test_the_examples_of_the_module_hold() -> None:
    told = doctest.testmod(scikit_learn)
    assert told.attempted
    assert not told.failed


def test_without_scikit_learn_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    monkeypatch.delitem(sys.modules, scikit_learn.__name__)
    with pytest.raises(MissingExtra, match=r"pip install 'offer_screen\[sklearn\]'"):
        importlib.import_module(scikit_learn.__name__)
