"""Finds the work that an offer is for."""

from __future__ import annotations

from offer_screen.extract.gazetteer import MOST_MENTIONS, Gazetteer
from offer_screen.facts import Job
from offer_screen.rules.reference import Reference
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook
from offer_screen.values import Span

_NOWHERE = Span(0, 0)


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
        names: list[tuple[tuple[str, ...], Job | None]] = [
            (normalizer.words(phrase), None) for phrase in reference.not_jobs
        ]
        for key, entry in reference.jobs.items():
            job = Job(
                span=_NOWHERE,
                job=key,
                name=entry.name.id,
                group=entry.group,
                skilled=entry.skilled,
                zero_cost=entry.zero_cost,
            )
            names.extend((normalizer.words(alias), job) for alias in entry.aliases)
        self._names = Gazetteer(names, book)

    def find(self, document: Document) -> tuple[Job, ...]:
        """Return the jobs named, in order of the text."""
        found = [hit for hit in self._names.find(document) if hit[2] is not None]
        return tuple(
            [
                job.replaced(span=document.span_of_tokens(first, last))
                for first, last, job in found[:MOST_MENTIONS]
                if job is not None
            ]
        )
