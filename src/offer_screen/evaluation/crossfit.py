"""Texts that the classifier was trained on: they are left out, or judged by models without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from offer_screen.classify.base import LogOdds
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import TextModel
from offer_screen.errors import InputError
from offer_screen.evaluation.data import Labelled
from offer_screen.screener import Screener
from offer_screen.text.document import Document
from offer_screen.training.classifier import out_of_fold
from offer_screen.training.files import shipped_reader
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import TrainingText, read_extra, read_texts


class OutOfFoldClassifier(TextClassifier):
    """Says of texts in training what models without their family say; of others, what it says.

    Args:
        model: The model.
        told: What is said of each text in training.
    """

    def __init__(self, model: TextModel, told: Mapping[str, LogOdds]) -> None:
        super().__init__(model)
        self._told = told

    def __reduce__(self) -> tuple[type[OutOfFoldClassifier], tuple[object, ...]]:  # type: ignore[override]
        return OutOfFoldClassifier, (self.model, self._told)

    def log_odds(self, document: Document) -> LogOdds:
        """Return what is said of a text."""
        told = self._told.get(document.original)
        return super().log_odds(document) if told is None else told

    def knows(self, text: str) -> bool:
        """Whether a text is in training and has an answer of its own."""
        return text in self._told


def was_trained_on(text: Labelled, classifier: TextClassifier | None) -> bool:
    """Whether the classifier learned from a text, as far as its record of training tells.

    The record names files. A text of such a file counts as learned from, unless its own
    ``train_ok`` says that it may not be trained on.
    """
    if classifier is None or text.train_ok is False:
        return False
    if isinstance(classifier, OutOfFoldClassifier) and classifier.knows(text.text):
        return False
    return text.file in {source.name for source in classifier.model.trained.sources}


def out_of_fold_screener(
    screener: Screener, corpus: Sequence[Path], extra: Sequence[Path] = ()
) -> Screener:
    """Return a screener for which texts in training are judged by models without their family.

    Args:
        screener: The screener.
        corpus: The files of the corpus that its classifier was trained on.
        extra: Further files; those that it was not trained on are passed over.

    Raises:
        InputError: It has no classifier, or files that it was trained on are missing.
    """
    classifier = screener.classifier
    if classifier is None:
        raise InputError("there is no classifier to train anew: rules alone have seen no text")
    model = classifier.model
    sources = {source.name for source in model.trained.sources}
    corpus = [path for path in corpus if path.name in sources]
    extra = [path for path in extra if path.name in sources and path not in corpus]
    missing = sources - {path.name for path in (*corpus, *extra)}
    if missing:
        raise InputError(f"the classifier was trained on {', '.join(sorted(missing))} as well")
    settings = settings_of(model)
    plain = shipped_reader(settings)
    originals: list[str] = []

    def read(text: str) -> Document:
        originals.append(text)
        return plain(text)

    labelled: list[TrainingText] = []
    for path in corpus:
        labelled.extend(read_texts(path, read)[0])
    for path in extra:
        labelled.extend(read_extra(path, read)[0])
    rows = out_of_fold(labelled, settings).tolist()
    told = {
        text: LogOdds(row[0], (row[1], row[2], row[3], row[4]))
        for text, row in zip(originals, rows, strict=True)
    }
    return screener.with_classifier(OutOfFoldClassifier(model, told))


def settings_of(model: TextModel) -> TrainingSettings:
    """Return the settings that a model was trained with, as its record tells them.

    Raises:
        InputError: The record does not hold settings of this version of the library.
    """
    given = {**model.trained.settings, "features": model.features}
    try:
        return TrainingSettings.model_validate(given)
    except ValidationError as error:
        raise InputError("the model's record of its training is of another version") from error
