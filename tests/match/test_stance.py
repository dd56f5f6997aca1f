from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.values import Stance
from tests.match.conftest import Finder, ruleset_of

FIND = Finder(
    ruleset_of(
        {
            "deduction": ["potongan gaji"],
            "big-pay": ["gaji besar"],
            "no-skill": ["tanpa keahlian"],
            "fee": ["biaya pendaftaran"],
            "no-need": ["tidak usah keahlian"],
        }
    )
)


def stances(text: str) -> dict[str, str]:
    return {item.name: item.stance.value for item in FIND(text)}


@pytest.mark.parametrize(
    ("text", "name", "stance"),
    [
        ("Ada potongan gaji 3 bulan", "deduction", "asserted"),
        ("Tidak ada potongan gaji", "deduction", "negated"),
        ("tdk ada potongan gaji", "deduction", "negated"),
        ("gausah keahlian", "no-need", "asserted"),
        ("Ti\u200bdak ada pot\u200bongan gaji", "deduction", "negated"),
        ("Tidak &#97;da potongan gaji", "deduction", "negated"),
        ("Tanpa potongan gaji", "deduction", "negated"),
        ("tidak akan ada lagi potongan gaji", "deduction", "asserted"),
        ("Biaya pendaftaran tidak ada", "fee", "negated"),
        ("Biaya pendaftaran: tidak ada", "fee", "negated"),
        ("Biaya pendaftaran dan tidak ada bunga", "fee", "asserted"),
        ("Biaya pendaftaran dan jaminan tidak ada", "fee", "negated"),
        ("Biaya pendaftaran 500 ribu, tidak ada bunga", "fee", "asserted"),
        ("tidak ribet, gaji besar", "big-pay", "asserted"),
        ("tidak ribet (gaji besar)", "big-pay", "asserted"),
        ("Tidak sulit. Gaji besar", "big-pay", "asserted"),
        ("tanpa keahlian gaji besar", "big-pay", "asserted"),
        ("tanpa keahlian gaji besar", "no-skill", "asserted"),
        ("Waspada janji gaji besar", "big-pay", "warned"),
        ("Jangan percaya gaji besar tanpa keahlian", "no-skill", "warned"),
        ("Waspada! Gaji besar menanti", "big-pay", "asserted"),
        ("Gaji besar menanti, waspada", "big-pay", "asserted"),
        ("Korban dijanjikan gaji besar", "big-pay", "reported"),
        ("Gaji besar itu dijanjikan agen", "big-pay", "reported"),
        (f"Waspada {'kata ' * 17}gaji besar", "big-pay", "warned"),
        (f"Waspada {'kata ' * 21}gaji besar", "big-pay", "asserted"),
        (f"Gaji besar {'kata ' * 17}dijanjikan", "big-pay", "reported"),
        (f"Gaji besar {'kata ' * 21}dijanjikan", "big-pay", "asserted"),
        ('Waspada iklan "gaji besar, tanpa keahlian"', "big-pay", "quoted"),
        ('Lowongan "gaji besar" menanti', "big-pay", "asserted"),
    ],
)
def test_the_stance_of_a_mention(text: str, name: str, stance: str) -> None:
    assert stances(text)[name] == stance


@pytest.mark.property
@given(st.text(max_size=120))
def test_judging_changes_nothing_but_stances(text: str) -> None:
    document = FIND.normalizer.read(text)
    before = FIND.matcher.find(document, ())
    after, _ = FIND.judge.judge(document, before, ())
    assert [item.with_stance(Stance.ASSERTED) for item in after] == list(before)
