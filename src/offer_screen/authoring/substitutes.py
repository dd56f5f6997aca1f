"""Puts something else of the same class in the place of what a text names, meaning kept.

An amount becomes another amount, a country another country of the same standing, a job another of
its group, a company another company, a length of time another. This is done only
where the rule neither compares what changes nor names it in its phrases: what is left must not make
a difference to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from offer_screen.facts import Company, Destination, Duration, FactBase, Job, Money, TextFact
from offer_screen.pipeline import Trace
from offer_screen.rules.conditions import FactTest, Leaf, SignalTest
from offer_screen.rules.reference import KnownPlace, Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import classes_in, factored
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from offer_screen.text.variants import Change, Choices, Variant, changed


class Slot(StrEnum):
    """Classes of things that can take each other's place."""

    AMOUNT = "amount"
    PLACE = "place"
    JOB = "job"
    COMPANY = "company"
    DURATION = "time"


_RATIOS = frozenset({"ratio_to_reference", "ratio_to_ceiling", "monthly_idr"})
_COMPARED: Mapping[Slot, frozenset[str]] = {
    Slot.AMOUNT: frozenset({"low", "high"}) | _RATIOS,
    Slot.PLACE: frozenset({"place", "country", "name", "currency"}) | _RATIOS,
    Slot.JOB: frozenset({"job", "name"}) | _RATIOS,
    Slot.COMPANY: frozenset({"role"}),
    Slot.DURATION: frozenset({"low", "high", "hours", "count"}),
}
"""Fields that tell one thing of a class from another, whatever kind of fact they stand in."""

_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(.*\bcontoh\s+)([a-z]+)", re.IGNORECASE | re.DOTALL)
_NAMES = ("Sejahtera", "Makmur", "Lestari", "Bersama", "Utama")
_PLAIN_NAME = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]{3,})*")


class Substitutes:
    """What may take the place of what, for the texts of one pack.

    Args:
        ruleset: The pack.
        reference: Its reference values on a day.
        normalizer: Reads its phrases.
    """

    def __init__(self, ruleset: RuleSet, reference: Reference, normalizer: Normalizer) -> None:
        self._ruleset = ruleset
        self._normalizer = normalizer
        self._places = {place.key: place for place in reference.places if _names_of_place(place)}
        self._jobs = reference.jobs

    def variants(
        self, trace: Trace, asked: Collection[Leaf], *, slots: Collection[Slot] = tuple(Slot)
    ) -> Iterator[Variant]:
        """Yield a variant of a text for each class of which something in it can change.

        Args:
            trace: What the stages made of the text.
            asked: All that the rule asks, also by the findings that it builds on.
            slots: Classes wanted.
        """
        words = self._words_of(asked)
        fields = {test.field for leaf in asked if isinstance(leaf, FactTest) for test in leaf.tests}
        for slot in Slot:
            if slot not in slots or not _COMPARED[slot].isdisjoint(fields):
                continue
            choices = Choices(f"{slot.value} {trace.document.original}")
            changes: list[Change] = []
            for fact in sorted(trace.facts, key=lambda fact: fact.span):
                if changes and fact.span.start < changes[-1].span.end:
                    continue
                if _is_named(fact, trace.document, words) or _is_part(fact, trace.facts):
                    continue
                written = self._instead(slot, fact, trace.document, choices)
                if written is not None:
                    changes.append(Change(fact.span, written))
            if changes:
                yield changed(trace.document.original, slot.value, changes)

    def _words_of(self, asked: Collection[Leaf]) -> frozenset[str]:
        """Return the words that the signals asked about hold."""
        names = {leaf.signal for leaf in asked if isinstance(leaf, SignalTest)}
        phrases = [
            phrase
            for name in names & self._ruleset.signals.keys()
            for phrase in self._ruleset.signals[name].phrases
        ]
        classes = {name for phrase in phrases for name, _ in classes_in(phrase)}
        phrases.extend(phrase for name in classes for phrase in self._ruleset.lexicon.get(name, ()))
        return frozenset(
            word
            for phrase in phrases
            for choices in factored(phrase).parts
            for choice in choices
            for word in self._normalizer.words(" ".join(choice))
        )

    def _instead(
        self, slot: Slot, fact: FactBase, document: Document, choices: Choices
    ) -> str | None:
        surface = document.original[fact.span.start : fact.span.end]
        if slot is Slot.AMOUNT and isinstance(fact, Money):
            return _other_number(surface) if fact.low == fact.high else None
        if slot is Slot.DURATION and isinstance(fact, Duration):
            return _other_number(surface) if fact.low == fact.high else None
        if slot is Slot.PLACE and isinstance(fact, Destination):
            return _one_of(self._like_place(fact, surface), surface, choices)
        if slot is Slot.JOB and isinstance(fact, Job):
            return _one_of(self._like_job(fact, surface), surface, choices)
        if slot is Slot.COMPANY and isinstance(fact, Company):
            return _other_company(surface, choices)
        return None

    def _like_place(self, fact: Destination, surface: str) -> list[str]:
        """Return names of places of the same standing, if the text gives a plain name."""
        own = self._places.get(fact.place)
        if own is None or surface.lower() not in _names_of_place(own):
            return []
        return [
            _names_of_place(place)[0]
            for place in self._places.values()
            if place.key != own.key and _standing(place) == _standing(own)
        ]

    def _like_job(self, fact: Job, surface: str) -> list[str]:
        own = self._jobs.get(fact.job)
        if own is None or surface.lower() not in own.aliases:
            return []
        return [
            next(iter(names))
            for key, job in self._jobs.items()
            if key != fact.job
            and (job.group, job.skilled, job.zero_cost) == (own.group, own.skilled, own.zero_cost)
            and (names := [alias for alias in job.aliases if _PLAIN_NAME.fullmatch(alias)])
        ]


