"""What the status of a rule makes of its findings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from shutil import copytree

import pytest

from offer_screen import Language, Report, Screener, render
from offer_screen.rendering import Format

GOOD_PACK = Path(__file__).parent / "fixtures" / "good_pack"
OFFER = "Lowongan admin, bayar 300 ribu untuk seragam."
WARNING = "Waspada lowongan admin yang minta bayar 300 ribu."


@pytest.fixture
def report(tmp_path: Path, request: pytest.FixtureRequest) -> Report:
    status, text = request.param
    pack = Path(copytree(GOOD_PACK, tmp_path / "pack"))
    rule = pack / "cost" / "upfront-fee.yaml"
    rule.write_text(rule.read_text().replace("floor:", f"status: {status}\nfloor:"))
    screener = Screener.load([pack], engine="compiled", as_of=dt.date(2026, 11, 24))
    return screener.screen(text, include_text=True)


def fired(report: Report) -> tuple[list[str], list[str]]:
    return [f.rule for f in report.findings], [f.rule for f in report.would_have]


def with_status(status: str, text: str = OFFER) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("report", [(status, text)], indirect=True, ids=[status])


@with_status("stable")
def test_a_stable_rule_scores(report: Report) -> None:
    assert fired(report) == (["upfront-fee"], [])
    assert report.score.floors == ("upfront-fee",)
    assert {c.source for c in report.contributions} == {"base", "finding"}


@with_status("experimental")
def test_an_experimental_rule_is_told_of_and_changes_nothing(report: Report) -> None:
    assert fired(report) == ([], ["upfront-fee"])
    assert report.score.floors == ()
    assert {c.source for c in report.contributions} == {"base"}
    assert report.would_have[0].evidence
    assert Report.from_json(report.to_json()) == report


@with_status("deprecated")
def test_a_deprecated_rule_is_silent(report: Report) -> None:
    assert fired(report) == ([], [])
    assert {c.source for c in report.contributions} == {"base"}


@with_status("experimental", WARNING)
def test_what_a_text_only_mentions_is_no_matter_for_experimental_rules(report: Report) -> None:
    assert fired(report) == ([], [])
    assert report.mentioned == ()


@with_status("experimental")
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        (Language.ID, "Aturan percobaan, tidak dihitung"),
        (Language.EN, "Rules on trial, not counted"),
    ],
)
def test_a_report_shows_what_experimental_rules_found(
    report: Report, form: Format, lang: Language, heading: str
) -> None:
    shown = render(report, form, lang=lang)
    assert heading in shown
    assert report.would_have[0].title.in_language(lang) in shown
    without = render(report.model_copy(update={"would_have": ()}), form, lang=lang)
    assert heading not in without
