"""Times several ways of doing things in turn, and says how cost grows."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Work = Callable[[str], object]


class Times(NamedTuple):
    """Microseconds that each text took, by the clock on the wall and of the processor."""

    wall: list[float]
    cpu: list[float]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def in_turn(
    works: Mapping[str, Work],
    texts: Sequence[str],
    *,
    block: int,
    warming: int = 0,
    budget: float = math.inf,
) -> dict[str, Times]:
    """Return what each text took in each of several ways.

    They take turns at blocks of texts, each in another order, so that whatever else the machine
    does meets all of them alike. Each begins its turn with the last text of the turn before, not
    counted: caches are as warm as in a process that does nothing else.

    Args:
        works: What is done to a text, by name.
        texts: No two alike, so that no cache of whole texts helps.
        block: Texts in a turn.
        warming: So many of the texts are done first and not counted.
        budget: Seconds after which a way sits out the turns that are left; all do two.
    """
    times = {name: Times([], []) for name in works}
    names = list(works)
    for work in works.values():
        for text in texts[:warming]:
            work(text)
    gc.collect()
    gc.freeze()  # what is loaded is not looked through again, whoever makes garbage
    for turn, start in enumerate(range(warming, len(texts), block)):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            work, (wall, cpu) = works[name], times[name]
            if turn > 1 and sum(wall) > budget * 1e6:
                continue
            work(texts[start - 1])
            for text in texts[start : start + block]:
                before, began = time.thread_time_ns(), time.perf_counter_ns()
                work(text)
                ended, after = time.perf_counter_ns(), time.thread_time_ns()
                wall.append((ended - began) / 1000)
                cpu.append((after - before) / 1000)
    gc.unfreeze()
    return times


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the power of the size with which the cost grows: 1 is in proportion, 0 not at all.

    It is the slope of a straight line through the logarithms of both.

    >>> round(exponent([1, 10, 100], [3, 300, 30000]), 6)
    2.0
    """
    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    ).slope
