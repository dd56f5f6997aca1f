"""Stage ``report``: orders findings, and picks the questions to ask and the advice to give."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import product

from offer_screen.results import Advice, Finding, FindingType, Missing, Score
from offer_screen.rules.reference import Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.text.document import Document
from offer_screen.values import Abstention, Harm, Kind, Level, Localised

_CHANNEL = re.compile(r"\{channels\.([a-z0-9_-]+)\.(\w+)\}")

_QUESTIONS = 4
"""A list of questions that is asked is short."""

_LEAST_WORDS = 4
"""The shortest texts of the corpus that say anything have eight words."""
_LEAST_KNOWN = 1 / 4
"""Share of words that the pack knows: at most 0.23 in texts of other languages, and below 0.25 in 2
of 2,157 texts of the corpus, both in regional languages and no offers."""
_LEAST_LETTERS = 20
"""Of fewer letters no language can be told."""


def order(findings: Sequence[Finding], total: Score) -> tuple[Finding, ...]:
    """Return the findings, those that moved the score most first."""
    value = {item.ref: item.value for item in total.contributions if item.source == "finding"}
    return tuple(sorted(findings, key=lambda f: (-value.get(f.rule, 0.0), f.rule)))


def abstention(
    document: Document,
    known: Container[str],
    findings: Sequence[Finding],
    total: Score,
    kind: Kind,
) -> Abstention | None:
    """Return why the level says nothing of a text, or None where it is a judgement.

    A text with a red flag, or of a level that asks people to stop, is always judged.

    Args:
        document: The text, read.
        known: Words that the rule pack knows.
        findings: What scores.
        total: The score.
        kind: Kind of text.
    """
    if total.level.rank >= Level.HIGH.rank or any(
        finding.type is FindingType.RED_FLAG for finding in findings
    ):
        return None
    tokens = document.tokens
    words = [token.norm for token in tokens]
    signs = {at for at in document.unlettered if not any(map(str.isalpha, tokens[at].norm))}
    if signs:
        words = [word for at, word in enumerate(words) if at not in signs]
    if (
        sum(map(known.__contains__, words)) < _LEAST_KNOWN * len(words)
        and sum(map(len, words)) >= _LEAST_LETTERS
    ):
        return Abstention.UNREAD
    if len(words) < _LEAST_WORDS:
        return Abstention.TOO_SHORT
    return Abstention.NOT_AN_OFFER if kind is Kind.OTHER else None


class Adviser:
    """The questions and the advice of one rule set, with the contacts of the day filled in."""

    def __init__(self, ruleset: RuleSet, reference: Reference) -> None:
        self._ruleset = ruleset
        self._questions = {
            rule: Missing(rule=rule, title=entry.title, question=entry.question)
            for rule, entry in ruleset.missing.items()
        }
        entries = [
            (
                entry,
                Advice(
                    id=name,
                    text=Localised(
                        id=_with_channels(entry.text.id, reference),
                        en=_with_channels(entry.text.en, reference),
                    ),
                    sources=entry.sources,
                ),
            )
            for name, entry in sorted(
                ruleset.advice.items(), key=lambda item: (item[1].order, item[0])
            )
        ]
        # By kind of text, level and leading harm: what may be said, and whether it is said
        # whatever rule fired.
        self._advice = {
            (kind, level, leading): tuple(
                (advice, level in entry.levels and (not entry.harms or leading in entry.harms))
                for entry, advice in entries
                if kind in entry.kinds
            )
            for kind, level, leading in product(Kind, Level, (None, *Harm))
        }

    def missing(self, fired: frozenset[str]) -> tuple[Missing, ...]:
        """Return what a lawful offer would state, in the pack's order of asking."""
        found = [question for rule, question in self._questions.items() if rule in fired]
        return tuple(found[:_QUESTIONS])

    def advise(self, findings: Sequence[Finding], total: Score, kind: Kind) -> tuple[Advice, ...]:
        """Return what to do next, in the pack's order.

        Advice comes from the rules that fired and from the level; advice for one harm is given at
        a level only when most of the score speaks for that harm.
        """
        wanted = {name for found in findings for name in self._ruleset.advice_of(found.rule)}
        leading: Harm | None = total.harms[0].harm if total.harms else None
        return tuple(
            [
                advice
                for advice, always in self._advice[kind, total.level, leading]
                if always or advice.id in wanted
            ]
        )


def _with_channels(text: str, reference: Reference) -> str:
    """Return advice with the contacts of the day filled in."""

    def contact(match: re.Match[str]) -> str:
        channel = reference.channels.get(match[1])
        return ", ".join(getattr(channel, match[2], ())) if channel else ""

    return _CHANNEL.sub(contact, text)
