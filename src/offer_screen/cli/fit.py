"""``offer-screen fit``: fits the weights of the score to a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offer_screen.cli.terminal import tell, those_there, write_result


def fit(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="[FOLDER]",
            help="Corpus with train.jsonl, to fit to, and dev.jsonl, to calibrate on.",
            exists=True,
            file_okay=False,
        ),
    ] = Path("corpus"),
    *,
    out: Annotated[Path, typer.Option("--out", help="File to write.", dir_okay=False)],
    model: Annotated[
        Path | None,
        typer.Option(
            "--model", help="Classifier trained on train.jsonl; the shipped one if not given."
        ),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules", help="Folder of a rule pack in place of the shipped one.", file_okay=False
        ),
    ] = None,
    extra: Annotated[
        list[Path] | None,
        typer.Option(
            "--extra",
            help="Texts that are no scams, as the classifier was trained on; one that is not"
            " there is told of and left out.",
        ),
    ] = None,
) -> None:
    """Fit the weights of rules and classifier, the calibration and the levels.

    The analysts' weights are the prior, their signs and the caps are kept. The file tells of each
    rule how far it moved, and why where it moved far.
    """
    # Imported here, because they need scikit-learn and a second.
    from offer_screen.classify.model import read_model, shipped_model  # noqa: PLC0415
    from offer_screen.rules.loader import load_ruleset  # noqa: PLC0415
    from offer_screen.training.fitting import fit_files  # noqa: PLC0415

    found = those_there(extra)
    fusion = fit_files(
        folder / "train.jsonl",
        folder / "dev.jsonl",
        ruleset=load_ruleset(rules),
        model=read_model(model or shipped_model()),
        extra=found,
    )
    write_result(fusion.to_json(), out)
    for name, told in (("rules only", fusion.rules_only), ("rules and model", fusion.with_model)):
        levels = ", ".join(f"{level.value} {cut:g}" for level, cut in told.levels.items())
        tell(f"{name}: slope {told.slope:g}, levels from {levels}")
    tell(f"{sum(rule.reason is not None for rule in fusion.rules.values())} rules moved far")
