"""What a corpus is made of, and whether style could give the label away."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from offer_screen.corpus.record import CorpusText, Label
from offer_screen.corpus.shingles import shared_share, shingles
from offer_screen.values import Value

LENGTH_BANDS = ((0, "to 150"), (151, "151-450"), (451, "451-1,100"), (1101, "over 1,100"))
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\U0001f1e6-\U0001f1ff]")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")

Counts = Mapping[str, Mapping[str, int]]


class StyleOfLabel(Value):
    """Means of what should not depend on the label.

    Attributes:
        characters: Median length.
        lines: Mean number of lines.
        emoji: Share of texts with an emoji or pictograph.
        capitals: Share of texts with a word of three capitals or more.
        digits: Mean share of digits among the characters.
        exclamations: Share of texts with an exclamation mark.
    """

    characters: float
    lines: float
    emoji: float
    capitals: float
    digits: float
    exclamations: float


class CorpusStatistics(Value):
    """Counts of a corpus.

    Attributes:
        texts: Texts of each split.
        individually_written: Texts that are no variation of another.
        families: Families of each split.
        by: Name of a property, value, label: texts.
        style: Style of each label.
        shared_five_words: Share of the five-word sequences of individually written texts that
            occur in a second one.
    """

    texts: Mapping[str, int]
    individually_written: int
    families: Mapping[str, int]
    by: Mapping[str, Counts]
    style: Mapping[str, StyleOfLabel]
    shared_five_words: float


def length_band(text: str) -> str:
    """Return the band of a text's length in characters."""
    return next(name for least, name in reversed(LENGTH_BANDS) if len(text) >= least)


_PROPERTIES: Mapping[str, Callable[[CorpusText], Sequence[str]]] = {
    "kind": lambda text: [text.kind.value],
    "harm": lambda text: [text.harm.value if text.harm else "none"],
    "subtle": lambda text: ["subtle" if text.subtle else "plain"],
    "channel": lambda text: [text.channel],
    "register": lambda text: [text.register_],
    "language": lambda text: text.language,
    "destination": lambda text: [text.destination],
    "length": lambda text: [length_band(text.text)],
    "batch": lambda text: [text.batch],
    "hard_negative": lambda text: [str(text.hard_negative)] if text.hard_negative else [],
}


def corpus_statistics(splits: Mapping[str, Sequence[CorpusText]]) -> CorpusStatistics:
    """Return what the corpus, given by split, is made of."""
    texts = [text for split in splits.values() for text in split]
    own = [text for text in texts if text.variant_of is None]
    by: dict[str, Counts] = {}
    for name, values_of in _PROPERTIES.items():
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for value in values_of(text):
                counts[value][text.label.value] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
        by[name] = {value: dict(counted) for value, counted in ordered}
    return CorpusStatistics(
        texts={name: len(split) for name, split in splits.items()},
        individually_written=len(own),
        families={name: len({text.family for text in split}) for name, split in splits.items()},
        by=by,
        style={
            label.value: _style([text.text for text in texts if text.label is label])
            for label in Label
            if any(text.label is label for text in texts)
        },
        shared_five_words=shared_share([shingles(text.text, 5) for text in own]),
    )


def _style(texts: Sequence[str]) -> StyleOfLabel:
    def share(pattern: re.Pattern[str]) -> float:
        return statistics.fmean(bool(pattern.search(text)) for text in texts)

    return StyleOfLabel(
        characters=statistics.median(map(len, texts)),
        lines=statistics.fmean(text.count("\n") + 1 for text in texts),
        emoji=share(_EMOJI),
        capitals=share(_CAPITALS),
        digits=statistics.fmean(sum(map(str.isdigit, text)) / len(text) for text in texts),
        exclamations=share(re.compile("!")),
    )
