"""Turns the rules that fired into findings with evidence and filled-in explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offer_screen.infer.wording import fill
from offer_screen.results import Evidence, FactBase, Finding, Span
from offer_screen.rules.conditions import Atom, CompiledRule, FindingTest, Node, NoneOf, Program
from offer_screen.rules.schema import Rule


def explain(
    fired: frozenset[str],
    program: Program,
    held: Mapping[int, Sequence[Evidence]],
    rules: Mapping[str, Rule],
    facts: Sequence[FactBase],
) -> tuple[Finding, ...]:
    """Return the findings of the rules in ``fired`` that are in ``rules``, in order of rule id.

    The evidence of a finding is all that holds in the parts of its condition that ask for
    something to be there, and the evidence of the findings that it builds on.
    """
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for compiled in program.rules:  # in order of stratum: what a rule builds on comes first
        if compiled.id in fired:
            evidence[compiled.id] = _evidence(compiled, program, held, evidence)
    return tuple(
        _finding(rules[rule], evidence[rule], facts) for rule in sorted(fired) if rule in rules
    )


def _evidence(
    compiled: CompiledRule,
    program: Program,
    held: Mapping[int, Sequence[Evidence]],
    earlier: Mapping[str, tuple[Evidence, ...]],
) -> tuple[Evidence, ...]:
    found: dict[Evidence, None] = {}
    stack: list[Node] = [compiled.when]
    while stack:
        node = stack.pop()
        if isinstance(node, NoneOf):
            continue
        if isinstance(node, Atom):
            leaf = program.leaves[node.leaf]
            proofs = (
                earlier.get(leaf.rule, ())
                if isinstance(leaf, FindingTest)
                else held.get(node.leaf, ())
            )
            found.update(dict.fromkeys(proofs))
        else:
            stack.extend(node.parts)
    return tuple(sorted(found, key=lambda item: (item.span, item.name)))


def _finding(rule: Rule, evidence: tuple[Evidence, ...], facts: Sequence[FactBase]) -> Finding:
    return Finding(
        rule=rule.id,
        type=rule.type,
        category=rule.category,
        severity=rule.severity,
        title=rule.title,
        explanation=fill(rule.explain, rule.title, _own_first(evidence, facts)),
        harms=rule.harms,
        ilo=rule.tags.ilo,
        palermo=rule.tags.palermo,
        evidence=evidence,
        floor=rule.floor,
    )


def _own_first(evidence: Sequence[Evidence], facts: Sequence[FactBase]) -> list[FactBase]:
    """Return the facts with those that made the rule fire first."""
    own: set[tuple[str, Span]] = {
        (item.name, item.span) for item in evidence if item.source == "fact"
    }
    return sorted(facts, key=lambda fact: (fact.kind, fact.span) not in own)
