"""Small models for tests."""

from __future__ import annotations

from typing import Any

from offer_screen.classify.features import FeatureSettings
from offer_screen.classify.model import TextModel, model_file, parse_model


def small_model(**changes: Any) -> TextModel:
    """Return a model of a few features, as read back from its file."""
    values: dict[str, Any] = {
        "sha256": "",
        "features": FeatureSettings(subwords=(3,)),
        "step": 0.5,
        "norm_power": 0.5,
        "norm_added": 0.0,
        "bias": (-1.0, 0.5, 0.0, 0.0, 0.25),
        "words": {"gaji": (4, 1, 0, 0, 0), "turis": (6, 0, 0, 1, 0), "<phone>": (-2, 2, 0, 0, 0)},
        "pairs": {"visa turis": (10, 0, 0, 0, -3)},
        "subwords": {"<ga": (1, 0, 0, 0, 0), "aji": (2, 0, 0, 0, 7), "tur": (-3, 0, 0, 0, 0)},
    }
    return parse_model(model_file(TextModel(**(values | changes))))
