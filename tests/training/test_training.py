"""Training: the same texts give the same model, and scikit-learn says what the model says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.model_selection import GroupKFold

from offer_screen import Screener
from offer_screen.classify.features import FeatureSettings
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import KINDS, model_file
from offer_screen.errors import InputError
from offer_screen.training.balance import weights_of
from offer_screen.training.classifier import fit, out_of_fold, train, vectorizer_of
from offer_screen.training.files import train_files
from offer_screen.training.scikit import scikit_heads
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import TrainingText, read_extra, read_texts
from offer_screen.training.vectors import vocabulary_of
from offer_screen.values import Kind
from tests.training.conftest import Writer, records

SETTINGS = TrainingSettings(least_families=2, least_families_subword=3, folds=3)


@pytest.fixture
def texts(screener: Screener, write: Writer) -> tuple[TrainingText, ...]:
    return read_texts(write(records()), screener.normalizer.read)[0]


def test_the_same_texts_give_the_same_file(screener: Screener, write: Writer) -> None:
    read = screener.normalizer.read
    path = write(records())
    one = train_files([path], settings=SETTINGS, read=read)
    two = train_files([path], settings=SETTINGS, read=read)
    assert model_file(one) == model_file(two)


@pytest.mark.parametrize(
    ("at", "change"),
    [
        (0, {"text": "kerja di luar negeri pakai visa turis, ijazah dipegang bos"}),
        (0, {"label": "legit"}),
        (0, {"family": "alone"}),
    ],
)
def test_one_change_of_the_corpus_changes_its_digest(
    screener: Screener, write: Writer, at: int, change: dict[str, Any]
) -> None:
    read = screener.normalizer.read
    rows = records()
    before = read_texts(write(rows), read)[1]
    rows[at] |= change
    after = read_texts(write(rows), read)[1]
    assert before.sha256 != after.sha256
    assert (before.name, before.texts) == (after.name, after.texts)


def test_scikit_learn_says_what_the_model_says(
    screener: Screener, texts: tuple[TrainingText, ...]
) -> None:
    model = train(texts, SETTINGS)
    classifier = TextClassifier(model)
    heads = scikit_heads(model)
    more = [row["text"] for row in records()] + ["kata baru semua di sini", "visa turisme"]
    documents = [screener.normalizer.read(text) for text in more]
    told = [classifier.log_odds(document) for document in documents]
    words = [[*text.words] for text in texts] + [
        [token.norm for token in document.tokens] for document in documents[-2:]
    ]
    scam = heads.scam.decision_function(words)
    kinds = heads.kinds.decision_function(words)
    assert np.abs(scam - [one.scam for one in told]).max() < 1e-9
    assert np.abs(kinds - np.asarray([one.kinds for one in told])).max() < 1e-9
    assert list(heads.scam.predict(words)) == [one.scam > 0 for one in told]


def test_a_model_learns_what_tells_scams_and_kinds(
    screener: Screener, texts: tuple[TrainingText, ...]
) -> None:
    classifier = TextClassifier(train(texts, SETTINGS))
    read = screener.normalizer.read
    scam = classifier.log_odds(read("ada kerja, nanti pakai visa turis, paspor dipegang bos"))
    lawful = classifier.log_odds(read("toko cari operator, lamaran ke toko"))
    warning = classifier.log_odds(read("waspada, lapor ke polisi"))
    assert scam.scam > 0 > lawful.scam
    assert KINDS[int(np.argmax(warning.kinds))] is Kind.AWARENESS


def test_out_of_fold_never_sees_the_family(texts: tuple[TrainingText, ...]) -> None:
    told = out_of_fold(texts, SETTINGS)
    assert told.shape == (len(texts), 1 + len(KINDS))
    assert np.array_equal(told, out_of_fold(texts, SETTINGS))
    # Of a family whose words occur nowhere else nothing can be known, unless it was seen.
    lone = [text._replace(words=[f"{text.family}-{text.scam}"] * 3) for text in texts]
    words_only = SETTINGS.model_copy(
        update={"features": FeatureSettings(subwords=()), "least_families": 1}
    )
    blind = out_of_fold(lone, words_only)[:, 0]
    assert len(set(blind.round(9))) <= words_only.folds
    seen = TextClassifier(train(lone, words_only))
    assert {seen.model.words[text.words[0]][0] > 0 for text in lone if text.scam} == {True}


def test_out_of_fold_is_what_a_training_without_the_fold_says(
    texts: tuple[TrainingText, ...],
) -> None:
    extra = [
        text._replace(extra=True, scam=False, family=f"x{at}") for at, text in enumerate(texts)
    ]
    every = [*texts, *extra[::4]]
    told = out_of_fold(every, SETTINGS)
    families = [text.family for text in every]
    split = GroupKFold(SETTINGS.folds, shuffle=True, random_state=SETTINGS.seed)
    for seen, held_out in split.split(families, groups=families):
        heads = fit([every[index] for index in seen], SETTINGS)
        rows = vectorizer_of(heads.vocabulary, SETTINGS).transform(
            every[index].words for index in held_out
        )
        expected = rows @ heads.weights.T + heads.bias
        assert np.abs(told[held_out] - expected).max() < 1e-6


def test_a_feature_needs_families_and_not_texts() -> None:
    words = [["sama", "kata"], ["sama", "kata"], ["sama", "lain"], ["beda", "lain"]]
    found = vocabulary_of(words, ["a", "a", "a", "b"], SETTINGS.features, least=2, least_subword=2)
    assert found.words == ("lain",)
    assert found.pairs == ()
    assert "<lai" in found.subwords
    assert "<sam" not in found.subwords


def test_channel_and_length_do_not_give_the_label_away(texts: tuple[TrainingText, ...]) -> None:
    weights = weights_of(texts, extra_weight=0.1, most_weight=100.0)
    scam = np.asarray([text.scam for text in texts])
    for channel in ("whatsapp", "facebook"):
        inside = np.asarray([text.channel == channel for text in texts])
        share = weights[inside & scam].sum() / weights[inside].sum()
        assert share == pytest.approx(scam.mean())


def test_weights_are_bounded_and_a_further_file_counts_as_a_share(
    texts: tuple[TrainingText, ...],
) -> None:
    lone = texts[0]._replace(channel="letter")
    extra = [texts[5]._replace(extra=True, source="more.jsonl")] * 900
    weights = weights_of([*texts, lone, *extra], extra_weight=0.1, most_weight=2.0)
    assert weights[: len(texts) + 1].max() <= 2.0
    assert weights[: len(texts) + 1].min() >= 0.5
    assert weights[-900:].sum() == pytest.approx(0.1 * (len(texts) + 1))


def test_of_a_further_file_only_what_may_be_trained_on_is_taken(
    screener: Screener, write: Writer
) -> None:
    rows = [
        {"id": "a", "text": "loker toko", "label": "legit", "kind": "domestic_offer"},
        {"id": "b", "text": "enak sekali", "label": "other", "kind": "review", "train_ok": True},
        {"id": "c", "text": "loker kasir", "kind": "domestic_offer", "train_ok": True},
        {"id": "d", "text": "penipuan", "label": "scam", "kind": "sms", "train_ok": True},
        {"id": "e", "text": "loker admin", "kind": "domestic_offer", "train_ok": "true"},
    ]
    texts, source = read_extra(write(rows, "more.jsonl"), screener.normalizer.read)
    assert [(text.scam, text.kind, text.extra) for text in texts] == [
        (False, Kind.OTHER, True),
        (False, Kind.OFFER, True),
    ]
    assert (source.name, source.texts) == ("more.jsonl", 2)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"label": "penipuan"}, r"corpus\.jsonl:3: label is one of scam, legit, not_offer"),
        ({"label": ["scam"]}, r"corpus\.jsonl:3: label is one of"),
        ({"kind": "spam"}, r"corpus\.jsonl:3: kind is one of"),
        ({"text": None}, r"corpus\.jsonl:3: field 'text' is null, not text"),
    ],
)
def test_a_record_of_another_shape_is_told_with_its_line(
    screener: Screener, write: Writer, change: dict[str, Any], says: str
) -> None:
    rows = records()
    rows[2] |= change
    with pytest.raises(InputError, match=says):
        read_texts(write(rows), screener.normalizer.read)


def test_texts_of_one_label_or_without_a_kind_do_not_train(
    texts: tuple[TrainingText, ...],
) -> None:
    with pytest.raises(InputError, match="needs scams and other texts"):
        train([text for text in texts if not text.scam], SETTINGS)
    with pytest.raises(InputError, match="none is of awareness"):
        train([text for text in texts if text.kind is not Kind.AWARENESS], SETTINGS)
    with pytest.raises(InputError, match="5 folds need as many families"):
        out_of_fold([text._replace(family="one") for text in texts], TrainingSettings())


def test_further_files_bring_no_features(texts: tuple[TrainingText, ...]) -> None:
    more = [
        TrainingText(["zebra", "kerja"], scam=False, kind=Kind.OTHER, family=f"x{index}")
        for index in range(9)
    ]
    of_corpus, of_further = (
        train([*texts, *(text._replace(extra=extra) for text in more)], SETTINGS)
        for extra in (False, True)
    )
    assert "zebra" in of_corpus.words
    assert "zebra" not in of_further.words
    assert "zebra kerja" not in of_further.pairs
