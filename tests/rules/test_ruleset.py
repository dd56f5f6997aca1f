from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from offer_screen.errors import InvalidRuleSet
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import FrozenDict
from tests.rules.conftest import EditPack


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_a_rule_set_comes_back_from_json_as_it_was(which: str, small: RuleSet) -> None:
    ruleset = small if which == "small" else load_ruleset()
    again = RuleSet.from_json(ruleset.to_json())
    assert again == ruleset
    assert again.digest == ruleset.digest
    for part in ("pack", "kinds", "stance", "rules", "missing", "signals", "lexicon", "slang"):
        assert getattr(again, part) == getattr(ruleset, part)
    assert again.advice == ruleset.advice
    assert again.reference == ruleset.reference
    assert again.program == ruleset.program


def test_a_comparison_that_was_not_made_is_not_made_up(small: RuleSet) -> None:
    written = json.loads(small.to_json())["rules"]["pay-far-above"]["when"]["all"][0]["where"]
    assert written == {"ratio_to_reference": {"ge": 2.0}}


def test_a_rule_set_pickles_and_copies(small: RuleSet) -> None:
    again = pickle.loads(pickle.dumps(small))
    assert again == small
    assert again.program == small.program
    assert copy.deepcopy(small) == small


def test_comments_layout_and_file_names_do_not_change_the_digest(
    pack: Path, small: RuleSet
) -> None:
    for path in pack.rglob("*.yaml"):
        path.write_text(f"# A comment.\n\n{path.read_text()}\n")
    (pack / "signals" / "basic.yaml").rename(pack / "signals" / "other.yaml")
    ruleset = load_ruleset([pack])
    assert ruleset == small
    assert hash(ruleset) == hash(small)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pay/pay-far-above.yaml", "weight: 1.6", "weight: 1.7"),
        ("pay/pay-far-above.yaml", "ge: 2.0", "ge: 2.5"),
        ("signals/basic.yaml", "lowongan", "loker"),
        ("pack.yaml", "high: 60", "high: 61"),
        ("stance.yaml", "window: 3", "window: 4"),
        ("text/slang.yaml", "normal: tidak", "normal: jangan"),
        ("reference/channels.yaml", "0812-0000-1234", "0812-0000-1235"),
    ],
)
def test_content_changes_the_digest(
    file: str, old: str, new: str, edit: EditPack, small: RuleSet
) -> None:
    assert load_ruleset([edit(file, (old, new))]) != small


def test_a_rule_set_does_not_change(small: RuleSet) -> None:
    with pytest.raises(AttributeError):
        small.rules = {}  # type: ignore[misc]
    with pytest.raises(TypeError):
        small.rules["x"] = small.rules["pay-far-above"]  # type: ignore[index]
    with pytest.raises(TypeError):
        del small.signals["vacancy"]  # type: ignore[attr-defined]
    with pytest.raises(ValidationError):
        small.rules["pay-far-above"].weight = 0.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        small.pack.categories["pay"] = small.pack.categories["cost"]  # type: ignore[index]
    with pytest.raises(TypeError):
        small.missing.clear()  # type: ignore[attr-defined]


def test_a_frozen_dictionary_refuses_every_change() -> None:
    frozen = FrozenDict({"a": 1})
    changes: tuple[Callable[[], object], ...] = (
        lambda: frozen.update({"b": 2}),
        lambda: frozen.setdefault("b", 2),
        lambda: frozen.pop("a"),
        frozen.popitem,
        frozen.clear,
        lambda: exec("frozen |= {}", {"frozen": frozen}),
    )
    for change in changes:
        with pytest.raises(TypeError):
            change()
    assert frozen == {"a": 1}
    assert hash(frozen) == hash(FrozenDict({"a": 1}))
    assert type(pickle.loads(pickle.dumps(frozen))) is FrozenDict


def test_advice_is_found_by_rule(small: RuleSet) -> None:
    assert small.advice_of("pay-far-above") == ("ask-licence",)
    assert small.advice_of("missing-visa") == ()


@pytest.mark.parametrize("data", ["", "{}", "[]", '{"format": 2}', "null"])
def test_other_json_is_refused(data: str) -> None:
    with pytest.raises(InvalidRuleSet):
        RuleSet.from_json(data)


def test_a_ring_in_json_is_refused(small: RuleSet) -> None:
    content = json.loads(small.to_json())
    content["rules"]["pay-far-above"]["when"] = {"all": [{"finding": "pay-without-skill"}]}
    with pytest.raises(InvalidRuleSet, match="R211"):
        RuleSet.from_json(json.dumps(content))
