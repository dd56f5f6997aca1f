from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Runner
from tests.rules.conftest import FIXTURES, GOOD_PACK


@pytest.fixture
def layer(tmp_path: Path) -> str:
    shutil.copytree(GOOD_PACK, tmp_path / "pack")
    return str(shutil.copytree(FIXTURES / "good_layer", tmp_path / "layer"))


def test_what_a_layer_changes_is_listed(run: Runner, layer: str) -> None:
    root = str(Path(layer).parent)
    lines = run("rules", "explain-config", "--rules", layer).out.replace(root, "").splitlines()
    at = lines.index("rules upfront-fee")
    assert lines[at + 1 : at + 3] == [
        "  weight: 0.9  [/layer/overrides/changes.yaml:4]",
        "      was 1.2  [/pack/cost/upfront-fee.yaml:6]",
    ]
    assert "rules village-collector-asks: added by site" in lines
    assert (
        "rules pay-without-skill: disabled: Dinilai petugas sendiri (rapat 2026-11-20)."
        "  [/layer/overrides/changes.yaml:10]"
    ) in lines


def test_json_holds_whole_values(run: Runner, layer: str) -> None:
    done = run("rules", "explain-config", "upfront-fee", "--rules", layer, "--json")
    (found,) = json.loads(done.out)
    assert (found["section"], found["name"], found["added_by"]) == ("rules", "upfront-fee", None)
    weight = next(each for each in found["settings"] if each["path"] == "weight")
    assert (weight["value"], weight["line"]) == (0.9, 4)
    assert [old["value"] for old in weight["overrode"]] == [1.2]


def test_a_pack_without_layers_changes_nothing(run: Runner) -> None:
    done = run("rules", "explain-config", "--rules", str(GOOD_PACK))
    assert (done.code, done.out, done.err) == (0, "", "no layer changes anything\n")


def test_an_unknown_name_is_a_usage_error_with_a_suggestion(run: Runner) -> None:
    done = run("rules", "explain-config", "upfront-fees", "--rules", str(GOOD_PACK))
    assert done.code == 2
    assert "did you mean 'upfront-fee'?" in " ".join(done.err.replace("│", " ").split())


def test_a_bad_layer_gives_its_errors(run: Runner, layer: str) -> None:
    (Path(layer) / "overrides" / "changes.yaml").write_text("rules:\n  x: {set: {}}\n")
    done = run("rules", "explain-config", "--rules", layer)
    assert done.code == 3
    assert "changes.yaml:2:3: R221" in done.err
