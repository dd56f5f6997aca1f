"""How the text classifier is trained; the model file records it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from offer_screen.classify.features import FeatureSettings
from offer_screen.values import Value

_Positive = Annotated[float, Field(gt=0)]
_Count = Annotated[int, Field(ge=1)]


class TrainingSettings(Value):
    """Settings of one training.

    Attributes:
        features: Which features the model has.
        norm_power: See ``TextModel``.
        norm_added: See ``TextModel``.
        least_families: A word or pair is a feature from so many families on.
        least_families_subword: A part of a word likewise.
        scam_strength: Inverse of the L2 penalty of the scam head.
        kind_strength: Of the head of kinds.
        pair_scale: How easily a pair takes weight, where a word has 1.
        subword_scale: A part of a word likewise.
        scam_rarity: How much more easily a rare feature takes weight under the scam head: its
            column is multiplied with ``log(texts / texts with it)`` to this power.
        kind_rarity: Under the head of kinds.
        least_weight: Features of no larger weight under any head are left out.
        step_bits: Weights are rounded to a multiple of ``2 ** -step_bits``.
        kind_balance: How far kinds count alike, however many texts there are of each: 0 to 1.
        extra_weight: Weight of all texts of one further file, as a share of the corpus.
        most_weight: Bound of what balancing makes of one text.
        folds: Parts of which each is scored by a model of the others.
        seed: Of what is shuffled; the solver itself draws no lots.
        as_of: Day whose places and employers the reading of texts knows.
    """

    features: FeatureSettings = FeatureSettings()
    norm_power: Annotated[float, Field(ge=0, le=1)] = 0.5
    norm_added: Annotated[float, Field(ge=0, le=1000)] = 0.0
    least_families: _Count = 2
    least_families_subword: _Count = 4
    scam_strength: _Positive = 4.0
    kind_strength: _Positive = 10.0
    pair_scale: _Positive = 1.0
    subword_scale: _Positive = 0.2
    scam_rarity: Annotated[float, Field(ge=0, le=3)] = 1.0
    kind_rarity: Annotated[float, Field(ge=0, le=3)] = 0.5
    kind_balance: Annotated[float, Field(ge=0, le=1)] = 1.0
    least_weight: Annotated[float, Field(ge=0, le=1)] = 0.02
    step_bits: Annotated[int, Field(ge=4, le=16)] = 9
    extra_weight: Annotated[float, Field(ge=0, le=1)] = 0.01
    most_weight: Annotated[float, Field(ge=1)] = 3.0
    folds: Annotated[int, Field(ge=2)] = 5
    seed: int = 0
    as_of: dt.date = dt.date(2026, 11, 24)
