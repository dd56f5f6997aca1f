"""``offer-screen rules docs``."""

from __future__ import annotations

from pathlib import Path

from offer_screen.cli import ExitCode
from tests.cli.conftest import Runner
from tests.rules.conftest import GOOD_PACK


def test_pages_are_written_then_checked(run: Runner, tmp_path: Path) -> None:
    out = tmp_path / "rules"
    command = ("rules", "docs", str(out), "--rules", str(GOOD_PACK))
    missing = run(*command, "--check")
    assert missing.code == ExitCode.FINDINGS
    assert "README.md: out of date" in missing.out
    assert not out.exists()
    assert run(*command).code == ExitCode.OK
    fresh = run(*command, "--check")
    assert (fresh.code, fresh.out) == (ExitCode.OK, "")


def test_what_nothing_makes_any_more_is_told(run: Runner, tmp_path: Path) -> None:
    command = ("rules", "docs", str(tmp_path), "--rules", str(GOOD_PACK))
    run(*command)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    (tmp_path / "gone.md").write_text(page, encoding="utf-8")
    result = run(*command, "--check")
    assert result.code == ExitCode.FINDINGS
    assert "gone.md: no such category" in result.out
