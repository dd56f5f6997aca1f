"""What less training data gives: whether more texts would still help."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from offer_screen.classify.features import feature_words
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import TextModel
from offer_screen.errors import InputError
from offer_screen.evaluation.baselines import fit_characters
from offer_screen.evaluation.crossfit import settings_of
from offer_screen.evaluation.data import Labelled
from offer_screen.evaluation.intervals import bootstrap
from offer_screen.evaluation.measuring import Sampling, Truth, statistics_of
from offer_screen.evaluation.metrics import Floats
from offer_screen.evaluation.results import CurvePoint
from offer_screen.evaluation.systems import Scores
from offer_screen.training.classifier import train as train_model
from offer_screen.training.texts import Reader, TrainingText
from offer_screen.values import Kind

SHARES = (0.1, 0.25, 0.5, 1.0)
Learn = Callable[[Sequence[Labelled]], Callable[[Sequence[str]], Floats]]
"""Trains on texts; returns what gives log-odds to other texts. Raises InputError if it cannot."""

_TOLD = ("auroc", "average_precision", "recall_at_0.01")


def learn_characters(texts: Sequence[Labelled]) -> Callable[[Sequence[str]], Floats]:
    """Train the character baseline.

    Raises:
        InputError: The texts have one label only.
    """
    positive = np.array([text.positive for text in texts], dtype=bool)
    if not positive.any() or positive.all():
        raise InputError("training needs scams and other texts")
    return fit_characters([text.text for text in texts], positive)


def learns_like(model: TextModel, read: Reader) -> Learn:
    """Return what trains a classifier with the settings of a model.

    Args:
        model: The model.
        read: Reads a text.
    """
    settings = settings_of(model)

    def learn(texts: Sequence[Labelled]) -> Callable[[Sequence[str]], Floats]:
        trained = TextClassifier(
            train_model([_for_training(text, at, read) for at, text in enumerate(texts)], settings)
        )
        return lambda given: np.array([trained.log_odds(read(text)).scam for text in given])

    return learn


def _for_training(text: Labelled, at: int, read: Reader) -> TrainingText:
    return TrainingText(
        words=feature_words(read(text.text)),
        scam=text.positive,
        kind=text.kind or Kind.OTHER,
        family=text.family or f"{text.file}:{at}",
        channel=text.channel or "",
        source=text.file,
    )


def learning_curve(
    learn: Learn,
    train: Sequence[Labelled],
    truth: Truth,
    sampling: Sampling,
    *,
    shares: Sequence[float] = SHARES,
) -> tuple[CurvePoint, ...]:
    """Train on a part of the families, then on more, and evaluate each time on the same texts.

    Families of a smaller part are in every larger one. A part that cannot be trained on (it lacks
    a label, say) is left out.

    Args:
        learn: What trains.
        train: Texts to train on.
        truth: Texts to evaluate on.
        sampling: Which families come first, and of the intervals.
        shares: Parts of the families.
    """
    known = Truth(train)
    families = np.random.default_rng(sampling.seed).permutation(np.unique(known.codes))
    points = []
    for share in shares:
        count = max(1, round(share * families.size))
        at = np.flatnonzero(np.isin(known.codes, families[:count]))
        try:
            predict = learn([known.texts[index] for index in at])
        except InputError:
            continue
        scores = Scores("curve", predict([text.text for text in truth.texts]))
        statistics = statistics_of(scores, truth)
        points.append(
            CurvePoint(
                share=share,
                families=count,
                texts=at.size,
                figures=bootstrap(
                    {name: statistics[name] for name in _TOLD},
                    truth.codes,
                    replicates=sampling.replicates,
                    seed=sampling.seed,
                ),
            )
        )
    return tuple(points)
