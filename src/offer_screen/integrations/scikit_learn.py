"""scikit-learn estimators: `OfferScreenTransformer`, `OfferScreenClassifier`.

Both take texts: a list, an array, a pandas column. They fit into a ``Pipeline``, cross-validation
and grid search, are cloned by their parameters and pickled with all they need. Neither learns from
the texts: the rules, weights and model of the screener are all they know.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from numbers import Real
from pathlib import Path
from typing import Any, Literal, Self

from offer_screen.errors import InputError, MissingExtra

if find_spec("sklearn") is None:
    raise MissingExtra("offer_screen.integrations.scikit_learn", "scikit-learn", "sklearn")

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted, column_or_1d

from offer_screen.integrations.features import FEATURES, Feature, columns_of, values_of
from offer_screen.integrations.loading import load_screener
from offer_screen.pipeline import EngineName
from offer_screen.results import Report
from offer_screen.scoring import sigmoid
from offer_screen.screener import Screener
from offer_screen.values import Level

Texts = Any
"""Texts in a list, an array, a pandas or polars column, or a table of one column."""

Floats = NDArray[np.float64]


class _TextEstimator(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """What both estimators do: load a screener in ``fit``, screen texts after it."""

    def _load(self) -> Screener:
        if self.handle_invalid not in {"error", "ignore"}:
            raise ValueError(f"handle_invalid: 'error' or 'ignore', not {self.handle_invalid!r}")
        return load_screener(
            self.rules,
            engine=self.engine,
            as_of=self.as_of,
            model=self.model,
            weights=self.weights,
        )

    def reports(self, X: Texts) -> list[Report | None]:
        """Return the report of each text; None where ``handle_invalid`` lets a text pass.

        Raises:
            InputError: A text is blank, too long or no text; the message says which.
        """
        check_is_fitted(self, "screener_")
        texts = _texts_of(X)
        return list(self._passed(self.screener_.screen_many(texts, workers=self.workers)))

    def _passed(self, results: Iterable[Report | InputError]) -> Iterator[Report | None]:
        for index, result in enumerate(results):
            if isinstance(result, Report):
                yield result
            elif self.handle_invalid == "ignore":
                yield None
            else:
                raise InputError(f"text {index}: {result}")

    def __sklearn_tags__(self) -> Any:  # noqa: ANN401
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        return tags


class OfferScreenTransformer(TransformerMixin, _TextEstimator):  # type: ignore[misc]
    """Turns texts into numbers: what the screener finds in each.

    Groups of features, and their columns:

    - ``rules``: ``rule=<id>`` is 1 where the rule fires.
    - ``categories``: ``category=<name>`` is what its findings add to the log-odds, caps applied.
    - ``score``: ``log_odds``; ``level``, 0 for low to 3 for critical; ``classifier``, what the text
      classifier adds to the log-odds, 0 without one.
    - ``kind``: ``kind=<name>`` is 1 for the kind of text.
    - ``facts``: ``facts``, how many there are, and ``facts=<kind>``, how many of each kind.

    Args:
        rules: Folders of a rule pack; None for the shipped one.
        engine: ``auto``, ``durable`` or ``compiled``, which is faster; both find the same.
        as_of: Day whose wages, rates and bans hold, as a date or ISO text; the day of ``fit`` if
            None. Give one where results are to be the same tomorrow.
        model: File of a text classifier, ``auto`` for the shipped one, None for none.
        weights: ``fitted``, ``authored``, or a file that ``offer-screen fit`` wrote.
        features: Groups of features, in the order of their columns.
        sparse_output: Return a sparse array; data frames (``set_output``) need a dense one.
        handle_invalid: What to do with a text that is blank, too long or no text: ``error``, or
            ``ignore``: nothing is known of it, so ``log_odds`` is the base rate and all else 0.
        workers: Processes that share the work.

    Attributes:
        screener_: The screener, shared by estimators of the same parameters: do not reload it.
        feature_names_: Names of the columns.

    >>> from offer_screen.integrations.scikit_learn import OfferScreenTransformer
    >>> finds = OfferScreenTransformer(features=["kind"], as_of="2026-11-24").fit()
    >>> finds.transform(["Dicari kasir toko, Senin-Sabtu, gaji UMK"])
    array([[1., 0., 0., 0.]])
    >>> list(finds.get_feature_names_out())
    ['kind=offer', 'kind=inquiry', 'kind=awareness', 'kind=other']
    """

    def __init__(
        self,
        *,
        rules: Sequence[Path | str] | None = None,
        engine: EngineName = "auto",
        as_of: dt.date | str | None = None,
        model: Path | str | None = "auto",
        weights: Path | str = "fitted",
        features: Sequence[Feature] = FEATURES,
        sparse_output: bool = False,
        handle_invalid: Literal["error", "ignore"] = "error",
        workers: int = 1,
    ) -> None:
        self.rules = rules
        self.engine = engine
        self.as_of = as_of
        self.model = model
        self.weights = weights
        self.features = features
        self.sparse_output = sparse_output
        self.handle_invalid = handle_invalid
        self.workers = workers

    def fit(self, X: Texts = None, y: object = None) -> Self:  # noqa: ARG002
        """Load the screener; the texts are not looked at.

        Raises:
            ValueError: A parameter has a value that it cannot have.
            OfferScreenError: The rules, the model or the weights cannot be used.
        """
        unknown = [name for name in self.features if name not in FEATURES]
        twice = len(set(self.features)) != len(self.features)
        if unknown or twice or not len(self.features):
            raise ValueError(
                f"features: one or more of {list(FEATURES)}, each once, not {self.features!r}"
            )
        self.screener_ = self._load()
        self.feature_names_ = columns_of(self.screener_, self.features)
        return self

    def transform(self, X: Texts) -> Floats | csr_array:
        """Return one row of features for each text.

        Raises:
            InputError: A text cannot be screened, and ``handle_invalid`` is ``error``.
        """
        reports = self.reports(X)
        column = {name: index for index, name in enumerate(self.feature_names_)}
        matrix = np.zeros((len(reports), len(column)))
        for row, report in zip(matrix, reports, strict=True):
            if report is None:
                if "log_odds" in column:
                    row[column["log_odds"]] = self.screener_.weighting.base
                continue
            for name, value in values_of(report, self.features):
                row[column[name]] += value
        return csr_array(matrix) if self.sparse_output else matrix

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the columns; ``input_features`` is there for scikit-learn."""
        check_is_fitted(self, "feature_names_")
        return np.array(self.feature_names_, dtype=object)


