"""Finds known employers by name, and whether the ways to answer are theirs.

Fake recruiters borrow the names of employers whom everybody knows. A name alone proves nothing;
what can be read from a text is whether it sends people to that employer's own address or elsewhere.
An address that carries the name without being the employer's own is an imitation when it also holds
a word for recruiting, costs next to nothing, or is the employer's own name under another ending:
subsidiaries and dealers honestly carry the name too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from offer_screen.extract.gazetteer import MOST_MENTIONS, Gazetteer
from offer_screen.extract.web import STATE_SUFFIX, registrable
from offer_screen.facts import (
    Email,
    Employer,
    EmployerChannel,
    EmployerSector,
    FactBase,
    Link,
    Phone,
)
from offer_screen.rules.reference import Reference
from offer_screen.rules.reference_files import Alias, EmployerEntry
from offer_screen.text.document import Document, Token
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook

_HOST = re.compile(r"(?:https?://|[^@\s]*@)?(?:www\.)?([a-z0-9.-]+)")
_PARTS = re.compile(r"[.-]")
_LONG_NAME = 6
"""Letters from which on a name is safe to find inside a word of a web address."""

_VETTED = (".co.id", ".ac.id", ".go.id", ".mil.id")
"""Endings that are given out on papers of the company or office only."""

_ASIDE_REACH = 2
_CACHE_SIZE = 4096


class _Name(NamedTuple):
    """What a name stands for: no employer when ``key`` is empty."""

    key: str
    needs_context: bool = False


class _Known(NamedTuple):
    key: str
    name: str
    sector: EmployerSector
    domains: frozenset[str]
    site: str


class _Web(NamedTuple):
    """A web name: whose it is, whose name it borrows, and whether it costs next to nothing."""

    owner: str | None = None
    imitates: str | None = None
    cheap: bool = False


class EmployerFinder:
    """Finds the known employers that a text names, and sets its links and mails against them.

    Args:
        reference: Employers with their domains, and the words around ambiguous names.
        normalizer: Brings names into the form in which tokens stand.
        book: Where the names are written; None for a book of its own.
    """

    def __init__(
        self, reference: Reference, normalizer: Normalizer, book: Phrasebook | None = None
    ) -> None:
        words = reference.employer_words
        names: list[tuple[tuple[str, ...], _Name]] = [
            (normalizer.words(phrase), _Name("")) for phrase in words.not_employers
        ]
        for key, entry in reference.employers.items():
            names.extend(
                (normalizer.words(text), _Name(key, unclear)) for text, unclear in _aliases(entry)
            )
        # A clear name stands before an ambiguous one of the same words.
        self._names = Gazetteer(sorted(names, key=lambda item: item[1].needs_context), book)
        self._before = frozenset(words.context).union(
            *(normalizer.words(word)[-1:] for word in words.context)
        )
        self._after = frozenset(words.after)
        self._aside = frozenset(words.aside)
        self._known = {
            key: _Known(key, entry.name, entry.sector, frozenset(entry.domains), _site(entry))
            for key, entry in reference.employers.items()
        }
        self._web = _WebNames(
            reference.employers,
            words.recruiting,
            reference.domains.cheap if reference.domains else (),
        )

    def mentions(self, document: Document) -> list[tuple[int, int, str]]:
        """Return first token, end and key of the employers named, in order of the text."""
        out: list[tuple[int, int, str]] = []
        tokens = document.tokens
        for first, last, name in self._names.find(document):
            if not name.key or self._beside(tokens, first):
                continue
            if name.needs_context and not self._meant(tokens, first, last):
                continue
            out.append((first, last, name.key))
            if len(out) == MOST_MENTIONS:
                break
        return out

    def read(self, document: Document, contacts: Sequence[FactBase]) -> list[FactBase]:
        """Return the employers named, and ``contacts`` with what they have to do with employers."""
        judged = [self._judged(document, contact) for contact in contacts]
        found: list[FactBase] = []
        channels: dict[str, EmployerChannel] = {}
        for first, last, key in self.mentions(document):
            known = self._known[key]
            if key not in channels:
                channels[key] = _channel(known, judged)
            found.append(
                Employer(
                    span=document.span_of_tokens(first, last),
                    employer=key,
                    name=known.name,
                    sector=known.sector,
                    site=known.site,
                    channel=channels[key],
                )
            )
        return [*found, *judged]

    def _beside(self, tokens: Sequence[Token], first: int) -> bool:
        """Return whether the name only tells where something is, or how to pay for it."""
        for at in range(first, max(0, first - _ASIDE_REACH), -1):
            if tokens[at].starts_clause:
                return False
            if not self._aside.isdisjoint(tokens[at - 1].forms):
                return True
        return False

    def _meant(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Return whether the words around an ambiguous name say that an employer is meant."""
        if first and not tokens[first].starts_clause:
            before = tokens[first - 1]
            if not self._before.isdisjoint(before.forms) or before.text.lower() in self._before:
                return True
        return (
            last < len(tokens)
            and not tokens[last].starts_clause
            and not self._after.isdisjoint(tokens[last].forms)
        )

    def _judged(self, document: Document, contact: FactBase) -> FactBase:
        if not isinstance(contact, Link | Email) or contact.domain is None:
            return contact
        if isinstance(contact, Link) and contact.link_type not in _SITES:
            return contact
        found = _HOST.match(document.original[slice(*contact.span)].lower())
        web = self._web.read(found.group(1) if found else contact.domain)
        if web == _NOTHING_KNOWN:
            return contact
        known: dict[str, object] = {"owner": web.owner, "imitates": web.imitates}
        if isinstance(contact, Link):
            known["cheap"] = web.cheap
        return contact.replaced(**known)


