"""What the fuzzer tries: each target takes any bytes and fails by an exception of any kind.

A target knows nothing of the fuzzer, so that what was found can be replayed by an ordinary test.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import NamedTuple

from offer_screen import InputError, Report, Screener
from offer_screen.extract.money import find_money, monthly
from offer_screen.extract.money_words import MoneyWords
from offer_screen.facts import Money
from offer_screen.fusion import read_fusion, shipped_fusion
from tests.fuzz import files, seeds

DAY = dt.date(2026, 11, 24)
_LONGEST_MESSAGE = 200


class Target(NamedTuple):
    """One thing to fuzz.

    Attributes:
        check: Fails on a finding.
        seeds: What to begin with.
        longest: Bytes at most.
        mutate: Changes an input within its form; None where any bytes are of the form.
    """

    check: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    longest: int
    mutate: Callable[[bytes, Random], bytes] | None = None


@cache
def screeners() -> tuple[Screener, Screener]:
    """Return the shipped screener, and the same with the compiled engine."""
    first = Screener.load(as_of=DAY)
    return first, Screener(
        first.ruleset,
        engine="compiled",
        as_of=DAY,
        classifier=first.classifier,
        fusion=read_fusion(shipped_fusion()),
    )


@cache
def money_words() -> MoneyWords:
    reference = screeners()[1].reference
    names = {code: entry.names for code, entry in reference.currencies.items()}
    return MoneyWords.build(names, reference.money_roles)


def text_of(data: bytes) -> str:
    """Return a text, with lone surrogates where the bytes spell them."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def check_text(data: bytes) -> None:
    """Any text gives a report that holds together, or says what is wrong with the text.

    The first byte says what is asked for: 1 to mask, 2 to ask both engines, 12 to ask what if.
    """
    asked, text = data[0] if data else 0, text_of(data[1:])
    first, second = screeners()
    options = {"include_text": True, "redact": bool(asked & 1), "what_if": asked & 12 == 12}
    try:
        report = first.screen(text, **options)
    except InputError as error:
        assert len(str(error)) < _LONGEST_MESSAGE
        surrogates = any("\ud800" <= char <= "\udfff" for char in text)
        assert not text.strip() or surrogates or len(text) > 20_000
        return
    check_report(report, text, masked=bool(asked & 1))
    assert Report.from_json(report.to_json()) == report
    if asked & 2:
        other = second.screen(text, **options)
        assert other.replaced(engine=first.engine) == report


def check_report(report: Report, text: str, *, masked: bool = False) -> None:
    """A report quotes the text at its spans, and its parts add up."""
    assert report.text is not None
    assert len(report.text) == len(text)
    assert masked or report.text == text
    for fact in report.facts:
        assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert fact.text == report.text[fact.span.start : fact.span.end]
    for finding in (*report.findings, *report.mentioned, *report.would_have):
        for item in finding.evidence:
            assert 0 <= item.span.start < item.span.end <= len(text)
    score = report.score
    assert score.log_odds == math.fsum(item.value for item in report.contributions)
    assert 0 <= score.probability <= 1
    assert score.level.rank >= score.level_of_points.rank


def check_money(data: bytes) -> None:
    """Amounts stand in order at spans of the text, are finite, and do not depend on the place."""
    text = text_of(data)
    found = amounts(text)
    end = 0
    for money in found:
        assert end <= money.span.start < money.span.end <= len(text)
        end = money.span.end
        ends = [value for value in (money.low, money.high) if value is not None]
        assert all(math.isfinite(value) and value >= 0 for value in ends)
        assert ends == sorted(ends)
        month = monthly(money, 16_000.0)
        assert month is None or math.isfinite(month)
    assert amounts(text) == found


def amounts(text: str) -> tuple[Money, ...]:
    return find_money(screeners()[1].normalizer.read(text), money_words())


TARGETS: Mapping[str, Target] = {
    "text": Target(check_text, seeds.texts, 2_000),
    "money": Target(check_money, seeds.amounts, 300),
    "rules": Target(files.check_rules, seeds.rules, 4_000, files.mutated_rules),
    "model": Target(files.check_model, seeds.models, 8_000, files.mutated_model),
    "weights": Target(files.check_weights, seeds.weights, 4_000, files.mutated_weights),
}
