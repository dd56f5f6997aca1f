"""Finds the places that an offer names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from offer_screen.extract.gazetteer import MOST_MENTIONS, Gazetteer
from offer_screen.facts import Destination
from offer_screen.rules.reference import KnownPlace, Reference
from offer_screen.text.document import Document, Token
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.phrases import Phrasebook

_SHORTEST_MISSPELT = 6
_LONGEST_MISSPELT = 20
_LONG_NAME = 8
_CACHE_SIZE = 20_000
_REACH_BETWEEN = 3
_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """What a name stands for: no place at all when ``place`` is None."""

    place: KnownPlace | None
    needs_context: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    first: int
    last: int
    place: KnownPlace
    leads_through: bool


class PlaceFinder:
    """Finds places by name, by a misspelling of it, and by the ways of not naming a country.

    Args:
        reference: Gazetteer and the words that decide whether a name is a place.
        normalizer: Brings names into the form in which tokens stand.
        book: Where the names are written; None for a book of its own.
    """

    def __init__(
        self, reference: Reference, normalizer: Normalizer, book: Phrasebook | None = None
    ) -> None:
        words = reference.place_words
        names: list[tuple[tuple[str, ...], _Name]] = [
            (normalizer.words(phrase), _Name(None)) for phrase in words.not_places
        ]
        single: dict[str, KnownPlace] = {}
        for place in reference.places:
            for name in place.names:
                standard = normalizer.words(name.text)
                names.append((standard, _Name(place, name.needs_context)))
                if not name.needs_context and place.country is not None:
                    single.setdefault("".join(standard), place)
        # A strong name stands before an ambiguous one of the same words.
        self._names = Gazetteer(sorted(names, key=lambda item: item[1].needs_context), book)
        self._context = _last_words(words.context, normalizer)
        self._nationality = _last_words(words.nationality, normalizer)
        self._origin = _last_words(words.origin, normalizer)
        self._between = _last_words(words.between, normalizer)
        self._transit = frozenset(normalizer.words(phrase)[-2:] for phrase in words.transit)
        self._unknown = _UnknownWords(single, words.ordinary, words.hashtag)

    def find(self, document: Document) -> tuple[Destination, ...]:
        """Return the places named, in order of the text."""
        mentions = self._mentions(document)
        goals = {mention.place.key for mention in mentions if not mention.leads_through}
        return tuple(
            _destination(
                document,
                mention,
                transit=mention.leads_through and bool(goals - {mention.place.key}),
            )
            for mention in mentions
        )

    def _mentions(self, document: Document) -> list[_Mention]:
        tokens = document.tokens
        hits = self._names.find(document)
        misspelt = self._unknown.find(document)
        if misspelt:
            taken = {index for first, last, _ in hits for index in range(first, last)}
            hits.extend(
                (index, index + 1, _Name(place)) for index, place in misspelt if index not in taken
            )
            hits.sort(key=lambda hit: hit[0])
        out: list[_Mention] = []
        for number, (first, last, name) in enumerate(hits):
            if name.place is None:
                continue
            before = _word_before(tokens, first)
            if not self._nationality.isdisjoint(before):
                continue
            leads_through = self._leads_through(tokens, first)
            if name.place.abroad and not leads_through and not self._origin.isdisjoint(before):
                continue
            if name.needs_context and not (
                leads_through
                or not self._context.isdisjoint(before)
                or (
                    out
                    and first - out[-1].last < _NEAR
                    and out[-1].place.abroad == name.place.abroad
                )
                or _strong_follows(hits, number, name.place)
            ):
                continue
            out.append(_Mention(first, last, name.place, leads_through))
            if len(out) == MOST_MENTIONS:
                break
        return out

    def _leads_through(self, tokens: Sequence[Token], first: int) -> bool:
        at = first
        for _ in range(_REACH_BETWEEN + 1):
            if at == 0 or tokens[at].starts_clause:
                return False
            at -= 1
            word = tokens[at].norm
            if (word,) in self._transit:
                return True
            if at > 0 and (tokens[at - 1].norm, word) in self._transit:
                return True
            if word not in self._between:
                return False
        return False


def _last_words(phrases: Iterable[str], normalizer: Normalizer) -> frozenset[str]:
    # A short form may stand for several words; the last of them then touches the name.
    standard = (normalizer.words(phrase) for phrase in phrases)
    return frozenset(words[-1] for words in standard if words) | frozenset(phrases)


def _word_before(tokens: Sequence[Token], first: int) -> tuple[str, ...]:
    return () if first == 0 or tokens[first].starts_clause else tokens[first - 1].forms


def _strong_follows(hits: Sequence[tuple[int, int, _Name]], number: int, place: KnownPlace) -> bool:
    if number + 1 == len(hits):
        return False
    first, _, name = hits[number + 1]
    near = first - hits[number][1] < _NEAR
    return (
        near
        and name.place is not None
        and not name.needs_context
        and name.place.abroad == place.abroad
    )


def _destination(document: Document, mention: _Mention, *, transit: bool) -> Destination:
    place = mention.place
    return Destination(
        kind="transit" if transit else "destination",
        span=document.span_of_tokens(mention.first, mention.last),
        place=place.key,
        country=place.country,
        name=place.name,
        place_type=place.place_type,
        abroad=place.abroad,
        risk=place.risk,
        scam_hub=place.scam_hub,
        placement_open=place.placement_open,
        moratorium_domestic=place.moratorium_domestic,
    )


class _UnknownWords:
    """Reads words that are no name: misspelt ones and those that a hashtag glues together.

    Only names of six letters and more are looked for, one letter away and with the first letter
    right, and never in everyday words ('bosnya' is not Bosnia): those of foreign countries, of
    places of scam compounds, and long ones.
    """

    def __init__(
        self, names: Mapping[str, KnownPlace], ordinary: Iterable[str], glued: Iterable[str]
    ) -> None:
        self._names = dict(names)
        self._ordinary = frozenset(ordinary)
        self._glued = tuple(glued)
        self._near: dict[str, list[str]] = {}
        for name, place in self._names.items():
            telling = place.place_type == "country" or place.scam_hub or len(name) >= _LONG_NAME
            if place.abroad and telling and _can_be_misspelt(name):
                for variant in {name, *_shortened(name)}:
                    self._near.setdefault(variant, []).append(name)
        self._no_place: set[str] = set()  # what was read already

    def find(self, document: Document) -> list[tuple[int, KnownPlace]]:
        tokens = document.tokens
        out: list[tuple[int, KnownPlace]] = []
        # Not by set difference, which goes through all that was ever read.
        for word in [word for word in document.places if word not in self._no_place]:
            place = self._read(word) if len(word) >= _SHORTEST_MISSPELT else None
            if place is None:
                if len(self._no_place) >= _CACHE_SIZE:
                    self._no_place.clear()
                self._no_place.add(word)
            else:
                at_word = (at for at in document.places[word] if tokens[at].norm == word)
                out.extend((at, place) for at in at_word)
        return out

    def _read(self, word: str) -> KnownPlace | None:
        word = word.lstrip("#")
        exact = self._names.get(word)
        if exact is not None:
            return exact
        for start in self._glued:
            if word.startswith(start) and word[len(start) :] in self._names:
                return self._names[word[len(start) :]]
        if not _can_be_misspelt(word) or word in self._ordinary:
            return None
        for variant in (word, *_shortened(word)):
            for name in self._near.get(variant, ()):
                if name[0] == word[0] and _one_edit_apart(name, word):
                    return self._names[name]
        return None


def _can_be_misspelt(word: str) -> bool:
    return _SHORTEST_MISSPELT <= len(word) <= _LONGEST_MISSPELT and word.isalpha()


def _shortened(word: str) -> tuple[str, ...]:
    return tuple(word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_edit_apart(one: str, other: str) -> bool:
    """Return whether a letter left out, added, changed or two swapped tells the words apart."""
    if len(one) == len(other):
        differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(differ) == 2:
            left, right = differ
            return right == left + 1 and one[left] == other[right] and one[right] == other[left]
        return len(differ) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and shorter in _shortened(longer)
