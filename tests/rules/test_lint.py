from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from offer_screen.authoring.layout_check import LAYOUT_CHECKS
from offer_screen.authoring.mending import mend_pack
from offer_screen.errors import SourceLocation
from offer_screen.rules.lint import CHECKS, Check, Issue, IssueSeverity, Subject, lint
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from tests.rules.conftest import EditPack

DAY = dt.date(2026, 11, 2)
ALL = (*CHECKS, *LAYOUT_CHECKS)
FAR, WITHOUT, FEE = "pay/pay-far-above.yaml", "pay/pay-without-skill.yaml", "cost/upfront-fee.yaml"
SIGNALS, CHANNELS, WORDS = "signals/basic.yaml", "reference/channels.yaml", "lexicon/words.yaml"
KINDS, ADVICE, PACK = "kinds.yaml", "advice/basic.yaml", "pack.yaml"
R_FAR, R_WITHOUT, R_FEE = "pay/pay-far-above", "pay/pay-without-skill", "cost/upfront-fee"
FEE_WHEN = """\
  any: [{signal: fee-asked, stance: [asserted, quoted]}]
  at_least: 1
  of: [vacancy, {fact: job}]"""
FAR_RATIO = "where: {ratio_to_reference: {ge: 2.0}}"


def issues(pack: Path, checks: tuple[type[Check], ...] = CHECKS) -> set[tuple[str, str]]:
    found = lint(load_ruleset([pack]), as_of=DAY, checks=checks)
    return {(issue.code, str(issue.subject).removeprefix(f"{pack.as_posix()}/")) for issue in found}


Row = tuple[str, str, str, str, str]

