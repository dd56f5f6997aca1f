"""Scores a text with a model: a look-up for each word and each pair, and one sum.

The weights of a feature under all heads are whole numbers of a fixed step, packed side by side
into one integer. Python sums these at the speed of C, and the sum is unpacked once: no rounding,
whatever the order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat

from offer_screen.classify.base import LogOdds, TokenContribution
from offer_screen.classify.features import feature_spans, feature_words, subwords_of
from offer_screen.classify.model import HEADS, TextModel
from offer_screen.text.document import Document
from offer_screen.values import Kind, Span

_BITS = 40
_HALF = 1 << (_BITS - 1)
_MASK = (1 << _BITS) - 1
_HALVES = sum(_HALF << (_BITS * place) for place in range(len(HEADS)))
"""Added to packed weights, makes each of them positive, so that none borrows from the next."""
_WORDS_KEPT = 50_000


class TextClassifier:
    """Scores texts with one model. Immutable but for a cache, picklable, shared by threads."""

    def __init__(self, model: TextModel) -> None:
        self._model = model
        self._words = _Words(model)
        self._pairs = dict(
            zip(
                (tuple(pair.split(" ")) for pair in model.pairs),
                map(_packed, model.pairs.values()),
                strict=True,
            )
        )
        self._bias = model.bias
        self._step = model.step
        self._power = model.norm_power
        self._added = model.norm_added

    def __reduce__(self) -> tuple[type[TextClassifier], tuple[TextModel]]:
        return TextClassifier, (self._model,)

    @property
    def model(self) -> TextModel:
        """The model in use."""
        return self._model

    @property
    def digest(self) -> str:
        """SHA-256 of the content of the model."""
        return self._model.sha256

    def log_odds(self, document: Document) -> LogOdds:
        """Return the log-odds of a text under all heads."""
        words = feature_words(document)
        total = sum(map(self._words.__getitem__, set(words)))
        total += sum(map(self._pairs.get, set(pairwise(words)), repeat(0)))
        factor = self._factor(len(words))
        scam, offer, inquiry, awareness, other = _unpacked(total)
        bias = self._bias
        return LogOdds(
            bias[0] + factor * scam,
            (
                bias[1] + factor * offer,
                bias[2] + factor * inquiry,
                bias[3] + factor * awareness,
                bias[4] + factor * other,
            ),
        )

    def bias(self, head: Kind | None = None) -> float:
        """Return what an empty text would have: of scam, or of a kind."""
        return self._bias[HEADS.index(head)]

    def contributions(
        self, document: Document, head: Kind | None = None
    ) -> tuple[TokenContribution, ...]:
        """Return what each place of a text adds to its log-odds, in text order.

        Together with `bias` they add up to what `log_odds` says. A word that occurs several times
        counts once, and its places share that; a pair is shared by its two words.

        Args:
            document: The text.
            head: The kind whose log-odds is told of; None for scam.
        """
        words = feature_words(document)
        at = HEADS.index(head)
        factor = self._factor(len(words))
        times = Counter(words)
        shares = {
            word: _unpacked_at(self._words[word], at) / count for word, count in times.items()
        }
        values = [shares[word] for word in words]
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, pair in enumerate(pairwise(words)):
            places[pair].append(index)
        for pair, indexes in places.items():
            packed = self._pairs.get(pair)
            if packed is None:
                continue
            half = _unpacked_at(packed, at) / (2 * len(indexes))
            for index in indexes:
                values[index] += half
                values[index + 1] += half
        return tuple(
            _by_place(feature_spans(document), words, [factor * value for value in values])
        )

    def _factor(self, words: int) -> float:
        return self._step * (words + self._added) ** -self._power if words else 0.0


class _Words(dict[str, int]):
    """Packed weights of words, those of their parts included; worked out at first sight."""

    def __init__(self, model: TextModel) -> None:
        super().__init__()
        self._whole = model.words
        self._parts = model.subwords
        self._lengths = model.features.subwords

    def __missing__(self, word: str) -> int:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        parts = map(self._parts.get, subwords_of(word, self._lengths))
        found = [weights for weights in parts if weights is not None]
        whole = self._whole.get(word)
        if whole is not None:
            found.append(whole)
        packed = self[word] = sum(map(_packed, found))
        return packed


def _packed(weights: Sequence[int]) -> int:
    """Return whole numbers side by side in one; sums of such are packed sums."""
    a, b, c, d, e = weights
    return a + (b << _BITS) + (c << 2 * _BITS) + (d << 3 * _BITS) + (e << 4 * _BITS)


def _unpacked(packed: int) -> list[int]:
    return [_unpacked_at(packed, place) for place in range(len(HEADS))]


def _unpacked_at(packed: int, place: int) -> int:
    return ((packed + _HALVES >> _BITS * place) & _MASK) - _HALF


def _by_place(
    spans: Sequence[Span], words: Sequence[str], values: Sequence[float]
) -> Iterable[TokenContribution]:
    """Join the tokens that one written word was read as."""
    span: Span | None = None
    joined: list[str] = []
    total = 0.0
    for here, word, value in zip(spans, words, values, strict=True):
        if here != span:
            if span is not None:
                yield TokenContribution(span, tuple(joined), total)
            span, joined, total = here, [], 0.0
        joined.append(word)
        total += value
    if span is not None:
        yield TokenContribution(span, tuple(joined), total)
