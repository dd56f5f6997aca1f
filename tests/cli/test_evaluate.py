"""``offer-screen evaluate`` from its arguments to its tables."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode, main
from tests.evaluation.conftest import rows, write


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data") / "small.jsonl", rows(3))


def test_tables_tell_figures_slices_and_bounds(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(data), "--replicates", "20", "--attacks", "2"]) == ExitCode.OK
    shown = capsys.readouterr().out
    for words in (
        "AUROC",
        "caution or above",
        "cue",
        "false alarms",
        "without trust",
        "upper case",
    ):
        assert words in shown


def test_json_holds_everything(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["evaluate", str(data), "--replicates", "20", "--quick", "--json", "--name", "try"]
    assert main(argv) == ExitCode.OK
    result = json.loads(capsys.readouterr().out)
    assert result["schema_version"] == 1
    assert result["name"] == "try"
    assert result["sources"]["texts"] == len(rows(3))


def test_fields_and_labels_can_have_other_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = ({"isi": row["text"], "kelas": row["label"] == "scam"} for row in rows(2))
    path = write(tmp_path / "other.jsonl", renamed)
    names = ["--field", "text=isi", "--field", "label=kelas"]
    labels = ["--positive", "true", "--negative", "false"]
    argv = ["evaluate", str(path), *names, *labels, "--replicates", "0", "--quick", "--json"]
    assert main(argv) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["sources"]["positives"] == 10


def test_strict_fails_when_a_bar_is_not_met(data: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[[bar]]\ngroup = '*'\nof = 'positives'\nlevel = 'critical'\nat_most = 0.0\n")
    argv = ["evaluate", str(data), "--replicates", "0", "--quick", "--plan", str(plan)]
    assert main(argv) == ExitCode.OK
    assert main([*argv, "--strict"]) == ExitCode.FINDINGS


@pytest.mark.parametrize("pair", ["label", "colour=x", "text="])
def test_a_field_that_is_none_is_a_usage_error(data: Path, pair: str) -> None:
    assert main(["evaluate", str(data), "--field", pair]) == ExitCode.USAGE


def test_no_label_that_counts_is_an_input_error(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["evaluate", str(data), "--positive", "a", "--negative", "b"]
    assert main(argv) == ExitCode.INPUT
    assert "--positive" in capsys.readouterr().err


def test_without_the_extra_the_command_says_which(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("offer_screen.evaluation")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    import offer_screen

    monkeypatch.delattr(offer_screen, "evaluation", raising=False)
    assert main(["evaluate", str(data)]) == ExitCode.USAGE
    assert "offer_screen[evaluate]" in capsys.readouterr().err


def test_a_folder_gets_the_page_the_json_and_the_plots(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "report"
    argv = ["evaluate", str(data), "--replicates", "10", "--quick", "--out", str(out)]
    assert main(argv) == ExitCode.OK
    names = {path.name for path in out.iterdir()}
    assert {"report.html", "report.json", "roc.svg", "roc.png", "scores.svg"} <= names
    assert json.loads((out / "report.json").read_text())["replicates"] == 10
    assert "report.html" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_an_input_error(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    out = str(tmp_path / "file" / "report")
    argv = ["evaluate", str(data), "--replicates", "0", "--quick", "--out", out]
    assert main(argv) == ExitCode.INPUT


@pytest.mark.parametrize("pair", ["pack", "colour=x", "model="])
def test_what_cannot_be_compared_is_a_usage_error(data: Path, pair: str) -> None:
    assert main(["evaluate", str(data), "--compare", pair]) == ExitCode.USAGE


def test_weights_can_be_compared(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["evaluate", str(data), "--replicates", "10", "--quick", "--json"]
    assert main([*argv, "--compare", "weights=authored"]) == ExitCode.OK
    result = json.loads(capsys.readouterr().out)
    assert "weights=authored" in {pair["first"] for pair in result["comparisons"]}
    assert "weights=authored" in {system["name"] for system in result["systems"]}
