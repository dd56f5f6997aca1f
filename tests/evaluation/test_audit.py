from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from offer_screen import Screener
from offer_screen.errors import InputError
from offer_screen.evaluation import Labelled, Sampling, Scores, Truth
from offer_screen.evaluation.audit import (
    audit,
    leakage,
    matched_subsets,
    near_duplicate,
    shares_sequence,
    within_cells,
)
from offer_screen.evaluation.curve import learning_curve
from offer_screen.evaluation.metrics import Floats
from offer_screen.evaluation.results import Audit

QUICK = Sampling(replicates=50)
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")


def confounded(count: int = 120) -> list[Labelled]:
    """Texts whose words tell the channel, and whose channel goes with the label."""
    random = np.random.default_rng(1)
    texts = []
    for at in range(count):
        channel = ("poster", "chat")[at % 2]
        positive = bool(random.random() < (0.9 if channel == "chat" else 0.1))
        words = " ".join(random.permutation(WORDS)[:6])
        texts.append(Labelled(f"{at}", f"{channel} {words}", positive, channel=channel))
    return texts


def run(texts: Sequence[Labelled], log_odds: Floats, screener: Screener) -> Audit:
    documents = [screener.normalizer.read(text.text) for text in texts]
    return audit(Scores("score", log_odds), Truth(texts), documents, (), QUICK)


def test_a_score_that_reads_the_channel_is_found_out(shipped: Screener) -> None:
    texts = confounded()
    by_channel = np.array([1.0 if text.channel == "chat" else -1.0 for text in texts])
    found = run(texts, by_channel, shipped)
    channel = next(item for item in found.predictable if item.nuisance == "channel")
    assert channel.accuracy is not None
    assert channel.accuracy > 0.95 > channel.majority
    assert channel.explained is not None
    assert channel.explained > 0.8
    assert (channel.auroc.value or 0) > 0.85
    assert (channel.auroc_without.value or 1) < 0.75
    matched = next(item for item in found.matched if item.by == "channel")
    assert matched.auroc.value == 0.5


def test_a_score_that_reads_the_label_is_not_blamed(shipped: Screener) -> None:
    texts = confounded()
    random = np.random.default_rng(2)
    by_label = np.array([1.0 if text.positive else -1.0 for text in texts])
    by_label += random.normal(scale=0.3, size=by_label.size)
    found = run(texts, by_label, shipped)
    channel = next(item for item in found.predictable if item.nuisance == "channel")
    assert channel.explained_beyond_label is not None
    assert channel.explained_beyond_label < 0.1
    matched = next(item for item in found.matched if item.by == "channel")
    assert matched.auroc.value == pytest.approx(1.0, abs=0.02)


def test_a_source_of_positives_alone_is_not_taken_for_a_nuisance(shipped: Screener) -> None:
    random = np.random.default_rng(3)
    texts = []
    for at in range(150):
        source = ("scams", "board", "chat")[at % 3]
        words = " ".join(random.permutation(WORDS)[:6])
        texts.append(Labelled(f"{at}", f"{source} {words}", source == "scams", source=source))
    by_label = np.array([1.0 if text.positive else -1.0 for text in texts])
    found = run(texts, by_label + random.normal(scale=0.3, size=150), shipped)
    told = next(item for item in found.predictable if item.nuisance == "source")
    assert told.classes == 2
    assert told.accuracy is not None
    assert told.accuracy > 0.95
    assert (told.auroc_without.value or 0) > 0.95


def test_within_cells_counts_pairs_of_the_same_cell_alone() -> None:
    log_odds = np.array([0.0, 1.0, 5.0, 4.0])
    positive = np.array([False, True, False, True])
    cells = [np.array([0, 1]), np.array([2, 3])]
    assert within_cells(log_odds, positive, cells)(np.ones((1, 4)))[0] == 0.5


def test_groups_are_set_against_each_other() -> None:
    texts = [
        Labelled(f"{at}", f"t{at}", at < 6, group="quotes" if at < 6 else "posters")
        for at in range(12)
    ]
    scores = Scores("score", np.arange(12.0)[::-1].copy())
    found = {item.by: item for item in matched_subsets(scores, Truth(texts), QUICK)}
    assert found["positives of quotes, negatives of posters"].auroc.value == 1


def test_one_text_of_each_label_is_an_audit_too(shipped: Screener) -> None:
    texts = [Labelled("a", "satu dua", True), Labelled("b", "tiga", False)]
    found = run(texts, np.array([1.0, 0.0]), shipped)
    assert found.predictable == ()


def test_shared_sequences_and_near_duplicates_are_found() -> None:
    train = ["satu dua tiga empat lima enam tujuh"]
    texts = ["Satu, dua tiga EMPAT lima!", "satu dua tiga empat", "lain sama sekali dari itu"]
    assert shares_sequence(texts, train, 5).tolist() == [True, False, False]
    assert near_duplicate(texts, train, 3, 0.5).tolist() == [True, False, False]


def test_leakage_leaves_out_what_resembles_training() -> None:
    seen = Labelled("t", "satu dua tiga empat lima enam", True)
    texts = [
        Labelled("0", f"{seen.text} tujuh", True),
        *(Labelled(f"{at}", f"teks biasa nomor {at}", at % 2 == 0) for at in range(1, 13)),
    ]
    scores = Scores("score", np.array([9.0, *range(12)]))
    found = leakage(scores, Truth(texts), [seen], QUICK)
    assert [item.texts for item in found] == [1, 1]
    assert found[0].auroc.value is not None
    assert found[0].auroc_without.value is not None
    assert found[0].auroc.value > found[0].auroc_without.value


def test_a_learning_curve_trains_on_whole_families_that_grow() -> None:
    train = [Labelled(f"{at}", f"kata {at}", at % 2 == 0, family=f"f{at // 4}") for at in range(80)]
    truth = Truth([Labelled(f"e{at}", f"uji {at}", at % 2 == 0) for at in range(10)])
    seen: list[list[str]] = []

    def learn(texts: Sequence[Labelled]) -> Callable[[Sequence[str]], Floats]:
        if len(texts) == 80:
            raise InputError("cannot")
        seen.append([text.text for text in texts])
        return lambda given: np.arange(float(len(given)))

    points = learning_curve(learn, train, truth, QUICK, shares=(0.1, 0.5, 0.75, 1.0))
    assert [point.families for point in points] == [2, 10, 15]
    assert [point.texts for point in points] == [8, 40, 60]
    assert set(seen[0]) < set(seen[1]) < set(seen[2])
