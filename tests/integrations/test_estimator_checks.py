"""scikit-learn's own checks of estimators.

They hand every estimator numbers, and skip one that says it takes texts. So each estimator is
checked with its rows of numbers told as texts, by a subclass that adds scikit-learn's validation of
numbers and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted, validate_data

from offer_screen.integrations.scikit_learn import OfferScreenClassifier, OfferScreenTransformer

_FAIR = "Lowongan kasir toko, gaji UMK"
_FOUL = "Lowongan jaga rumah, KTP ditahan, bayar 300 ribu untuk seragam"


def _texts(rows: np.ndarray[Any, Any]) -> list[str]:
    """Say one of two offers, by the sign of the first number; the row makes it one of its own."""
    return [
        f"{_FOUL if row[0] < 0 else _FAIR}. {' '.join(f'{x:.3g}' for x in row)}" for row in rows
    ]


class _Told:
    """Takes rows of numbers, as scikit-learn's checks give them."""

    def fit(self, X: Any, y: Any = None) -> Any:
        if y is not None:
            X, y = validate_data(self, X, y)
        else:
            X = validate_data(self, X)
        return super().fit(_texts(X), y)  # type: ignore[misc]

    def reports(self, X: Any) -> Any:
        check_is_fitted(self)
        return super().reports(_texts(validate_data(self, X, reset=False)))  # type: ignore[misc]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()  # type: ignore[misc]
        tags.input_tags.two_d_array = True
        tags.input_tags.string = False
        if tags.classifier_tags is not None:
            tags.classifier_tags.poor_score = True  # fit learns only what the classes are called
        return tags


class ToldTransformer(_Told, OfferScreenTransformer):  # type: ignore[misc]
    """The transformer, of numbers told as texts."""


class ToldClassifier(_Told, OfferScreenClassifier):
    """The classifier, of numbers told as texts."""


_PARAMETERS: dict[str, Any] = {
    "rules": [str(Path(__file__).parent / "layer")],
    "as_of": "2026-11-24",
    "engine": "compiled",
}


@parametrize_with_checks(  # type: ignore[untyped-decorator]
    [ToldTransformer(**_PARAMETERS), ToldClassifier(**_PARAMETERS, threshold=50)],
)
def test_scikit_learn_finds_nothing_amiss(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)
