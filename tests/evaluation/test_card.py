from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from offer_screen import Screener
from offer_screen.cli import ExitCode, main
from offer_screen.errors import InputError
from offer_screen.evaluation import Depth, Evaluation, Sampling, Texts, evaluate
from offer_screen.evaluation.card import CardRuns, card_of, read_runs, runs_beside
from tests.evaluation.conftest import rows, write

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def result(shipped: Screener, texts: Texts) -> Evaluation:
    sampling, depth = Sampling(replicates=10), Depth(attacks=2, audit=False)
    return evaluate(shipped, texts, name="own", sampling=sampling, depth=depth)


def test_a_run_takes_the_place_of_one_of_its_name(result: Evaluation) -> None:
    other = result.model_copy(update={"name": "real"})
    again = result.model_copy(update={"replicates": 11})
    runs = CardRuns().with_run(result).with_run(other).with_run(again)
    assert [(run.name, run.replicates) for run in runs.runs] == [("own", 11), ("real", 10)]


@pytest.mark.parametrize("field", ["model", "pack_sha256", "weighting"])
def test_runs_of_another_score_are_left_out(result: Evaluation, field: str) -> None:
    other = result.model_copy(update={"name": "real", field: "another"})
    runs = CardRuns().with_run(other).with_run(result)
    assert [run.name for run in runs.runs] == ["own"]


def test_runs_survive_their_file(result: Evaluation, tmp_path: Path) -> None:
    runs = CardRuns().with_run(result)
    path = tmp_path / "CARD.json"
    path.write_text(runs.to_json(), encoding="utf-8")
    assert read_runs(path) == runs
    assert read_runs(path).to_json() == runs.to_json()
    assert read_runs(tmp_path / "none.json") == CardRuns()


def test_a_file_that_holds_no_runs_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "CARD.json"
    path.write_text("{}x")
    with pytest.raises(InputError, match="not the runs of a card"):
        read_runs(path)


def test_the_card_tells_every_run_and_nothing_of_the_template_is_left(
    result: Evaluation,
) -> None:
    runs = CardRuns().with_run(result).with_run(result.model_copy(update={"name": "r|e_al"}))
    card = card_of(runs, json_name="CARD.json")
    assert "## Figures: own" in card
    assert r"## Figures: r\|e\_al" in card
    assert not re.search(r"\$[a-z]", card)
    area = result.systems[0].figures["auroc"]
    assert f"| AUROC | {area.value:.3f} [{area.low:.3f}, {area.high:.3f}] |" in card
    for row in re.findall(r"^\|.*", card, re.MULTILINE):
        assert row.endswith("|")


def test_the_command_fills_a_card_and_says_what_it_drops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "small.jsonl", rows(3))
    card = tmp_path / "CARD.md"
    argv = ["evaluate", str(data), "--replicates", "0", "--quick", "--model", "none"]
    argv += ["--card", str(card)]
    assert main([*argv, "--name", "a"]) == ExitCode.OK
    assert main([*argv, "--name", "b"]) == ExitCode.OK
    assert [run.name for run in read_runs(runs_beside(card)).runs] == ["a", "b"]
    assert main([*argv, "--name", "c", "--weights", "authored", "--as-of", "2026-11-24"]) == 0
    names = [run.name for run in read_runs(runs_beside(card)).runs]
    told = capsys.readouterr().err
    assert names[-1] == "c"
    assert ("is no longer in the card" in told) == ("a" not in names)


@pytest.mark.skipif(not (MODELS / "CARD.json").is_file(), reason="no card was made yet")
def test_the_shipped_card_is_what_its_runs_say() -> None:
    runs = read_runs(MODELS / "CARD.json")
    written = (MODELS / "CARD.md").read_text(encoding="utf-8")
    assert written == card_of(runs, json_name="CARD.json"), "do not edit it: run `make model`"
    digest = hashlib.sha256((MODELS / "CARD.json").read_bytes()).hexdigest()
    assert digest in written, "CARD.json was changed by hand: run `make model`"


@pytest.mark.skipif(not (MODELS / "CARD.json").is_file(), reason="no card was made yet")
def test_the_shipped_card_is_of_the_shipped_score() -> None:
    screener = Screener.load(engine="compiled")
    for run in read_runs(MODELS / "CARD.json").runs:
        assert run.pack_sha256 == screener.ruleset.digest, "the pack changed: run `make model`"
        digest = screener.classifier.digest if screener.classifier else None
        assert run.model == digest, "the classifier changed: run `make model`"
