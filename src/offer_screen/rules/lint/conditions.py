"""Checks of the conditions: rules that cannot fire, that others imply, that fire on denials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from offer_screen.results import FindingType
from offer_screen.rules.conditions import (
    All,
    Atom,
    CompiledRule,
    FindingTest,
    Node,
    NoneOf,
    Program,
    SignalTest,
    leaf_of,
)
from offer_screen.rules.lint.base import Check, Issue, IssueSeverity, Subject, subject_of
from offer_screen.rules.lint.groups import groups, inner_groups
from offer_screen.rules.lint.logic import (
    Term,
    TooManyTermsError,
    can_hold,
    decided,
    entails,
    in_words,
    possible,
    terms,
)
from offer_screen.rules.parts import leaves
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import BUILTIN_SIGNALS, FindingLeaf, Group, Status
from offer_screen.values import Stance


class BuildsOnUnsettled(Check):
    """Finds rules that build on one that may go away."""

    code = "L13"
    meaning = "a rule that builds on an experimental or deprecated one"
    recommendation = "build on what is settled, or settle that rule first"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        unsettled = {Status.EXPERIMENTAL, Status.DEPRECATED}
        for subject, group in groups(ruleset):
            for loc, leaf in leaves(group, ("when",)):
                asked = ruleset.rules.get(leaf.finding) if isinstance(leaf, FindingLeaf) else None
                if asked is not None and asked.status in unsettled:
                    message = f"builds on {asked.id}, which is {asked.status.value}"
                    yield self.issue(subject, message, loc)


class RelatedToDeprecated(Check):
    """Finds rules that send the reader to one that is on its way out."""

    code = "L45"
    meaning = "a rule that is related to a deprecated one, and to none that replaces it"
    recommendation = "name the rule that took its place"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for rule in ruleset.rules.values():
            for index, name in enumerate(rule.related):
                other = ruleset.rules.get(name)
                old = other is not None and other.status is Status.DEPRECATED
                if old and rule.status is not Status.DEPRECATED:
                    message = f"related to {name}, which is deprecated"
                    yield self.issue(subject_of(rule), message, ("related", index))


class Contradiction(Check):
    """Finds what stands in 'all' and in 'none' of one group."""

    code = "L16"
    severity = IssueSeverity.ERROR
    meaning = "the same condition in 'all' and in 'none'"
    recommendation = "take out one of the two"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, group in groups(ruleset):
            for loc, part in inner_groups(group):
                for index, condition in enumerate(part.none or ()):
                    if condition in (part.all or ()):
                        shown = condition if isinstance(condition, str) else "a condition"
                        message = f"{shown} stands in 'all' and in 'none': never holds"
                        yield self.issue(subject, message, (*loc, "none", index))


class NeverFires(Check):
    """Finds rules that no text can make fire."""

    code = "L42"
    severity = IssueSeverity.ERROR
    meaning = "a rule that can never fire"
    recommendation = "read its condition as a tree: rules why"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        program = ruleset.program
        dead: set[str] = set()
        for compiled in program.rules:  # in order of stratum: what a rule builds on comes first
            ways = _terms(compiled.when)
            if ways is None:
                continue
            if not any(_alive(way, program, dead) for way in ways):
                dead.add(compiled.id)
                yield self.issue(
                    _subject(compiled.id, ruleset), "no text can make it fire", ("when",)
                )


class DeadTest(Check):
    """Finds a question that no fact can answer with yes."""

    code = "L43"
    severity = IssueSeverity.ERROR
    meaning = "tests on a fact that no fact can pass together"
    recommendation = "mend the bounds or the list of values"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, group in groups(ruleset):
            for loc, leaf in leaves(group, ("when",)):
                asked = leaf_of(leaf)
                if not can_hold(asked):
                    yield self.issue(subject, f"{in_words(asked)}: none can", loc)


class IdleCondition(Check):
    """Finds a condition that says nothing beside another of the same list."""

    code = "L44"
    meaning = "a condition that another of the same list makes idle"
    recommendation = "keep the wider one in 'any' and 'none', the narrower one in 'all'"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for subject, group in groups(ruleset):
            for loc, part in inner_groups(group):
                for name in ("all", "any", "none"):
                    for index, message in _idle(part, name):
                        yield self.issue(subject, message, (*loc, name, index))


class ImpliedRule(Check):
    """Finds rules that fire whenever another of their category does."""

    code = "L46"
    meaning = "a rule whose condition another rule of its category implies"
    recommendation = "merge them, or let the narrower one bar the wider: none: [{finding: …}]"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        program = ruleset.program
        compiled = {rule.id: rule for rule in program.rules}
        ways = {name: _terms(rule.when) for name, rule in compiled.items()}
        for rule in ruleset.rules.values():
            asked = {
                leaf.finding for _, leaf in leaves(rule.when, ()) if isinstance(leaf, FindingLeaf)
            }
            own = ways[rule.id]
            for other in ruleset.rules.values():
                same = (other.category, other.type) == (rule.category, rule.type)
                if not own or not same or other.id == rule.id or other.id in asked:
                    continue
                if not _implies(own, compiled[other.id], program):
                    continue
                back = ways[other.id]
                if not back or not _implies(back, compiled[rule.id], program):
                    message = f"whenever {rule.id} fires, it fires as well"
                    yield self.issue(subject_of(other), message, ("when",))
                elif rule.id < other.id:
                    message = f"fires exactly when {rule.id} does"
                    yield self.issue(subject_of(other), message, ("when",))


class FiresOnDenial(Check):
    """Finds rules that fire on a text which only denies what they ask about."""

    code = "L47"
    meaning = "a red flag that fires where everything it asks about is only negated"
    recommendation = "ask for one asserted mention beside it"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        program = ruleset.program
        fired: dict[str, bool] = {}
        for compiled in program.rules:
            fired[compiled.id] = _on_denial(compiled.when, program, fired)
            rule = ruleset.rules.get(compiled.id)
            if fired[compiled.id] and rule and rule.type is FindingType.RED_FLAG:
                message = "fires where everything it asks about is negated"
                yield self.issue(subject_of(rule), message, ("when",))


def _subject(name: str, ruleset: RuleSet) -> Subject:
    rule = ruleset.rules.get(name)
    return Subject("missing", name) if rule is None else subject_of(rule)


@lru_cache(maxsize=1024)  # two checks write out the same conditions
def _terms(node: Node) -> frozenset[Term] | None:
    try:
        return terms(node)
    except TooManyTermsError:
        return None


def _alive(way: Term, program: Program, dead: set[str]) -> bool:
    asked = (program.leaves[leaf] for leaf in way.held)
    on_dead = any(isinstance(leaf, FindingTest) and leaf.rule in dead for leaf in asked)
    return not on_dead and possible(way, program.leaves)


def _implies(ways: frozenset[Term], other: CompiledRule, program: Program) -> bool:
    alive = [way for way in ways if possible(way, program.leaves)]
    return bool(alive) and all(decided(other.when, way, program.leaves) for way in alive)


def _on_denial(node: Node, program: Program, fired: Mapping[str, bool]) -> bool:
    if isinstance(node, Atom):
        leaf = program.leaves[node.leaf]
        if isinstance(leaf, FindingTest):
            return fired.get(leaf.rule, False)
        built_in = isinstance(leaf, SignalTest) and leaf.signal in BUILTIN_SIGNALS
        return Stance.NEGATED in leaf.stances and not built_in  # those are no words to be denied
    found = [_on_denial(part, program, fired) for part in node.parts]
    if isinstance(node, All):
        return all(found)
    return not any(found) if isinstance(node, NoneOf) else sum(found) >= node.count


def _idle(group: Group, name: str) -> Iterator[tuple[int, str]]:
    listed = [
        (index, leaf_of(condition))
        for index, condition in enumerate(getattr(group, name) or ())
        if not isinstance(condition, Group)
    ]
    for index, leaf in listed:
        for other_index, other in listed:
            if other_index == index or (leaf == other and index < other_index):
                continue
            covered = entails(other, leaf) if name == "all" else entails(leaf, other)
            if covered:
                yield index, f"{in_words(leaf)} says nothing beside {in_words(other)}"
                break


CHECKS: tuple[type[Check], ...] = (
    BuildsOnUnsettled,
    Contradiction,
    NeverFires,
    DeadTest,
    IdleCondition,
    RelatedToDeprecated,
    ImpliedRule,
    FiresOnDenial,
)
"""The checks of this file."""
