from __future__ import annotations

from itertools import pairwise

import pytest

from offer_screen import Screener
from offer_screen.evaluation import Budget
from offer_screen.evaluation.search import Found, search, search_all, word_worth
from offer_screen.values import Level, Span

SCAM = (
    "Dicari admin online untuk penempatan Kamboja, gaji 1000 USD per bulan, tanpa pengalaman."
    " Masuk pakai visa turis dulu, paspor dipegang bos selama kontrak. Minggu depan langsung"
    " terbang, biaya ditanggung dulu lalu potong gaji. Yang minat japri saja ya"
)
WEAK = "Kerja pabrik di Malaysia pakai visa kunjungan dulu, nanti permit diurus di sana"
HARMLESS = "Besok rapat RT jam delapan, tolong bawa kursi sendiri ya bapak ibu"


@pytest.fixture(scope="module")
def found(screener: Screener) -> Found:
    return search(screener, SCAM, Budget(screens=60), seed=1)


def laid(text: str, found: Found) -> str:
    for edit in reversed(found.edits):
        span, written = edit.change
        text = text[: span.start] + written + text[span.end :]
    return text


def test_the_budget_is_kept(screener: Screener, found: Found) -> None:
    assert 0 < found.screens <= 60
    assert 0 < len(found.edits) <= int(0.1 * len(SCAM.split()))
    one = search(screener, SCAM, Budget(share=0.01, screens=7), seed=1)
    assert one.screens <= 7
    assert len(one.edits) <= 1


def test_only_what_was_edited_is_written_otherwise(found: Found) -> None:
    assert laid(SCAM, found) == found.text != SCAM
    ends = [edit.change.span for edit in found.edits]
    assert all(one.end <= other.start for one, other in pairwise(ends))


def test_the_report_is_that_of_the_edited_text(screener: Screener, found: Found) -> None:
    assert found.report == screener.screen(found.text)
    assert found.report.score.log_odds <= screener.screen(SCAM).score.log_odds


def test_the_same_seed_finds_the_same(screener: Screener, found: Found) -> None:
    assert search(screener, SCAM, Budget(screens=60), seed=1) == found


def test_no_sentences_are_added_where_none_may_be(screener: Screener) -> None:
    none = search(screener, SCAM, Budget(sentences=0, screens=40), seed=1)
    assert all(edit.way != "sentence added" for edit in none.edits)


def test_a_text_that_is_not_high_is_left_alone(screener: Screener) -> None:
    found = search(screener, HARMLESS, Budget(), seed=1)
    assert (found.text, found.edits, found.screens) == (HARMLESS, (), 0)


def test_no_edit_is_kept_that_success_does_not_need(rules_only: Screener) -> None:
    assert rules_only.screen(WEAK).level.rank >= Level.HIGH.rank
    found = search(rules_only, WEAK, Budget(share=0.5), seed=1)
    assert found.report.level.rank < Level.HIGH.rank
    for edit in found.edits:
        fewer = found._replace(edits=tuple(other for other in found.edits if other != edit))
        assert rules_only.screen(laid(WEAK, fewer)).level.rank >= Level.HIGH.rank


def test_processes_find_what_one_finds(rules_only: Screener) -> None:
    texts = [WEAK, HARMLESS]
    budget = Budget(screens=10)
    one = search_all(rules_only, texts, budget, seed=3)
    assert search_all(rules_only, texts, budget, seed=3, workers=2) == one


def test_the_score_rests_on_the_words_of_its_flags(rules_only: Screener) -> None:
    report = rules_only.screen(WEAK)
    worth = word_worth(rules_only, rules_only.normalizer.read(WEAK), report)
    at = WEAK.index("kunjungan")
    assert worth[Span(at, at + len("kunjungan"))] > 0
    at = WEAK.index("pabrik")
    assert worth[Span(at, at + len("pabrik"))] == 0
