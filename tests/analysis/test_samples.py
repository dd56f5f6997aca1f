from __future__ import annotations

from pathlib import Path

import pytest

from offer_screen.analysis.samples import BadSample, FieldNames, Sample, Tally, read_samples
from offer_screen.errors import InputError
from tests.analysis.packs import write_data


def test_text_label_month_and_id_are_read(tmp_path: Path) -> None:
    path = write_data(
        tmp_path / "a.jsonl",
        {"id": "x", "text": "visa turis", "label": "scam", "date": "2026-11-24T10:00:00"},
        {"text": "kerja"},
    )
    assert list(read_samples([path])) == [
        Sample("a.jsonl", 1, "x", "visa turis", "scam", "2026-11"),
        Sample("a.jsonl", 2, None, "kerja", None, None),
    ]


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("isi,jenis,hari\nvisa turis,tipu,2026-01-02\n", encoding="utf-8")
    found = list(read_samples([path], FieldNames("isi", "jenis", "hari")))
    assert found == [Sample("a.csv", 2, None, "visa turis", "tipu", "2026-01")]


@pytest.mark.parametrize(
    ("value", "label"),
    [(True, "true"), (1, "1"), (" scam ", "scam"), ("", None), (None, None), (["scam"], None)],
)
def test_labels_are_words(tmp_path: Path, value: object, label: str | None) -> None:
    path = write_data(tmp_path / "a.jsonl", {"text": "kerja", "label": value})
    (found,) = read_samples([path])
    assert isinstance(found, Sample)
    assert found.label == label


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("2026-11", "2026-11"),
        ("2026-11-03", "2026-11"),
        ("2026-13-01", None),
        ("2026-111", None),
        ("November 2026", None),
        (20261103, None),
    ],
)
def test_dates_that_cannot_be_read_are_no_dates(
    tmp_path: Path, value: object, month: str | None
) -> None:
    path = write_data(tmp_path / "a.jsonl", {"text": "kerja", "date": value})
    (found,) = read_samples([path])
    assert isinstance(found, Sample)
    assert found.month == month


def test_a_bad_record_is_counted_and_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "satu"}\nnot json\n{"teks": 1}\n{"text": "dua"}\n', encoding="utf-8")
    tally = Tally()
    for sample in tally.readable(read_samples([path])):
        tally.accept(sample)
    total = tally.total()
    assert total.texts == 2
    assert total.errors == {"bad_json": 1, "missing_text": 1}
    assert total.first_errors[0].startswith("a.jsonl:2: bad_json")


def test_no_more_than_five_bad_records_are_named() -> None:
    tally = Tally()
    bad = (BadSample("a.jsonl", line, "bad_json", "no") for line in range(1, 10))
    assert list(tally.readable(bad)) == []
    assert tally.total().errors == {"bad_json": 9}
    assert len(tally.total().first_errors) == 5


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        list(read_samples([tmp_path / "none.jsonl"]))
