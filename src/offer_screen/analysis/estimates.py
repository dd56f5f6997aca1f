"""Counts turned into statements with their uncertainty. Plain arithmetic; empty data says None."""

from __future__ import annotations

import math
from collections.abc import Sequence

from offer_screen.values import Value

_Z95 = 1.959963984540054


class Share(Value):
    """A share of some texts, with its 95 % Wilson interval.

    Attributes:
        hits: How many.
        of: Of how many.
        value: ``hits / of``; None when ``of`` is 0.
        low: Lower end of the interval; 0 when ``of`` is 0.
        high: Upper end; 1 when ``of`` is 0: nothing is known.
    """

    hits: int
    of: int
    value: float | None
    low: float
    high: float


class LogRatio(Value):
    """How much a finding speaks for the positive label, in log-odds, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether the interval leaves no doubt which way it speaks."""
        return self.low > 0 or self.high < 0


class Trend(Value):
    """Whether a rate rises or falls over months, by the Cochran-Armitage test.

    Attributes:
        z: Positive when the rate rises; about normal when nothing changes.
        p: Two-sided chance of a ``z`` so large when nothing changes.
    """

    z: float
    p: float


def share(hits: int, of: int) -> Share:
    """Return ``hits / of`` with its 95 % Wilson interval.

    >>> share(8, 10).low
    0.49016247153664183
    """
    if of == 0:
        return Share(hits=hits, of=of, value=None, low=0.0, high=1.0)
    rate = hits / of
    square = _Z95 * _Z95
    middle = rate + square / (2 * of)
    reach = _Z95 * math.sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    whole = 1 + square / of
    return Share(
        hits=hits,
        of=of,
        value=rate,
        # At the ends the interval closes there exactly; floating point would miss by a hair.
        low=0.0 if hits == 0 else (middle - reach) / whole,
        high=1.0 if hits == of else (middle + reach) / whole,
    )


def log_ratio(positive: tuple[int, int], negative: tuple[int, int]) -> LogRatio | None:
    """Return log(rate among positives / rate among negatives); None when either is empty.

    Half a hit and one text are added on both sides, so that no count of 0 gives infinity.

    Args:
        positive: Hits among, and number of, the texts of the positive label.
        negative: The same of the other texts.
    """
    if positive[1] == 0 or negative[1] == 0:
        return None
    value, variance = 0.0, 0.0
    for sign, (hits, of) in ((1, positive), (-1, negative)):
        value += sign * math.log((hits + 0.5) / (of + 1))
        variance += 1 / (hits + 0.5) - 1 / (of + 1)
    reach = _Z95 * math.sqrt(variance)
    return LogRatio(value=value, low=value - reach, high=value + reach)


def trend(counts: Sequence[tuple[int, int, int]]) -> Trend | None:
    """Return whether hits become more or less frequent with time.

    Args:
        counts: Position in time, hits and texts of each month.

    Returns:
        None when there is nothing to compare: fewer than two months, or no or only hits.
    """
    texts = sum(of for _, _, of in counts)
    hits = sum(hit for _, hit, _ in counts)
    if not 0 < hits < texts:
        return None
    rate = hits / texts
    mean = sum(at * of for at, _, of in counts) / texts
    spread = sum(of * (at - mean) ** 2 for at, _, of in counts)
    if spread == 0:
        return None
    drift = sum((at - mean) * (hit - of * rate) for at, hit, of in counts)
    z = drift / math.sqrt(rate * (1 - rate) * spread)
    return Trend(z=z, p=math.erfc(abs(z) / math.sqrt(2)))
