"""The commands that measure rules, through the real command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode, main
from tests.analysis.packs import RULES, write_data, write_pack
from tests.cli.conftest import Run

BOTH = "uang muka, visa turis"


class Console:
    """Runs ``offer-screen rules`` on the small pack and a small file."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.pack = write_pack(folder / "pack")
        self.data = write_data(
            folder / "data.jsonl",
            {"id": 1, "text": BOTH, "label": "scam", "date": "2026-10-01"},
            {"id": 2, "text": "visa turis", "label": "legit", "date": "2026-11-01"},
            {"id": 3, "text": "izin resmi, uang muka", "label": "legit", "date": "2026-11-02"},
            {"id": 4, "teks": "bad"},
        )
        self._capsys = capsys

    def run(self, command: str, *argv: str) -> Run:
        code = main(["rules", command, *argv])
        captured = self._capsys.readouterr()
        return Run(code, captured.out, captured.err)


@pytest.fixture
def console(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(tmp_path, capsys)


def test_fitness_shows_a_row_for_each_rule_that_fires(console: Console) -> None:
    result = console.run("fitness", str(console.pack), "--data", str(console.data))
    assert result.code == ExitCode.OK
    assert "3 texts; legit 2, scam 1; 1 bad records" in result.out
    row = next(line for line in result.out.splitlines() if line.startswith("turis"))
    assert row.split()[:4] == ["turis", "+1.5", "2", "50.0%"]
    assert "2 rules fire on no text" in result.out
    assert "passed over: data.jsonl:4: missing_text" in result.err


def test_fitness_orders_by_false_alarms(console: Console) -> None:
    result = console.run(
        "fitness", str(console.pack), "--data", str(console.data), "--sort", "alarms", "--top", "1"
    )
    assert "3 more rules fire" in result.out


def test_fitness_shows_one_rule_in_full(console: Console) -> None:
    result = console.run(
        "fitness", str(console.pack), "--data", str(console.data), "--rule", "turis"
    )
    assert "precision 1/2 = 50.0% [9.5%, 90.5%] (positive)" in result.out
    assert "brings +1 positives and +0 negatives to high or above" in result.out
    assert "months    2026-10 1/1, 2026-11 1/2" in result.out


def test_fitness_as_json_holds_every_rule(console: Console) -> None:
    result = console.run("fitness", str(console.pack), "--data", str(console.data), "--json")
    content = json.loads(result.out)
    assert len(content["rules"]) == 6
    assert content["intake"]["errors"] == {"missing_text": 1}


def test_fitness_lists_dead_rules(console: Console) -> None:
    result = console.run("fitness", str(console.pack), "--data", str(console.data), "--dead")
    assert result.out.split() == ["paspor", "uji"]


def test_fitness_says_when_no_label_counts(console: Console) -> None:
    bare = write_data(console.folder / "bare.jsonl", {"text": "visa turis"})
    result = console.run("fitness", str(console.pack), "--data", str(bare))
    assert result.code == ExitCode.OK
    assert "no text has a label that counts" in result.out


def test_fitness_of_an_empty_file_says_so(console: Console) -> None:
    empty = write_data(console.folder / "empty.jsonl")
    result = console.run("fitness", str(console.pack), "--data", str(empty))
    assert result.code == ExitCode.OK
    assert "0 texts" in result.out
    assert "No rule fires" in result.out


def test_an_unknown_rule_is_bad_usage(console: Console) -> None:
    result = console.run("fitness", str(console.pack), "--data", str(console.data), "--rule", "tur")
    assert result.code == ExitCode.USAGE
    assert "did you mean 'turis'" in result.err


def test_overlap_shows_pairs_in_the_examples(console: Console) -> None:
    result = console.run("overlap", str(console.pack))
    assert result.code == ExitCode.OK
    row = next(line for line in result.out.splitlines() if line.startswith("gabung  muka"))
    assert row.split()[2:] == ["3", "3", "6", "0.50", "100.0%", "3.0", "same", "cap", "builds-on"]


def test_overlap_of_one_rule_in_data(console: Console) -> None:
    options = ["--data", str(console.data), "--at-least", "1", "--json"]
    result = console.run("overlap", str(console.pack), "--rule", "resmi", *options)
    pairs = json.loads(result.out)["pairs"]
    assert [(pair["first"], pair["second"]) for pair in pairs] == [("resmi", "muka")]


def test_overlap_without_pairs_says_so(console: Console) -> None:
    result = console.run("overlap", str(console.pack), "--data", str(console.data))
    assert "no pairs fire together often enough" in result.out


@pytest.fixture
def lighter(console: Console) -> Path:
    """The small pack with a rule of less weight."""
    rules = {**RULES, "gabung": {**RULES["gabung"], "weight": 0.2}}
    return write_pack(console.folder / "lighter", rules, version="1.1.0")


def test_impact_shows_levels_rules_and_texts(console: Console, lighter: Path) -> None:
    result = console.run("impact", str(console.pack), str(lighter), "--data", str(console.data))
    assert result.code == ExitCode.OK
    assert "1 change: level of 1, score of 1, findings of 0" in result.out
    assert "high -> caution" in result.out
    row = next(line for line in result.out.splitlines() if line.startswith("gabung"))
    assert row.split() == ["gabung", "·", "·", "1", "(scam", "1)", "·", "1", "(scam", "1)"]
    assert "~gabung" in result.out


def test_impact_writes_a_page(console: Console, lighter: Path) -> None:
    page = console.folder / "page.html"
    options = ["--data", str(console.data), "--html", str(page)]
    result = console.run("impact", str(console.pack), str(lighter), *options)
    assert result.code == ExitCode.OK
    assert "contoh 1.1.0" in page.read_text(encoding="utf-8")


def test_impact_as_json_holds_the_changed_texts(console: Console, lighter: Path) -> None:
    options = ["--data", str(console.data), "--json"]
    result = console.run("impact", str(console.pack), str(lighter), *options)
    content = json.loads(result.out)
    assert [change["text"] for change in content["changes"]] == [BOTH]
    assert content["new"]["version"] == "1.1.0"


def test_impact_of_no_change_says_so(console: Console) -> None:
    pack = str(console.pack)
    result = console.run("impact", pack, pack, "--data", str(console.data))
    assert result.code == ExitCode.OK
    assert "0 change" in result.out


def test_impact_of_a_folder_that_is_not_there_is_bad_usage(console: Console) -> None:
    result = console.run("impact", "shipped", "nowhere", "--data", str(console.data))
    assert result.code == ExitCode.USAGE
    assert "no folder 'nowhere'" in result.err


def test_a_broken_pack_is_told_and_nothing_is_written(console: Console, lighter: Path) -> None:
    (lighter / "pack.yaml").write_text("name: x\n", encoding="utf-8")
    page = console.folder / "page.html"
    options = ["--data", str(console.data), "--html", str(page)]
    result = console.run("impact", str(console.pack), str(lighter), *options)
    assert result.code == ExitCode.INVALID_RULES
    assert not page.exists()


def test_conflicts_shows_kinds_rules_and_texts(console: Console) -> None:
    data = write_data(console.folder / "c.jsonl", {"text": "paspor dipegang, izin resmi"})
    result = console.run("conflicts", str(console.pack), "--data", str(data))
    assert result.code == ExitCode.OK
    assert "36 examples and 1 texts; no labels: 1 conflicts" in result.out
    assert "floor-over-trust" in result.out
    assert "  paspor / resmi: 1 text\n      c.jsonl:1: paspor dipegang, izin resmi" in result.out


def test_conflicts_of_one_kind_as_json(console: Console) -> None:
    data = write_data(console.folder / "c.jsonl", {"text": "paspor dipegang, izin resmi"})
    options = ["--data", str(data), "--json", "--kind"]
    result = console.run("conflicts", str(console.pack), *options, "floor-over-trust")
    assert [item["second"] for item in json.loads(result.out)["conflicts"]] == ["resmi"]
    result = console.run("conflicts", str(console.pack), *options, "same-words")
    assert json.loads(result.out)["conflicts"] == []


def test_profile_lists_rules_with_what_they_cost(console: Console) -> None:
    result = console.run("profile", str(console.pack), "--data", str(console.data))
    assert result.code == ExitCode.OK
    assert "6 rules, 6 signals, 11 trie nodes" in result.out
    row = next(line for line in result.out.splitlines() if line.startswith("muka"))
    assert row.split() == ["muka", "0.67", "0.67", "2", "1", "1"]


def test_profile_lists_signals_over_the_examples(console: Console) -> None:
    result = console.run("profile", str(console.pack), "--by", "signal", "--repeats", "1")
    row = next(line for line in result.out.splitlines() if line.startswith("deposit"))
    assert row.split() == ["deposit", "0.33", "0.33", "2", "0", "0", "1"]


def test_profile_without_a_rule(console: Console) -> None:
    result = console.run("profile", str(console.pack), "--without", "muka")
    assert result.code == ExitCode.OK
    assert "without muka (signals: deposit)" in result.out
    result = console.run("profile", str(console.pack), "--without", "gabung")
    assert "has no signal of its own" in result.out


def test_profile_as_json_holds_all(console: Console) -> None:
    result = console.run("profile", str(console.pack), "--json", "--repeats", "1")
    content = json.loads(result.out)
    assert len(content["signals"]) == len(content["rules"]) == 6
