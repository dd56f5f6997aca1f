"""``offer-screen rules new``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode
from offer_screen.rules.loader import load_ruleset
from tests.cli.conftest import Runner
from tests.rules.conftest import GOOD_PACK

NAMED = ("--id", "uniform-fee", "--category", "pay", "--title-id", "Uang seragam")
GIVEN = (*NAMED, "--title-en", "A fee for a uniform", "--severity", "low", "--phrase", "uang baju")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))


def test_a_draft_is_written_and_its_files_are_named(run: Runner, pack: Path) -> None:
    result = run("rules", "new", str(pack), *GIVEN, "--no-match", "Tanpa uang baju.")
    assert result.code == ExitCode.OK
    written = [Path(line).relative_to(pack).as_posix() for line in result.out.splitlines()]
    assert written[:2] == ["pay/uniform-fee.yaml", "signals/uniform-fee.yaml"]
    assert "TODO" in result.err
    assert load_ruleset([pack]).rules["uniform-fee"].examples.no_match[0] == "Tanpa uang baju."


def test_a_second_draft_of_the_same_name_is_refused(run: Runner, pack: Path) -> None:
    run("rules", "new", str(pack), *GIVEN)
    result = run("rules", "new", str(pack), *GIVEN)
    assert result.code == ExitCode.INPUT
    assert "exists already" in result.err


def test_a_wrong_category_is_told_like_any_error_of_a_pack(run: Runner, pack: Path) -> None:
    result = run("rules", "new", str(pack), *GIVEN, "--category", "py")
    assert result.code == ExitCode.INVALID_RULES
    assert "did you mean 'pay'?" in result.err
    assert not (pack / "py").exists()


def test_what_lacks_is_bad_usage_where_nobody_can_be_asked(run: Runner, pack: Path) -> None:
    result = run("rules", "new", str(pack), *NAMED)
    assert result.code == ExitCode.USAGE
    assert "--title-en" in result.err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_what_lacks_is_asked_for_on_a_terminal(pack: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "offer_screen.cli", "rules", "new", str(pack), *NAMED]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        os.write(ours, b"A fee for a uniform\ngreat\nhigh\nuang baju\nuang kaus\n\n")
        out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == ExitCode.OK, err
    assert "uniform-fee.yaml" in out
    assert "one of info, low, medium, high, critical" in err
    ruleset = load_ruleset([pack])
    assert ruleset.rules["uniform-fee"].title.en == "A fee for a uniform"
    assert ruleset.signals["uniform-fee"].phrases == ("uang baju", "uang kaus")
