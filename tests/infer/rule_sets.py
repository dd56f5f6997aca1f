"""Random rule sets and texts for the property tests, as Hypothesis strategies."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from offer_screen.rules.conditions import FactTest, Leaf, SignalTest, field_tests
from offer_screen.rules.schema import Condition, FactLeaf, FindingLeaf, Group, SignalLeaf
from offer_screen.values import Stance
from tests.infer.oracle import Question

SIGNALS = tuple(f"signal-{number}" for number in range(8))
FACTS = (
    FactLeaf(fact="salary"),
    FactLeaf.model_validate({"fact": "salary", "where": {"ratio_to_reference": {"ge": 2.0}}}),
    FactLeaf.model_validate({"fact": "destination", "where": {"abroad": True}, "stance": "warned"}),
    FactLeaf.model_validate({"fact": "job", "where": {"group": ["domestic_work", "caregiver"]}}),
)
STANCES = (Stance.NEGATED, (Stance.ASSERTED, Stance.REPORTED), Stance.ASSERTED)


class Case(NamedTuple):
    """A rule set, and for some texts the questions to which each answers yes."""

    conditions: dict[str, Group]
    texts: tuple[frozenset[Leaf], ...]


def as_leaf(question: Question) -> Leaf:
    """Return the leaf that asks ``question``."""
    if isinstance(question, str):
        return SignalTest(question, frozenset({Stance.ASSERTED}))
    stance = question.stance
    stances = frozenset({stance} if isinstance(stance, Stance) else stance)
    if isinstance(question, SignalLeaf):
        return SignalTest(question.signal, stances)
    return FactTest(question.fact, field_tests(question.where), stances)


QUESTIONS: tuple[Question, ...] = (
    *SIGNALS,
    *(SignalLeaf(signal=signal, stance=stance) for signal in SIGNALS[:2] for stance in STANCES),
    *FACTS,
)
LEAVES = tuple(dict.fromkeys(as_leaf(question) for question in QUESTIONS))


def conditions_over(findings: tuple[str, ...], depth: int) -> st.SearchStrategy[Condition]:
    """Return conditions that ask only about ``findings`` of earlier rules."""
    questions: tuple[Condition, ...] = (
        *QUESTIONS,
        *(FindingLeaf(finding=rule) for rule in findings for _ in range(3)),
    )
    asked: st.SearchStrategy[Condition] = st.sampled_from(questions)
    return asked if depth == 0 else st.one_of(asked, asked, groups_over(findings, depth - 1))


KEYS = (("all",), ("any",), ("of",), ("all", "none"), ("any", "none"), ("all", "of"), ("any", "of"))


@st.composite
def groups_over(draw: st.DrawFn, findings: tuple[str, ...], depth: int) -> Group:
    """Draw a group of one or two of all, any, none and at_least."""
    parts = st.lists(conditions_over(findings, depth), min_size=1, max_size=3).map(tuple)
    given = {key: draw(parts) for key in draw(st.sampled_from(KEYS))}
    at_least = draw(st.integers(1, len(given["of"]))) if "of" in given else None
    return Group(**given, at_least=at_least)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a rule set without cycles, in any order of ids, with texts."""
    ids = draw(st.permutations([f"rule-{number}" for number in range(draw(st.integers(1, 6)))]))
    conditions: dict[str, Group] = {}
    for rule in ids:
        conditions[rule] = draw(groups_over(tuple(conditions), depth=2))
    texts = st.frozensets(st.sampled_from(LEAVES))
    return Case(conditions, (frozenset(), draw(texts), draw(texts), frozenset(LEAVES)))