BRINGS: tuple[Row, ...] = (
    ("L01", "signal idle", SIGNALS, "signals:\n", "signals:\n  idle:\n    phrases: [apa]\n"),
    ("L02", "class idle", WORDS, "classes:\n", "classes:\n  idle: [apa]\n"),
    (
        "L03",
        "advice idle",
        ADVICE,
        "advice:\n",
        'advice:\n  idle: {text: {id: "Ya.", en: "Yes."}, order: 1, sources: [Contoh]}\n',
    ),
    (
        "L04",
        "category idle",
        PACK,
        "categories:\n",
        'categories:\n  idle: {title: {id: "Apa", en: "What"}, cap: 1.0}\n',
    ),
    (
        "L05",
        R_FAR,
        FAR,
        "Kerja di Myanmar, gaji 25 juta per bulan.",
        "gaji 30 juta  jadi pelayan di kamboja.",
    ),
    (
        "L06",
        R_FAR,
        FAR,
        "Gaji 5 juta jadi pelayan di Jakarta.",
        "Gaji 30 juta jadi pelayan di Kamboja.",
    ),
    ("L07", R_FAR, FAR, "weight: 1.6", "weight: 0.1"),
    ("L08", R_FAR, FAR, "specificity: high", "specificity: low"),
    ("L08", R_FAR, FAR, "weight: 1.6", "weight: 0.1"),
    ("L09", R_FEE, FEE, "severity: high", "severity: low"),
    ("L09", R_FEE, FEE, "specificity: medium", "specificity: low"),
    ("L10", R_FAR, FAR, "weight: 1.6", "weight: 2.6"),
    ("L11", R_FEE, FEE, 'en: "A fee is asked up front"', 'en: "  "'),
    ("L11", R_FEE, FEE, 'en: "A fee is asked up front"', 'en: "Biaya diminta di depan"'),
    ("L12", R_FEE, FEE, 'en: "A fee is asked up front"', f'en: "{"long " * 13}"'),
    ("L13", R_WITHOUT, FAR, "specificity:", "status: deprecated\nspecificity:"),
    ("L14", R_FEE, FEE, "Contoh (2026)", "Contoh"),
    ("L15", R_FEE, FEE, "modified: 2026-11-02", "modified: 2026-10-02"),
    ("L15", R_FEE, FEE, "modified: 2026-11-02", "modified: 2027-11-02"),
    (
        "L16",
        R_WITHOUT,
        WITHOUT,
        "pay-far-above}, no-skill]",
        "pay-far-above}, no-skill]\n  none: [no-skill]",
    ),
    ("L17", "signal no-skill", SIGNALS, '"{untrained}"', '"boleh tanpa keahlian"'),
    ("L17", "signal no-skill", SIGNALS, '"{untrained}"', '"tanpa [keahlian|pengalaman]"'),
    ("L18", "signal fee-asked", SIGNALS, r"'\btf\s+dulu\b'", "'(tf dulu)*'"),
    ("L19", "signal fee-asked", SIGNALS, r"'\btf\s+dulu\b'", "'tf.*dulu'"),
    (
        "L21",
        "reference/channels.yaml",
        CHANNELS,
        "as_of: 2026-11-01",
        "as_of: 2026-01-01\n    valid_until: 2026-10-31",
    ),
    ("L22", "reference/channels.yaml", CHANNELS, "as_of: 2026-11-01", "as_of: 2023-01-01"),
    (
        "L23",
        "kinds offer",
        KINDS,
        "- {signal: vacancy, weight: 2.0, times: 2}",
        "- {signal: vacancy, weight: 2.0}\n      - {signal: vacancy, weight: 0.5}",
    ),
    ("L26", R_FEE, FEE, "Lowongan kasir, tf dulu 200 ribu.", "tf dulu ya"),
    (
        "L27",
        R_FEE,
        FEE,
        "Lowongan kasir, tf dulu 200 ribu.",
        "Lowongan admin, bayar 300 ribu untuk sepatu.",
    ),
    (
        "L28",
        R_FEE,
        FEE,
        'Biaya kursus"]\nexamples:\n  match:\n    - "Lowongan admin, bayar 300 ribu',
        'Biaya kursus"]\nexamples:\n  match:\n    - "Gaji 30 juta di Kamboja tanpa pengalaman',
    ),
    ("L32", R_FEE, FEE, "Payment is asked for before the work.", "Payment is asked for. " * 20),
    ("L33", R_FEE, FEE, "A fee is asked up front", "High pay for no skill"),
    (
        "L34",
        R_FAR,
        FAR,
        FAR_RATIO,
        "where: {low: {ge: 2.0}}",
    ),
    ("L37", R_FAR, FAR, "tags: {ilo: [deception], palermo: [means-deception], seed: [pay]}\n", ""),
    ("L38", R_WITHOUT, WITHOUT, "related: [pay-far-above]", "related: [pay-without-skill]"),
    (
        "L38",
        R_WITHOUT,
        WITHOUT,
        "related: [pay-far-above]",
        "related: [pay-far-above, pay-far-above]",
    ),
    (
        "L39",
        R_FEE,
        FEE,
        'sources: ["Contoh (2026)"]',
        'sources: ["Contoh (2026)", "contoh (2026)"]',
    ),
    (
        "L40",
        R_WITHOUT,
        WITHOUT,
        "Who asks for nothing does not hire for the work.",
        "Compounds promise a wage that is never paid.",
    ),
    (
        "L40",
        R_FEE,
        FEE,
        "An employer pays, and does not ask to be paid.",
        "Payment is asked for before the work.",
    ),
    (
        "L41",
        R_WITHOUT,
        WITHOUT,
        "created: 2026-11-01",
        "status: experimental\ncreated: 2026-01-01",
    ),
    (
        "L42",
        R_FEE,
        FEE,
        FEE_WHEN,
        "  all: [{any: [vacancy, no-skill]}]\n  none: [vacancy, {signal: no-skill}]",
    ),
    ("L42", R_FAR, FAR, FAR_RATIO, "where: {ratio_to_reference: {ge: 2.0, lt: 1.0}}"),
    (
        "L42",
        R_FEE,
        FEE,
        FEE_WHEN,
        "  all: [{fact: salary, where: {low: {ge: 9}}}]\n  none: [{fact: salary}]",
    ),
    ("L42", R_WITHOUT, FAR, FAR_RATIO, "where: {ratio_to_reference: {ge: 2.0, lt: 1.0}}"),
    ("L43", R_FAR, FAR, FAR_RATIO, "where: {ratio_to_reference: {gt: 2.0, le: 2.0}}"),
    ("L43", R_FAR, FAR, FAR_RATIO, "where: {low: {present: false, ge: 2}}"),
    ("L43", R_FAR, FAR, FAR_RATIO, "where: {currency: {in: [IDR, USD], ne: USD, eq: SGD}}"),
    (
        "L44",
        R_FEE,
        FEE,
        FEE_WHEN,
        "  any: [fee-asked, {fact: job, where: {job: kasir}}, {fact: job}]",
    ),
    (
        "L44",
        R_FEE,
        FEE,
        FEE_WHEN,
        "  all: [fee-asked, {signal: fee-asked, stance: [asserted, quoted]}]",
    ),
    ("L45", R_WITHOUT, FAR, "specificity:", "status: deprecated\nspecificity:"),
    ("L47", R_FEE, FEE, FEE_WHEN, "  any: [{signal: fee-asked, stance: [asserted, negated]}]"),
    (
        "L49",
        "signal no-skill",
        SIGNALS,
        '"{untrained}"',
        f'"[{"|".join(f"a{n}" for n in range(40))}] [{"|".join(f"b{n}" for n in range(49))}]"',
    ),
    (
        "L50",
        "signal no-skill",
        SIGNALS,
        '"{untrained}"',
        ", ".join(
            f'"[{"|".join(f"a{n}" for n in range(40))}] [{"|".join(f"b{n}" for n in range(45))}]'
            f' c{copy}"'
            for copy in range(12)
        ),
    ),
    ("L51", "class payment", WORDS, "[dibayar, ditransfer]", "[dibayar, ditransfer, dibayar]"),
    ("L51", "class payment", WORDS, "[dibayar, ditransfer]", '["[a|b]", "(a)? b", a b]'),
    ("L52", "class same", WORDS, "classes:\n", "classes:\n  same: [Ditransfer, dibayar]\n"),
    ("L53", "signal vacancy", SIGNALS, '"bayar <money>"', '"(dibuka)? lowongan"'),
    ("L54", "signal no-skill", SIGNALS, '"bayar <money>"', '"tanpa", "{untrained}"'),
    ("L56", FEE, FEE, "severity: high", "severity: high  # TODO: check"),
)
"""Code, subject, and the change that brings the issue into the good pack."""

