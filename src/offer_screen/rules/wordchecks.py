"""Checks the words of a pack: slots of sentences, phrase templates, RE2 patterns."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import re2

from offer_screen.errors import RuleError, RuleSchemaError
from offer_screen.rules.fields import field_types, shown_alone
from offer_screen.rules.parts import Entry, Parts, names, valid
from offer_screen.rules.reference_files import Channel
from offer_screen.rules.templates import FACT_KINDS, TemplateError, check, classes_in, has_gap
from offer_screen.rules.validation import suggestion
from offer_screen.values import Localised

Rooted = tuple[str | int, ...]

_FORMAT = re.compile(r"[+]?,?(?:\.[0-9])?[fg%]?")
"""Formats of numbers that a slot may ask for: no widths, which could ask for a gigabyte."""


def check_words(parts: Parts) -> Iterator[RuleError]:
    """Yield what cannot be read, or could never be filled in or found."""
    yield from _sentences(parts)
    yield from _phrases(parts)


class _Sentence(NamedTuple):
    """A sentence with its place."""

    entry: Entry[object]
    loc: Rooted
    words: str

    def error(self, code: str, message: str, at: str, hint: str | None = None) -> RuleError:
        """Return an error at the words ``at``."""
        column = self.words.find(at) + 1 or None
        return self.entry.error(code, message, self.loc, hint=hint, column=column)


def _both(entry: Entry[object], loc: Rooted, words: Localised) -> tuple[_Sentence, _Sentence]:
    return _Sentence(entry, (*loc, "id"), words.id), _Sentence(entry, (*loc, "en"), words.en)


def _sentences(parts: Parts) -> Iterator[RuleError]:
    channels = _channels(parts)
    for rule, content in valid(parts.rules):
        for sentence in _both(rule, ("explain",), content.explain):
            yield from _slots(sentence, _fact_slot)
        for sentence in _both(rule, ("title",), content.title):
            yield from _no_slots(sentence)
    for missing, what in valid(parts.missing):
        for key, words in (("title", what.title), ("question", what.question)):
            for sentence in _both(missing, (key,), words):
                yield from _no_slots(sentence)
    for advice, entry in valid(parts.advice):
        for sentence in _both(advice, ("text",), entry.text):
            yield from _slots(sentence, partial(_channel_slot, channels))


def _no_slots(sentence: _Sentence) -> Iterator[RuleError]:
    brace = next((char for char in sentence.words if char in "{}"), None)
    if brace is not None:
        yield sentence.error("R215", "slots are filled in 'explain' and in advice only", brace)


def _slots(
    sentence: _Sentence, check: Callable[[_Sentence, str, str], Iterator[RuleError]]
) -> Iterator[RuleError]:
    """Check every slot of a sentence: ``check`` gets its name and its format."""
    if "{" not in sentence.words and "}" not in sentence.words:
        return
    try:
        parsed = list(string.Formatter().parse(sentence.words))
    except ValueError as error:
        hint = "a brace itself is written {{ or }}"
        yield sentence.error("R215", f"slots cannot be read: {error}", "{", hint)
        return
    for _, name, spec, conversion in parsed:
        if name is None:
            continue
        if conversion or "[" in name or "{" in (spec or ""):
            yield sentence.error(
                "R215", f"slot '{{{name}…}}' has a wrong form", f"{{{name}", "{kind.field:.1f}"
            )
        else:
            yield from check(sentence, name, spec or "")


def _fact_slot(sentence: _Sentence, name: str, spec: str) -> Iterator[RuleError]:
    kind, _, attribute = name.partition(".")
    at = f"{{{name}"
    if kind not in FACT_KINDS:
        hint = suggestion(kind, FACT_KINDS)
        yield sentence.error("R216", f"'{{{name}}}' names no kind of fact", at, hint)
        return
    fields = field_types(FACT_KINDS[kind])
    if not attribute and not shown_alone(FACT_KINDS[kind]):
        hint = suggestion("", fields, label="fields")
        yield sentence.error("R216", f"'{{{kind}}}' needs a field to show", at, hint)
    elif attribute and attribute not in fields:
        near = suggestion(attribute, fields, label="fields")
        hint = f"write {{{kind}}}" if attribute == "text" else near
        yield sentence.error("R216", f"a {kind} has no field '{attribute}'", at, hint)
    elif spec and not (attribute and fields[attribute].numeric and _FORMAT.fullmatch(spec)):
        hint = "numbers take a format such as :.1f, other fields none"
        yield sentence.error("R216", f"'{{{name}:{spec}}}' cannot be shown", at, hint)


def _channels(parts: Parts) -> frozenset[str] | None:
    """Return the ids of the pack's channels, or None when they could not be read."""
    if "reference" in parts.unread:
        return None
    for entry in parts.reference:
        if entry.name == "channels":
            found = getattr(entry.value, "channels", None)
            return None if found is None else frozenset(found)
    return frozenset()


