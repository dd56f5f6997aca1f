from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.facts import Money
from offer_screen.match.signals import HIDDEN_WRITING
from offer_screen.values import Fold, Span
from tests.match.conftest import Finder, MakeFinder, ruleset_of

BIG_PAY = {"big-pay": ["gaji [besar|tinggi sekali]"]}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Gaji besar sekali", "Gaji besar"),
        ("ada GAJI\nBESAR lho", "GAJI\nBESAR"),
        ("gaji, besar", "gaji, besar"),
        ("gaji tinggi sekali", "gaji tinggi sekali"),
        ("𝗚𝗮𝗷𝗶 𝗯𝗲𝘀𝗮𝗿", "𝗚𝗮𝗷𝗶 𝗯𝗲𝘀𝗮𝗿"),
    ],
)
def test_a_phrase_is_found_and_quotes_the_original(
    text: str, quote: str, finder: MakeFinder
) -> None:
    assert finder(BIG_PAY).quotes(text) == [("big-pay", quote)]


@pytest.mark.parametrize(
    "text", ["gajibesar", "gaji. Besar", "gaji yang besar", "besar gaji", "gaji"]
)
def test_what_is_not_the_phrase_is_not_found(text: str, finder: MakeFinder) -> None:
    assert finder(BIG_PAY)(text) == ()


def test_a_class_stands_for_each_of_its_words(finder: MakeFinder) -> None:
    find = finder({"big-pay": ["{pay} besar"]}, {"pay": ["gaji", "uang bulanan"]})
    assert find.quotes("gaji besar") == [("big-pay", "gaji besar")]
    assert find.quotes("uang bulanan besar") == [("big-pay", "uang bulanan besar")]


def test_a_gap_lets_so_many_words_in_between_and_no_more(finder: MakeFinder) -> None:
    find = finder({"kept": ["paspor ~2 [disimpan|dipegang] ~1 agen"]})
    assert find.quotes("paspor kamu akan disimpan oleh agen") == [
        ("kept", "paspor kamu akan disimpan oleh agen")
    ]
    assert find("paspor kamu pasti akan disimpan agen") == ()
    assert find("paspor disimpan. Agen") == ()
    assert find("agen disimpan paspor") == ()


def test_parts_with_several_lengths_are_all_tried(finder: MakeFinder) -> None:
    find = finder({"check": ["[medical|medical check up] ~1 klinik ~2 resmi"]})
    assert find.quotes("medical check up di klinik yang resmi") == [
        ("check", "medical check up di klinik yang resmi")
    ]


def test_a_number_slot_takes_any_number(finder: MakeFinder) -> None:
    find = finder({"days": ["<number> hari terbang"]})
    assert find.quotes("cuma 3 hari terbang") == [("days", "3 hari terbang")]


def test_an_any_slot_takes_any_token(finder: MakeFinder) -> None:
    assert finder({"x": ["lewat <any> saja"]}).quotes("lewat saya saja") == [
        ("x", "lewat saya saja")
    ]


def test_a_fact_slot_takes_a_fact_of_the_kind_or_group() -> None:
    find = Finder(ruleset_of({"cut": ["potong <money> sebulan"], "pay": ["potong <salary>"]}))
    text = "potong 2 ringgit sebulan"
    document = find.normalizer.read(text)
    debt = Money(kind="debt", low=2, high=2, currency="MYR", span=Span(7, 16))
    assert [item.name for item in find.matcher.find(document, (debt,))] == ["cut"]
    salary = debt.model_copy(update={"kind": "salary"})
    assert {item.name for item in find.matcher.find(document, (salary,))} == {"cut", "pay"}


def test_slang_is_read_in_its_standard_form(finder: MakeFinder) -> None:
    assert finder({"no-skill": ["tanpa keahlian"]}).quotes("tnp keahlian") == [
        ("no-skill", "tnp keahlian")
    ]


def test_an_ambiguous_word_has_both_readings(finder: MakeFinder) -> None:
    find = finder({"number": ["nomor hp"], "english": ["no experience"]})
    assert find.quotes("no hp") == [("number", "no hp")]
    assert find.quotes("no experience") == [("english", "no experience")]


def test_the_longest_of_overlapping_mentions_stays(finder: MakeFinder) -> None:
    find = finder({"free": ["gratis", "semua gratis", "semua gratis tiket"]})
    assert find.quotes("semua gratis tiket") == [("free", "semua gratis tiket")]
    assert len(find("gratis dan gratis")) == 2


def test_patterns_are_read_on_the_cleaned_lower_case_text(finder: MakeFinder) -> None:
    find = finder({"x": ["zzz"]}, patterns={"apk": [r"\w+\.apk\b"], "never": ["qqq"]})
    assert find.quotes("unduh Lowongan.APK ya") == [("apk", "Lowongan.APK")]
    assert find.quotes("unduh 𝗹𝗼𝘄𝗼𝗻𝗴𝗮𝗻.apk") == [("apk", "𝗹𝗼𝘄𝗼𝗻𝗴𝗮𝗻.apk")]
    assert find("İİİ") == ()


def test_a_word_that_only_undoing_a_disguise_reads_is_hidden_writing(finder: MakeFinder) -> None:
    find = finder({"place": ["kerja kamboja"]}, knows="kerja kamboja")
    evidence = {item.name: item for item in find("kerja k4mb0ja")}
    assert evidence["place"].folds == (Fold.LEET,)
    assert evidence[HIDDEN_WRITING].span == Span(6, 13)
    assert HIDDEN_WRITING not in {item.name for item in find("kerja kamboja")}
    assert HIDDEN_WRITING not in {item.name for item in find("𝗸𝗲𝗿𝗷𝗮 𝗸𝗮𝗺𝗯𝗼𝗷𝗮")}


def test_a_matcher_survives_pickling() -> None:
    find = Finder(ruleset_of(BIG_PAY, patterns={"apk": [r"\.apk\b"]}))
    copy = pickle.loads(pickle.dumps(find))
    assert copy("gaji besar x.apk") == find("gaji besar x.apk")


@pytest.mark.property
@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for item in FIND(text):
        assert 0 <= item.span.start < item.span.end <= len(text)


@given(st.lists(st.sampled_from(["gaji", "besar", "yang", ".", "tinggi", "sekali"])))
def test_evidence_is_what_a_plain_search_finds(words: list[str]) -> None:
    text = " ".join(words)
    plain = " ".join(text.split())
    found = bool(FIND(text))
    assert found == ("gaji besar" in plain or "gaji tinggi sekali" in plain)


FIND = Finder(ruleset_of(BIG_PAY))