_NOTHING_KNOWN = _Web()
_SITES = frozenset({"web", "lookalike", "official", "apk"})
"""Links to a site of somebody's own: what is not a platform on which anybody writes."""


def _aliases(entry: EmployerEntry) -> list[tuple[str, bool]]:
    return [
        (alias.text, alias.needs_context) if isinstance(alias, Alias) else (alias, False)
        for alias in entry.aliases
    ]


def _site(entry: EmployerEntry) -> str:
    if entry.careers is not None:
        return entry.careers
    first = next(iter(entry.domains), entry.name)
    return f"….{first}" if first == STATE_SUFFIX else first


def _channel(known: _Known, contacts: Iterable[FactBase]) -> EmployerChannel:
    """Return how the text says to reach an employer; its own address outweighs all others."""
    channel: EmployerChannel = "none"
    for contact in contacts:
        if isinstance(contact, Link | Email):
            state = contact.domain is not None and contact.domain.endswith("." + STATE_SUFFIX)
            if contact.owner == known.key or state or contact.domain in known.domains:
                return "official"
            if contact.imitates is not None:
                channel = "imitation"
            elif channel == "none":
                channel = "other"
        elif isinstance(contact, Phone) and channel == "none":
            channel = "other"
    return channel


class _WebNames:
    """Says whose a web name is, and whose name it borrows.

    Args:
        employers: Known employers with their domains.
        recruiting: Pieces of web names that recruit under somebody else's name.
        cheap: Endings and hosts under which an address costs next to nothing.
    """

    def __init__(
        self,
        employers: Mapping[str, EmployerEntry],
        recruiting: Sequence[str],
        cheap: Sequence[str],
    ) -> None:
        self._owners: dict[str, str] = {}
        self._short: dict[str, str] = {}
        long: dict[str, str] = {}
        for key, entry in employers.items():
            for domain in entry.domains:
                if domain != STATE_SUFFIX:
                    self._owners.setdefault(domain, key)
            for text, _ in _aliases(entry):
                name = re.sub(r"[^a-z0-9]", "", text.lower())
                (long if len(name) >= _LONG_NAME else self._short).setdefault(name, key)
        self._long = tuple(sorted(long.items(), key=lambda item: -len(item[0])))
        self._labels = {domain.split(".", 1)[0] for domain in self._owners}
        self._recruiting = tuple(sorted(recruiting, key=len, reverse=True))
        self._cheap = tuple("." + ending for ending in cheap)
        self._seen: dict[str, _Web] = {}

    def read(self, host: str) -> _Web:
        """Return what is known of a web name."""
        found = self._seen.get(host)
        if found is None:
            found = self._read(host)
            if len(self._seen) >= _CACHE_SIZE:
                self._seen.clear()
            self._seen[host] = found
        return found

    def _read(self, host: str) -> _Web:
        host = host.strip(".-")
        domain = registrable(host)
        cheap = ("." + host).endswith(self._cheap)
        owner = self._owners.get(domain)
        if owner is not None or domain.endswith("." + STATE_SUFFIX):
            return _Web(owner)
        borrowed = self._borrowed(host)
        if borrowed is None or host.endswith(_VETTED):
            return _Web(cheap=cheap)
        label = domain.split(".", 1)[0]
        lures = (
            cheap
            or label in self._labels
            or any(piece in label for piece in self._recruiting)
            or not self._borrowed(label)
        )
        return _Web(imitates=borrowed if lures else None, cheap=cheap)

    def _borrowed(self, host: str) -> str | None:
        """Return the employer whose name stands in a web name."""
        for part in _PARTS.split(host):
            key = self._short.get(part) or self._short.get(self._bare(part))
            if key is not None:
                return key
        squeezed = host.replace("-", "")
        return next((key for name, key in self._long if name in squeezed), None)

    def _bare(self, part: str) -> str:
        """Return a part of a web name without its digits and a word for recruiting."""
        part = part.strip("0123456789")
        for piece in self._recruiting:
            if part.startswith(piece):
                return part.removeprefix(piece)
            if part.endswith(piece):
                return part.removesuffix(piece)
        return part
