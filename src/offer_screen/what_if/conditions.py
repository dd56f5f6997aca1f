"""Asks conditions again, with findings taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from offer_screen.rules.conditions import All, Atom, FindingTest, Leaf, Node, NoneOf


class Standing:
    """What holds in one text, findings apart.

    Args:
        leaves: The questions of the program.
        held: Numbers of the leaves of signals and facts that hold.
    """

    def __init__(self, leaves: tuple[Leaf, ...], held: Collection[int]) -> None:
        self._leaves = leaves
        self._held = held

    def holds(self, node: Node, there: Collection[str], not_absent: Collection[str]) -> bool:
        """Return whether a condition holds.

        Args:
            node: The condition.
            there: The findings that count where the condition asks for one.
            not_absent: Those that count where it asks that there is none. It may hold more than
                ``there``: what is taken away is not there, and its absence speaks for nothing.
        """
        if isinstance(node, Atom):
            leaf = self._leaves[node.leaf]
            if isinstance(leaf, FindingTest):
                return leaf.rule in there
            return node.leaf in self._held
        if isinstance(node, All):
            return all(self.holds(part, there, not_absent) for part in node.parts)
        if isinstance(node, NoneOf):
            return not any(self.holds(part, not_absent, there) for part in node.parts)
        return sum(self.holds(part, there, not_absent) for part in node.parts) >= node.count


def asked_to_be_there(node: Node) -> Iterator[int]:
    """Yield the leaves that a condition asks to be there, in the order in which it is written."""
    if isinstance(node, Atom):
        yield node.leaf
    elif not isinstance(node, NoneOf):
        for part in node.parts:
            yield from asked_to_be_there(part)
