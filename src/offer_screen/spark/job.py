"""Screens a folder of Parquet into another one, as one job of Spark."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from offer_screen.batch.writing import Tally
from offer_screen.errors import InputError, MissingExtra, OfferScreenError
from offer_screen.screener import Screener
from offer_screen.spark.frames import Wanted, screen_frame
from offer_screen.values import Level

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LINE = "offer_screen_line"
"""Column that counts the rows of each file, under a name that no archive has."""

_BATCH_ROWS = 1_000
"""Rows that a Python process holds at a time; Spark's 10,000 could be 200 MB of long offers."""


def spark_session() -> SparkSession:
    """Return the session that ``spark-submit`` set up, or one on all cores of this machine.

    Raises:
        InputError: Spark does not start.
        MissingExtra: pyspark is not installed.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415  (slow)
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("a job of Spark", "pyspark", "spark") from error
    # Unless told otherwise the workers are what this is: 'python3' of the path may be another one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        session: SparkSession = SparkSession.builder.appName("offer-screen").getOrCreate()
    except PySparkException as error:
        raise InputError(f"Spark does not start; it needs Java 17: {_told(error)}") from error
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _BATCH_ROWS)
    return session


def screen_parquet(
    session: SparkSession,
    source: str,
    target: str,
    screener: Screener,
    wanted: Wanted = Wanted(),  # noqa: B008  (frozen)
    *,
    partitions: int | None = None,
) -> Tally:
    """Screen Parquet into a folder of Parquet with the columns of ``offer-screen batch``.

    ``line`` is the place of a record in its file, from 1. What a task has written counts only when
    the task is done, and the folder has a ``_SUCCESS`` only when all are: an executor that dies
    costs time, and neither loses nor doubles a row.

    Args:
        session: The session to work in.
        source: A file or folder of Parquet, as Spark names it.
        target: Folder that is not there yet.
        screener: What screens them.
        wanted: Where the columns are, and what the rows hold; ``line_field`` is seen to here.
        partitions: Tasks to share the rows among; None as Spark splits the files.

    Raises:
        InputError: IN cannot be read, or OUT is there already.
        OfferScreenError: The job failed.
    """
    from py4j.protocol import Py4JJavaError  # noqa: PLC0415  (comes with pyspark)
    from pyspark.errors import PySparkException  # noqa: PLC0415  (slow)

    try:
        frame = session.read.parquet(source).selectExpr("*", f"_metadata.row_index + 1 AS {_LINE}")
        if partitions is not None:
            frame = frame.repartition(partitions)
        rows = screen_frame(frame, screener, wanted._replace(line_field=_LINE))
    except ImportError as error:
        raise MissingExtra("Arrow in Spark", "pandas or pyarrow", "spark") from error
    except (PySparkException, Py4JJavaError) as error:
        raise InputError(f"cannot read {source}: {_told(error)}") from error
    try:
        rows.write.parquet(target)
        levels = session.read.parquet(target).groupBy("level").count().collect()
    except (PySparkException, Py4JJavaError) as error:
        if "PATH_ALREADY_EXISTS" in str(error):
            raise InputError(f"{target} is there already: name another folder") from error
        raise OfferScreenError(f"the job failed: {_told(error)}") from error
    counts: dict[Any, int] = {row["level"]: row["count"] for row in levels}
    errors = counts.pop(None, 0)
    return Tally(Counter({Level(level): count for level, count in counts.items()}), errors)


def _told(error: Exception) -> str:
    """Return the first line of what Spark says; below it stand the stacks of two languages."""
    java = getattr(error, "java_exception", None)
    return str(error if java is None else java.getMessage()).strip().partition("\n")[0]
