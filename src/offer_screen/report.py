"""Stage ``report``: orders findings, and picks the questions to ask and the advice to give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from offer_screen.results import Advice, Finding, Missing, Score
from offer_screen.rules.reference import Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.values import Harm, Kind, Level, Localised

_CHANNEL = re.compile(r"\{channels\.([a-z0-9_-]+)\.(\w+)\}")

_QUESTIONS = 4
"""A list of questions that is asked is short."""


def order(findings: Sequence[Finding], total: Score) -> tuple[Finding, ...]:
    """Return the findings, those that moved the score most first."""
    value = {item.ref: item.value for item in total.contributions if item.source == "finding"}
    return tuple(sorted(findings, key=lambda f: (-value.get(f.rule, 0.0), f.rule)))


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
