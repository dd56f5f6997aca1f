"""Small packs whose scores can be worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SIGNALS = {
    "tourist-visa": ["visa turis"],
    "deposit": ["uang muka"],
    "passport-kept": ["paspor dipegang"],
    "licensed": ["izin resmi"],
    "daily-bonus": ["bonus harian"],
    "paid-visa": ["bayar ~2 visa turis"],
}

RULES: Mapping[str, Mapping[str, Any]] = {
    "turis": {"weight": 1.5, "when": {"all": ["tourist-visa"]}},
    "muka": {"weight": 2.0, "when": {"all": ["deposit"]}},
    "paspor": {
        "weight": 1.0,
        "when": {"all": ["passport-kept"]},
        "severity": "critical",
        "floor": "high",
    },
    "gabung": {"weight": 2.0, "when": {"all": [{"finding": "turis"}, {"finding": "muka"}]}},
    "uji": {"weight": 4.0, "when": {"all": ["daily-bonus"]}, "status": "experimental"},
    "resmi": {"weight": -1.5, "when": {"all": ["licensed"]}, "type": "trust_sign"},
}
"""What each rule says; the rest of its file is filled in."""

TEXTS = {
    "turis": "visa turis",
    "muka": "uang muka",
    "paspor": "paspor dipegang",
    "gabung": "uang muka, visa turis",
    "uji": "bonus harian",
    "resmi": "izin resmi",
}


def write_pack(
    folder: Path,
    rules: Mapping[str, Mapping[str, Any]] = RULES,
    *,
    signals: Mapping[str, list[str]] = SIGNALS,
    version: str = "1.0.0",
) -> Path:
    """Write a pack: base -3.5, caution from 20 points, high from 60, no cap that bites."""
    _write(
        folder / "pack.yaml",
        schema_version=1,
        name="contoh",
        version=version,
        licence="Apache-2.0",
        base_log_odds=-3.5,
        trust_cap=2.0,
        levels={"caution": 20, "high": 60, "critical": 90},
        categories={
            "flags": {"title": {"id": "Tanda", "en": "Flags"}, "cap": 20.0},
            "trust": {"title": {"id": "Baik", "en": "Trust"}, "cap": 2.0},
        },
    )
    kinds = {"offer": {"base": 1}, "inquiry": {}, "awareness": {}, "other": {}}
    _write(folder / "kinds.yaml", kinds=kinds)
    _write(folder / "stance.yaml", negators=["tidak"], warners=["waspada"], reporters=["konon"])
    _write(
        folder / "signals" / "all.yaml",
        signals={name: {"phrases": phrases} for name, phrases in signals.items()},
    )
    for name, rule in rules.items():
        category = "trust" if rule.get("type") == "trust_sign" else "flags"
        _write(folder / category / f"{name}.yaml", **_rule(name, category, rule))
    return folder


def write_data(path: Path, *rows: Mapping[str, Any]) -> Path:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _rule(name: str, category: str, given: Mapping[str, Any]) -> dict[str, Any]:
    text = TEXTS.get(name, "visa turis")
    return {
        "id": name,
        "category": category,
        "title": {"id": f"Tanda {name}", "en": f"Sign {name}"},
        "severity": "high",
        "specificity": "high",
        "explain": {"id": f"Ada {name}.", "en": f"There is {name}."},
        "rationale": "A rule that tests can work out by hand.",
        "sources": ["contoh 2026"],
        "false_positives": ["Paket wisata"],
        "examples": {
            "match": [f"{text} satu", f"{text} dua", f"{text} tiga"],
            "no_match": ["kerja di pabrik", "kerja di toko", "kerja di kebun"],
        },
        "created": "2026-11-24",
        **({"faked_by": "A copied number."} if category == "trust" else {}),
        **given,
    }


def _write(path: Path, **content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON is YAML; only the day must stand without quotation marks.
    text = json.dumps(content, ensure_ascii=False)
    path.write_text(text.replace('"2026-11-24"', "2026-11-24"), encoding="utf-8")
