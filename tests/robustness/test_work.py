"""The work that a text makes grows with its length, counted in calls and not in seconds."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from offer_screen import Screener

UNITS = {
    "letters": "a",
    "dots": ".",
    "letters with blanks": "a ",
    "quotes": '"a" ',
    "entities": "&#97;",
    "tags": "<b>",
    "flags": "🇰🇭",
    "phones": "0812-0000-1234 ",
    "links": "wa.me/6281200001234 ",
    "amounts": "gaji 5 jt ",
    "deposits": "deposit Rp 50.000 kembali Rp 75.000 ",
    "negated flags": "tidak ada paspor dipegang ",
    "warned flags": "waspada paspor dipegang ",
    "reported flags": "korban dijanjikan paspor dipegang ",
    "quoted warned flags": 'waspada "paspor dipegang" ',
    "companies": "PT Contoh ",
    "offers": "Kerja di Kamboja, gaji 1000 USD, visa turis, paspor dipegang agen. ",
}

_SHORT = 2_000


def calls(screener: Screener, text: str) -> int:
    """Return how many functions were called, and generators resumed, to screen a text."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        screener.screen(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_four_times_the_text_makes_at_most_five_times_the_calls(
    unit: str, screener: Screener
) -> None:
    short, long = ((unit * size)[:size] for size in (_SHORT, 4 * _SHORT))
    screener.screen(long)  # what is worked out once for a word, or once at all
    assert calls(screener, long) < 5 * calls(screener, short) + 1_000
