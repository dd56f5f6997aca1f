"""Which words carried what the text classifier says."""

from __future__ import annotations

from collections.abc import Sequence

from offer_screen.classify.base import TokenContribution
from offer_screen.results import WordShare
from offer_screen.values import Span

_PLACES = 8
"""Places that are told of: enough to see what it went by."""


def carrying_words(
    contributions: Sequence[TokenContribution], factor: float, *, for_scam: bool
) -> tuple[WordShare, ...]:
    """Return the words that carried most, neighbours joined, in text order.

    Args:
        contributions: What each place of the text adds to the classifier's log-odds.
        factor: What one of these counts in the score.
        for_scam: Whether to tell of the words that speak for scam, or of those against.
    """
    sign = 1.0 if for_scam else -1.0
    carrying = [(index, item) for index, item in enumerate(contributions) if sign * item.value > 0]
    most = sorted(carrying, key=lambda pair: (-sign * pair[1].value, pair[0]))[:_PLACES]
    shares: list[WordShare] = []
    last = -2
    for index, item in sorted(most, key=lambda pair: pair[0]):
        value = factor * item.value
        if index == last + 1:
            before = shares.pop()
            shares.append(
                WordShare(
                    span=Span(before.span.start, item.span.end), log_odds=before.log_odds + value
                )
            )
        else:
            shares.append(WordShare(span=item.span, log_odds=value))
        last = index
    return tuple(shares)
