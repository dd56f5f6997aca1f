from __future__ import annotations

import pytest

from offer_screen import Level, Screener
from offer_screen.errors import InputError
from offer_screen.evaluation import AttackBench, Budget, Sampling, Texts, attack
from offer_screen.evaluation.bars import check_attacks
from offer_screen.evaluation.bench_tables import bench_tables
from offer_screen.evaluation.plan import FallBar, Plan

FAMILIES = (
    "single",
    "pairs of folds",
    "padding",
    "trust words",
    "frames",
    "splitting",
    "search",
)


@pytest.fixture(scope="module")
def result(shipped: Screener, texts: Texts) -> AttackBench:
    return attack(
        shipped, texts, sample=3, sampling=Sampling(replicates=20), budget=Budget(screens=12)
    )


def test_every_family_is_measured_and_json_holds_it(result: AttackBench) -> None:
    assert tuple(result.families) == FAMILIES
    assert all(result.families.values())
    assert result.attacked == 3
    assert AttackBench.model_validate_json(result.model_dump_json()) == result


def test_each_text_that_was_high_was_held_or_gave_way(result: AttackBench) -> None:
    for items in result.families.values():
        for item in items:
            before, after = item.before[Level.HIGH].hits, item.escaped[Level.HIGH].hits
            assert sum(item.held.values()) == before - after, item.name
            assert sum(item.gave_way.values()) == after, item.name


def test_messages_are_told_together_and_each(result: AttackBench) -> None:
    items = {item.name: item for item in result.families["splitting"]}
    worst, each = (
        items["split over 2: the most serious message"],
        items["split over 2: each message"],
    )
    assert each.texts == 2 * worst.texts
    for level in (Level.CAUTION, Level.HIGH):
        assert worst.after[level].hits <= each.after[level].hits


def test_what_the_search_needed_agrees_with_what_it_cost(result: AttackBench) -> None:
    (item,) = result.families["search"]
    assert result.search is not None
    assert result.search.texts == item.before[Level.HIGH].hits
    assert result.search.success.hits == item.escaped[Level.HIGH].hits
    assert result.search.screens is not None
    assert result.search.screens <= 12


def test_the_attack_that_lets_most_critical_texts_fall_decides_a_bar(result: AttackBench) -> None:
    items = [item for family in result.families.values() for item in family]
    shares = [item.fallen.value for item in items if item.fallen and item.fallen.of]
    (found,) = check_attacks(items, Plan(fall_bar=(FallBar(attack="*", at_most=0.0),)))
    assert found.measured.value == max(share for share in shares if share is not None)
    assert found.met is (found.measured.value == 0)


def test_tables_tell_of_each_family_and_of_the_bars(result: AttackBench) -> None:
    tables = {table.name: table for table in bench_tables(result)}
    assert {"families", *FAMILIES, "needed", "bars"} == tables.keys()
    assert [row[0] for row in tables["families"].rows] == list(FAMILIES)
    assert "left out" in tables["single"].note


def test_without_a_positive_there_is_nothing_to_attack(shipped: Screener, texts: Texts) -> None:
    part = Texts(tuple(text for text in texts.texts if not text.positive)[:3])
    with pytest.raises(InputError, match="no positive to attack"):
        attack(shipped, part)
