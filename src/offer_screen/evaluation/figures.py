"""What an evaluation says of a number: its value, how sure that is, or why there is none."""

from __future__ import annotations

from offer_screen.values import Value


class Figure(Value):
    """A number with its 95 % interval.

    Attributes:
        value: The number; None when the data do not allow it.
        low: Lower end of the interval; None when there is no interval.
        high: Upper end.
        reason: Why there is no value or no interval; None when both are there.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


class Rate(Value):
    """A share of some texts with its 95 % interval, which knows of families.

    The interval is Clopper-Pearson's over the effective number of texts (Korn and Graubard, 1998):
    texts of one family count as fewer than as many texts of their own, the more alike they fare.

    Attributes:
        hits: How many texts.
        of: Of how many.
        families: Families among those.
        value: ``hits / of``; None when there are no texts.
        low: Lower end of the interval; 0 when there are no texts.
        high: Upper end; 1 when there are no texts: nothing is known.
    """

    hits: int
    of: int
    families: int
    value: float | None
    low: float
    high: float
