"""Prints what loading costs, and what twice as many rules cost each text.

    python benchmarks/loading.py [--rounds N]

Loading: CPU and memory of a fresh process, what it imports apart; medians of several processes.

Twice the rules: the shipped pack, and the same with a copy of every rule, signal, word class and
question under another id. The copies look for other words: those of the pack, written backwards.
So they are searched for in every text and stand in no text, as most rules of a pack are in most
texts. What a copy asks about facts is asked twice, and holds where the original holds.
Texts are those of ``screening.py``; the two packs take turns at each.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import statistics
import subprocess
import sys
import time
from typing import Any

from screening import offers

from offer_screen import RuleSet, Screener, load_ruleset
from offer_screen.rules.schema import MissingRule, Rule, Signal

_PROCESSES = 7
_COLD = """
import gc, resource, time
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20

zero, nothing = time.process_time(), memory()
import spacy
from offer_screen.infer.durable import why_not_durable
from offer_screen.rules.loader import load_ruleset
from offer_screen.screener import Screener
why_not_durable()  # imports durable-rules
gc.disable()  # as Screener.load does
start, before = time.process_time(), memory()
ruleset = load_ruleset()
read, middle = time.process_time(), memory()
screener = Screener(ruleset)
done = time.process_time()
print(start - zero, read - start, done - read, before - nothing, middle - before, memory() - middle)
"""

_COPY = "-copy"
_WORD = re.compile(r"(?<![\w{<-])[a-z][a-z-]*[a-z](?![\w>}-])")
_CLASS = re.compile(r"\{([a-z0-9-]+)\}")


def cold() -> None:
    """Print what loading costs a fresh process."""
    runs = [
        [float(value) for value in done.stdout.split()]
        for _ in range(_PROCESSES)
        for done in [
            subprocess.run(
                [sys.executable, "-c", _COLD], check=True, capture_output=True, text=True
            )
        ]
    ]
    imports, read, build, modules, rules, stages = (
        statistics.median(column) for column in zip(*runs, strict=True)
    )
    print(f"imports, spaCy among them    {imports:7.3f} s CPU  {modules:7.1f} MB")
    print(f"rules read and checked       {read:7.3f} s CPU  {rules:7.1f} MB")
    print(f"stages made of them          {build:7.3f} s CPU  {stages:7.1f} MB")
    print(f"both: Screener.load          {read + build:7.3f} s CPU  {rules + stages:7.1f} MB")


def doubled(ruleset: RuleSet) -> RuleSet:
    """Return ``ruleset`` with a copy of all that is looked for in texts."""
    named = {*ruleset.rules, *ruleset.missing}

    def copied(condition: Any) -> Any:  # noqa: ANN401  (raw JSON)
        if isinstance(condition, str):
            return condition + _COPY if condition in ruleset.signals else condition
        out = dict(condition)
        for key in ("all", "any", "none", "of"):
            if out.get(key) is not None:
                out[key] = [copied(part) for part in out[key]]
        if out.get("signal") in ruleset.signals:
            out["signal"] += _COPY
        if out.get("finding") in named:
            out["finding"] += _COPY
        return out

    def rule_of(rule: Rule) -> Rule:
        content = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
        content |= {"id": rule.id + _COPY, "when": copied(content["when"])}
        return Rule.model_validate(content)

    def question_of(rule: MissingRule) -> MissingRule:
        content = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return MissingRule.model_validate(content | {"when": copied(content["when"])})

    return dataclasses.replace(
        ruleset,
        rules={
            **ruleset.rules,
            **{rule.id + _COPY: rule_of(rule) for rule in ruleset.rules.values()},
        },
        missing={
            **ruleset.missing,
            **{name + _COPY: question_of(rule) for name, rule in ruleset.missing.items()},
        },
        signals={
            **ruleset.signals,
            **{name + _COPY: _other_words(signal) for name, signal in ruleset.signals.items()},
        },
        lexicon={
            **ruleset.lexicon,
            **{
                name + _COPY: tuple(_backwards(phrase) for phrase in phrases)
                for name, phrases in ruleset.lexicon.items()
            },
        },
    )


def _other_words(signal: Signal) -> Signal:
    return Signal(
        phrases=tuple(
            _CLASS.sub(rf"{{\1{_COPY}}}", _backwards(phrase)) for phrase in signal.phrases
        ),
        # A pattern is not easily turned round: one more letter in front, and it finds nothing.
        patterns=tuple(f"zqx(?:{pattern})" for pattern in signal.patterns if len(pattern) < 390),
    )


def _backwards(phrase: str) -> str:
    def turned(match: re.Match[str]) -> str:
        word = match[0][::-1]
        return word if word != match[0] else f"{word}q"

    return _WORD.sub(turned, phrase)


def twice(rounds: int) -> None:
    """Print what a text costs with the shipped rules, and with twice as many."""
    shipped = load_ruleset()
    packs = {"shipped": shipped, "twice": doubled(shipped)}
    for engine in ("durable", "compiled"):
        screeners = {name: Screener(ruleset, engine=engine) for name, ruleset in packs.items()}
        times: dict[str, list[float]] = {name: [] for name in packs}
        findings = dict.fromkeys(packs, 0)
        texts = offers(rounds + 50)
        for index, text in enumerate(texts):
            for name, screener in screeners.items():
                start = time.process_time()
                report = screener.screen(text)
                if index >= 50:
                    times[name].append(time.process_time() - start)
                    findings[name] += len(report.findings)
        for name, ruleset in packs.items():
            print(
                f"{engine:9} {name:8} {len(ruleset.rules):4} rules,"
                f" {len(ruleset.signals):4} signals"
                f"  {statistics.median(times[name]) * 1000:7.3f} ms CPU a text (median)"
                f"  {statistics.fmean(times[name]) * 1000:7.3f} (mean),"
                f" {findings[name] / rounds:.1f} findings"
            )
        medians = [statistics.median(times[name]) for name in packs]
        print(f"{engine:9} {medians[1] / medians[0] - 1:+.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400)
    options = parser.parse_args()
    cold()
    twice(options.rounds)


if __name__ == "__main__":
    main()
