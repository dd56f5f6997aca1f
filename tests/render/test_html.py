from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.rendering import render
from offer_screen.rendering.view import MAX_IN_FULL
from offer_screen.results import Contribution, Evidence, Finding, Report
from offer_screen.values import Language, Level, Localised, Span
from tests.render.reports import (
    CRITICAL_TEXT,
    EASY,
    PAY,
    REPORTS,
    VISA,
    report_of,
)

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.attributes: set[str] = set()
        self.offer: str | None = None
        self._offer_depth = 0
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.attributes |= set(names)
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.hrefs += [values["href"] or ""] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)
        if values.get("id") == "offer":
            self.offer, self._offer_depth = "", len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self._offer_depth:
            self._offer_depth = 0

    def handle_data(self, data: str) -> None:
        if self._offer_depth and self.offer is not None:
            self.offer += data


def finding_at(base: Finding, spans: list[Span], title: str) -> Finding:
    return base.model_copy(
        update={
            "title": Localised(id=title, en=title),
            "explanation": Localised(id=title, en=title),
            "evidence": tuple(Evidence(source="signal", name="words", span=s) for s in spans),
        }
    )


def offer_report(text: str, spans: list[list[Span]], title: str = "Judul") -> Report:
    findings = tuple(
        finding_at(base, some, title) for base, some in zip((PAY, VISA, EASY), spans, strict=False)
    )
    base = Contribution(source="base", ref="base", weight=-3.5, value=-3.5)
    return report_of(text, (base,), level=Level.LOW, findings=findings, keep_text=True)


@pytest.mark.parametrize("lang", Language)
def test_page_is_well_formed_and_its_links_lead_somewhere(
    case: tuple[Report, str], lang: Language
) -> None:
    report, text = case
    page = Page(render(report, "html", lang=lang, text=text))
    assert len(page.ids) == len(set(page.ids))
    assert {href.removeprefix("#") for href in page.hrefs} <= set(page.ids)


def test_page_needs_nothing_from_outside(case: tuple[Report, str]) -> None:
    report, text = case
    rendered = render(report, "html", text=text)
    page = Page(rendered)
    assert not {"script", "img", "link", "iframe", "form", "object"} & set(page.tags)
    assert all(href.startswith("#") for href in page.hrefs)
    assert "url(" not in rendered
    assert "@import" not in rendered


def test_overlapping_evidence_links_to_each_reason() -> None:
    report, text = REPORTS["critical"]
    rendered = render(report, "html", text=text)
    page = Page(rendered)
    assert page.offer == CRITICAL_TEXT
    assert 'class="t-high many" title="3. Gaji jauh di atas wajar; 4. Tanpa keahlian"' in rendered
    assert {"#finding-1", "#finding-2", "#finding-3", "#finding-4"} <= set(page.hrefs)


def many_reasons(count: int) -> tuple[Report, str]:
    text = "gaji besar di luar negeri"
    findings = tuple(
        finding_at(PAY, [Span(0, 10)], f"Alasan {n}").model_copy(update={"rule": f"rule-{n}"})
        for n in range(1, count + 1)
    )
    base = Contribution(source="base", ref="base", weight=-3.5, value=-3.5)
    return report_of(text, (base,), level=Level.HIGH, findings=findings), text


def test_the_first_reasons_are_open_and_the_others_can_be_opened() -> None:
    report, text = many_reasons(MAX_IN_FULL + 3)
    page = Page(render(report, "html", text=text))
    assert page.tags.count("article") == MAX_IN_FULL
    assert page.tags.count("details") == page.tags.count("summary") == 3
    assert f"finding-{MAX_IN_FULL + 3}" in page.ids


def test_a_place_with_many_reasons_shows_a_few_numbers_and_counts_the_others() -> None:
    report, text = many_reasons(9)
    rendered = render(report, "html", text=text)
    assert rendered.count('class="ref"') == 4
    assert 'href="#finding-4" data-n="+6" title="4. Alasan 4; 5. Alasan 5;' in rendered


def test_quotes_lead_back_to_their_place_in_the_text() -> None:
    report, text = many_reasons(1)
    page = Page(render(report, "html", text=text))
    assert "#at-0" in page.hrefs
    assert "at-0" in page.ids


shown = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r")
markup = st.sampled_from(
    ["<script>", "</div>", "</section>", '" onmouseover="x', "'", "&lt;", "&#13;", "<!--", "]]>"]
)
texts = st.lists(st.text(shown, max_size=8) | markup, min_size=1, max_size=8).map("".join)
span_lists = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: Span(*p)), max_size=4),
    max_size=3,
)


@given(texts, span_lists, texts)
def test_any_text_is_shown_exactly_and_never_breaks_out(
    text: str, spans: list[list[Span]], title: str
) -> None:
    harmless = Page(render(offer_report("x", []), "html"))
    page = Page(render(offer_report(text, spans, title), "html"))
    assert page.offer == text
    assert set(page.tags) <= set(harmless.tags) | {
        "ul",
        "li",
        "mark",
        "a",
        "article",
        "h3",
        "blockquote",
        "bdi",
        "span",
    }
    assert page.attributes <= harmless.attributes | {"title", "data-n", "aria-label", "href"}


@given(st.text(max_size=40), span_lists)
def test_any_string_at_all_gives_a_page(text: str, spans: list[list[Span]]) -> None:
    rendered = render(offer_report(text, spans), "html")
    Page(rendered)
    assert rendered.encode("utf-8")
    assert not set(rendered) & set("\x00\x0b\x1b\x7f\x85")
