"""Screeners for wrappers: one for the same parameters, another when a file changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from shutil import copytree

import pytest

from offer_screen import InvalidRuleSet
from offer_screen.errors import ModelError
from offer_screen.integrations.loading import load_screener

GOOD_PACK = Path(__file__).parents[1] / "fixtures" / "good_pack"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(copytree(GOOD_PACK, tmp_path / "pack"))


def test_the_same_parameters_get_the_same_screener(pack: Path) -> None:
    first = load_screener([pack], as_of="2026-11-24")
    assert load_screener([str(pack)], as_of=dt.date(2026, 11, 24)) is first
    assert load_screener([pack], as_of=dt.datetime(2026, 11, 24, 9, 30)) is first
    assert load_screener([pack], as_of="2026-11-25") is not first
    assert load_screener([pack], as_of="2026-11-24", engine="compiled") is not first


def test_a_changed_rule_is_read_anew(pack: Path) -> None:
    first = load_screener([pack], as_of="2026-11-24")
    rule = pack / "cost" / "upfront-fee.yaml"
    rule.write_text(rule.read_text().replace("weight: 1.2", "weight: 0.45"))
    second = load_screener([pack], as_of="2026-11-24")
    assert second.ruleset.rules["upfront-fee"].weight == 0.45
    assert first.ruleset.rules["upfront-fee"].weight == 1.2


def test_a_change_in_what_a_layer_extends_is_read_anew(pack: Path, tmp_path: Path) -> None:
    layer = Path(copytree(Path(__file__).parent / "layer", tmp_path / "layer"))
    declared = layer / "layer.yaml"
    declared.write_text(declared.read_text().replace("../../fixtures/good_pack", "../pack"))
    first = load_screener([layer])
    assert load_screener([layer]) is first
    (pack / "cost" / "upfront-fee.yaml").touch()
    assert load_screener([layer]) is not first


def test_those_used_last_are_kept(pack: Path) -> None:
    first = load_screener([pack], as_of="2026-11-01")
    second = load_screener([pack], as_of="2026-11-02")
    for day in range(3, 6):
        load_screener([pack], as_of=f"2026-11-0{day}")
        assert load_screener([pack], as_of="2026-11-01") is first
    assert load_screener([pack], as_of="2026-11-02") is not second


def test_no_day_means_today(pack: Path) -> None:
    assert load_screener([pack]) is load_screener([pack], as_of=dt.date.today())


def test_errors_are_those_of_the_screener(tmp_path: Path) -> None:
    with pytest.raises(InvalidRuleSet):
        load_screener([tmp_path / "nowhere"])
    with pytest.raises(ModelError):
        load_screener([GOOD_PACK], model=tmp_path / "nothing.json")
    with pytest.raises(ValueError, match="kemarin"):
        load_screener([GOOD_PACK], as_of="kemarin")
    with pytest.raises(TypeError, match="list of folders"):
        load_screener(str(GOOD_PACK))
