from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from offer_screen.errors import InvalidRuleSet
from offer_screen.rules.provenance import Explanation, Setting, explain_config
from tests.rules.conftest import FIXTURES, GOOD_PACK


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    shutil.copytree(GOOD_PACK, tmp_path / "pack")
    return Path(shutil.copytree(FIXTURES / "good_layer", tmp_path / "layer"))


def short(setting: Setting, root: Path) -> tuple[object, ...]:
    return (
        setting.origin.value,
        str(setting.origin).removeprefix(f"{root.as_posix()}/"),
        *((old.value, str(old).removeprefix(f"{root.as_posix()}/")) for old in setting.overrode),
    )


def only(found: tuple[Explanation, ...]) -> dict[str, Setting]:
    assert len(found) == 1
    return {setting.path: setting for setting in found[0].settings}


def test_every_value_of_a_rule_has_its_place(layer: Path) -> None:
    settings = only(explain_config([layer], "upfront-fee"))
    changes = "layer/overrides/changes.yaml"
    rule = "pack/cost/upfront-fee.yaml"
    expected = {
        "severity": ("high", f"{rule}:4"),
        "weight": (0.9, f"{changes}:4", (1.2, f"{rule}:6")),
        "explain.id": ("Diminta membayar sebelum bekerja.", f"{rule}:13"),
        "explain.en": (
            "Money is asked for before the work.",
            f"{changes}:5",
            ("Payment is asked for before the work.", f"{rule}:13"),
        ),
        "sources[0]": ("Contoh (2026)", f"{rule}:15"),
        "sources[1]": ("Rapat tim (2026)", f"{changes}:8"),
    }
    assert {path: short(settings[path], layer.parent) for path in expected} == expected
    assert str(settings["when"].origin).endswith(f"{changes}:7")
    assert settings["when"].overrode[0].file.endswith(rule)


def test_the_whole_history_of_a_value_is_told(layer: Path) -> None:
    top = layer.parent / "top"
    (top / "overrides").mkdir(parents=True)
    (top / "layer.yaml").write_text(
        'schema_version: 1\nextends: ../layer\nname: top\nversion: "2"\n'
    )
    (top / "overrides" / "x.yaml").write_text("rules:\n  upfront-fee: {set: {weight: 0.2}}\n")
    weight = only(explain_config([top], "upfront-fee"))["weight"]
    assert [weight.origin.value, *(old.value for old in weight.overrode)] == [0.2, 0.9, 1.2]


def test_without_a_name_all_that_layers_change_is_told(layer: Path) -> None:
    found = {(each.section, each.name): each for each in explain_config([layer])}
    assert set(found) == {
        ("pack", "pack"),
        ("kinds", "kinds"),
        ("stance", "stance"),
        ("rules", "upfront-fee"),
        ("rules", "village-collector-asks"),
        ("rules", "pay-without-skill"),
        ("signals", "fee-asked"),
        ("signals", "village-collector"),
        ("lexicon", "untrained"),
        ("slang", "gk"),
        ("advice", "ask-licence"),
        ("reference", "channels"),
    }
    assert found["rules", "village-collector-asks"].added_by == "site"
    assert found["rules", "upfront-fee"].added_by is None
    gone = found["rules", "pay-without-skill"].disabled
    assert gone is not None
    assert gone.value == "Dinilai petugas sendiri (rapat 2026-11-20)."
    assert {s.path for s in found["pack", "pack"].settings} == {
        "levels.caution",
        "categories.cost.cap",
        "categories.local.title.id",
        "categories.local.title.en",
        "categories.local.cap",
    }


def test_a_pack_without_layers_has_nothing_that_changed() -> None:
    assert explain_config([GOOD_PACK]) == ()
    assert only(explain_config([GOOD_PACK], "upfront-fee"))["weight"].overrode == ()


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError) as caught:
        explain_config([GOOD_PACK], "upfront-fees")
    assert "upfront-fee" in caught.value.args[1]


def test_a_bad_pack_is_refused(layer: Path) -> None:
    (layer / "overrides" / "changes.yaml").write_text("rules: 1\n")
    with pytest.raises(InvalidRuleSet):
        explain_config([layer])
