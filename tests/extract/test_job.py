"""Jobs: names, the longest of which counts, and phrases that offer no job."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.job import JobFinder
from offer_screen.facts import Job
from offer_screen.text.normalizer import Normalizer
from tests.shipped_reference import read_reference

Find = Callable[[str], tuple[Job, ...]]


@pytest.fixture(scope="module")
def find(normalizer: Normalizer) -> Find:
    finder = JobFinder(read_reference(), normalizer)
    return lambda text: finder.find(normalizer.read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("butuh ART", ["domestic_worker"]),
        ("PRT Riyadh", ["domestic_worker"]),
        ("TKW Arab Saudi", ["domestic_worker"]),
        ("asisten rumah tangga", ["domestic_worker"]),
        ("perawat lansia", ["caregiver"]),
        ("perawat rumah sakit", ["nurse"]),
        ("perawat taman", ["gardener"]),
        ("admin chat & CS", ["online_admin", "customer_service"]),
        ("admin judol", ["gambling_admin"]),
        ("CS slot", ["gambling_admin"]),
        ("admin gudang", ["warehouse_worker"]),
        ("dicari admin", ["admin"]),
        ("telemarketing mandarin", ["telemarketing"]),
        ("ABK kapal cumi", ["fishing_crew"]),
        ("kapal pesiar", ["cruise_crew"]),
        ("petik buah di kebun", ["fruit_picker"]),
        ("Tokutei Ginou kaigo", ["ssw_worker", "kaigo"]),
        ("welder 6G", ["welder"]),
        ("operator produksi", ["factory_worker"]),
        ("LC karaoke", ["karaoke_escort"]),
        ("donor ginjal", ["organ_donor"]),
        ("nikah dengan pria Tiongkok", ["mail_order_bride"]),
        ("like & subscribe", ["like_tasks"]),
        ("sewa rekening", ["account_renter"]),
        ("magang ke Jerman", ["intern"]),
        ("kurir paket", ["courier"]),
        ("bawa koper", ["goods_courier"]),
        ("tentara bayaran", ["soldier"]),
    ],
)
def test_names(find: Find, text: str, expected: list[str]) -> None:
    assert [job.job for job in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "hubungi admin",
        "WA admin",
        "biaya admin 50rb",
        "biaya administrasi",
        "kirim ke CS",
        "sisa slot 5 orang",
        "pesan tiket dan hotel",
        "nail art",
        "anak ABK",
    ],
)
def test_phrases_that_offer_no_job(find: Find, text: str) -> None:
    assert find(text) == ()


def test_fact_carries_what_the_reference_says(find: Find) -> None:
    text = "dicari Perawat Lansia"
    (job,) = find(text)
    assert text[slice(*job.span)] == "Perawat Lansia"
    assert (job.group, job.skilled, job.zero_cost) == ("care", False, True)
    (nurse,) = find("nurse")
    assert (nurse.group, nurse.skilled, nurse.zero_cost) == ("nurse", True, False)


def test_phrase_does_not_reach_into_the_next_sentence(find: Find) -> None:
    assert [job.job for job in find("Butuh admin. Chat dulu")] == ["admin"]


SHARED = JobFinder(read_reference(), Normalizer({}, frozenset()))


@given(st.text(max_size=200))
def test_any_text_gives_jobs_inside_it(text: str) -> None:
    for fact in SHARED.find(Normalizer({}, frozenset()).read(text)):
        assert 0 <= fact.span.start < fact.span.end <= len(text)
