"""The script of the docs runs from beginning to end on a few texts."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tests.evaluation.conftest import rows, write

SCRIPT = Path(__file__).parents[2] / "docs" / "evaluation_walkthrough.py"


def test_the_walkthrough_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apart = [{**row, "text": f"{row['text']} ya"} for row in rows(4)]
    write(tmp_path / "train.jsonl", apart)
    write(tmp_path / "dev.jsonl", rows(4))
    monkeypatch.setenv("CORPUS", str(tmp_path))
    monkeypatch.setenv("SAMPLE", "1000")
    runpy.run_path(str(SCRIPT))
    shown = capsys.readouterr().out
    assert "The score" in shown
    assert "score minus own model" in shown
    assert "McNemar" in shown
