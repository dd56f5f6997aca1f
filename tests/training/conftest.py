"""A corpus in miniature, of our own writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCAMS = (
    "kerja di luar negeri pakai visa turis, paspor dipegang bos",
    "berangkat minggu depan pakai visa turis, biaya ke rekening pribadi",
    "transfer dulu biaya seragam ke rekening pribadi ya kak",
    "tugas like video, deposit dulu nanti komisi cair",
)
LEGIT = (
    "warung butuh tukang cuci piring, kerja di dapur, gaji mingguan",
    "pabrik garmen buka lowongan operator jahit, lamaran ke pos satpam",
    "kapal pesiar cari juru masak, wajib sertifikat dan wawancara",
    "toko roti cari penjaga toko, datang bawa lamaran ke toko",
)
OTHERS = (
    ("inquiry", "apakah kerja di luar negeri pakai visa turis itu boleh ya kak"),
    ("inquiry", "mau tanya, lowongan pabrik ini beneran atau bukan ya"),
    ("awareness", "waspada tawaran kerja pakai visa turis, lapor ke polisi"),
    ("news", "polisi menangkap perekrut yang memegang paspor korban"),
    ("other", "jual motor bekas, surat lengkap, datang ke rumah saja"),
    ("other", "resep ayam goreng enak, tinggal bumbu dan minyak"),
)


def records() -> list[dict[str, Any]]:
    """Return texts in families of three, each family told three times with small changes."""
    rows: list[dict[str, Any]] = []
    for turn, ending in enumerate(("", " hari ini", " teman-teman")):
        for index, text in enumerate(SCAMS):
            rows.append({"text": text + ending, "label": "scam", "kind": "offer"})
            rows[-1]["family"] = f"f{index}{turn}"
        for index, text in enumerate(LEGIT):
            rows.append({"text": text + ending, "label": "legit", "kind": "offer"})
            rows[-1]["family"] = f"f{index}{turn}"
        for index, (kind, text) in enumerate(OTHERS):
            rows.append({"text": text + ending, "label": "not_offer", "kind": kind})
            rows[-1]["family"] = f"f{index}{turn}"
    for index, row in enumerate(rows):
        row |= {"id": f"t{index}", "channel": "whatsapp" if index % 2 else "facebook"}
    return rows


Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write records as JSON lines and return the file."""

    def to_file(rows: list[dict[str, Any]], name: str = "corpus.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return to_file
