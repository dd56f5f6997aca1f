"""The words that a rule pack knows: a disguised word is undone only where it yields one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from offer_screen.rules.reference import Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import expand


def phrases_of(ruleset: RuleSet, reference: Reference) -> Iterator[str]:
    """Yield every phrase of signals, lexicon, stance, slang and gazetteer, expanded."""
    templates: list[Iterable[str]] = [
        *(signal.phrases for signal in ruleset.signals.values()),
        *ruleset.lexicon.values(),
        ruleset.stance.negators,
        ruleset.stance.denials,
        ruleset.stance.warners,
        ruleset.stance.reporters,
    ]
    for group in templates:
        for template in group:
            for choices in expand(template).parts:
                yield from (" ".join(words) for words in choices)
    for place in reference.places:
        for name in place.names:
            yield name.text
    for job in reference.jobs.values():
        yield from job.aliases
    for words in reference.money_roles.values():
        yield from words
    for entry in ruleset.slang.values():
        yield entry.normal
