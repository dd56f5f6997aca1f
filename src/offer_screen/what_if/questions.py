"""Finds the questions whose answers would move the level most."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from offer_screen.results import Answer, Question, Score
from offer_screen.rules.schema import MissingRule
from offer_screen.values import Localised
from offer_screen.what_if.without import outcome_of

_MOST = 3
"""A list of questions that is asked is short."""

_LEAST_POINTS = 5.0
"""Least difference in points between two answers of the same level that is worth telling."""


def decisive_questions(
    open_ones: Mapping[str, MissingRule], score_with: Callable[[str], Score]
) -> tuple[Question, ...]:
    """Return the questions whose worst and best answers lie farthest apart, the widest first.

    Levels count before points; a question whose answers change next to nothing is left out.

    Args:
        open_ones: What the text does not state, by id.
        score_with: Scores the text with some words more at its end.
    """
    found = [
        Question(
            rule=rule,
            question=entry.question,
            worst=_answer(entry.answers.worst, score_with),
            best=_answer(entry.answers.best, score_with),
        )
        for rule, entry in open_ones.items()
        if entry.answers is not None
    ]
    moving = [question for question in found if _moves(question)]
    moving.sort(key=_width, reverse=True)
    return tuple(moving[:_MOST])


def _moves(question: Question) -> bool:
    worst, best = question.worst.outcome, question.best.outcome
    return worst.level.rank > best.level.rank or worst.points - best.points >= _LEAST_POINTS


def _width(question: Question) -> tuple[int, float]:
    worst, best = question.worst.outcome, question.best.outcome
    return worst.level.rank - best.level.rank, worst.log_odds - best.log_odds


def _answer(text: Localised, score_with: Callable[[str], Score]) -> Answer:
    return Answer(text=text, outcome=outcome_of(score_with(text.id)))
