"""Conformance sets: their shape, what they name, and the five that are shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from offer_screen.errors import InvalidRuleSet, RuleError
from offer_screen.rules.conformance import ConformanceSet, answers, load_conformance
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import ILO_INDICATORS, PALERMO_ELEMENTS

SET = """\
id: contoh
title: {id: Contoh, en: Sample}
sources: ["contoh 2026"]
items:
  - id: first_one
    title: {id: Satu, en: One}
    rules: [RULE]
  - id: second
    title: {id: Dua, en: Two}
"""


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    return load_ruleset()


@pytest.fixture(scope="module")
def sets(shipped: RuleSet) -> dict[str, ConformanceSet]:
    return dict(load_conformance(shipped))


def _write(pack: Path, content: str, name: str = "contoh.yaml") -> RuleSet:
    folder = pack / "conformance"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return load_ruleset([pack])


def _errors(ruleset: RuleSet) -> tuple[RuleError, ...]:
    with pytest.raises(InvalidRuleSet) as caught:
        load_conformance(ruleset)
    return caught.value.errors


def test_a_set_is_read_and_names_rules(pack: Path, small: RuleSet) -> None:
    rule = next(iter(small.rules))
    ruleset = _write(pack, SET.replace("RULE", rule))
    item = load_conformance(ruleset)["contoh"].items[0]
    assert [answer.id for answer in answers(item, ruleset)] == [rule]


def test_a_tag_brings_every_rule_that_carries_it(shipped: RuleSet) -> None:
    item = load_conformance(shipped)["ilo-11"].items[0]
    found = {rule.id for rule in answers(item, shipped)}
    assert found == {
        rule.id for rule in shipped.rules.values() if "abuse-of-vulnerability" in rule.tags.ilo
    }


def test_an_unknown_rule_is_told_with_its_place_and_the_one_meant(
    pack: Path, small: RuleSet
) -> None:
    rule = next(iter(small.rules))
    (error,) = _errors(_write(pack, SET.replace("RULE", f"{rule}x")))
    assert (error.code, error.hint) == ("R210", f"did you mean '{rule}'?")
    assert error.location is not None
    assert str(error.location).endswith("conformance/contoh.yaml:7:13")


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("id: contoh", "id: other", "1:5", "R201"),
        ("id: second", "id: first_one", "8:9", "R214"),
        ("    rules:", "    rule:", "7:5", "R102"),
        ("items:", "item:", "4:1", "R102"),
        ("id: second", "id: Second One", "8:9", "R106"),
        ("[RULE]", "{", "8:3", "R005"),
        ('["contoh 2026"]', "[]", "3:10", "R108"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    pack: Path, small: RuleSet, old: str, new: str, place: str, code: str
) -> None:
    content = SET.replace(old, new).replace("RULE", next(iter(small.rules)))
    errors = _errors(_write(pack, content))
    assert (code, place) in {
        (error.code, str(error.location).split("contoh.yaml:")[1]) for error in errors
    }


def test_a_tag_that_does_not_exist_is_an_error(pack: Path) -> None:
    content = SET.replace("rules: [RULE]", "tags: {ilo: [debt]}")
    assert [error.code for error in _errors(_write(pack, content))] == ["R104"]


def test_two_packs_cannot_hold_the_same_set(pack: Path, tmp_path: Path, small: RuleSet) -> None:
    content = SET.replace("RULE", next(iter(small.rules)))
    other = tmp_path / "other"
    (other / "conformance").mkdir(parents=True)
    (other / "conformance" / "contoh.yaml").write_text(content, encoding="utf-8")
    _write(pack, content)
    assert [error.code for error in _errors(load_ruleset([pack, other]))] == ["R214"]


def test_a_broken_set_does_not_keep_a_pack_from_screening(pack: Path) -> None:
    assert _write(pack, "{").rules


def test_the_frameworks_are_shipped_whole(sets: dict[str, ConformanceSet]) -> None:
    assert tuple(item.id for item in sets["ilo-11"].items) == ILO_INDICATORS
    assert all(item.tags.ilo == (item.id,) for item in sets["ilo-11"].items)
    assert tuple(item.id for item in sets["palermo"].items) == PALERMO_ELEMENTS
    assert all(item.tags.palermo == (item.id,) for item in sets["palermo"].items)
    assert [item.id for item in sets["grobogan-4"].items] == ["pay", "process", "cost", "skills"]
    assert len(sets["kemnaker-8"].items) == 8
    assert len(sets["fact-base"].items) == 81 + 10 + 10 + 30


def test_every_item_that_nothing_answers_says_why(
    sets: dict[str, ConformanceSet], shipped: RuleSet
) -> None:
    for conformance in sets.values():
        for item in conformance.items:
            answered = answers(item, shipped) or set(item.rules) & set(shipped.missing)
            assert answered or item.note, f"{conformance.id}/{item.id}"
