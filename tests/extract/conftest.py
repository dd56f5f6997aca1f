"""The real text stage, with the slang that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from offer_screen.text.normalizer import Normalizer, Slang

TEXT = Path(__file__).resolve().parents[2] / "rules" / "text"


@pytest.fixture(scope="session")
def normalizer() -> Normalizer:
    slang: dict[str, Slang] = {}
    for path in sorted(TEXT.glob("*.yaml")):
        for short, entry in yaml.safe_load(path.read_text("utf-8"))["slang"].items():
            if entry.get("gloss", False):
                continue
            slang[short] = Slang(
                tuple(entry["normal"].lower().split()),
                ambiguous=entry.get("ambiguous", False),
                after_number=entry.get("after_number", False),
            )
    vocabulary = {word for entry in slang.values() for word in entry.words}
    vocabulary |= {
        "juta",
        "ribu",
        "bulan",
        "hari",
        "tahun",
        "minggu",
        "jam",
        "gaji",
        "visa",
        "turis",
    }
    return Normalizer(slang, frozenset(vocabulary))
