"""Fits the two heads of the text classifier and rounds them to the plain data of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from offer_screen.classify.model import (
    KINDS,
    LARGEST_WEIGHT,
    Source,
    TextModel,
    TrainingRecord,
    model_file,
    parse_model,
)
from offer_screen.errors import InputError
from offer_screen.training.balance import kind_balance, weights_of
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import TrainingText
from offer_screen.training.vectors import Vectorizer, Vocabulary, vocabulary_of

_TOLERANCE = 1e-4
_ROUNDS = 3000


@dataclass(frozen=True, slots=True)
class Heads:
    """Fitted heads: one row of weights for scam, then one for each kind; before rounding."""

    vocabulary: Vocabulary
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]


def train(
    texts: Sequence[TrainingText],
    settings: TrainingSettings | None = None,
    *,
    sources: Sequence[Source] = (),
) -> TextModel:
    """Return the model of some texts; the same texts and settings give the same model.

    Args:
        texts: Scams and others, of every kind.
        settings: How to train.
        sources: Where the texts are from, for the record.

    Raises:
        InputError: There are no scams, or nothing else, or a kind is missing.
    """
    settings = settings or TrainingSettings()
    heads = fit(texts, settings)
    step = 2.0**-settings.step_bits
    kept = np.abs(heads.weights).max(axis=0) > settings.least_weight
    whole = np.clip(np.rint(heads.weights / step), -LARGEST_WEIGHT, LARGEST_WEIGHT).astype(int)
    whole[:, ~kept] = 0
    rows = [tuple(row) for row in whole.T.tolist()]
    names = heads.vocabulary
    pairs_at, parts_at = len(names.words), len(names.words) + len(names.pairs)
    model = TextModel(
        sha256="",
        features=settings.features,
        step=step,
        norm_power=settings.norm_power,
        norm_added=settings.norm_added,
        bias=tuple((np.rint(heads.bias / step) * step).tolist()),
        trained=TrainingRecord(
            sources=tuple(sources),
            settings=settings.model_dump(mode="json", exclude={"features"}),
        ),
        words=_told(names.words, rows[:pairs_at]),
        pairs=_told(names.pairs, rows[pairs_at:parts_at]),
        subwords=_told(names.subwords, rows[parts_at:]),
    )
    return parse_model(model_file(model))


def _told(
    names: Sequence[str], rows: Sequence[tuple[int, ...]]
) -> dict[str, tuple[int, int, int, int, int]]:
    """Return the features that have any weight."""
    return {
        name: (row[0], row[1], row[2], row[3], row[4])
        for name, row in zip(names, rows, strict=True)
        if any(row)
    }


def fit(texts: Sequence[TrainingText], settings: TrainingSettings) -> Heads:
    """Return the heads fitted to some texts.

    Raises:
        InputError: As for `train`.
    """
    names = _features_of(texts, settings)
    rows = vectorizer_of(names, settings).transform(text.words for text in texts)
    weights, bias = _fitted(rows, _blocks(names), texts, settings)
    return Heads(names, weights, bias)


def _features_of(texts: Sequence[TrainingText], settings: TrainingSettings) -> Vocabulary:
    # What further files hold and the corpus does not is no feature: nothing of them is told.
    corpus = [text for text in texts if not text.extra]
    return vocabulary_of(
        [text.words for text in corpus],
        [text.family for text in corpus],
        settings.features,
        least=settings.least_families,
        least_subword=settings.least_families_subword,
    )


def _blocks(names: Vocabulary) -> NDArray[np.int64]:
    """Return of each column whether it is a word (0), a pair (1) or a part of a word (2)."""
    return np.repeat(np.arange(len(names)), [len(block) for block in names])


def _fitted(
    rows: csr_array,
    blocks: NDArray[np.int64],
    texts: Sequence[TrainingText],
    settings: TrainingSettings,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weights of all heads, a row for each, and their biases."""
    _check(texts)
    weights = weights_of(
        texts, extra_weight=settings.extra_weight, most_weight=settings.most_weight
    )
    scales = np.asarray((1.0, settings.pair_scale, settings.subword_scale))[blocks]
    rarity = _rarity(rows)
    scam, scam_bias = _head(
        rows,
        scales * rarity**settings.scam_rarity,
        np.asarray([text.scam for text in texts]),
        weights,
        settings.scam_strength,
    )
    of_kind = np.asarray([KINDS.index(text.kind) for text in texts])
    kinds, kind_bias = _head(
        rows,
        scales * rarity**settings.kind_rarity,
        of_kind,
        weights * kind_balance(of_kind, weights) ** settings.kind_balance,
        settings.kind_strength,
    )
    return np.vstack([scam, kinds]), np.concatenate([scam_bias, kind_bias])


