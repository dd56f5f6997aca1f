from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen import Screener
from offer_screen.evaluation.attacks import Attack, rewritten
from offer_screen.evaluation.surroundings import (
    SENTENCES,
    frames,
    paddings,
    pieces_of,
    trust_words,
)
from offer_screen.results import FindingType

TEXT = "Kerja di Kamboja, gaji 25 juta. Paspor dipegang agen! Langsung berangkat minggu depan"


def attacks(screener: Screener) -> dict[str, Attack]:
    return {**paddings(), **frames(), **trust_words(screener.ruleset, screener.weighting)}


def test_each_way_puts_something_round_the_offer_and_leaves_its_words_alone(
    shipped: Screener,
) -> None:
    document = shipped.normalizer.read(TEXT)
    for name, attack in attacks(shipped).items():
        found = rewritten(attack, document, ())
        assert found is not None, name
        assert len(found) > len(TEXT), name
        rest = found
        for word in TEXT.split():
            before, at, rest = rest.partition(word)
            assert at, f"{name}: {word} is gone after {before!r}"


def test_padding_between_sentences_parts_each_of_them(shipped: Screener) -> None:
    document = shipped.normalizer.read(TEXT)
    found = rewritten(paddings()["padding between sentences"], document, ())
    assert found is not None
    assert found.splitlines()[1] == f"Paspor dipegang agen! {SENTENCES[1]}"


def test_padding_of_twice_the_words_is_that_long(shipped: Screener) -> None:
    attack = paddings()["padding, twice the words of the offer"]
    found = rewritten(attack, shipped.normalizer.read(TEXT), ())
    assert found is not None
    longest = max(len(sentence.split()) for sentence in SENTENCES)
    assert 0 <= len(found.split()) - 3 * len(TEXT.split()) < longest


def test_trust_words_are_the_examples_of_every_trust_sign(shipped: Screener) -> None:
    found = trust_words(shipped.ruleset, shipped.weighting)
    signs = {
        rule.id: rule.examples.match[0]
        for rule in shipped.ruleset.rules.values()
        if rule.type is FindingType.TRUST_SIGN
    }
    assert {f"trust words: {sign}" for sign in signs} < found.keys()
    (together,) = found.keys() - {f"trust words: {sign}" for sign in signs}
    document = shipped.normalizer.read(TEXT)
    text = rewritten(found[together], document, ())
    assert text is not None
    assert sum(words in text for words in signs.values()) == 4
    for sign, words in signs.items():
        assert rewritten(found[f"trust words: {sign}"], document, ()) == f"{TEXT}\n\n{words}"


@pytest.mark.parametrize(
    ("count", "pieces"),
    [
        (1, (TEXT,)),
        (
            2,
            (
                "Kerja di Kamboja, gaji 25 juta.",
                "Paspor dipegang agen! Langsung berangkat minggu depan",
            ),
        ),
        (
            3,
            (
                "Kerja di Kamboja, gaji 25 juta.",
                "Paspor dipegang agen!",
                "Langsung berangkat minggu depan",
            ),
        ),
    ],
)
def test_a_text_is_cut_between_sentences(count: int, pieces: tuple[str, ...]) -> None:
    assert pieces_of(TEXT, count) == pieces


@given(st.text(alphabet="ab .\n", max_size=60), st.integers(min_value=1, max_value=4))
def test_pieces_are_the_whole_text_in_order(text: str, count: int) -> None:
    pieces = pieces_of(text, count)
    assert "".join("".join(piece.split()) for piece in pieces) == "".join(text.split())
    assert len(pieces) <= count
    assert all(pieces)
