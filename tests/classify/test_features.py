"""The classifier sees standard words, and shapes in place of numbers and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen import Screener
from offer_screen.classify.features import feature_spans, feature_words, shape_of, subwords_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("gaji", "gaji"),
        ("5", "<1>"),
        ("500", "<3>"),
        ("2026", "<year>"),
        ("0000", "<4>"),
        ("4417", "<4>"),
        ("5.000.000", "<7>"),
        ("1,5", "<2>"),
        ("08.30", "<clock>"),
        ("081200004417", "<phone>"),
        ("6281200004417", "<phone>"),
        ("+601100003382", "<phone>"),
        ("+60", "<dial>"),
        ("1234567890123456", "<9>"),
        ("hrd@contoh.example", "<mail>"),
        ("www.contoh.example", "<link>"),
        ("wa.me/6281200004417", "<link>"),
        ("s.id/x0000", "<link>"),
        ("@akun", "<account>"),
        ("#loker2026", "<tag>"),
        ("s1", "s1"),
        ("covid-19", "covid-0"),
        ("orang-orang", "orang-orang"),
        ("$", "$"),
        ("@", "@"),
    ],
)
def test_numbers_and_addresses_become_shapes(word: str, shape: str) -> None:
    assert shape_of(word) == shape


def test_no_digit_of_a_number_or_address_is_left(screener: Screener) -> None:
    text = "Gaji 7.351.942, wa 0812-0000-7351 atau 0857 0000 9942, mail hrd7351@contoh.example"
    words = feature_words(screener.normalizer.read(text))
    assert not {"7351", "942", "9942", "0857", "0000"} & set(words)
    assert words[0] == "gaji"
    assert "<mail>" in words


def test_case_emoji_and_punctuation_are_not_seen(screener: Screener) -> None:
    read = screener.normalizer.read
    loud = read("GAJI BESAR!!! 🔥🔥 langsung KERJA...")
    calm = read("gaji besar, langsung kerja")
    assert feature_words(loud) == feature_words(calm)


@given(st.text(min_size=1, max_size=40))
def test_every_word_has_a_shape_without_a_blank_unless_it_had_one(word: str) -> None:
    shape = shape_of(word)
    assert shape
    assert " " not in shape or " " in word
    assert len(shape) <= max(len(word), len("<account>"))


def test_parts_of_words_are_those_of_the_framed_word() -> None:
    assert subwords_of("di", (3, 4)) == ["<di", "di>", "<di>"]
    assert subwords_of("aaaa", (3,)) == ["<aa", "aaa", "aa>"]


@pytest.mark.parametrize("word", ["<phone>", "$", "-"])
def test_shapes_and_signs_have_no_parts(word: str) -> None:
    assert subwords_of(word, (3, 4)) == []


@given(st.text(st.sampled_from("abcde"), min_size=1, max_size=12))
def test_a_part_occurs_once_in_the_parts_of_a_word(word: str) -> None:
    parts = subwords_of(word, (3, 4, 5))
    assert len(parts) == len(set(parts))
    assert all(part in f"<{word}>" for part in parts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("beneran gak kak?", ["benar", "tidak", "kak", "<?>"]),
        ("kerja apa??? gaji ?! berapa", ["kerja", "apa", "<?>", "gaji", "<?>", "berapa"]),
        ("? kerja", ["<?>", "kerja"]),
        ("lihat contoh.example/?id=1", ["lihat", "<link>"]),
        ("daftar di loker-jaya.example/form ya", ["daftar", "di", "<link>", "ya"]),
    ],
)
def test_a_question_mark_is_a_word(screener: Screener, text: str, words: list[str]) -> None:
    document = screener.normalizer.read(text)
    assert feature_words(document)[-len(words) :] == words
    spans = feature_spans(document)
    assert len(spans) == len(feature_words(document))
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    for word, span in zip(feature_words(document), spans, strict=True):
        assert (word == "<?>") == text[slice(*span)].startswith("?")
