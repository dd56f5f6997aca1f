"""What findings, kinds of text and the classifier's log-odds count: the constants of the score.

A weighting is complete in itself: ``scoring.score`` needs it and what was found, and nothing else.
The authored one is what the analysts wrote in the pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from offer_screen.rules.ruleset import RuleSet
from offer_screen.values import Kind, Level


@dataclass(frozen=True, slots=True)
class Weighting:
    """The constants of the score, all in log-odds except the levels.

    Attributes:
        name: ``authored``, or which fit it comes from.
        base: Prior of a text, before anything is known of it.
        rules: Addend of each rule: at least 0 for a red flag, at most 0 for a trust sign.
        caps: Most that the red flags of one category add together.
        trust_cap: Most that all trust signs together take off.
        kinds: Addend of each kind of text; 0 where none is given.
        classifier: Factor of the classifier's log-odds; at least 0.
        classifier_range: Least and most that the classifier adds: no choice of harmless words
            takes off more than the first, and no choice of words alone adds more than the second.
        levels: Least points (0-100) of each level above low.
    """

    name: str
    base: float
    rules: Mapping[str, float]
    caps: Mapping[str, float]
    trust_cap: float
    levels: Mapping[Level, float]
    kinds: Mapping[Kind, float] = field(default_factory=dict)
    classifier: float = 1.0
    classifier_range: tuple[float, float] = (-2.0, 2.0)

    @classmethod
    def authored(cls, ruleset: RuleSet) -> Self:
        """Return the weighting that the analysts wrote in the pack."""
        pack = ruleset.pack
        return cls(
            name="authored",
            base=pack.base_log_odds,
            rules={rule.id: rule.weight for rule in ruleset.rules.values()},
            caps={name: category.cap for name, category in pack.categories.items()},
            trust_cap=pack.trust_cap,
            levels={Level(level): cut for level, cut in pack.levels.items()},
            kinds=dict(pack.kind_log_odds),
        )
