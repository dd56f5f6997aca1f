"""Says why a rule fires on a text, or why not: its condition as a tree, branch by branch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from offer_screen.authoring.nearest import nearest
from offer_screen.authoring.wording import group_in_words, leaf_in_words
from offer_screen.facts import FactBase, TextFact
from offer_screen.pipeline import Trace
from offer_screen.results import Evidence
from offer_screen.rules.conditions import (
    All,
    Atom,
    FindingTest,
    Node,
    NoneOf,
    SignalTest,
)
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Status
from offer_screen.screener import Screener
from offer_screen.values import Fold, Kind, Span, Stance, Value

_LONGEST_QUOTE = 80

BranchKind = Literal["all", "any", "at_least", "none", "signal", "fact", "finding"]
"""What a branch of a condition is."""


class Quote(Value):
    """A place of the text that a branch rests on.

    Attributes:
        span: Where, in the original text.
        text: The words there; empty for what is true of the text as a whole.
        stance: How the text stands to them.
        folds: What had to be undone to read them.
    """

    span: Span
    text: str
    stance: Stance
    folds: tuple[Fold, ...] = ()

    def __str__(self) -> str:
        if not self.text:
            return "the text as a whole"
        shown = " ".join(self.text.split())
        if len(shown) > _LONGEST_QUOTE:
            shown = f"{shown[: _LONGEST_QUOTE - 1]}…"
        notes = [self.stance.value] if self.stance is not Stance.ASSERTED else []
        notes.extend(fold.value for fold in self.folds)
        return f"'{shown}' at {self.span.start}–{self.span.end}" + (
            f" ({', '.join(notes)})" if notes else ""
        )


class Branch(Value):
    """One question of a condition and its answer.

    Attributes:
        kind: What sort of question it is.
        asks: The question in words.
        holds: The answer.
        seen: What made a signal or fact hold, in text order.
        nearest: What came nearest, for a signal or fact that does not hold, best first.
        parts: The parts of a group; the condition of the rule that a ``finding`` asks about.
    """

    kind: BranchKind
    asks: str
    holds: bool
    seen: tuple[Quote, ...] = ()
    nearest: tuple[str, ...] = ()
    parts: tuple[Branch, ...] = ()

    @property
    def grounds(self) -> Iterator[Quote]:
        """What the answer rests on: all that is seen in the branches that ask for presence."""
        if self.kind != "none" and self.holds:
            yield from self.seen
            for part in self.parts:
                yield from part.grounds

    def lines(self, depth: int = 0, *, brief: bool = False) -> Iterator[str]:
        """Yield the branch as lines of text, two blanks of indent a level.

        What decides is told in full: why a branch that had to hold does not. The rest is told in
        brief; all of it is in the values.

        Args:
            depth: How deep the branch stands.
            brief: Leave out what came nearest, and what is below groups that do not hold.
        """
        indent = "  " * depth
        cut = bool(self.parts) and brief and not self.holds and self.kind != "finding"
        yield f"{indent}{'✓' if self.holds else '✗'} {self.asks}{' …' if cut else ''}"
        seen = tuple(dict.fromkeys(self.grounds)) if self.kind == "finding" else self.seen
        yield from (f"{indent}    seen: {quote}" for quote in seen)
        if not brief:
            yield from (f"{indent}    nearest: {words}" for words in self.nearest)
        if self.kind == "finding":
            if not (self.holds or brief):
                for part in self._amiss:
                    yield from part.lines(depth + 1, brief=True)
        elif not cut:
            for part in self.parts:
                yield from part.lines(depth + 1, brief=brief or self._settles(part))

    @property
    def _amiss(self) -> tuple[Branch, ...]:
        """The parts of a rule's condition for which it does not fire."""
        (condition,) = self.parts
        if condition.kind != "all":
            return self.parts
        return tuple(part for part in condition.parts if not part.holds)

    def _settles(self, part: Branch) -> bool:
        """Whether it is of no interest why a part of this group holds or not."""
        return self.kind == "none" or (self.holds and not part.holds)


