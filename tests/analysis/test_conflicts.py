from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from offer_screen.analysis.conflicts import Conflict, ConflictKind, find_conflicts
from offer_screen.screener import Screener
from tests.analysis.conftest import load, samples
from tests.analysis.packs import RULES, write_pack

Found = dict[tuple[str, str], Conflict]


def found(screener: Screener, kind: ConflictKind, *texts: str) -> Found:
    result = find_conflicts(screener, samples(*((text, None) for text in texts)))
    return {(item.first, item.second): item for item in result.conflicts if item.kind is kind}


def pack_with(factory: pytest.TempPathFactory, name: str, **rules: Mapping[str, Any]) -> Screener:
    return load(write_pack(factory.mktemp(name), {**RULES, **rules}))


def test_the_small_pack_does_not_contradict_itself(small: Screener) -> None:
    result = find_conflicts(small)
    assert result.examples == 36
    assert result.conflicts == ()


def test_a_red_flag_and_a_trust_sign_on_the_same_words(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    screener = pack_with(
        tmp_path_factory,
        "same",
        wisata={"weight": -0.5, "when": {"all": ["tourist-visa"]}, "type": "trust_sign"},
    )
    conflict = found(screener, ConflictKind.SAME_WORDS, "visa turis")["turis", "wisata"]
    assert conflict.texts == 10  # nine examples hold the words, and the text
    assert conflict.places[0].where == "gabung[match-1]"


def test_the_same_text_is_not_the_same_words(small: Screener) -> None:
    assert found(small, ConflictKind.SAME_WORDS, "visa turis, izin resmi") == {}


def test_a_trust_sign_that_is_built_on_the_red_flag_is_meant(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    built = {"weight": -0.5, "when": {"all": [{"finding": "turis"}]}, "type": "trust_sign"}
    screener = pack_with(tmp_path_factory, "built", wisata=built)
    assert ("turis", "wisata") not in found(screener, ConflictKind.SAME_WORDS, "visa turis")


def test_one_rule_asks_what_the_other_wants_denied(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    denied = {"signal": "deposit", "stance": "negated"}
    screener = pack_with(
        tmp_path_factory, "stance", gratis={"weight": 0.5, "when": {"all": [denied]}}
    )
    text = "Bayar uang muka. Kerja di kapal, tidak uang muka."
    conflicts = found(screener, ConflictKind.OPPOSITE_STANCE, text, "uang muka")
    assert conflicts.keys() == {("muka", "gratis")}
    assert conflicts["muka", "gratis"].texts == 1
    assert conflicts["muka", "gratis"].places[0].text == text


def test_an_example_that_fires_a_rule_of_contrary_type(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    examples = {
        "match": ["visa turis izin resmi", "visa turis dua", "visa turis tiga"],
        "no_match": ["kerja di pabrik", "kerja di toko", "kerja di kebun"],
    }
    screener = pack_with(
        tmp_path_factory, "contrary", turis={**RULES["turis"], "examples": examples}
    )
    conflicts = found(screener, ConflictKind.CONTRARY_EXAMPLE)
    assert conflicts.keys() == {("turis", "resmi")}
    assert conflicts["turis", "resmi"].places[0].where == "turis[match-1]"


def test_a_near_miss_that_fires_a_heavier_rule_of_its_category(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    examples = {
        "match": ["visa turis satu", "visa turis dua", "visa turis tiga"],
        "no_match": ["minta uang muka", "paspor dipegang", "izin resmi"],
    }
    screener = pack_with(tmp_path_factory, "near", turis={**RULES["turis"], "examples": examples})
    # paspor weighs less, and resmi is of another category.
    assert found(screener, ConflictKind.NEAR_MISS_ELSEWHERE).keys() == {("turis", "muka")}


def test_a_floor_leaves_a_trust_sign_no_say(small: Screener) -> None:
    conflicts = found(small, ConflictKind.FLOOR_OVER_TRUST, "paspor dipegang, izin resmi")
    assert conflicts.keys() == {("paspor", "resmi")}


def test_a_trust_sign_lowers_the_level_of_a_critical_red_flag(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    critical = {"weight": 3.0, "when": {"all": ["passport-kept"]}, "severity": "critical"}
    screener = pack_with(tmp_path_factory, "critical", paspor=critical)
    # -0.5, 37 points, caution; with the trust sign -2, 11 points, low.
    text = "paspor dipegang, izin resmi"
    conflicts = found(screener, ConflictKind.TRUST_OVER_CRITICAL, text)
    assert conflicts.keys() == {("paspor", "resmi")}


def test_no_more_than_three_texts_are_named(small: Screener) -> None:
    text = "paspor dipegang, izin resmi"
    conflict = found(small, ConflictKind.FLOOR_OVER_TRUST, *[text] * 5)["paspor", "resmi"]
    assert conflict.texts == 5
    assert [place.where for place in conflict.places] == [
        "data.jsonl:1",
        "data.jsonl:2",
        "data.jsonl:3",
    ]


def test_a_text_that_cannot_be_screened_is_counted(small: Screener) -> None:
    assert find_conflicts(small, samples((" ", None))).intake.errors == {"input": 1}
