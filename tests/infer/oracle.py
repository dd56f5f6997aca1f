"""What a rule set means, read straight off the authored groups; slow, and written to be checked.

Shares nothing with the engines: no program, no leaf numbers, no strata. ``answers`` says of each
signal or fact question whether the text answers it with yes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from offer_screen.rules.schema import Condition, FactLeaf, FindingLeaf, Group, SignalLeaf

Question = str | SignalLeaf | FactLeaf


def fires(conditions: Mapping[str, Group], answers: Callable[[Question], bool]) -> frozenset[str]:
    """Return the ids of the rules that fire."""

    def holds(condition: Condition) -> bool:
        if isinstance(condition, Group):
            return group_holds(condition)
        if isinstance(condition, FindingLeaf):
            return group_holds(conditions[condition.finding])
        return answers(condition)

    def group_holds(group: Group) -> bool:
        if group.all is not None and not all(holds(part) for part in group.all):
            return False
        if group.any is not None and not any(holds(part) for part in group.any):
            return False
        if group.none is not None and any(holds(part) for part in group.none):
            return False
        if group.of is not None and group.at_least is not None:
            return [holds(part) for part in group.of].count(True) >= group.at_least
        return True

    return frozenset(rule for rule, group in conditions.items() if group_holds(group))
