"""Finds the work that an offer is for."""

from __future__ import annotations

from dataclasses import dataclass

from offer_screen.extract.gazetteer import MOST_MENTIONS, Gazetteer
from offer_screen.facts import Job
from offer_screen.rules.reference import Reference
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook


@dataclass(frozen=True, slots=True)
class _Occupation:
    job: str
    name: str
    group: str
    skilled: bool
    zero_cost: bool


class JobFinder:
    """Finds occupations by their names; the longest name counts ('perawat lansia', not 'perawat').

    Args:
        reference: Occupations, and phrases that hold a job word and offer no job.
        normalizer: Brings names into the form in which tokens stand.
        book: Where the names are written; None for a book of its own.
    """

    def __init__(
        self, reference: Reference, normalizer: Normalizer, book: Phrasebook | None = None
    ) -> None:
        names: list[tuple[tuple[str, ...], _Occupation | None]] = [
            (normalizer.words(phrase), None) for phrase in reference.not_jobs
        ]
        for key, entry in reference.jobs.items():
            occupation = _Occupation(
                key, entry.name.id, entry.group, entry.skilled, entry.zero_cost
            )
            names.extend((normalizer.words(alias), occupation) for alias in entry.aliases)
        self._names = Gazetteer(names, book)

    def find(self, document: Document) -> tuple[Job, ...]:
        """Return the jobs named, in order of the text."""
        found = [hit for hit in self._names.find(document) if hit[2] is not None]
        return tuple(
            Job(
                span=document.span_of_tokens(first, last),
                job=occupation.job,
                name=occupation.name,
                group=occupation.group,
                skilled=occupation.skilled,
                zero_cost=occupation.zero_cost,
            )
            for first, last, occupation in found[:MOST_MENTIONS]
            if occupation is not None
        )
