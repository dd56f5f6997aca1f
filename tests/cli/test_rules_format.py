from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from offer_screen.cli import ExitCode
from tests.cli.conftest import Runner
from tests.rules.conftest import GOOD_PACK


@pytest.fixture
def pack(tmp_path: Path, run: Runner) -> Path:
    folder = Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))
    assert run("rules", "format", str(folder)).code == ExitCode.OK
    return folder


@pytest.fixture
def untidy(pack: Path) -> Path:
    path = pack / "kinds.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("base: ", "base:   "), "utf-8")
    return path


def test_a_formatted_pack_passes_the_check(run: Runner, pack: Path) -> None:
    result = run("rules", "format", str(pack), "--check")
    assert (result.code, result.out) == (ExitCode.OK, "")
    assert "0 files would change" in result.err


def test_check_names_the_files_and_changes_nothing(run: Runner, pack: Path, untidy: Path) -> None:
    before = untidy.read_text(encoding="utf-8")
    result = run("rules", "format", str(pack), "--check")
    assert (result.code, result.out) == (ExitCode.FINDINGS, f"{untidy.as_posix()}\n")
    assert untidy.read_text(encoding="utf-8") == before


def test_diff_shows_the_lines(run: Runner, pack: Path, untidy: Path) -> None:
    before = untidy.read_text(encoding="utf-8")
    result = run("rules", "format", str(pack), "--diff")
    assert result.code == ExitCode.OK
    assert {"-  other: {base:   0.5}", "+  other: {base: 0.5}"} <= set(result.out.splitlines())
    assert untidy.read_text(encoding="utf-8") == before


def test_format_writes_the_files(run: Runner, pack: Path, untidy: Path) -> None:
    result = run("rules", "format", str(pack))
    assert (result.code, result.out) == (ExitCode.OK, f"{untidy.as_posix()}\n")
    assert run("rules", "format", str(pack), "--check").code == ExitCode.OK


def test_a_file_that_is_not_yaml_is_told_and_nothing_is_written(
    run: Runner, pack: Path, untidy: Path
) -> None:
    before = untidy.read_text(encoding="utf-8")
    (pack / "stance.yaml").write_text("negators: [\n", encoding="utf-8")
    result = run("rules", "format", str(pack))
    assert result.code == ExitCode.INVALID_RULES
    assert "stance.yaml:2:1: R005" in result.err
    assert untidy.read_text(encoding="utf-8") == before


def test_the_schema_of_every_kind_of_file_can_be_had(run: Runner, tmp_path: Path) -> None:
    assert '"cues"' in run("rules", "schema", "kinds").out
    assert '"severity"' in run("rules", "schema").out
    assert run("rules", "schema", "signal").code == ExitCode.USAGE
    assert run("rules", "schema", "--out", str(tmp_path)).code == ExitCode.OK
    assert (tmp_path / "reference-jobs.schema.json").is_file()
