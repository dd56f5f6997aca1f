"""Makes packs that are several times the shipped one, to see what size costs.

What is added looks for other words: those of the pack, written backwards with another letter at
the end. So it is searched for in every text and stands in none, as most of a pack is in most texts.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from offer_screen import RuleSet
from offer_screen.rules.schema import MissingRule, Rule, Signal

_WORD = re.compile(r"(?<![\w{<-])[a-z][a-z-]*[a-z](?![\w>}-])")
_CLASS = re.compile(r"\{([a-z0-9-]+)\}")
_LETTERS = "qxzvj"


def times_rules(ruleset: RuleSet, times: int) -> RuleSet:
    """Return ``ruleset`` with all rules, questions and signals ``times`` times.

    What a copy asks about facts is asked again, and holds where the original holds.
    """
    made = ruleset
    for copy in range(1, times):
        made = dataclasses.replace(
            made,
            rules={**made.rules, **_rules(ruleset, copy)},
            missing={**made.missing, **_questions(ruleset, copy)},
            signals={
                **made.signals,
                **{
                    _id(name, copy): _other_words(signal, copy)
                    for name, signal in ruleset.signals.items()
                },
            },
            lexicon={**made.lexicon, **_lexicon(ruleset, copy)},
        )
    return made


def times_phrases(ruleset: RuleSet, times: int) -> RuleSet:
    """Return ``ruleset`` with as many rules and signals, each signal of ``times`` the phrases."""
    made = ruleset
    for copy in range(1, times):
        signals = {}
        for name, signal in made.signals.items():
            more = _other_words(ruleset.signals[name], copy).phrases
            signals[name] = signal.model_copy(update={"phrases": (*signal.phrases, *more)})
        made = dataclasses.replace(
            made, signals=signals, lexicon={**made.lexicon, **_lexicon(ruleset, copy)}
        )
    return made


def _id(name: str, copy: int) -> str:
    return f"{name}-copy{copy}"


def _rules(ruleset: RuleSet, copy: int) -> dict[str, Rule]:
    made: dict[str, Rule] = {}
    for rule in ruleset.rules.values():
        content = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
        content |= {"id": _id(rule.id, copy), "when": _copied(content["when"], ruleset, copy)}
        made[content["id"]] = Rule.model_validate(content)
    return made


def _questions(ruleset: RuleSet, copy: int) -> dict[str, MissingRule]:
    made: dict[str, MissingRule] = {}
    for name, rule in ruleset.missing.items():
        content = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
        content |= {"when": _copied(content["when"], ruleset, copy)}
        made[_id(name, copy)] = MissingRule.model_validate(content)
    return made


def _copied(condition: Any, ruleset: RuleSet, copy: int) -> Any:  # noqa: ANN401  (raw JSON)
    if isinstance(condition, str):
        return _id(condition, copy) if condition in ruleset.signals else condition
    out = dict(condition)
    for key in ("all", "any", "none", "of"):
        if out.get(key) is not None:
            out[key] = [_copied(part, ruleset, copy) for part in out[key]]
    if out.get("signal") in ruleset.signals:
        out["signal"] = _id(out["signal"], copy)
    if out.get("finding") in {*ruleset.rules, *ruleset.missing}:
        out["finding"] = _id(out["finding"], copy)
    return out


def _lexicon(ruleset: RuleSet, copy: int) -> Mapping[str, tuple[str, ...]]:
    return {
        _id(name, copy): tuple(_backwards(phrase, copy) for phrase in phrases)
        for name, phrases in ruleset.lexicon.items()
    }


def _other_words(signal: Signal, copy: int) -> Signal:
    mark = _LETTERS[copy % len(_LETTERS)]
    return Signal(
        phrases=tuple(
            _CLASS.sub(lambda named: f"{{{_id(named[1], copy)}}}", _backwards(phrase, copy))
            for phrase in signal.phrases
        ),
        # A pattern is not easily turned round: more letters in front, and it finds nothing.
        patterns=tuple(
            f"{mark}zqx(?:{pattern})" for pattern in signal.patterns if len(pattern) < 390
        ),
    )


def _backwards(phrase: str, copy: int) -> str:
    mark = _LETTERS[copy % len(_LETTERS)]
    return _WORD.sub(lambda word: f"{word[0][:0:-1]}{mark}", phrase)
