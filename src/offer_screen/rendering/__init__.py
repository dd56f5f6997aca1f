"""Turns a report into text, JSON, HTML or Markdown, in Indonesian or English.

The renderers see the report alone; they decide nothing about the offer.
"""

from __future__ import annotations

from typing import Literal

from offer_screen.rendering.fired import fired_lines
from offer_screen.rendering.html import html_of
from offer_screen.rendering.markdown import markdown_of
from offer_screen.rendering.text import Line, Style, lines_of, text_of_lines
from offer_screen.rendering.view import text_of, view_of
from offer_screen.results import Report
from offer_screen.values import Language

__all__ = ["Format", "Line", "Style", "fired_lines", "render", "render_lines"]

Format = Literal["text", "json", "html", "markdown"]


def render(
    report: Report,
    format: Format = "text",
    *,
    lang: Language = Language.ID,
    text: str | None = None,
) -> str:
    """Return the report in one of the formats.

    Args:
        report: The report.
        format: ``text`` (80 columns), ``json`` (the whole report), ``html`` (one page that needs
            nothing else), or ``markdown``.
        lang: Language of everything but the offer's own words. JSON holds both.
        text: The offer, when the report does not hold it. Without it the offer's words are left
            out; with it JSON holds it as well.

    Raises:
        InputError: ``text`` is not the text that the report was made from.
        ValueError: No such format or language.
    """
    if format == "json":
        held = text_of(report, text)
        return report.model_copy(update={"text": held}).to_json(indent=2) + "\n"
    if format == "text":
        return text_of_lines(render_lines(report, lang=lang, text=text))
    view = view_of(report, Language(lang), text)
    match format:
        case "html":
            return html_of(view, report.level)
        case "markdown":
            return markdown_of(view)
    raise ValueError(f"no format {format!r}: text, json, html or markdown")


def render_lines(
    report: Report, *, lang: Language = Language.ID, text: str | None = None
) -> tuple[Line, ...]:
    """Return the ``text`` format line by line, each with the style that it may be coloured in.

    Raises:
        InputError: ``text`` is not the text that the report was made from.
    """
    return lines_of(view_of(report, Language(lang), text), report.level)
