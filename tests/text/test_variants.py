from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.screener import Screener
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.variants import Change, changed, fold_variants, stacked_variant
from offer_screen.values import Fold, Span

TEXT = "Dibutuhkan admin di Kamboja, gaji 15.000.000, hubungi 081200001234. Lihat www.contoh.id"
PLAIN = Normalizer({}, frozenset())
EVERYWHERE = [Span(0, len(TEXT))]


def variants_of(text: str) -> dict[str, str]:
    document = PLAIN.read(text)
    return {v.way: v.text for v in fold_variants(document, [Span(0, len(text))])}


def test_there_is_a_variant_for_every_fold() -> None:
    assert list(variants_of(TEXT)) == [fold.value for fold in Fold]


def test_the_same_text_gives_the_same_variants() -> None:
    assert variants_of(TEXT) == variants_of(TEXT)
    assert variants_of("Kerja di Kamboja")["wildcard"] == "K*rja di Kamb*ja"


def test_addresses_and_short_words_stay_as_they_are() -> None:
    for way, text in variants_of(TEXT).items():
        assert text.endswith("www.contoh.id"), way
        assert " di " in text, way


def test_only_the_words_asked_for_change() -> None:
    start = TEXT.index("Kamboja")
    for variant in fold_variants(PLAIN.read(TEXT), [Span(start, start + 7)]):
        assert variant.text.startswith(TEXT[:start].rstrip()), variant.way
        assert variant.text.endswith(TEXT[start + 7 :].lstrip()), variant.way
        assert len(variant.changed) == 1


def test_what_is_disguised_already_is_left_alone() -> None:
    assert variants_of("k3rja di k@mboja") == {}


def test_a_telephone_number_gets_letters_and_an_amount_gets_keycaps() -> None:
    text = variants_of("Bayar 150000 ke 081200001234")["digit"]
    amount, number = text.split()[1], text.split()[3]
    assert amount == "1️⃣5️⃣0️⃣0️⃣0️⃣0️⃣"
    assert number.lower().startswith(("o8", "o8i2", "o8l2"))
    assert number.endswith("001234")


def test_a_fold_that_is_not_wanted_is_not_laid() -> None:
    document = PLAIN.read(TEXT)
    assert [v.way for v in fold_variants(document, EVERYWHERE, folds=[Fold.LEET])] == ["leet"]


@pytest.mark.property
@given(st.text(max_size=80))
def test_any_text_has_variants_or_none(text: str) -> None:
    document = PLAIN.read(text)
    for variant in fold_variants(document, [Span(0, len(text))]):
        assert variant.text != text
        assert variant.changed


@pytest.mark.parametrize("fold", [f for f in Fold if f is not Fold.DIGIT])
def test_the_text_stage_reads_every_way_of_writing_a_word(fold: Fold, screener: Screener) -> None:
    for word in ("paspor", "Kamboja", "keahlian", "GAJI", "berangkat", "dipegang", "turis"):
        text = f"Soal {word} itu"
        document = screener.normalizer.read(text)
        span = Span(5, 5 + len(word))
        wanted = document.tokens[1].norm
        for variant in fold_variants(document, [span], folds=[fold]):
            read = screener.normalizer.read(variant.text)
            assert any(wanted in token.forms for token in read.tokens), variant.text


def test_two_folds_lie_upon_each_other() -> None:
    document = PLAIN.read("Kerja di Kamboja")
    variant = stacked_variant(document, [Span(0, 16)], Fold.STRETCHED, Fold.WILDCARD)
    assert variant is not None
    assert variant.way == "wildcard + stretched"
    assert all("*" in word for word in variant.changed)
    assert any("aaa" in word for word in variant.changed)
    assert " di " in variant.text
    assert stacked_variant(document, [Span(9, 16)], Fold.WILDCARD, Fold.DIGIT) is None
    assert stacked_variant(document, [], Fold.WILDCARD, Fold.LEET) is None


def test_digits_are_folded_beside_the_other_fold() -> None:
    document = PLAIN.read("Bayar ke 081200001234")
    variant = stacked_variant(document, [Span(0, 21)], Fold.DIGIT, Fold.LEET)
    assert variant is not None
    bayar, number = variant.changed
    assert bayar != "Bayar"
    assert number.endswith("001234")


def test_changes_are_laid_over_a_text() -> None:
    variant = changed("gaji besar", "x", [Change(Span(0, 4), "upah"), Change(Span(5, 10), "kecil")])
    assert variant.text == "upah kecil"
    assert variant.changed == ("upah", "kecil")


def test_an_entity_between_a_word_and_its_number_parts_nothing(screener: Screener) -> None:
    plain = screener.trace("Taiwan, training bahasa dasar 3 bulan")
    written = screener.trace("Taiwan, training bah&#97;sa das&#97;r 3 bulan")
    assert [fact.kind for fact in written.facts] == [fact.kind for fact in plain.facts]
    assert "training" in {fact.kind for fact in plain.facts}
