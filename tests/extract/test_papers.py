"""Personal documents and data, and what happens with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.papers import WORDS, find_papers
from offer_screen.text.normalizer import Normalizer


def read(normalizer: Normalizer, text: str) -> list[tuple[str, str]]:
    return [(paper.paper, paper.action) for paper in find_papers(normalizer.read(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kirim foto ktp + kk sekarang", [("ktp", "asked"), ("kk", "asked")]),
        ("kirim data diri via wa", [("personal_data", "asked")]),
        ("kirim kode otp", [("otp", "asked")]),
        ("upload ktp di link", [("ktp", "asked")]),
        ("kirim foto selfie pegang ktp", [("selfie", "asked")]),
        ("kirim foto full body", [("body_photo", "asked")]),
        ("kirim CV dan KTP", [("cv", "asked"), ("ktp", "asked")]),
        (
            "lampirkan skck, foto terbaru dan CV",
            [("skck", "asked"), ("photo", "asked"), ("cv", "asked")],
        ),
        ("paspor dipegang agen", [("passport", "kept")]),
        ("paspor ditahan", [("passport", "kept")]),
        ("paspor kita yg pegang biar aman", [("passport", "kept")]),
        ("pasport majikan pegang", [("passport", "kept")]),
        ("passport kept by company", [("passport", "kept")]),
        ("hp dikumpul", [("phone", "kept")]),
        ("alat komunikasi ditahan", [("phone", "kept")]),
        ("ijazah ditahan", [("diploma", "kept")]),
        ("ktp dan kk ditahan", [("ktp", "kept"), ("kk", "kept")]),
        ("ktp asli dititip", [("ktp", "kept")]),
        ("kk asli disimpan sponsor", [("kk", "kept")]),
        ("dokumen asli serahkan ke admin", [("documents", "kept")]),
        ("buku nikah jadi jaminan", [("marriage_book", "kept")]),
        ("sertifikat rumah jadi jaminan", [("land_certificate", "kept")]),
        ("jaminkan bpkb", [("bpkb", "kept")]),
        ("ijazah tidak ditahan", [("diploma", "returned")]),
        ("tanpa menahan ijazah", [("diploma", "returned")]),
        ("paspor dipegang sendiri", [("passport", "returned")]),
        ("paspor dikembalikan setelah kontrak", [("passport", "returned")]),
        ("hp tidak disita", [("phone", "returned")]),
        ("paspor dibuatin", [("passport", "provided")]),
        ("dokumen diurus", [("documents", "provided")]),
        ("ijazah min SMA", [("diploma", "mentioned")]),
        ("surat izin suami", [("family_consent", "mentioned")]),
        ("jangan kirim otp", [("otp", "mentioned")]),
    ],
)
def test_papers_and_actions(
    normalizer: Normalizer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(normalizer, text) == expected


def test_each_paper_goes_with_its_own_verb(normalizer: Normalizer) -> None:
    assert read(normalizer, "kirim ktp, kk, ijazah, paspor dibuatin") == [
        ("ktp", "asked"),
        ("kk", "asked"),
        ("diploma", "asked"),
        ("passport", "provided"),
    ]


def test_a_list_under_a_heading_is_asked_for(normalizer: Normalizer) -> None:
    assert read(normalizer, "Berkas:\n- KTP\n- KK\n- Pas foto 4x6") == [
        ("ktp", "asked"),
        ("kk", "asked"),
        ("photo", "asked"),
    ]


def test_the_span_quotes_paper_and_verb(normalizer: Normalizer) -> None:
    text = "nanti paspor kita yg pegang biar aman"
    (paper,) = find_papers(normalizer.read(text))
    assert text[paper.span.start : paper.span.end] == "paspor kita yg pegang"


def test_the_negation_of_keeping_belongs_to_the_span(normalizer: Normalizer) -> None:
    (paper,) = find_papers(normalizer.read("kami tanpa menahan ijazah"))
    assert (paper.span.start, paper.action) == (5, "returned")


@pytest.mark.parametrize(
    "text", ["HP: 0812-0000-1234", "foto lokasi kerja", "CV Maju Contoh butuh admin", "gaji besar"]
)
def test_other_uses_of_the_words_are_no_papers(normalizer: Normalizer, text: str) -> None:
    assert read(normalizer, text) == []


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from([*sorted(WORDS), ",", "\n-", "tidak"]), max_size=15).map(" ".join),
    )
)
def test_any_text_gives_papers_inside_it(normalizer: Normalizer, text: str) -> None:
    for paper in find_papers(normalizer.read(text)):
        assert 0 <= paper.span.start < paper.span.end <= len(text)
