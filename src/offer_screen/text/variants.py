"""Writes a text in the ways in which people dodge filters: one variant for each fold.

For every fold that the text stage undoes there are some ways of writing a word so that only undoing
it makes it readable again. Which way is taken, and which letters it hits, follows from the text
and from nothing else: the same text gives the same variants for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from offer_screen.text.document import Document
from offer_screen.text.lookalikes import HOMOGLYPHS, STYLED
from offer_screen.values import Fold, Span

T = TypeVar("T")

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_VOWEL = re.compile("[aiueoAIUEO]")
_INNER_VOWEL = re.compile("(?<=.)[aiueoAIUEO](?=.)")
_LEAST_LETTERS = 4
"""Shorter words are not worth hiding: no filter looks for them alone."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A text written in another way.

    Attributes:
        way: What was done: a fold, or the class of what took the place of something else.
        text: The text as it is written now.
        changed: The words that are written otherwise, as they stand now.
    """

    way: str
    text: str
    changed: tuple[str, ...]


class Change(NamedTuple):
    """A place of a text and what is to stand there."""

    span: Span
    written: str


def fold_variants(
    document: Document, spans: Collection[Span], *, folds: Collection[Fold] = tuple(Fold)
) -> Iterator[Variant]:
    """Yield a variant for each fold that can be laid over the words in ``spans``.

    Only words in plain letters change, and numbers where a fold is for digits: web addresses, short
    forms glued to numbers and what is disguised already stay as they are.

    >>> from offer_screen.text.normalizer import Normalizer
    >>> document = Normalizer({}, frozenset()).read("Kerja di Kamboja")
    >>> [variant.text for variant in fold_variants(document, [Span(9, 16)], folds=[Fold.WILDCARD])]
    ['Kerja di Kamb*ja']

    Args:
        document: The text, read.
        spans: Where words may change.
        folds: Folds wanted.
    """
    words, numbers = _plain_words(document, spans), _plain_numbers(document, spans)
    for fold in Fold:
        if fold in folds:
            variant = _laid(document, words, numbers, [fold], fold.value)
            if variant is not None:
                yield variant


def stacked_variant(
    document: Document, spans: Collection[Span], first: Fold, second: Fold
) -> Variant | None:
    """Return the text with two folds over the words in ``spans``, one upon the other.

    A word that only one of them can be laid on has that one. The fold that changes letters goes
    first, that of digits beside the other. None where either finds nothing to change.

    >>> from offer_screen.text.normalizer import Normalizer
    >>> document = Normalizer({}, frozenset()).read("Kerja di Kamboja")
    >>> variant = stacked_variant(document, [Span(9, 16)], Fold.ENTITY, Fold.WILDCARD)
    >>> variant.way
    'wildcard + entity'

    Args:
        document: The text, read.
        spans: Where words may change.
        first: One fold.
        second: The other.
    """
    folds = [fold for fold in _INNERMOST_FIRST if fold in {first, second}]
    words, numbers = _plain_words(document, spans), _plain_numbers(document, spans)
    if any(_laid(document, words, numbers, [fold], fold.value) is None for fold in folds):
        return None
    return _laid(document, words, numbers, folds, " + ".join(folds))


def _laid(
    document: Document,
    words: Sequence[Span],
    numbers: Sequence[Span],
    folds: Sequence[Fold],
    way: str,
) -> Variant | None:
    """Return the text with folds over its words and numbers; None where nothing changes."""
    choices = Choices(f"{way} {document.original}")
    writers = [(fold, choices.of(_WRITERS[fold])) for fold in folds]
    changes = []
    for span in sorted([*words, *numbers]):
        plain = written = document.original[span.start : span.end]
        allowed = _ON_WORDS if plain.isalpha() else _ON_NUMBERS
        for fold, writer in writers:
            if fold in allowed:
                written = writer(written, choices) or written
        if written != plain:
            changes.append(Change(span, written))
    return changed(document.original, way, changes) if changes else None


_ON_NUMBERS = frozenset({Fold.DIGIT, Fold.COMPATIBILITY})
_ON_WORDS = frozenset(Fold) - {Fold.DIGIT}
_INNERMOST_FIRST = (
    Fold.DIGIT,
    Fold.LEET,
    Fold.WILDCARD,
    Fold.STRETCHED,
    Fold.HOMOGLYPH,
    Fold.COMPATIBILITY,
    Fold.SPACED,
    Fold.COMBINING,
    Fold.INVISIBLE,
    Fold.ENTITY,
)
"""What changes letters goes first, then what stands between them, and markup over all."""


def changed(text: str, way: str, changes: Sequence[Change]) -> Variant:
    """Return ``text`` with the changes, which are in order and do not overlap."""
    pieces: list[str] = []
    at = 0
    for span, written in changes:
        pieces += [text[at : span.start], written]
        at = span.end
    return Variant(way, "".join([*pieces, text[at:]]), tuple(change.written for change in changes))


class Choices:
    """Choices that look random and follow from a seed alone, in every version of Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._made = 0

    def of(self, options: Sequence[T]) -> T:
        """Return one of ``options``."""
        self._made += 1
        seed = f"{self._made} {self._seed}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(blake2b(seed, digest_size=8).digest())
        return options[number % len(options)]


