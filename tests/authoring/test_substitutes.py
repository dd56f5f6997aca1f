from __future__ import annotations

import pytest

from offer_screen.authoring.substitutes import Slot, Substitutes
from offer_screen.authoring.trials import leaves_of, try_variants
from offer_screen.facts import Destination, Job, Money
from offer_screen.rules.conditions import FactTest, FieldTest, Leaf, SignalTest
from offer_screen.screener import Screener
from offer_screen.values import Stance

ASSERTED = frozenset({Stance.ASSERTED})


@pytest.fixture(scope="module")
def substitutes(shipped: Screener) -> Substitutes:
    return Substitutes(shipped.ruleset, shipped.reference, shipped.normalizer)


def written(
    substitutes: Substitutes, shipped: Screener, text: str, asked: tuple[Leaf, ...] = ()
) -> dict[str, str]:
    trace = shipped.trace(text)
    return {variant.way: variant.text for variant in substitutes.variants(trace, asked)}


def test_an_amount_becomes_another_of_the_same_length(
    substitutes: Substitutes, shipped: Screener
) -> None:
    text = "Kerja pabrik, gaji 4.500.000 per bulan."
    assert written(substitutes, shipped, text)["amount"] == (
        "Kerja pabrik, gaji 5.500.000 per bulan."
    )


def test_a_range_keeps_its_ends(substitutes: Substitutes, shipped: Screener) -> None:
    assert "amount" not in written(substitutes, shipped, "Kerja pabrik, gaji 4-5 juta per bulan.")


def test_a_place_becomes_one_of_the_same_standing(
    substitutes: Substitutes, shipped: Screener
) -> None:
    text = "Kerja di Kamboja jadi admin."
    other = written(substitutes, shipped, text)["place"]
    (was,), (now,) = (
        [fact for fact in shipped.trace(t).facts if isinstance(fact, Destination)]
        for t in (text, other)
    )
    assert now.country != was.country
    assert (now.risk, now.scam_hub, now.place_type) == (was.risk, was.scam_hub, was.place_type)
    assert other[9].isupper()


def test_a_job_becomes_one_of_its_group(substitutes: Substitutes, shipped: Screener) -> None:
    text = "DICARI PELAYAN DI JAKARTA."
    other = written(substitutes, shipped, text)["job"]
    (was,), (now,) = (
        [fact for fact in shipped.trace(t).facts if isinstance(fact, Job)] for t in (text, other)
    )
    assert now.job != was.job
    assert (now.group, now.skilled) == (was.group, was.skilled)
    assert other.isupper()


def test_a_company_gets_another_invented_name(substitutes: Substitutes, shipped: Screener) -> None:
    other = written(substitutes, shipped, "Hubungi PT Contoh Migran di Semarang.")["company"]
    assert "PT Contoh " in other
    assert "Migran" not in other


def test_a_length_of_time_changes_a_little(substitutes: Substitutes, shipped: Screener) -> None:
    other = written(substitutes, shipped, "Ke Taiwan, berangkat dalam 7 hari.")["time"]
    assert "8 hari" in other


@pytest.mark.parametrize(
    ("leaf", "slot"),
    [
        (FactTest("salary", (FieldTest("low", "ge", 1.0),), ASSERTED), Slot.AMOUNT),
        (FactTest("salary", (FieldTest("ratio_to_reference", "ge", 2.0),), ASSERTED), Slot.PLACE),
        (FactTest("salary", (FieldTest("ratio_to_reference", "ge", 2.0),), ASSERTED), Slot.JOB),
        (FactTest("destination", (FieldTest("country", "eq", "KH"),), ASSERTED), Slot.PLACE),
        (FactTest("job", (FieldTest("job", "eq", "waiter"),), ASSERTED), Slot.JOB),
        (FactTest("company", (FieldTest("role", "eq", "agency"),), ASSERTED), Slot.COMPANY),
    ],
)
def test_what_the_rule_compares_stays_as_it_is(
    leaf: FactTest, slot: Slot, substitutes: Substitutes, shipped: Screener
) -> None:
    text = "Pelayan di Kamboja, gaji 15 juta per bulan, hubungi PT Contoh Migran."
    assert slot.value in written(substitutes, shipped, text)
    assert slot.value not in written(substitutes, shipped, text, (leaf,))


def test_what_the_rule_names_in_a_phrase_stays_as_it_is(
    substitutes: Substitutes, shipped: Screener
) -> None:
    text = "Eks Taiwan, mau kerja lagi di Taiwan."
    leaf = SignalTest("returning-worker", ASSERTED)
    assert "place" in written(substitutes, shipped, text)
    assert "place" not in written(substitutes, shipped, text, (leaf,))


def test_a_word_inside_a_name_is_no_job(substitutes: Substitutes, shipped: Screener) -> None:
    assert "job" in written(substitutes, shipped, "Dibutuhkan pelayan segera.")
    other = written(substitutes, shipped, "Hubungi PT Contoh Pelayan di Semarang.")
    assert "job" not in other


def test_an_amount_is_read_as_one_again(substitutes: Substitutes, shipped: Screener) -> None:
    for rule in ("advance-before-departure", "fee-upfront"):
        asked = leaves_of(rule, shipped.ruleset.program)
        for text in shipped.ruleset.rules[rule].examples.match:
            trace = shipped.trace(text)
            for variant in substitutes.variants(trace, asked, slots=[Slot.AMOUNT]):
                kinds = [
                    [fact.kind for fact in t.facts if isinstance(fact, Money)]
                    for t in (trace, shipped.trace(variant.text))
                ]
                assert kinds[0] == kinds[1], variant.text


def test_rules_still_match_what_means_the_same(shipped: Screener) -> None:
    trials = try_variants(shipped, rules=["passport-held", "process-fast", "fee-upfront"], folds=())
    assert {trial.list for trial in trials.trials} == {"match"}
    assert trials.failures == ()
    assert len(trials.trials) >= 10
