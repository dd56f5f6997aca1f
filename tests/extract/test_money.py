"""Amounts of money: values, currency, period and role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.money import find_money, monthly
from offer_screen.extract.money_words import MoneyWords
from offer_screen.facts import Money, Period
from offer_screen.text.normalizer import Normalizer

Finder = Callable[[str], tuple[Money, ...]]

REFERENCE = Path(__file__).resolve().parents[2] / "rules" / "reference"
M, W, D, H, Y, T, C = (
    Period.MONTH,
    Period.WEEK,
    Period.DAY,
    Period.HOUR,
    Period.YEAR,
    Period.TASK,
    Period.CONTRACT,
)


def read_words() -> MoneyWords:
    """Return the shipped currency names and role cues."""
    currencies = yaml.safe_load((REFERENCE / "currencies.yaml").read_text("utf-8"))["currencies"]
    roles = yaml.safe_load((REFERENCE / "money_roles.yaml").read_text("utf-8"))["roles"]
    return MoneyWords.build(
        {code: [*entry["names"], *entry.get("signs", ())] for code, entry in currencies.items()},
        roles,
    )


WORDS = read_words()


@pytest.fixture(scope="session")
def find(normalizer: Normalizer) -> Finder:
    return lambda text: find_money(normalizer.read(text), WORDS)


# Expression, lower end, upper end, currency, period and whatever else is to hold.
TABLE: list[tuple[str, float | None, float | None, str | None, Period | None, dict[str, Any]]] = [
    ("7jt", 7e6, 7e6, "IDR", None, {}),
    ("7 juta", 7e6, 7e6, "IDR", None, {}),
    ("Rp 7.000.000", 7e6, 7e6, "IDR", None, {}),
    ("Rp.7.000.000,-", 7e6, 7e6, "IDR", None, {}),
    ("Rp7jt-12jt", 7e6, 12e6, "IDR", None, {}),
    ("7-12jt/bln", 7e6, 12e6, "IDR", M, {}),
    ("18-25 juta/bln", 18e6, 25e6, "IDR", M, {}),
    ("gaji 15 jt bersih", 15e6, 15e6, "IDR", M, {}),
    ("7,5 juta per bulan", 7.5e6, 7.5e6, "IDR", M, {}),
    ("7.5jt/bulan", 7.5e6, 7.5e6, "IDR", M, {}),
    ("Rp 7.500.000/bulan", 7.5e6, 7.5e6, "IDR", M, {}),
    ("7,500,000 IDR", 7.5e6, 7.5e6, "IDR", None, {}),
    ("8jutaan", 8e6, 8_999_999, "IDR", None, {"approx": True}),
    ("gaji 9 jutaan sebulan", 9e6, 9_999_999, "IDR", M, {"approx": True}),
    ("belasan juta", 11e6, 19e6, "IDR", None, {"approx": True}),
    ("puluhan juta per bulan", 20e6, 99e6, "IDR", M, {"approx": True}),
    ("gaji dua digit", 10e6, 99e6, "IDR", M, {"approx": True}),
    ("ratusan ribu per hari", 100e3, 999e3, "IDR", D, {"approx": True}),
    ("300rb/hari", 300e3, 300e3, "IDR", D, {}),
    ("Rp300 ribu per hari", 300e3, 300e3, "IDR", D, {}),
    ("100-300rb sehari", 100e3, 300e3, "IDR", D, {}),
    ("1,5jt/minggu", 1.5e6, 1.5e6, "IDR", W, {}),
    ("500rb per minggu", 500e3, 500e3, "IDR", W, {}),
    ("sejam 20 dolar Selandia Baru", 20, 20, "NZD", H, {}),
    ("13 Euro per jam", 13, 13, "EUR", H, {}),
    ("12,5 euro per jam", 12.5, 12.5, "EUR", H, {}),
    ("Rp70 ribu per hari", 70e3, 70e3, "IDR", D, {}),
    ("Rp70.000 per jam", 70e3, 70e3, "IDR", H, {}),
    ("800 USD", 800, 800, "USD", None, {}),
    ("USD 1.000", 1000, 1000, "USD", None, {}),
    ("$800-1200", 800, 1200, "USD", None, {}),
    ("800-1200$/bln", 800, 1200, "USD", M, {}),
    ("1000 dollar + bonus", 1000, 1000, "USD", None, {"plus": True}),
    ("gaji pokok $900 + komisi 5%", 900, 900, "USD", M, {"plus": True}),
    ("1.200 USDT per bulan", 1200, 1200, "USDT", M, {}),
    ("600 dollar AS per bulan atau sekitar Rp 10 juta", 600, 600, "USD", M, {}),
    ("US$ 4.200 selama 14 bulan", 4200, 4200, "USD", C, {"months": 14}),
    ("USD300/bulan", 300, 300, "USD", M, {}),
    ("RM 2500", 2500, 2500, "MYR", None, {}),
    ("RM1.700/bulan", 1700, 1700, "MYR", M, {}),
    ("1.200 ringgit", 1200, 1200, "MYR", None, {}),
    ("2500-3000 RM", 2500, 3000, "MYR", None, {}),
    ("ringgit 2 ribu sebulan", 2000, 2000, "MYR", M, {}),
    ("NT$ 28.590", 28590, 28590, "TWD", None, {}),
    ("NTD 20.000 - 22.000 per bulan", 20000, 22000, "TWD", M, {}),
    ("28rb NT", 28000, 28000, "TWD", None, {}),
    ("HK$ 5.100", 5100, 5100, "HKD", None, {}),
    ("HKD4870/bln", 4870, 4870, "HKD", M, {}),
    ("5100 dolar hongkong", 5100, 5100, "HKD", None, {}),
    ("SGD 600", 600, 600, "SGD", None, {}),
    ("2.700 dolar singapura per bulan", 2700, 2700, "SGD", M, {}),
    ("S$550-650", 550, 650, "SGD", None, {}),
    ("1500 real/SAR", 1500, 1500, "SAR", None, {}),
    ("1.500 riyal per bulan", 1500, 1500, "SAR", M, {}),
    ("1200 dirham", 1200, 1200, "AED", None, {}),
    ("100 KD", 100, 100, "KWD", None, {}),
    ("100 dinar kuwait", 100, 100, "KWD", None, {}),
    ("120 real oman", 120, 120, "OMR", None, {}),
    ("OMR 120", 120, 120, "OMR", None, {}),
    ("2.500 riyal qatar", 2500, 2500, "QAR", None, {}),
    ("180.000 yen/bulan", 180000, 180000, "JPY", M, {}),
    ("¥1.163 per jam", 1163, 1163, "JPY", H, {}),
    ("18 man (yen)", 180000, 180000, "JPY", None, {}),
    ("2.156.880 won per bulan", 2156880, 2156880, "KRW", M, {}),
    ("10.320 won per jam", 10320, 10320, "KRW", H, {}),
    ("2,1 juta won", 2.1e6, 2.1e6, "KRW", None, {}),
    ("AU$24,10 per jam", 24.10, 24.10, "AUD", H, {}),
    ("5000 dolar australia sebulan", 5000, 5000, "AUD", M, {}),
    ("1.500 euro", 1500, 1500, "EUR", None, {}),
    ("€2000-2500/bln", 2000, 2500, "EUR", M, {}),
    ("60.000 baht", 60000, 60000, "THB", None, {}),
    ("25k baht/bln", 25000, 25000, "THB", M, {}),
    ("40rb peso", 40000, 40000, "PHP", None, {}),
    ("900 zloty per minggu", 900, 900, "PLN", W, {}),
    ("£12,21/jam", 12.21, 12.21, "GBP", H, {}),
    ("gaji 30 jt++", 30e6, 30e6, "IDR", M, {"plus": True}),
    ("up to 25 juta", 0, 25e6, "IDR", None, {}),
    ("mulai 8 juta", 8e6, None, "IDR", None, {}),
    ("min 10jt max 20jt", 10e6, 20e6, "IDR", None, {}),
    ("s/d 20 juta", 0, 20e6, "IDR", None, {}),
    ("10 s.d 15 jt", 10e6, 15e6, "IDR", None, {}),
    ("Rp 15.000 tiap 3 tugas", 15000, 15000, "IDR", T, {"tasks": 3}),
    ("Rp15.000-30.000 per tugas", 15000, 30000, "IDR", T, {"tasks": 1}),
    ("sehari bisa 900.000", 900e3, 900e3, "IDR", D, {}),
    ("15k per like", 15000, 15000, "IDR", T, {}),
    ("Rp21 juta per tiga bulan", 21e6, 21e6, "IDR", C, {"months": 3}),
    ("setahun 240 juta", 240e6, 240e6, "IDR", Y, {}),
    (
        "tiga kali lipat gaji sekarang",
        None,
        None,
        None,
        None,
        {"relative": 3.0, "relative_to": "present_pay"},
    ),
    ("2x UMR", None, None, None, M, {"relative": 2.0, "relative_to": "umr"}),
    ("tujuh juta rupiah", 7e6, 7e6, "IDR", None, {}),
    ("sejuta setengah", 1.5e6, 1.5e6, "IDR", None, {}),
    ("dua puluh lima juta", 25e6, 25e6, "IDR", None, {}),
    ("135 jt", 135e6, 135e6, "IDR", None, {}),
    ("1 M", 1e9, 1e9, "IDR", None, {}),
    ("7 j u t a", 7e6, 7e6, "IDR", None, {}),
    ("7 jt😍💰/b l n", 7e6, 7e6, "IDR", M, {}),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period", "more"), TABLE, ids=[row[0] for row in TABLE]
)
def test_reads_the_expressions_of_the_fact_base(
    find: Finder,
    text: str,
    low: float | None,
    high: float | None,
    currency: str | None,
    period: Period | None,
    more: Mapping[str, Any],
) -> None:
    money = find(text)[0]
    assert (money.low, money.high, money.currency, money.period) == (low, high, currency, period)
    assert {name: getattr(money, name) for name in more} == more


def test_table_holds_every_row_of_the_fact_base() -> None:
    assert len(TABLE) == 94 + 2  # two rows give two spellings each


ROLES = [
    ("dp 5jt", [("fee", 5e6)]),
    ("daftar 10 juta", [("fee", 10e6)]),
    ("biaya Rp 15 juta ditambah tiket Rp 8 juta", [("fee", 15e6), ("fee", 8e6)]),
    ("batal denda 10jt", [("fine", 10e6)]),
    ("uang fee 3jt utk keluarga", [("advance", 3e6)]),
    ("fee 5 juta untuk keluarga", [("advance", 5e6)]),
    ("potong gaji 6 bln", []),
    ("setor 100rb balik 130rb", [("deposit", 100e3), ("bonus", 130e3)]),
    ("deposit 100rb balik 130rb", [("deposit", 100e3), ("bonus", 130e3)]),
    ("gaji 15jt/bln", [("salary", 15e6)]),
    ("penghasilan s/d 50jt per bln", [("salary", 50e6)]),
    ("15jt biaya", [("fee", 15e6)]),
    ("RM1.200 gaji", [("salary", 1200)]),
    ("300rb/hari", [("salary", 300e3)]),
    ("15k per like", [("salary", 15e3)]),
    ("biaya 300rb per bulan", [("fee", 300e3)]),
    ("uang saku 2 juta per bulan selama pelatihan", [("salary", 2e6)]),
    ("uang saku 3 juta sebelum berangkat", [("advance", 3e6)]),
    ("kasbon 5jt, gaji 400 usd dibayar akhir kontrak", [("advance", 5e6), ("salary", 400)]),
    ("gaji 6jt + tips 1jt", [("salary", 6e6), ("bonus", 1e6)]),
    ("gaji dipotong 2 juta tiap bulan", [("debt", 2e6)]),
    ("hutang 30 juta ke agen", [("debt", 30e6)]),
    ("donor ginjal gol O, 135 juta", [("price", 135e6)]),
    ("mahar 100jt untuk orang tua", [("price", 100e6)]),
    ("bayar tebusan 50 juta", [("fine", 50e6)]),
    ("bonus rekrut 2jt per kepala", [("bonus", 2e6)]),
    ("fee 500rb per rek", [("bonus", 500e3)]),
    ("fee 200rb per hari", [("salary", 200e3)]),
    ("Gaji UMR, sekitar Rp4.100.000/bulan + uang transport", [("salary", None), ("salary", 4.1e6)]),
    ("staf administrasi 9 juta", [("amount", 9e6)]),
    ("Rp 4,2 juta/bulan daftar ke lowongan", [("salary", 4.2e6)]),
    ("harganya 1,6jt/bln", [("price", 1.6e6)]),
    ("Job caregiver Taiwan NT$20.000", [("salary", 20e3)]),
    ("visa 100 USD", [("fee", 100)]),
    ("fee agency 20jt", [("fee", 20e6)]),
    ("paspor 1,5 juta", [("fee", 1.5e6)]),
    ("135 jt", [("amount", 135e6)]),
    (
        "Gaji 25jt/bln, proses mudah, biaya 10jt, minggu depan terbang",
        [("salary", 25e6), ("fee", 10e6)],
    ),
    ("Biaya 5 juta. Gaji 20 juta", [("fee", 5e6), ("salary", 20e6)]),
    ("gaji 5 juta bonus 1 juta", [("salary", 5e6), ("bonus", 1e6)]),
    ("gaji UMK", [("salary", None)]),
    ("modal 100 ribu untung 500 ribu", [("deposit", 100e3), ("bonus", 500e3)]),
    ("1.000 USD (Rp 16 juta) per bulan", [("salary", 1000), ("salary", 16e6)]),
    (
        "ART Riyadh 1.500 real, visa ziarah, uang fee 5jt utk keluarga, potong gaji 3 bln, 3 hari"
        " terbang",
        [("salary", 1500), ("advance", 5e6)],
    ),
    (
        "Petik buah di Aussie 30 jt/bln, gak perlu bahasa inggris, biaya 60jt bisa dicicil, dp 20jt"
        " tf ke rek saya",
        [("salary", 30e6), ("fee", 60e6), ("fee", 20e6)],
    ),
    (
        "cuma like & subscribe, 15rb per tugas, langsung cair. Deposit 100rb balik 130rb",
        [("salary", 15e3), ("deposit", 100e3), ("bonus", 130e3)],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ROLES, ids=[row[0][:50] for row in ROLES])
def test_role_comes_from_the_nearest_cue(
    find: Finder, text: str, wanted: list[tuple[str, float | None]]
) -> None:
    assert [(money.kind, money.high) for money in find(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "WA 0812-0000-1234",
        "hubungi 081200001234",
        "Telp (021) 5550123",
        "+62 812 0000 1234",
        "No rek 123456000",
        "NIB 9120000000000",
        "tanggal 17.08.2025",
        "17/08/2025",
        "usia 18-35 tahun",
        "TB 155 cm, BB 45 kg",
        "tinggi 155",
        "jam 07.00-16.00",
        "hotline 24/7",
        "lulusan SMA/SMK",
        "EPS-TOPIK 9",
        "minimal N4",
        "program G2G",
        "UU 18/2017",
        "Kepka 50/2023",
        "https://contoh.id/rp500/15jt",
        "lapor 110 atau 129 atau 157",
        "2 juta orang mendaftar",
        "ribuan WNI terjebak",
        "sejak 2026, ribuan orang",
        "0811370459 k",
        "usia 40-an, 50-an",
        "10 ribu followers",
        "butuh 500 orang",
        "komisi 5%",
        "ratusan orang sudah berangkat",
        "jutaan warga",
        "kontrak 2 tahun",
        "libur 2x sebulan",
        "tahun 2025",
        "gaji besar",
        "50 m dari kantor",
        "nol delapan satu dua",
        "3 hari terbang",
        "D3/S1 semua jurusan",
        "denda Rp 50",
        "denda Rp 99",
    ],
)
def test_reads_no_money_into_other_numbers(find: Finder, text: str) -> None:
    assert find(text) == ()


MORE = [
    ("gaji 500-800rb", 500e3, 800e3, "IDR"),
    ("gaji 800-1,2jt", 800e3, 1.2e6, "IDR"),
    ("500.000 - 1 juta", 500e3, 1e6, "IDR"),
    ("Gaji 7jt - 3 hari terbang", 7e6, 7e6, "IDR"),
    ("5 juta sampai 7 juta", 5e6, 7e6, "IDR"),
    ("gaji sampai 20 juta", 0, 20e6, "IDR"),
    ("gaji di atas 10 juta", 10e6, None, "IDR"),
    ("10 juta ke atas", 10e6, None, "IDR"),
    ("tujuh juta lima ratus ribu", 7.5e6, 7.5e6, "IDR"),
    ("2 juta 500 ribu", 2.5e6, 2.5e6, "IDR"),
    ("satu setengah juta", 1.5e6, 1.5e6, "IDR"),
    ("setengah juta", 500e3, 500e3, "IDR"),
    ("dua juta setengah", 2.5e6, 2.5e6, "IDR"),
    ("gaji 8 koma", 8e6, 8.99e6, "IDR"),
    ("gaji 8 koma 5 juta", 8.5e6, 8.5e6, "IDR"),
    ("gaji 7-8an", 7e6, 8_999_999, "IDR"),
    ("ceban", 10e3, 10e3, "IDR"),
    ("gaji 2500", 2500, 2500, None),
    ("gaji pokok: 1.200", 1200, 1200, None),
    ("1200/bln", 1200, 1200, None),
    ("deposit 50.000", 50e3, 50e3, "IDR"),
    ("biaya 7500000", 7.5e6, 7.5e6, "IDR"),
    ("gaji real 15 juta", 15e6, 15e6, "IDR"),
    ("ribuan dolar", 1000, 9900, "USD"),
    ("gaji US$1.000-US$1.200", 1000, 1200, "USD"),
    ("Rp 5jt - Rp 7jt", 5e6, 7e6, "IDR"),
    ("gaji jutaan", 1e6, 9.9e6, "IDR"),
    ("Rp 2.000.000,00", 2e6, 2e6, "IDR"),
    ("３０ｊｔ", 30e6, 30e6, "IDR"),
    ("denda Rp 100", 100, 100, "IDR"),
    ("gaji 99an", 99e6, 100e6 - 1, "IDR"),
]


@pytest.mark.parametrize(
    ("text", "plus"),
    [
        ("di toko kecil, gaji 5 juta plus bonus", True),
        ("bonus besar, gaji 5 juta plus rumah", False),
        ("gaji 5 juta belum termasuk lembur", True),
        ("gaji 5 juta belum termasuk rumah", False),
    ],
)
def test_more_is_promised_where_a_bonus_is_named(find: Finder, text: str, *, plus: bool) -> None:
    assert find(text)[0].plus is plus


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("denda 5 juta 1 hari", Period.DAY),
        ("denda 5 juta satu minggu", Period.WEEK),
        ("denda 5 juta 1", None),
    ],
)
def test_one_period_may_be_counted(find: Finder, text: str, period: Period | None) -> None:
    assert find(text)[0].period is period


@pytest.mark.parametrize(("text", "low", "high", "currency"), MORE, ids=[row[0] for row in MORE])
def test_reads_further_ways_of_writing(
    find: Finder, text: str, low: float, high: float | None, currency: str | None
) -> None:
    money = find(text)[0]
    assert (money.low, money.high, money.currency) == (low, high, currency)


def test_second_amount_is_the_first_in_other_money(find: Finder) -> None:
    first, second = find("gaji 600 dollar AS per bulan atau sekitar Rp 10 juta")
    assert (second.kind, second.currency, second.period) == ("salary", "IDR", M)
    assert second.approx
    assert first.kind == "salary"


def test_span_covers_the_whole_expression(find: Finder) -> None:
    text = "Loker! Gaji Rp 7.500.000 - 9.000.000/bulan, mess"
    money = find(text)[0]
    assert text[slice(*money.span)] == "Rp 7.500.000 - 9.000.000/bulan"


@pytest.mark.parametrize(
    ("text", "rate", "hours", "wanted"),
    [
        ("7-12jt/bln", 1, 208, 9.5e6),
        ("up to 25 juta/bln", 1, 208, 25e6),
        ("mulai 8 juta sebulan", 1, 208, 8e6),
        ("300rb/hari", 1, 208, 7.8e6),
        ("1jt per minggu", 1, 208, 4.33e6),
        ("setahun 240 juta", 1, 208, 20e6),
        ("US$ 4.200 selama 14 bulan", 16000, 208, 4.8e6),
        ("13 Euro per jam", 20000, 208, 54.08e6),
        ("Rp20.000 per jam", 1, 173, 3.46e6),
        ("gaji 15 jt", 1, 208, 15e6),
        ("gaji 15 ribu", 1, 208, None),
        ("15k per like", 1, 208, None),
        ("biaya 15jt", 1, 208, None),
        ("2x UMR", 1, 208, None),
    ],
)
def test_monthly_amount(
    find: Finder, text: str, rate: float, hours: float, wanted: float | None
) -> None:
    found = monthly(find(text)[0], rate, hours_per_month=hours)
    assert found == (None if wanted is None else pytest.approx(wanted))


PIECES = st.sampled_from(
    [
        *(row[0] for row in TABLE),
        *"- / + Rp $ sampai gaji biaya per bulan an juta ribu setengah koma 1 2.000".split(),
        *"ratus belas puluh x .".split(),
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_gives_amounts_that_quote_it(normalizer: Normalizer, text: str) -> None:
    for money in find_money(normalizer.read(text), WORDS):
        assert 0 <= money.span.start < money.span.end <= len(text)
        assert money.low is None or money.high is None or money.low <= money.high
        assert (money.relative is None) == (money.low is not None or money.high is not None)


def test_amounts_come_in_order_without_overlap(find: Finder) -> None:
    spans = [money.span for money in find(" ".join(row[0] for row in TABLE))]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("piece", ["satu koma ", "dua puluh ", "7 juta 500 ribu ", "5jt sampai "])
def test_long_repetitions_do_no_harm(find: Finder, piece: str) -> None:
    find(piece * 1500)


@pytest.mark.parametrize("text", ["biaya Rp 0", "biaya penempatan nol rupiah", "biaya 0 rupiah"])
def test_an_amount_of_nothing_is_no_money(find: Finder, text: str) -> None:
    assert find(text) == ()


def test_empty_text_has_no_money(find: Finder) -> None:
    assert find("") == ()


def test_words_find_the_longest_name() -> None:
    assert WORDS.currencies["real"][0][0] == ("real", "saudi")
