"""The visa that an offer speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.visa import WORDS, find_visas
from offer_screen.text.normalizer import Normalizer


@pytest.mark.parametrize(
    ("text", "visa_type", "quote"),
    [
        ("pakai visa turis dulu", "tourist", "visa turis"),
        ("masuk pake visa wisata", "tourist", "visa wisata"),
        ("visa pelancong", "tourist", "visa pelancong"),
        ("paspor pelancong aja", "tourist", "paspor pelancong"),
        ("visa: turis", "tourist", "visa: turis"),
        ("tourist visa ok", "tourist", "tourist visa"),
        ("visa turis tp bisa kerja", "tourist", "visa turis"),
        ("TIDAK pakai visa turis", "tourist", "visa turis"),
        ("v1sa turis", "tourist", "v1sa turis"),
        ("visa kunjungan keluarga", "visit", "visa kunjungan"),
        ("masuk guna pas lawatan sosial", "visit", "pas lawatan sosial"),
        ("visit visa first then convert", "visit", "visit visa"),
        ("visa ziarah 3 bulan kerja di madinah", "religious", "visa ziarah"),
        ("visa umroh bisa kerja", "religious", "visa umroh"),
        ("ziarah syakhsiyah", "religious", "syakhsiyah"),
        ("visa pelajar", "student", "visa pelajar"),
        ("Working Holiday Visa", "working_holiday", "Working Holiday Visa"),
        ("visa subclass 462", "working_holiday", "visa subclass 462"),
        ("bebas visa 30 hari", "visa_free", "bebas visa"),
        ("free visa aja masuknya", "visa_free", "free visa"),
        ("visa waiver", "visa_free", "visa waiver"),
        ("VOA dulu", "on_arrival", "VOA"),
        ("visa on arrival", "on_arrival", "visa on arrival"),
        ("visa kerja resmi", "work", "visa kerja"),
        ("visa E-9", "work", "visa E-9"),
        ("employment pass", "work", "employment pass"),
        ("work permit sebelum berangkat", "work", "work permit"),
        ("visa 3 bulan", "unspecified", "visa"),
        ("visa, kerja di pabrik", "unspecified", "visa"),
    ],
)
def test_visas_are_typed(normalizer: Normalizer, text: str, visa_type: str, quote: str) -> None:
    (visa,) = find_visas(normalizer.read(text))
    assert visa.visa_type == visa_type
    assert text[visa.span.start : visa.span.end] == quote


@pytest.mark.parametrize(
    "text",
    [
        "permit diurus di sana",
        "nanti dikonversi jd visa kerja",
        "calling visa menyusul",
        "izin kerja diurus di sana",
    ],
)
def test_a_permit_promised_for_later_is_no_work_visa(normalizer: Normalizer, text: str) -> None:
    assert [visa.visa_type for visa in find_visas(normalizer.read(text))] == ["unspecified"]


def test_free_visa_among_free_things_means_who_pays(normalizer: Normalizer) -> None:
    (visa,) = find_visas(normalizer.read("free ticket, free visa, free accom"))
    assert visa.visa_type == "unspecified"


@pytest.mark.parametrize("text", ["kartu visa", "izin keluarga", "pas nyampe", "rombongan umroh"])
def test_other_uses_of_the_words_are_no_visa(normalizer: Normalizer, text: str) -> None:
    assert find_visas(normalizer.read(text)) == ()


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(sorted(WORDS)), max_size=12).map(" ".join),
    )
)
def test_any_text_gives_visas_inside_it(normalizer: Normalizer, text: str) -> None:
    for visa in find_visas(normalizer.read(text)):
        assert 0 <= visa.span.start < visa.span.end <= len(text)
