from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.text.folds import (
    digits_of,
    leet_readings,
    segments,
    squeezed_readings,
    undoubled,
)


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("g4j1", "gaji"),
        ("k@mboja", "kamboja"),
        ("jud0l", "judol"),
        ("s1ot", "slot"),
        ("t3rb4ng", "terbang"),
        ("vi$a", "visa"),
        ("6aji", "gaji"),
    ],
)
def test_leet_readings_hold_the_word(word: str, reading: str) -> None:
    assert reading in set(leet_readings(word))


@pytest.mark.parametrize("word", ["gaji", "2x", "n4", "g2g", "5r", "0812", "07.00", "h2", "1111"])
def test_words_and_numbers_have_no_leet_reading(word: str) -> None:
    assert list(leet_readings(word)) == []


def test_leet_readings_are_few_for_any_word() -> None:
    assert len(list(leet_readings("l1" * 15))) <= 32


def test_stretched_letters_are_squeezed_to_one_or_two() -> None:
    assert list(squeezed_readings("besaaar")) == ["besar", "besaar"]
    assert list(squeezed_readings("saaat"))[1] == "saat"
    assert list(squeezed_readings("maaf")) == []


def test_vowel_doubled_at_the_end_is_made_single() -> None:
    assert undoubled("gajii") == "gaji"
    assert undoubled("manfaat") == "manfaat"


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("visaturis", ("visa", "turis")),
        ("kekamboja", ("ke", "kamboja")),
        ("visatur", None),
        ("gaji", ("gaji",)),
    ],
)
def test_segments_cuts_into_few_known_words(letters: str, words: tuple[str, ...] | None) -> None:
    known = {"visa", "vis", "turis", "atu", "ke", "kamboja", "gaji", "ga", "ji"}
    assert segments(letters, known.__contains__, 10) == words


@pytest.mark.parametrize(
    ("surface", "digits"),
    [
        ("O812-34S6-7890", "081234567890"),
        ("o8i2", "0812"),
        ("+62 812 0000 1234", "6281200001234"),
        ("0812.0000.1234", "081200001234"),
        ("08l2", "0812"),
        ("lobi", None),
        ("BOSS", None),
        ("0812-xxxx", None),
        ("", None),
    ],
)
def test_digits_of_reads_letters_as_digits(surface: str, digits: str | None) -> None:
    assert digits_of(surface) == digits


@given(st.text(max_size=40))
def test_digits_of_gives_ascii_digits_or_nothing(surface: str) -> None:
    digits = digits_of(surface)
    assert digits is None or (digits.isascii() and digits.isdecimal())
