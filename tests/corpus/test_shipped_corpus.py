"""The corpus of the project is sound, and its card tells what it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from offer_screen.batch import Record, read_records
from offer_screen.cli import main
from offer_screen.cli.corpus.stats import CARD_BEGINS, CARD_ENDS
from offer_screen.corpus import (
    CorpusText,
    Label,
    check_corpus,
    corpus_statistics,
    measure_agreement,
    read_second,
    read_splits,
)
from offer_screen.corpus.agreement import unsettled
from offer_screen.corpus.checks import Known
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.reference import Reference

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
REAL = ROOT.parent / "shared" / "data" / "real"

Splits = Mapping[str, tuple[CorpusText, ...]]


@pytest.fixture(scope="module")
def splits() -> Splits:
    return read_splits(CORPUS)


def test_the_corpus_has_no_problems(splits: Splits) -> None:
    ruleset = load_ruleset()
    employers = Reference.at(ruleset.reference, dt.date(2026, 11, 24)).employers.values()
    known = Known(
        rules=ruleset.rules.keys(),
        domains={domain for entry in employers for domain in entry.domains},
    )
    assert [str(problem) for problem in check_corpus(splits, known)] == []


@pytest.mark.skipif(not REAL.is_dir(), reason="the real texts are not part of a checkout")
def test_the_corpus_shares_no_eight_words_with_the_real_texts(splits: Splits) -> None:
    foreign = [
        record.text
        for path in sorted(REAL.glob("*.jsonl"))
        for record in read_records(path)
        if isinstance(record, Record)
    ]
    problems = check_corpus(splits, Known(foreign=foreign))
    assert [str(problem) for problem in problems if problem.code == "C10"] == []


def test_the_corpus_is_as_large_and_as_mixed_as_it_says(splits: Splits) -> None:
    found = corpus_statistics(splits)
    assert sum(found.texts.values()) >= 6000
    assert found.individually_written >= 4000
    assert found.shared_five_words <= 0.02
    assert len(found.by["hard_negative"]) == 52
    for channel, counts in found.by["channel"].items():
        assert set(counts) == {label.value for label in Label}, channel


def test_style_does_not_give_the_label_away(splits: Splits) -> None:
    style = corpus_statistics(splits).style
    for name in ("characters", "lines", "emoji", "capitals", "exclamations"):
        values = [getattr(of_label, name) for of_label in style.values()]
        assert max(values) <= 1.35 * min(values) + 0.02, name


def test_a_fifth_was_read_twice_and_all_disagreements_are_settled(splits: Splits) -> None:
    texts = {text.id: text for split in splits.values() for text in split}
    second = read_second(CORPUS / "second-reading.jsonl")
    assert len(second) >= len(texts) / 5
    assert unsettled(second, texts) == ()
    assert measure_agreement(second).label_kappa > 0.8


def test_the_card_holds_the_figures_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    card = (CORPUS / "CARD.md").read_text(encoding="utf-8")
    held = card.partition(CARD_BEGINS)[2].partition(CARD_ENDS)[0].strip().strip("`").strip()
    assert main(["corpus", "stats", str(CORPUS)]) == 0
    shown = capsys.readouterr().out.strip()
    assert held == shown, "run `offer-screen corpus stats --card`"
