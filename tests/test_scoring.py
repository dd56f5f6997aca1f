"""The score is arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.results import Finding, FindingType, Prediction
from offer_screen.rules.schema import Pack
from offer_screen.scoring import level_of, score, sigmoid
from offer_screen.values import Harm, Kind, Level, Localised, Severity
from offer_screen.weighting import Weighting

WORDS = Localised(id="a", en="a")
CATEGORIES = ("pay", "process", "legality")


def a_pack(**changes: object) -> Pack:
    settings: dict[str, object] = {
        "schema_version": 1,
        "name": "test",
        "version": "1",
        "licence": "Apache-2.0",
        "base_log_odds": -3.5,
        "trust_cap": 2.0,
        "kind_log_odds": {"awareness": -1.0},
        "levels": {"caution": 20, "high": 60, "critical": 90},
        "categories": {
            "pay": {"title": {"id": "a", "en": "a"}, "cap": 2.5},
            "process": {"title": {"id": "a", "en": "a"}, "cap": 2.5},
            "legality": {"title": {"id": "a", "en": "a"}, "cap": 6.0},
            "trust": {"title": {"id": "a", "en": "a"}, "cap": 2.0},
        },
    }
    return Pack.model_validate({**settings, **changes})


def a_weighting(rules: Mapping[str, float], **changes: Any) -> Weighting:
    settings: dict[str, Any] = {
        "name": "test",
        "base": -3.5,
        "rules": rules,
        "caps": {"pay": 2.5, "process": 2.5, "legality": 6.0},
        "trust_cap": 2.0,
        "kinds": {Kind.AWARENESS: -1.0},
        "levels": {Level.CAUTION: 20, Level.HIGH: 60, Level.CRITICAL: 90},
    }
    return Weighting(**{**settings, **changes})


def a_finding(
    rule: str, category: str = "pay", *, trust: bool = False, floor: Level | None = None
) -> Finding:
    return Finding(
        rule=rule,
        type=FindingType.TRUST_SIGN if trust else FindingType.RED_FLAG,
        category="trust" if trust else category,
        severity=Severity.LOW,
        title=WORDS,
        explanation=WORDS,
        harms=() if trust else (Harm.TRAFFICKING,),
        floor=floor,
    )


OFFER = Prediction(kind=Kind.OFFER)

flags = st.lists(
    st.tuples(st.sampled_from(CATEGORIES), st.floats(0, 6), st.sampled_from([None, *Level])),
    max_size=12,
)
signs = st.lists(st.floats(-6, 0), max_size=6)


def build(
    red: list[tuple[str, float, Level | None]], good: list[float]
) -> tuple[list[Finding], Weighting]:
    findings = [a_finding(f"r{i}", cat, floor=floor) for i, (cat, _, floor) in enumerate(red)]
    findings += [a_finding(f"t{i}", trust=True) for i in range(len(good))]
    weights = {f"r{i}": weight for i, (_, weight, _) in enumerate(red)}
    weights |= {f"t{i}": weight for i, weight in enumerate(good)}
    return findings, a_weighting(weights)


@pytest.mark.property
@given(red=flags, good=signs, kind=st.sampled_from(Kind))
def test_contributions_sum_to_the_log_odds(
    red: list[tuple[str, float, Level | None]], good: list[float], kind: Kind
) -> None:
    findings, weighting = build(red, good)
    total = score(findings, Prediction(kind=kind), weighting)
    assert math.isclose(
        sum(item.value for item in total.contributions), total.log_odds, abs_tol=1e-9
    )
    assert total.probability == pytest.approx(sigmoid(total.log_odds))
    assert {item.ref for item in total.contributions if item.source == "finding"} == set(
        weighting.rules
    )


@pytest.mark.property
@given(
    red=flags,
    good=signs,
    more=st.tuples(st.sampled_from(CATEGORIES), st.floats(0, 6), st.sampled_from([None, *Level])),
)
def test_adding_a_red_flag_never_lowers_score_or_level(
    red: list[tuple[str, float, Level | None]],
    good: list[float],
    more: tuple[str, float, Level | None],
) -> None:
    (few, weighting), (many, with_more) = build(red, good), build([*red, more], good)
    before, after = score(few, OFFER, weighting), score(many, OFFER, with_more)
    assert after.log_odds >= before.log_odds - 1e-9
    assert after.level.rank >= before.level.rank


@pytest.mark.property
@given(red=flags, good=signs)
def test_caps_bound_each_category_and_all_trust_signs_together(
    red: list[tuple[str, float, Level | None]], good: list[float]
) -> None:
    findings, weighting = build(red, good)
    total = score(findings, OFFER, weighting)
    value = {item.ref: item.value for item in total.contributions}
    for category in CATEGORIES:
        of_category = [f.rule for f in findings if f.category == category]
        assert sum(value[rule] for rule in of_category) <= weighting.caps[category] + 1e-9
    assert (
        sum(value[f.rule] for f in findings if f.category == "trust") >= -weighting.trust_cap - 1e-9
    )


def test_a_floor_lifts_the_level_and_leaves_the_score_alone() -> None:
    finding = a_finding("visa", "legality", floor=Level.CRITICAL)
    total = score([finding], OFFER, a_weighting({"visa": 0.5}))
    assert total.level is Level.CRITICAL
    assert total.level_of_points is Level.LOW
    assert total.floors == ("visa",)
    assert total.points == pytest.approx(100 * sigmoid(-3.0), abs=0.05)


def test_a_floor_below_the_band_is_not_shown() -> None:
    finding = a_finding("visa", "legality", floor=Level.CAUTION)
    total = score([finding], OFFER, a_weighting({"visa": 6.0}))
    assert total.level is Level.CRITICAL
    assert total.floors == ()


def test_a_capped_contribution_shows_weight_and_value() -> None:
    findings = [a_finding("one"), a_finding("two")]
    total = score(findings, OFFER, a_weighting({"one": 2.0, "two": 3.0}))
    shown = {item.ref: (item.weight, item.value) for item in total.contributions}
    assert shown["one"] == pytest.approx((2.0, 1.0))
    assert shown["two"] == pytest.approx((3.0, 1.5))


def test_the_classifier_has_its_place() -> None:
    with_model = Prediction(kind=Kind.OFFER, log_odds=1.25, model="abc")
    total = score([], with_model, a_weighting({}))
    assert total.log_odds == pytest.approx(-2.25)
    assert [item.source for item in total.contributions] == ["classifier", "base"]


@pytest.mark.parametrize(("said", "counts"), [(-9.0, -1.5), (1.0, 0.5), (40.0, 3.0)])
def test_no_choice_of_words_moves_the_score_out_of_the_range_of_the_classifier(
    said: float, counts: float
) -> None:
    weighting = a_weighting({}, classifier=0.5, classifier_range=(-1.5, 3.0))
    total = score([], Prediction(kind=Kind.OFFER, log_odds=said, model="abc"), weighting)
    item = next(item for item in total.contributions if item.source == "classifier")
    assert (item.weight, item.value) == (0.5 * said, counts)
    assert total.log_odds == pytest.approx(-3.5 + counts)


def test_the_kind_of_text_is_an_addend() -> None:
    total = score([], Prediction(kind=Kind.AWARENESS), a_weighting({}))
    assert total.log_odds == pytest.approx(-4.5)


def test_harms_are_sums_of_their_contributions() -> None:
    total = score(
        [a_finding("one"), a_finding("two", "process")], OFFER, a_weighting({"one": 1, "two": 2})
    )
    assert [(share.harm, share.log_odds) for share in total.harms] == [(Harm.TRAFFICKING, 3.0)]


@pytest.mark.parametrize(
    ("points", "level"),
    [(0, "low"), (19.9, "low"), (20, "caution"), (60, "high"), (89.9, "high"), (90, "critical")],
)
def test_levels_are_bands_of_points(points: float, level: str) -> None:
    assert level_of(points, a_weighting({}).levels) is Level(level)


def test_levels_must_ascend() -> None:
    with pytest.raises(ValueError, match="caution < high < critical"):
        a_pack(levels={"caution": 60, "high": 20, "critical": 90})


@pytest.mark.parametrize("log_odds", [-1000.0, -5.0, 0.0, 5.0, 1000.0])
def test_sigmoid_neither_overflows_nor_leaves_its_range(log_odds: float) -> None:
    assert 0 <= sigmoid(log_odds) <= 1
    assert sigmoid(log_odds) + sigmoid(-log_odds) == pytest.approx(1)
