"""``offer-screen rules profile``: what the rules of a pack cost."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from offer_screen.analysis.firing import example_samples
from offer_screen.analysis.profile import (
    Profile,
    RuleCost,
    SignalCost,
    Timing,
    WithoutRule,
    measure_profile,
    time_without,
)
from offer_screen.analysis.samples import FieldNames, read_samples
from offer_screen.cli import options
from offer_screen.cli.rules import data as fields
from offer_screen.cli.rules.app import PackPath, app, check_rules, load
from offer_screen.cli.tables import table
from offer_screen.cli.terminal import write_result
from offer_screen.rules.ruleset import RuleSet
from offer_screen.screener import Screener


class By(StrEnum):
    """What the table lists."""

    RULE = "rule"
    SIGNAL = "signal"


@app.command()
def profile(
    path: PackPath = None,
    *,
    data: fields.OptionalData = None,
    by: Annotated[By, typer.Option("--by", help="List rules or signals.")] = By.RULE,
    without: Annotated[
        str | None,
        typer.Option("--without", help="Take the time without this rule's own signals."),
    ] = None,
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="Runs of each time.")] = 3,
    top: fields.Top = 20,
    text_field: fields.TextField = fields.DEFAULT.text,
    as_of: options.AsOf = None,
    as_json: fields.Json = False,
) -> None:
    """Say what the rules cost: load time, memory, time a text, and work by rule or signal."""
    ruleset = load(path)
    check_rules([without] if without else (), ruleset)
    names = FieldNames(text_field)

    def build(rules: RuleSet) -> Screener:
        day: dt.date | None = None if as_of is None else as_of.date()
        return Screener(rules, engine="compiled", as_of=day)

    samples = read_samples(data, names) if data else example_samples(ruleset)
    if without:
        timed = time_without(build(ruleset), build, without, samples, repeats=max(repeats, 5))
        shown = timed.model_dump_json(indent=2) + "\n" if as_json else _without(timed)
        write_result(shown, None)
        return
    result = measure_profile(lambda: load(path), build, samples, repeats=repeats)
    fields.tell_errors(result.intake)
    shown = f"{result.model_dump_json(indent=2)}\n" if as_json else _shown(result, by, top)
    write_result(shown, None)


def _shown(result: Profile, by: By, top: int) -> str:
    cost = result.load
    lines = [
        f"pack: {cost.rules:,} rules, {cost.signals:,} signals, {cost.nodes:,} trie nodes,"
        f" {cost.patterns:,} patterns, {cost.leaves:,} questions to the text",
        f"load: files {_time(cost.read_seconds, 's')}, screener {_time(cost.build_seconds, 's')},"
        f" {cost.memory / 1e6:.1f} MB of objects",
    ]
    if result.stages:
        stages = result.stages
        lines.append(
            f"a text: read {_time(stages.read, 'µs')}, find {_time(stages.find, 'µs')},"
            f" report {_time(stages.report, 'µs')}"
        )
    lines.append(f"counted over {result.intake.texts:,} texts:\n")
    texts = max(1, result.intake.texts)
    listed = (
        _rules(result.rules[:top], texts)
        if by is By.RULE
        else _signals(result.signals[:top], texts)
    )
    return "".join(f"{line}\n" for line in lines) + listed


def _rules(costs: tuple[RuleCost, ...], texts: int) -> str:
    rows = [
        [
            cost.rule,
            f"{cost.handled / texts:.2f}",
            f"{cost.own_handled / texts:.2f}",
            f"{cost.own_nodes:,}",
            str(len(cost.own_signals)),
            str(cost.questions),
        ]
        for cost in costs
    ]
    head = [
        "rule",
        ">handled a text",
        ">of own signals",
        ">own nodes",
        ">own signals",
        ">questions",
    ]
    return table(head, rows)


def _signals(costs: tuple[SignalCost, ...], texts: int) -> str:
    rows = [
        [
            cost.signal,
            f"{cost.handled / texts:.2f}",
            f"{cost.found / texts:.2f}",
            f"{cost.nodes:,}",
            str(cost.gapped),
            str(cost.patterns),
            str(len(cost.asked_by)),
        ]
        for cost in costs
    ]
    head = [
        "signal",
        ">handled a text",
        ">found",
        ">own nodes",
        ">with gaps",
        ">patterns",
        ">asked by",
    ]
    return table(head, rows)


def _without(result: WithoutRule) -> str:
    if not result.own_signals:
        return f"{result.rule} has no signal of its own: without it nothing is looked up less.\n"
    told = "" if result.saved.low > 0 else " (cannot be told from noise)"
    return (
        f"without {result.rule} (signals: {', '.join(result.own_signals)})\n"
        f"  whole pack  {_time(result.whole, 'µs')} a text\n"
        f"  without     {_time(result.without, 'µs')}\n"
        f"  saved       {_time(result.saved, 'µs')}{told}\n"
    )


def _time(timing: Timing, unit: str) -> str:
    form = ".2f" if unit == "s" else ".0f"
    return f"{timing.median:{form}} {unit} [{timing.low:{form}}, {timing.high:{form}}]"
