from __future__ import annotations

import re
import string

import pytest

from offer_screen.rendering.messages import MESSAGES, label, number
from offer_screen.rules.schema import ILO_INDICATORS, PALERMO_ELEMENTS
from offer_screen.values import Harm, Kind, Language, Level, Severity, Stance


def slots(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert MESSAGES[Language.ID].keys() == MESSAGES[Language.EN].keys()


@pytest.mark.parametrize("key", MESSAGES[Language.ID])
def test_both_languages_have_the_same_slots(key: str) -> None:
    assert slots(MESSAGES[Language.ID][key]) == slots(MESSAGES[Language.EN][key])


@pytest.mark.parametrize(
    ("family", "names"),
    [
        ("level", Level),
        ("kind", Kind),
        ("severity", Severity),
        ("harm", Harm),
        ("stance", Stance),
        ("ilo", ILO_INDICATORS),
        ("palermo", PALERMO_ELEMENTS),
    ],
)
def test_every_name_has_a_wording(family: str, names: tuple[str, ...]) -> None:
    for messages in MESSAGES.values():
        assert all(f"{family}.{name}" in messages for name in names)


def test_level_names_are_those_of_the_glossary() -> None:
    names = [label(Language.ID, "level", level) for level in Level]
    assert names == ["rendah", "waspada", "tinggi", "kritis"]


def test_an_unknown_name_is_shown_as_its_own_words() -> None:
    assert label(Language.ID, "category", "some-new_group") == "some new group"


@pytest.mark.parametrize("lang", Language)
def test_no_wording_passes_a_verdict(lang: Language) -> None:
    verdict = re.compile(r"\b(ini tppo|tppo|pelaku|penjahat|penipu|criminal|is a scam)\b", re.I)
    assert not [words for words in MESSAGES[lang].values() if verdict.search(words)]


@pytest.mark.parametrize(
    ("lang", "value", "signed", "expected"),
    [
        (Language.ID, 93.14, False, "93,1"),
        (Language.EN, 93.14, False, "93.1"),
        (Language.EN, 2.0, True, "+2.0"),
        (Language.ID, -3.5, True, "-3,5"),
        (Language.EN, -0.01, True, "+0.0"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    lang: Language, value: float, signed: bool, expected: str
) -> None:
    assert number(lang, value, 1, signed=signed) == expected
