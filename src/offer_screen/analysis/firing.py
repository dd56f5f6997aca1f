"""What fires on each text, and what would if a rule were not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offer_screen.analysis.samples import BadSample, Sample, Tally
from offer_screen.errors import InputError
from offer_screen.facts import FactBase
from offer_screen.infer.compiled import CompiledEngine
from offer_screen.results import Evidence, Finding, Prediction
from offer_screen.rules.conditions import AtLeast, CompiledRule, Program
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import SCORING, Rule
from offer_screen.scoring import score
from offer_screen.screener import Screener
from offer_screen.values import Level
from offer_screen.weighting import Weighting


@dataclass(frozen=True, slots=True)
class Fired:
    """One text and what fires on it.

    Attributes:
        sample: The text.
        prediction: Its kind.
        held: The leaves of the program that hold, each with what makes it hold.
        rules: Ids of the rules that fire, also of those that do not score.
    """

    sample: Sample
    prediction: Prediction
    held: Mapping[int, Sequence[Evidence | FactBase]]
    rules: frozenset[str]


def fired_on(
    screener: Screener, samples: Iterable[Sample | BadSample], tally: Tally
) -> Iterator[Fired]:
    """Yield what fires on each text; what cannot be screened is counted in ``tally``."""
    known = screener.ruleset.rules.keys()
    for sample in tally.readable(samples):
        try:
            trace = screener.trace(sample.text)
        except InputError as error:
            tally.refuse(sample, error)
            continue
        tally.accept(sample)
        yield Fired(sample, trace.prediction, trace.held, trace.fired & known)


def example_samples(ruleset: RuleSet) -> Iterator[Sample]:
    """Yield the examples that rules of a pack must fire on, labelled with the rule."""
    for rule in ruleset.rules.values():
        for number, text in enumerate(rule.examples.match, start=1):
            yield Sample(f"{rule.id}[match]", number, None, text, rule.id)


def scores(rule: Rule) -> bool:
    """Whether offers are judged by a rule: experimental and deprecated ones only fire."""
    return rule.status in SCORING


class Rescorer:
    """Works out levels again from what fired, without reading a text twice.

    The score is a sum with caps and floors, so that leaving a rule out is arithmetic. Only where
    other rules ask whether that rule has fired are the conditions evaluated once more.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        self._program = ruleset.program
        self._rules = ruleset.rules
        self._scoring = frozenset(rule.id for rule in ruleset.rules.values() if scores(rule))
        self._weighting = Weighting.authored(ruleset)
        self._bare = {rule.id: _bare(rule) for rule in ruleset.rules.values()}
        self._engines: dict[str, CompiledEngine] = {}

    def level(self, fired: Iterable[str], prediction: Prediction) -> Level:
        """Return the level of an offer on which these rules fire."""
        return self._level(self._scoring.intersection(fired), prediction)

    def level_with(self, rule: str, fired: frozenset[str], prediction: Prediction) -> Level:
        """Return the level if ``rule`` scored, whatever its status."""
        return self._level(self._scoring.intersection(fired) | {rule}, prediction)

    def level_without(self, rule: str, fired: Fired) -> Level:
        """Return the level if ``rule`` were not in the pack."""
        return self.level(self.rules_without(rule, fired), fired.prediction)

    def rules_without(self, rule: str, fired: Fired) -> frozenset[str]:
        """Return what would fire if ``rule`` were not in the pack."""
        if rule not in self._program.finding_leaf:
            return fired.rules - {rule}
        engine = self._engines.get(rule)
        if engine is None:
            engine = self._engines[rule] = CompiledEngine(_program_without(rule, self._program))
        return engine.infer(frozenset(fired.held)) & self._rules.keys()

    def _level(self, scored: frozenset[str], prediction: Prediction) -> Level:
        findings = [self._bare[rule] for rule in sorted(scored)]
        return score(findings, prediction, self._weighting).level


def _program_without(rule: str, program: Program) -> Program:
    """Return the program with a condition in place of ``rule`` that never holds."""
    return replace(
        program,
        rules=tuple(
            CompiledRule(rule, AtLeast(2, (compiled.when,)), compiled.stratum)
            if compiled.id == rule
            else compiled
            for compiled in program.rules
        ),
    )


def _bare(rule: Rule) -> Finding:
    """Return a finding with what the score needs of it."""
    return Finding(
        rule=rule.id,
        type=rule.type,
        category=rule.category,
        severity=rule.severity,
        title=rule.title,
        explanation=rule.title,
        harms=rule.harms,
        floor=rule.floor,
    )
