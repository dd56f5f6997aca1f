"""The protocol that inference engines keep, and how one is chosen.

``docs/rule-semantics.md`` says what a rule set means. Every engine gives exactly that; they differ
in speed and in what they need installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from offer_screen.errors import EngineError
from offer_screen.infer.compiled import CompiledEngine
from offer_screen.infer.durable import DurableEngine, why_not_durable
from offer_screen.rules.conditions import AtLeast, Atom, FindingTest, Node, Program

EngineName = Literal["auto", "durable", "compiled"]


class Engine(Protocol):
    """Decides which rules of a program fire. Safe to share between threads, and picklable."""

    @property
    def name(self) -> str:
        """``durable`` or ``compiled``."""
        ...

    def infer(self, held: frozenset[int]) -> frozenset[str]:
        """Return the ids of the rules that fire.

        Args:
            held: Numbers of the leaves that hold for the text. Only signal and fact leaves count:
                whether a finding leaf holds is for the engine to say.

        Raises:
            EngineError: The engine failed. It serves the next call as if nothing had happened.
        """
        ...


def make_engine(program: Program, name: EngineName = "auto") -> Engine:
    """Return an engine for ``program``.

    Args:
        program: All rules of a pack.
        name: ``auto`` is durable-rules where it can be imported, else the compiled engine.

    Raises:
        EngineError: The program is not sound, the engine is unknown, or durable-rules was asked
            for and cannot be imported.
    """
    if name not in ("auto", "durable", "compiled"):
        raise EngineError(f"unknown engine {name!r}; known: auto, durable, compiled")
    check_program(program)
    if name == "compiled" or (name == "auto" and why_not_durable() is not None):
        return CompiledEngine(program)
    return DurableEngine(program)


def check_program(program: Program) -> None:
    """Check what engines rely on; ``compile_program`` always gives a sound program.

    Raises:
        EngineError: Two rules have one id, a leaf does not exist, a group is empty or counts to
            less than 1, or a rule asks about a finding that is not settled in a lower stratum.
    """
    strata = {rule.id: rule.stratum for rule in program.rules}
    if len(strata) != len(program.rules):
        raise EngineError("the program is not sound: two rules have the same id")
    for rule in program.rules:
        fault = _fault(rule.when, rule.stratum, program, strata)
        if fault:
            raise EngineError(f"the program is not sound: rule {rule.id} {fault}")


def _fault(node: Node, stratum: int, program: Program, strata: Mapping[str, int]) -> str | None:
    if isinstance(node, Atom):
        if not 0 <= node.leaf < len(program.leaves):
            return f"points to leaf {node.leaf} of {len(program.leaves)}"
        leaf = program.leaves[node.leaf]
        if not isinstance(leaf, FindingTest):
            return None
        if leaf.rule not in strata:
            return f"asks about {leaf.rule}, which does not exist"
        if strata[leaf.rule] >= stratum:
            return f"asks about {leaf.rule}, which stands in no lower stratum"
        return None
    if not node.parts:
        return "has an empty group"
    if isinstance(node, AtLeast) and node.count < 1:
        return f"asks for at least {node.count}"
    faults = (_fault(part, stratum, program, strata) for part in node.parts)
    return next((fault for fault in faults if fault), None)
