"""Works out for one report all that would change its level."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from offer_screen.results import (
    Finding,
    FindingType,
    OneShort,
    Outcome,
    Prediction,
    Question,
    Score,
    WhatIf,
)
from offer_screen.rules.ruleset import RuleSet
from offer_screen.scoring import score
from offer_screen.values import Kind, Localised
from offer_screen.weighting import Weighting
from offer_screen.what_if.one_short import Infer, NearMiss, OneShortSearch
from offer_screen.what_if.questions import decisive_questions
from offer_screen.what_if.without import Reliance, fewest_without, outcome_of
from offer_screen.what_if.wording import in_words

_MOST = 3
"""Rules that are told of as near; and things that would complete one of them."""


class Alternatives:
    """Says what would change the level of a text, for one rule set and one weighting.

    Args:
        ruleset: The rules.
        infer: What runs them, given the leaves that hold.
        scoring: Each rule that scores, as a finding; evidence does not matter.
        weighting: The constants of the score.
    """

    def __init__(
        self, ruleset: RuleSet, infer: Infer, scoring: Sequence[Finding], weighting: Weighting
    ) -> None:
        self._ruleset = ruleset
        self._scoring = {finding.rule: finding for finding in scoring}
        self._weighting = weighting
        flags = frozenset(f.rule for f in scoring if f.type is FindingType.RED_FLAG)
        self._one_short = OneShortSearch(ruleset.program, infer, flags)

    def score_of(self, fired: Collection[str], prediction: Prediction) -> Score:
        """Return the score that a text has when ``fired`` are the rules that fire."""
        found = [self._scoring[rule] for rule in sorted(fired) if rule in self._scoring]
        return score(found, prediction, self._weighting)

    def of(
        self,
        held: frozenset[int],
        fired: frozenset[str],
        prediction: Prediction,
        score_with: Callable[[str], Score],
    ) -> WhatIf:
        """Return what would change the level of one text.

        Args:
            held: Leaves that hold.
            fired: Rules that fire.
            prediction: Kind of text and classifier.
            score_with: Scores the text with some words more at its end.
        """
        now = self.score_of(fired, prediction)
        found = [self._scoring[rule] for rule in sorted(fired) if rule in self._scoring]
        reliance = Reliance(self._ruleset.program, held, fired)
        offered = prediction.kind in {Kind.OFFER, Kind.INQUIRY}
        return WhatIf(
            without=fewest_without(found, prediction, self._weighting, now, reliance),
            without_classifier=self._without_classifier(fired, prediction, now),
            one_short=self._near(held, fired, prediction, now) if offered else (),
            questions=self._questions(fired, score_with) if offered else (),
        )

    def _without_classifier(
        self, fired: frozenset[str], prediction: Prediction, now: Score
    ) -> Outcome | None:
        if prediction.log_odds is None:
            return None
        silent = prediction.model_copy(update={"log_odds": None, "model": None})
        after = outcome_of(self.score_of(fired, silent))
        return after if after.level is not now.level else None

    def _near(
        self, held: frozenset[int], fired: frozenset[str], prediction: Prediction, now: Score
    ) -> tuple[OneShort, ...]:
        def rescore(would: frozenset[str]) -> Score:
            return self.score_of(would, prediction)

        near = self._one_short.find(held, fired, now, rescore)
        return tuple(map(self._told, near[:_MOST]))

    def _told(self, near: NearMiss) -> OneShort:
        leaves = self._ruleset.program.leaves
        asked = dict.fromkeys(completion.asked for completion in near.completions)
        words: dict[Localised, None] = {}
        for number in asked:
            words.setdefault(in_words(leaves[number], self._ruleset))
        return OneShort(
            rule=near.rule,
            title=self._ruleset.rules[near.rule].title,
            missing=tuple(words)[:_MOST],
            outcome=outcome_of(near.after),
        )

    def _questions(
        self, fired: frozenset[str], score_with: Callable[[str], Score]
    ) -> tuple[Question, ...]:
        missing = self._ruleset.missing
        open_ones = {rule: entry for rule, entry in missing.items() if rule in fired}
        return decisive_questions(open_ones, score_with)