def _channel_slot(
    channels: frozenset[str] | None, sentence: _Sentence, name: str, spec: str
) -> Iterator[RuleError]:
    fields = {info.alias or name for name, info in Channel.model_fields.items()}
    pieces = name.split(".")
    at = f"{{{name}"
    if len(pieces) != 3 or pieces[0] != "channels" or spec:
        hint = "advice fills {channels.<id>.<field>}"
        yield sentence.error("R216", f"unknown slot '{{{name}}}'", at, hint)
    elif channels is not None and pieces[1] not in channels:
        hint = suggestion(pieces[1], channels)
        yield sentence.error("R216", f"unknown channel '{pieces[1]}'", at, hint)
    elif pieces[2] not in fields:
        hint = suggestion(pieces[2], fields)
        yield sentence.error("R216", f"a channel has no '{pieces[2]}'", at, hint)


def _phrases(parts: Parts) -> Iterator[RuleError]:
    classes = names(parts.classes)
    for entry, signal in valid(parts.signals):
        for index, phrase in enumerate(signal.phrases):
            yield from _template(entry, ("phrases", index), phrase)
            for name, column in classes_in(phrase):
                if name not in classes and "lexicon" not in parts.unread:
                    yield entry.error(
                        "R205",
                        f"unknown lexicon class '{name}'",
                        ("phrases", index),
                        hint=suggestion(name, classes),
                        column=column,
                    )
        for index, pattern in enumerate(signal.patterns):
            yield from _pattern(entry, ("patterns", index), pattern)
    for lexicon, phrases in valid(parts.classes):
        for index, phrase in enumerate(phrases):
            yield from _plain(lexicon, (index,), phrase, "a lexicon class")
    for stance_entry, stance in valid(parts.stances):
        for key in ("negators", "denials", "warners", "reporters"):
            for index, phrase in enumerate(getattr(stance, key)):
                yield from _plain(stance_entry, (key, index), phrase, "stance.yaml")


def _template(entry: Entry[object], loc: Rooted, phrase: str) -> Iterator[RuleError]:
    try:
        check(phrase)
    except TemplateError as error:
        code = "R112" if error.too_many else "R111"
        message, hint, column = error.message, error.hint, error.column
        yield entry.error(code, message, loc, hint=hint, column=column, kind=RuleSchemaError)


def _plain(entry: Entry[object], loc: Rooted, phrase: str, place: str) -> Iterator[RuleError]:
    """Check a phrase that must be words alone: it is found before there are slots to fill."""
    at = has_gap(phrase) or next((at for at, char in enumerate(phrase, 1) if char in "{<"), None)
    if at is not None:
        yield entry.error(
            "R114",
            f"classes, slots and gaps do not stand in {place}",
            loc,
            column=at,
            kind=RuleSchemaError,
        )
        return
    yield from _template(entry, loc, phrase)


def _pattern(entry: Entry[object], loc: Rooted, pattern: str) -> Iterator[RuleError]:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "not a pattern"
        if isinstance(reason, bytes):
            reason = reason.decode("utf-8", "replace")
        yield entry.error(
            "R113",
            f"RE2 refuses the pattern: {reason}",
            loc,
            hint="RE2 has no look-around and no back-references",
            kind=RuleSchemaError,
        )
