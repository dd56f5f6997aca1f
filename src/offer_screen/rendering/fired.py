"""The rules behind a report, by id: what each adds to the score, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from offer_screen.rendering.view import one_line
from offer_screen.results import Finding, Report

_LONGEST_QUOTE = 60


def fired_lines(report: Report, text: str) -> Iterator[str]:
    """Yield one line a rule, for whoever writes rules; ``text`` is what the report was made of."""
    yield f"{report.level.value}, {report.score.points:.1f} of 100, read as {report.kind.value}"
    adds = {
        item.ref: f"{item.value:+.2f}" for item in report.contributions if item.source == "finding"
    }
    groups = (
        ("", report.findings),
        ("mentioned and not scored (denied, warned of, quoted or reported):", report.mentioned),
        ("would have fired (experimental, not scored):", report.would_have),
    )
    width = max((len(finding.rule) for _, found in groups for finding in found), default=0)
    for heading, found in groups:
        if heading and found:
            yield heading
        for finding in found:
            added = "" if heading else adds.get(finding.rule, "")
            about = f"{finding.rule:<{width}}  {finding.category:<12}  {_quotes(finding, text)}"
            yield f"{added:>6}  {about}".rstrip()


def _quotes(finding: Finding, text: str) -> str:
    words = [
        one_line(text[item.span.start : item.span.end])
        for item in finding.evidence
        if item.name != "text"  # a fact of the text as a whole
    ]
    return ", ".join(
        f"'{quote if len(quote) <= _LONGEST_QUOTE else f'{quote[:_LONGEST_QUOTE]}…'}'"
        for quote in dict.fromkeys(words)
    )
