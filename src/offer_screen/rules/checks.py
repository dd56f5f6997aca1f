"""Lint: what a pack may say and had better not.

A pack with issues loads and works. Each check is a function from the rule set to issues; the
codes are listed in ``docs/rule-language.md``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import re2
from pydantic import BaseModel

from offer_screen.results import FindingType, Localised, Severity
from offer_screen.rules.parts import Leaf, leaves
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import FactLeaf, FindingLeaf, Group, Rule, SignalLeaf, Status
from offer_screen.rules.templates import Words, classes_in, expand

TITLE_LENGTH = 60
STALE_DAYS = 730
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

_NOTES = frozenset({"L21", "L22"})

_EXTRACTOR_CLASSES = frozenset({"bank", "e-wallet"})
"""Lexicon classes that the fact extractors read."""

_WEIGHTS: dict[Severity, tuple[float, float]] = {
    Severity.INFO: (0.0, 0.5),
    Severity.LOW: (0.0, 1.5),
    Severity.MEDIUM: (0.1, 2.5),
    Severity.HIGH: (0.3, 6.0),
    Severity.CRITICAL: (1.0, 6.0),
}
"""Weights of red flags that go with each severity; what is outside deserves a second look."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a reviewer would ask about.

    Attributes:
        code: Stable code of the check, such as ``L01``.
        subject: What it is about: a rule as ``category/id``, or ``signal x``.
        message: What is doubtful.
    """

    code: str
    subject: str
    message: str

    @property
    def note(self) -> bool:
        """Whether it only reminds: true of what comes with time, which nobody did wrong."""
        return self.code in _NOTES

    def __str__(self) -> str:
        return f"{self.subject}: {self.code} {self.message}"


def lint(ruleset: RuleSet, *, as_of: dt.date | None = None) -> tuple[Issue, ...]:
    """Return all issues of a pack, in order of code and subject.

    Args:
        ruleset: A pack that loads.
        as_of: Day on which reference values should hold; today if None.
    """
    day = as_of or dt.date.today()
    issues = [issue for check in CHECKS for issue in check(ruleset)]
    issues.extend(_stale(ruleset, day))
    return tuple(sorted(set(issues), key=lambda issue: (issue.code, issue.subject, issue.message)))


def _name(rule: Rule) -> str:
    return f"{rule.category}/{rule.id}"


def _groups(ruleset: RuleSet) -> Iterator[tuple[str, Group]]:
    for rule in ruleset.rules.values():
        yield _name(rule), rule.when
    for name, missing in ruleset.missing.items():
        yield f"missing {name}", missing.when


def _signal_of(leaf: Leaf) -> str | None:
    if isinstance(leaf, str):
        return leaf
    return leaf.signal if isinstance(leaf, SignalLeaf) else None


# --- what nothing uses -------------------------------------------------------------------------


def _unused_signals(ruleset: RuleSet) -> Iterator[Issue]:
    used = {_signal_of(leaf) for _, group in _groups(ruleset) for _, leaf in leaves(group, ())}
    used |= {cue.signal for entry in ruleset.kinds.kinds.values() for cue in entry.cues}
    for name in ruleset.signals:
        if name not in used:
            yield Issue("L01", f"signal {name}", "no rule and no kind of text asks about it")


def _unused_classes(ruleset: RuleSet) -> Iterator[Issue]:
    used = {
        name
        for signal in ruleset.signals.values()
        for phrase in signal.phrases
        for name, _ in classes_in(phrase)
    }
    for name in ruleset.lexicon:
        if name not in used | _EXTRACTOR_CLASSES:
            yield Issue("L02", f"class {name}", "no phrase names it")


def _unused_advice(ruleset: RuleSet) -> Iterator[Issue]:
    used = {name for rule in ruleset.rules.values() for name in rule.advice}
    for name, entry in ruleset.advice.items():
        if name not in used and not entry.levels:
            yield Issue("L03", f"advice {name}", "no rule names it and no level brings it")


def _empty_categories(ruleset: RuleSet) -> Iterator[Issue]:
    used = {rule.category for rule in ruleset.rules.values()}
    for name in ruleset.pack.categories:
        if name not in used:
            yield Issue("L04", f"category {name}", "holds no rule")


# --- rules --------------------------------------------------------------------------------------


def _example_doubles(ruleset: RuleSet) -> Iterator[Issue]:
    for rule in ruleset.rules.values():
        examples = rule.examples
        wanted = [_plain(text) for text in (*examples.match, *examples.todo_match)]
        unwanted = [_plain(text) for text in (*examples.no_match, *examples.todo_no_match)]
        for texts in (wanted, unwanted):
            for text in {text for text in texts if texts.count(text) > 1}:
                yield Issue("L05", _name(rule), f"the same example twice: {_short(text)}")
        for text in set(wanted) & set(unwanted):
            yield Issue("L06", _name(rule), f"an example is to match and not to: {_short(text)}")


def _out_of_step(ruleset: RuleSet) -> Iterator[Issue]:
    for rule in ruleset.rules.values():
        if rule.type is not FindingType.RED_FLAG:
            continue
        low, high = _WEIGHTS[rule.severity]
        if not low <= rule.weight <= high:
            yield Issue(
                "L07",
                _name(rule),
                f"severity {rule.severity.value} goes with a weight of {low:g} to {high:g}, "
                f"not {rule.weight:g}",
            )
        if rule.specificity == "low" and rule.weight > 1.5:
            yield Issue(
                "L08",
                _name(rule),
                f"honest offers often show it: {rule.weight:g} is a great weight",
            )
        if rule.floor is not None and rule.severity in {Severity.INFO, Severity.LOW}:
            yield Issue("L09", _name(rule), f"a floor with severity {rule.severity.value}")


def _beyond_caps(ruleset: RuleSet) -> Iterator[Issue]:
    for rule in ruleset.rules.values():
        trust = rule.type is FindingType.TRUST_SIGN
        category = ruleset.pack.categories.get(rule.category)
        cap = ruleset.pack.trust_cap if trust else category.cap if category else rule.weight
        if abs(rule.weight) > cap:
            yield Issue(
                "L10",
                _name(rule),
                f"weighs {rule.weight:g}, more than the cap of {cap:g} lets through",
            )


def _languages(ruleset: RuleSet) -> Iterator[Issue]:
    sentences: list[tuple[str, str, Localised]] = []
    for rule in ruleset.rules.values():
        sentences.append((_name(rule), "title", rule.title))
        sentences.append((_name(rule), "explain", rule.explain))
    for name, missing in ruleset.missing.items():
        sentences.append((f"missing {name}", "title", missing.title))
        sentences.append((f"missing {name}", "question", missing.question))
    sentences.extend(
        (f"advice {name}", "text", entry.text) for name, entry in ruleset.advice.items()
    )
    for subject, key, words in sentences:
        for lang in ("id", "en"):
            if not getattr(words, lang).strip():
                yield Issue("L11", subject, f"{key}: no words in '{lang}'")
        if words.id.strip() and words.id == words.en and " " in words.id.strip():
            yield Issue("L11", subject, f"{key}: the same words in both languages")
        if key == "title" and max(len(words.id), len(words.en)) > TITLE_LENGTH:
            yield Issue("L12", subject, f"title longer than {TITLE_LENGTH} characters")


def _on_deprecated(ruleset: RuleSet) -> Iterator[Issue]:
    for subject, group in _groups(ruleset):
        for _, leaf in leaves(group, ()):
            asked = ruleset.rules.get(leaf.finding) if isinstance(leaf, FindingLeaf) else None
            if asked is not None and asked.status is Status.DEPRECATED:
                yield Issue("L13", subject, f"builds on {asked.id}, which is deprecated")


def _sources(ruleset: RuleSet) -> Iterator[Issue]:
    for rule in ruleset.rules.values():
        for source in rule.sources:
            if not _YEAR.search(source):
                yield Issue("L14", _name(rule), f"a source without a year: {_short(source)}")
        if rule.modified is not None and rule.modified < rule.created:
            yield Issue("L15", _name(rule), "modified before it was created")


def _contradictions(ruleset: RuleSet) -> Iterator[Issue]:
    for subject, group in _groups(ruleset):
        for part in _with_inner(group):
            for condition in set(part.all or ()) & set(part.none or ()):
                shown = condition if isinstance(condition, str) else "a condition"
                yield Issue("L16", subject, f"{shown} stands in 'all' and in 'none': never holds")


def _with_inner(group: Group) -> Iterator[Group]:
    yield group
    for name in ("all", "any", "of", "none"):
        for condition in getattr(group, name) or ():
            if isinstance(condition, Group):
                yield from _with_inner(condition)


# --- phrases ------------------------------------------------------------------------------------


def _superfluous(ruleset: RuleSet) -> Iterator[Issue]:
    for name, signal in ruleset.signals.items():
        expanded = {phrase: expand(phrase) for phrase in signal.phrases}
        if len(expanded) < len(signal.phrases):
            yield Issue("L17", f"signal {name}", "a phrase stands twice")
        owners: dict[Words, set[str]] = {}
        for phrase, template in expanded.items():
            if not template.gaps:
                for words in template.parts[0]:
                    owners.setdefault(words, set()).add(phrase)
        for phrase, template in expanded.items():
            whole = not template.gaps
            if any(
                all(_covered(words, phrase, owners, whole=whole) for words in choices)
                for choices in template.parts
            ):
                yield Issue("L17", f"signal {name}", f"other phrases find all of {_short(phrase)}")


def _covered(words: Words, phrase: str, owners: Mapping[Words, set[str]], *, whole: bool) -> bool:
    """Tell whether a phrase of another template, shorter or equal, stands inside of ``words``."""
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            found = words[first:last]
            others = owners.get(found, set()) - {phrase}
            # Of two equal phrases only the later one is superfluous.
            if others and (found != words or not whole or min(others) < phrase):
                return True
    return False


def _loose_patterns(ruleset: RuleSet) -> Iterator[Issue]:
    for name, signal in ruleset.signals.items():
        for pattern in signal.patterns:
            if re2.compile(pattern).match("") is not None:
                yield Issue(
                    "L18", f"signal {name}", f"the pattern {_short(pattern)} matches nothing"
                )
            if re.search(r"(?<!\\)\.[*+]", pattern):
                yield Issue(
                    "L19",
                    f"signal {name}",
                    f"'.*' without bounds in {_short(pattern)}: say how far",
                )


# --- explanations ---------------------------------------------------------------------------------

_SLOT_KIND = re.compile(r"\{([a-z_]+)[.:}]")


def _unheld_slots(ruleset: RuleSet) -> Iterator[Issue]:
    for rule in ruleset.rules.values():
        asked = {leaf.fact for _, leaf in leaves(rule.when, ()) if isinstance(leaf, FactLeaf)}
        builds_on = any(isinstance(leaf, FindingLeaf) for _, leaf in leaves(rule.when, ()))
        for kind in set(_SLOT_KIND.findall(rule.explain.id + rule.explain.en)) - asked:
            if not builds_on:
                yield Issue(
                    "L20",
                    _name(rule),
                    f"explain shows a {kind} that 'when' does not ask about: "
                    "without one the title is shown",
                )


# --- reference ------------------------------------------------------------------------------------


def _stale(ruleset: RuleSet, day: dt.date) -> Iterator[Issue]:
    for stem, model in ruleset.reference.items():
        for path, dated in _dated(model, ()):
            subject = f"reference/{stem}.yaml {'.'.join(path)}".rstrip()
            until, as_of = getattr(dated, "valid_until", None), getattr(dated, "as_of", None)
            if isinstance(until, dt.date):
                if until < day and not _followed(dated, model, path, day):
                    yield Issue("L21", subject, f"held until {until}, and nothing follows")
            elif isinstance(as_of, dt.date) and (day - as_of).days > STALE_DAYS:
                yield Issue("L22", subject, f"is of {as_of}: check whether it still holds")


def _dated(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], BaseModel]]:
    """Yield every model with a date of validity inside of ``value``."""
    if isinstance(value, BaseModel):
        if "valid_until" in type(value).model_fields:
            yield path, value
        for name in type(value).model_fields:
            yield from _dated(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _dated(item, (*path, str(name)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _dated(item, (*path, str(index)))


def _followed(dated: BaseModel, root: BaseModel, path: tuple[str, ...], day: dt.date) -> bool:
    """Tell whether a neighbour in the same list holds on ``day``."""
    if not path or not path[-1].isdigit():
        return False
    parent: object = root
    for name in path[:-1]:
        if isinstance(parent, Mapping):
            parent = parent[name]
        elif isinstance(parent, tuple):
            parent = parent[int(name)]
        else:
            parent = getattr(parent, name)
    neighbours: Iterable[object] = parent if isinstance(parent, tuple) else ()
    return any(
        other is not dated and (until is None or until >= day)
        for other in neighbours
        for until in [getattr(other, "valid_until", None)]
    )


# --- wording --------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}'" if len(text) <= 50 else f"'{text[:50]}…'"


CHECKS: tuple[Callable[[RuleSet], Iterator[Issue]], ...] = (
    _unused_signals,
    _unused_classes,
    _unused_advice,
    _empty_categories,
    _example_doubles,
    _out_of_step,
    _beyond_caps,
    _languages,
    _on_deprecated,
    _sources,
    _contradictions,
    _superfluous,
    _loose_patterns,
    _unheld_slots,
)
"""Every check that needs no date."""
