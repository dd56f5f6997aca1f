"""Word sequences: how texts are found to share wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"\w+")

Shingle = tuple[str, ...]


def shingles(text: str, size: int) -> frozenset[Shingle]:
    """Return the sequences of ``size`` words of a text, case and punctuation aside."""
    words = _WORD.findall(text.lower())
    return frozenset(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def owners(texts: Iterable[frozenset[Shingle]]) -> Mapping[Shingle, list[int]]:
    """Return for each sequence the indexes of the texts that hold it, in order."""
    found: dict[Shingle, list[int]] = defaultdict(list)
    for index, of_text in enumerate(texts):
        for shingle in of_text:
            found[shingle].append(index)
    return found


def shared_share(texts: Sequence[frozenset[Shingle]]) -> float:
    """Return the share of the distinct sequences that occur in a second text; 0 without any."""
    found = owners(texts)
    if not found:
        return 0.0
    return sum(len(holders) > 1 for holders in found.values()) / len(found)


def near_duplicates(
    texts: Sequence[frozenset[Shingle]], least: float
) -> list[tuple[int, int, float]]:
    """Return the pairs of texts whose sequences overlap by ``least`` (Jaccard) or more."""
    together: dict[tuple[int, int], int] = defaultdict(int)
    for holders in owners(texts).values():
        for position, first in enumerate(holders):
            for second in holders[position + 1 :]:
                together[first, second] += 1
    pairs = (
        (first, second, common / (len(texts[first]) + len(texts[second]) - common))
        for (first, second), common in together.items()
    )
    return sorted(pair for pair in pairs if pair[2] >= least)
