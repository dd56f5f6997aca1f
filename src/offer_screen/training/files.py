"""From files of texts to a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from offer_screen.classify.model import TextModel
from offer_screen.pipeline import Pipeline
from offer_screen.rules.loader import load_ruleset
from offer_screen.training.classifier import train
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import Reader, read_extra, read_texts


def train_files(
    corpus: Sequence[Path],
    *,
    extra: Sequence[Path] = (),
    settings: TrainingSettings | None = None,
    read: Reader | None = None,
) -> TextModel:
    """Return the model of the texts of some files.

    Args:
        corpus: Files of labelled texts, see `read_texts`.
        extra: Further files, whose texts are no scams, see `read_extra`.
        settings: How to train.
        read: Reads a text; as the shipped pack does, if None.

    Raises:
        InputError: A file cannot be read, or the texts do not suffice.
    """
    settings = settings or TrainingSettings()
    read = read or shipped_reader(settings)
    parts = [read_texts(path, read) for path in corpus]
    parts += [read_extra(path, read) for path in extra]
    texts = [text for part, _ in parts for text in part]
    return train(texts, settings, sources=[source for _, source in parts])


def shipped_reader(settings: TrainingSettings) -> Reader:
    """Return what reads texts as the shipped pack does on the day of the settings."""
    return Pipeline(load_ruleset(), engine="compiled", as_of=settings.as_of).normalizer.read
