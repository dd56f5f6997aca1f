"""Reads all facts of a document: the one place that knows every extractor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from offer_screen.extract import account, licence, organisation, papers, payer, visa
from offer_screen.extract.account import Banks
from offer_screen.extract.contact import find_contacts
from offer_screen.extract.duration import find_durations
from offer_screen.extract.employer import EmployerFinder
from offer_screen.extract.job import JobFinder
from offer_screen.extract.licence import find_licences
from offer_screen.extract.money import find_money
from offer_screen.extract.money_words import MoneyWords
from offer_screen.extract.organisation import find_companies
from offer_screen.extract.papers import find_papers
from offer_screen.extract.payer import find_payers
from offer_screen.extract.person import find_ages, find_genders
from offer_screen.extract.place import PlaceFinder
from offer_screen.extract.resolve import resolve
from offer_screen.extract.visa import find_visas
from offer_screen.extract.web import Domains
from offer_screen.facts import FactBase
from offer_screen.rules.reference import Reference
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook, Phrases

WORDS = frozenset().union(
    *(module.WORDS for module in (account, licence, organisation, papers, payer, visa))
)
"""Words that extractors look for: a disguise of one of them is worth undoing."""

_place_of = attrgetter("span")


class FactReader:
    """All extractors, made ready for one day's reference values.

    Args:
        reference: What held on the day.
        lexicon: Word classes of the pack; ``bank`` and ``e-wallet`` name banks.
        normalizer: Brings names into the standard form that documents are read in.
        book: Where names are written, to be found in one walk; None for a book of its own.
    """

    def __init__(
        self,
        reference: Reference,
        lexicon: Mapping[str, Sequence[str]],
        normalizer: Normalizer,
        book: Phrasebook | None = None,
    ) -> None:
        book = book or Phrasebook()
        self._reference = reference
        self._money = MoneyWords.build(
            {code: entry.names for code, entry in reference.currencies.items()},
            reference.money_roles,
        )
        self._banks = Banks.from_lexicon(lexicon)
        self._domains = _domains(reference)
        self._places = PlaceFinder(reference, normalizer, book)
        self._jobs = JobFinder(reference, normalizer, book)
        self._employers = EmployerFinder(reference, normalizer, book)
        self._papers: Phrases[str] = book.add(papers.PHRASES)
        self._payers: Phrases[payer.Cue] = book.add(payer.PHRASES)

    def facts(self, document: Document) -> tuple[FactBase, ...]:
        """Return the facts of ``document`` in text order, pay set against the usual wage."""
        found: list[FactBase] = [
            *find_money(document, self._money),
            *find_durations(document),
            *find_ages(document),
            *find_genders(document),
            *self._places.find(document),
            *self._jobs.find(document),
            *self._employers.read(document, find_contacts(document, self._domains, self._banks)),
            *find_companies(document),
            *find_licences(document),
            *find_visas(document),
            *find_papers(document, self._papers),
            *find_payers(document, self._payers),
        ]
        found.sort(key=_place_of)
        return resolve(found, self._reference)


def _domains(reference: Reference) -> Domains:
    known = reference.domains
    if known is None:
        return Domains()
    return Domains(
        official=frozenset(known.official),
        free_mail=frozenset(known.free_mail),
        short=frozenset(known.short),
        form=frozenset(known.form),
        social=frozenset(known.social),
        whatsapp=frozenset(known.whatsapp),
        telegram=frozenset(known.telegram),
    )
