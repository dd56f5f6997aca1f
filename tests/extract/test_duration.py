"""Lengths of time and their roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.duration import find_durations
from offer_screen.facts import Duration
from offer_screen.text.normalizer import Normalizer

Finder = Callable[[str], tuple[Duration, ...]]


@pytest.fixture(scope="session")
def find(normalizer: Normalizer) -> Finder:
    return lambda text: find_durations(normalizer.read(text))


def days(low: float, high: float) -> dict[str, Any]:
    return {"low": low, "high": high, "hours": None, "count": None}


NO_NUMBER: dict[str, Any] = {"low": None, "high": None, "hours": None, "count": None}

# Section 5.3 of the fact base, row by row.
TABLE: list[tuple[str, str, dict[str, Any]]] = [
    ("3 hari terbang", "time_to_departure", days(3, 3)),
    ("3-5 hari terbang", "time_to_departure", days(3, 5)),
    ("seminggu berangkat", "time_to_departure", days(7, 7)),
    ("1 minggu langsung terbang", "time_to_departure", days(7, 7)),
    ("2 mgg proses", "time_to_departure", days(14, 14)),
    ("dua minggu udah kerja", "time_to_departure", days(14, 14)),
    ("langsung berangkat", "time_to_departure", days(0, 3)),
    ("lgsg terbang", "time_to_departure", days(0, 3)),
    ("besok berangkat", "time_to_departure", days(1, 1)),
    ("bsk brgkt", "time_to_departure", days(1, 1)),
    ("lusa jalan", "time_to_departure", days(2, 2)),
    ("minggu depan terbang", "time_to_departure", days(7, 13)),
    ("minggu ini berangkat", "time_to_departure", days(0, 7)),
    ("akhir bulan terbang", "time_to_departure", days(1, 31)),
    ("bulan depan terbang", "time_to_departure", days(28, 61)),
    ("proses 1 bulan", "time_to_departure", days(30, 30)),
    ("sebulan kelar", "time_to_departure", days(30, 30)),
    ("proses 3-6 bulan", "time_to_departure", days(90, 180)),
    ("proses cepat", "fast_claim", NO_NUMBER),
    ("proses kilat", "fast_claim", NO_NUMBER),
    ("gak pake lama", "fast_claim", NO_NUMBER),
    ("gercep", "fast_claim", NO_NUMBER),
    ("hari ini daftar besok kerja", "time_to_work", days(1, 1)),
    ("langsung kerja", "time_to_work", days(0, 1)),
    ("kontrak 2 tahun", "contract", days(730, 730)),
    ("kontrak 2 thn", "contract", days(730, 730)),
    ("kontrak 1 th bisa perpanjang", "contract", days(365, 365)),
    ("kontrak 14 bulan", "contract", days(420, 430)),
    ("kontrak 3 bulan", "contract", days(90, 92)),
    ("kontrak laut 2 tahun", "contract", days(730, 730)),
    ("visa 3 bulan", "visa_validity", days(90, 92)),
    ("bebas visa 30 hari", "visa_validity", days(30, 30)),
    ("potong gaji 3 bulan", "debt_term", days(90, 92)),
    ("ptg 7 bln", "debt_term", days(210, 214)),
    ("cicil 10x", "debt_term", {**NO_NUMBER, "count": 10}),
    ("pelatihan 600 jam", "training", {"low": 75, "high": 75, "hours": 600, "count": None}),
    ("training 2 minggu", "training", days(14, 14)),
    ("belajar bahasa 4 bln", "training", days(120, 124)),
    ("kerja 12 jam", "hours_per_day", {**NO_NUMBER, "hours": 12}),
    ("07.00-19.00", "hours_per_day", {**NO_NUMBER, "hours": 12}),
    ("jam 10 malam s/d 10 pagi", "hours_per_day", {**NO_NUMBER, "hours": 12}),
    ("libur 2x sebulan", "rest", {**NO_NUMBER, "count": 2}),
    ("tanpa libur", "rest", {**NO_NUMBER, "count": 0}),
    ("gaji cair per 3 bulan", "pay_interval", days(90, 92)),
]


@pytest.mark.parametrize(("text", "kind", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_reads_the_expressions_of_the_fact_base(
    find: Finder, text: str, kind: str, wanted: dict[str, Any]
) -> None:
    durations = find(text)
    assert [duration.kind for duration in durations] == [kind]
    assert {name: getattr(durations[0], name) for name in wanted} == wanted


def test_table_holds_every_row_of_the_fact_base() -> None:
    assert len(TABLE) == 42 + 2  # two rows give two spellings each


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("terbang 3 hari lagi", [("time_to_departure", 3, 3)]),
        ("berangkat minggu depan", [("time_to_departure", 7, 13)]),
        (
            "kontrak 2 tahun, proses 3 bulan",
            [("contract", 730, 730), ("time_to_departure", 90, 90)],
        ),
        ("3 bulan potong", [("debt_term", 90, 92)]),
        ("besok langsung berangkat", [("time_to_departure", 1, 1)]),
        ("ready terbang bulan ini", [("time_to_departure", 0, 31)]),
        ("daftar hari ini besok jalan", [("time_to_departure", 1, 1)]),
        ("proses kilat 5 hari", [("fast_claim", None, None)]),
        (
            "proses cepat langsung terbang",
            [("fast_claim", None, None), ("time_to_departure", 0, 3)],
        ),
        ("tinggal terbang", [("time_to_departure", 0, 3)]),
        ("gaji 5jt sebulan, berangkat cepat", []),
        (
            "potong gaji 3 bln, 3 hari terbang",
            [("debt_term", 90, 92), ("time_to_departure", 3, 3)],
        ),
        ("training 3 bln, biaya sesuai aturan", [("training", 90, 92)]),
        ("proses 6-9 bulan", [("time_to_departure", 180, 270)]),
        ("libur 4 hari sebulan", [("rest", None, None)]),
        ("libur seminggu sekali", [("rest", None, None)]),
        ("dibayar tiap minggu", [("pay_interval", 7, 7)]),
        ("8 jam kerja", [("hours_per_day", None, None)]),
        ("12 jam sehari", [("hours_per_day", None, None)]),
        ("dua sampai tiga minggu terbang", [("time_to_departure", 14, 21)]),
        ("prosesnya nggak lama", [("fast_claim", None, None)]),
    ],
)
def test_role_comes_from_the_words_around(
    find: Finder, text: str, wanted: list[tuple[str, float | None, float | None]]
) -> None:
    assert [(found.kind, found.low, found.high) for found in find(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "hotline 24 jam",
        "proses paspor 7 hari kerja",
        "proses 7 hari kerja",
        "cuti 2 minggu",
        "libur 2 minggu",
        "sebulan 15 juta",
        "gaji 15 juta sebulan",
        "gaji 15 juta per bulan",
        "3 bulan gaji",
        "pengalaman 2 tahun",
        "usia 18-35 tahun",
        "buka 08.00-16.00",
        "hubungi 08.00 - 17.00",
        "istirahat 12.00-13.00",
        "mau liburan 3 hari",
        "2 minggu kerja",
        "besok libur",
        "minggu depan interview",
        "tahun 2025",
        "maksimal 30 tahun siap bekerja",
        "proses seleksi selama 1 tahun",
        "langsung bekerja sama dengan kami",
        "wawancara 09.00-14.00",
        "09.00-14.00",
        "proses cetak, teliti dan cepat",
    ],
)
def test_leaves_other_lengths_alone(find: Finder, text: str) -> None:
    assert find(text) == ()


def test_span_covers_the_length_and_its_cue(find: Finder) -> None:
    text = "Lowongan. Proses 3 bulan, lalu 3 hari terbang!"
    assert [text[slice(*found.span)] for found in find(text)] == [
        "Proses 3 bulan",
        "3 hari terbang",
    ]


def test_clause_borders_part_length_and_cue(find: Finder) -> None:
    assert find("Kontrak resmi. 2 tahun pengalaman") == ()


PIECES = st.sampled_from(
    [
        *(row[0] for row in TABLE),
        *"- s/d jam hari bulan langsung tidak 1 08.00 x sekali tiap libur minggu ini".split(),
        *"depan akhir dua belas .".split(),
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_gives_lengths_that_quote_it(normalizer: Normalizer, text: str) -> None:
    for duration in find_durations(normalizer.read(text)):
        assert 0 <= duration.span.start < duration.span.end <= len(text)
        assert (duration.low is None) == (duration.high is None)
        assert duration.low is None or duration.high is None or 0 <= duration.low <= duration.high
