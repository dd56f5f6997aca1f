"""A small set of labelled texts of our own, and a screener that is fast to load."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from offer_screen import Screener
from offer_screen.evaluation import Labelled, Texts, read_plan, read_texts

Row = Mapping[str, object]

SCAMS = (
    "Kerja di Kamboja, gaji 25 juta, tanpa keahlian, pakai visa turis, langsung berangkat. "
    "WA 0812-0000-{n:04d}",
    "Admin judi di Myanmar, paspor dipegang agen, biaya dipotong gaji, hubungi 0813-0000-{n:04d}",
    "Tugas online like dan follow, komisi harian, deposit dulu Rp {n}00.000 lalu tarik saldo",
    "Dibutuhkan CS di Laos, proses cepat tanpa interview, visa kunjungan, gaji dolar {n}00",
    "Bayar biaya pendaftaran Rp {n}50.000 dulu, pasti diterima di PT Contoh Jaya, kuota terbatas",
)
LEGIT = (
    "PT Contoh Makmur {n} membuka lowongan operator produksi, pendidikan SMA, kirim lamaran",
    "Warung Contoh {n} cari tukang masak, gaji sesuai UMK, datang langsung membawa lamaran",
    "Program G to G perawat ke Jepang gelombang {n}, daftar lewat BP3MI, biaya nol rupiah",
    "Butuh sopir truk rute {n} kota, SIM B2, gaji bulanan dan BPJS, wawancara di kantor",
)
OTHER = (
    "Waspada modus kerja luar negeri gaji besar tanpa keahlian, sudah {n} korban melapor",
    "Besok rapat RT jam {n}, tolong bawa kursi sendiri ya bapak ibu",
    "Polisi menangkap {n} orang yang menjanjikan kerja di luar negeri dengan visa turis",
)


def rows(count: int = 8) -> list[Row]:
    found: list[Row] = []
    for label, kind, texts in (
        ("scam", "offer", SCAMS),
        ("legit", "offer", LEGIT),
        ("not_offer", "awareness", OTHER[::2]),
        ("not_offer", "other", OTHER[1:2]),
    ):
        for which, text in enumerate(texts):
            found.extend(
                {
                    "id": f"{label}-{kind}-{which}-{n}",
                    "text": text.format(n=n),
                    "label": label,
                    "kind": kind,
                    "family": f"{label}-{which}-{n // 2}",
                    "channel": ("whatsapp", "poster", "facebook")[n % 3],
                    "register": ("formal", "slang")[n % 2],
                    "harm": "money_fraud" if which in {2, 4} else "trafficking",
                    "subtle": which == 4,
                }
                for n in range(1, count + 1)
            )
    return found


def write(path: Path, given: Iterable[Row]) -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in given]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    return read_texts(
        [write(tmp_path_factory.mktemp("texts") / "small.jsonl", rows())], read_plan()
    )


@pytest.fixture(scope="session")
def labelled(texts: Texts) -> tuple[Labelled, ...]:
    return texts.texts


@pytest.fixture(scope="session")
def shipped() -> Screener:
    """Rules only, with the analysts' weights: what a training changes is not tested here."""
    return Screener.load(engine="compiled", model=None, weights="authored")
