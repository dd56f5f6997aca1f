from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from offer_screen.rules.checks import Issue, lint
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from tests.rules.conftest import EditPack

DAY = dt.date(2026, 11, 2)
FAR, WITHOUT, FEE = "pay/pay-far-above.yaml", "pay/pay-without-skill.yaml", "cost/upfront-fee.yaml"
SIGNALS, CHANNELS = "signals/basic.yaml", "reference/channels.yaml"


def issues(pack: Path) -> set[tuple[str, str]]:
    return {(issue.code, issue.subject) for issue in lint(load_ruleset([pack]), as_of=DAY)}


def test_a_good_pack_has_one_remark(small: RuleSet) -> None:
    assert [(issue.code, issue.subject) for issue in lint(small, as_of=DAY)] == [
        ("L20", "pay/pay-far-above")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "subject"),
    [
        (SIGNALS, "signals:\n", "signals:\n  idle:\n    phrases: [apa]\n", "L01", "signal idle"),
        ("lexicon/words.yaml", "classes:\n", "classes:\n  idle: [apa]\n", "L02", "class idle"),
        (
            "advice/basic.yaml",
            "advice:\n",
            'advice:\n  idle: {text: {id: "Ya.", en: "Yes."}, order: 1, sources: [Contoh]}\n',
            "L03",
            "advice idle",
        ),
        (
            "pack.yaml",
            "categories:\n",
            'categories:\n  idle: {title: {id: "Apa", en: "What"}, cap: 1.0}\n',
            "L04",
            "category idle",
        ),
        (
            FAR,
            "Kerja di Myanmar, gaji 25 juta per bulan.",
            "gaji 30 juta  jadi pelayan di kamboja.",
            "L05",
            "pay/pay-far-above",
        ),
        (
            FAR,
            "Gaji 5 juta jadi pelayan di Jakarta.",
            "Gaji 30 juta jadi pelayan di Kamboja.",
            "L06",
            "pay/pay-far-above",
        ),
        (FAR, "weight: 1.6", "weight: 0.1", "L07", "pay/pay-far-above"),
        (FAR, "specificity: high", "specificity: low", "L08", "pay/pay-far-above"),
        (FEE, "severity: high", "severity: low", "L09", "cost/upfront-fee"),
        (FAR, "weight: 1.6", "weight: 2.6", "L10", "pay/pay-far-above"),
        (FEE, 'en: "A fee is asked up front"', 'en: "  "', "L11", "cost/upfront-fee"),
        (
            FEE,
            'en: "A fee is asked up front"',
            'en: "Biaya diminta di depan"',
            "L11",
            "cost/upfront-fee",
        ),
        (
            FEE,
            'en: "A fee is asked up front"',
            f'en: "{"long " * 13}"',
            "L12",
            "cost/upfront-fee",
        ),
        (FAR, "specificity:", "status: deprecated\nspecificity:", "L13", "pay/pay-without-skill"),
        (FEE, "Contoh (2026)", "Contoh", "L14", "cost/upfront-fee"),
        (FEE, "modified: 2026-11-02", "modified: 2026-10-02", "L15", "cost/upfront-fee"),
        (
            WITHOUT,
            "pay-far-above}, no-skill]",
            "pay-far-above}, no-skill]\n  none: [no-skill]",
            "L16",
            "pay/pay-without-skill",
        ),
        (SIGNALS, '"{untrained}"', '"boleh tanpa keahlian"', "L17", "signal no-skill"),
        (SIGNALS, '"{untrained}"', '"tanpa [keahlian|pengalaman]"', "L17", "signal no-skill"),
        (SIGNALS, r"'\btf\s+dulu\b'", "'(tf dulu)*'", "L18", "signal fee-asked"),
        (SIGNALS, r"'\btf\s+dulu\b'", "'tf.*dulu'", "L19", "signal fee-asked"),
        (
            CHANNELS,
            "as_of: 2026-11-01",
            "as_of: 2026-01-01\n    valid_until: 2026-10-31",
            "L21",
            "reference/channels.yaml channels.office",
        ),
        (
            CHANNELS,
            "as_of: 2026-11-01",
            "as_of: 2023-01-01",
            "L22",
            "reference/channels.yaml channels.office",
        ),
    ],
)
def test_what_is_doubtful_is_told(
    file: str, old: str, new: str, code: str, subject: str, edit: EditPack
) -> None:
    assert (code, subject) in issues(edit(file, (old, new)))


def test_a_phrase_that_finds_more_is_not_superfluous(edit: EditPack) -> None:
    pack = edit(SIGNALS, ('"{untrained}"', '"tanpa ~2 keahlian", "keahlian tanpa"'))
    assert ("L17", "signal no-skill") not in issues(pack)


def test_of_two_equal_phrases_one_is_superfluous(edit: EditPack) -> None:
    pack = edit(SIGNALS, ('"{untrained}"', '"tanpa keahlian"'))
    found = [issue for issue in lint(load_ruleset([pack]), as_of=DAY) if issue.code == "L17"]
    assert found == [Issue("L17", "signal no-skill", "other phrases find all of 'tanpa keahlian'")]


def test_the_shipped_pack_can_be_linted() -> None:
    assert all(str(issue) for issue in lint(load_ruleset()))


@pytest.mark.parametrize("pattern", [lambda text: text.upper(), lambda text: f"  {text} "])
def test_examples_are_compared_without_case_and_blanks(
    pattern: Callable[[str], str], edit: EditPack
) -> None:
    text = pattern("Gaji 30 juta jadi pelayan di Kamboja.")
    pack = edit(FAR, ("Waspada tawaran gaji 30 juta di Kamboja.", text))
    assert ("L06", "pay/pay-far-above") in issues(pack)
