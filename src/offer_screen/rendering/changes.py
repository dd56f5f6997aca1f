"""What would change the level, in words of one language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from offer_screen.rendering.messages import label, message, number
from offer_screen.results import OneShort, Outcome, Question, Report, WhatIf
from offer_screen.values import Language, Level

Words = Callable[[str], str]
"""Makes words of a pack fit to be shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question, or a sign that is one thing short, with what would come out."""

    text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change the level.

    Attributes:
        sentences: What carries the level: red flags, and the classifier.
        questions: Questions with the levels that the answers lead to.
        one_short: Signs that one more thing would complete.
    """

    sentences: tuple[str, ...] = ()
    questions: tuple[Change, ...] = ()
    one_short: tuple[Change, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """The lists that are not empty, each with the key of its heading."""
        named = (("what_if.questions", self.questions), ("what_if.one_short", self.one_short))
        return tuple((key, changes) for key, changes in named if changes)

    def __bool__(self) -> bool:
        return bool(self.sentences or self.groups)


def changes_of(
    report: Report, lang: Language, shown: Words, named: Words, text: str | None = None
) -> Changes:
    """Work out what to say of ``report.what_if``; nothing when it was not asked for.

    Args:
        report: The report.
        lang: Language of the words.
        shown: Makes words of the pack fit to be shown.
        named: Gives the name of a finding by its rule.
        text: The text, to quote its words; without it they are not told.
    """
    what_if = report.what_if
    if what_if is None:
        return Changes()
    return Changes(
        sentences=(
            *_sentences(what_if, report.level, lang, named),
            *_wording(what_if, lang, shown, text),
        ),
        questions=tuple(_question(question, lang, shown) for question in what_if.questions),
        one_short=tuple(_one_short(near, lang, shown) for near in what_if.one_short),
    )


def _sentences(what_if: WhatIf, level: Level, lang: Language, named: Words) -> list[str]:
    now = label(lang, "level", level)
    sentences: list[str] = []
    without = what_if.without
    if without is not None:
        titles = _joined([named(rule) for rule in without.rules], lang, "and")
        outcome = _outcome(without.outcome, lang)
        words = [message(lang, "what_if.without", titles=titles, outcome=outcome, now=now)]
        if without.with_them:
            also = "; ".join(map(named, without.with_them))
            words.append(message(lang, "what_if.with_them", titles=also))
        if not without.exact:
            words.append(message(lang, "what_if.inexact"))
        sentences.append(" ".join(words))
    elif level is not Level.LOW:
        sentences.append(message(lang, "what_if.none", now=now))
    if what_if.without_classifier is not None:
        outcome = _outcome(what_if.without_classifier, lang)
        sentences.append(message(lang, "what_if.classifier", outcome=outcome))
    return sentences


def _wording(what_if: WhatIf, lang: Language, shown: Words, text: str | None) -> list[str]:
    """Return which words the classifier went by, where they can be quoted."""
    if text is None or not what_if.words:
        return []
    quoted = [f"“{shown(text[item.span.start : item.span.end])}”" for item in what_if.words]
    way = "for" if what_if.words[0].log_odds > 0 else "against"
    return [message(lang, f"what_if.words_{way}", words=", ".join(quoted))]


def _question(question: Question, lang: Language, shown: Words) -> Change:
    return Change(
        shown(question.question.in_language(lang)),
        message(
            lang,
            "what_if.answers",
            worst=shown(question.worst.text.in_language(lang)).rstrip("."),
            worst_outcome=_outcome(question.worst.outcome, lang),
            best=shown(question.best.text.in_language(lang)).rstrip("."),
            best_outcome=_outcome(question.best.outcome, lang),
        ),
    )


def _one_short(near: OneShort, lang: Language, shown: Words) -> Change:
    lacking = [shown(words.in_language(lang)) for words in near.missing]
    return Change(
        shown(near.title.in_language(lang)),
        message(
            lang,
            "what_if.lacks",
            missing=_joined(lacking, lang, "or"),
            outcome=_outcome(near.outcome, lang),
        ),
    )


def _outcome(outcome: Outcome, lang: Language) -> str:
    return message(
        lang,
        "what_if.outcome",
        level=label(lang, "level", outcome.level),
        points=number(lang, outcome.points, 1),
    )


def _joined(names: Sequence[str], lang: Language, last: str) -> str:
    """Return names as a list in words: 'a, b and c'."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {message(lang, f'what_if.{last}')} {names[-1]}"
