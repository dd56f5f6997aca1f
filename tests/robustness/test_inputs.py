"""Each row of the table of bad inputs gives what it says, whichever way it comes in."""

from __future__ import annotations

import math

import pytest

from offer_screen import FindingType, InputError, Level, Report, Screener
from tests.robustness.inputs import LIMIT, ROWS, WRONG_TYPES, Expected, Row


def check(row: Row, result: object) -> None:
    """Hold a result against its row."""
    if row.error:
        assert isinstance(result, InputError), row.name
        assert row.error in str(result)
        assert len(str(result)) < 200
        return
    assert isinstance(result, Report), row.name
    assert isinstance(row.given, str)
    assert result.text_length == len(row.given)
    assert math.isclose(
        math.fsum(item.value for item in result.contributions), result.score.log_odds, abs_tol=1e-6
    )
    assert 0 <= result.score.probability <= 1
    spans = [fact.span for fact in result.facts]
    spans += [item.span for finding in result.findings for item in finding.evidence]
    assert all(0 <= span.start < span.end <= len(row.given) for span in spans)
    if row.expected is not Expected.REPORT:
        assert not [f.rule for f in result.findings if f.type is FindingType.RED_FLAG]
        assert result.level.rank < Level.HIGH.rank
    if row.expected is Expected.ABSTAINS:
        assert result.abstains is not None


def screened(screener: Screener, given: object) -> object:
    try:
        return screener.screen(given)  # type: ignore[arg-type]
    except InputError as error:
        return error


def test_the_table_is_as_long_as_it_says_and_names_each_row_once(screener: Screener) -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names)) >= 300
    assert screener.ruleset.pack.max_length == LIMIT


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bad_input_gives_a_report_or_says_what_is_wrong(row: Row, screener: Screener) -> None:
    check(row, screened(screener, row.given))


def test_one_bad_input_does_not_spoil_the_others(screener: Screener) -> None:
    chosen = ROWS[::7]
    results = list(screener.screen_many(row.given for row in chosen))  # type: ignore[misc]
    assert len(results) == len(chosen)
    for row, result in zip(chosen, results, strict=True):
        check(row, result)


def test_bad_inputs_are_passed_to_and_from_worker_processes(screener: Screener) -> None:
    chosen = [*WRONG_TYPES, *ROWS[::11]]
    results = list(screener.screen_many((row.given for row in chosen), workers=2))  # type: ignore[misc]
    for row, result in zip(chosen, results, strict=True):
        check(row, result)


def test_reports_of_bad_inputs_come_back_from_json_and_can_be_shown(screener: Screener) -> None:
    for row in ROWS[::5]:
        if not row.error:
            assert isinstance(row.given, str)
            report = screener.screen(row.given, include_text=True)
            assert Report.from_json(report.to_json()) == report


def test_the_limit_is_that_of_the_caller_and_outlives_a_reload() -> None:
    small = Screener.load(model=None, max_length=100)
    assert small.screen("a" * 100).text_length == 100
    small.reload()
    for other in (small, small.with_classifier(None)):
        with pytest.raises(
            InputError, match="101 characters; the limit is 100: screen it in parts"
        ):
            other.screen("a" * 101)
    with pytest.raises(ValueError, match="at least 1 character"):
        Screener(small.ruleset, max_length=0)
