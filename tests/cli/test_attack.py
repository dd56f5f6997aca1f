"""``offer-screen attack`` from its arguments to its tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode, main
from tests.evaluation.conftest import rows, write
from tests.rules.conftest import GOOD_PACK

CHEAP = ("--sample", "2", "--replicates", "10", "--screens", "6", "--model", "none")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data") / "small.jsonl", rows(2))


def test_tables_tell_families_stages_and_bars(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attack", str(data), *CHEAP]) == ExitCode.OK
    shown = capsys.readouterr().out
    for words in (
        "2 positives attacked",
        "The worst of each family",
        "pair: ",
        "trust words: ",
        "held by",
        "What the search needed",
        "Bars of the plan",
    ):
        assert words in shown


def test_json_is_the_same_each_time_and_strict_fails_where_a_bar_is_not_met(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[[attack_bar]]\nattack = 'search'\nlevel = 'high'\nat_most = -1.0\n")
    small = ("--rules", str(GOOD_PACK), "--plan", str(plan))
    argv = ["attack", str(data), *CHEAP, *small, "--seed", "5", "--json"]
    assert main(argv) == ExitCode.OK
    first = capsys.readouterr().out
    assert main([*argv, "--strict"]) == ExitCode.FINDINGS
    assert capsys.readouterr().out == first
    result = json.loads(first)
    assert result["schema_version"] == 1
    assert result["seed"] == 5
    assert [bar["met"] for bar in result["bars"]] == [False]


def test_data_without_scams_are_an_input_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "lawful.jsonl", [{"text": "Dicari sopir truk", "label": "legit"}])
    assert main(["attack", str(path), *CHEAP, "--rules", str(GOOD_PACK)]) == ExitCode.INPUT
    assert "no positive to attack" in capsys.readouterr().err
