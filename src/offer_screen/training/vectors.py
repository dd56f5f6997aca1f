"""Turns texts into rows of numbers: the features of ``classify.features`` as a sparse matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from offer_screen.classify.features import FeatureSettings, subwords_of

Words = Sequence[str]
"""The words of one text, as ``feature_words`` gives them."""


class Vocabulary(NamedTuple):
    """The features of a model, in the order of its columns; each block is sorted."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    subwords: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of columns."""
        return len(self.words) + len(self.pairs) + len(self.subwords)


def vocabulary_of(
    texts: Sequence[Words],
    groups: Sequence[Hashable],
    features: FeatureSettings,
    *,
    least: int,
    least_subword: int,
) -> Vocabulary:
    """Return the features that occur in enough groups of texts.

    Groups count and not texts, because the texts of one family share words for no reason that
    holds elsewhere.

    Args:
        texts: Words of each text.
        groups: Family of each text.
        features: Which features there are.
        least: Families in which a word or a pair must occur.
        least_subword: Families in which a part of a word must occur.
    """
    of_group: dict[Hashable, list[Words]] = {}
    for words, group in zip(texts, groups, strict=True):
        of_group.setdefault(group, []).append(words)
    in_words: Counter[str] = Counter()
    in_pairs: Counter[str] = Counter()
    in_subwords: Counter[str] = Counter()
    for members in of_group.values():
        own = set(chain.from_iterable(members))
        in_words.update(own)
        if features.pairs:
            in_pairs.update({" ".join(pair) for text in members for pair in pairwise(text)})
        parts = (_parts(word, features.subwords) for word in own)
        in_subwords.update(set(chain.from_iterable(parts)))
    return Vocabulary(
        _frequent(in_words, least),
        _frequent(in_pairs, least),
        _frequent(in_subwords, least_subword),
    )


def _frequent(counts: Counter[str], least: int) -> tuple[str, ...]:
    return tuple(sorted(name for name, count in counts.items() if count >= least))


@lru_cache(maxsize=100_000)
def _parts(word: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(subwords_of(word, lengths))


class Vectorizer:
    """Makes the rows of texts, each divided by the norm of its length.

    Args:
        vocabulary: The columns.
        features: Which features there are.
        norm_power: See ``TextModel``.
        norm_added: See ``TextModel``.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        features: FeatureSettings,
        *,
        norm_power: float,
        norm_added: float,
    ) -> None:
        self._features = features
        self._power = norm_power
        self._added = norm_added
        columns = iter(range(vocabulary.size))
        self._words = dict(zip(vocabulary.words, columns, strict=False))
        self._pairs = dict(zip(vocabulary.pairs, columns, strict=False))
        self._subwords = dict(zip(vocabulary.subwords, columns, strict=False))
        self._size = vocabulary.size
        self._of_word: dict[str, list[int]] = {}

    def transform(self, texts: Iterable[Words]) -> csr_array:
        """Return one row for each text."""
        columns: list[int] = []
        factors: list[float] = []
        ends = [0]
        for words in texts:
            columns.extend(self._columns(words))
            factors.append((len(words) + self._added) ** -self._power if words else 0.0)
            ends.append(len(columns))
        rows = csr_array(
            (
                np.repeat(factors, np.diff(ends)),
                np.asarray(columns, dtype=np.int32),
                np.asarray(ends, dtype=np.int32),
            ),
            shape=(len(factors), self._size),
        )
        rows.sum_duplicates()
        return rows

    def _columns(self, words: Words) -> Iterator[int]:
        for word in set(words):
            found = self._of_word.get(word)
            if found is None:
                parts = _parts(word, self._features.subwords)
                found = [self._subwords[part] for part in parts if part in self._subwords]
                if word in self._words:
                    found.append(self._words[word])
                self._of_word[word] = found
            yield from found
        for pair in set(pairwise(words)):
            column = self._pairs.get(" ".join(pair))
            if column is not None:
                yield column
