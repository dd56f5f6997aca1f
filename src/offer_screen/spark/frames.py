"""Screens a data frame of Spark: as many rows out as in, on as many machines as there are.

The driver loads the screener, and Spark sends it along with the work: rules, classifier and weights
need lie nowhere else, and every machine judges by the same ones and the same day. A Python process
of an executor unpacks it once, not with every task.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from offer_screen._version import __version__
from offer_screen.batch.parquet import ColumnType, row_columns, rows_of, table_of
from offer_screen.batch.records import table_records
from offer_screen.batch.rows import Fields, run_batch
from offer_screen.errors import InputError, OfferScreenError
from offer_screen.screener import Screener

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_SQL: dict[ColumnType, str] = {
    "integer": "bigint",
    "number": "double",
    "text": "string",
    "texts": "array<string>",
}


class Wanted(NamedTuple):
    """Where the columns of a frame are, and what the rows hold.

    Attributes:
        text_field: Column that holds the offer.
        id_field: Column that holds the caller's own id; it need not be there.
        line_field: Column of whole numbers that becomes ``line``; ``line`` is null if None.
        fields: How much a row holds.
        what_if: As for ``Screener.screen``; for ``fields="full"``.
        redact: As for ``Screener.screen``; ids of records are masked too.
    """

    text_field: str = "text"
    id_field: str = "id"
    line_field: str | None = None
    fields: Fields = "minimal"
    what_if: bool = False
    redact: bool = False


class ArrowScreener:
    """What ``DataFrame.mapInArrow`` takes: batches of Arrow in, as many rows of ``batch`` out.

    Args:
        screener: What screens; it is pickled into the work.
        wanted: Where the columns are, and what the rows hold.
    """

    def __init__(self, screener: Screener, wanted: Wanted = Wanted()) -> None:  # noqa: B008  (frozen)
        self._screener = screener
        self._wanted = wanted

    @property
    def schema(self) -> str:
        """The columns of the rows, as Spark wants them told."""
        columns = row_columns(full=self._wanted.fields == "full").items()
        return ", ".join(f"{name} {_SQL[of]}" for name, of in columns)

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield for each batch of offers the batch of their rows, in the same order."""
        wanted = self._wanted
        for batch in batches:
            rows = rows_of(batch)
            records = table_records(rows, wanted.text_field, wanted.id_field)
            screened = run_batch(
                self._screener, records, what_if=wanted.what_if, redact=wanted.redact
            )
            yield table_of(
                (row.to_json(wanted.fields) for row in screened),
                [row[wanted.line_field] if wanted.line_field else None for row in rows],
                full=wanted.fields == "full",
            )

    def __reduce__(self) -> tuple[Any, ...]:
        packed = pickle.dumps(self._screener)
        digest = hashlib.sha256(packed).hexdigest()
        return _received, (__version__, digest, packed, tuple(self._wanted))


_of_worker: dict[str, Screener] = {}
"""The screener of this process, by the digest of what it was unpacked from."""


def _received(version: str, digest: str, packed: bytes, wanted: tuple[Any, ...]) -> ArrowScreener:
    """Unpack what a driver sent, the screener only if it is not that of the last task.

    Raises:
        OfferScreenError: The driver has another version of this library.
    """
    if version != __version__:
        raise OfferScreenError(
            f"the driver has offer_screen {version} and this worker {__version__}:"
            " install the same version on every machine"
        )
    if digest not in _of_worker:
        _of_worker.clear()
        # From the driver, as all code of a Spark job; it is no file of rules or of a model.
        _of_worker[digest] = pickle.loads(packed)  # noqa: S301
        gc.freeze()  # it stays: full collections over it would cost a tenth of the time
    return ArrowScreener(_of_worker[digest], Wanted(*wanted))


def screen_frame(
    frame: DataFrame,
    screener: Screener,
    wanted: Wanted = Wanted(),  # noqa: B008  (frozen)
) -> DataFrame:
    """Return a frame with one row for each of ``frame``: the columns of ``offer-screen batch``.

    Nothing is computed until Spark is asked for rows. What cannot be screened becomes an error
    row. Spark keeps the rows of a partition in order and promises no order among partitions.

    Args:
        frame: Offers.
        screener: What screens them; it goes to the executors as it is now.
        wanted: Where the columns are, and what the rows hold.

    Raises:
        InputError: A column is not there.
    """
    there = frame.columns
    needed = [wanted.text_field, *([wanted.line_field] if wanted.line_field else [])]
    for name in needed:
        if name not in there:
            others = ", ".join(repr(other) for other in there if other != wanted.line_field)
            raise InputError(f"no column {name!r}: there are {others}")
    named = [*needed, *([wanted.id_field] if wanted.id_field in there else [])]
    chosen = frame.select(*(f"`{name.replace('`', '``')}`" for name in dict.fromkeys(named)))
    screened = ArrowScreener(screener, wanted)
    return chosen.mapInArrow(screened, screened.schema)
