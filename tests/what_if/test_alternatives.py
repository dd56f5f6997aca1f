"""What would change the level of real offers, by the shipped pack."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest

from offer_screen import Screener
from offer_screen.classify.base import LogOdds, TokenContribution
from offer_screen.infer.compiled import CompiledEngine
from offer_screen.infer.findings import without_evidence
from offer_screen.pipeline import Pipeline
from offer_screen.results import Outcome, Prediction, Report, WhatIf
from offer_screen.rules.schema import SCORING
from offer_screen.scoring import score
from offer_screen.text.document import Document
from offer_screen.values import Kind, Level, Span
from offer_screen.weighting import Weighting
from offer_screen.what_if.alternatives import Alternatives

DAY = dt.date(2026, 11, 24)
HUB = (
    "Dicari admin online penempatan Kamboja, gaji 1000 USD, masuk pakai visa turis dulu,"
    " paspor dipegang bos"
)
PROMISES = "Gaji 25jt, proses mudah, tanpa keahlian, minggu depan terbang. Minat japri"
SHOP = "Lowongan jaga toko di Malaysia untuk wanita, paspor dipegang agen, segera daftar ya"
HOME = "Dicari karyawan toko, laki-laki atau perempuan, kerja jam 8 sampai 5, minat hubungi kami"
AWARENESS = "WASPADA! Jangan percaya tawaran kerja ke Kamboja dengan visa turis, paspor ditahan."
OFFERS = (HUB, PROMISES, SHOP, HOME)


def what_if_of(screener: Screener | Pipeline, text: str) -> tuple[Report, WhatIf]:
    report = screener.screen(text, what_if=True)
    assert report.what_if is not None
    return report, report.what_if


def test_it_is_worked_out_only_when_asked_and_changes_nothing_else(screener: Screener) -> None:
    report = screener.screen(HUB)
    assert report.what_if is None
    asked, _ = what_if_of(screener, HUB)
    assert asked.model_copy(update={"what_if": None}) == report
    many = screener.screen_many([HUB, HUB], what_if=True)
    assert list(many) == [asked, asked]
    assert Report.from_json(asked.to_json()) == asked


@pytest.mark.parametrize("text", OFFERS)
def test_the_level_that_would_remain_is_the_score_of_what_remains(
    screener: Screener, text: str
) -> None:
    report, what_if = what_if_of(screener, text)
    if report.level is Level.LOW:
        assert what_if.without is None
        return
    without = what_if.without
    assert without is not None
    assert without.exact
    gone = {*without.rules, *without.with_them}
    assert gone <= {finding.rule for finding in report.red_flags}
    rest = [finding for finding in report.findings if finding.rule not in gone]
    after = score(rest, screener.trace(text).prediction, screener.weighting)
    assert (without.outcome.level, without.outcome.points) == (after.level, after.points)
    assert math.isclose(without.outcome.log_odds, after.log_odds, abs_tol=1e-9)
    assert after.level.rank < report.level.rank


def test_a_combination_goes_with_what_it_rests_on(screener: Screener) -> None:
    _, what_if = what_if_of(screener, PROMISES)
    assert what_if.without is not None
    assert "four-promises" in what_if.without.with_them


@pytest.mark.parametrize("text", OFFERS)
def test_the_effect_of_an_answer_is_the_score_of_the_text_with_it(
    screener: Screener, text: str
) -> None:
    _, what_if = what_if_of(screener, text)
    assert what_if.questions or text == HUB
    for question in what_if.questions:
        for answer in (question.worst, question.best):
            with_it = screener.screen(f"{text}\n\n{answer.text.id}").score
            assert answer.outcome.level is with_it.level
            assert answer.outcome.points == with_it.points
        assert question.worst.outcome.log_odds > question.best.outcome.log_odds
    widths = [(q.worst.outcome.level.rank - q.best.outcome.level.rank) for q in what_if.questions]
    assert widths == sorted(widths, reverse=True)


class CountsWords:
    """Says more of scam the more words there are."""

    digest = "counts-words"

    def log_odds(self, document: Document) -> LogOdds:
        return LogOdds(len(document.tokens) / 20 - 1, (3.0, 0.0, 0.0, 0.0))

    def contributions(self, document: Document) -> tuple[TokenContribution, ...]:
        return tuple(
            TokenContribution(Span(token.start, token.end), (token.norm,), 1 / 20)
            for token in document.tokens
        )


@pytest.mark.parametrize("text", OFFERS)
def test_the_classifier_reads_the_answers_too(screener: Screener, text: str) -> None:
    both = Pipeline(screener.ruleset, as_of=DAY, classifier=CountsWords())
    report, what_if = what_if_of(both, text)
    assert report.model == "counts-words"
    for question in what_if.questions:
        for answer in (question.worst, question.best):
            with_it = both.screen(f"{text}\n\n{answer.text.id}").score
            assert answer.outcome.log_odds == pytest.approx(with_it.log_odds)


def test_a_rule_that_lacks_one_thing_is_told_with_what_it_lacks(screener: Screener) -> None:
    _, what_if = what_if_of(screener, SHOP)
    found = {near.rule: near for near in what_if.one_short}
    near = found["debt-and-control"]
    assert "“Biaya menjadi utang”" in [words.id for words in near.missing]
    assert near.outcome.level is Level.CRITICAL
    assert "fee-upfront" in found
    assert found["fee-upfront"].missing[0].en == "a fee to pay"


def test_a_text_that_warns_has_no_questions_and_comes_near_to_nothing(screener: Screener) -> None:
    report, what_if = what_if_of(screener, AWARENESS)
    assert report.kind is Kind.AWARENESS
    assert what_if == WhatIf()


def alternatives(screener: Screener, weighting: Weighting) -> Alternatives:
    scoring = [rule for rule in screener.ruleset.rules.values() if rule.status in SCORING]
    infer = CompiledEngine(screener.ruleset.program).infer
    return Alternatives(screener.ruleset, infer, list(map(without_evidence, scoring)), weighting)


def fitted(weighting: Weighting) -> Weighting:
    """Return other weights, as a fit might give them."""
    return replace(
        weighting,
        name="fitted",
        base=-2.0,
        rules={rule: weight * (0.5 + len(rule) % 3) for rule, weight in weighting.rules.items()},
        trust_cap=1.3,
        levels={Level.CAUTION: 12.0, Level.HIGH: 40.0, Level.CRITICAL: 85.0},
        classifier=0.8,
    )


@pytest.mark.parametrize("log_odds", [-3.0, 0.5, 4.0])
@pytest.mark.parametrize("text", OFFERS)
def test_fitted_weights_and_a_classifier_are_reckoned_with(
    screener: Screener, text: str, log_odds: float
) -> None:
    weighting = fitted(screener.weighting)
    trace = screener.trace(text)
    told = Prediction(kind=trace.prediction.kind, log_odds=log_odds, model="digest")
    reckoner = alternatives(screener, weighting)
    now = reckoner.score_of(trace.fired, told)
    assert [item.ref for item in now.contributions if item.source == "classifier"] == ["digest"]

    what_if = reckoner.of(frozenset(trace.held), trace.fired, told, lambda _: now)

    silent = reckoner.score_of(trace.fired, trace.prediction)
    if silent.level is now.level:
        assert what_if.without_classifier is None
    else:
        assert what_if.without_classifier == Outcome(
            level=silent.level, points=silent.points, log_odds=silent.log_odds
        )
    if what_if.without is not None:
        gone = {*what_if.without.rules, *what_if.without.with_them}
        after = reckoner.score_of(trace.fired - gone, told)
        assert what_if.without.outcome.log_odds == pytest.approx(after.log_odds)
        assert after.level.rank < now.level.rank
    assert what_if.questions == ()  # every answer comes to the same score


def test_each_question_of_the_pack_has_answers_that_tell(screener: Screener) -> None:
    """The bad answer adds a red flag to some offer; the good one answers the question."""
    offers = {
        "missing-official-channel": "Lowongan Bank Mandiri posisi teller, kirim data ke WA saya",
        "missing-employer": HOME,
        "missing-place": "Info loker, minggu depan berangkat, dibutuhkan 10 orang pekerja",
    }
    abroad = "Lowongan kerja luar negeri untuk wanita, jaga toko, segera daftar ya"
    for rule, entry in screener.ruleset.missing.items():
        text = offers.get(rule, abroad)
        assert rule in screener.trace(text).fired, rule
        assert entry.answers is not None, rule
        worst, best = (f"{text}\n\n{a.id}" for a in (entry.answers.worst, entry.answers.best))
        assert rule not in screener.trace(best).fired, rule
        bad, good = screener.screen(worst), screener.screen(best)
        before = {finding.rule for finding in screener.screen(text).red_flags}
        assert {finding.rule for finding in bad.red_flags} - before, rule
        assert bad.score.points - good.score.points >= 5, rule
