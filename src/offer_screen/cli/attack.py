"""``offer-screen attack``: what an adversary can do to labelled scams, and what holds."""

from __future__ import annotations

from typing import Annotated

import typer

from offer_screen.cli import labelled, options
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.terminal import write_result


def attack(
    files: labelled.Files,
    *,
    plan: labelled.PlanFile = None,
    name: labelled.Name = None,
    positive: labelled.Positive = None,
    negative: labelled.Negative = None,
    field: labelled.Field = None,
    rules: options.Rules = None,
    as_of: options.AsOf = None,
    model: options.Model = "auto",
    weights: options.Weights = "fitted",
    sample: Annotated[
        int, typer.Option("--sample", min=1, help="Positives to attack, drawn by the seed.")
    ] = 200,
    budget: Annotated[
        float,
        typer.Option(
            "--budget", min=0.01, max=1.0, help="Share of the words of a text that a search edits."
        ),
    ] = 0.1,
    screens: Annotated[
        int, typer.Option("--screens", min=1, help="Times that a search asks of one text.")
    ] = 150,
    replicates: labelled.Replicates = 1000,
    seed: labelled.Seed = 20261124,
    workers: labelled.Workers = 1,
    strict: labelled.Strict = False,
    as_json: labelled.Json = False,
) -> None:
    """Rewrite labelled scams as adversaries do, and tell what it costs them and what held."""
    library = labelled.library("attack")
    chosen = library.read_plan() if plan is None else library.read_plan(plan)
    texts = library.read_texts(
        files,
        chosen,
        names=labelled.field_names(library, field),
        labels=labelled.label_rule(library, positive, negative),
    )
    labelled.tell_bad(texts)
    screener = options.load_screener(
        rules, options.EngineChoice.COMPILED, as_of, model=model, weights=weights
    )
    result = library.attack(
        screener,
        texts,
        name=labelled.run_name(name, files),
        plan=chosen,
        sampling=library.Sampling(replicates=replicates, seed=seed),
        sample=sample,
        budget=library.Budget(share=budget, screens=screens),
        workers=workers,
    )
    if as_json:
        write_result(f"{result.model_dump_json(indent=2)}\n", None)
    else:
        from offer_screen.cli.evaluation_tables import attack_tables  # noqa: PLC0415

        write_result(attack_tables(result), None)
    if strict and any(bar.met is False for bar in result.bars):
        raise typer.Exit(ExitCode.FINDINGS)
