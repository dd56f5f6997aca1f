"""The words that a rule pack knows: a disguised word is undone only where it yields one of them."""

from __future__ import annotations

from itertools import chain

from offer_screen.rules.reference import Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import factored


def words_of(ruleset: RuleSet, reference: Reference) -> frozenset[str]:
    """Return every word, as written, of signals, lexicon, stance, slang and reference names."""
    stance = ruleset.stance
    templates = chain(
        *(signal.phrases for signal in ruleset.signals.values()),
        *ruleset.lexicon.values(),
        stance.negators,
        stance.denials,
        stance.warners,
        stance.reporters,
    )
    words: set[str] = set()
    for template in templates:
        for choices in factored(template).parts:
            words.update(*choices)
    names = chain(
        (name.text for place in reference.places for name in place.names),
        *(job.aliases for job in reference.jobs.values()),
        *reference.money_roles.values(),
        *(currency.names for currency in reference.currencies.values()),
        (entry.normal for entry in ruleset.slang.values()),
    )
    for name in names:
        words.update(name.split())
    return frozenset(words)
