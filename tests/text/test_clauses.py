from __future__ import annotations

import pytest

from offer_screen.text.clauses import quotes
from offer_screen.text.normalizer import Normalizer


def clauses(normalizer: Normalizer, text: str) -> list[str]:
    out: list[list[str]] = []
    for token in normalizer.read(text).tokens:
        if token.starts_clause:
            out.append([])
        out[-1].append(token.text)
    return [" ".join(words) for words in out]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gaji besar. Kerja mudah! Minat? Japri; cepat", 5),
        ("Gaji Rp. 7 juta di PT. Contoh Migran, Jl. Mawar No. 5 a.n. Siti", 1),
        ("KTP, KK, dll. dibawa ke kantor", 1),
        ("KTP, KK, dll. Minat hubungi", 2),
        ("Gaji 7.500.000 per bulan jam 07.00 sampai 16.00", 1),
        ("Jam 07.00 WIB. Bawa KTP", 2),
        ("gaji besar\nmess gratis\nsemua ditanggung", 1),
        ("gaji besar\n\nmess gratis", 2),
        ("gaji besar\n- mess\n* makan\n• tiket\n✅ visa\n👉 paspor", 6),
        ("syarat\n1. ktp\n2) kk\na) ijazah\n(3) foto", 5),
        ("Posisi: admin\nGaji : besar\n*Lokasi* : Laos\nminat", 3),
        ("mulai\njam 08:00 datang", 1),
        ("✅ gaji besar ✅ makan gratis ➡️ japri", 3),
        ("gaji 7 jt😍💰/bln", 1),
        ("satu\r\n\r\ndua\u2028\u2028tiga", 3),
        ("gaji (besar!) sekali", 2),
        ("", 0),
    ],
)
def test_clauses_begin_at_sentences_items_and_labels(
    normalizer: Normalizer, text: str, expected: int
) -> None:
    assert len(clauses(normalizer, text)) == expected


def test_list_numbers_are_no_tokens(normalizer: Normalizer) -> None:
    assert clauses(normalizer, "1. KTP\n2) KK\na. foto") == ["KTP", "KK", "foto"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('kata “gaji besar” dan "cepat"', ["gaji besar", "cepat"]),
        ("‘satu’ «dua» 'tiga empat'", ["satu", "dua", "tiga empat"]),
        ("hari Jum'at ta' bayar do'a", []),
        ("'jum'at kerja' ok", ["jum'at kerja"]),
        ('tanpa penutup "gaji', []),
        ('"a\n\nb" "c"', ["c"]),
        ("„Gaji“", ["Gaji"]),
        ('"' + "x" * 700 + '"', []),
    ],
)
def test_quotes_are_paired(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotes(text)] == expected


def test_quotes_are_spans_of_the_original(normalizer: Normalizer) -> None:
    text = "&quot;ga\u200bji&quot; “b̶esar”"
    assert [text[a:b] for a, b in normalizer.read(text).quotes] == ["ga\u200bji", "b̶esar"]
