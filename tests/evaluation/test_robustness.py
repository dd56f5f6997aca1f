from __future__ import annotations

import numpy as np
import pytest

from offer_screen import Fold, Level, Screener
from offer_screen.evaluation import Sampling, Texts, screen_texts
from offer_screen.evaluation.attack_results import AttackResult
from offer_screen.evaluation.attacks import PADDING, attacks_on, rewritten
from offer_screen.evaluation.bars import check_attacks
from offer_screen.evaluation.measuring import Truth
from offer_screen.evaluation.plan import AttackBar, Plan
from offer_screen.evaluation.robustness import measure_attacks, sample_of
from offer_screen.values import Span

TEXT = "Dibutuhkan 5 orang untuk kerja di pabrik, gaji 5 juta, yang berminat hubungi 0812-0000-1111"
LONG = f"{TEXT}. {TEXT}. {TEXT}."


@pytest.fixture(scope="module")
def results(shipped: Screener, texts: Texts) -> tuple[AttackResult, ...]:
    screened = screen_texts(shipped, texts)
    sampling = Sampling(replicates=50)
    return measure_attacks(shipped, screened.truth, screened.readings, sampling, most=6)


def test_every_attack_rewrites_a_long_text_and_always_alike(shipped: Screener) -> None:
    document = shipped.normalizer.read(LONG)
    spans = [Span(0, len(LONG))]
    for name, attack in attacks_on(shipped.ruleset).items():
        found = rewritten(attack, document, spans)
        assert found is not None, name
        assert found != LONG
        assert rewritten(attack, document, spans) == found


def test_words_without_evidence_are_left_alone(shipped: Screener) -> None:
    attack = attacks_on(shipped.ruleset)["leet, words of evidence"]
    document = shipped.normalizer.read(TEXT)
    at = TEXT.index("pabrik")
    found = rewritten(attack, document, [Span(at, at + 6)])
    assert found is not None
    assert found[:at] == TEXT[:at]
    assert found[at + 6 :] == TEXT[at + 6 :]
    assert rewritten(attack, document, []) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("upper case", TEXT.upper()),
        ("lower case", TEXT.lower()),
        ("cut in half", TEXT[: len(TEXT) // 2]),
        ("padding after", f"{TEXT}\n\n{PADDING}"),
    ],
)
def test_what_simple_attacks_leave(shipped: Screener, name: str, expected: str) -> None:
    document = shipped.normalizer.read(TEXT)
    assert rewritten(attacks_on(shipped.ruleset)[name], document, []) == expected


def test_typos_touch_some_words_and_no_first_letter(shipped: Screener) -> None:
    attack = attacks_on(shipped.ruleset)["typos, a word in five"]
    found = rewritten(attack, shipped.normalizer.read(LONG), [])
    assert found is not None
    before, after = LONG.split(), found.split()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert 0 < len(changed) < len(before) / 2
    assert all(old[0] == new[0] for old, new in changed)


def test_slang_and_english_keep_capitals(shipped: Screener) -> None:
    attack = attacks_on(shipped.ruleset)["English mixed in"]
    document = shipped.normalizer.read("GAJI besar. Gaji tetap, gaji pasti")
    assert rewritten(attack, document, []) == "SALARY big. Salary tetap, salary pasti"


def test_a_text_that_an_attack_cannot_touch_is_not_counted(
    results: tuple[AttackResult, ...],
) -> None:
    texts = {result.name: result.texts for result in results}
    assert texts["upper case"] == 6
    assert all(0 < count <= 6 for count in texts.values())
    assert {f"{fold.value}, every word" for fold in Fold} & texts.keys()


def test_recall_lost_is_before_minus_after(results: tuple[AttackResult, ...]) -> None:
    for result in results:
        for level in (Level.CAUTION, Level.HIGH):
            before, after = result.before[level].value, result.after[level].value
            assert before is not None
            assert after is not None
            assert result.lost[level].value == pytest.approx(before - after)
            assert result.escaped[level].of == result.before[level].hits


def test_the_worst_attack_decides_a_bar(results: tuple[AttackResult, ...]) -> None:
    plan = Plan(
        attack_bar=(
            AttackBar(attack="*", level=Level.HIGH, at_most=-1.0),
            AttackBar(attack="none", level=Level.HIGH, at_most=0.0),
        )
    )
    (found,) = check_attacks(results, plan)
    assert found.met is False
    assert found.measured.value == max(result.lost[Level.HIGH].value or 0 for result in results)


def test_a_sample_is_drawn_the_same_way_each_time() -> None:

    indexes = np.arange(100)
    drawn = sample_of(indexes, 10, 3)
    assert drawn.tolist() == sorted(set(drawn.tolist()))
    assert (
        drawn.tolist() == sample_of(indexes, 10, 3).tolist() != sample_of(indexes, 10, 4).tolist()
    )
    assert sample_of(indexes, 200, 3).tolist() == indexes.tolist()


def test_no_positives_give_no_attacks(shipped: Screener, texts: Texts) -> None:
    part = tuple(text for text in texts.texts if not text.positive)[:3]
    screened = screen_texts(shipped, Texts(part))
    found = measure_attacks(shipped, Truth(part), screened.readings, Sampling(), most=5)
    assert found == ()
