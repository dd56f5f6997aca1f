"""What the score that is shipped, rules and classifier together, says of texts of our own."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from offer_screen import Kind, Level, Screener

EXAMPLES = Path(__file__).parents[1] / "examples"
AT_LEAST = {
    "01-janji-empat": Level.HIGH,
    "02-admin-terselubung": Level.CRITICAL,
    "04-tugas-deposit": Level.CRITICAL,
}
AT_MOST = {
    "03-p3mi-resmi": Level.LOW,
    "05-operator-pabrik": Level.LOW,
    "06-sosialisasi": Level.LOW,
}
SCAM = "Loker Taiwan gaji 18 juta, visa turis dulu nanti diurus di sana, paspor dipegang agen"
BENIGN = " Hari ini cuaca cerah, kami belajar memasak bersama ibu-ibu di balai desa."


def test_the_shipped_score_uses_the_shipped_classifier_and_fit(screener: Screener) -> None:
    assert screener.classifier is not None
    report = screener.screen(SCAM)
    assert report.model == screener.classifier.digest
    assert report.weighting == "fitted"
    assert {item.source for item in report.contributions} >= {"base", "finding", "classifier"}
    assert math.fsum(item.value for item in report.contributions) == report.score.log_odds


def test_rules_alone_and_authored_weights_can_be_had() -> None:
    only = Screener.load(model=None).screen(SCAM)
    assert (only.model, only.weighting) == (None, "fitted")
    authored = Screener.load(model=None, weights="authored").screen(SCAM)
    assert (authored.model, authored.weighting) == (None, "authored")


@pytest.mark.parametrize("name", AT_LEAST)
def test_a_dangerous_example_is_told(name: str, screener: Screener) -> None:
    report = screener.screen((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    assert report.level.rank >= AT_LEAST[name].rank


@pytest.mark.parametrize("name", AT_MOST)
def test_a_harmless_example_is_left_alone(name: str, screener: Screener) -> None:
    report = screener.screen((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    assert report.level.rank <= AT_MOST[name].rank


def test_the_four_promises_are_told_in_formal_words_and_in_slang(screener: Screener) -> None:
    for text in (
        "Kesempatan bekerja di luar negeri dengan gaji besar, proses mudah, biaya lebih murah, dan"
        " tanpa keahlian khusus. Silakan hubungi kami.",
        "loker ln gj gede bgt, proses gmpg, by murah, tnp skill jg bs. japri aja",
    ):
        report = screener.screen(text)
        assert report.level.rank >= Level.HIGH.rank
        assert {"pay-praised", "process-easy", "cost-cheap", "no-skill-needed"} <= {
            finding.rule for finding in report.red_flags
        }


def test_a_warning_of_the_four_promises_is_low(screener: Screener) -> None:
    report = screener.screen(
        "Waspada calo! Modusnya selalu sama: gaji besar, proses mudah, lebih murah, tanpa keahlian."
        " Laporkan ke kepala desa."
    )
    assert (report.kind, report.level) == (Kind.AWARENESS, Level.LOW)


def test_benign_sentences_do_not_hide_a_scam(screener: Screener) -> None:
    assert screener.screen(SCAM + "." + 8 * BENIGN).level.rank >= Level.HIGH.rank
