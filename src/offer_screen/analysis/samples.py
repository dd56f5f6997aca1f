"""The texts that rules are measured on: read one after the other, never as a whole.

A record that cannot be read or screened is counted and costs no other record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from offer_screen.batch import BadRecord, read_records
from offer_screen.errors import InputError
from offer_screen.values import Value

_MONTH = re.compile(r"\s*(\d{4}-(?:0[1-9]|1[0-2]))(?:\D|$)")
_SHOWN = 5
"""So many bad records are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """How the fields of a data file are called."""

    text: str = "text"
    label: str = "label"
    date: str = "date"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Sample:
    """One text to measure on.

    Attributes:
        file: Name of its file.
        line: Line on which its record begins, from 1.
        id: The caller's own id, or None.
        text: The text.
        label: What somebody says that it is; None if nobody does.
        month: Its month, such as ``2026-11``; None when it has no date that can be read.
    """

    file: str
    line: int
    id: str | int | None
    text: str
    label: str | None = None
    month: str | None = None


@dataclass(frozen=True, slots=True)
class BadSample:
    """A record that cannot be read."""

    file: str
    line: int
    type: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.type}: {self.message}"


class Intake(Value):
    """What was measured on.

    Attributes:
        files: Names of the files.
        texts: Texts that were screened.
        labels: Texts by label; those without one are not among them.
        dated: Texts with a date.
        errors: Records that could not be read or screened, by type.
        first_errors: The first few of them, with file and line.
    """

    files: tuple[str, ...]
    texts: int
    labels: Mapping[str, int]
    dated: int
    errors: Mapping[str, int]
    first_errors: tuple[str, ...]


def read_samples(
    paths: Sequence[Path], names: FieldNames | None = None
) -> Iterator[Sample | BadSample]:
    """Read the texts of data files, file by file.

    Raises:
        InputError: A file cannot be read, or is CSV without a column of texts.
    """
    names = names or FieldNames()
    for path in paths:
        records = read_records(
            path, text_field=names.text, id_field=names.id, keep=(names.label, names.date)
        )
        for record in records:
            if isinstance(record, BadRecord):
                yield BadSample(path.name, record.line, record.type, record.message)
            else:
                label, date = record.kept
                yield Sample(
                    path.name, record.line, record.id, record.text, _label(label), _month(date)
                )


class Tally:
    """Counts what passes, so that every result can say what it was measured on."""

    def __init__(self) -> None:
        self._files: dict[str, None] = {}
        self._labels: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._first: list[str] = []
        self._texts = 0
        self._dated = 0

    def readable(self, samples: Iterable[Sample | BadSample]) -> Iterator[Sample]:
        """Yield the samples that could be read, and count those that could not."""
        for sample in samples:
            self._files.setdefault(sample.file)
            if isinstance(sample, BadSample):
                self._refuse(sample)
            else:
                yield sample

    def accept(self, sample: Sample) -> None:
        """Count a text that was screened."""
        self._texts += 1
        self._dated += sample.month is not None
        if sample.label is not None:
            self._labels[sample.label] += 1

    def refuse(self, sample: Sample, error: InputError) -> None:
        """Count a text that could not be screened."""
        self._refuse(BadSample(sample.file, sample.line, "input", str(error)))

    def _refuse(self, bad: BadSample) -> None:
        self._errors[bad.type] += 1
        if len(self._first) < _SHOWN:
            self._first.append(str(bad))

    @property
    def texts(self) -> int:
        """Texts that were screened so far."""
        return self._texts

    def total(self) -> Intake:
        """Return what was counted."""
        return Intake(
            files=tuple(self._files),
            texts=self._texts,
            labels=dict(sorted(self._labels.items())),
            dated=self._dated,
            errors=dict(sorted(self._errors.items())),
            first_errors=tuple(self._first),
        )


def _label(value: object) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() or None


def _month(value: object) -> str | None:
    found = _MONTH.match(value) if isinstance(value, str) else None
    return found[1] if found else None
