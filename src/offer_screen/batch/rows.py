"""Screens records: one record in, one row out, in the same order.

A record that cannot be screened becomes an error row; no other record suffers from it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from offer_screen.batch.records import BadRecord, Record
from offer_screen.errors import InputError
from offer_screen.redaction import redacted
from offer_screen.results import FindingType, Report

Fields = Literal["minimal", "full"]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one record: a report, or the reason why there is none."""

    record: Record | BadRecord
    report: Report | None = None

    def to_json(self, fields: Fields = "minimal") -> str:
        """Return the row as one line of JSON without its line break."""
        head: dict[str, object] = {"line": self.record.line, "id": self.record.id}
        if isinstance(self.record, BadRecord):
            error = {"type": self.record.type, "message": self.record.message}
            return _dumps(head | {"error": error})
        report = self.report
        if report is None:
            raise ValueError("a row of a good record holds a report")
        if fields == "full":
            return f'{_dumps(head)[:-1]}, "report": {report.to_json()}}}'
        return _dumps(
            head
            | {
                "kind": report.kind.value,
                "level": report.level.value,
                "points": report.score.points,
                "abstains": report.abstains,
                "red_flags": [finding.rule for finding in report.red_flags],
                "trust_signs": [finding.rule for finding in report.trust_signs],
                "mentioned": [
                    finding.rule
                    for finding in report.mentioned
                    if finding.type is FindingType.RED_FLAG
                ],
                "would_have": [finding.rule for finding in report.would_have],
                "missing": [missing.rule for missing in report.missing],
                "text_sha256": report.text_sha256,
            }
        )


class ManyScreener(Protocol):
    """Whatever screens many texts in order: a ``Screener``."""

    def screen_many(
        self,
        texts: Iterable[str],
        *,
        workers: int = 1,
        what_if: bool = False,
        redact: bool = False,
    ) -> Iterator[Report | InputError]:
        """Yield one result for each text, in order."""
        ...


def run_batch(
    screener: ManyScreener,
    records: Iterable[Record | BadRecord],
    *,
    workers: int = 1,
    what_if: bool = False,
    redact: bool = False,
) -> Iterator[Row]:
    """Screen records and yield a row for each, in their order.

    Records are read only as far ahead as ``screen_many`` reads its texts.

    Args:
        screener: What screens them.
        records: What was read.
        workers: Processes to share the work.
        what_if: Whether reports say what would change the level, which takes time.
        redact: Whether reports, and the ids of records, are without what tells who people are.
    """
    waiting: deque[Record | BadRecord] = deque()

    def texts() -> Iterator[str]:
        for record in records:
            waiting.append(record)
            if isinstance(record, Record):
                yield record.text

    def next_record() -> Record | BadRecord:
        record = waiting.popleft()
        return replace(record, id=_redacted_id(record.id)) if redact else record

    for result in screener.screen_many(texts(), workers=workers, what_if=what_if, redact=redact):
        while isinstance(waiting[0], BadRecord):
            yield Row(next_record())
        record = next_record()
        if isinstance(result, InputError):
            yield Row(BadRecord(record.line, record.id, "input", str(result)))
        else:
            yield Row(record, result)
    while waiting:
        yield Row(next_record())


def _redacted_id(id_: str | int | None) -> str | int | None:
    """Return an id without the number, address or name of a person that it may be."""
    if id_ is None:
        return None
    masked = redacted(str(id_))
    return id_ if masked == str(id_) else masked


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
