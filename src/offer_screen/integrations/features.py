"""Reports as numbers: named columns, in groups that a caller picks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple, get_args

from offer_screen.facts import FACT_CLASSES, TextFact
from offer_screen.results import Report
from offer_screen.rules.schema import SCORING
from offer_screen.screener import Screener
from offer_screen.values import Kind

Feature = Literal["rules", "categories", "score", "kind", "facts"]

FEATURES: tuple[Feature, ...] = get_args(Feature)
"""All groups of features."""


class _Group(NamedTuple):
    columns: Callable[[Screener], Iterable[str]]
    values: Callable[[Report], Iterable[tuple[str, float]]]


def _rules_that_fired(report: Report) -> Iterator[tuple[str, float]]:
    for finding in report.findings:
        yield f"rule={finding.rule}", 1.0


def _contribution_of_categories(report: Report) -> Iterator[tuple[str, float]]:
    category = {finding.rule: finding.category for finding in report.findings}
    for item in report.contributions:
        if item.source == "finding":
            yield f"category={category[item.ref]}", item.value


def _score(report: Report) -> Iterator[tuple[str, float]]:
    yield "log_odds", report.score.log_odds
    yield "level", float(report.level.rank)
    for item in report.contributions:
        if item.source == "classifier":
            yield "classifier", item.value


def _facts(report: Report) -> Iterator[tuple[str, float]]:
    for fact in report.facts:
        yield "facts", 1.0
        yield f"facts={fact.kind}", 1.0


_FACT_KINDS = tuple(
    kind
    for cls in FACT_CLASSES
    if cls is not TextFact
    for kind in get_args(cls.model_fields["kind"].annotation)
)

_GROUPS: Mapping[Feature, _Group] = {
    "rules": _Group(
        lambda screener: (
            f"rule={rule.id}" for rule in screener.ruleset.rules.values() if rule.status in SCORING
        ),
        _rules_that_fired,
    ),
    "categories": _Group(
        lambda screener: (f"category={name}" for name in screener.ruleset.pack.categories),
        _contribution_of_categories,
    ),
    "score": _Group(lambda _: ("log_odds", "level", "classifier"), _score),
    "kind": _Group(
        lambda _: (f"kind={kind.value}" for kind in Kind),
        lambda report: ((f"kind={report.kind.value}", 1.0),),
    ),
    "facts": _Group(
        lambda _: ("facts", *(f"facts={kind}" for kind in _FACT_KINDS)),
        _facts,
    ),
}


def columns_of(screener: Screener, features: Sequence[Feature]) -> list[str]:
    """Return the names of the columns of the groups asked for, in their order."""
    return list(chain.from_iterable(_GROUPS[name].columns(screener) for name in features))


def values_of(report: Report, features: Sequence[Feature]) -> Iterator[tuple[str, float]]:
    """Yield column and value of what is in a report; what has one column adds up."""
    return chain.from_iterable(_GROUPS[name].values(report) for name in features)
