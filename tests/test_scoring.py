"""The score is arithmetic."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.results import Finding, FindingType, Prediction
from offer_screen.rules.schema import Pack
from offer_screen.scoring import level_of, score, sigmoid
from offer_screen.values import Harm, Kind, Level, Localised, Severity

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
) -> tuple[list[Finding], dict[str, float]]:
    findings = [a_finding(f"r{i}", cat, floor=floor) for i, (cat, _, floor) in enumerate(red)]
    findings += [a_finding(f"t{i}", trust=True) for i in range(len(good))]
    weights = {f"r{i}": weight for i, (_, weight, _) in enumerate(red)}
    weights |= {f"t{i}": weight for i, weight in enumerate(good)}
    return findings, weights


@pytest.mark.property
@given(red=flags, good=signs, kind=st.sampled_from(Kind))
def test_contributions_sum_to_the_log_odds(
    red: list[tuple[str, float, Level | None]], good: list[float], kind: Kind
) -> None:
    findings, weights = build(red, good)
    total = score(findings, weights, Prediction(kind=kind), a_pack())
    assert math.isclose(
        sum(item.value for item in total.contributions), total.log_odds, abs_tol=1e-9
    )
    assert total.probability == pytest.approx(sigmoid(total.log_odds))
    assert {item.ref for item in total.contributions if item.source == "finding"} == set(weights)


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
    before = score(*build(red, good), OFFER, a_pack())
    after = score(*build([*red, more], good), OFFER, a_pack())
    assert after.log_odds >= before.log_odds - 1e-9
    assert after.level.rank >= before.level.rank


@pytest.mark.property
@given(red=flags, good=signs)
def test_caps_bound_each_category_and_all_trust_signs_together(
    red: list[tuple[str, float, Level | None]], good: list[float]
) -> None:
    findings, weights = build(red, good)
    pack = a_pack()
    total = score(findings, weights, OFFER, pack)
    value = {item.ref: item.value for item in total.contributions}
    for category in CATEGORIES:
        of_category = [f.rule for f in findings if f.category == category]
        assert sum(value[rule] for rule in of_category) <= pack.categories[category].cap + 1e-9
    assert sum(value[f.rule] for f in findings if f.category == "trust") >= -pack.trust_cap - 1e-9


def test_a_floor_lifts_the_level_and_leaves_the_score_alone() -> None:
    finding = a_finding("visa", "legality", floor=Level.CRITICAL)
    total = score([finding], {"visa": 0.5}, OFFER, a_pack())
    assert total.level is Level.CRITICAL
    assert total.level_of_points is Level.LOW
    assert total.floors == ("visa",)
    assert total.points == pytest.approx(100 * sigmoid(-3.0), abs=0.05)


def test_a_floor_below_the_band_is_not_shown() -> None:
    finding = a_finding("visa", "legality", floor=Level.CAUTION)
    total = score([finding], {"visa": 6.0}, OFFER, a_pack())
    assert total.level is Level.CRITICAL
    assert total.floors == ()


def test_a_capped_contribution_shows_weight_and_value() -> None:
    findings = [a_finding("one"), a_finding("two")]
    total = score(findings, {"one": 2.0, "two": 3.0}, OFFER, a_pack())
    shown = {item.ref: (item.weight, item.value) for item in total.contributions}
    assert shown["one"] == pytest.approx((2.0, 1.0))
    assert shown["two"] == pytest.approx((3.0, 1.5))


def test_the_classifier_has_its_place() -> None:
    with_model = Prediction(kind=Kind.OFFER, log_odds=1.25, model="abc")
    total = score([], {}, with_model, a_pack())
    assert total.log_odds == pytest.approx(-2.25)
    assert [item.source for item in total.contributions] == ["classifier", "base"]


def test_the_kind_of_text_is_an_addend() -> None:
    total = score([], {}, Prediction(kind=Kind.AWARENESS), a_pack())
    assert total.log_odds == pytest.approx(-4.5)


def test_harms_are_sums_of_their_contributions() -> None:
    total = score(
        [a_finding("one"), a_finding("two", "process")], {"one": 1, "two": 2}, OFFER, a_pack()
    )
    assert [(share.harm, share.log_odds) for share in total.harms] == [(Harm.TRAFFICKING, 3.0)]


@pytest.mark.parametrize(
    ("points", "level"),
    [(0, "low"), (19.9, "low"), (20, "caution"), (60, "high"), (89.9, "high"), (90, "critical")],
)
def test_levels_are_bands_of_points(points: float, level: str) -> None:
    assert level_of(points, a_pack()) is Level(level)


def test_levels_must_ascend() -> None:
    with pytest.raises(ValueError, match="caution < high < critical"):
        a_pack(levels={"caution": 60, "high": 20, "critical": 90})


@pytest.mark.parametrize("log_odds", [-1000.0, -5.0, 0.0, 5.0, 1000.0])
def test_sigmoid_neither_overflows_nor_leaves_its_range(log_odds: float) -> None:
    assert 0 <= sigmoid(log_odds) <= 1
    assert sigmoid(log_odds) + sigmoid(-log_odds) == pytest.approx(1)