def _head(
    rows: csr_array,
    scales: NDArray[np.float64],
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    strength: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights and bias; columns of a larger scale take weight more easily."""
    regression = LogisticRegression(C=strength, tol=_TOLERANCE, max_iter=_ROUNDS)
    with threadpool_limits(limits=1):  # threads that wait for each other take six times as long
        regression.fit(csr_array(rows.multiply(scales)), labels, sample_weight=weights)
    return regression.coef_ * scales, regression.intercept_


def _rarity(rows: csr_array) -> NDArray[np.float64]:
    """Return for each column how rare it is, about 1 for one in twenty texts."""
    texts_with = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.asarray(np.log((1 + rows.shape[0]) / (1 + texts_with)) / 3)


def vectorizer_of(names: Vocabulary, settings: TrainingSettings) -> Vectorizer:
    """Return what makes the rows that heads are fitted to."""
    return Vectorizer(
        names,
        settings.features,
        norm_power=settings.norm_power,
        norm_added=settings.norm_added,
    )


def out_of_fold(
    texts: Sequence[TrainingText], settings: TrainingSettings | None = None
) -> NDArray[np.float64]:
    """Return what models that have not seen a text's family say of it: one row for each text.

    Columns are the heads in the order of ``HEADS``. Weights are not rounded: a step is far below
    what a fold makes of a difference.

    Raises:
        InputError: As for `train`, or there are fewer families than folds.
    """
    settings = settings or TrainingSettings()
    families = np.asarray([text.family for text in texts])
    if len(set(families)) < settings.folds:
        raise InputError(f"{settings.folds} folds need as many families of texts")
    # Texts are read once, with all features; each fold keeps those that it would have found.
    names = _features_of(texts, settings)
    rows = vectorizer_of(names, settings).transform(text.words for text in texts)
    blocks = _blocks(names)
    occurs = _families_by_feature(rows, texts)
    least = np.where(blocks == 2, settings.least_families_subword, settings.least_families)
    split = GroupKFold(settings.folds, shuffle=True, random_state=settings.seed)
    told = np.zeros((len(texts), 1 + len(KINDS)))
    for seen, held_out in split.split(families, groups=families):
        elsewhere = occurs.sum(axis=0) - occurs[_rows_of(texts, held_out)].sum(axis=0)
        kept = np.flatnonzero(elsewhere >= least)
        weights, bias = _fitted(
            rows[seen][:, kept], blocks[kept], [texts[index] for index in seen], settings
        )
        told[held_out] = rows[held_out][:, kept] @ weights.T + bias
    return told


def _families_by_feature(rows: csr_array, texts: Sequence[TrainingText]) -> csr_array:
    """Return a row for each family of the corpus, in order: 1 where a feature occurs in it."""
    family = _numbers(texts)
    own = [index for index, text in enumerate(texts) if not text.extra]
    belongs = csr_array(
        (np.ones(len(own)), ([family[texts[index].family] for index in own], own)),
        shape=(len(family), len(texts)),
    )
    occurs = csr_array(belongs @ (rows != 0).astype(float))
    occurs.data[:] = 1
    return occurs


def _rows_of(texts: Sequence[TrainingText], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of `_families_by_feature` that some texts belong to."""
    family = _numbers(texts)
    found = {family[texts[index].family] for index in chosen if not texts[index].extra}
    return np.asarray(sorted(found), dtype=np.int64)


def _numbers(texts: Sequence[TrainingText]) -> dict[str, int]:
    names = dict.fromkeys(text.family for text in texts if not text.extra)
    return {name: number for number, name in enumerate(names)}


def _check(texts: Sequence[TrainingText]) -> None:
    if len({text.scam for text in texts}) < 2:
        raise InputError("training needs scams and other texts")
    missing = [kind.value for kind in KINDS if kind not in {text.kind for text in texts}]
    if missing:
        raise InputError(f"training needs texts of every kind; none is of {', '.join(missing)}")