class Explanation(Value):
    """Why a rule fires on a text, or why not.

    Attributes:
        rule: Id of the rule.
        status: Its stage of life: experimental and deprecated rules do not score.
        fires: Whether its condition holds.
        text_kind: What sort of text it was read as; awareness vouches for nothing that it mentions.
        when: The condition.
    """

    rule: str
    status: Status
    fires: bool
    text_kind: Kind
    when: Branch

    def __str__(self) -> str:
        return "\n".join((self.headline, *self.when.lines()))

    @property
    def headline(self) -> str:
        """The answer in one sentence."""
        said = "fires" if self.fires else "does not fire"
        if self.fires and self.status in {Status.EXPERIMENTAL, Status.DEPRECATED}:
            said += f", but does not score ({self.status.value})"
        note = (
            "; the text is read as awareness: what it mentions counts as reported"
            if self.text_kind is Kind.AWARENESS
            else f"; the text is read as {self.text_kind.value}"
        )
        return f"{self.rule} {said}{note}"


def why(screener: Screener, rule: str, text: str) -> Explanation:
    """Say why ``rule`` fires on ``text``, or why not.

    >>> from offer_screen import Screener
    >>> why(Screener.load(), "passport-held", "Paspor kalian dipegang agen di sana.").fires
    True

    Raises:
        KeyError: There is no such rule.
        InputError: The text cannot be screened.
    """
    definition = screener.ruleset.rules[rule]
    trace = screener.trace(text)
    return Explanation(
        rule=rule,
        status=definition.status,
        fires=rule in trace.fired,
        text_kind=trace.prediction.kind,
        when=condition_of(rule, trace, screener),
    )


def condition_of(rule: str, trace: Trace, screener: Screener, *, near: bool = True) -> Branch:
    """Return the condition of a rule with its answers for one text.

    Args:
        rule: Id of a rule, or of what may be missing.
        trace: What the stages made of the text.
        screener: What made it.
        near: Whether to look for what came nearest, which takes time.

    Raises:
        KeyError: There is no such rule.
    """
    return _Asker(trace, screener, near=near).rule(rule)


class _Asker:
    """Asks the questions of conditions of one text."""

    def __init__(self, trace: Trace, screener: Screener, *, near: bool) -> None:
        self._trace = trace
        self._ruleset: RuleSet = screener.ruleset
        self._normalizer = screener.normalizer
        self._near = near
        self._program = screener.ruleset.program
        self._conditions = {rule.id: rule.when for rule in self._program.rules}

    def rule(self, rule: str) -> Branch:
        return self._branch(self._conditions[rule])

    def _branch(self, node: Node) -> Branch:
        if isinstance(node, Atom):
            return self._leaf(node.leaf)
        parts = tuple(map(self._branch, node.parts))
        holding = sum(part.holds for part in parts)
        kind: BranchKind
        if isinstance(node, All):
            kind, holds = "all", holding == len(parts)
        elif isinstance(node, NoneOf):
            kind, holds = "none", not holding
        else:
            kind, holds = "any" if node.count == 1 else "at_least", holding >= node.count
        return Branch(kind=kind, asks=group_in_words(node), holds=holds, parts=parts)

    def _leaf(self, number: int) -> Branch:
        leaf = self._program.leaves[number]
        asks = leaf_in_words(leaf)
        if isinstance(leaf, FindingTest):
            return Branch(
                kind="finding",
                asks=asks,
                holds=leaf.rule in self._trace.fired,
                parts=(self.rule(leaf.rule),),
            )
        mentions = self._trace.held.get(number, ())
        return Branch(
            kind="signal" if isinstance(leaf, SignalTest) else "fact",
            asks=asks,
            holds=bool(mentions),
            seen=self._quotes(mentions),
            nearest=nearest(leaf, self._trace, self._ruleset, self._normalizer)
            if self._near and not mentions
            else (),
        )

    def _quotes(self, mentions: Sequence[Evidence | FactBase]) -> tuple[Quote, ...]:
        original = self._trace.document.original
        return tuple(
            Quote(
                span=item.span,
                text=""
                if isinstance(item, TextFact)
                else original[item.span.start : item.span.end],
                stance=item.stance,
                folds=item.folds if isinstance(item, Evidence) else (),
            )
            for item in sorted(mentions, key=lambda item: item.span)
        )
