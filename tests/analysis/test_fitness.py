from __future__ import annotations

import pytest

from offer_screen.analysis.firing import Rescorer, fired_on
from offer_screen.analysis.fitness import Effect, Fitness, RuleFitness, measure_fitness
from offer_screen.analysis.samples import Tally
from offer_screen.screener import Screener
from offer_screen.values import Level
from tests.analysis.conftest import load, samples
from tests.analysis.packs import RULES, write_pack

BOTH = "uang muka, visa turis"
"""Fires turis, muka and gabung: -3.5 + 1.5 + 2 + 2 = 2, 88 points, high."""


def of(result: Fitness, rule: str) -> RuleFitness:
    return next(item for item in result.rules if item.rule == rule)


@pytest.fixture(scope="module")
def result(small: Screener) -> Fitness:
    return measure_fitness(
        small,
        samples(
            (BOTH, "scam"),
            ("visa turis", "scam"),
            ("paspor dipegang", "legit"),
            ("visa turis", "legit"),
            ("izin resmi", "legit"),
            ("visa turis", "unknown"),
            ("visa turis", None),
            ("kerja", "other"),
        ),
    )


def test_hits_are_counted_by_label(result: Fitness) -> None:
    turis = of(result, "turis")
    assert turis.hits == 5
    assert turis.by_label == {"legit": 1, "scam": 2, "unknown": 1}
    assert (result.positives, result.negatives) == (2, 4)


def test_precision_counts_the_labels_that_say_something(result: Fitness) -> None:
    assert (of(result, "turis").precision.hits, of(result, "turis").precision.of) == (2, 3)
    assert of(result, "turis").recall.value == 1.0
    assert of(result, "turis").alarms.value == 0.25


def test_a_trust_sign_is_right_on_what_is_not_positive(result: Fitness) -> None:
    assert of(result, "resmi").precision.value == 1.0


def test_a_rule_that_others_build_on_takes_them_with_it(result: Fitness) -> None:
    # Without turis only muka is left: -1.5, 18 points, low.
    assert of(result, "turis").effects == (
        Effect(level=Level.CAUTION, positives=1, negatives=0),
        Effect(level=Level.HIGH, positives=1, negatives=0),
    )
    # Without gabung: 0, 50 points, caution.
    assert of(result, "gabung").effects == (
        Effect(level=Level.CAUTION, positives=0, negatives=0),
        Effect(level=Level.HIGH, positives=1, negatives=0),
    )


def test_a_floor_is_an_effect(result: Fitness) -> None:
    assert [effect.negatives for effect in of(result, "paspor").effects] == [1, 1]


def test_a_rule_without_hits_is_dead(result: Fitness) -> None:
    assert [item.rule for item in result.rules if item.dead] == ["uji"]
    assert of(result, "uji").precision.value is None


def test_partners_are_the_rules_of_the_same_texts(result: Fitness) -> None:
    assert [partner.rule for partner in of(result, "muka").partners] == ["gabung", "turis"]
    assert of(result, "muka").partners[0].jaccard == 1.0


def test_the_whole_pack_is_told_beside_its_rules(result: Fitness) -> None:
    caution = result.reached[0]
    assert (caution.positives.hits, caution.negatives.hits) == (1, 1)


def test_an_experimental_rule_is_told_what_it_would_do(small: Screener) -> None:
    result = measure_fitness(small, samples(("bonus harian", "scam"), ("bonus harian", "legit")))
    uji = of(result, "uji")
    assert not uji.scores
    # -3.5 + 4 = 0.5, 62 points: high, if it scored.
    assert uji.effects[1] == Effect(level=Level.HIGH, positives=1, negatives=1)
    assert result.reached[0].positives.hits == 0


def test_a_trust_sign_takes_away_what_reaches_a_level(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rules = {**RULES, "resmi": {**RULES["resmi"], "weight": -2.0}}
    screener = load(write_pack(tmp_path_factory.mktemp("trust"), rules))
    result = measure_fitness(screener, samples((f"{BOTH}, izin resmi", "scam")))
    # 2 - 2 = 0, 50 points: caution; high without it.
    assert of(result, "resmi").effects == (
        Effect(level=Level.CAUTION, positives=0, negatives=0),
        Effect(level=Level.HIGH, positives=-1, negatives=0),
    )


def test_leaving_a_rule_out_equals_a_pack_without_it(
    small: Screener, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rules = {name: rule for name, rule in RULES.items() if name not in ("muka", "gabung")}
    without = load(write_pack(tmp_path_factory.mktemp("without"), rules))
    rescorer = Rescorer(small.ruleset)
    texts = [BOTH, "uang muka", "uang muka, paspor dipegang", "visa turis, izin resmi, uang muka"]
    for fired in fired_on(small, samples(*((text, None) for text in texts)), Tally()):
        report = without.screen(fired.sample.text)
        assert rescorer.level_without("muka", fired) is report.level
        assert rescorer.rules_without("muka", fired) == {item.rule for item in report.findings}


def test_what_a_rule_holds_back_fires_without_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    rules = {
        "turis": RULES["turis"],
        "lain": {
            "weight": 5.0,
            "when": {"all": ["deposit"], "none": [{"finding": "turis"}]},
        },
    }
    screener = load(write_pack(tmp_path_factory.mktemp("held"), rules))
    result = measure_fitness(screener, samples((BOTH, "scam")))
    # Without turis, lain fires: 1.5, 82 points. With it: -2, 12 points.
    assert of(result, "turis").effects[1].positives == -1


def test_drift_needs_dates_and_five_hits(small: Screener) -> None:
    early = samples(*[("kerja", "legit")] * 20, month="2026-01")
    late = samples(*[("visa turis", "legit")] * 20, month="2026-03")
    result = measure_fitness(small, [*early, *late, *samples(("visa turis", None))])
    drift = of(result, "turis").drift
    assert drift is not None
    assert drift.months == (("2026-01", 0, 20), ("2026-03", 20, 20))
    assert drift.trend is not None
    assert drift.trend.z > 5
    few = measure_fitness(small, samples(("visa turis", None), month="2026-01"))
    drift = of(few, "turis").drift
    assert drift is not None
    assert drift.trend is None


def test_without_dates_there_is_no_drift(result: Fitness) -> None:
    assert of(result, "turis").drift is None


def test_no_texts_give_no_numbers(small: Screener) -> None:
    result = measure_fitness(small, ())
    assert result.intake.texts == 0
    assert result.reached[0].positives.value is None
    assert all(item.dead and item.evidence is None for item in result.rules)


def test_a_text_that_cannot_be_screened_is_counted(small: Screener) -> None:
    result = measure_fitness(small, samples((" ", "scam"), ("kerja", "scam")))
    assert result.intake.errors == {"input": 1}
    assert result.positives == 1
