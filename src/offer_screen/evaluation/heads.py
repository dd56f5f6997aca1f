"""The score with one head of the classifier off."""

from __future__ import annotations

from typing import Literal

from offer_screen.classify.base import LogOdds
from offer_screen.classify.linear import TextClassifier
from offer_screen.screener import Screener
from offer_screen.text.document import Document

Head = Literal["scam", "kinds"]
_SILENT = (0.0, 0.0, 0.0, 0.0)


class OneHeadedClassifier(TextClassifier):
    """A classifier of which one head says nothing.

    Args:
        whole: The classifier.
        off: The head that is silent.
    """

    def __init__(self, whole: TextClassifier, off: Head) -> None:
        super().__init__(whole.model)
        self._whole = whole
        self._off: Head = off

    def __reduce__(self) -> tuple[type[OneHeadedClassifier], tuple[object, ...]]:  # type: ignore[override]
        return OneHeadedClassifier, (self._whole, self._off)

    def log_odds(self, document: Document) -> LogOdds:
        """Return what the other head says of a text."""
        told = self._whole.log_odds(document)
        return told._replace(scam=0.0) if self._off == "scam" else told._replace(kinds=_SILENT)


def heads_off(screener: Screener) -> dict[str, Screener]:
    """Return the screener with each head of its classifier off, by name; none without one."""
    classifier = screener.classifier
    if classifier is None:
        return {}
    heads: tuple[Head, ...] = ("scam", "kinds")
    return {
        f"without the head of {head}": screener.with_classifier(
            OneHeadedClassifier(classifier, head)
        )
        for head in heads
    }
