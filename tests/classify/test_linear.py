"""The score of a text is the sum of what its words add."""

from __future__ import annotations

import math
import pickle
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen import Screener
from offer_screen.classify import linear
from offer_screen.classify.features import feature_words
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import HEADS
from offer_screen.values import Kind
from tests.classify.models import small_model

WORDS = ("gaji", "visa", "turis", "besar", "kerja", "0812-0000-4417", "lgsg", "gajiku", "5jt", "\n")


@pytest.fixture(scope="module")
def classifier() -> TextClassifier:
    return TextClassifier(small_model())


def test_a_score_by_hand(screener: Screener, classifier: TextClassifier) -> None:
    told = classifier.log_odds(screener.normalizer.read("gaji, visa turis"))
    # gaji 4 with its parts <ga 1 and aji 2; turis 6 with tur -3; the pair 10; half a step each.
    assert told.scam == pytest.approx(-1.0 + 0.5 * (7 + 3 + 10) / math.sqrt(3), abs=1e-12)
    assert told.kinds[0] == pytest.approx(0.5 + 0.5 * 1 / math.sqrt(3), abs=1e-12)
    assert told.kinds[3] == pytest.approx(0.25 + 0.5 * (7 - 3) / math.sqrt(3), abs=1e-12)


def test_a_word_counts_once(screener: Screener) -> None:
    classifier = TextClassifier(small_model(norm_power=0.0))
    read = screener.normalizer.read
    assert classifier.log_odds(read("gaji gaji gaji")) == classifier.log_odds(read("gaji"))


def test_a_text_without_words_has_the_bias(screener: Screener, classifier: TextClassifier) -> None:
    told = classifier.log_odds(screener.normalizer.read("..."))
    assert (told.scam, *told.kinds) == small_model().bias
    assert classifier.contributions(screener.normalizer.read("...")) == ()


@pytest.mark.property
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.sampled_from(HEADS))
def test_contributions_add_up_to_the_log_odds(
    screener: Screener, classifier: TextClassifier, text: str, head: Kind | None
) -> None:
    document = screener.normalizer.read(text)
    told = classifier.log_odds(document)
    addends = classifier.contributions(document, head)
    total = classifier.bias(head) + math.fsum(addend.value for addend in addends)
    assert total == pytest.approx((told.scam, *told.kinds)[HEADS.index(head)], abs=1e-9)
    spans = [addend.span for addend in addends]
    assert spans == sorted(set(spans))


def test_contributions_point_into_the_original_text(
    screener: Screener, classifier: TextClassifier
) -> None:
    text = "Berangkat pakai VISA t.u.r.i.s aja"
    addends = classifier.contributions(screener.normalizer.read(text))
    strongest = max(addends, key=lambda addend: addend.value)
    assert text[slice(*strongest.span)] == "t.u.r.i.s"
    assert strongest.words == ("turis",)
    visa = next(addend for addend in addends if addend.words == ("visa",))
    assert visa.value == pytest.approx(0.5 * 5 / math.sqrt(len(addends)))


def test_a_short_form_of_several_words_is_one_place(
    screener: Screener, classifier: TextClassifier
) -> None:
    text = "loker gaji"
    addends = classifier.contributions(screener.normalizer.read(text))
    assert [text[slice(*addend.span)] for addend in addends] == ["loker", "gaji"]
    assert addends[0].words == ("lowongan", "kerja")


@pytest.mark.property
@given(st.lists(st.lists(st.integers(-32_767, 32_767), min_size=5, max_size=5), max_size=40))
def test_packed_weights_sum_like_plain_ones(rows: list[list[int]]) -> None:
    total = sum(map(linear._packed, rows))
    assert (
        linear._unpacked(total) == [sum(column) for column in zip(*rows, strict=True)] or not rows
    )


def test_the_longest_text_does_not_overflow(screener: Screener) -> None:
    written = [f"{first}o{last}u" for first in "bdfghjklm" for last in "nprstz"]
    document = screener.normalizer.read(" ".join(written * 60))
    words = set(feature_words(document))
    model = small_model(words=dict.fromkeys(words, (32767, -32767, 0, 0, 32767)))
    told = TextClassifier(model).log_odds(document)
    most = 0.5 * len(words) * 32_767 / math.sqrt(len(document.tokens))
    assert len(words) > 40
    assert told.scam == pytest.approx(-1.0 + most)
    assert told.kinds[0] == pytest.approx(0.5 - most)


def test_a_classifier_survives_pickling(screener: Screener, classifier: TextClassifier) -> None:
    document = screener.normalizer.read("gaji visa turis")
    other = pickle.loads(pickle.dumps(classifier))
    assert other.log_odds(document) == classifier.log_odds(document)
    assert other.digest == classifier.digest


def test_the_cache_of_words_is_bounded(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "_WORDS_KEPT", 10)
    classifier = TextClassifier(small_model())
    for last in "bdfghjkl":
        text = " ".join(["gaji", *(f"m{vowel}{last}o" for vowel in "aiueo")])
        document = screener.normalizer.read(text)
        assert classifier.log_odds(document) == TextClassifier(small_model()).log_odds(document)
    assert len(classifier._words) <= 10


def test_threads_share_a_classifier(screener: Screener, classifier: TextClassifier) -> None:
    documents = [screener.normalizer.read(f"gaji {word} visa turis") for word in WORDS]
    expected = [TextClassifier(small_model()).log_odds(document) for document in documents]
    wrong: list[int] = []

    def work() -> None:
        for _ in range(50):
            for index, document in enumerate(documents):
                if classifier.log_odds(document) != expected[index]:
                    wrong.append(index)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
