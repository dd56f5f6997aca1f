"""Turns the rules that fired into findings with evidence and filled-in explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from offer_screen.facts import FactBase
from offer_screen.infer.wording import fill
from offer_screen.results import Evidence, Finding
from offer_screen.rules.conditions import Atom, FindingTest, Node, NoneOf, Program
from offer_screen.rules.schema import Rule
from offer_screen.values import Span

_Item = tuple[Span, str, Evidence]
"""Evidence, with what it is ordered by in front."""

_in_text_order = itemgetter(0, 1)


_USUAL = 0.05
_FEW_RULES = 6
"""A question that this part of the rules asks, and so many at least, is context: it says that a
text is of the sort that is meant, and not what is wrong with it."""


class Explainer:
    """Gives the findings of one rule set their evidence.

    Args:
        program: The conditions.
        rules: Rules by id: those of the program that a report may tell of.
    """

    def __init__(self, program: Program, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._blank = {rule.id: without_evidence(rule) for rule in rules.values()}
        # In order of stratum: what a rule builds on comes first.
        self._place = {rule.id: place for place, rule in enumerate(program.rules)}
        grounds = {rule.id: tuple(_grounds(rule.when, program)) for rule in program.rules}
        usual = usual_leaves(program)
        self._grounds = {
            rule: tuple(g for g in of_rule if g not in usual) for rule, of_rule in grounds.items()
        }
        self._context = {
            rule: tuple(g for g in of_rule if isinstance(g, int) and g in usual)
            for rule, of_rule in grounds.items()
        }
        self._builds_on = {
            rule: frozenset(ground for ground in of_rule if isinstance(ground, str))
            for rule, of_rule in grounds.items()
        }

    def explain(
        self,
        fired: frozenset[str],
        held: Mapping[int, Sequence[Evidence | FactBase]],
        facts: Sequence[FactBase],
        *,
        beside: frozenset[str] = frozenset(),
    ) -> tuple[Finding, ...]:
        """Return the findings of the rules in ``fired``, in order of rule id.

        The evidence of a finding is all that holds in the parts of its condition that ask for
        something to be there, and the evidence of the findings that it builds on; without what
        many rules ask (is it work abroad? is it an offer?), unless nothing else is there.

        Args:
            fired: Ids of the rules that fired.
            held: The leaves that hold, each with what makes it hold.
            facts: All facts of the text, for the explanations.
            beside: Rules that are of no interest now, though others build on them.
        """
        wanted = sorted(rule for rule in fired - beside if rule in self._rules)
        evidence = self._evidence(fired, wanted, held)
        return tuple(
            [
                self._finding(rule, tuple([item[2] for item in evidence[rule]]), facts)
                for rule in wanted
            ]
        )

    def _finding(
        self, rule: str, evidence: tuple[Evidence, ...], facts: Sequence[FactBase]
    ) -> Finding:
        explanation = self._rules[rule].explain
        if "{" in explanation.id or "{" in explanation.en:
            explanation = fill(explanation, self._rules[rule].title, _own_first(evidence, facts))
        return self._blank[rule].replaced(explanation=explanation, evidence=evidence)

    def _evidence(
        self,
        fired: frozenset[str],
        wanted: Iterable[str],
        held: Mapping[int, Sequence[Evidence | FactBase]],
    ) -> dict[str, tuple[_Item, ...]]:
        needed = set(wanted)
        waiting = [*needed]
        while waiting:
            more = (self._builds_on[waiting.pop()] & fired) - needed
            needed |= more
            waiting += more
        of_rules: dict[str, tuple[_Item, ...]] = {}
        items = _Items()
        for rule in sorted(needed, key=self._place.__getitem__):
            found: dict[int, _Item] = {}
            for grounds in (self._grounds[rule], self._context[rule]):
                for ground in grounds:
                    if isinstance(ground, int):
                        for mention in held.get(ground, ()):
                            item = items.of_mention.get(id(mention)) or items.add(mention)
                            found[id(item)] = item
                    elif ground in of_rules:
                        for item in of_rules[ground]:
                            found[id(item)] = item
                if found:
                    break
            of_rules[rule] = tuple(sorted(found.values(), key=_in_text_order))
        return of_rules


def usual_leaves(program: Program) -> frozenset[int]:
    """Return the signals and facts that so many rules ask to be there that they are context."""
    asked = Counter(
        ground
        for rule in program.rules
        for ground in set(_grounds(rule.when, program))
        if isinstance(ground, int)
    )
    usual = max(_FEW_RULES, len(program.rules) * _USUAL)
    return frozenset(leaf for leaf, count in asked.items() if count >= usual)


class _Items:
    """The evidence of one text: equal evidence is one item, however many facts stand behind it."""

    def __init__(self) -> None:
        self.of_mention: dict[int, _Item] = {}  # by identity
        self._distinct: dict[Evidence, _Item] = {}

    def add(self, mention: Evidence | FactBase) -> _Item:
        evidence = _evidence_of(mention)
        item = self._distinct.setdefault(evidence, (evidence.span, evidence.name, evidence))
        self.of_mention[id(mention)] = item
        return item


def _grounds(node: Node, program: Program) -> Iterator[int | str]:
    """Yield the leaves, or the ids of the rules, that a condition asks to be there."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Atom):
            leaf = program.leaves[part.leaf]
            yield leaf.rule if isinstance(leaf, FindingTest) else part.leaf
        elif not isinstance(part, NoneOf):
            stack.extend(part.parts)


def _evidence_of(mention: Evidence | FactBase) -> Evidence:
    if isinstance(mention, Evidence):
        return mention
    return Evidence(source="fact", name=mention.kind, span=mention.span, stance=mention.stance)


def without_evidence(rule: Rule) -> Finding:
    """Return a rule as a finding of a text that is not there: for the arithmetic of the score."""
    return Finding(
        rule=rule.id,
        type=rule.type,
        category=rule.category,
        severity=rule.severity,
        title=rule.title,
        explanation=fill(rule.explain, rule.title, ()),
        harms=rule.harms,
        ilo=rule.tags.ilo,
        palermo=rule.tags.palermo,
        floor=rule.floor,
    )


def _own_first(evidence: Sequence[Evidence], facts: Sequence[FactBase]) -> list[FactBase]:
    """Return the facts with those that made the rule fire first."""
    own: set[tuple[str, Span]] = {
        (item.name, item.span) for item in evidence if item.source == "fact"
    }
    return sorted(facts, key=lambda fact: (fact.kind, fact.span) not in own)
