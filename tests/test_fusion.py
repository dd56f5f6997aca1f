"""Weights are fitted from what the analysts wrote, and the file of them is read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import check_grad

from offer_screen.errors import ModelError
from offer_screen.fusion import (
    Calibration,
    FittedRule,
    Fusion,
    KindFusion,
    PackConstants,
    read_fusion,
)
from offer_screen.results import FindingType
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.training.fusion import (
    Case,
    Design,
    FusionSettings,
    calibrate,
    cut,
    fit_constants,
    fit_kinds,
    platt,
    reason_of,
)
from offer_screen.values import Kind, Level

SETTINGS = FusionSettings()


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load_ruleset(None)


def rule_of(ruleset: RuleSet, type_: FindingType, at: int = 0) -> str:
    return sorted(rule.id for rule in ruleset.rules.values() if rule.type is type_)[at]


def cases(
    rules: Sequence[str], scams: int, others: int, classifier: float | None = None
) -> list[Case]:
    return [
        Case(frozenset(rules), Kind.OFFER, scam=scam, classifier=classifier)
        for scam, times in ((True, scams), (False, others))
        for _ in range(times)
    ]


def test_without_cases_the_analysts_weights_stand(ruleset: RuleSet) -> None:
    fitted = fit_constants(Design([], ruleset, SETTINGS), ruleset, SETTINGS)
    assert fitted.base == ruleset.pack.base_log_odds
    assert fitted.rules == pytest.approx(
        {rule.id: rule.weight for rule in ruleset.rules.values()}, abs=1e-3
    )


def test_a_sign_of_lawful_offers_alone_loses_weight_and_keeps_its_sign(ruleset: RuleSet) -> None:
    flag = rule_of(ruleset, FindingType.RED_FLAG)
    seen = cases([flag], 0, 400) + cases([], 300, 300)
    fitted = fit_constants(Design(seen, ruleset, SETTINGS), ruleset, SETTINGS)
    assert 0 <= fitted.rules[flag] < ruleset.rules[flag].weight - 0.3


def test_a_sign_of_scams_gains_weight(ruleset: RuleSet) -> None:
    flag = min(
        (rule for rule in ruleset.rules.values() if rule.type is FindingType.RED_FLAG),
        key=lambda rule: rule.weight,
    )
    seen = cases([flag.id], 400, 1) + cases([], 100, 600)
    fitted = fit_constants(Design(seen, ruleset, SETTINGS), ruleset, SETTINGS)
    assert fitted.rules[flag.id] > flag.weight + 0.3


def test_a_trust_sign_never_speaks_for_scam(ruleset: RuleSet) -> None:
    sign = rule_of(ruleset, FindingType.TRUST_SIGN)
    seen = cases([sign], 500, 0) + cases([], 100, 600)
    fitted = fit_constants(Design(seen, ruleset, SETTINGS), ruleset, SETTINGS)
    assert ruleset.rules[sign].weight < fitted.rules[sign] <= 0


def test_a_classifier_that_knows_gets_weight_and_one_that_does_not_loses_it(
    ruleset: RuleSet,
) -> None:
    knows = cases([], 300, 0, 1.5) + cases([], 0, 300, -1.5)
    guesses = cases([], 150, 150, 1.5) + cases([], 150, 150, -1.5)
    good = fit_constants(Design(knows, ruleset, SETTINGS), ruleset, SETTINGS)
    bad = fit_constants(Design(guesses, ruleset, SETTINGS), ruleset, SETTINGS)
    assert good.classifier > 0.8
    assert bad.classifier < 0.2


@pytest.mark.property
@given(data=st.data())
def test_the_derivative_is_that_of_the_loss(ruleset: RuleSet, data: st.DataObject) -> None:
    names = sorted(ruleset.rules)
    seen = [
        Case(
            frozenset(data.draw(st.sets(st.sampled_from(names), max_size=5))),
            data.draw(st.sampled_from(Kind)),
            scam=data.draw(st.booleans()),
            classifier=data.draw(st.floats(-2, 2)),
        )
        for _ in range(3)
    ]
    design = Design(seen, ruleset, SETTINGS)
    point = np.concatenate([[-3.0, 0.0, -1.0, -0.5, 0.7], 0.05 * design.signs])
    prior, sds = point * 0.9, np.full(point.shape, 0.6)
    # Points away from the corners of caps and of the range, where the loss has no derivative.
    difference = check_grad(
        lambda at: design.loss_and_slope(at, prior, sds)[0],
        lambda at: design.loss_and_slope(at, prior, sds)[1],
        point,
    )
    assert difference < 1e-4


def test_platt_finds_the_slope_and_the_intercept_again() -> None:
    rng = np.random.default_rng(7)
    log_odds = rng.normal(0, 2, 20_000)
    scam = (rng.random(20_000) < 1 / (1 + np.exp(-(0.6 * log_odds - 1)))).astype(float)
    slope, intercept = platt(log_odds, scam, np.ones(20_000))
    assert (slope, intercept) == pytest.approx((0.6, -1.0), abs=0.06)


@pytest.mark.parametrize(("miss", "expected"), [(4.0, 20), (1.0, 50), (0.25, 80)])
def test_of_calibrated_probabilities_the_cut_is_where_costs_meet(
    miss: float, expected: float
) -> None:
    rng = np.random.default_rng(3)
    probabilities = rng.random(200_000)
    scam = (rng.random(200_000) < probabilities).astype(float)
    assert cut(probabilities, scam, np.ones(200_000), miss) == pytest.approx(expected, abs=2)


def test_levels_ascend_even_where_costs_ask_for_one_cut(ruleset: RuleSet) -> None:
    flags = [rule_of(ruleset, FindingType.RED_FLAG, at) for at in range(30)]
    design = Design(cases(flags, 50, 0) + cases([], 0, 50), ruleset, SETTINGS)
    found = calibrate(fit_constants(design, ruleset, SETTINGS), design, SETTINGS)
    cuts = [found.levels[level] for level in (Level.CAUTION, Level.HIGH, Level.CRITICAL)]
    assert cuts == sorted(set(cuts))


def test_the_kind_is_decided_by_whom_one_can_trust() -> None:
    kinds = (Kind.OFFER, Kind.INQUIRY, Kind.AWARENESS, Kind.OTHER)
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 4, 400)
    told = np.where(np.arange(4) == truth[:, None], 0.0, -2.0)
    noise = rng.normal(0, 1, (400, 4))
    found = fit_kinds(noise, told, kinds, [kinds[at] for at in truth])
    best = (noise + found.classifier * told + [found.base[kind] for kind in kinds]).argmax(axis=1)
    assert (best == truth).mean() > 0.99


def test_far_moves_are_explained_and_near_ones_are_not() -> None:
    assert reason_of("broker", 1.0, 1.4, 3, 4) is None
    told = reason_of("broker", 1.0, 0.2, 3, 40)
    assert told is not None
    assert "3 scams and 40 other texts" in told


CALIBRATION = Calibration(
    slope=0.5,
    intercept=-0.25,
    base=-3.0,
    kinds={Kind.AWARENESS: -1.0},
    classifier=0.8,
    classifier_range=(-2.0, 4.0),
    levels={Level.CAUTION: 20, Level.HIGH: 55, Level.CRITICAL: 90},
)
CONSTANTS = json.loads(CALIBRATION.model_dump_json())
CUTS = CONSTANTS["levels"]
RULE = {"authored": 1, "rules_only": 1, "with_model": 1, "scam": 1, "other": 1}


def a_fusion(ruleset: RuleSet, **changes: object) -> Fusion:
    flag = rule_of(ruleset, FindingType.RED_FLAG)
    authored = ruleset.rules[flag].weight
    settings: dict[str, Any] = {
        "pack": ruleset.pack.name,
        "pack_constants": PackConstants.of(ruleset.pack),
        "pack_sha256": "0" * 64,
        "classifier_sha256": "0" * 64,
        "corpus_sha256": "0" * 64,
        "settings": {},
        "rules_only": CALIBRATION,
        "with_model": CALIBRATION,
        "kinds": KindFusion(classifier=1.0, base={}),
        "rules": {
            flag: FittedRule(authored=authored, rules_only=0.3, with_model=0.1, scam=1, other=2)
        },
    }
    return Fusion(**{**settings, **changes})


def test_everything_is_multiplied_by_the_slope(ruleset: RuleSet) -> None:
    weighting = a_fusion(ruleset).weighting(ruleset, with_model=True)
    flag = rule_of(ruleset, FindingType.RED_FLAG)
    other = rule_of(ruleset, FindingType.RED_FLAG, 1)
    assert weighting.base == -1.75
    assert weighting.rules[flag] == pytest.approx(0.05)
    assert weighting.rules[other] == pytest.approx(ruleset.rules[other].weight / 2)
    assert weighting.trust_cap == ruleset.pack.trust_cap / 2
    assert weighting.classifier == 0.4
    assert weighting.classifier_range == (-1.0, 2.0)
    only = a_fusion(ruleset).weighting(ruleset, with_model=False)
    assert only.rules[flag] == pytest.approx(0.15)


def test_an_analysts_change_of_a_weight_wins_over_the_fit(ruleset: RuleSet) -> None:
    flag = rule_of(ruleset, FindingType.RED_FLAG)
    changed = FittedRule(authored=0.9, rules_only=0.3, with_model=0.1, scam=1, other=2)
    weighting = a_fusion(ruleset, rules={flag: changed}).weighting(ruleset, with_model=True)
    assert weighting.rules[flag] == pytest.approx(ruleset.rules[flag].weight / 2)


def test_the_fit_serves_its_own_pack_and_no_other(ruleset: RuleSet) -> None:
    fusion = a_fusion(ruleset)
    assert fusion.serves(ruleset)
    assert not fusion.model_copy(update={"pack": "another"}).serves(ruleset)
    other = fusion.pack_constants.model_copy(update={"base": -1.0})
    assert not fusion.model_copy(update={"pack_constants": other}).serves(ruleset)


def test_cues_and_classifier_speak_for_a_kind_together() -> None:
    fusion = KindFusion(classifier=0.5, base={Kind.OTHER: 1.0})
    sums = fusion.sums({Kind.OFFER: 2.0, Kind.OTHER: 0.0}, {Kind.OFFER: -4.0, Kind.OTHER: 2.0})
    assert sums == {Kind.OFFER: 0.0, Kind.OTHER: 2.0}


def test_the_file_reads_back_and_holds_one_rule_a_line(ruleset: RuleSet, tmp_path: Path) -> None:
    fusion = a_fusion(ruleset)
    path = tmp_path / "fusion.json"
    path.write_text(fusion.to_json())
    assert read_fusion(path) == fusion
    assert sum('"authored"' in line for line in path.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format_version": 2}, "format_version"),
        ({"more": 1}, "more"),
        ({"rules": {"a": {**RULE, "rules_only": -1}}}, "has the sign"),
        ({"rules_only": {**CONSTANTS, "slope": 0}}, "slope"),
        ({"with_model": {**CONSTANTS, "levels": {**CUTS, "high": 4}}}, "caution < high"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(
    change: Mapping[str, object], told: str, ruleset: RuleSet, tmp_path: Path
) -> None:
    path = tmp_path / "fusion.json"
    path.write_text(json.dumps({**json.loads(a_fusion(ruleset).to_json()), **change}))
    with pytest.raises(ModelError, match="offer-screen fit") as caught:
        read_fusion(path)
    assert told in str(caught.value)


def test_a_file_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        read_fusion(tmp_path / "none.json")
    (tmp_path / "large.json").write_bytes(b" " * 2_000_001)
    with pytest.raises(ModelError, match="over 2,000,000 bytes"):
        read_fusion(tmp_path / "large.json")
