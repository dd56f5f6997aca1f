"""A model as scikit-learn pipelines, for who works with these, and to hold the scorer to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from offer_screen.classify.model import KINDS, TextModel
from offer_screen.training.vectors import Vectorizer, Vocabulary


class ScikitHeads(NamedTuple):
    """The two heads; what they are given is the words of each text, see ``feature_words``.

    Attributes:
        scam: Classes False and True; ``decision_function`` is the log-odds.
        kinds: Classes are the values of ``KINDS``; ``decision_function`` has a column for each.
    """

    scam: Pipeline
    kinds: Pipeline


def scikit_heads(model: TextModel) -> ScikitHeads:
    """Return pipelines that say what the model says."""
    blocks = (model.words, model.pairs, model.subwords)
    vocabulary = Vocabulary(*(tuple(sorted(block)) for block in blocks))
    vectorizer = Vectorizer(
        vocabulary, model.features, norm_power=model.norm_power, norm_added=model.norm_added
    )
    rows = [block[name] for block, names in zip(blocks, vocabulary, strict=True) for name in names]
    weights = model.step * np.asarray(rows, dtype=float).reshape(len(rows), -1)
    bias = np.asarray(model.bias)

    def head(columns: slice, classes: list[bool] | list[str]) -> Pipeline:
        regression = LogisticRegression()
        regression.classes_ = np.asarray(classes)
        regression.coef_ = weights[:, columns].T
        regression.intercept_ = bias[columns]
        regression.n_features_in_ = vocabulary.size
        return Pipeline(
            [("words", FunctionTransformer(vectorizer.transform)), ("head", regression)]
        )

    return ScikitHeads(
        head(slice(0, 1), [False, True]), head(slice(1, None), [kind.value for kind in KINDS])
    )