TAKES: tuple[Row, ...] = (
    (
        "L20",
        R_FAR,
        FAR,
        "  all:\n    - fact: salary",
        "  all:\n    - fact: destination\n    - fact: salary",
    ),
    (
        "L24",
        R_FEE,
        FEE,
        '    - "Lowongan kasir, tf',
        '    - "Satu dua tiga empat."\n    - "Lima enam tujuh delapan."\n    - "Lowongan kasir, tf',
    ),
    (
        "L25",
        R_FEE,
        FEE,
        '    - "Lowongan kasir, tidak',
        '    - "Satu dua tiga empat."\n    - "Lima enam tujuh."\n    - "Lowongan kasir, tidak',
    ),
    (
        "L28",
        R_WITHOUT,
        WITHOUT,
        "Gaji 30 juta di Kamboja",
        "Gaji tiga puluh juta",
    ),
    ("L35", R_FEE, FEE, "created: 2026-11-01", "advice: [ask-licence]\ncreated: 2026-11-01"),
    ("L48", "signal fee-asked", SIGNALS, r"'\btf\s+dulu\b'", r"'\btf\s+(?:dulu|dl)\b'"),
    (
        "L55",
        FEE,
        FEE,
        "id: upfront-fee\n",
        "# yaml-language-server: $schema=../rule.schema.json\nid: upfront-fee\n",
    ),
)
"""Code, subject, and the change that takes the issue out of the good pack."""


