"""``offer-screen rules fired``."""

from __future__ import annotations

from offer_screen.cli import ExitCode
from tests.cli.conftest import Runner


def test_the_rules_behind_a_report_are_listed_by_id(run: Runner) -> None:
    result = run("rules", "fired", "masuk pakai visa turis")
    assert result.code == ExitCode.OK
    assert result.out.splitlines()[0].startswith("critical, ")
    assert "turis  pay" in result.out
    assert "'turis'" in result.out
