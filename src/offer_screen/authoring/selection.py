"""Chooses rules of a pack by what is written in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from offer_screen.results import FindingType
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule, Status
from offer_screen.values import Severity


@dataclass(frozen=True, slots=True)
class Selection:
    """What chosen rules have; an empty field chooses by nothing.

    Attributes:
        categories: One of these categories.
        statuses: One of these stages of life.
        severities: One of these severities.
        types: Red flags, trust signs.
        tags: One of these tags, of any framework.
    """

    categories: Collection[str] = ()
    statuses: Collection[Status] = ()
    severities: Collection[Severity] = ()
    types: Collection[FindingType] = ()
    tags: Collection[str] = ()

    def chooses(self, rule: Rule) -> bool:
        """Return whether ``rule`` has something of every field that is not empty."""
        has: dict[str, Collection[str]] = {
            "categories": (rule.category,),
            "statuses": (rule.status,),
            "severities": (rule.severity,),
            "types": (rule.type,),
            "tags": (*rule.tags.ilo, *rule.tags.palermo, *rule.tags.seed),
        }
        return all(
            not (wanted := getattr(self, field.name)) or not set(wanted).isdisjoint(has[field.name])
            for field in fields(self)
        )


def select(ruleset: RuleSet, selection: Selection) -> tuple[Rule, ...]:
    """Return the rules chosen, by category and id."""
    chosen = filter(selection.chooses, ruleset.rules.values())
    return tuple(sorted(chosen, key=lambda rule: (rule.category, rule.id)))
