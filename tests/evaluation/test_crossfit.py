from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from offer_screen import Screener
from offer_screen.classify.base import LogOdds
from offer_screen.classify.linear import TextClassifier
from offer_screen.errors import InputError
from offer_screen.evaluation import (
    Depth,
    Plan,
    Sampling,
    evaluate,
    heads_off,
    out_of_fold_screener,
    read_texts,
)
from offer_screen.evaluation.crossfit import OutOfFoldClassifier, was_trained_on
from offer_screen.evaluation.curve import learns_like
from offer_screen.training.files import train_files
from offer_screen.training.settings import TrainingSettings
from offer_screen.values import Kind
from tests.evaluation.conftest import Row, rows, write

INQUIRY = "Kak mau tanya, lowongan di PT Contoh {n} itu beneran gak ya"
REVIEW = "Warung ini enak dan murah, porsi nomor {n} banyak sekali"
QUICK = {"sampling": Sampling(replicates=10), "depth": Depth(attacks=0, audit=False)}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    asked: list[Row] = [
        {"text": INQUIRY.format(n=n), "label": "legit", "kind": "inquiry", "family": f"i{n}"}
        for n in range(8)
    ]
    return write(tmp_path_factory.mktemp("corpus") / "train.jsonl", [*rows(), *asked])


@pytest.fixture(scope="module")
def extra(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reviews = [
        {"id": n, "text": REVIEW.format(n=n), "label": "other", "kind": "x", "train_ok": n > 2}
        for n in range(8)
    ]
    return write(tmp_path_factory.mktemp("extra") / "reviews.jsonl", reviews)


@pytest.fixture(scope="module")
def trained(shipped: Screener, corpus: Path, extra: Path) -> Screener:
    model = train_files([corpus], extra=[extra], settings=TrainingSettings(folds=3))
    return shipped.with_classifier(TextClassifier(model))


def test_what_was_trained_on_is_told_by_file_and_by_row(trained: Screener, extra: Path) -> None:
    texts = read_texts([extra], Plan()).texts
    assert [was_trained_on(text, trained.classifier) for text in texts] == [False] * 3 + [True] * 5
    assert not any(was_trained_on(text, None) for text in texts)


def test_texts_in_training_are_left_out(trained: Screener, extra: Path) -> None:
    found = evaluate(trained, read_texts([extra], Plan()), **QUICK)  # type: ignore[arg-type]
    assert found.sources.texts == 3
    assert found.notes == ("5 texts that the classifier was trained on are left out",)
    assert found.training is not None
    assert found.features > 0


def test_nothing_but_training_texts_is_an_input_error(trained: Screener, corpus: Path) -> None:
    with pytest.raises(InputError, match="trained on are left out"):
        evaluate(trained, read_texts([corpus], Plan()), **QUICK)  # type: ignore[arg-type]


def test_refitted_models_judge_what_they_did_not_see(
    trained: Screener, corpus: Path, extra: Path
) -> None:
    refitted = out_of_fold_screener(trained, [corpus], [extra])
    classifier = refitted.classifier
    assert isinstance(classifier, OutOfFoldClassifier)
    seen, unseen = REVIEW.format(n=5), "Teks yang tidak pernah dilatihkan"
    assert classifier.knows(seen)
    assert not classifier.knows(REVIEW.format(n=1))
    before, after = (
        one.classifier.log_odds(one.normalizer.read(seen))
        for one in (trained, refitted)
        if one.classifier
    )
    assert before != after
    assert refitted.screen(unseen).score == trained.screen(unseen).score
    copied = pickle.loads(pickle.dumps(refitted))
    assert copied.screen(seen) == refitted.screen(seen)
    found = evaluate(refitted, read_texts([extra], Plan()), **QUICK)  # type: ignore[arg-type]
    assert found.sources.texts == 8
    assert found.notes[0].startswith("5 texts that the classifier was trained on are judged by")


def test_a_curve_learns_as_the_model_did(trained: Screener, corpus: Path) -> None:
    assert trained.classifier is not None
    read = trained.normalizer.read
    learn = learns_like(trained.classifier.model, read)
    texts = read_texts([corpus], Plan()).texts
    told = learn(texts)([texts[0].text, REVIEW.format(n=9)])
    assert told[0] > told[1]
    with pytest.raises(InputError, match="every kind"):
        learn([text for text in texts if text.kind is not Kind.INQUIRY])


def test_one_head_off_leaves_the_other(trained: Screener, shipped: Screener) -> None:
    assert heads_off(shipped) == {}
    off = heads_off(trained)
    assert set(off) == {"without the head of scam", "without the head of kinds"}
    text = "Bayar biaya pendaftaran dulu, pasti diterima di PT Contoh Jaya"

    def told(screener: Screener) -> LogOdds:
        assert screener.classifier is not None
        return screener.classifier.log_odds(screener.normalizer.read(text))

    whole = told(trained)
    assert whole.scam != 0
    assert told(off["without the head of scam"]) == (0.0, whole.kinds)
    assert told(off["without the head of kinds"]) == (whole.scam, (0.0,) * 4)
    silent = pickle.loads(pickle.dumps(off["without the head of scam"]))
    assert silent.screen(text) == off["without the head of scam"].screen(text)


def test_a_file_of_the_training_that_is_missing_is_named(trained: Screener, corpus: Path) -> None:
    with pytest.raises(InputError, match=r"trained on reviews\.jsonl as well"):
        out_of_fold_screener(trained, [corpus])


def test_rules_alone_cannot_be_refitted(shipped: Screener, corpus: Path) -> None:
    with pytest.raises(InputError, match="no classifier"):
        out_of_fold_screener(shipped, [corpus])
