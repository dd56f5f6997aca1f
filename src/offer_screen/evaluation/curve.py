"""What less training data gives: whether more texts would still help."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offer_screen.evaluation.baselines import Fit
from offer_screen.evaluation.data import Labelled
from offer_screen.evaluation.intervals import bootstrap
from offer_screen.evaluation.measuring import Sampling, Truth, statistics_of
from offer_screen.evaluation.results import CurvePoint
from offer_screen.evaluation.systems import Scores

SHARES = (0.1, 0.25, 0.5, 1.0)
_TOLD = ("auroc", "average_precision", "recall_at_0.01")


def learning_curve(
    fit: Fit,
    train: Sequence[Labelled],
    truth: Truth,
    sampling: Sampling,
    *,
    shares: Sequence[float] = SHARES,
) -> tuple[CurvePoint, ...]:
    """Train on a part of the families, then on more, and evaluate each time on the same texts.

    Families of a smaller part are in every larger one. A part that lacks one of the labels is
    left out.

    Args:
        fit: What trains.
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
        positive = known.positive[at]
        if not positive.any() or positive.all():
            continue
        predict = fit([known.texts[index].text for index in at], positive)
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
