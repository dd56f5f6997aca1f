"""The whole way of one offer, through the public API."""

from __future__ import annotations

import datetime as dt
import math
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen import (
    FindingType,
    InputError,
    Kind,
    Level,
    Report,
    Screener,
    Stance,
)

OFFER = (
    "Dicari admin online penempatan Kamboja, gaji 1000 USD, masuk pakai visa turis dulu, paspor"
    " dipegang bos. Minat japri wa 0812-0000-1234"
)

WORDS = st.sampled_from(
    [
        *OFFER.split(),
        *"gaji besar proses mudah tanpa keahlian tidak ada biaya waspada korban lapor".split(),
        *"dijanjikan polisi g4j1 k a m b o j a 𝗴𝗮𝗷𝗶 25jt/bln +855 Rp5.000.000,- &amp;".split(),
        *('"', "“", "”", ".", "!", "\n", "-", "•", "🇰🇭", "✈️", "\u200b", "\u202e"),
    ]
)
TEXTS = st.text(max_size=300) | st.lists(WORDS, max_size=40).map(" ".join)


def test_a_report_says_what_why_and_what_next(screener: Screener) -> None:
    report = screener.screen(OFFER)
    assert report.level is Level.CRITICAL
    assert report.kind is Kind.OFFER
    assert {"tourist-visa-work", "passport-held"} <= {f.rule for f in report.red_flags}
    assert {fact.kind for fact in report.facts} >= {"salary", "destination", "visa", "phone"}
    assert report.missing
    assert [advice.id for advice in report.advice][:2] == ["dont-pay-or-send", "ask-village-head"]
    assert report.model == (screener.classifier and screener.classifier.digest)
    assert report.weighting == screener.weighting.name
    assert "0812" not in report.to_json()


def test_findings_come_with_the_most_weighty_first(screener: Screener) -> None:
    report = screener.screen(OFFER)
    value = {c.ref: c.value for c in report.contributions if c.source == "finding"}
    order = [value[finding.rule] for finding in report.findings]
    assert order == sorted(order, reverse=True)


def test_text_is_kept_only_when_asked(screener: Screener) -> None:
    assert screener.screen(OFFER).text is None
    report = screener.screen(OFFER, include_text=True)
    assert report.text == OFFER
    assert all(fact.text == OFFER[fact.span.start : fact.span.end] for fact in report.facts)
    assert report.score == screener.screen(OFFER).score


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_a_blank_offer_is_refused(blank: str, screener: Screener) -> None:
    with pytest.raises(InputError, match="blank"):
        screener.screen(blank)


def test_what_is_not_a_str_is_refused(screener: Screener) -> None:
    with pytest.raises(InputError, match="not bytes"):
        screener.screen(b"gaji besar")  # type: ignore[arg-type]


def test_a_text_over_the_limit_is_refused(screener: Screener) -> None:
    limit = screener.ruleset.pack.max_length
    assert screener.screen("a" * limit).level is Level.LOW
    with pytest.raises(InputError, match=f"{limit + 1} characters; the limit is {limit}"):
        screener.screen("a" * (limit + 1))


def test_lone_surrogates_are_refused(screener: Screener) -> None:
    with pytest.raises(InputError, match="surrogates"):
        screener.screen("gaji \ud800 besar")


@pytest.mark.property
@given(TEXTS)
def test_any_text_gives_a_report_or_an_input_error(text: str) -> None:
    try:
        report = SCREENER.screen(text, include_text=True)
    except InputError:
        assert not text.strip() or any("\ud800" <= char <= "\udfff" for char in text)
        return
    assert math.isclose(
        math.fsum(item.value for item in report.contributions), report.score.log_odds, abs_tol=1e-9
    )
    spans = [fact.span for fact in report.facts]
    spans += [item.span for f in (*report.findings, *report.mentioned) for item in f.evidence]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(fact.text == text[fact.span.start : fact.span.end] for fact in report.facts)


@pytest.mark.property
@given(TEXTS)
def test_a_report_comes_back_from_json_as_it_was(text: str) -> None:
    for report in SCREENER.screen_many([text], include_text=True):
        if isinstance(report, Report):
            assert Report.from_json(report.to_json()) == report


@pytest.mark.property
@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_both_engines_give_the_same_report(text: str) -> None:
    for one, other in zip(SCREENER.screen_many([text]), COMPILED.screen_many([text]), strict=True):
        if isinstance(one, Report) and isinstance(other, Report):
            assert one.model_copy(update={"engine": "compiled"}) == other


def test_a_warning_is_mentioned_and_not_scored(screener: Screener) -> None:
    report = screener.screen(
        "Waspada tawaran kerja ke Kamboja pakai visa turis, jangan tergiur. Lapor ke kepala desa."
    )
    assert report.kind is Kind.AWARENESS
    assert not report.red_flags
    assert "tourist-visa-work" in {finding.rule for finding in report.mentioned}
    stances = {item.stance for f in report.mentioned for item in f.evidence}
    assert Stance.ASSERTED not in stances


