"""How much each text counts in training, so that style does not give the label away.

Where a text stood and how long it is must not tell whether it is a scam. Texts of the corpus that
share channel and length therefore get such weights that scams have the same share of each such
cell as of the whole. All texts of one further file count together as a fixed share of the corpus:
they are of one label and one style, and there are many of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from offer_screen.training.texts import TrainingText

_SHORT, _LONG = 25, 75
"""Words at which the bands of length are cut."""


def weights_of(
    texts: Sequence[TrainingText], *, extra_weight: float, most_weight: float
) -> NDArray[np.float64]:
    """Return the weight of each text.

    Args:
        texts: What is trained on.
        extra_weight: Weight of one further file, as a share of the corpus.
        most_weight: A text of the corpus gets no more than this, and no less than its inverse.
    """
    corpus = [text for text in texts if not text.extra]
    cells = Counter(map(_cell, corpus))
    scams = Counter(_cell(text) for text in corpus if text.scam)
    share = sum(scams.values()) / len(corpus) if corpus else 0.0
    of_source = Counter(text.source for text in texts if text.extra)
    total = len(corpus) or len(texts)
    weights = []
    for text in texts:
        if text.extra:
            weights.append(min(1.0, extra_weight * total / of_source[text.source]))
            continue
        cell = _cell(text)
        own = scams[cell] if text.scam else cells[cell] - scams[cell]
        fair = cells[cell] * (share if text.scam else 1 - share)
        weights.append(min(max(fair / own, 1 / most_weight), most_weight))
    return np.asarray(weights)


def kind_balance(kinds: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each text the factor that makes all kinds count alike."""
    totals = np.bincount(kinds, weights)
    fair = totals.sum() / np.count_nonzero(totals)
    return np.asarray(fair / totals[kinds])


def _cell(text: TrainingText) -> tuple[str, int]:
    words = len(text.words)
    return text.channel, (words >= _SHORT) + (words >= _LONG)
