"""``offer-screen train``, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from offer_screen import Screener
from offer_screen.classify.model import read_model
from offer_screen.cli import main
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.errors import ModelError
from tests.training.conftest import Writer, records, write

__all__ = ["write"]  # the fixture


def test_a_trained_model_screens(
    write: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "own.json"
    extra = [{"id": "1", "text": "enak", "kind": "review", "train_ok": True}]
    more = write(extra, "more.jsonl")
    code = main(
        f"train {write(records())} --out {out} --seed 7"
        f" --extra {more} --extra {tmp_path / 'gone.jsonl'}".split()
    )
    told = capsys.readouterr().err
    assert code == ExitCode.OK
    assert "gone.jsonl is not there" in told
    assert "corpus.jsonl: 42 texts" in told
    model = read_model(out)
    assert f"sha256 {model.sha256}" in told
    assert model.trained.settings["seed"] == 7
    assert [source.name for source in model.trained.sources] == ["corpus.jsonl", "more.jsonl"]
    screener = Screener.load(model=out)
    report = screener.screen("kerja di luar negeri pakai visa turis, paspor dipegang bos")
    assert report.model == model.sha256
    assert "classifier" in {item.source for item in report.contributions}
    screener.reload()
    assert screener.screen("lowongan kerja").model == model.sha256


def test_a_model_that_cannot_be_used_is_told(write: Writer) -> None:
    with pytest.raises(ModelError, match="not a model of offer_screen"):
        Screener.load(model=write(records()))


def test_a_corpus_that_cannot_be_read_is_exit_code_4(
    write: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = records()
    rows[0]["label"] = "?"
    out = tmp_path / "own.json"
    assert main(["train", str(write(rows)), "--out", str(out)]) == ExitCode.INPUT
    assert "corpus.jsonl:1: label is one of" in capsys.readouterr().err
    assert not out.exists()


def test_a_model_that_cannot_be_written_is_exit_code_4(
    write: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "none" / "own.json"
    assert main(["train", str(write(records())), "--out", str(out)]) == ExitCode.INPUT
    assert "cannot write" in capsys.readouterr().err
