from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.text.unicode import clean
from offer_screen.values import Fold

TRICKY = st.lists(
    st.sampled_from(
        [
            *"abgjiKO 014.,-_*'\"&#;x\n\t",
            "\u200b",
            "\u00ad",
            "\ufeff",
            "\u202e",
            "\u0301",
            "\u0336",
            "а",
            "Κ",
            "о",
            "й",
            "😀",
            "✈\ufe0f",
            "7\ufe0f\u20e3",
            "\U0001f1f0",
            "\U0001f1ed",
            "𝗮",
            "ⓖ",
            "🅰",
            "ᴀ",
            "ｇ",
            "&amp;",
            "amp;",
            "&#97;",
            "&#x430;",
            "&nbsp;",
            "&bogus;",
            "\r\n",
            "\r",
            "\u2028",
            "\x85",
            "½",
            "²",
            "ß",
            "İ",
            "ŉ",
            "\ud800",
            "´",
            "٣",
            "한",
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("text", "plain", "folds"),
    [
        ("𝗟𝗢𝗞𝗘𝗥 𝓰𝓪𝓳𝓲", "LOKER gaji", {Fold.COMPATIBILITY}),
        ("ⓖⓐⓙⓘ Ｌｏｋｅｒ", "gaji Loker", {Fold.COMPATIBILITY}),
        ("ᴀᴅᴍɪɴ ɢᴀᴊɪ ꜱʟᴏᴛ", "admin gaji slot", {Fold.COMPATIBILITY}),
        ("🅰\ufe0f🅳🅼🅸🅽 🅖🅐🅙🅘", "ADMIN GAJI", {Fold.COMPATIBILITY}),
        ("7\ufe0f\u20e3 juta", "7 juta", set()),
        ("❷ ⑤ 🔟", "2 5 10", {Fold.COMPATIBILITY}),
        ("ju\u200bdol sl\u00adot ka\u200cmboja", "judol slot kamboja", {Fold.INVISIBLE}),
        ("\ufeffgaji\u202e", "gaji", {Fold.INVISIBLE}),
        ("ju\ufe0fdol", "judol", {Fold.INVISIBLE}),
        ("✈\ufe0f terbang", "✈ terbang", set()),
        ("g̶a̶j̶i̶", "gaji", {Fold.COMBINING}),
        ("ģåjî", "gaji", {Fold.COMBINING}),
        ("gajiné gedhé, café", "gajine gedhe, cafe", set()),
        ("аdmin gаjі Κamboja lоker", "admin gaji Kamboja loker", {Fold.HOMOGLYPH}),
        ("сара di sini", "capa di sini", {Fold.HOMOGLYPH}),
        ("κеґја νіѕа", "kerja visa", {Fold.HOMOGLYPH}),
        ("vaϲancy", "vacancy", {Fold.HOMOGLYPH}),
        ("требуется оператор сар", "требуется оператор сар", set()),
        ("&#103;aji &#x67;aji", "gaji gaji", {Fold.ENTITY}),
        ("mess &amp; makan&nbsp;gratis", "mess & makan gratis", {Fold.ENTITY}),
        ("&amp;amp;lt; &amp;#103;aji", "< gaji", {Fold.ENTITY}),
        ("&bogus; AT&T &copy &#; &#x;", "&bogus; AT&T &copy &#; &#x;", set()),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne", set()),
        ("🇰🇭 🇲🇲🇱🇦", "🇰🇭 🇲🇲🇱🇦", set()),
        ("🇬🇦🇯🇮", "GAJI", {Fold.COMPATIBILITY}),
        ("tipu² 5 m² ½", "tipu2 5 m2 1⁄2", set()),
        ("٠٨١٢", "0812", {Fold.COMPATIBILITY}),
        ("gaji‑besar − x", "gaji-besar - x", set()),
        ("한국어 ภาษาไทย ไม่", "한국어 ภาษาไทย ไม่", set()),
        ("x\ud800y", "x\ufffdy", set()),
    ],
)
def test_clean_up_gives_plain_characters(text: str, plain: str, folds: set[Fold]) -> None:
    cleaned = clean(text)
    assert cleaned.text == plain
    assert {fold for _, fold in cleaned.marks} == folds


@pytest.mark.parametrize("text", ["", "Gaji 7 juta, mess & makan.\n- tiket", "Gaji 💰 “besar”"])
def test_plain_text_is_not_copied(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text is text
    assert cleaned.offsets == range(len(text) + 1)
    assert cleaned.ends == range(1, len(text) + 2)


def test_offsets_lead_to_the_original_characters() -> None:
    text = "ju\u200bdol &amp; g̶aji\r\nok"
    cleaned = clean(text)
    at = cleaned.text.index("judol")
    assert text[cleaned.offsets[at] : cleaned.ends[at + 4]] == "ju\u200bdol"
    at = cleaned.text.index("&")
    assert text[cleaned.offsets[at] : cleaned.ends[at]] == "&amp;"
    at = cleaned.text.index("g")
    assert text[cleaned.offsets[at] : cleaned.ends[at]] == "g̶"


@pytest.mark.property
@given(st.one_of(st.text(), TRICKY))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@pytest.mark.property
@given(st.one_of(st.text(), TRICKY))
def test_offsets_are_monotone_and_inside(text: str) -> None:
    cleaned = clean(text)
    offsets, ends = list(cleaned.offsets), list(cleaned.ends)
    assert len(offsets) == len(cleaned.text) + 1
    assert len(ends) >= len(cleaned.text)
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(offsets[:-1], ends, strict=False)
    )
    assert [at for at, _ in cleaned.marks] == sorted(at for at, _ in cleaned.marks)


def test_every_assigned_character_is_stable_after_one_round() -> None:
    unstable = [
        hex(code)
        for code in range(min(sys.maxunicode, 0x20000))
        if unicodedata.category(char := chr(code)) != "Cn"
        and clean(clean(char).text).text != clean(char).text
    ]
    assert unstable == []
