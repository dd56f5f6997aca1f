"""Text reports; ``OFFER_SCREEN_UPDATE=1 pytest tests/render`` writes the golden files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from offer_screen.errors import InputError
from offer_screen.rendering import Style, render, render_lines
from offer_screen.rendering.layout import columns
from offer_screen.rendering.view import MAX_QUOTES
from offer_screen.results import Evidence, Report
from offer_screen.values import Language, Span
from tests.render.reports import AWARENESS, AWARENESS_TEXT, CRITICAL, CRITICAL_TEXT, REPORTS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("name", REPORTS)
def test_text_is_as_recorded(name: str, lang: Language) -> None:
    report, text = REPORTS[name]
    path = GOLDEN / f"{name}.{lang}.txt"
    rendered = render(report, lang=lang, text=text)
    if os.environ.get("OFFER_SCREEN_UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(rendered, encoding="utf-8")
    assert rendered == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", Language)
def test_lines_fit_a_terminal(case: tuple[Report, str], lang: Language) -> None:
    report, text = case
    lines = render(report, lang=lang, text=text).splitlines()
    assert max(map(columns, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("format_", ["text", "html", "markdown"])
def test_without_the_text_its_words_are_left_out_and_the_report_says_so(format_: str) -> None:
    rendered = render(CRITICAL, format_)  # type: ignore[arg-type]  # parametrised literal
    assert "sampai utang lunas" not in rendered
    assert "tidak disimpan dalam laporan ini" in " ".join(rendered.split())


@pytest.mark.parametrize("format_", ["text", "html", "markdown", "json"])
def test_another_text_is_refused(format_: str) -> None:
    with pytest.raises(InputError, match="not the text"):
        render(CRITICAL, format_, text=CRITICAL_TEXT + " ")  # type: ignore[arg-type]


def test_a_text_in_the_report_needs_no_second_one() -> None:
    report = CRITICAL.model_copy(update={"text": CRITICAL_TEXT})
    assert render(report) == render(CRITICAL, text=CRITICAL_TEXT)


def test_every_report_closes_with_what_it_is_not(case: tuple[Report, str]) -> None:
    report, text = case
    rendered = " ".join(render(report, text=text).split())
    assert "bukan putusan hukum" in rendered
    assert "skornya rendah tetap wajib dicek" in rendered


def test_a_mere_mention_says_how_the_text_stands_to_it() -> None:
    rendered = render(AWARENESS, lang=Language.EN, text=AWARENESS_TEXT)
    assert "“gaji besar tanpa keahlian” (quoted)" in rendered


def test_offers_cannot_steer_the_terminal() -> None:
    hostile = "gaji\x1b[2J\u202ebesar\x00\r\nsekali"
    finding = CRITICAL.findings[0].model_copy(
        update={
            "evidence": (CRITICAL.findings[0].evidence[0]._replace(span=Span(0, len(hostile))),)
        }
    )
    report = CRITICAL.model_copy(
        update={
            "findings": (finding,),
            "text": hostile,
        }
    )
    rendered = render(report)
    assert "“gaji␛[2J<U+202E>besar␀ sekali”" in rendered
    assert not set(rendered) & set("\x00\x1b\r\u202e")


def test_each_line_knows_its_style() -> None:
    styles = {line.style for line in render_lines(CRITICAL, text=CRITICAL_TEXT)}
    assert {Style.LEVEL_CRITICAL, Style.HEADING, Style.RED_FLAG, Style.QUOTE} <= styles


def test_a_plain_string_names_a_language() -> None:
    plain: Language = "id"  # type: ignore[assignment]  # what callers without a checker write
    assert render(CRITICAL, lang=plain) == render(CRITICAL, lang=Language.ID)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no format 'pdf'"):
        render(CRITICAL, "pdf")  # type: ignore[arg-type]


def test_many_places_are_counted_after_the_first_quotes() -> None:
    text = "gaji besar. " * 50
    spans = [Span(12 * i, 12 * i + 10) for i in range(50)]
    finding = CRITICAL.findings[0].model_copy(
        update={
            "evidence": tuple(Evidence(source="signal", name="pay", span=span) for span in spans)
        }
    )
    rendered = render(CRITICAL.model_copy(update={"findings": (finding,), "text": text}))
    assert rendered.count("“gaji besar”") == MAX_QUOTES
    assert f"dan {50 - MAX_QUOTES} bagian lain" in rendered


@pytest.mark.parametrize(
    ("lang", "words"),
    [(Language.ID, "dan 1 bagian lain"), (Language.EN, "and 1 more place")],
)
def test_one_more_place_is_singular(lang: Language, words: str) -> None:
    text = "gaji besar. " * (MAX_QUOTES + 1)
    spans = [Span(12 * i, 12 * i + 10) for i in range(MAX_QUOTES + 1)]
    finding = CRITICAL.findings[0].model_copy(
        update={
            "evidence": tuple(Evidence(source="signal", name="pay", span=span) for span in spans)
        }
    )
    report = CRITICAL.model_copy(update={"findings": (finding,), "text": text})
    assert f"> {words}\n" in render(report, lang=lang)


def test_wording_is_quoted_before_bare_facts() -> None:
    text = "paspor ditanggung, nanti bilang mau liburan"
    finding = CRITICAL.findings[0].model_copy(
        update={
            "evidence": (
                Evidence(source="fact", name="paper", span=Span(0, 17)),
                Evidence(source="signal", name="lie", span=Span(19, 43)),
            )
        }
    )
    rendered = render(CRITICAL.model_copy(update={"findings": (finding,), "text": text}))
    assert rendered.index("“nanti bilang mau liburan”") < rendered.index("“paspor ditanggung”")


def test_sources_take_one_line_without_addresses() -> None:
    source = "Contoh, 2025: https://contoh.example/" + "a" * 90
    advice = CRITICAL.advice[0].model_copy(update={"sources": (source, "Lembaga " * 20)})
    report = CRITICAL.model_copy(update={"advice": (advice,)})
    lines = render(report, text=CRITICAL_TEXT).splitlines()
    (line,) = [line for line in lines if "Sumber: " in line]
    assert line.strip().startswith("Sumber: Contoh, 2025; Lembaga")
    assert line.endswith("…")
    assert "contoh.example" not in "".join(lines)


def test_long_quotes_are_cut() -> None:
    text = "gaji " * 100
    finding = CRITICAL.findings[0].model_copy(
        update={"evidence": (Evidence(source="signal", name="pay", span=Span(0, 500)),)}
    )
    rendered = render(CRITICAL.model_copy(update={"findings": (finding,), "text": text}))
    assert "gaji…”" in rendered
    assert rendered.count("gaji") < 30
