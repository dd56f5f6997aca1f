"""Checks of the sentences that people read: titles, explanations, advice."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterator

from offer_screen.results import FindingType
from offer_screen.rules.fields import field_types
from offer_screen.rules.lint.base import (
    Check,
    Issue,
    IssueSeverity,
    Subject,
    plain,
    short,
    subject_of,
)
from offer_screen.rules.parts import leaves
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import FactLeaf, FindingLeaf, Rule, Test
from offer_screen.rules.templates import FACT_KINDS
from offer_screen.values import Harm, Localised

TITLE_LENGTH = 60
EXPLANATION_LENGTH = 300


def _sentences(ruleset: RuleSet) -> Iterator[tuple[Subject, str, Localised]]:
    for rule in ruleset.rules.values():
        yield subject_of(rule), "title", rule.title
        yield subject_of(rule), "explain", rule.explain
    for name, missing in ruleset.missing.items():
        yield Subject("missing", name), "title", missing.title
        yield Subject("missing", name), "question", missing.question
    for name, entry in ruleset.advice.items():
        yield Subject("advice", name), "text", entry.text


class LacksLanguage(Check):
    """Finds sentences that lack one of the two languages."""

    code = "L11"
    severity = IssueSeverity.ERROR
    meaning = "no words in a language, or the same in both"
    recommendation = "write it in Indonesian and in English"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, key, words in _sentences(ruleset):
            for lang in ("id", "en"):
                if not getattr(words, lang).strip():
                    yield self.issue(subject, f"{key}: no words in '{lang}'", (key, lang))
            if words.id.strip() and words.id == words.en and " " in words.id.strip():
                yield self.issue(subject, f"{key}: the same words in both languages", (key,))


class LongTitle(Check):
    """Finds titles that do not fit where they are shown."""

    code = "L12"
    meaning = f"a title longer than {TITLE_LENGTH} characters"
    recommendation = "say it shorter; the explanation has room for the rest"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, key, words in _sentences(ruleset):
            for lang in ("id", "en"):
                length = len(getattr(words, lang))
                if key == "title" and length > TITLE_LENGTH:
                    yield self.issue(subject, f"title of {length} characters", (key, lang))


class LongExplanation(Check):
    """Finds explanations that nobody reads to the end."""

    code = "L32"
    meaning = f"an explanation longer than {EXPLANATION_LENGTH} characters"
    recommendation = "one or two sentences; the rest goes into 'rationale'"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            for lang in ("id", "en"):
                length = len(getattr(rule.explain, lang))
                if length > EXPLANATION_LENGTH:
                    message = f"explanation of {length} characters"
                    yield self.issue(subject_of(rule), message, ("explain", lang))


class SharedTitle(Check):
    """Finds rules that a reader of a report cannot tell apart."""

    code = "L33"
    meaning = "two rules with the same title"
    recommendation = "say in the title what is particular to each"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        first: dict[tuple[str, str], Rule] = {}
        for rule in ruleset.rules.values():
            for lang in ("id", "en"):
                title = plain(getattr(rule.title, lang))
                other = first.setdefault((lang, title), rule)
                if other is not rule and title:
                    message = f"the title of {other.category}/{other.id}: {short(title)}"
                    yield self.issue(subject_of(rule), message, ("title", lang))


class SlotNotAskedFor(Check):
    """Finds slots of an explanation whose fact the condition does not ask about."""

    code = "L20"
    meaning = "'explain' shows a fact that 'when' does not ask about"
    recommendation = "ask about it in 'when', or say it without the slot"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            asked = {leaf.fact for _, leaf in leaves(rule.when, ()) if isinstance(leaf, FactLeaf)}
            if _builds_on(rule):
                continue
            for lang, kind in sorted({(lang, kind) for lang, kind, _ in _slots(rule)}):
                if kind not in asked:
                    yield self.issue(
                        subject_of(rule),
                        f"shows a {kind} that 'when' does not ask about: without one the title is "
                        "shown",
                        ("explain", lang),
                    )


class SlotMayStayEmpty(Check):
    """Finds slots of an explanation for a field that the fact may leave empty."""

    code = "L34"
    severity = IssueSeverity.NOTE
    meaning = "'explain' shows a field that may be empty and that 'when' does not test"
    recommendation = "test the field in 'when' (present: true), or say it without the slot"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            if _builds_on(rule):
                continue
            tested: defaultdict[str, set[str]] = defaultdict(set)
            for _, leaf in leaves(rule.when, ()):
                if isinstance(leaf, FactLeaf):
                    tested[leaf.fact] |= {
                        name
                        for name, wanted in leaf.where.items()
                        if not (isinstance(wanted, Test) and wanted.present is False)
                    }
            for lang, kind, field in sorted(_slots(rule)):
                known = field_types(FACT_KINDS[kind]).get(field)
                if kind in tested and known and known.optional and field not in tested[kind]:
                    message = f"{{{kind}.{field}}} may be empty: then the title is shown"
                    yield self.issue(subject_of(rule), message, ("explain", lang))


class NoAdvice(Check):
    """Finds red flags that leave the reader without a next step."""

    code = "L35"
    meaning = "a red flag of severity medium or more without advice"
    recommendation = "name what to do next, most useful first"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            flag = rule.type is FindingType.RED_FLAG and rule.severity.value not in {"info", "low"}
            if flag and not rule.advice:
                yield self.issue(subject_of(rule), "no advice")


class AdviceForOtherHarm(Check):
    """Finds advice that is given for a harm which the rule does not speak for."""

    code = "L36"
    meaning = "a rule names advice that is only for another harm"
    recommendation = "add the harm to the rule, or name other advice"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            for index, name in enumerate(rule.advice):
                entry = ruleset.advice.get(name)
                if entry and entry.harms and rule.harms and not set(entry.harms) & set(rule.harms):
                    message = (
                        f"advice {name} is for {', '.join(harm.value for harm in entry.harms)}"
                    )
                    yield self.issue(subject_of(rule), message, ("advice", index))


class Untagged(Check):
    """Finds flags of trafficking that no framework counts."""

    code = "L37"
    meaning = "a red flag of trafficking without an ILO or a Palermo tag"
    recommendation = "say which indicator or element it speaks for, or drop the harm"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            flag = rule.type is FindingType.RED_FLAG and Harm.TRAFFICKING in rule.harms
            tagged = rule.tags.ilo or rule.tags.palermo
            if flag and rule.severity.value in {"high", "critical"} and not tagged:
                yield self.issue(subject_of(rule), "no ILO and no Palermo tag", ("tags",))


class RelatedToItself(Check):
    """Finds rules that name themselves, or what they name already."""

    code = "L38"
    meaning = "a rule is related to itself, or names a relative or advice twice"
    recommendation = "take it out; --fix takes out what stands twice"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            if rule.id in rule.related:
                loc = ("related", rule.related.index(rule.id))
                yield self.issue(subject_of(rule), "related to itself", loc)
            for key in ("related", "advice"):
                names: tuple[str, ...] = getattr(rule, key)
                for index, name in enumerate(names):
                    if name in names[:index]:
                        yield self.issue(subject_of(rule), f"{key}: {name} twice", (key, index))


_SLOT = re.compile(r"[a-z_]+(?:\.[a-z_]+)?")


def _slots(rule: Rule) -> set[tuple[str, str, str]]:
    """Return the slots of an explanation: language, kind of fact, field or ''."""
    found: set[tuple[str, str, str]] = set()
    for lang in ("id", "en"):
        for _, name, _, _ in string.Formatter().parse(getattr(rule.explain, lang)):
            if name and _SLOT.fullmatch(name):
                kind, _, field = name.partition(".")
                found.add((lang, kind, field))
    return found


def _builds_on(rule: Rule) -> bool:
    return any(isinstance(leaf, FindingLeaf) for _, leaf in leaves(rule.when, ()))


CHECKS: tuple[type[Check], ...] = (
    LacksLanguage,
    LongTitle,
    LongExplanation,
    SharedTitle,
    SlotNotAskedFor,
    SlotMayStayEmpty,
    NoAdvice,
    AdviceForOtherHarm,
    Untagged,
    RelatedToItself,
)
"""The checks of this file."""