# --- which words ---------------------------------------------------------------------------------


def _plain_words(document: Document, spans: Collection[Span]) -> list[Span]:
    return [
        span
        for span in _tokens_within(document, spans)
        if (text := document.original[span.start : span.end]).isascii()
        and text.isalpha()
        and len(text) >= _LEAST_LETTERS
        and _stands_free(document.original, span)
    ]


def _plain_numbers(document: Document, spans: Collection[Span]) -> list[Span]:
    return [
        span
        for span in _tokens_within(document, spans)
        if re.fullmatch(r"\+?\d[\d.,\- ]*", document.original[span.start : span.end])
    ]


def _tokens_within(document: Document, spans: Collection[Span]) -> list[Span]:
    tokens = {Span(token.start, token.end) for token in document.tokens}
    return sorted(
        token
        for token in tokens
        if any(span.start <= token.start and token.end <= span.end for span in spans)
    )


def _stands_free(text: str, span: Span) -> bool:
    """Whether a word is glued to nothing that makes it another word, such as '-' or a digit."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return not any(char.isalnum() or char in "-@_#'’/&" for char in around)


# --- the ways of each fold -----------------------------------------------------------------------

Writer = Callable[[str, Choices], str | None]
"""Writes a word in another way; None where it cannot."""


def _in_alphabet(capital: int, small: int, zero: int | None = None) -> Writer:
    """Return what writes letters from the code points of 'A' and 'a' on."""
    table = {ord(char.upper()): capital + at for at, char in enumerate(_LETTERS)}
    table |= {ord(char): small + at for at, char in enumerate(_LETTERS)}
    if zero is not None:
        table |= {ord(char): zero + at for at, char in enumerate(_DIGITS)}
    return lambda word, _: word.translate(table)


def _in_small_capitals(word: str, _: Choices) -> str:
    return "".join(_SMALL_CAPITALS.get(char, char) for char in word.lower())


_SMALL_CAPITALS = {plain: styled for styled, plain in reversed(STYLED.items()) if len(plain) == 1}
_SMALL_CAPITALS = {
    plain: styled
    for plain, styled in _SMALL_CAPITALS.items()
    if styled in "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"
}


def _after_each_letter(mark: str) -> Writer:
    return lambda word, _: "".join(char + mark for char in word)


def _between_letters(mark: str) -> Writer:
    return lambda word, _: mark.join(word)


def _once_inside(mark: str) -> Writer:
    def write(word: str, choices: Choices) -> str:
        at = choices.of(range(1, len(word)))
        return word[:at] + mark + word[at:]

    return write


def _apart(word: str, _: Choices) -> str:
    return f" {' '.join(word)} "  # a wider gap round the word, as people leave it


_LOOK_ALIKES: Mapping[str, tuple[str, ...]] = {
    plain: tuple(look for look, letter in HOMOGLYPHS.items() if letter == plain)
    for plain in set(HOMOGLYPHS.values())
}


def _in_look_alikes(word: str, choices: Choices) -> str:
    return "".join(choices.of(_LOOK_ALIKES.get(char, (char,))) for char in word)


def _with_one_look_alike(word: str, choices: Choices) -> str | None:
    places = [at for at, char in enumerate(word) if char in _LOOK_ALIKES]
    if not places:
        return None
    at = choices.of(places)
    return word[:at] + choices.of(_LOOK_ALIKES[word[at]]) + word[at + 1 :]


_LEET = {"a": "4@", "i": "1!", "e": "3", "o": "0", "s": "5$"}


def _leeted(most: int) -> Writer:
    def write(word: str, choices: Choices) -> str | None:
        # Not the last letter: '!' there ends a sentence.
        places = [at for at, char in enumerate(word[:-1]) if char.lower() in _LEET]
        while len(places) > most:
            places.remove(choices.of(places))
        letters = list(word)
        for at in places:
            letters[at] = choices.of(_LEET[word[at].lower()])
        return "".join(letters) if places else None

    return write


def _stretched(word: str, choices: Choices) -> str | None:
    vowels = list(_VOWEL.finditer(word))
    if not vowels:
        return None
    vowel = choices.of(vowels[-2:])
    return word[: vowel.start()] + vowel.group() * choices.of((3, 4, 6)) + word[vowel.end() :]


def _with_wildcard(word: str, choices: Choices) -> str | None:
    vowels = [match.start() for match in _INNER_VOWEL.finditer(word)]
    if not vowels:
        return None
    at = choices.of(vowels)
    return f"{word[:at]}*{word[at + 1 :]}"


def _as_entities(form: str) -> Writer:
    return lambda word, _: "".join(form.format(ord(char)) for char in word)


def _one_entity(word: str, choices: Choices) -> str:
    at = choices.of(range(len(word)))
    return f"{word[:at]}&#{ord(word[at])};{word[at + 1 :]}"


_KEYCAP = "\ufe0f\u20e3"


def _in_other_digits(word: str, choices: Choices) -> str:
    """Write a telephone number with letters that look like digits, other numbers in keycaps."""
    digits = [at for at, char in enumerate(word) if char in _DIGITS]
    if len(digits) < _LEAST_PHONE:
        return "".join(char + _KEYCAP if char in _DIGITS else char for char in word)
    letters = list(word)
    for at in digits[: len(digits) // 2]:
        letters[at] = choices.of(_LIKE_DIGITS.get(word[at], word[at]))
    return "".join(letters)


_LIKE_DIGITS = {"0": "Oo", "1": "Il"}
_LEAST_PHONE = 9

_WRITERS: Mapping[Fold, tuple[Writer, ...]] = {
    Fold.COMPATIBILITY: (
        _in_alphabet(0x1D400, 0x1D41A, 0x1D7CE),  # bold
        _in_alphabet(0x1D5D4, 0x1D5EE, 0x1D7EC),  # sans-serif bold
        _in_alphabet(0x1D608, 0x1D622),  # sans-serif italic
        _in_alphabet(0x1D4D0, 0x1D4EA),  # bold script
        _in_alphabet(0x1D56C, 0x1D586),  # bold Fraktur
        _in_alphabet(0x1D670, 0x1D68A, 0x1D7F6),  # monospace
        _in_alphabet(0xFF21, 0xFF41, 0xFF10),  # full width
        _in_alphabet(0x24B6, 0x24D0),  # circled
        _in_alphabet(0x1F170, 0x1F170),  # white on black
        _in_small_capitals,
    ),
    Fold.INVISIBLE: (
        *map(_between_letters, ("\u200b", "\u200c", "\u2060", "\u00ad")),
        *map(_once_inside, ("\u200b", "\u200d", "\u200e", "\ufeff", "\u00ad")),
    ),
    Fold.HOMOGLYPH: (_in_look_alikes, _with_one_look_alike),
    Fold.COMBINING: tuple(
        map(_after_each_letter, ("\u0336", "\u0332", "\u0335", "\u0323", "\u0301"))
    ),
    Fold.SPACED: (_apart, *map(_between_letters, (".", "-", "_", "·"))),
    Fold.LEET: (_leeted(1), _leeted(2)),
    Fold.STRETCHED: (_stretched,),
    Fold.WILDCARD: (_with_wildcard,),
    Fold.ENTITY: (_as_entities("&#{};"), _as_entities("&#x{:x};"), _one_entity),
    Fold.DIGIT: (_in_other_digits,),
}
