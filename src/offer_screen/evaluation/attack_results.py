"""What attacks on positives come to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.values import Level, Value


class Stage(StrEnum):
    """What kept a rewritten text at high or above."""

    TEXT = "text"  # the same words were read as before
    RULES = "rules"  # what the rules found is enough by itself
    CLASSIFIER = "classifier"  # it takes the classifier's addend too
    FLOOR = "floor"  # the floor of a rule holds the level, not the score


class Gap(StrEnum):
    """What let a rewritten text fall below high."""

    KIND = "kind"  # it is no longer read as an offer, and its rules are off
    RULES = "rules"  # red flags were lost, more than anything else
    TRUST = "trust"  # trust signs were won
    CLASSIFIER = "classifier"  # the classifier says less


class AttackResult(Value):
    """What rewriting positives costs.

    Attributes:
        name: What was done to them.
        texts: Positives that could be rewritten so, of those that were tried.
        before: Share at each of the two levels as they were.
        after: The same of the rewritten texts.
        lost: Recall lost, before minus after, at each level.
        escaped: Of those that were at the level, the share that no longer is.
        fallen: Of those that were critical, the share that is no longer high.
        held: Texts that were high or above and still are, by what kept them there.
        gave_way: Texts that were and no longer are, by what let them fall.
    """

    name: str
    texts: int
    before: Mapping[Level, Rate]
    after: Mapping[Level, Rate]
    lost: Mapping[Level, Figure]
    escaped: Mapping[Level, Rate]
    fallen: Rate | None = None
    held: Mapping[Stage, int] = Field(default_factory=dict)
    gave_way: Mapping[Gap, int] = Field(default_factory=dict)


class Budget(Value):
    """What an adversary may do to one text.

    Attributes:
        share: Share of its words that may be edited; at least one may be.
        sentences: Most of those edits that may be harmless sentences added.
        screens: Times that the adversary may ask the screener.
    """

    share: Annotated[float, Field(gt=0, le=1)] = 0.1
    sentences: Annotated[int, Field(ge=0)] = 2
    screens: Annotated[int, Field(ge=1)] = 150

    def edits(self, words: int) -> int:
        """Return how many edits a text of so many words allows."""
        return max(1, int(self.share * words))


class SearchFigures(Value):
    """What an adversary with a budget needed.

    Attributes:
        budget: What one text allowed.
        texts: Texts that were high or above, and attacked.
        success: Share of them that was brought below high.
        edits: Edits that took, of half of the successes no more; None without a success.
        words: Words of the texts of the successes, half of them no more.
        screens: Times that the screener was asked, of half of all texts no more.
        ways: Edits of the successes by what was done.
    """

    budget: Budget
    texts: int
    success: Rate
    edits: float | None
    words: float | None
    screens: float | None
    ways: Mapping[str, int]