def test_every_check_is_tried() -> None:
    tried = {row[0] for row in (*BRINGS, *TAKES)} | {"L29", "L30", "L31", "L36", "L46", "L57"}
    assert tried == {check.code for check in ALL}


@pytest.mark.parametrize(
    ("code", "subject", "file", "old", "new"),
    BRINGS,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(BRINGS)],
)
def test_what_is_doubtful_is_told(
    code: str, subject: str, file: str, old: str, new: str, pack: Path, edit: EditPack
) -> None:
    assert (code, subject) not in issues(pack)
    assert (code, subject) in issues(edit(file, (old, new)))


@pytest.mark.parametrize(
    ("code", "subject", "file", "old", "new"), TAKES, ids=[row[0] for row in TAKES]
)
def test_what_is_mended_is_told_no_more(
    code: str, subject: str, file: str, old: str, new: str, pack: Path, edit: EditPack
) -> None:
    assert (code, subject) in issues(pack)
    assert (code, subject) not in issues(edit(file, (old, new)))


# --- weights --------------------------------------------------------------------------------------


@pytest.fixture
def critical(edit: EditPack) -> EditPack:
    """The good pack with a critical flag that has no floor, and a trust sign."""
    pack = edit(FEE, ("severity: high", "severity: critical"), ("floor: caution\n", ""))
    trust = (pack / FEE).read_text(encoding="utf-8")
    for old, new in (
        ("id: upfront-fee", "id: refund\ntype: trust_sign\nfaked_by: Words are copied."),
        ("severity: critical", "severity: info"),
        ("weight: 1.2", "weight: -0.8"),
        ("harms: [money_fraud]\n", ""),
        ("  any: [{signal: fee-asked, stance: [asserted, quoted]}]\n", ""),
    ):
        trust = trust.replace(old, new)
    (pack / "cost" / "refund.yaml").write_text(trust, encoding="utf-8")
    return edit


def test_a_critical_flag_that_trust_signs_bring_down_is_told(critical: EditPack) -> None:
    heavy = critical(FEE, ("weight: 1.2", "weight: 1.9"))
    assert ("L29", R_FEE) in issues(heavy)
    assert ("L30", R_FEE) not in issues(heavy)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FEE, "weight: 1.2", "weight: 2.6"),
        (FEE, "weight: 1.2", "weight: 1.9\nfloor: caution"),
        (FEE, "weight: 1.2", "weight: 1.9\nstatus: deprecated"),
    ],
)
def test_a_critical_flag_that_holds_against_trust_signs_is_not_told(
    file: str, old: str, new: str, critical: EditPack
) -> None:
    assert not {("L29", R_FEE), ("L30", R_FEE)} & issues(critical(file, (old, new)))


def test_a_critical_flag_that_alone_says_nothing_is_told(critical: EditPack) -> None:
    assert ("L30", R_FEE) in issues(critical(FEE, ("weight: 1.2", "weight: 1.0")))


@pytest.mark.parametrize(("cap", "told"), [("0.8", True), ("2.5", False)])
def test_a_category_that_each_of_its_rules_fills_is_told(
    cap: str, told: bool, edit: EditPack
) -> None:
    assert (("L31", "category pay") in issues(edit(PACK, ("cap: 2.5", f"cap: {cap}")))) is told


# --- several files --------------------------------------------------------------------------------


@pytest.mark.parametrize(("harm", "told"), [("trafficking", True), ("money_fraud", False)])
def test_advice_for_another_harm_is_told(harm: str, told: bool, edit: EditPack) -> None:
    edit(ADVICE, ("order: 10", f"order: 10\n    harms: [{harm}]"))
    pack = edit(FEE, ("created: 2026-11-01", "advice: [ask-licence]\ncreated: 2026-11-01"))
    assert (("L36", R_FEE) in issues(pack)) is told


