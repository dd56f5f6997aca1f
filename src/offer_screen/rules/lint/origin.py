"""Checks of where things come from: sources, dates, and what has aged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from offer_screen.rules.lint.base import (
    Check,
    Issue,
    IssueSeverity,
    Subject,
    plain,
    short,
    subject_of,
)
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule, Status

STALE_DAYS = 730
_TRIAL_DAYS = 180
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class UndatedSource(Check):
    """Finds sources that do not say when."""

    code = "L14"
    meaning = "a source without a year"
    recommendation = "add the date of the page, or the day on which it was read"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, sources in _sources(ruleset):
            for index, source in enumerate(sources):
                if not _YEAR.search(source):
                    message = f"a source without a year: {short(source)}"
                    yield self.issue(subject, message, ("sources", index))


class SourceTwice(Check):
    """Finds a source that stands twice."""

    code = "L39"
    meaning = "the same source twice"
    recommendation = "keep one; --fix does it"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, sources in _sources(ruleset):
            for index, source in enumerate(sources):
                if plain(source) in map(plain, sources[:index]):
                    yield self.issue(subject, f"twice: {short(source)}", ("sources", index))


class DatesOutOfOrder(Check):
    """Finds days that cannot be."""

    code = "L15"
    severity = IssueSeverity.ERROR
    meaning = "modified before created, or a day that has not come yet"
    recommendation = "write the day on which it was done"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            if rule.modified is not None and rule.modified < rule.created:
                yield self.issue(subject_of(rule), "modified before it was created", ("modified",))
            for key in ("created", "modified"):
                day = getattr(rule, key)
                if day is not None and day > self.day + dt.timedelta(days=1):
                    yield self.issue(subject_of(rule), f"{key} on {day}, which is to come", (key,))


class CopiedRationale(Check):
    """Finds rules whose reasons were copied from another."""

    code = "L40"
    meaning = "two rules with the same rationale, or one that only repeats the explanation"
    recommendation = "say why this sign, of all signs, is one"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        first: dict[str, Rule] = {}
        for rule in ruleset.rules.values():
            words = plain(rule.rationale)
            other = first.setdefault(words, rule)
            if other is not rule:
                message = f"the rationale of {other.category}/{other.id}"
                yield self.issue(subject_of(rule), message, ("rationale",))
            elif words in {plain(rule.explain.id), plain(rule.explain.en)}:
                yield self.issue(
                    subject_of(rule), "the rationale is the explanation", ("rationale",)
                )


class LongOnTrial(Check):
    """Finds rules that have been on trial for long."""

    code = "L41"
    severity = IssueSeverity.NOTE
    meaning = f"a rule that has been experimental for more than {_TRIAL_DAYS} days"
    recommendation = "promote it, mend it, or take it out"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            since = rule.modified or rule.created
            if rule.status is Status.EXPERIMENTAL and (self.day - since).days > _TRIAL_DAYS:
                yield self.issue(subject_of(rule), f"experimental since {since}", ("status",))


class ExpiredReference(Check):
    """Finds reference values past their last day, with nothing that follows."""

    code = "L21"
    meaning = "a reference value past its last day, with nothing after it"
    recommendation = "look up the value of today, with source and date"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for stem, model in ruleset.reference.items():
            for path, dated, beside in _dated(model):
                until = _until(dated)
                if until is None or until >= self.day:
                    continue
                if not any(_holds_after(other, self.day) for other in beside if other is not dated):
                    message = f"{_shown(path)}held until {until}, and nothing follows"
                    yield self.issue(Subject("reference", stem), message, path)


class AgedReference(Check):
    """Finds reference values that were looked up long ago."""

    code = "L22"
    severity = IssueSeverity.NOTE
    meaning = f"a reference value older than {STALE_DAYS} days"
    recommendation = "check whether it still holds, and write down the day"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for stem, model in ruleset.reference.items():
            for path, dated, _ in _dated(model):
                as_of = getattr(dated, "as_of", self.day)
                if _until(dated) is None and (self.day - as_of).days > STALE_DAYS:
                    message = f"{_shown(path)}is of {as_of}"
                    yield self.issue(Subject("reference", stem), message, path)


def _sources(ruleset: RuleSet) -> Iterator[tuple[Subject, tuple[str, ...]]]:
    for rule in ruleset.rules.values():
        yield subject_of(rule), rule.sources


def _until(dated: object) -> dt.date | None:
    until = getattr(dated, "valid_until", None)
    return until if isinstance(until, dt.date) else None


def _holds_after(other: object, day: dt.date) -> bool:
    until = _until(other)
    return until is None or until >= day


def _shown(path: tuple[str | int, ...]) -> str:
    return f"{'.'.join(map(str, path))} " if path else ""


def _dated(
    value: object, path: tuple[str | int, ...] = (), beside: tuple[object, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], BaseModel, tuple[object, ...]]]:
    """Yield every model with a date of validity, with its place and the list that it stands in."""
    if isinstance(value, BaseModel):
        if "valid_until" in type(value).model_fields:
            yield path, value, beside
        for name in type(value).model_fields:
            yield from _dated(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _dated(item, (*path, str(name)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _dated(item, (*path, index), value)


CHECKS: tuple[type[Check], ...] = (
    UndatedSource,
    SourceTwice,
    DatesOutOfOrder,
    CopiedRationale,
    LongOnTrial,
    ExpiredReference,
    AgedReference,
)
"""The checks of this file."""
