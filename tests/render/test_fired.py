"""The rules behind a report, by id."""

from __future__ import annotations

from offer_screen.rendering import fired_lines
from offer_screen.results import Contribution, Evidence, Finding, FindingType
from offer_screen.values import Level, Localised, Severity, Span
from tests.render.reports import report_of, span_of

TEXT = "paspor dipegang bos, \x1b[31mvisa  turis\u202e, " + "x" * 80


def _finding(rule: str, *evidence: Evidence) -> Finding:
    return Finding(
        rule=rule,
        type=FindingType.RED_FLAG,
        category="control",
        severity=Severity.HIGH,
        title=Localised(id="x", en="x"),
        explanation=Localised(id="x", en="x"),
        evidence=evidence,
    )


def _seen(words: str, name: str = "a") -> Evidence:
    return Evidence(source="signal", name=name, span=span_of(TEXT, words))


def test_each_rule_has_a_line_with_what_it_adds_and_its_words() -> None:
    report = report_of(
        TEXT,
        (
            Contribution(source="base", ref="base", weight=-3.5, value=-3.5),
            Contribution(source="finding", ref="passport-held", weight=3.0, value=2.5),
        ),
        level=Level.CAUTION,
        findings=(
            _finding("passport-held", _seen("paspor dipegang"), _seen("paspor dipegang", "b")),
        ),
        mentioned=(_finding("visa", _seen("\x1b[31mvisa  turis\u202e")),),
    ).model_copy(update={"would_have": (_finding("long", _seen("x" * 80)),)})
    assert list(fired_lines(report, TEXT)) == [
        "caution, 26.9 of 100, read as offer",
        " +2.50  passport-held  control       'paspor dipegang'",
        "mentioned and not scored (denied, warned of, quoted or reported):",
        "        visa           control       '\u241b[31mvisa turis<U+202E>'",
        "would have fired (experimental, not scored):",
        f"        long           control       '{'x' * 60}…'",
    ]


def test_what_is_true_of_the_whole_text_is_not_quoted() -> None:
    whole = Evidence(source="fact", name="text", span=Span(0, len(TEXT)))
    report = report_of(TEXT, (), level=Level.LOW, findings=(_finding("a", whole),))
    assert list(fired_lines(report, TEXT))[1:] == ["        a  control"]
