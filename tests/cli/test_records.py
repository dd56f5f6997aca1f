"""Reading of batch files: whatever a record is, its neighbours come through."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.batch import (
    BadRecord,
    Form,
    Record,
    form_of,
    read_records,
    records_of,
    run_batch,
)
from offer_screen.batch import records as reading
from offer_screen.errors import InputError
from offer_screen.results import Report
from tests.cli.conftest import FakeScreener

GOOD = b'{"id": 1, "text": "kerja"}'


def read(data: bytes, form: Form = "jsonl") -> list[Record | BadRecord]:
    return list(records_of(BytesIO(data), form=form))


@pytest.mark.parametrize(
    ("line", "id_", "type_"),
    [
        (b"{", None, "bad_json"),
        (b"[1]", None, "not_an_object"),
        (b'{"id": 5}', 5, "missing_text"),
        (b'{"id": "x", "text": null}', "x", "wrong_type"),
        (b'{"id": "x", "text": 5}', "x", "wrong_type"),
        (b'{"id": [1], "text": false}', "[1]", "wrong_type"),
        (b'{"text": "gaji \xff"}', None, "bad_encoding"),
        (b'{"text": "\\ud800"}', None, "bad_encoding"),
        (b"[" * 100_000, None, "bad_json"),
        (b'{"text": ' + b"9" * 10_000 + b"}", None, "bad_json"),
    ],
)
def test_a_bad_line_spoils_only_itself(line: bytes, id_: object, type_: str) -> None:
    before, bad, after = read(GOOD + b"\n" + line + b"\r\n" + GOOD)
    assert before == Record(1, 1, "kerja")
    assert isinstance(bad, BadRecord)
    assert (bad.line, bad.id, bad.type) == (2, id_, type_)
    assert after == Record(3, 1, "kerja")


def test_a_line_without_end_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 40)
    before, bad, after = read(GOOD + b"\n" + b"x" * 130 + b"\n" + GOOD)
    assert isinstance(bad, BadRecord)
    assert bad.type == "too_long"
    assert (before.line, bad.line, after.line) == (1, 2, 3)


def test_blank_lines_and_a_byte_order_mark_are_no_records() -> None:
    assert read(b"\xef\xbb\xbf" + GOOD + b"\n\n  \n" + GOOD) == [
        Record(1, 1, "kerja"),
        Record(4, 1, "kerja"),
    ]


def test_csv_rows_are_read_with_their_lines() -> None:
    data = b'id,text\n1,"dua\nbaris"\n\n2\n3,gaji \xff besar\n4,kerja\n'
    records = read(data, "csv")
    assert [(r.line, r.id) for r in records] == [(2, "1"), (5, "2"), (6, "3"), (7, "4")]
    assert records[0] == Record(2, "1", "dua\nbaris")
    assert [r.type for r in records if isinstance(r, BadRecord)] == ["missing_text", "bad_encoding"]


def test_a_csv_field_over_the_limit_is_a_bad_record() -> None:
    records = read(b"id,text\n1,kerja\n2," + b"x" * 200_000 + b"\n3,kerja\n", "csv")
    assert records[0] == Record(2, "1", "kerja")
    assert isinstance(records[1], BadRecord)
    assert (records[1].line, records[1].type) == (3, "bad_csv")
    assert records[2] == Record(4, "3", "kerja")


def test_more_csv_fields_than_columns_are_a_bad_record() -> None:
    data = b"id,text\n1,Gaji besar, tanpa keahlian, visa turis\n2,kerja,, \n"
    message = "more fields than columns: put the text in quotation marks"
    assert read(data, "csv") == [
        BadRecord(2, "1", "bad_csv", message),
        Record(3, "2", "kerja"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        "",  # the end of the file comes inside the quotation
        '4,"dikutip"\n',  # the next quotation mark closes it, and more follows
        "4," + "x" * 200_000 + "\n",
    ],
)
def test_an_open_quotation_mark_costs_no_other_record(after: str) -> None:
    data = 'id,text\n1,"tak tutup\n2,Gaji 25 juta\n\n3,kerja\n' + after
    bad, *others = read(data.encode(), "csv")
    assert isinstance(bad, BadRecord)
    assert (bad.line, bad.id, bad.type) == (2, "1", "bad_csv")
    assert others[:2] == [Record(3, "2", "Gaji 25 juta"), Record(5, "3", "kerja")]
    assert [(other.line, other.id) for other in others[2:]] in ([], [(6, "4")], [(6, None)])


def test_an_open_quotation_mark_in_the_column_names_costs_no_record() -> None:
    assert read(b'id,text,"catatan\n1,kerja\n', "csv") == [Record(2, "1", "kerja")]


def test_column_names_may_span_lines() -> None:
    assert read(b'id,text,"a\nb"\n1,kerja,x\n', "csv") == [Record(3, "1", "kerja")]


@pytest.mark.parametrize(
    ("data", "form"), [(b"id,text\n\xff\n", "csv"), (b'{"id": "\\ud800"}', "jsonl")]
)
def test_an_id_that_is_not_unicode_can_be_written(data: bytes, form: Form) -> None:
    (bad,) = read(data, form)
    assert bad.id == "?"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiter_is_found(delimiter: str) -> None:
    data = delimiter.join(["id", "text"]) + "\n" + delimiter.join(["1", "kerja"])
    assert read(data.encode(), "csv") == [Record(2, "1", "kerja")]


@pytest.mark.parametrize("data", [b"", b"a,b\n", b"\xff\xfe\n"])
def test_csv_without_the_column_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no column 'text'"):
        read(data, "csv")


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "in.CSV"
    path.write_text("text\nkerja\n")
    assert form_of(path) == "csv"
    assert list(read_records(path)) == [Record(2, None, "kerja")]
    with pytest.raises(InputError, match="cannot read"):
        list(read_records(tmp_path / "none.jsonl"))


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert all(isinstance(record, Record | BadRecord) for record in read(data))
    for record in read(b"text\n" + data, "csv"):
        assert isinstance(record, Record | BadRecord)


lines = st.sampled_from(
    [b"bad", b'{"text": 1}', *(json.dumps({"text": t}).encode() for t in ("turis", "x", " "))]
)


@given(st.lists(lines, max_size=12))
def test_every_record_becomes_one_row_in_order(given_lines: list[bytes]) -> None:
    rows = list(run_batch(FakeScreener(), read(b"\n".join(given_lines))))
    assert [row.record.line for row in rows] == [i + 1 for i in range(len(given_lines))]
    for row, line in zip(rows, given_lines, strict=True):
        assert (row.report is None) == (line in (b"bad", b'{"text": 1}', b'{"text": " "}'))
        assert json.loads(row.to_json("full"))["line"] == row.record.line


def test_records_are_read_no_further_than_needed() -> None:
    taken: list[int] = []

    def endless() -> Iterator[Record | BadRecord]:
        for line in range(1, 1_000_000):
            taken.append(line)
            yield Record(line, None, "x") if line % 2 else BadRecord(line, None, "bad_json", "")

    rows = run_batch(FakeScreener(), endless())
    assert [next(rows).record.line for _ in range(4)] == [1, 2, 3, 4]
    assert len(taken) <= 6


def test_read_ahead_of_the_screener_keeps_the_order() -> None:
    class Eager(FakeScreener):
        def screen_many(
            self, texts: Iterable[str], **options: Any
        ) -> Iterator[Report | InputError]:
            return super().screen_many(list(texts), **options)

    records = read(b"\n".join([b"bad", GOOD, b"bad", GOOD, b"bad"]))
    rows = list(run_batch(Eager(), records, workers=2))
    assert [row.record.line for row in rows] == [1, 2, 3, 4, 5]
