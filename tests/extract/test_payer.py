"""Who pays for what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.payer import WORDS, find_payers
from offer_screen.text.normalizer import Normalizer


def read(normalizer: Normalizer, text: str) -> list[tuple[str, str]]:
    return [(payer.item, payer.payer) for payer in find_payers(normalizer.read(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiket ditanggung", [("ticket", "free")]),
        ("semua gratis", [("all", "free")]),
        ("GRATIS!!", [("all", "free")]),
        ("berangkat gratis", [("all", "free")]),
        ("tanpa biaya", [("all", "free")]),
        ("tidak dipungut biaya", [("all", "free")]),
        ("tanpa biaya penempatan", [("placement", "free")]),
        ("rekrutmen gratis", [("placement", "free")]),
        ("free tiket + visa", [("ticket", "free"), ("visa", "free")]),
        (
            "free ticket, free visa, free accom",
            [("ticket", "free"), ("visa", "free"), ("housing", "free")],
        ),
        (
            "mess makan gratis, tiket ditanggung, paspor dibuatin",
            [("housing", "free"), ("meals", "free"), ("ticket", "free"), ("passport", "free")],
        ),
        ("gratis makan dan tempat tinggal", [("meals", "free"), ("housing", "free")]),
        ("disediakan mess dan makan", [("housing", "free"), ("meals", "free")]),
        ("kabeh ditanggung", [("all", "free")]),
        ("biaya ditanggung perusahaan", [("all", "employer")]),
        ("ongkos ditanggung bos", [("all", "employer")]),
        ("all in ditanggung perusahaan", [("all", "employer")]),
        ("tauke tanggung semua", [("all", "employer")]),
        ("tiket pesawat kita yg beliin", [("ticket", "recruiter")]),
        ("tiket ditalangi sponsor", [("ticket", "recruiter")]),
        ("biaya ditanggung peserta", [("all", "worker")]),
        ("biaya training ditanggung pelamar", [("training", "worker")]),
        ("akomodasi ditalangi kandidat", [("housing", "worker")]),
        ("tiket sendiri", [("ticket", "worker")]),
        ("biaya sendiri", [("all", "worker")]),
        ("visa dan tiket tidak ditanggung", [("visa", "worker"), ("ticket", "worker")]),
        ("potong gaji 3 bln", [("all", "deducted")]),
        ("salary cut 3 months", [("all", "deducted")]),
        ("biaya paspor tiket jadi kasbon", [("passport", "deducted"), ("ticket", "deducted")]),
    ],
)
def test_who_pays_for_what(
    normalizer: Normalizer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(normalizer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "wifi gratis",
        "konsultasi gratis",
        "tanpa potongan gaji",
        "gak capai target potong gaji",
        "gaji dibayar perusahaan",
        "dicari admin",
    ],
)
def test_other_uses_of_the_words_say_nothing_of_costs(normalizer: Normalizer, text: str) -> None:
    assert read(normalizer, text) == []


def test_the_span_quotes_item_and_payer(normalizer: Normalizer) -> None:
    text = "Kerja enak, tiket ditanggung bos, minat japri"
    (payer,) = find_payers(normalizer.read(text))
    assert text[payer.span.start : payer.span.end] == "tiket ditanggung bos"


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from([*sorted(WORDS), ",", "tidak"]), max_size=15).map(" ".join),
    )
)
def test_any_text_gives_payers_inside_it(normalizer: Normalizer, text: str) -> None:
    for payer in find_payers(normalizer.read(text)):
        assert 0 <= payer.span.start < payer.span.end <= len(text)
