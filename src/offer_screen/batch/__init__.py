"""Files of many offers: read, screened and written record by record."""

from offer_screen.batch.progress import Settings, file_settings
from offer_screen.batch.records import (
    MAX_LINE_BYTES,
    BadRecord,
    Form,
    Record,
    form_of,
    read_records,
    records_of,
)
from offer_screen.batch.rows import Fields, ManyScreener, Row, run_batch
from offer_screen.batch.writing import screen_file

__all__ = [
    "MAX_LINE_BYTES",
    "BadRecord",
    "Fields",
    "Form",
    "ManyScreener",
    "Record",
    "Row",
    "Settings",
    "file_settings",
    "form_of",
    "read_records",
    "records_of",
    "run_batch",
    "screen_file",
]