class OfferScreenClassifier(ClassifierMixin, _TextEstimator):  # type: ignore[misc]
    """The screener as a classifier of two classes: scam, or not.

    ``fit`` learns only how the two classes are called. ``predict_proba`` is the calibrated
    probability of the report; ``predict`` asks whether the report reaches ``threshold``, which need
    not lie at one half. A rule's floor lifts the level of a report and not its score, so with a
    level as threshold a text can be predicted scam though its ``decision_function`` is negative.

    Args:
        rules: Folders of a rule pack; None for the shipped one.
        engine: ``auto``, ``durable`` or ``compiled``, which is faster; both find the same.
        as_of: Day whose wages, rates and bans hold, as a date or ISO text; the day of ``fit`` if
            None. Give one where results are to be the same tomorrow.
        model: File of a text classifier, ``auto`` for the shipped one, None for none.
        weights: ``fitted``, ``authored``, or a file that ``offer-screen fit`` wrote.
        threshold: From which a text counts as scam: a level (``caution``, ``high``, ``critical``)
            or points (above 0, below 100).
        scam_label: The class that means scam; None for the greater of the two (1, True, 'scam').
        handle_invalid: What to do with a text that is blank, too long or no text: ``error``, or
            ``ignore``: nothing is known of it, so its probability is the base rate.
        workers: Processes that share the work.

    Attributes:
        classes_: The two class labels, that of scams last.
        screener_: The screener, shared by estimators of the same parameters: do not reload it.

    >>> from offer_screen.integrations.scikit_learn import OfferScreenClassifier
    >>> screen = OfferScreenClassifier(as_of="2026-11-24").fit(None, ["legit", "scam"])
    >>> screen.predict(["Kerja di luar negeri, paspor dipegang agen, pakai visa turis."])
    array(['scam'], dtype='<U5')
    """

    def __init__(
        self,
        *,
        rules: Sequence[Path | str] | None = None,
        engine: EngineName = "auto",
        as_of: dt.date | str | None = None,
        model: Path | str | None = "auto",
        weights: Path | str = "fitted",
        threshold: Level | str | float = "high",
        scam_label: object = None,
        handle_invalid: Literal["error", "ignore"] = "error",
        workers: int = 1,
    ) -> None:
        self.rules = rules
        self.engine = engine
        self.as_of = as_of
        self.model = model
        self.weights = weights
        self.threshold = threshold
        self.scam_label = scam_label
        self.handle_invalid = handle_invalid
        self.workers = workers

    def fit(self, X: Texts, y: Iterable[object]) -> Self:
        """Load the screener and learn what the classes are called.

        Args:
            X: As many texts as labels, or None: they are not looked at.
            y: Labels, of two classes.

        Raises:
            ValueError: There are not two classes, or a parameter has a value it cannot have.
            OfferScreenError: The rules, the model or the weights cannot be used.
        """
        self._check_threshold()
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        if X is not None:
            check_consistent_length(X, y)
        check_classification_targets(y)
        classes, counts = np.unique(column_or_1d(y, warn=True), return_counts=True)
        if len(classes) != 2:
            raise ValueError(
                "Only binary classification is supported: the labels must be of two classes, "
                f"not {len(counts)} class{'es' if len(counts) != 1 else ''}: {list(classes)}"
            )
        if self.scam_label is not None:
            if self.scam_label not in classes:
                raise ValueError(f"scam_label: {self.scam_label!r} is none of {list(classes)}")
            classes = np.array(sorted(classes, key=lambda name: bool(name == self.scam_label)))
        self.screener_ = self._load()
        self.classes_ = classes
        return self

    def predict(self, X: Texts) -> NDArray[Any]:
        """Return the class of each text: that of scams where ``threshold`` is reached.

        Raises:
            InputError: A text cannot be screened, and ``handle_invalid`` is ``error``.
        """
        reached = [report is not None and self._reached(report) for report in self.reports(X)]
        labels: NDArray[Any] = self.classes_[np.array(reached, dtype=int)]
        return labels

    def predict_proba(self, X: Texts) -> Floats:
        """Return the probability of each class, that of scams in the last column.

        Raises:
            InputError: As for ``predict``.
        """
        scam = np.array([sigmoid(value) for value in self._log_odds(X)])
        return np.column_stack([1 - scam, scam])

    def decision_function(self, X: Texts) -> Floats:
        """Return how far the log-odds of each text lie above those of the threshold.

        Raises:
            InputError: As for ``predict``.
        """
        log_odds = np.array(self._log_odds(X), dtype=float)
        if isinstance(self.threshold, str):
            points = self.screener_.weighting.levels[Level(self.threshold)]
        else:
            points = self.threshold
        return log_odds - math.log(points / (100 - points))

    def _log_odds(self, X: Texts) -> list[float]:
        reports = self.reports(X)
        base = self.screener_.weighting.base
        return [base if report is None else report.score.log_odds for report in reports]

    def _reached(self, report: Report) -> bool:
        if isinstance(self.threshold, str):
            return report.level.rank >= Level(self.threshold).rank
        return 100 * report.score.probability >= self.threshold

    def _check_threshold(self) -> None:
        if isinstance(self.threshold, str):
            valid = self.threshold in set(Level) - {Level.LOW}
        else:
            valid = isinstance(self.threshold, Real) and 0 < self.threshold < 100
        if not valid:
            raise ValueError(
                "threshold: 'caution', 'high', 'critical' or points above 0 and below 100, "
                f"not {self.threshold!r}"
            )

    def __sklearn_tags__(self) -> Any:  # noqa: ANN401
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def _texts_of(X: Texts) -> list[str]:
    """Return the texts of whatever holds them; what is no text becomes an InputError later.

    Raises:
        InputError: It holds no texts, or is a table of several columns.
    """
    if isinstance(X, str | bytes):
        raise InputError("give a list of texts, not one text")
    shape: tuple[int, ...] = getattr(X, "shape", ())
    if len(shape) > 1:
        if len(shape) > 2 or shape[1] != 1:
            raise InputError(f"give one column of texts, not an array of shape {shape}")
        X = np.asarray(X, dtype=object)[:, 0]
    return list(X)
