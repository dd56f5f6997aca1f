from __future__ import annotations

import pytest

from offer_screen.authoring.why import Branch, Explanation, condition_of, why
from offer_screen.errors import InputError
from offer_screen.screener import Screener
from offer_screen.values import Fold, Kind, Span, Stance


def leaf(branch: Branch, asks: str) -> Branch:
    """Return the branch that asks so, wherever it stands."""
    found = [branch, *branch.parts]
    while found:
        candidate = found.pop()
        if candidate.asks.startswith(asks):
            return candidate
        found.extend(candidate.parts)
    raise LookupError(asks)


def test_what_holds_is_quoted_with_its_place(good: Screener) -> None:
    text = "Lowongan kasir, bayar 200 ribu dulu."
    explained = why(good, "upfront-fee", text)
    assert explained.fires
    assert explained.when.holds
    (seen,) = leaf(explained.when, "signal fee-asked").seen
    assert text[seen.span.start : seen.span.end] == seen.text == "bayar 200 ribu"
    assert seen.stance is Stance.ASSERTED


def test_what_was_undone_to_read_a_word_is_told(good: Screener) -> None:
    explained = why(good, "upfront-fee", "L0wongan kasir, bayar 200 ribu dulu.")
    assert leaf(explained.when, "signal vacancy").seen[0].folds == (Fold.LEET,)
    assert "'L0wongan' at 0–8 (leet)" in str(explained)


@pytest.mark.parametrize(
    ("rule", "text", "asks", "nearest"),
    [
        (
            "upfront-fee",
            "Lowongan kasir, tidak bayar 200 ribu.",
            "signal fee-asked",
            "'bayar 200 ribu' is negated, not asserted or quoted",
        ),
        (
            "upfront-fee",
            "Lowongan kasir. Biaya seragam nanti.",
            "signal fee-asked",
            "'biaya ~3 {payment}' lacks {payment}",
        ),
        (
            "pay-without-skill",
            "Gaji 3 juta, pengalaman boleh tanpa.",
            "signal no-skill",
            "the words of 'tanpa pengalaman' are there, but in another order, too far apart,"
            " or in different sentences",
        ),
        ("upfront-fee", "Bayar 200 ribu.", "fact job", "no job in the text"),
    ],
)
def test_what_does_not_hold_names_what_came_nearest(
    rule: str, text: str, asks: str, nearest: str, good: Screener
) -> None:
    branch = leaf(why(good, rule, text).when, asks)
    assert not branch.holds
    assert nearest in branch.nearest


@pytest.mark.parametrize(
    ("rule", "text", "nearest"),
    [
        (
            "pay-above-ceiling",
            "Gaji 15 juta sebulan di pabrik Taiwan.",
            "'15 juta sebulan': ratio_to_ceiling is 0.",
        ),
        ("pay-above-ceiling", "Biaya 5 juta ke Kamboja.", "is read as fee, not salary"),
        ("passport-held", "Waspada, paspor dipegang agen.", "warned, not asserted"),
    ],
)
def test_the_nearest_fact_tells_the_value_that_it_has(
    rule: str, text: str, nearest: str, shipped: Screener
) -> None:
    assert nearest in str(why(shipped, rule, text))


def test_a_finding_is_explained_by_its_own_condition(good: Screener) -> None:
    explained = why(good, "pay-without-skill", "Tanpa pengalaman, gaji 3 juta.")
    finding = leaf(explained.when, "finding pay-far-above")
    assert not finding.holds
    assert leaf(finding, "fact salary").nearest
    assert "✗ finding pay-far-above" in str(explained)


def test_what_a_warning_mentions_is_said_to_count_as_reported(shipped: Screener) -> None:
    text = "Waspada TPPO! Kenali modusnya: gaji besar dan proses mudah. Laporkan ke polisi."
    explained = why(shipped, "process-easy", text)
    assert explained.text_kind is Kind.AWARENESS
    assert "counts as reported" in explained.headline


def test_an_explanation_survives_json(good: Screener) -> None:
    explained = why(good, "upfront-fee", "Lowongan kasir, bayar 200 ribu dulu.")
    assert Explanation.model_validate_json(explained.model_dump_json()) == explained


def test_grounds_are_only_what_the_rule_asks_to_be_there(good: Screener) -> None:
    text = "Tanpa izin. Lowongan kasir, bayar 200 ribu dulu."
    grounds = set(why(good, "upfront-fee", text).when.grounds)
    assert {quote.span for quote in grounds} == {Span(12, 20), Span(28, 42)}


def test_the_tree_gives_the_answer_of_the_engine(shipped: Screener) -> None:
    for rule in shipped.ruleset.rules.values():
        for text in (rule.examples.match[0], rule.examples.no_match[0]):
            trace = shipped.trace(text)
            branch = condition_of(rule.id, trace, shipped, near=False)
            assert branch.holds is (rule.id in trace.fired), f"{rule.id}: {text}"


def test_an_unknown_rule_and_a_blank_text_are_refused(good: Screener) -> None:
    with pytest.raises(KeyError):
        why(good, "none", "Lowongan kasir")
    with pytest.raises(InputError):
        why(good, "upfront-fee", "  ")
