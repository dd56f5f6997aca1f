"""Companies, agencies and institutes that an offer names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.organisation import WORDS, find_companies
from offer_screen.text.normalizer import Normalizer


@pytest.mark.parametrize(
    ("text", "quote", "form", "role"),
    [
        ("PT Contoh Migran (P3MI), SIP3MI", "PT Contoh Migran", "pt", "agency"),
        ("P3MI PT Contoh Sejahtera", "PT Contoh Sejahtera", "pt", "agency"),
        ("PT. Contoh Jaya membutuhkan operator", "PT. Contoh Jaya", "pt", "employer"),
        ("PT CONTOH JAYA MEMBUTUHKAN ABK", "PT CONTOH JAYA", "pt", "employer"),
        ("PT CONTOH JAYA DIUTAMAKAN LULUSAN SMA", "PT CONTOH JAYA", "pt", "unknown"),
        ("pt contoh jaya buka loker", "pt contoh jaya", "pt", "employer"),
        ("kantor PT Contoh Cikarang", "PT Contoh Cikarang", "pt", "unknown"),
        ("CV Maju Contoh", "CV Maju Contoh", "cv", "unknown"),
        ("LPK Sakura Contoh", "LPK Sakura Contoh", "lpk", "training"),
        ("Yayasan Kasih Contoh", "Yayasan Kasih Contoh", "yayasan", "unknown"),
        ("RS Contoh Sehat, Riyadh", "RS Contoh Sehat", "rs", "employer"),
        ("Hotel Contoh Indah", "Hotel Contoh Indah", "hotel", "employer"),
        ("pabrik Contoh Co., Ltd, Taoyuan", "Contoh Co., Ltd", "co-ltd", "employer"),
        ("Contoh Sdn Bhd", "Contoh Sdn Bhd", "sdn-bhd", "employer"),
        ("Contoh Maju Pte. Ltd.", "Contoh Maju Pte. Ltd", "pte-ltd", "employer"),
    ],
)
def test_companies_are_named(
    normalizer: Normalizer, text: str, quote: str, form: str, role: str
) -> None:
    (company,) = find_companies(normalizer.read(text))
    assert text[company.span.start : company.span.end].rstrip(".") == quote
    assert (company.form, company.role) == (form, role)
    assert company.text is None


@pytest.mark.parametrize(
    "text",
    [
        "PT ternama",
        "lewat PT resmi",
        "tanpa PT",
        "PT kami",
        "PT tambang besar",
        "PT. Gaji besar",
        "gak semahal pt",
        "langsung ke saya tanpa pt",
        "nama pt menyusul",
        "LPK resmi",
        "hotel bintang 5",
        "kirim CV Anda",
        "kirim CV ke email",
        "siapkan CV, KTP",
        "G to G Korea KP2MI",
    ],
)
def test_a_legal_form_alone_names_nobody(normalizer: Normalizer, text: str) -> None:
    assert find_companies(normalizer.read(text)) == ()


def test_two_companies_stay_two(normalizer: Normalizer) -> None:
    assert len(find_companies(normalizer.read("PT Contoh & Anak dan PT Kedua Contoh"))) == 2


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from([*sorted(WORDS), "PT", "Contoh", "Co.,", "Ltd", "&", ","]), max_size=15
        ).map(" ".join),
    )
)
def test_any_text_gives_companies_inside_it(normalizer: Normalizer, text: str) -> None:
    for company in find_companies(normalizer.read(text)):
        assert 0 <= company.span.start < company.span.end <= len(text)
