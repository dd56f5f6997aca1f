"""Places: names, misspellings, ways of not naming one, transit, and words that are no place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.gazetteer import MOST_MENTIONS
from offer_screen.extract.place import PlaceFinder
from offer_screen.facts import Destination, Risk
from offer_screen.text.normalizer import Normalizer
from tests.shipped_reference import read_reference

Find = Callable[[str], tuple[Destination, ...]]


@pytest.fixture(scope="module")
def find(normalizer: Normalizer) -> Find:
    finder = PlaceFinder(read_reference(), normalizer)
    return lambda text: finder.find(normalizer.read(text))


def keys(found: tuple[Destination, ...], kind: str = "destination") -> list[str]:
    return [fact.place for fact in found if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kerja di Kamboja", ["kh"]),
        ("admin KAMBOJA gaji besar", ["kh"]),
        ("penempatan Phnom Penh, Kamboja", ["kh-phnom-penh", "kh"]),
        ("loker 🇰🇭 gas", ["kh"]),
        ("loker Poipet", ["kh-poipet"]),
        ("kantor di segitiga emas", ["la-golden-triangle"]),
        ("kerja di KK Park", ["mm-kk-park"]),
        ("ART Riyadh", ["sa-riyadh"]),
        ("caregiver Taiwan", ["tw"]),
        ("Korea Selatan sektor manufaktur", ["kr"]),
        ("petik buah di Aussie", ["au"]),
        ("selandia baru", ["nz"]),
        ("timteng", ["middle-east"]),
        ("kerja di Eropa", ["europe"]),
        ("pabrik di Cikarang", ["id-bekasi"]),
        ("Jl. Contoh No. 1, Surabaya", ["id-surabaya"]),
        ("kafe di Dobo", ["id-dobo"]),
        ("siap ditempatkan di seluruh Indonesia", ["id"]),
        ("kerja di LN", ["unspecified"]),
        ("LOKER LUAR NEGERI!!", ["unspecified"]),
        ("kerja di negara K", ["unspecified"]),
        ("ke negeri jiran", ["unspecified"]),
        ("negara tujuan masih dirahasiakan", ["unspecified"]),
        ("tujuan dirahasiakan dulu", ["unspecified"]),
    ],
)
def test_names(find: Find, text: str, expected: list[str]) -> None:
    assert keys(find(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ke malasiya", ["my"]),
        ("kerja di mianmar", ["mm"]),
        ("gaji di hongkng", ["hk"]),
        ("penempatan kamboza", ["kh"]),
        ("kerja singapoura", ["sg"]),
        ("taiwam", ["tw"]),
        ("sihanokville", ["kh-sihanoukville"]),
        ("#lokerkamboja", ["kh"]),
        ("#tkihongkong", ["hk"]),
        ("#kerjakorea", ["kr"]),
    ],
)
def test_misspelt_and_glued_names(find: Find, text: str, expected: list[str]) -> None:
    assert keys(find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tunjangan belanja bulanan",  # Belanda
        "kenal bosnya",  # Bosnia
        "panti manula",  # Manila
        "rasa senang dan tenang",  # Penang
        "antara kita",  # Ankara
        "harga berlian",  # Berlin
        "sekarang juga",  # Semarang
        "obat malaria",  # Malaysia
        "tidak boten nggak",  # a Javanese 'no', and a town in Laos
    ],
)
def test_everyday_words_are_no_misspelt_names(find: Find, text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kerja di arab", ["sa"]),
        ("TKW arab", ["sa"]),
        ("bahasa arab", []),
        ("arab", []),
        ("ke KL besok", ["my-kuala-lumpur"]),
        ("kl mau tanya", []),
        ("loker turki", ["tr"]),
        ("ke PP, Kamboja", ["kh-phnom-penh", "kh"]),
        ("tiket PP ditanggung", []),
        ("pabrik china", ["cn"]),
        ("bos china", []),
        ("nasib malang", []),
        ("toko di Malang", ["id-malang"]),
        ("Korea, Jepang, Turki", ["kr", "jp", "tr"]),
        ("gaji US$ 800", []),
    ],
)
def test_ambiguous_names_need_a_word_of_place(find: Find, text: str, expected: list[str]) -> None:
    assert keys(find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "bisa bahasa Jepang",
        "berbahasa Mandarin atau bahasa Korea",
        "restoran Jepang butuh pelayan",
        "masakan Padang",
        "nasi padang",
        "produk Malaysia",
        "mesin dari Jerman",
        "gaji 600 dolar Singapura",
        "pekerja migran Indonesia",
        "Kementerian Luar Negeri",
        "dinas ke luar negeri",
        "gaji 1.500 real",
    ],
)
def test_origin_language_and_money_are_no_destination(find: Find, text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "transit", "destination"),
    [
        ("lewat Thailand baru masuk Kamboja", ["th"], ["kh"]),
        ("transit di Singapura, kerja di Dubai", ["sg"], ["ae-dubai"]),
        ("via bandara Kuala Lumpur ke Oman", ["my-kuala-lumpur"], ["om"]),
        ("nyebrang dari Batam ke Johor", ["id-batam"], ["my-johor"]),
        ("kerja di Singapura, berangkat lewat Batam", ["id-batam"], ["sg"]),
        ("lewat Thailand", [], ["th"]),
        ("dari Nunukan ke Tawau", [], ["id-nunukan", "my-tawau"]),
    ],
)
def test_transit_needs_another_destination(
    find: Find, text: str, transit: list[str], destination: list[str]
) -> None:
    found = find(text)
    assert (keys(found, "transit"), keys(found)) == (transit, destination)


def test_fact_carries_what_the_reference_says(find: Find) -> None:
    text = "Admin di Bavet"
    (bavet,) = find(text)
    assert text[slice(*bavet.span)] == "Bavet"
    assert (bavet.country, bavet.name, bavet.place_type) == ("KH", "Bavet", "city")
    assert (bavet.abroad, bavet.scam_hub, bavet.placement_open) == (True, True, False)
    assert bavet.risk is Risk.CRITICAL
    (saudi,) = find("ART ke Arab Saudi")
    assert (saudi.moratorium_domestic, saudi.scam_hub) == (True, False)
    (home,) = find("pabrik di Karawang")
    assert (home.country, home.abroad, home.risk) == ("ID", False, Risk.NONE)
    (unknown,) = find("kerja di luar negeri")
    assert (unknown.country, unknown.abroad, unknown.place_type) == (None, True, "unspecified")


def test_mentions_are_capped(find: Find) -> None:
    assert len(find("ke kamboja " * 1800)) == MOST_MENTIONS


WORDS = st.sampled_from(
    "ke di lewat via transit arab kamboja batam kl pp negara k luar negeri turki , . # kambojaa "
    "bahasa dari hong kong 🇰🇭 malasiya".split()
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_text_gives_places_inside_it(text: str) -> None:
    normalizer = Normalizer({}, frozenset())
    found = SHARED.find(normalizer.read(text))
    for fact in found:
        assert 0 <= fact.span.start < fact.span.end <= len(text)
    starts = [fact.span.start for fact in found]
    assert starts == sorted(starts)


SHARED = PlaceFinder(read_reference(), Normalizer({}, frozenset()))
