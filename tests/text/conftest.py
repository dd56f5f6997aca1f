"""A normalizer with the slang that is shipped and a small vocabulary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from offer_screen.text.normalizer import Normalizer, Slang

TEXT_RULES = Path(__file__).resolve().parents[2] / "rules" / "text"

VOCABULARY = frozenset(
    """
    admin akan angkat bayar berangkat besar biaya boleh buruan cepat ditanggung gaji gratis hari
    jam juta judi judol kamboja kerja ktp laos maaf mudah negeri luar online paspor pengalaman
    proses scam slot tanpa terbang tiket tki turis usia visa hongkong bulan
    """.split()
)


def slang_entries(name: str) -> dict[str, dict[str, Any]]:
    """Return the entries of a file of ``rules/text``."""
    content = yaml.safe_load((TEXT_RULES / f"{name}.yaml").read_text("utf-8"))
    entries: dict[str, dict[str, Any]] = content["slang"]
    return entries


@pytest.fixture(scope="session")
def normalizer() -> Normalizer:
    slang = {
        short: Slang(
            tuple(entry["normal"].lower().split()),
            ambiguous=entry.get("ambiguous", False),
            after_number=entry.get("after_number", False),
        )
        for name in ("slang", "regional")
        for short, entry in slang_entries(name).items()
        if not entry.get("gloss", False)
    }
    return Normalizer(slang, VOCABULARY)
