"""Age limits and gender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.person import find_ages, find_genders
from offer_screen.text.normalizer import Normalizer

ANY = "any"


@pytest.mark.parametrize(
    ("text", "low", "high", "quoted"),
    [
        ("usia 18-35", 18, 35, "usia 18-35"),
        ("usia 18–35 tahun", 18, 35, "usia 18–35 tahun"),
        ("Usia : 18 s/d 40 thn", 18, 40, "Usia : 18 s/d 40 thn"),
        ("umur 21 sampai 45", 21, 45, "umur 21 sampai 45"),
        ("usia 21 tahun sampai dengan 40 tahun", 21, 40, "usia 21 tahun sampai dengan 40 tahun"),
        ("usia antara 20 sampai 38", 20, 38, "usia antara 20 sampai 38"),
        ("usia min 18 max 40 th", 18, 40, "usia min 18 max 40 th"),
        (
            "usia minimal 18 tahun, maksimal 35 tahun",
            18,
            35,
            "usia minimal 18 tahun, maksimal 35 tahun",
        ),
        ("umur 16 ke atas", 16, None, "umur 16 ke atas"),
        ("berusia di atas 18 tahun", 18, None, "berusia di atas 18 tahun"),
        ("usia 18+", 18, None, "usia 18+"),
        ("usia di bawah 30", None, 30, "usia di bawah 30"),
        ("batas usia 35 tahun", None, 35, "batas usia 35 tahun"),
        ("umur maks 45 thn", None, 45, "umur maks 45 thn"),
        ("min 21 th", 21, None, "min 21 th"),
        ("max 40 tahun", None, 40, "max 40 tahun"),
        ("17-50 th", 17, 50, "17-50 th"),
        ("cewek 16-22 good looking", 16, 22, "16-22"),
        ("wanita 18-35", 18, 35, "18-35"),
        ("umur 20an", 20, 29, "umur 20an"),
        ("usia 25", 25, 25, "usia 25"),
        ("maksimal usia 30 tahun", None, 30, "maksimal usia 30 tahun"),
        ("minimal usia 18", 18, None, "minimal usia 18"),
        ("usia 19 22 tahun", 19, 22, "usia 19 22 tahun"),  # the dash was lost
    ],
)
def test_age_limits(
    normalizer: Normalizer, text: str, low: int | None, high: int | None, quoted: str
) -> None:
    (limit,) = find_ages(normalizer.read(text))
    assert (limit.low, limit.high, limit.any_age) == (low, high, False)
    assert text[slice(*limit.span)] == quoted


@pytest.mark.parametrize(
    "text",
    ["usia bebas", "bebas usia", "semua umur", "tanpa batas usia", "usia tidak dibatasi",
     "usia berapapun", "umur berapa pun"],
)  # fmt: skip
def test_any_age(normalizer: Normalizer, text: str) -> None:
    (limit,) = find_ages(normalizer.read(text))
    assert (limit.low, limit.high, limit.any_age) == (None, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "pengalaman 2 tahun",
        "pengalaman minimal 15 tahun",
        "20 tahun pengalaman",
        "kontrak 2 thn",
        "kontrak kerja 14-24 bulan",
        "lulusan 2020 - 2024",
        "masa berlaku paspor 20 bulan",
        "tinggi 155-170",
        "jam kerja 08.00-16.00",
        "gaji 18-25 juta",
        "butuh 20-30 orang",
        "pria 20-30 orang",
        "tanggal 17-08-2026",
        "usia kandungan 20 minggu",
        "UU 18/2017",
        "Rp15-20",
    ],
)
def test_other_numbers_are_no_ages(normalizer: Normalizer, text: str) -> None:
    assert find_ages(normalizer.read(text)) == ()


@pytest.mark.parametrize(
    ("text", "gender", "quoted"),
    [
        ("khusus wanita", "female", "wanita"),
        ("dicari cewek cantik", "female", "cewek"),
        ("wanita, usia 20-35", "female", "wanita"),
        ("Pria usia 18-40", "male", "Pria"),
        ("butuh laki-laki", "male", "laki-laki"),
        ("jenis kelamin: perempuan", "female", "perempuan"),
        ("pria/wanita", ANY, "pria/wanita"),
        ("laki-laki dan perempuan", ANY, "laki-laki dan perempuan"),
        ("wanita atau pria", ANY, "wanita atau pria"),
        ("lowongan (L/P) usia 20", ANY, "L/P"),
    ],
)
def test_genders_asked_for(normalizer: Normalizer, text: str, gender: str, quoted: str) -> None:
    (found,) = find_genders(normalizer.read(text))
    assert found.gender == gender
    assert text[slice(*found.span)] == quoted


@pytest.mark.parametrize(
    "text",
    ["jual tas wanita", "kesehatan perempuan", "nikah dengan pria Tiongkok", "salon pria"],
)
def test_people_and_things_told_of_are_no_requirement(normalizer: Normalizer, text: str) -> None:
    assert find_genders(normalizer.read(text)) == ()


WORDS = st.sampled_from(
    "usia umur 18 35 - 18-35 tahun th min max ke atas bawah bebas batas tanpa wanita pria / dan "
    "sampai + an 20an l p . , pengalaman".split()
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_persons_inside_it(text: str) -> None:
    document = Normalizer({}, frozenset()).read(text)
    for fact in (*find_ages(document), *find_genders(document)):
        assert 0 <= fact.span.start < fact.span.end <= len(text)
    for limit in find_ages(document):
        assert limit.low is None or limit.high is None or limit.low <= limit.high
