from __future__ import annotations

import pytest

from offer_screen.authoring.selection import Selection, select
from offer_screen.authoring.show import describe_rule
from offer_screen.results import FindingType
from offer_screen.rules.schema import Status
from offer_screen.screener import Screener
from offer_screen.values import Language, Level, Severity


def test_every_shipped_rule_can_be_shown(shipped: Screener) -> None:
    for rule in shipped.ruleset.rules:
        described = describe_rule(shipped.ruleset, rule)
        assert rule in str(described)
        for name in described.signals:
            assert f"Signal {name}" in str(described)


def test_what_builds_on_what_is_told_both_ways(good: Screener) -> None:
    below = describe_rule(good.ruleset, "pay-far-above")
    above = describe_rule(good.ruleset, "pay-without-skill")
    assert above.builds_on == ("pay-far-above",)
    assert below.built_on_by == ("pay-without-skill",)
    assert set(above.signals) == {"no-skill"}


def test_points_are_those_of_an_offer_with_nothing_else(good: Screener) -> None:
    report = good.screen("Lowongan kasir, bayar 200 ribu dulu.")
    assert [finding.rule for finding in report.findings] == ["upfront-fee"]
    described = describe_rule(good.ruleset, "upfront-fee")
    assert described.points == report.score.points
    assert described.level is report.level is Level.CAUTION


def test_titles_come_in_the_language_asked_for(shipped: Screener) -> None:
    described = describe_rule(shipped.ruleset, "passport-held", lang=Language.EN)
    assert described.category_title == shipped.ruleset.pack.categories["control"].title.en


def test_an_unknown_rule_cannot_be_shown(good: Screener) -> None:
    with pytest.raises(KeyError):
        describe_rule(good.ruleset, "none")


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(), ["upfront-fee", "pay-far-above", "pay-without-skill"]),
        (Selection(categories=["pay"]), ["pay-far-above", "pay-without-skill"]),
        (Selection(severities=[Severity.HIGH]), ["upfront-fee", "pay-far-above"]),
        (Selection(categories=["pay"], severities=[Severity.HIGH]), ["pay-far-above"]),
        (Selection(tags=["deception", "cost"]), ["pay-far-above"]),
        (Selection(types=[FindingType.TRUST_SIGN]), []),
        (Selection(statuses=[Status.STABLE]), []),
    ],
)
def test_rules_are_chosen_by_what_they_have(
    selection: Selection, chosen: list[str], good: Screener
) -> None:
    assert [rule.id for rule in select(good.ruleset, selection)] == chosen
