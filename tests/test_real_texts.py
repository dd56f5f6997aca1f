"""Real texts that nobody of this project wrote: they lie beside the checkout, or nothing runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from offer_screen import Kind, Level, Screener
from offer_screen.batch import Record, read_records
from tests.test_fact_base_texts import PROMISES

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real texts are not part of the project; they are not here"
)


def high_or_critical(screener: Screener, *names: str) -> float:
    texts = [
        record.text
        for name in names
        for record in read_records(REAL / f"{name}.jsonl")
        if isinstance(record, Record)
    ]
    levels = [report.level for report in map(screener.screen, texts)]
    return sum(level.rank >= Level.HIGH.rank for level in levels) / len(levels)


def test_the_seed_is_awareness_and_names_the_promises_it_warns_of(screener: Screener) -> None:
    report = screener.screen((REAL / "seed_article.txt").read_text(encoding="utf-8"))
    assert report.kind is Kind.AWARENESS
    assert report.level is Level.LOW
    assert {finding.rule for finding in report.mentioned} >= PROMISES


def test_false_alarms_on_job_boards(screener: Screener) -> None:
    boards = ("lokerid_2025", "karirhub_kemnaker_2025", "maganghub_kemnaker_2025")
    assert high_or_critical(screener, *boards, "glints_2026", "geosains_jobs_2023") <= 0.02


def test_false_alarms_on_posters(screener: Screener) -> None:
    assert high_or_critical(screener, "job_fraud_instagram_2022") <= 0.04


def test_false_alarms_on_news_chat_forum_and_reviews(screener: Screener) -> None:
    others = ("tppo_news_scamcorpus", "telegram_chat_nabila", "fraud_forum_rakan416")
    assert high_or_critical(screener, *others, "indonlu_smsa") <= 0.01
