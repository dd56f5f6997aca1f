from __future__ import annotations

import json

from offer_screen.rendering import render
from offer_screen.results import Report
from tests.render.reports import CRITICAL, CRITICAL_TEXT


def test_json_is_the_report(case: tuple[Report, str]) -> None:
    report, _ = case
    rendered = render(report, "json")
    assert Report.from_json(rendered) == report
    assert "\n  " in rendered


def test_json_holds_the_text_only_when_it_is_given() -> None:
    assert json.loads(render(CRITICAL, "json"))["text"] is None
    assert json.loads(render(CRITICAL, "json", text=CRITICAL_TEXT))["text"] == CRITICAL_TEXT
