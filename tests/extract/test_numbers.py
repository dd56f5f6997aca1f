"""Numbers in digits, in words, and glued to their units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.numbers import look, read_count, read_digits, reads_as, split_units
from offer_screen.extract.quantity import read_quantity
from offer_screen.text.document import Token


def tokens_of(text: str) -> list[Token]:
    out = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        out.append(Token(word, word.lower(), (word.lower(),), at, at + len(word)))
        at += len(word)
    return out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("7,5", 7.5),
        ("7.5", 7.5),
        ("12,25", 12.25),
        ("7.500", 7500),
        ("7,500", 7500),
        ("7.500.000", 7.5e6),
        ("7,500,000", 7.5e6),
        ("7.500.000,00", 7.5e6),
        ("7,500,000.50", 7_500_000.5),
        ("2500", 2500),
        ("0,5", 0.5),
    ],
)
def test_reads_digits_of_either_style(text: str, value: float) -> None:
    number = read_digits(text)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    "text", ["", "abc", "7jt", "17.08.2025", "1.2.3", "12.5000", "1" * 16, "1.", ".5", "7-8", "٧"]
)
def test_refuses_what_is_no_number(text: str) -> None:
    assert read_digits(text) is None


def test_tells_how_a_number_is_written() -> None:
    phone = read_digits("08120000")
    assert phone is not None
    assert phone.zero_led
    grouped = read_digits("1.200")
    assert grouped is not None
    assert grouped.grouped
    assert not grouped.decimal


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("tiga", 3, 1),
        ("sepuluh", 10, 1),
        ("dua belas", 12, 2),
        ("dua puluh", 20, 2),
        ("dua puluh lima", 25, 3),
        ("seratus dua puluh tiga", 123, 4),
        ("tiga ratus lima puluh", 350, 4),
        ("dua belas hari", 12, 2),
        ("satu dua tiga", 1, 1),
        ("12 hari", 12, 1),
    ],
)
def test_reads_number_words(text: str, value: float, end: int) -> None:
    assert read_count(tokens_of(text), 0) == (value, end)


@pytest.mark.parametrize("text", ["hari", "belas", "puluh lima", "0.0.0"])
def test_reads_no_number_where_there_is_none(text: str) -> None:
    assert read_count(tokens_of(text), 0) is None
    assert read_count(tokens_of(text), 9) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "end"),
    [
        ("7,5 juta", 7.5e6, 7.5e6, 2),
        ("15 k", 15e3, 15e3, 2),
        ("3 ratus ribu", 300e3, 300e3, 3),
        ("300 ribuan", 300e3, 399_999, 2),
        ("8 jutaan", 8e6, 8_999_999, 2),
        ("8 an juta", 8e6, 8_999_999, 3),
        ("sejuta dua ratus ribu", 1.2e6, 1.2e6, 4),
        ("dua ribu lima ratus", 2500, 2500, 4),
        ("puluhan ribu", 20e3, 99e3, 2),
        ("goceng", 5e3, 5e3, 1),
        ("7 juta 3 hari", 7e6, 7e6, 2),
    ],
)
def test_reads_quantities(text: str, low: float, high: float, end: int) -> None:
    quantity = read_quantity(tokens_of(text), 0)
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.end) == (low, high, end)


def test_small_m_is_metres() -> None:
    quantity = read_quantity(tokens_of("50 m"), 0)
    assert quantity is not None
    assert quantity.bare


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("7jt", ["7", "jt"]),
        ("rp7.000.000", ["rp", "7.000.000"]),
        ("rp.500,", ["rp", "500"]),
        ("rp300rb", ["rp", "300", "rb"]),
        ("800$", ["800", "$"]),
        ("10x", ["10", "x"]),
        ("N4 G2G S1 4G 3x4", ["n4", "g2g", "s1", "4g", "3x4"]),
    ],
)
def test_parts_numbers_from_known_units(text: str, norms: list[str]) -> None:
    parted = split_units(tokens_of(text), frozenset(("rp", "$")))
    assert [token.norm for token in parted] == norms


def test_parts_keep_their_place_in_the_text() -> None:
    text = "gaji Rp300rb"
    parted = split_units(tokens_of(text), frozenset(("rp",)))
    assert [text[token.start : token.end] for token in parted] == ["gaji", "Rp", "300", "rb"]


def test_whole_tokens_come_back_as_they_are() -> None:
    tokens = tokens_of("gaji 7 juta")
    assert split_units(tokens) is tokens


def test_looks_at_every_reading() -> None:
    token = Token("Real", "asli", ("asli", "benar"), 0, 4)
    assert look(token, {"benar": 1}) == 1
    assert look(token, {"real": 2}) == 2
    assert look(token, {}) is None
    assert reads_as(token, frozenset(("real",)))
    assert not reads_as(token, frozenset(("palsu",)))


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    number = read_digits(text)
    assert number is None or number.value >= 0


@given(st.text(alphabet="0123456789., rpjtxk$an", max_size=40))
def test_parting_loses_no_characters_of_a_word(text: str) -> None:
    for token in split_units(tokens_of(text), frozenset(("rp", "$"))):
        assert text[token.start : token.end].lower() == token.norm
