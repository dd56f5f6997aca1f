"""Print the median time a document takes in each engine, on made-up programs.

Run with ``python benchmarks/engines.py``. The clock is that of one machine: compare rows.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from offer_screen.infer.base import Engine, EngineName, make_engine
from offer_screen.infer.durable import why_not_durable
from offer_screen.rules.conditions import Program, compile_program
from offer_screen.rules.schema import Condition, FindingLeaf, Group

RULES = (80, 160)
FIRED = (1, 6, 15)
DOCUMENTS = 400
ROUNDS = 7


def main() -> None:
    engines: tuple[EngineName, ...] = (
        ("compiled",) if why_not_durable() else ("compiled", "durable")
    )
    print(f"{'rules':>6} {'fired':>6} {'leaves held':>12}" + "".join(f"{e:>12}" for e in engines))
    for rules in RULES:
        conditions = made_up(rules, random.Random(rules))
        program = compile_program(conditions)
        reference = make_engine(program, "compiled")
        for fired in FIRED:
            documents = documents_that_fire(
                reference, conditions, program, fired, random.Random(fired)
            )
            held = statistics.median(len(document) for document in documents)
            times = (microseconds(make_engine(program, name), documents) for name in engines)
            print(f"{rules:>6} {fired:>6} {held:>12.0f}" + "".join(f"{t:>12.1f}" for t in times))
    print(f"median microseconds a document, CPython {sys.version.split()[0]}")


def made_up(rules: int, rnd: random.Random) -> dict[str, Group]:
    """Return rules as packs have them: two or three things together, unless others are there."""
    signals = [f"signal-{number}" for number in range(rules * 2)]
    conditions: dict[str, Group] = {}
    for number in range(rules):
        kind = rnd.random()
        parts: list[Condition] = list(rnd.sample(signals, rnd.choice((1, 2, 2, 3))))
        if conditions and kind < 0.2:
            parts.append(FindingLeaf(finding=rnd.choice(list(conditions))))
        conditions[f"rule-{number}"] = Group(
            all=tuple(parts),
            any=tuple(rnd.sample(signals, 5)) if kind > 0.6 else None,
            none=tuple(rnd.sample(signals, 3)) if 0.3 < kind < 0.8 else None,
            at_least=2 if kind > 0.9 else None,
            of=tuple(rnd.sample(signals, 4)) if kind > 0.9 else None,
        )
    return conditions


def documents_that_fire(
    engine: Engine, conditions: dict[str, Group], program: Program, fired: int, rnd: random.Random
) -> list[frozenset[int]]:
    """Return texts, as sets of leaves that hold, in which ``fired`` rules fire.

    A text says what some rules ask for, and as many other things again by chance.
    """
    leaves = {leaf.signal: n for n, leaf in enumerate(program.leaves) if hasattr(leaf, "signal")}
    documents: list[frozenset[int]] = []
    while len(documents) < DOCUMENTS:
        said: set[int] = set()
        for rule in rnd.sample(list(conditions), fired):
            group = conditions[rule]
            parts = (*(group.all or ()), *(group.any or ())[:1], *(group.of or ())[:2])
            said.update(leaves[part] for part in parts if isinstance(part, str))
        said.update(rnd.sample(list(leaves.values()), len(said)))
        if len(engine.infer(frozenset(said))) == fired:
            documents.append(frozenset(said))
    return documents


def microseconds(engine: Engine, documents: list[frozenset[int]]) -> float:
    """Return the median over rounds of the mean time a document takes."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for held in documents:
            engine.infer(held)
        rounds.append((time.perf_counter() - start) / len(documents) * 1e6)
    return statistics.median(rounds)


if __name__ == "__main__":
    main()
