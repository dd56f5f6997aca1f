"""What mapInArrow is given, without Spark: batches of Arrow in, rows of ``batch`` out."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from offer_screen import Screener
from offer_screen.batch import read_records, run_batch
from offer_screen.batch.parquet import write_parquet
from offer_screen.errors import InputError, OfferScreenError
from offer_screen.spark import ArrowScreener, Wanted, frames, screen_frame
from tests.spark.offers import COLUMNS, NOT_UTF8


def rows_of(screened: Iterator[pa.RecordBatch]) -> list[dict[str, object]]:
    return [row for batch in screened for row in batch.to_pylist()]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(line_field="n"),
        Wanted(line_field="n", redact=True),
        Wanted(line_field="n", fields="full", what_if=True),
    ],
)
def test_rows_are_those_of_the_batch_command(
    screener: Screener, tmp_path: Path, wanted: Wanted
) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({**COLUMNS, "n": list(range(1, len(COLUMNS["text"]) + 1))})
    pq.write_table(table, source)
    local = run_batch(screener, read_records(source), what_if=wanted.what_if, redact=wanted.redact)
    full = wanted.fields == "full"
    write_parquet((row.to_json(wanted.fields).encode() for row in local), target, full=full)
    expected = pq.read_table(target)
    made = list(ArrowScreener(screener, wanted)(table.to_batches(max_chunksize=3)))
    assert [batch.num_rows for batch in made] == [3] * (table.num_rows // 3) + [
        table.num_rows % 3
    ] * (table.num_rows % 3 > 0)
    assert pa.Table.from_batches(made) == expected
    told = {row["error_type"] for row in expected.to_pylist()}
    assert told == {None, "wrong_type", "input"}


def test_without_a_column_of_numbers_rows_have_no_line(screener: Screener) -> None:
    batch = pa.RecordBatch.from_pydict({"text": ["visa turis", None]})
    rows = rows_of(ArrowScreener(screener)([batch]))
    assert [(row["line"], row["id"]) for row in rows] == [(None, None)] * 2


@pytest.mark.parametrize("values", [[5, 6], [b"a", b"b"], [["a"], []], [{"a": 1}, None]])
def test_a_column_of_another_type_gives_error_rows(
    screener: Screener, values: list[object]
) -> None:
    batch = pa.RecordBatch.from_pydict({"text": values, "id": ["a", "b"]})
    rows = rows_of(ArrowScreener(screener)([batch]))
    assert [row["error_type"] for row in rows] == ["wrong_type"] * 2


def test_a_cell_that_is_no_utf8_costs_no_other(screener: Screener, tmp_path: Path) -> None:
    texts = pa.StringArray.from_buffers(*NOT_UTF8)
    table = pa.table({"text": texts, "id": texts})
    rows = rows_of(ArrowScreener(screener)(table.to_batches()))
    assert [row["error_type"] for row in rows] == ["bad_encoding", None]
    assert [row["id"] for row in rows] == ["a?", "visa turis"]
    pq.write_table(table, tmp_path / "in.parquet")
    local = list(run_batch(screener, read_records(tmp_path / "in.parquet")))
    assert [row.report is None for row in local] == [True, False]


def test_no_offers_give_no_rows(screener: Screener) -> None:
    empty = pa.RecordBatch.from_pydict({"text": pa.array([], pa.string())})
    assert [batch.num_rows for batch in ArrowScreener(screener)([empty])] == [0]


def test_a_process_unpacks_a_screener_once(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(frames.gc, "freeze", lambda: frozen.append(True))  # type: ignore[attr-defined]
    monkeypatch.setattr(frames, "_of_worker", {})
    sent = pickle.dumps(ArrowScreener(screener, Wanted(redact=True)))
    one, other = (pickle.loads(sent) for _ in range(2))
    assert one._screener is other._screener
    assert one._wanted == Wanted(redact=True)
    assert frozen == [True]
    batch = pa.RecordBatch.from_pydict({"text": ["visa turis, paspor dipegang agen"]})
    assert list(one([batch])) == list(ArrowScreener(screener)([batch]))
    others = pickle.dumps(ArrowScreener(screener.with_classifier(None)))
    assert pickle.loads(others)._screener.classifier is None
    assert len(frames._of_worker) == 1


def test_a_worker_of_another_version_says_so(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = pickle.dumps(ArrowScreener(screener))
    monkeypatch.setattr(frames, "__version__", "99.0")
    with pytest.raises(OfferScreenError, match=r"this worker 99\.0: install the same version"):
        pickle.loads(sent)


@pytest.mark.parametrize("wanted", [Wanted(text_field="pesan"), Wanted(line_field="nomor")])
def test_a_frame_without_the_column_is_told(screener: Screener, wanted: Wanted) -> None:
    frame: Any = SimpleNamespace(columns=["text", "id"])
    with pytest.raises(InputError, match=r"no column '(pesan|nomor)': there are 'text', 'id'"):
        screen_frame(frame, screener, wanted)
