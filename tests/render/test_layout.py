from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from offer_screen.rendering.layout import columns, wrap


@given(st.text(), st.sampled_from(["", "> ", " 1. "]))
def test_no_line_is_wider_than_asked(text: str, first: str) -> None:
    assert all(columns(line) <= 20 for line in wrap(text, first=first, width=20))


@given(st.text())
def test_wrapping_loses_only_spaces(text: str) -> None:
    assert "".join("".join(wrap(text, width=20)).split()) == "".join(text.split())


def test_wide_characters_count_twice_and_combining_ones_not() -> None:
    assert columns("✈🇰漢a\u0301") == 1 + 1 + 2 + 1