def test_a_denial_is_not_an_assertion(screener: Screener) -> None:
    report = screener.screen("Kerja di Malaysia, TIDAK pakai visa turis dan paspor tidak ditahan")
    assert {"tourist-visa-work", "passport-held"}.isdisjoint(f.rule for f in report.findings)


def test_an_inquiry_about_an_offer_is_screened(screener: Screener) -> None:
    report = screener.screen(f"Apakah tawaran ini resmi? Saya dapat WA begini: {OFFER}")
    assert report.kind is Kind.INQUIRY
    assert report.level is Level.CRITICAL


def test_trust_signs_alone_cannot_outweigh_a_floor(screener: Screener) -> None:
    signs = (
        " PT Contoh Migran (P3MI), SIP3MI No 12/2020, SIP2MI No 9/IX/2025, daftar di SISKOP2MI"
        " lewat Disnaker, visa kerja, BPJS PMI, OPP di BP3MI, biaya sesuai Kepka, kontrak sebelum"
        " berangkat"
    )
    report = screener.screen(OFFER + "." + signs)
    trust = [c.value for c in report.contributions if c.value < 0 and c.source == "finding"]
    assert report.trust_signs
    assert math.fsum(trust) >= -screener.weighting.trust_cap - 1e-9
    assert report.level is Level.CRITICAL


@pytest.mark.parametrize(
    "flag",
    [
        "Paspor dipegang agen.",
        "Masuk pakai visa turis dulu.",
        "Kalau batal denda 10 juta.",
        "Jangan bilang orang tua.",
        "Transfer biaya pendaftaran 500 ribu ke rekening pribadi.",
    ],
)
@pytest.mark.parametrize(
    "offer",
    [
        "Lowongan kerja pabrik di Taiwan, minat hubungi kami.",
        "Dicari penjaga toko di Malaysia, gaji 1.500 ringgit, minat japri.",
    ],
)
def test_a_further_red_flag_raises_the_score(offer: str, flag: str, screener: Screener) -> None:
    before = screener.screen(offer)
    after = screener.screen(f"{offer} {flag}")
    assert after.score.log_odds > before.score.log_odds
    assert after.level.rank >= before.level.rank


@pytest.mark.parametrize(
    "disguised",
    [
        OFFER.upper(),
        OFFER.replace("visa turis", "v1sa tur1s"),
        OFFER.replace("visa turis", "v i s a  t u r i s"),
        OFFER.replace("visa turis", "vi\u200bsa tur\u200bis"),
        OFFER.replace("visa turis", "vіsa turіs"),
        OFFER.replace("visa turis", "𝘃𝗶𝘀𝗮 𝘁𝘂𝗿𝗶𝘀"),
        OFFER.replace("visa turis", "visaaaa turissss"),
        OFFER.replace("visa turis", "vis&#97; turis"),
        OFFER.replace(" ", "\r\n"),
    ],
)
def test_a_disguise_does_not_help(disguised: str, screener: Screener) -> None:
    report = screener.screen(disguised)
    assert "tourist-visa-work" in {finding.rule for finding in report.findings}
    assert report.level is Level.CRITICAL


def test_the_day_decides_which_values_hold() -> None:
    early = Screener.load(as_of=dt.date(2015, 1, 1)).screen(OFFER)
    assert early.as_of == "2015-01-01"
    assert early.pack_sha256 == SCREENER.screen(OFFER).pack_sha256


def test_many_texts_keep_their_order_and_lose_none(screener: Screener) -> None:
    texts = [OFFER, "", "halo", OFFER + " x", "   ", "apa kabar"]
    results = list(screener.screen_many(texts))
    assert [isinstance(item, InputError) for item in results] == [
        False, True, False, False, True, False,
    ]  # fmt: skip
    assert list(screener.screen_many(iter(texts * 3), workers=2))[:1] == [screener.screen(OFFER)]


def test_a_screener_is_shared_by_threads_and_survives_pickling(screener: Screener) -> None:
    expected = screener.screen(OFFER)
    with ThreadPoolExecutor(8) as pool:
        assert {r.to_json() for r in pool.map(screener.screen, [OFFER] * 64)} == {
            expected.to_json()
        }
    assert pickle.loads(pickle.dumps(screener)).screen(OFFER) == expected


def test_every_finding_has_evidence_that_stands_in_the_text(screener: Screener) -> None:
    for finding in screener.screen(OFFER).findings:
        if finding.type is FindingType.RED_FLAG:
            assert finding.evidence, finding.rule


SCREENER = Screener.load(as_of=dt.date(2026, 11, 24))
COMPILED = Screener.load(as_of=dt.date(2026, 11, 24), engine="compiled")
