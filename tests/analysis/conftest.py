from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from offer_screen.analysis.samples import Sample
from offer_screen.screener import Screener
from tests.analysis.packs import write_pack


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack."""
    return write_pack(tmp_path_factory.mktemp("packs") / "small")


@pytest.fixture(scope="session")
def small(pack: Path) -> Screener:
    """A screener with the small pack."""
    return load(pack)


def load(pack: Path) -> Screener:
    """Return a screener with a pack, on a fixed day."""
    return Screener.load([pack], engine="compiled", as_of=dt.date(2026, 11, 24))


def samples(*rows: tuple[str, str | None], month: str | None = None) -> Iterator[Sample]:
    """Yield texts with their labels."""
    for line, (text, label) in enumerate(rows, start=1):
        yield Sample("data.jsonl", line, None, text, label, month)
