"""What every text classifier tells, whatever is inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from offer_screen.text.document import Document
from offer_screen.values import Span


class LogOdds(NamedTuple):
    """What a classifier says of a text.

    Attributes:
        scam: Log-odds of scam against all else.
        kinds: Log-odds of each kind of text, in the order of ``KINDS``; only their differences
            mean anything.
    """

    scam: float
    kinds: Sequence[float]


class TokenContribution(NamedTuple):
    """What one place of a text adds to a log-odds.

    Attributes:
        span: Where, in the original text.
        words: The words there, as the classifier sees them.
        value: The addend.
    """

    span: Span
    words: tuple[str, ...]
    value: float


class Classifier(Protocol):
    """Reads the words of a text as a whole. Picklable, and shared by threads."""

    @property
    def digest(self) -> str:
        """SHA-256 of what it was made from."""
        ...

    def log_odds(self, document: Document) -> LogOdds:
        """Return what it says of a text."""
        ...

    def contributions(self, document: Document) -> tuple[TokenContribution, ...]:
        """Return what each place of a text adds to its log-odds of scam, in text order."""
        ...
