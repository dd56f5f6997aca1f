from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet

FIXTURES = Path(__file__).parents[1] / "fixtures"
GOOD_PACK = FIXTURES / "good_pack"
BAD_PACKS = FIXTURES / "bad_packs"

EditPack = Callable[..., Path]
"""Copies the good pack and replaces text in files: ``edit("pay/x.yaml", ("old", "new"), …)``."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the good pack."""
    return Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))


@pytest.fixture
def edit(pack: Path) -> EditPack:
    def replace(file: str, *pairs: tuple[str, str]) -> Path:
        path = pack / file
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, f"{old!r} is not in {file}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return pack

    return replace


@pytest.fixture(scope="session")
def small() -> RuleSet:
    """The good pack, loaded."""
    return load_ruleset([GOOD_PACK])
