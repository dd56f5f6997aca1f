from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from offer_screen.rendering import render
from offer_screen.rendering.markdown import escape, escape_offer
from offer_screen.rendering.view import one_line
from offer_screen.results import Report
from tests.render.reports import CRITICAL_TEXT, REPORTS

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def shown(markdown: str) -> str:
    """Return what a reader sees of one paragraph; fails if there is any markup in it."""
    page = PARSER.render(markdown).strip()
    assert page.startswith("<p>")
    assert page.endswith("</p>")
    inner = page[3:-4]
    assert "<" not in inner
    return unescape(inner)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40).map(one_line)


@given(words.filter(lambda text: text.strip() != ""))
def test_any_words_show_as_they_are(text: str) -> None:
    assert shown(escape(text)) == text
    assert shown(escape_offer(text)) == text


@given(st.text("*_`[]()<>#!|~&-+1. ab\\", min_size=1).map(one_line).filter(bool))
def test_markup_shows_as_it_is(text: str) -> None:
    assert shown(escape(text)) == text
    assert shown(escape_offer(text)) == text


def test_addresses_of_an_offer_do_not_become_links() -> None:
    escaped = escape_offer("buka https://contoh.example atau www.contoh.example, a@b.example")
    assert not re.search(r"https?:|www\.|@", escaped.replace("\\:", "").replace("\\@", ""))


def test_report_has_all_its_sections(case: tuple[Report, str]) -> None:
    report, text = case
    page = PARSER.render(render(report, "markdown", text=text))
    assert page.count("<h1>") == 1
    assert page.count("<table>") == 1
    assert page.count("<blockquote>") == sum(
        len({e.span for e in f.evidence}) if f.rule != "pay-far-above-reference" else 1
        for f in (*report.findings, *report.mentioned)
    )


def test_quotes_of_hostile_offers_stay_text() -> None:
    report, _ = REPORTS["critical"]
    assert "<b>" in CRITICAL_TEXT
    assert "<b>" not in render(report, "markdown", text=CRITICAL_TEXT)
