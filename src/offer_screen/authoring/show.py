"""Everything about one rule on one page: what it looks for, what it adds, on what it stands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from offer_screen.authoring.trials import asked_by
from offer_screen.authoring.wording import node_in_lines
from offer_screen.rules.conditions import FindingTest, SignalTest
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule, Signal
from offer_screen.scoring import level_of, sigmoid
from offer_screen.values import Kind, Language, Level, Value
from offer_screen.weighting import Weighting

_WIDTH = 100


class RuleDescription(Value):
    """One rule, and what other files of the pack say of it.

    Attributes:
        rule: The rule as written.
        category_title: Title of its category, in the language asked for.
        cap: Most log-odds that its category adds; of a trust sign, that all trust signs take off.
        points: Points of an offer on which nothing else is found.
        level: Level of such an offer.
        condition: The condition as a tree, one line a branch.
        signals: The signals that the condition names.
        builds_on: Rules that the condition asks about.
        built_on_by: Rules that ask about this one.
        advice: What to do, by id, in the language asked for.
    """

    rule: Rule
    category_title: str
    cap: float
    points: float
    level: Level
    condition: tuple[str, ...]
    signals: Mapping[str, Signal]
    builds_on: tuple[str, ...]
    built_on_by: tuple[str, ...]
    advice: Mapping[str, str]

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        rule = self.rule
        yield f"{rule.id}  ({self.category_title}, {rule.type.value.replace('_', ' ')})"
        yield f"  {rule.title.id}"
        yield f"  {rule.title.en}"
        yield ""
        harms = ", ".join(rule.harms) or "no harm named"
        yield f"status       {rule.status.value}, created {rule.created}" + (
            f", modified {rule.modified}" if rule.modified else ""
        )
        yield f"severity     {rule.severity.value}; specificity {rule.specificity}; {harms}"
        yield f"weight       {rule.weight:+.2f} log-odds; cap of its kind {self.cap:.1f}"
        yield (
            f"alone        {self.points:.1f} points, {self.level.value}"
            + (f"; never below {rule.floor.value}" if rule.floor else "")
        )
        yield from _names("builds on", self.builds_on)
        yield from _names("built on by", self.built_on_by)
        yield from _names("related", rule.related)
        yield from _names("tags", _tags(rule))
        examples = rule.examples
        yield (
            f"examples     {len(examples.match)} match, {len(examples.no_match)} near misses,"
            f" {len(examples.todo_match) + len(examples.todo_no_match)} known gaps"
        )
        yield "\nFires when"
        yield from (f"  {line}" for line in self.condition)
        yield from _section("Says", (rule.explain.id, rule.explain.en))
        yield from _section("Why", (rule.rationale,))
        yield from _section("Honest texts that look like it", rule.false_positives)
        if rule.faked_by:
            yield from _section("How it is faked", (rule.faked_by,))
        yield from _section("Sources", rule.sources)
        yield from _section("Advice", [f"{name}: {text}" for name, text in self.advice.items()])
        for name, signal in self.signals.items():
            yield f"\nSignal {name}" + (f": {signal.note}" if signal.note else "")
            yield from (f"  {phrase}" for phrase in signal.phrases)
            yield from (f"  /{pattern}/" for pattern in signal.patterns)


def describe_rule(ruleset: RuleSet, rule: str, *, lang: Language = Language.ID) -> RuleDescription:
    """Return everything about one rule.

    Args:
        ruleset: The pack.
        rule: Id of the rule.
        lang: Language of titles and advice.

    Raises:
        KeyError: There is no such rule.
    """
    found = ruleset.rules[rule]
    pack, program = ruleset.pack, ruleset.program
    category = pack.categories[found.category]
    cap = category.cap if found.weight >= 0 else pack.trust_cap
    added = min(found.weight, cap) if found.weight >= 0 else max(found.weight, -cap)
    base = pack.base_log_odds + pack.kind_log_odds.get(Kind.OFFER, 0.0)
    points = 100 * sigmoid(base + added)
    level = max(
        (level_of(points, Weighting.authored(ruleset).levels), found.floor or Level.LOW),
        key=lambda lv: lv.rank,
    )
    conditions = {compiled.id: compiled.when for compiled in program.rules}
    asked = asked_by(conditions[rule], program)
    signals = [leaf.signal for leaf in asked if isinstance(leaf, SignalTest)]
    return RuleDescription(
        rule=found,
        category_title=category.title.in_language(lang),
        cap=cap,
        points=round(points, 1),
        level=level,
        condition=node_in_lines(conditions[rule], program.leaves),
        signals={name: ruleset.signals[name] for name in signals if name in ruleset.signals},
        builds_on=tuple(leaf.rule for leaf in asked if isinstance(leaf, FindingTest)),
        built_on_by=tuple(
            sorted(
                other
                for other, when in conditions.items()
                if FindingTest(rule) in asked_by(when, program)
            )
        ),
        advice={name: ruleset.advice[name].text.in_language(lang) for name in found.advice},
    )


def _tags(rule: Rule) -> tuple[str, ...]:
    return tuple(
        f"{frame} {tag}"
        for frame in ("ilo", "palermo", "seed")
        for tag in getattr(rule.tags, frame)
    )


def _names(heading: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{heading:<13}{', '.join(names)}"


def _section(heading: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"\n{heading}"
    for text in texts:
        yield from textwrap.wrap(
            " ".join(text.split()),
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