def _names_of_place(place: KnownPlace) -> list[str]:
    return [
        name.text
        for name in place.names
        if not name.needs_context and _PLAIN_NAME.fullmatch(name.text)
    ]


def _standing(place: KnownPlace) -> tuple[object, ...]:
    return (
        place.place_type,
        place.abroad,
        place.risk,
        place.scam_hub,
        place.placement_open,
        place.moratorium_domestic,
    )


def _is_named(fact: FactBase, document: Document, words: Collection[str]) -> bool:
    """Whether the rule has words for what the fact stands on."""
    return any(
        form in words
        for token in document.tokens
        if fact.span.start <= token.start and token.end <= fact.span.end
        for form in token.forms
        if not form[:1].isdigit()
    ) and isinstance(fact, Destination | Job | Company)


def _is_part(fact: FactBase, facts: Collection[FactBase]) -> bool:
    """Whether the fact is part of a longer one: the 'gudang' of a company's name is no job."""
    return any(
        other.span != fact.span
        and other.span.start <= fact.span.start
        and fact.span.end <= other.span.end
        for other in facts
        if not isinstance(other, TextFact)
    )


def _other_number(surface: str) -> str | None:
    """Return ``surface`` with its only number larger or smaller by one step, of the same length."""
    if len(re.findall(r"\d+(?:[.,]\d+)*", surface)) != 1:
        return None
    match = _NUMBER.search(surface)
    if match is None:
        return None
    digits = match.group()
    at = len(digits.rstrip("0")) - 1
    if at < 0:
        return None
    other = str(int(digits[at]) + (1 if digits[at] != "9" else -1))
    written = digits[:at] + other + digits[at + 1 :]
    return surface[: match.start()] + written + surface[match.end() :]


def _other_company(surface: str, choices: Choices) -> str | None:
    match = _NAME.fullmatch(surface)
    if match is None:
        return None
    other = [name for name in _NAMES if name.lower() != match[2].lower()]
    return match[1] + _cased_like(choices.of(other), match[2])


def _one_of(names: Sequence[str], surface: str, choices: Choices) -> str | None:
    return _cased_like(choices.of(names), surface) if names else None


def _cased_like(name: str, surface: str) -> str:
    if surface.isupper():
        return name.upper()
    return name.title() if surface[:1].isupper() else name.lower()
