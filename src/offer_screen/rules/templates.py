"""Phrase templates: one line of a pack that stands for many plain phrases.

::

    gaji besar                words, in this order, in one clause
    [gaji|upah|] besar        one of these; an empty alternative is allowed
    (sangat)? besar           may be left out; (sangat|amat)? too
    {pay} besar               any phrase of the lexicon class ``pay``
    gaji <money>              a fact of that kind, or of that group of kinds
    berangkat ~3 gratis       up to three words in between

Groups nest. A template is expanded at load, up to a limit, so that matching needs no more than
walks over plain words. ``docs/rule-language.md`` is the author's reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple, get_args

from offer_screen.facts import FACT_CLASSES, Destination, Duration, FactBase, Money

EXPANSION_LIMIT = 2000
"""Most phrases that one template may stand for."""

MAX_DEPTH = 4
MAX_GAP = 8


def kinds_of(fact_class: type[FactBase]) -> tuple[str, ...]:
    """Return the fact kinds that ``fact_class`` stands for.

    >>> kinds_of(Destination)
    ('destination', 'transit')
    """
    return tuple(get_args(fact_class.model_fields["kind"].annotation))


FACT_KINDS: dict[str, type[FactBase]] = {
    kind: fact_class for fact_class in FACT_CLASSES for kind in kinds_of(fact_class)
}
"""Every kind of fact with its class."""

SLOT_GROUPS: dict[str, frozenset[str]] = {
    "money": frozenset(kinds_of(Money)),
    "duration": frozenset(kinds_of(Duration)),
    "place": frozenset(kinds_of(Destination)),
}
"""Slots that several kinds of fact fill."""

TOKEN_SLOTS = frozenset({"number", "any"})
"""Slots that one token fills: any number, any token at all."""

SLOTS = frozenset(FACT_KINDS) - {"text"} | frozenset(SLOT_GROUPS) | TOKEN_SLOTS
"""Every name that may stand in angle brackets."""


def slots_filled_by(kind: str) -> tuple[str, ...]:
    """Return the names of the slots that a fact of ``kind`` fills.

    >>> slots_filled_by("salary"), slots_filled_by("phone")
    (('salary', 'money'), ('phone',))
    """
    return (kind, *(group for group, kinds in SLOT_GROUPS.items() if kind in kinds))


class TemplateError(ValueError):
    """A template cannot be read or stands for too many phrases.

    Attributes:
        message: What is wrong.
        column: Where in the template, from 1.
        hint: How to mend it, or None.
        too_many: The template is well written and only expands past the limit.
    """

    def __init__(
        self, message: str, column: int, hint: str | None = None, *, too_many: bool = False
    ) -> None:
        self.message = message
        self.column = column
        self.hint = hint
        self.too_many = too_many
        super().__init__(f"{message} (column {column})")


Words = tuple[str, ...]
"""Words in order; ``<{pay}>`` is a class slot, ``<money>`` a fact slot."""


@dataclass(frozen=True, slots=True)
class Template:
    """All the phrases that a template stands for.

    Attributes:
        parts: For each part of the template, the word sequences that may stand there.
        gaps: ``gaps[i]`` is how many words may stand between part ``i`` and the next.
    """

    parts: tuple[tuple[Words, ...], ...]
    gaps: tuple[int, ...] = ()

    def phrases(self) -> Iterator[str]:
        """Yield every phrase, gaps shown as ``~n``."""
        for choice in product(*self.parts):
            pieces = [" ".join(choice[0])]
            for gap, words in zip(self.gaps, choice[1:], strict=True):
                pieces += [f"~{gap}", " ".join(words)]
            yield " ".join(pieces)


class _Word(NamedTuple):
    text: str


class _Gap(NamedTuple):
    words: int
    column: int


class _Choice(NamedTuple):
    alternatives: tuple[tuple[_Item, ...], ...]


_Item = _Word | _Gap | _Choice


class _Lexeme(NamedTuple):
    type: str
    text: str
    column: int
    glued: bool  # no blank before it


_LEXEME = re.compile(
    r"""(?P<space>\s+)
      | (?P<class>\{[^{}\s]*\})
      | (?P<slot><[^<>\s]*>)
      | (?P<gap>~[0-9]*)
      | (?P<optional_end>\)\?)
      | (?P<mark>[\[\]|(){}<>?])
      | (?P<word>[^\s\[\]|(){}<>?~]+)
    """,
    re.VERBOSE,
)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OPENING = frozenset({"class", "slot", "gap", "word"})


@lru_cache(maxsize=16384)
def _lexemes(template: str) -> tuple[_Lexeme, ...]:
    found: list[_Lexeme] = []
    glued = False
    for match in _LEXEME.finditer(template):
        kind = match.lastgroup or ""
        if kind == "space":
            glued = False
            continue
        text = match.group()
        found.append(_Lexeme(text if kind == "mark" else kind, text, match.start() + 1, glued))
        glued = True
    return tuple(found)


class _Parser:
    """Recursive descent over the lexemes of one template."""

    def __init__(self, template: str) -> None:
        self._lexemes = _lexemes(template)
        self._at = 0
        self._end = len(template) + 1

    def parse(self) -> tuple[_Item, ...]:
        items = self._sequence(depth=0, closers=())
        if self._at < len(self._lexemes):
            extra = self._lexemes[self._at]
            if extra.type == "|":
                raise TemplateError(
                    "'|' outside of brackets", extra.column, "alternatives stand in [a|b]"
                )
            if extra.type == "?":
                raise TemplateError(
                    "'?' outside of brackets", extra.column, "optional words stand in (word)?"
                )
            raise TemplateError(f"{extra.text!r} closes nothing", extra.column)
        return items

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _sequence(self, depth: int, closers: tuple[str, ...]) -> tuple[_Item, ...]:
        items: list[_Item] = []
        while (lexeme := self._peek()) is not None:
            if lexeme.type in closers or lexeme.type in ("]", "|", ")", "optional_end", "?"):
                break
            if items and lexeme.glued:
                raise TemplateError(
                    f"{lexeme.text!r} is glued to what stands before it",
                    lexeme.column,
                    "put a blank between; templates work on whole words",
                )
            self._at += 1
            items.append(self._item(lexeme, depth))
        return tuple(items)

    def _item(self, lexeme: _Lexeme, depth: int) -> _Item:
        if lexeme.type == "word":
            return _Word(lexeme.text.lower())
        if lexeme.type == "class":
            return _Word(f"<{{{_name(lexeme, 'class')}}}>")
        if lexeme.type == "slot":
            return _Word(f"<{_slot(lexeme)}>")
        if lexeme.type == "gap":
            if depth:
                raise TemplateError(
                    "a gap inside a group", lexeme.column, "write two phrases instead"
                )
            return _gap(lexeme)
        if lexeme.type == "[":
            return self._alternatives(lexeme, depth + 1)
        if lexeme.type == "(":
            return self._optional(lexeme, depth + 1)
        shape = "{class}" if lexeme.text in "{}" else "<money>"
        raise TemplateError(f"{lexeme.text!r} stands alone", lexeme.column, f"write {shape}")

    def _alternatives(self, opening: _Lexeme, depth: int) -> _Choice:
        _check_depth(opening, depth)
        alternatives = [self._sequence(depth, ("]", "|"))]
        while (lexeme := self._peek()) is not None and lexeme.type == "|":
            self._at += 1
            alternatives.append(self._sequence(depth, ("]", "|")))
        if lexeme is None or lexeme.type != "]":
            raise TemplateError(
                "'[' is never closed" if lexeme is None else f"{lexeme.text!r} inside of '['",
                opening.column if lexeme is None else lexeme.column,
            )
        self._at += 1
        self._check_end(lexeme)
        if not any(alternatives):
            raise TemplateError("'[]' holds no words", opening.column)
        return _Choice(tuple(alternatives))

    def _optional(self, opening: _Lexeme, depth: int) -> _Choice:
        _check_depth(opening, depth)
        alternatives = [self._sequence(depth, ("optional_end", "|"))]
        while (lexeme := self._peek()) is not None and lexeme.type == "|":
            self._at += 1
            alternatives.append(self._sequence(depth, ("optional_end", "|")))
        if lexeme is None:
            raise TemplateError("'(' is never closed", opening.column)
        if lexeme.type == ")":
            raise TemplateError(
                "'(…)' without '?'", lexeme.column, "optional words are (word)?, choices [a|b]"
            )
        if lexeme.type != "optional_end":
            raise TemplateError(f"{lexeme.text!r} inside of '('", lexeme.column)
        self._at += 1
        self._check_end(lexeme)
        if not all(alternatives):
            raise TemplateError("'()?' holds no words", opening.column)
        return _Choice((*alternatives, ()))

    def _check_end(self, closing: _Lexeme) -> None:
        after = self._peek()
        if after is not None and after.glued and after.type in (*_OPENING, "[", "("):
            raise TemplateError(
                f"{after.text!r} is glued to {closing.text!r}",
                after.column,
                "put a blank between; templates work on whole words",
            )


def _check_depth(opening: _Lexeme, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise TemplateError(f"groups nest more than {MAX_DEPTH} deep", opening.column)


def _name(lexeme: _Lexeme, what: str) -> str:
    name = lexeme.text[1:-1]
    if not _NAME.fullmatch(name):
        raise TemplateError(
            f"{lexeme.text!r} is not the name of a {what}",
            lexeme.column,
            "names are lower-case words joined by hyphens",
        )
    return name


def _slot(lexeme: _Lexeme) -> str:
    name = lexeme.text[1:-1]
    if name not in SLOTS:
        raise TemplateError(
            f"unknown slot {lexeme.text!r}",
            lexeme.column,
            f"slots: {', '.join(sorted(SLOTS))}",
        )
    return name


def _gap(lexeme: _Lexeme) -> _Gap:
    digits = lexeme.text[1:]
    if not digits or not 1 <= int(digits[:4]) <= MAX_GAP:
        raise TemplateError(
            f"{lexeme.text!r} is not a gap", lexeme.column, f"gaps are ~1 to ~{MAX_GAP}"
        )
    return _Gap(int(digits), lexeme.column)


def _count(items: Sequence[_Item]) -> int:
    total = 1
    for item in items:
        if isinstance(item, _Choice):
            total *= sum(_count(alternative) for alternative in item.alternatives)
    return total


def _flatten(items: Sequence[_Item]) -> Iterator[Words]:
    if not items:
        yield ()
        return
    first, rest = items[0], items[1:]
    heads: list[Words] = (
        [words for alternative in first.alternatives for words in _flatten(alternative)]
        if isinstance(first, _Choice)
        else [(first.text,)]
        if isinstance(first, _Word)
        else []
    )
    tails = list(_flatten(rest))
    for head in heads:
        for tail in tails:
            yield head + tail


@lru_cache(maxsize=16384)  # read to be checked, again to find its classes, again to be used
def _segments(template: str, limit: int) -> tuple[tuple[tuple[_Item, ...], ...], tuple[int, ...]]:
    """Return what stands between the gaps of a template, and how wide the gaps are."""
    segments: list[list[_Item]] = [[]]
    gaps: list[_Gap] = []
    for item in _Parser(template).parse():
        if isinstance(item, _Gap):
            gaps.append(item)
            segments.append([])
        else:
            segments[-1].append(item)
    for index, segment in enumerate(segments):
        count = _count(segment)
        if count > limit:
            raise TemplateError(
                f"stands for {count} phrases, more than {limit}",
                1,
                "split it, or make a lexicon class of the choices",
                too_many=True,
            )
        if _may_be_empty(segment):
            if not gaps:
                raise TemplateError(
                    "the template can be empty", 1, "keep one word that must stand there"
                )
            side, gap = ("before", gaps[0]) if index == 0 else ("after", gaps[index - 1])
            raise TemplateError(
                f"a gap needs words {side} it", gap.column, "mind empty alternatives"
            )
    return tuple(map(tuple, segments)), tuple(gap.words for gap in gaps)


def check(template: str, limit: int = EXPANSION_LIMIT) -> None:
    """Check a template without writing out its phrases.

    Raises:
        TemplateError: Not a template, or a part of it stands for more than ``limit`` phrases.
    """
    _segments(template, limit)


def expand(template: str, limit: int = EXPANSION_LIMIT) -> Template:
    """Return the phrases that ``template`` stands for, part by part, each once and in order.

    >>> list(expand("[gaji|upah] (sangat)? besar").phrases())
    ['gaji sangat besar', 'gaji besar', 'upah sangat besar', 'upah besar']

    Raises:
        TemplateError: Not a template, or a part of it stands for more than ``limit`` phrases.
    """
    segments, gaps = _segments(template, limit)
    return Template(tuple(tuple(dict.fromkeys(_flatten(segment))) for segment in segments), gaps)


@lru_cache(maxsize=8192)  # used for the vocabulary, and again for the matcher
def factored(template: str, most: int = 40) -> Template:
    """Return the same phrases as ``expand`` in more parts, none of them much over ``most`` long.

    Twenty words that may stand before fifteen others are three hundred phrases, or thirty-five
    words and a gap of none: what is stored is a sum and not a product.

    >>> factored("[a|b|c] [d|e|f] g", most=4)
    Template(parts=((('a',), ('b',), ('c',)), (('d', 'g'), ('e', 'g'), ('f', 'g'))), gaps=(0,))
    """
    segments, gaps = _segments(template, EXPANSION_LIMIT)
    parts: list[tuple[Words, ...]] = []
    between: list[int] = []
    for index, segment in enumerate(segments):
        if index:
            between.append(gaps[index - 1])
        pieces = _pieces(segment, most)
        parts.extend(tuple(dict.fromkeys(_flatten(piece))) for piece in pieces)
        between.extend([0] * (len(pieces) - 1))
    return Template(tuple(parts), tuple(between))


def _pieces(items: Sequence[_Item], most: int) -> list[list[_Item]]:
    """Cut a segment into pieces that each hold a word, at the borders of its groups."""
    pieces: list[list[_Item]] = [[]]
    for item in items:
        piece = pieces[-1]
        if _count([*piece, item]) > most and not _may_be_empty(piece):
            pieces.append([item])
        else:
            piece.append(item)
    while len(pieces) > 1 and _may_be_empty(pieces[-1]):
        last = pieces.pop()
        pieces[-1].extend(last)
    return pieces


def _may_be_empty(items: Sequence[_Item]) -> bool:
    return all(
        isinstance(item, _Choice) and any(map(_may_be_empty, item.alternatives)) for item in items
    )


def classes_in(template: str) -> tuple[tuple[str, int], ...]:
    """Return the lexicon classes that a template names, with the column of each.

    >>> classes_in("{pay} [besar|{big}]")
    (('pay', 1), ('big', 14))
    """
    return tuple(
        (lexeme.text[1:-1], lexeme.column)
        for lexeme in _lexemes(template)
        if lexeme.type == "class"
    )


def has_gap(template: str) -> int | None:
    """Return the column of the first gap of a template, or None."""
    return next((lexeme.column for lexeme in _lexemes(template) if lexeme.type == "gap"), None)
