"""``offer-screen rules fitness``: what each rule is worth on labelled texts."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from offer_screen.analysis.estimates import LogRatio, Share
from offer_screen.analysis.fitness import Fitness, RuleFitness, measure_fitness
from offer_screen.analysis.samples import FieldNames, read_samples
from offer_screen.cli import options
from offer_screen.cli.rules import data as fields
from offer_screen.cli.rules.app import PackPath, app, check_rules
from offer_screen.cli.tables import percent, table
from offer_screen.cli.terminal import write_result
from offer_screen.rendering.view import one_line
from offer_screen.results import FindingType

_ONE_IN_TWENTY = 0.05
"""Chance of a single false alarm among all the trends that are tested."""


class SortBy(StrEnum):
    """What the table is ordered by."""

    HITS = "hits"
    PRECISION = "precision"
    ALARMS = "alarms"
    EFFECT = "effect"
    RULE = "rule"


@app.command()
def fitness(
    path: PackPath = None,
    *,
    data: fields.Data,
    positive: Annotated[
        list[str] | None,
        typer.Option("--positive", help="Label of what red flags are to find. Default: scam."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", help="Label that says nothing. Default: unknown."),
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Show this rule in full; several times.")
    ] = None,
    sort: Annotated[SortBy, typer.Option("--sort", help="Order of the table.")] = SortBy.HITS,
    top: fields.Top = 40,
    dead: Annotated[
        bool, typer.Option("--dead", help="List only the rules that fire on no text.")
    ] = False,
    text_field: fields.TextField = fields.DEFAULT.text,
    label_field: fields.LabelField = fields.DEFAULT.label,
    date_field: fields.DateField = fields.DEFAULT.date,
    as_of: options.AsOf = None,
    as_json: fields.Json = False,
) -> None:
    """Say what each rule is worth: hits, precision, effect when left out, partners, drift."""
    screener = options.load_screener(
        None if path is None else [path], options.EngineChoice.COMPILED, as_of
    )
    check_rules(rule or (), screener.ruleset)
    result = measure_fitness(
        screener,
        read_samples(data, FieldNames(text_field, label_field, date_field)),
        positive=positive or ("scam",),
        ignored=("unknown",) if ignore is None else ignore,
    )
    fields.tell_errors(result.intake)
    if as_json:
        write_result(f"{result.model_dump_json(indent=2)}\n", None)
    elif dead:
        lines = [f"{item.rule}\n" for item in result.rules if item.dead]
        write_result("".join(lines) or "no rule is without a hit\n", None)
    elif rule:
        chosen = [item for item in result.rules if item.rule in rule]
        write_result("\n".join(_card(item, result) for item in chosen), None)
    else:
        write_result(_overview(result, sort, top), None)


def _overview(result: Fitness, sort: SortBy, top: int) -> str:
    alive = sorted((item for item in result.rules if not item.dead), key=_key(sort))
    rows = [_row(item) for item in alive[:top]]
    head = ["rule", ">weight", ">hits", ">precision", "95 %", ">evidence", *_EFFECTS, "drift"]
    left = len(alive) - len(rows)
    silent = len(result.rules) - len(alive)
    parts = [
        f"{fields.about(result.intake)}\n{_reached(result)}\n",
        table(head, rows) if rows else "No rule fires on these texts.\n",
        f"\n{left} more rules fire: --top shows them.\n" if left else "",
        f"{silent} rules fire on no text: --dead lists them.\n" if silent else "",
        _drifting(result),
    ]
    return "".join(parts)


_EFFECTS = (">caution+", ">alarms", ">high+", ">alarms")


def _key(sort: SortBy) -> Callable[[RuleFitness], tuple[float, float, str]]:
    """Return what the rows are sorted by; the row that most wants a look comes first."""

    def key(item: RuleFitness) -> tuple[float, float, str]:
        match sort:
            case SortBy.HITS:
                return -item.hits, 0, item.rule
            case SortBy.PRECISION:
                return item.precision.high, -item.hits, item.rule
            case SortBy.ALARMS:
                return -item.effects[0].negatives, -item.alarms.hits, item.rule
            case SortBy.EFFECT:
                return -item.effects[0].positives, -item.hits, item.rule
            case SortBy.RULE:
                return 0, 0, item.rule

    return key


def _row(item: RuleFitness) -> list[str]:
    effects = [
        f"{count:+d}" if count else "·"
        for effect in item.effects
        for count in (effect.positives, effect.negatives)
    ]
    trend = item.drift.trend if item.drift else None
    return [
        item.rule if item.scores else f"{item.rule} ({item.status})",
        f"{item.weight:+.1f}",
        f"{item.hits:,}",
        percent(item.precision.value),
        f"{percent(item.precision.low)}-{percent(item.precision.high)}",
        _evidence(item.evidence),
        *effects,
        "" if trend is None else f"z {trend.z:+.1f}",
    ]


def _evidence(evidence: LogRatio | None) -> str:
    if evidence is None:
        return "-"
    return f"{evidence.value:+.1f}" if evidence.told else "?"


def _reached(result: Fitness) -> str:
    if not result.positives and not result.negatives:
        return "no text has a label that counts, so there is no precision and no effect\n"
    lines = [
        f"{item.level} or above: {_of(item.positives)} of positives, {_of(item.negatives)}"
        " of negatives\n"
        for item in result.reached
    ]
    return f"positive: {', '.join(map(one_line, result.positive))}\n{''.join(lines)}"


def _of(part: Share) -> str:
    if part.value is None:
        return "none there"
    return f"{part.hits:,}/{part.of:,} = {percent(part.value)} {_interval(part)}"


def _interval(part: Share) -> str:
    return f"[{percent(part.low)}, {percent(part.high)}]"


def _drifting(result: Fitness) -> str:
    """Name the rules whose trend is no chance, though as many trends were tested."""
    tested = [
        (item.rule, item.drift.trend) for item in result.rules if item.drift and item.drift.trend
    ]
    found = [
        f"  {rule} {'rises' if trend.z > 0 else 'falls'} (p = {trend.p:.1g})\n"
        for rule, trend in tested
        if trend.p * len(tested) < _ONE_IN_TWENTY
    ]
    if not found:
        return ""
    return f"\nDrift over the months, of {len(tested)} rules tested:\n{''.join(found)}"


def _card(item: RuleFitness, result: Fitness) -> str:
    right = "positive" if item.type is FindingType.RED_FLAG else "not positive"
    labels = ", ".join(f"{one_line(label)} {count:,}" for label, count in item.by_label.items())
    lines = [
        f"{item.rule}: {item.type}, {item.category}, {item.status}, {item.severity},"
        f" weight {item.weight:+.1f}",
        f"  hits      {item.hits:,} of {result.intake.texts:,} texts; {labels or 'no labels'}",
        f"  precision {_of(item.precision)} ({right})",
        f"  recall    {_of(item.recall)} of positives",
        f"  alarms    {_of(item.alarms)} of negatives",
    ]
    if item.evidence:
        evidence = item.evidence
        lines.append(
            f"  evidence  {evidence.value:+.2f} [{evidence.low:+.2f}, {evidence.high:+.2f}]"
            f" log-odds, weight {item.weight:+.2f}"
        )
    verb = "brings" if item.scores else "would bring"
    lines.extend(
        f"  {verb} {effect.positives:+d} positives and {effect.negatives:+d} negatives"
        f" to {effect.level} or above"
        for effect in item.effects
    )
    lines.extend(
        f"  with      {partner.rule}: {partner.both:,} texts, Jaccard {partner.jaccard:.2f}"
        for partner in item.partners
    )
    if item.drift:
        shown = ", ".join(f"{month} {hits}/{of}" for month, hits, of in item.drift.months)
        lines.append(f"  months    {shown}")
        if item.drift.trend:
            trend = item.drift.trend
            lines.append(f"  trend     z {trend.z:+.2f}, p = {trend.p:.2g}")
    return "".join(f"{line}\n" for line in lines)
