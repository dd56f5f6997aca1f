"""One task for all matchers: the phrases of the shipped pack, in texts that are normalised already.

What a matcher of words or characters cannot ask for is left out: phrases with facts in them (an
amount, a destination), patterns over characters, and the rule that no gap holds a negation. All
else is written out anew for each: as a regular expression, as token patterns, as plain phrases.
A text is its standard words between single blanks, a new line where a clause begins, and a signal
is found when one of its phrases stands in one clause.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from offer_screen.match.signals import SignalMatcher
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import FACT_KINDS, SLOT_GROUPS
from offer_screen.text.document import Document, Token
from offer_screen.text.normalizer import Normalizer

CLAUSE = "\n"
"""Stands as a word of its own where a clause begins."""

_FACTS = frozenset(f"<{name}>" for name in (*FACT_KINDS, *SLOT_GROUPS))
_NUMBER, _ANY = "<number>", "<any>"
_WORD = rf" [^ {CLAUSE}]+"
_ONE_WORD = {_NUMBER: rf" [0-9][^ {CLAUSE}]*", _ANY: _WORD}
_LEXEME = re.compile(r"\)\?|[\[\](|]|~\d|[^\s\[\]()|]+")

Words = tuple[str, ...]


class Gap(NamedTuple):
    """So many words may stand here."""

    words: int


class Choice(NamedTuple):
    """One of these stands here."""

    alternatives: tuple[Items, ...]


Items = tuple[str | Gap | Choice, ...]
"""Words, gaps and choices in order."""

Slot = frozenset[str] | Gap
"""One token that is one of these words, or a gap."""


class Phrase(NamedTuple):
    """One template of the pack, word classes written out.

    Attributes:
        signal: What it is a phrase of.
        written: As the pack has it.
        items: What it is made of, in standard words.
    """

    signal: str
    written: str
    items: Items

    @property
    def expression(self) -> str:
        """A regular expression for it: a blank stands before each word, and none at the end."""
        return _expression(self.items)

    @property
    def is_plain(self) -> bool:
        """Whether it stands for a list of plain phrases, without gaps or numbers."""
        return not any(isinstance(item, Gap) or item in _ONE_WORD for item in _leaves(self.items))

    def sequence_count(self, *, merged: bool) -> int:
        """Return how many sequences `sequences` yields."""
        return _count(self.items, merged)

    def sequences(self, *, merged: bool) -> Iterator[tuple[Slot, ...]]:
        """Yield each sequence that it stands for; ``merged``: words for one place are one."""
        return _sequences(self.items, merged)


class PhraseTask:
    """Phrases to be found, and what this library finds of them.

    Args:
        ruleset: The pack.
        normalizer: Brings its phrases to standard words.
        wanted: Tells which phrases a matcher can take; all that need no facts if not given.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        normalizer: Normalizer,
        wanted: Callable[[Phrase], bool] = lambda _: True,
    ) -> None:
        self.phrases = [phrase for phrase in _phrases(ruleset, normalizer) if wanted(phrase)]
        self.templates = sum(len(signal.phrases) for signal in ruleset.signals.values())
        """Templates of the whole pack."""
        self._matcher = SignalMatcher(_with_phrases(ruleset, self.phrases), normalizer)

    @cached_property
    def by_signal(self) -> Mapping[str, list[Phrase]]:
        """The phrases of each signal."""
        found: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase.signal, []).append(phrase)
        return found

    @property
    def share(self) -> float:
        """Share of the templates of the pack."""
        return len(self.phrases) / self.templates

    def find(self, text: str) -> frozenset[str]:
        """Return the signals that this library's matcher finds in a normalised text."""
        return frozenset(item.name for item in self._matcher.find(document_of(text), ()))


def normalised(document: Document) -> str:
    """Return the standard words of a document, the first reading of each, between blanks."""
    words: list[str] = []
    for token in document.tokens:
        if token.starts_clause:
            words.append(CLAUSE)
        words.append(token.norm)
    return f" {' '.join(words)} "


def document_of(text: str) -> Document:
    """Return a normalised text as a document."""
    tokens: list[Token] = []
    at = 0
    opens = False
    for word in text.split(" "):
        end = at + len(word)
        if word == CLAUSE:
            opens = True
        elif word:
            tokens.append(Token(word, word, (word,), at, end, (), opens))
            opens = False
        at = end + 1
    length = range(len(text))
    return Document(text, text, length, length, tuple(tokens))