@pytest.mark.parametrize(
    ("when", "about"),
    [
        ("  all: [fee-asked, vacancy]", {"upfront-fee"}),
        ("  any: [{signal: fee-asked, stance: [asserted, quoted]}, vacancy]", {"wide"}),
        (FEE_WHEN, {"wide"}),
        ("  all: [fee-asked, no-skill]", set()),
        (f"{FEE_WHEN}\n  none: [no-skill]", {"upfront-fee"}),
        ("  all: [{finding: upfront-fee}]", set()),
    ],
)
def test_a_rule_that_another_implies_is_told(when: str, about: set[str], pack: Path) -> None:
    text = (pack / FEE).read_text(encoding="utf-8")
    twin = text.replace("id: upfront-fee", "id: wide").replace(FEE_WHEN, when)
    (pack / "cost" / "wide.yaml").write_text(twin, encoding="utf-8")
    told = {subject for code, subject in issues(pack) if code == "L46"}
    assert told == {f"cost/{name}" for name in about}


def test_layout_that_is_not_canonical_is_told(pack: Path) -> None:
    for file in mend_pack(pack):
        file.write()
    assert not {code for code, _ in issues(pack, ALL)} & {"L55", "L57"}
    (pack / KINDS).write_text(
        (pack / KINDS).read_text("utf-8").replace("base: ", "base:  "), "utf-8"
    )
    assert {subject for code, subject in issues(pack, ALL) if code == "L57"} == {KINDS}


# --- what issues are ------------------------------------------------------------------------------


def test_a_phrase_that_finds_more_is_not_superfluous(edit: EditPack) -> None:
    pack = edit(SIGNALS, ('"{untrained}"', '"tanpa ~2 keahlian", "keahlian tanpa"'))
    assert ("L17", "signal no-skill") not in issues(pack)


def test_an_issue_says_what_where_and_how_to_mend_it(edit: EditPack) -> None:
    pack = edit(SIGNALS, ('"{untrained}"', '"tanpa keahlian"'))
    shown = f"{pack.as_posix()}/{SIGNALS}"
    found = [issue for issue in lint(load_ruleset([pack]), as_of=DAY) if issue.code == "L17"]
    assert found == [
        Issue(
            "L17",
            IssueSeverity.WARNING,
            Subject("signal", "no-skill"),
            "other phrases find all of 'tanpa keahlian'",
            "take it out; --fix takes out what stands twice word for word",
            ("phrases", 1),
            SourceLocation(shown, 6, 46),
        )
    ]
    assert str(found[0]) == (
        f"{shown}:6:46: L17 warning: signal no-skill: other phrases find all of 'tanpa keahlian' "
        "(take it out; --fix takes out what stands twice word for word)"
    )


def test_every_issue_of_a_pack_from_files_has_a_place(small: RuleSet) -> None:
    found = lint(small, as_of=DAY, checks=ALL)
    assert found
    assert all(issue.location for issue in found)
    assert [issue.location for issue in found] == sorted(
        (issue.location for issue in found if issue.location),
        key=lambda place: (place.path, place.line, place.column),
    )


def test_a_pack_without_files_can_be_linted(small: RuleSet) -> None:
    found = lint(RuleSet.from_json(small.to_json()), as_of=DAY, checks=ALL)
    assert {issue.location for issue in found} == {None}
    assert {issue.code for issue in found} == {"L20", "L24", "L25", "L28", "L35", "L48"}


def test_checks_speak_for_themselves() -> None:
    codes = [check.code for check in ALL]
    assert len(set(codes)) == len(codes) >= 30
    for check in ALL:
        assert check.meaning
        assert check.recommendation


@pytest.mark.parametrize("pattern", [lambda text: text.upper(), lambda text: f"  {text} "])
def test_examples_are_compared_without_case_and_blanks(
    pattern: Callable[[str], str], edit: EditPack
) -> None:
    text = pattern("Gaji 30 juta jadi pelayan di Kamboja.")
    pack = edit(FAR, ("Waspada tawaran gaji 30 juta di Kamboja.", text))
    assert ("L06", R_FAR) in issues(pack)
