"""Licences, job orders and decrees that an offer cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.licence import WORDS, find_licences
from offer_screen.text.normalizer import Normalizer


@pytest.mark.parametrize(
    ("text", "licence_type", "has_number"),
    [
        ("SIP3MI No 000 Th 2020", "sip3mi", True),
        ("SIP3MI KP2MI nomor 12/2021", "sip3mi", True),
        ("SIP3MI: KEP. 123/MEN/2011", "sip3mi", True),
        ("izin SIP3MI Kemnaker", "sip3mi", False),
        ("SIP3MI, gaji 5.000", "sip3mi", False),
        ("SIP3MI 0812-0000-1234", "sip3mi", False),
        ("SIP2MI: B.123/SIP2MI/IX/2025", "sip2mi", True),
        ("job order terverifikasi", "job_order", False),
        ("JO resmi", "job_order", False),
        ("demand letter dari KBRI", "job_order", False),
        ("NIB 1234567890123", "nib", True),
        ("NIB 12345", "nib", False),
        ("izin LPK Disnaker No 12/2020", "lpk", True),
        ("VIN 1234567", "lpk", True),
        ("SO resmi Kemnaker", "so", False),
        ("SIUPPAK", "siuppak", False),
        ("Kepka 50/2023", "decree", True),
        ("Perban No. 9 Tahun 2020", "decree", True),
    ],
)
def test_licences_are_typed(
    normalizer: Normalizer, text: str, licence_type: str, *, has_number: bool
) -> None:
    (licence,) = find_licences(normalizer.read(text))
    assert (licence.licence_type, licence.has_number) == (licence_type, has_number)
    assert licence.text is None


@pytest.mark.parametrize(
    "text", ["sesuai kepmen", "jo", "kursus di LPK", "so pasti", "izin keluarga"]
)
def test_other_uses_of_the_words_are_no_licence(normalizer: Normalizer, text: str) -> None:
    assert find_licences(normalizer.read(text)) == ()


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from([*sorted(WORDS), "No", "12/2020", "/", ":", "izin", "resmi"]),
            max_size=15,
        ).map(" ".join),
    )
)
def test_any_text_gives_licences_inside_it(normalizer: Normalizer, text: str) -> None:
    for licence in find_licences(normalizer.read(text)):
        assert 0 <= licence.span.start < licence.span.end <= len(text)
