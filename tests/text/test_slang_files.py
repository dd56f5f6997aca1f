"""The slang that is shipped."""

from __future__ import annotations

import pytest

from offer_screen.rules.schema import SlangFile
from tests.text.conftest import slang_entries

FILES = ("slang", "regional")


@pytest.mark.parametrize("name", FILES)
def test_file_has_the_documented_shape(name: str) -> None:
    entries = SlangFile(slang=slang_entries(name)).slang
    for short, entry in entries.items():
        assert short == short.lower().strip()
        assert entry.normal != short


def test_no_short_form_stands_in_both_files() -> None:
    first, second = (set(slang_entries(name)) for name in FILES)
    assert not first & second


def test_units_of_one_letter_need_a_number() -> None:
    entries = slang_entries("slang")
    assert all(entries[unit]["after_number"] for unit in ("k", "m", "x"))


@pytest.mark.parametrize("short", ["no", "an", "hr", "kl", "up", "art", "sponsor", "gas", "real"])
def test_words_of_their_own_are_ambiguous(short: str) -> None:
    assert slang_entries("slang")[short]["ambiguous"]
