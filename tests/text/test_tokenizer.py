from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offer_screen.text import tokenizer
from offer_screen.text.tokenizer import Splitter, is_address, is_phone


def split(chunk: str) -> list[str]:
    """Return the words, numbers and signs of ``chunk`` that are no separators."""
    pieces = [chunk[start:end] for start, end in Splitter(lambda _: False).split(chunk)]
    return [piece for piece in pieces if any(c.isalnum() or c in "$€%+-–" for c in piece)]


@pytest.mark.parametrize(
    ("chunk", "pieces"),
    [
        ("(admin),", ["admin"]),
        ("*Gaji:", ["Gaji"]),
        ("Rp7.000.000,", ["Rp7.000.000"]),
        ("7-12jt/bln", ["7", "-", "12jt", "bln"]),
        ("US$4.200", ["US", "$", "4.200"]),
        ("€2000–2500/bln", ["€", "2000", "–", "2500", "bln"]),
        ("800$/bln", ["800", "$", "bln"]),
        ("30jt++", ["30jt", "++"]),
        ("komisi5%", ["komisi5", "%"]),
        ("07.00-16.00", ["07.00", "-", "16.00"]),
        ("18/2017", ["18/2017"]),
        ("SMA/SMK", ["SMA", "SMK"]),
        ("gaji//besar", ["gaji", "besar"]),
        ("visa_turis", ["visa", "turis"]),
        ("no~scam", ["no", "scam"]),
        ("mudah.Gaji", ["mudah", "Gaji"]),
        ("k*mboja", ["k*mboja"]),
        ("g@ji", ["g@ji"]),
        ("jum'at", ["jum'at"]),
        ("E-9", ["E-9"]),
        ("tipu-tipu", ["tipu-tipu"]),
        ("https://contoh.id/a?b=c.", ["https://contoh.id/a?b=c"]),
        ("(nama@contoh.co.id)", ["nama@contoh.co.id"]),
        ("@contoh_migran,", ["@contoh_migran"]),
        ("0812-0000-1234.", ["0812-0000-1234"]),
        ("+62812-0000-1234", ["+62812-0000-1234"]),
        ("O812-OOOO-1234", ["O812-OOOO-1234"]),
    ],
)
def test_chunk_is_cut_by_our_rules(chunk: str, pieces: list[str]) -> None:
    assert split(chunk) == pieces


@pytest.mark.parametrize("phone", ["0812-0000-1234", "+85512000000", "021-5550000"])
def test_phone_numbers_are_recognised(phone: str) -> None:
    assert is_phone(phone)


@pytest.mark.parametrize(
    "other", ["800-1200", "07.00-16.00", "20.000-22.000", "7.000.000", "loker"]
)
def test_ranges_and_amounts_are_no_phone_numbers(other: str) -> None:
    assert not is_phone(other)


def test_addresses_are_recognised() -> None:
    assert is_address("siskop2mi.bp2mi.go.id")
    assert is_address("wa.me/6281200001234")
    assert not is_address("a.n")
    assert not is_address("7.500")


def test_importing_the_text_stage_does_not_import_spacy() -> None:
    code = (
        "import sys, offer_screen.text.normalizer as n;"
        "assert 'spacy' not in sys.modules;"
        "n.Normalizer({}, frozenset()).read('gaji 7jt/bln, (+bonus)');"
        "assert 'spacy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_shipped_pack_and_a_plain_text_need_no_spacy() -> None:
    code = (
        "import sys; from offer_screen import Screener;"
        "Screener.load().screen('Kerja di luar negeri, gaji 7jt/bln');"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.property
@given(
    st.builds(
        str.__add__,
        st.sampled_from("aBz09éO"),
        st.text(alphabet="aBz09é.,:/-'’_+$%€@#!|*()\"🇮🇩~–&\u0301O", max_size=11),
    )
)
@example("smp/sma,")
@example("nt$")
@example("ke-")
@example("0812-0000-1234)")
@example("1.5x!")
def test_chunks_without_a_prefix_are_cut_as_spacy_cuts_them(chunk: str) -> None:
    splitter = Splitter(lambda text: text in {"a.n.", "s/d"})
    by_spacy = tokenizer._new_tokenizer(splitter._whole)(chunk)
    edged = tokenizer._EDGED.fullmatch(chunk)
    if edged is None:  # the marks around a plain word are left out
        expected = [(piece.idx, piece.idx + len(piece)) for piece in by_spacy]
        assert splitter.split(chunk) == expected


def test_tokenizer_is_thrown_away_before_its_vocabulary_grows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    build = tokenizer._new_tokenizer

    def counted(whole: Callable[[str], bool]) -> Callable[[str], list[tokenizer._Piece]]:
        made.append(whole)
        return build(whole)

    monkeypatch.setattr(tokenizer, "_CHARACTERS_KEPT", 1_000)
    monkeypatch.setattr(tokenizer, "_new_tokenizer", counted)
    splitter = Splitter(lambda _: False)
    for number in range(300):
        splitter.split(f"(kata{number}/lain{number}")
    assert len(made) == 5