def _phrases(ruleset: RuleSet, normalizer: Normalizer) -> Iterator[Phrase]:
    classes: dict[str, Choice] = {}

    def parse(written: str) -> Items:
        return _Parser(written, normalizer, classes).sequence()

    for name, phrases in ruleset.lexicon.items():
        classes[f"{{{name}}}"] = Choice(tuple(map(parse, phrases)))
    for signal, definition in ruleset.signals.items():
        for written in definition.phrases:
            items = parse(written)
            if not any(item in _FACTS for item in _leaves(items)):
                yield Phrase(signal, written, items)


class _Parser:
    """Reads a template that the loader of the pack has checked."""

    def __init__(self, written: str, normalizer: Normalizer, classes: Mapping[str, Choice]) -> None:
        self._left = _LEXEME.findall(written)[::-1]
        self._normalizer = normalizer
        self._classes = classes

    def sequence(self) -> Items:
        """Read up to what ends a choice, or the template."""
        items: list[str | Gap | Choice] = []
        words: list[str] = []
        while self._left and self._left[-1] not in {"|", "]", ")?"}:
            lexeme = self._left.pop()
            if lexeme[0] not in "[(~{":
                words.append(lexeme.lower())
                continue
            items += self._normalizer.words(" ".join(words))
            words.clear()
            if lexeme[0] == "~":
                items.append(Gap(int(lexeme[1:])))
            else:
                items.append(self._classes[lexeme] if lexeme[0] == "{" else self._choice())
        return (*items, *self._normalizer.words(" ".join(words)))

    def _choice(self) -> Choice:
        alternatives = [self.sequence()]
        while (closing := self._left.pop()) == "|":
            alternatives.append(self.sequence())
        return Choice((*alternatives, *([()] if closing == ")?" else [])))


def _with_phrases(ruleset: RuleSet, phrases: Iterable[Phrase]) -> RuleSet:
    kept: dict[str, list[str]] = {}
    for phrase in phrases:
        kept.setdefault(phrase.signal, []).append(phrase.written)
    return dataclasses.replace(
        ruleset,
        signals={
            name: ruleset.signals[name].model_copy(
                update={"phrases": tuple(written), "patterns": ()}
            )
            for name, written in kept.items()
        },
        stance=ruleset.stance.model_copy(update={"negators": ()}),
    )


def _leaves(items: Items) -> Iterator[str | Gap]:
    for item in items:
        if isinstance(item, Choice):
            for alternative in item.alternatives:
                yield from _leaves(alternative)
        else:
            yield item


def _expression(items: Items) -> str:
    written = []
    for item in items:
        if isinstance(item, Gap):
            written.append(f"(?:{_WORD}){{0,{item.words}}}")
        elif isinstance(item, Choice):
            written.append(f"(?:{'|'.join(map(_expression, item.alternatives))})")
        else:
            written.append(_ONE_WORD.get(item) or f" {re.escape(item)}")
    return "".join(written)


def _count(items: Items, merged: bool) -> int:  # noqa: FBT001
    total = 1
    for item in items:
        if isinstance(item, Choice):
            single, others = _split(item, merged)
            total *= bool(single) + sum(_count(alternative, merged) for alternative in others)
    return total


def _sequences(items: Items, merged: bool) -> Iterator[tuple[Slot, ...]]:  # noqa: FBT001
    if not items:
        yield ()
        return
    first, rest = items[0], items[1:]
    heads: Iterable[tuple[Slot, ...]]
    if isinstance(first, Choice):
        single, others = _split(first, merged)
        heads = [
            *([(single,)] if single else []),
            *(head for alternative in others for head in _sequences(alternative, merged)),
        ]
    else:
        heads = [(first if isinstance(first, Gap) else frozenset({first}),)]
    for head in heads:
        for tail in _sequences(rest, merged):
            yield head + tail


def _split(choice: Choice, merged: bool) -> tuple[frozenset[str], list[Items]]:  # noqa: FBT001
    """Return the single words of a choice, and what else there is to choose."""
    if not merged:
        return frozenset(), list(choice.alternatives)
    single, others = set(), []
    for alternative in choice.alternatives:
        word = alternative[0] if len(alternative) == 1 else None
        if isinstance(word, str) and word not in _ONE_WORD:
            single.add(word)
        else:
            others.append(alternative)
    return frozenset(single), others
