"""Keeps docs/layers.md and examples/layer in step, and runs what the page says to run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from offer_screen.cli import main
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.overrides import Change, OverridesFile, RuleChange

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "layers.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "layer"

BLOCKS = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, flags=re.DOTALL)
COMMANDS = [
    shlex.split(line)[1:]
    for line in re.findall(r"^\$ (offer-screen .*)$", PAGE, flags=re.MULTILINE)
]


def test_every_block_of_yaml_is_a_file_of_the_example() -> None:
    assert PAGE.count("```yaml") == len(BLOCKS)
    assert dict(BLOCKS) == {
        name: (EXAMPLE / name).read_text(encoding="utf-8") for name, _ in BLOCKS
    }


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_of_the_page_runs(
    command: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(command) == 0
    assert capsys.readouterr().out


def test_the_answer_that_the_page_shows_is_what_comes_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = re.search(r"```text\n(.*?)```", PAGE, flags=re.DOTALL)
    assert shown is not None
    monkeypatch.chdir(ROOT)
    main(["rules", "explain-config", "--rules", "examples/layer"])
    assert shown[1] in capsys.readouterr().out.replace(f"{ROOT.as_posix()}/", "")


def test_every_section_and_operation_is_documented() -> None:
    tables = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))
    documented = set(re.findall(r"`([a-z]+)`", tables))
    assert {
        *OverridesFile.model_fields,
        *Change.model_fields,
        *RuleChange.model_fields,
    } <= documented


def test_the_examples_of_the_layer_match_what_its_rules_say() -> None:
    own = load_ruleset([EXAMPLE]).rules.keys() - load_ruleset().rules.keys()
    assert own == {"hamlet-coordinator-abroad"}
    for rule in own:
        assert main(["rules", "test", str(EXAMPLE), "--rule", rule]) == 0
