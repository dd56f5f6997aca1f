"""What a condition lacks, in words."""

from __future__ import annotations

import re

import pytest

from offer_screen import Screener
from offer_screen.rules.conditions import FactTest, FieldTest, FindingTest, Leaf, SignalTest
from offer_screen.rules.templates import FACT_KINDS
from offer_screen.values import Stance
from offer_screen.what_if.wording import in_words

ASSERTED = frozenset({Stance.ASSERTED})


def fact(kind: str, *tests: tuple[str, str, object]) -> FactTest:
    return FactTest(kind, tuple(FieldTest(*test) for test in tests), ASSERTED)  # type: ignore[arg-type]  # any value


@pytest.mark.parametrize(
    ("leaf", "indonesian", "english"),
    [
        (
            FindingTest("fee-upfront"),
            "“Diminta membayar di depan”",
            "“Money is asked for in advance”",
        ),
        (fact("destination", ("abroad", "eq", True)), "tujuan luar negeri", "a destination abroad"),
        (fact("fee"), "biaya yang harus dibayar", "a fee to pay"),
        (fact("salary", ("currency", "present", True)), "gaji", "pay"),
        (
            fact("salary", ("ratio_to_reference", "ge", 2.5)),
            "gaji (≥ 2,5 kali upah wajar)",
            "pay (≥ 2.5 times the usual pay)",
        ),
        (
            fact("destination", ("country", "in", ("KH", "MM", "LA", "TH"))),
            "tujuan (negara KH, MM, LA, …)",
            "a destination (country KH, MM, LA, …)",
        ),
        (
            fact("age", ("low", "ge", 12), ("low", "le", 17)),
            "batas umur (≥ 12; ≤ 17)",
            "an age limit (≥ 12; ≤ 17)",
        ),
        (
            fact("job", ("group", "eq", "online_office")),
            "pekerjaan (online office)",
            "a job (online office)",
        ),
        (
            fact("email", ("official", "eq", False)),
            "alamat email (official tidak)",
            "an e-mail address (official no)",
        ),
    ],
)
def test_a_leaf_in_words(screener: Screener, leaf: Leaf, indonesian: str, english: str) -> None:
    words = in_words(leaf, screener.ruleset)
    assert (words.id, words.en) == (indonesian, english)


def test_a_signal_is_told_by_an_example_of_its_words(screener: Screener) -> None:
    words = in_words(SignalTest("oath-sworn", ASSERTED), screener.ruleset)
    assert words.id == "kata seperti “demi allah”"
    assert words.en.startswith("words such as “demi allah” (God")


def test_every_signal_of_the_pack_can_be_told(screener: Screener) -> None:
    markup = re.compile(r"[\[\]{}<>|~]")
    for signal in screener.ruleset.signals:
        words = in_words(SignalTest(signal, ASSERTED), screener.ruleset)
        assert words.id
        assert not markup.search(words.id + words.en), signal


def test_every_kind_of_fact_has_a_name_in_both_languages(screener: Screener) -> None:
    for kind in FACT_KINDS:
        if kind != "text":
            words = in_words(fact(kind), screener.ruleset)
            assert words.id != kind or kind in {"bonus", "visa"}, kind
