from __future__ import annotations

from pathlib import Path

import pytest

from offer_screen.analysis.profile import (
    Profile,
    RuleCost,
    SignalCost,
    measure_profile,
    time_without,
)
from offer_screen.errors import InputError
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.screener import Screener
from tests.analysis.conftest import samples

BOTH = "uang muka, visa turis"
TEXTS = ((BOTH, None), ("bayar pakai visa turis", None), ("bayar saja", None))


def build(ruleset: RuleSet) -> Screener:
    return Screener(ruleset, engine="compiled")


@pytest.fixture(scope="module")
def result(pack: Path) -> Profile:
    return measure_profile(lambda: load_ruleset([pack]), build, samples(*TEXTS), repeats=2)


def signal(result: Profile, name: str) -> SignalCost:
    return next(cost for cost in result.signals if cost.signal == name)


def rule(result: Profile, name: str) -> RuleCost:
    return next(cost for cost in result.rules if cost.rule == name)


def test_what_the_matcher_handles_is_counted_though_nothing_comes_of_it(result: Profile) -> None:
    # 'bayar' twice and 'visa turis' twice are parts of one phrase, which is there once.
    assert signal(result, "paid-visa").handled == 4
    assert signal(result, "paid-visa").found == 1
    assert signal(result, "deposit").handled == 1
    assert signal(result, "passport-kept").handled == 0


def test_the_signal_that_is_handled_most_comes_first(result: Profile) -> None:
    assert [cost.signal for cost in result.signals[:2]] == ["paid-visa", "tourist-visa"]


def test_nodes_are_own_where_no_other_signal_needs_them(result: Profile) -> None:
    # 'visa' and 'visa turis' are shared with tourist-visa; 'bayar' is not.
    assert signal(result, "paid-visa").nodes == 1
    assert signal(result, "tourist-visa").nodes == 0
    assert signal(result, "deposit").nodes == 2
    assert result.load.nodes == 11


def test_a_signal_says_who_asks_about_it(result: Profile) -> None:
    assert signal(result, "deposit").asked_by == ("muka",)
    assert signal(result, "paid-visa").asked_by == ()
    assert signal(result, "paid-visa").gapped == 1


def test_a_rule_costs_its_own_signals_and_its_share_of_others(result: Profile) -> None:
    muka = rule(result, "muka")
    assert (muka.own_signals, muka.own_nodes, muka.own_handled) == (("deposit",), 2, 1)
    assert muka.handled == 1.0
    assert rule(result, "gabung").own_signals == ()
    assert rule(result, "gabung").questions == 2


def test_load_and_stages_are_timed_as_often_as_asked(result: Profile) -> None:
    assert result.load.read_seconds.repeats == 2
    assert result.load.memory > 0
    assert (result.load.rules, result.load.signals) == (6, 6)
    assert result.stages is not None
    for timing in (result.stages.read, result.stages.find, result.stages.report):
        assert timing.low <= timing.median <= timing.high


def test_counts_are_the_same_every_time(pack: Path, result: Profile) -> None:
    again = measure_profile(lambda: load_ruleset([pack]), build, samples(*TEXTS), repeats=1)
    assert again.signals == result.signals
    assert again.rules == result.rules


def test_without_texts_there_is_no_time_a_text(pack: Path) -> None:
    result = measure_profile(lambda: load_ruleset([pack]), build, (), repeats=1)
    assert result.stages is None
    assert result.intake.texts == 0


def test_a_pack_is_timed_without_the_signals_that_only_a_rule_needs(small: Screener) -> None:
    built: list[RuleSet] = []

    def remember(ruleset: RuleSet) -> Screener:
        built.append(ruleset)
        return build(ruleset)

    result = time_without(small, remember, "muka", samples(*TEXTS), repeats=2)
    assert result.own_signals == ("deposit",)
    assert small.ruleset.signals.keys() - built[0].signals.keys() == {"deposit"}
    assert result.saved.repeats == 2


def test_no_time_can_be_taken_without_texts(small: Screener) -> None:
    with pytest.raises(InputError, match="no text"):
        time_without(small, build, "muka", samples((" ", None)))
