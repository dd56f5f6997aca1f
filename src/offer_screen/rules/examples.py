"""Runs the examples of the rules: every rule fires on its own, and stays away from near misses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from offer_screen.errors import InputError
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule

ExampleList = Literal["match", "no_match", "todo_match", "todo_no_match"]
_LISTS: tuple[ExampleList, ...] = ("match", "no_match", "todo_match", "todo_no_match")

_WRONG: dict[ExampleList, str] = {
    "match": "the rule does not fire",
    "no_match": "the rule fires",
    "todo_match": "the rule fires now: move the example to 'match'",
    "todo_no_match": "the rule no longer fires: move the example to 'no_match'",
}


Firing = Callable[[str], Collection[str]]
"""Returns the ids of the rules that fire on a text, also of those that do not score.

It may raise InputError.
"""


class FailureExplainer(Protocol):
    """Says which parts of a rule's condition held in a text, one line each."""

    def __call__(self, rule: Rule, text: str) -> tuple[str, ...]:
        """Return the lines."""
        ...


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came of one example.

    Attributes:
        rule: Id of the rule.
        category: Its category.
        list: The list of ``examples`` that it stands in.
        index: Its position there, from 0.
        text: The example.
        passed: Whether the rule did what the list says; a ``todo`` that starts to pass fails.
        fired: Rules that fired.
        reason: Why it failed; empty if it passed.
        details: Which parts of the condition held, when that was asked for.
    """

    rule: str
    category: str
    list: ExampleList
    index: int
    text: str
    passed: bool
    fired: tuple[str, ...] = ()
    reason: str = ""
    details: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the example, such as ``pay/pay-far-above[no_match-2]``."""
        return f"{self.category}/{self.rule}[{self.list}-{self.index + 1}]"

    def __str__(self) -> str:
        if self.passed:
            return f"{self.name}: passed"
        lines = [f"{self.name}: {self.reason}", f"    text:  {' '.join(self.text.split())}"]
        lines.append(f"    fired: {', '.join(self.fired) or 'nothing'}")
        lines.extend(f"    {line}" for line in self.details)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class ExampleResults:
    """What came of all examples, in order of rule and list."""

    results: tuple[ExampleResult, ...]

    @property
    def failures(self) -> tuple[ExampleResult, ...]:
        """The examples that failed."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def passed(self) -> bool:
        """Whether every example passed."""
        return not self.failures

    @property
    def gaps(self) -> int:
        """How many known gaps there are."""
        return sum(result.list.startswith("todo") for result in self.results)

    def __str__(self) -> str:
        lines = [str(result) for result in self.failures]
        rules = len({result.rule for result in self.results})
        lines.append(
            f"{len(self.results)} examples of {rules} rules: {len(self.failures)} failed, "
            f"{self.gaps} known gaps"
        )
        return "\n".join(lines)


def run_examples(
    ruleset: RuleSet,
    firing: Firing,
    *,
    rules: Collection[str] | None = None,
    explain_failure: FailureExplainer | None = None,
) -> ExampleResults:
    """Try every example and compare what fired with what should have.

    Args:
        ruleset: The rules whose examples to run.
        firing: Says which of these rules fire on a text.
        rules: Ids of the rules wanted; None for all.
        explain_failure: Called for each failed example.

    Raises:
        KeyError: ``rules`` names a rule that does not exist.
    """
    chosen = ruleset.rules.values() if rules is None else [ruleset.rules[name] for name in rules]
    return ExampleResults(
        tuple(
            _run(rule, which, index, text, ruleset, firing, explain_failure)
            for rule in sorted(chosen, key=lambda rule: (rule.category, rule.id))
            for which, index, text in examples_of(rule)
        )
    )


def examples_of(rule: Rule) -> Iterator[tuple[ExampleList, int, str]]:
    """Yield every example of a rule with its list and its position there."""
    for which in _LISTS:
        for index, text in enumerate(getattr(rule.examples, which)):
            yield which, index, text


def _run(
    rule: Rule,
    which: ExampleList,
    index: int,
    text: str,
    ruleset: RuleSet,
    firing: Firing,
    explain_failure: FailureExplainer | None,
) -> ExampleResult:
    try:
        fired = tuple(sorted(ruleset.rules.keys() & firing(text)))
    except InputError as error:
        return ExampleResult(
            rule.id, rule.category, which, index, text, passed=False, reason=str(error)
        )
    passed = (rule.id in fired) is (which in {"match", "todo_no_match"})
    details: tuple[str, ...] = ()
    if not passed and explain_failure is not None:
        details = explain_failure(rule, text)
    return ExampleResult(
        rule=rule.id,
        category=rule.category,
        list=which,
        index=index,
        text=text,
        passed=passed,
        fired=fired,
        reason="" if passed else _WRONG[which],
        details=details,
    )
