"""``offer-screen evaluate``: what the score is worth on labelled texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from offer_screen.cli import labelled, options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.terminal import tell, write_result
from offer_screen.errors import InputError
from offer_screen.screener import Screener

if TYPE_CHECKING:
    from offer_screen.evaluation import Evaluation

Train = Annotated[
    list[Path] | None,
    typer.Option(
        "--train",
        help="Texts that baselines are trained on; may be given several times.",
        exists=True,
        dir_okay=False,
    ),
]


def evaluate(
    files: labelled.Files,
    *,
    train: Train = None,
    plan: labelled.PlanFile = None,
    name: labelled.Name = None,
    positive: labelled.Positive = None,
    negative: labelled.Negative = None,
    unknown: Annotated[
        labelled.Unknown, typer.Option("--unknown", help="What texts labelled 'unknown' count as.")
    ] = labelled.Unknown.SKIP,
    field: labelled.Field = None,
    rules: options.Rules = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            "--compare",
            metavar="WHAT=PATH",
            help="Compare with another pack=FOLDER, model=FILE or weights=FILE; several times.",
        ),
    ] = None,
    as_of: options.AsOf = None,
    model: options.Model = "auto",
    weights: options.Weights = "fitted",
    refit: Annotated[
        bool,
        typer.Option(
            "--refit",
            help="Judge texts that the classifier was trained on by models that did not see"
            " them, in place of leaving them out; needs its corpus files as --train.",
        ),
    ] = False,
    replicates: labelled.Replicates = 1000,
    seed: labelled.Seed = 20261124,
    attacks: Annotated[
        int, typer.Option("--attacks", min=0, help="Positives that are rewritten in every way.")
    ] = 200,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out rewriting, audit and learning curve.")
    ] = False,
    workers: labelled.Workers = 1,
    strict: labelled.Strict = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Folder for report.html, report.json, and the plots as SVG and PNG.",
            file_okay=False,
        ),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option("--card", help="Model card to add this run to, by its name.", dir_okay=False),
    ] = None,
    as_json: labelled.Json = False,
) -> None:
    """Measure the score on labelled texts: figures with intervals, slices, ablations, bars."""
    library = labelled.library("evaluate")
    chosen = library.read_plan() if plan is None else library.read_plan(plan)
    names = labelled.field_names(library, field)
    labels = labelled.label_rule(library, positive, negative, unknown)
    texts = library.read_texts(files, chosen, names=names, labels=labels)
    training = library.read_texts(train or [], chosen, names=names, labels=labels)
    labelled.tell_bad(texts)

    def load(
        rules: list[Path] | None = rules, model: str = model, weights: str = weights
    ) -> Screener:
        return options.load_screener(
            rules, options.EngineChoice.COMPILED, as_of, model=model, weights=weights
        )

    screener = load()
    if refit:
        tell("training anew, without each text's own family: this takes minutes")
        screener = library.out_of_fold_screener(screener, train or [], files)
    with_model = screener.classifier is not None
    others = {"rules only": load(model="none")} if with_model else {}
    others |= {} if quick else library.heads_off(screener)
    others |= _compared(load, compare or [])
    result = library.evaluate(
        screener,
        texts,
        name=labelled.run_name(name, files),
        plan=chosen,
        train=training.texts,
        others=others,
        sampling=library.Sampling(replicates=replicates, seed=seed),
        depth=library.Depth(attacks=0 if quick else attacks, audit=not quick, curve=not quick),
        workers=workers,
    )
    if card is not None:
        _write_card(result, card)
    if out is not None:
        _write_folder(result, out)
    write_result(f"{result.model_dump_json(indent=2)}\n" if as_json else _shown(result), None)
    if strict and any(bar.met is False for bar in result.bars):
        raise typer.Exit(ExitCode.FINDINGS)


class _Load(Protocol):
    """Loads a screener as the options say, but for what is given."""

    def __call__(
        self, rules: list[Path] | None = ..., model: str = ..., weights: str = ...
    ) -> Screener: ...


def _compared(load: _Load, compared: list[str]) -> dict[str, Screener]:
    """Return the screeners that the score is to be compared with.

    Raises:
        BadParameter: What is asked for cannot be compared.
    """
    others: dict[str, Screener] = {}
    for pair in compared:
        what, _, path = pair.partition("=")
        if path and what == "pack":
            others[pair] = load(rules=[Path(path)])
        elif path and what == "model":
            others[pair] = load(model=path)
        elif path and what == "weights":
            others[pair] = load(weights=path)
        else:
            raise typer.BadParameter(
                f"--compare {pair!r}: give pack=FOLDER, model=FILE or weights=FILE"
            )
    return others


def _shown(result: Evaluation) -> str:
    from offer_screen.cli.evaluation_tables import evaluation_tables  # noqa: PLC0415

    return evaluation_tables(result)


def _write_card(result: Evaluation, card: Path) -> None:
    from offer_screen.evaluation.card import card_of, read_runs, runs_beside  # noqa: PLC0415

    beside = runs_beside(card)
    before = read_runs(beside)
    runs = before.with_run(result)
    for name in {run.name for run in before.runs} - {run.name for run in runs.runs}:
        tell(f"{card}: run {name!r} is of another score and is no longer in the card")
    write_result(runs.to_json(), beside)
    write_result(card_of(runs, json_name=beside.name), card)
    tell(f"wrote {card} and {beside.name}")


def _write_folder(result: Evaluation, folder: Path) -> None:
    from offer_screen.evaluation.plots import draw, png_of, svg_of  # noqa: PLC0415
    from offer_screen.rendering.evaluation import evaluation_page  # noqa: PLC0415

    plots = draw(result)
    drawn = {name: svg_of(plot, name) for name, plot in plots.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, plot in plots.items():
            (folder / f"{name}.png").write_bytes(png_of(plot))
    except OSError as error:
        raise InputError(f"cannot write to {folder}: {error.strerror or error}") from error
    for name, svg in drawn.items():
        write_result(svg, folder / f"{name}.svg")
    write_result(f"{result.model_dump_json(indent=2)}\n", folder / "report.json")
    write_result(evaluation_page(result, drawn), folder / "report.html")
    tell(f"wrote {folder / 'report.html'}, report.json and {len(plots)} plots")
