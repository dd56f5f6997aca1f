"""Whether the score rests on what it should: on the offer, and not on where it was posted.

A nuisance is what a text is beside its meaning: its channel, its source, its register, its length.
If it goes together with the label in the data, a model can learn it in place of the fraud.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import normalize

from offer_screen.classify.features import feature_words
from offer_screen.corpus.shingles import Shingle, shingles
from offer_screen.evaluation import metrics
from offer_screen.evaluation.data import Labelled
from offer_screen.evaluation.figures import Figure
from offer_screen.evaluation.intervals import Statistic, bootstrap
from offer_screen.evaluation.measuring import LEAST_OF_EACH, Sampling, Truth, auroc_of
from offer_screen.evaluation.metrics import Bools, Floats, Ints
from offer_screen.evaluation.results import Audit, Leakage, Matched, Predictable
from offer_screen.evaluation.systems import Scores
from offer_screen.text.document import Document

_FOLDS = 5
_LEAST_OF_CLASS = 20
"""Values of a nuisance that fewer texts have are one class, 'rest'."""

_ALIKE = 0.5
"""Texts that share so much of their three-word sequences (Jaccard) are near-duplicates."""

_LENGTHS = 4

_MANY_FEATURES = 1000
"""From so many on, logistic regression is fitted by stochastic steps: a hundred times faster."""


def audit(
    scores: Scores,
    truth: Truth,
    documents: Iterable[Document],
    train: Sequence[Labelled],
    sampling: Sampling,
) -> Audit:
    """Return the audit of a score.

    Args:
        scores: The score.
        truth: What is true of the texts.
        documents: The texts, read.
        train: Texts that the score was made from.
        sampling: Of the intervals.
    """
    features = features_of(documents)
    return Audit(
        predictable=tuple(
            found
            for name, values in nuisances_of(truth).items()
            if (found := predictable(name, values, scores, truth, features, sampling)) is not None
        ),
        matched=tuple(matched_subsets(scores, truth, sampling)),
        leakage=leakage(scores, truth, train, sampling) if train else (),
    )


def features_of(documents: Iterable[Document]) -> csr_matrix:
    """Return a row for each text: the words and pairs of words that the classifier sees."""
    words = [feature_words(document) for document in documents]
    counter = CountVectorizer(
        tokenizer=_as_it_is,
        preprocessor=_as_it_is,
        token_pattern=None,
        lowercase=False,
        ngram_range=(1, 2),
        min_df=2,
        binary=True,
    )
    try:
        return normalize(counter.fit_transform(words))
    except ValueError:  # no word occurs in two texts
        return csr_matrix((len(words), 1))


def _as_it_is(words: list[str]) -> list[str]:
    return words


# --- what can be predicted -----------------------------------------------------------------------


def nuisances_of(truth: Truth) -> dict[str, list[str | None]]:
    """Return the value of each nuisance for each text."""
    lengths = np.array([len(text.text) for text in truth.texts])
    cuts = np.quantile(lengths, np.linspace(0, 1, _LENGTHS + 1)[1:-1]) if lengths.size else []
    return {
        "channel": [text.channel for text in truth.texts],
        "source": [text.source for text in truth.texts],
        "register": [text.register for text in truth.texts],
        "length (quarters)": [str(int(band)) for band in np.searchsorted(cuts, lengths)],
    }


def predictable(
    name: str,
    values: Sequence[str | None],
    scores: Scores,
    truth: Truth,
    features: csr_matrix,
    sampling: Sampling,
) -> Predictable | None:
    """Return how well a nuisance is told from the features, and what it explains of the score.

    Returns:
        None when there are fewer than two values, families or texts than it takes to tell.
    """
    at = np.array([index for index, value in enumerate(values) if value is not None], dtype=int)
    part, given = truth.of(at), scores.of(at)
    classes = np.array(_classes([str(values[index]) for index in at]))
    # A value that positives alone have, such as a source of scams, is the label itself. It is not
    # learned: its texts are told by what of the others they resemble.
    names = sorted(set(classes[~part.positive].tolist()))
    learned = np.isin(classes, names)
    if len(names) < 2 or len(np.unique(part.codes)) < _FOLDS:
        return None
    codes = np.where(learned, np.searchsorted(names, classes), 0).astype(np.int64)
    told = out_of_fold(features[at], codes, part.codes, len(names), learned)
    told_label = _label_from(told, part)
    area = partial(metrics.auroc, metrics.rank(told_label, part.positive))
    explained = _explained(given.log_odds, told)
    label_means = np.where(
        part.positive,
        _mean(given.log_odds[part.positive]),
        _mean(given.log_odds[~part.positive]),
    )
    within = _explained(given.log_odds - label_means, told)
    left = Scores(given.name, given.log_odds - _fitted_on(given.log_odds, told, ~part.positive))
    return Predictable(
        nuisance=name,
        classes=len(names),
        texts=at.size,
        accuracy=float(np.mean((told.argmax(axis=1) == codes)[learned])),
        majority=float(np.bincount(codes[learned]).max() / learned.sum()),
        label_auroc=bootstrap(
            {"auroc": area}, part.codes, replicates=sampling.replicates, seed=sampling.seed
        )["auroc"],
        explained=explained,
        explained_beyond_label=within,
        auroc=auroc_of(given, part, sampling),
        auroc_without=auroc_of(left, part, sampling),
    )


def _classes(values: Sequence[str]) -> list[str]:
    counts = Counter(values)
    return [value if counts[value] >= _LEAST_OF_CLASS else "rest" for value in values]


def out_of_fold(
    features: csr_matrix, codes: Ints, families: Ints, classes: int, learned: Bools
) -> Floats:
    """Return the probability of each class by models that never saw the family of the text.

    Args:
        features: A row for each text.
        codes: Class of each text.
        families: Family of each text.
        classes: How many classes there are.
        learned: Texts that may be learned from; the others are only told.
    """
    told = np.zeros((codes.size, classes))
    wide = features.shape[1] > _MANY_FEATURES
    for others, unseen in GroupKFold(_FOLDS).split(codes, groups=families):
        seen = others[learned[others]]
        present = np.unique(codes[seen])
        if present.size < 2:
            told[unseen[:, None], present] = 1.0
            continue
        # The audit asks what can be told at all, not what the last digit of the fit is.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model = (
                SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=30, random_state=0)
                if wide
                else LogisticRegression(C=10.0)
            )
            model.fit(features[seen], codes[seen])
        told[unseen[:, None], present] = model.predict_proba(features[unseen])
    return told


def _label_from(told: Floats, truth: Truth) -> Floats:
    """Return what the nuisance as predicted says of the label, out of fold as well."""
    every = np.ones(truth.positive.size, dtype=bool)
    positive = truth.positive.astype(np.int64)
    return out_of_fold(csr_matrix(told), positive, truth.codes, 2, every)[:, 1]


def _explained(values: Floats, told: Floats) -> float | None:
    """Return the share of the variance that a linear function of the prediction explains.

    Adjusted for the number of classes; never below 0.
    """
    total = float(np.sum((values - _mean(values)) ** 2))
    free = values.size - told.shape[1]
    if not total or free < 1:
        return None
    fitted = _fitted_on(values, told, np.ones(values.size, dtype=bool))
    missed = float(np.sum((values - fitted) ** 2))
    return float(max(0.0, 1 - missed / total * (values.size - 1) / free))


def _fitted_on(values: Floats, told: Floats, member: Bools) -> Floats:
    """Return the linear function of the prediction that fits some of the texts best, for all."""
    if not member.any():
        return np.zeros(values.size)
    factors = np.linalg.lstsq(told[member], values[member], rcond=None)[0]
    fitted: Floats = told @ factors
    return fitted


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else 0.0


# --- texts that agree in everything but the label ------------------------------------------------

_Cell = Callable[[Labelled], tuple[str | None, ...]]


def matched_subsets(scores: Scores, truth: Truth, sampling: Sampling) -> list[Matched]:
    """Return the AUROC among texts of the same cell, and of each group against each other one."""
    bands = nuisances_of(truth)["length (quarters)"]
    band_of = {id(text): str(band) for text, band in zip(truth.texts, bands, strict=True)}
    cuts: dict[str, _Cell] = {
        "length": lambda text: (band_of[id(text)],),
        "channel": lambda text: (text.channel,),
        "channel, register": lambda text: (text.channel, text.register),
        "channel, register, length": lambda text: (
            text.channel,
            text.register,
            band_of[id(text)],
        ),
    }
    found = [_matched(by, cut, scores, truth, sampling) for by, cut in cuts.items()]
    return [result for result in found if result] + _between_groups(scores, truth, sampling)


def _matched(
    by: str, cut: _Cell, scores: Scores, truth: Truth, sampling: Sampling
) -> Matched | None:
    members: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for at, text in enumerate(truth.texts):
        members[cut(text)].append(at)
    cells = [
        np.array(at, dtype=np.int64)
        for cell, at in members.items()
        if None not in cell and 0 < truth.positive[at].sum() < len(at)
    ]
    if not cells:
        return None
    return Matched(
        by=by,
        cells=len(cells),
        texts=sum(cell.size for cell in cells),
        auroc=bootstrap(
            {"auroc": within_cells(scores.log_odds, truth.positive, cells)},
            truth.codes,
            replicates=sampling.replicates,
            seed=sampling.seed,
        )["auroc"],
    )


def within_cells(log_odds: Floats, positive: Bools, cells: Sequence[Ints]) -> Statistic:
    """Return the AUROC over pairs of the same cell, as a statistic."""
    rankings = [metrics.rank(log_odds[cell], positive[cell]) for cell in cells]

    def statistic(weights: Floats) -> Floats:
        right, pairs = np.zeros(len(weights)), np.zeros(len(weights))
        for cell, ranking in zip(cells, rankings, strict=True):
            of_cell = weights[:, cell]
            count = (of_cell @ positive[cell]) * (of_cell @ ~positive[cell])
            right += np.nan_to_num(metrics.auroc(ranking, of_cell)) * count
            pairs += count
        found: Floats = np.divide(right, pairs, out=np.full(len(weights), np.nan), where=pairs > 0)
        return found

    return statistic


def _between_groups(scores: Scores, truth: Truth, sampling: Sampling) -> list[Matched]:
    groups = np.array([text.group for text in truth.texts])
    with_positives = sorted(set(groups[truth.positive]))
    with_negatives = sorted(set(groups[~truth.positive]))
    if len(set(groups)) < 2:
        return []
    found = []
    for first in with_positives:
        for second in with_negatives:
            member = (truth.positive & (groups == first)) | (~truth.positive & (groups == second))
            at = np.flatnonzero(member).astype(np.int64)
            part = truth.of(at)
            if min(part.positive.sum(), (~part.positive).sum()) >= LEAST_OF_EACH:
                found.append(
                    Matched(
                        by=f"positives of {first}, negatives of {second}",
                        cells=1,
                        texts=at.size,
                        auroc=auroc_of(scores.of(at), part, sampling),
                    )
                )
    return found


# --- texts that resemble training texts ----------------------------------------------------------


def leakage(
    scores: Scores, truth: Truth, train: Sequence[Labelled], sampling: Sampling
) -> tuple[Leakage, ...]:
    """Return what the figures are without the texts that resemble training texts."""
    texts = [text.text for text in truth.texts]
    trained = [text.text for text in train]
    resembling = {
        "a five-word sequence of a training text": shares_sequence(texts, trained, 5),
        f"a near-duplicate (Jaccard {_ALIKE} of three words) of a training text": near_duplicate(
            texts, trained, 3, _ALIKE
        ),
    }
    whole = auroc_of(scores, truth, sampling)
    return tuple(
        Leakage(
            name=name,
            texts=int(member.sum()),
            of=member.size,
            auroc=whole,
            auroc_without=_without(scores, truth, member, sampling),
        )
        for name, member in resembling.items()
    )


def _without(scores: Scores, truth: Truth, member: Bools, sampling: Sampling) -> Figure:
    left = np.flatnonzero(~member).astype(np.int64)
    return auroc_of(scores.of(left), truth.of(left), sampling)


def shares_sequence(texts: Sequence[str], others: Sequence[str], size: int) -> Bools:
    """Return which texts hold a sequence of so many words that one of the others holds too."""
    known: set[Shingle] = set().union(*(shingles(other, size) for other in others))
    return np.array([not known.isdisjoint(shingles(text, size)) for text in texts], dtype=bool)


def near_duplicate(texts: Sequence[str], others: Sequence[str], size: int, least: float) -> Bools:
    """Return which texts overlap with one of the others by ``least`` (Jaccard) or more."""
    of_others = [shingles(other, size) for other in others]
    holders: dict[Shingle, list[int]] = defaultdict(list)
    for at, found in enumerate(of_others):
        for shingle in found:
            holders[shingle].append(at)
    alike = []
    for text in texts:
        own = shingles(text, size)
        common = Counter(at for shingle in own for at in holders.get(shingle, ()))
        alike.append(
            any(
                both / (len(own) + len(of_others[at]) - both) >= least
                for at, both in common.items()
            )
        )
    return np.array(alike, dtype=bool)
