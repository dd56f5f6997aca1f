"""``offer-screen train``: files of labelled texts in, a model file out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.classify.model import model_file
from offer_screen.cli.terminal import tell, those_there
from offer_screen.errors import InputError


def train(
    corpus: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS...",
            help="JSON lines with text, label (scam, legit, not_offer), kind, family, channel.",
            exists=True,
            dir_okay=False,
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="Model file to write.", dir_okay=False)],
    extra: Annotated[
        list[Path] | None,
        typer.Option(
            "--extra",
            help="Texts that are no scams (records with train_ok: true); may be given often, and"
            " a file that is not there is told of and left out.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Recorded in the model.")] = 0,
) -> None:
    """Train a text classifier; the same files and seed give the same model, byte for byte."""
    # Imported here, because they need scikit-learn and a second.
    from offer_screen.training.files import train_files  # noqa: PLC0415
    from offer_screen.training.settings import TrainingSettings  # noqa: PLC0415

    found = those_there(extra)
    model = train_files(corpus, extra=found, settings=TrainingSettings(seed=seed))
    data = model_file(model)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror or error}") from error
    for source in model.trained.sources:
        tell(f"{source.name}: {source.texts:,} texts")
    tell(
        f"{out}: {len(model.words):,} words, {len(model.pairs):,} pairs,"
        f" {len(model.subwords):,} parts of words, {len(data):,} bytes, sha256 {model.sha256}"
    )
