"""Which words carried the classifier's verdict is told with its share of the score."""

from __future__ import annotations

import pytest

from offer_screen import Language, Screener, render
from offer_screen.classify.base import TokenContribution
from offer_screen.values import Span
from offer_screen.what_if.carrying import carrying_words

TEXT = "Kerja pabrik di Taiwan, bonus emas begitu tanda tangan, minat japri 0812-0000-1234."


@pytest.fixture(scope="module")
def shipped() -> Screener:
    return Screener.load(engine="compiled")


def at(place: int, value: float) -> TokenContribution:
    return TokenContribution(Span(10 * place, 10 * place + 9), ("word",), value)


def test_neighbours_are_joined_and_words_that_speak_the_other_way_left_out() -> None:
    found = carrying_words(
        [at(0, 0.4), at(1, 0.2), at(2, -0.3), at(3, 0.1)], factor=2.0, for_scam=True
    )
    assert [item.span for item in found] == [Span(0, 19), Span(30, 39)]
    assert [item.log_odds for item in found] == pytest.approx([1.2, 0.2])


def test_where_the_classifier_speaks_against_scam_the_words_that_do_are_told() -> None:
    found = carrying_words([at(0, -0.4), at(1, 0.2)], factor=1.0, for_scam=False)
    assert [item.log_odds for item in found] == [-0.4]


def test_only_those_that_carried_most_are_told() -> None:
    found = carrying_words(
        [at(place, place / 10 if place % 2 else 0.0) for place in range(30)],
        factor=1.0,
        for_scam=True,
    )
    assert len(found) == 8
    assert [item.span.start for item in found] == sorted(item.span.start for item in found)
    assert min(item.log_odds for item in found) == pytest.approx(1.5)


def test_nothing_carried_means_nothing_told() -> None:
    assert carrying_words([], factor=1.0, for_scam=True) == ()


def test_the_report_quotes_them_in_both_languages_and_only_when_the_text_is_given(
    shipped: Screener,
) -> None:
    report = shipped.screen(TEXT, what_if=True)
    assert report.what_if is not None
    first = report.what_if.words[0]
    words = TEXT[first.span.start : first.span.end]
    for lang, said in ((Language.ID, "pola kata"), (Language.EN, "language model")):
        for form in ("text", "html", "markdown"):
            shown = render(report, form, lang=lang, text=TEXT)
            assert said in shown
            assert words.split()[0] in shown
    assert "emas" not in report.to_json()


def test_rules_alone_tell_of_no_words(rules_only: Screener) -> None:
    report = rules_only.screen(TEXT, what_if=True)
    assert report.what_if is not None
    assert report.what_if.words == ()
