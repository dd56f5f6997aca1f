"""The compiled engine: a whole program as one generated Python function.

The function is a line per rule, such as ``f7 = 3 in h and (5 in h or f2) and not 9 in h``, in order
of stratum, so that ``f2`` is settled before ``f7`` reads it. The same trees as nested closures take
several times as long. The source is safe to execute: all that goes into it are numbers
counted here; ids and other words of a rule pack never do.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress

from offer_screen.rules.conditions import All, AtLeast, Atom, FindingTest, Node, Program

_MAX_DEPTH = 20
"""Deeper groups get a line of their own: Python's parser stops at 200 nested brackets."""


class CompiledEngine:
    """Runs a program as one plain Python function; needs nothing installed."""

    name = "compiled"

    def __init__(self, program: Program) -> None:
        self._program = program
        rules = sorted(program.rules, key=lambda rule: rule.stratum)
        self._ids = tuple(rule.id for rule in rules)
        source = _Source(program, {rule.id: number for number, rule in enumerate(rules)})
        for number, rule in enumerate(rules):
            source.define(f"f{number}", rule.when)
        self._decide = source.build(len(rules))

    def infer(self, held: frozenset[int]) -> frozenset[str]:
        """Return the ids of the rules that fire, given the leaves that hold."""
        return frozenset(compress(self._ids, self._decide(held)))

    def __reduce__(self) -> tuple[type[CompiledEngine], tuple[Program]]:
        return CompiledEngine, (self._program,)


class _Source:
    """The lines of the function as they are written."""

    def __init__(self, program: Program, numbers: dict[str, int]) -> None:
        self._leaves = program.leaves
        self._numbers = numbers
        self._lines: list[str] = []
        self._helpers = 0

    def define(self, name: str, node: Node) -> None:
        expression = self._expression(node, 0)
        self._lines.append(f"    {name} = {expression}")

    def build(self, rules: int) -> Callable[[frozenset[int]], tuple[bool, ...]]:
        fired = "".join(f"f{number}, " for number in range(rules))
        text = "\n".join(["def decide(h):", *self._lines, f"    return ({fired})"])
        namespace: dict[str, Callable[[frozenset[int]], tuple[bool, ...]]] = {}
        known = {"__builtins__": {}, "sum": sum}
        exec(compile(text, "<compiled rules>", "exec"), known, namespace)  # noqa: S102  (numbers only)
        return namespace["decide"]

    def _expression(self, node: Node, depth: int) -> str:
        if isinstance(node, Atom):
            leaf = self._leaves[node.leaf]
            if isinstance(leaf, FindingTest):
                return f"f{self._numbers[leaf.rule]}"
            return f"({node.leaf} in h)"
        if depth == _MAX_DEPTH:
            self._helpers += 1
            name = f"g{self._helpers}"
            self.define(name, node)
            return name
        # Plain questions first: most fail, and the rest of the line is then skipped.
        parts = sorted(node.parts, key=lambda part: not isinstance(part, Atom))
        texts = [self._expression(part, depth + 1) for part in parts]
        if isinstance(node, All):
            return f"({' and '.join(texts)})"
        if isinstance(node, AtLeast):
            if node.count == 1:
                return f"({' or '.join(texts)})"
            return f"(sum(({', '.join(texts)},)) >= {node.count})"
        return f"(not ({' or '.join(texts)}))"
