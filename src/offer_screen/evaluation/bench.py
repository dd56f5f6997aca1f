"""The attack bench: what an adversary can do to the positives of some texts, and what holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np

from offer_screen._version import __version__
from offer_screen.errors import InputError
from offer_screen.evaluation.attack_results import AttackResult, Budget, SearchFigures
from offer_screen.evaluation.attacks import Attack, attacks_on, pairs_of_folds
from offer_screen.evaluation.bars import check_attacks
from offer_screen.evaluation.data import Texts
from offer_screen.evaluation.intervals import rate
from offer_screen.evaluation.measuring import Sampling, Truth
from offer_screen.evaluation.plan import Plan, read_plan
from offer_screen.evaluation.results import AttackBench
from offer_screen.evaluation.robustness import (
    Attempt,
    Target,
    reads_the_same,
    result_of,
    targets_of,
    try_attacks,
)
from offer_screen.evaluation.run import not_learned_from, screen_texts, weighting_of
from offer_screen.evaluation.search import Found, search_all
from offer_screen.evaluation.surroundings import frames, paddings, pieces_of, trust_words
from offer_screen.evaluation.systems import read_reports, reading_of
from offer_screen.screener import Screener
from offer_screen.values import Level

SEARCH = "search"
_COUNTS = (2, 3)
"""Messages that an offer is split over."""


def attack(
    screener: Screener,
    texts: Texts,
    *,
    name: str = "attack",
    plan: Plan | None = None,
    sampling: Sampling | None = None,
    sample: int = 200,
    budget: Budget | None = None,
    workers: int = 1,
) -> AttackBench:
    """Attack the positives in every way and return what it cost.

    Texts that the screener's classifier was trained on are left out.

    Args:
        screener: The screener.
        texts: Labelled texts, as ``read_texts`` reads them.
        name: What the run is called.
        plan: Bars; the shipped plan if None.
        sampling: Seed of everything that is drawn, and resamples behind each interval.
        sample: Positives to attack; a sample if there are more.
        budget: What the search may do to one text.
        workers: Processes that screen.

    Raises:
        InputError: There is no positive to attack.
    """
    plan, sampling, budget = plan or read_plan(), sampling or Sampling(), budget or Budget()
    notes: list[str] = []
    texts = not_learned_from(texts, screener.classifier, notes)
    screened = screen_texts(screener, texts, workers=workers)
    truth = screened.truth
    targets = targets_of(screener, truth, screened.readings, sampling, most=sample)
    if not targets:
        raise InputError("; ".join(["no positive to attack", *notes]))
    ways: dict[str, Mapping[str, Attack]] = {
        "single": attacks_on(screener.ruleset),
        "pairs of folds": pairs_of_folds(),
        "padding": paddings(),
        "trust words": trust_words(screener.ruleset, screener.weighting),
        "frames": frames(),
    }
    families = {
        family: try_attacks(screener, truth, targets, attacks, sampling, workers=workers)
        for family, attacks in ways.items()
    }
    families["splitting"] = _split(screener, truth, targets, sampling, workers)
    found = search_all(
        screener,
        [target.document.original for target in targets],
        budget,
        seed=sampling.seed,
        workers=workers,
    )
    attempts = [
        Attempt(target, reading_of(one.report), reads_the_same(screener, target, one.text))
        for target, one in zip(targets, found, strict=True)
    ]
    families["search"] = (result_of(SEARCH, attempts, screener, truth, sampling),)
    classifier = screener.classifier
    return AttackBench(
        library=__version__,
        name=name,
        pack=screener.ruleset.label,
        pack_sha256=screener.ruleset.digest,
        model=None if classifier is None else classifier.digest,
        weighting=weighting_of(screener),
        as_of=screener.reference.as_of.isoformat(),
        seed=sampling.seed,
        replicates=sampling.replicates,
        sources=screened.texts.summary(),
        attacked=len(targets),
        families=families,
        search=_needed(targets, found, truth, budget),
        bars=check_attacks([item for items in families.values() for item in items], plan),
        notes=tuple(notes),
    )


def _split(
    screener: Screener,
    truth: Truth,
    targets: Sequence[Target],
    sampling: Sampling,
    workers: int,
) -> tuple[AttackResult, ...]:
    """Send each target as several messages that are screened apart."""
    results = []
    for count in _COUNTS:
        pieces = [(target, pieces_of(target.document.original, count)) for target in targets]
        pieces = [(target, parts) for target, parts in pieces if len(parts) == count]
        readings = iter(
            read_reports(screener, (part for _, parts in pieces for part in parts), workers=workers)
        )
        each: list[Attempt] = []
        worst: list[Attempt] = []
        for target, parts in pieces:
            told = [next(readings) for _ in parts]
            of_target = [
                Attempt(target, reading) for reading in told if not isinstance(reading, InputError)
            ]
            each += of_target
            worst += [max(of_target, key=_seriousness)] if of_target else []
        for name, attempts in (("the most serious message", worst), ("each message", each)):
            if attempts:
                title = f"split over {count}: {name}"
                results.append(result_of(title, attempts, screener, truth, sampling))
    return tuple(results)


def _seriousness(attempt: Attempt) -> tuple[int, float]:
    return attempt.after.level, attempt.after.log_odds


def _needed(
    targets: Sequence[Target], found: Sequence[Found], truth: Truth, budget: Budget
) -> SearchFigures | None:
    high = Level.HIGH.rank
    tried = [
        (target, one)
        for target, one in zip(targets, found, strict=True)
        if target.reading.level >= high
    ]
    if not tried:
        return None
    won = [(target, one) for target, one in tried if one.report.level.rank < high]
    codes = truth.codes[[target.at for target, _ in tried]]
    hits = [one.report.level.rank < high for _, one in tried]
    return SearchFigures(
        budget=budget,
        texts=len(tried),
        success=rate(np.array(hits, dtype=bool), codes),
        edits=_median([len(one.edits) for _, one in won]),
        words=_median([len(target.document.original.split()) for target, _ in won]),
        screens=_median([one.screens for _, one in tried]),
        ways=dict(Counter(edit.way for _, one in won for edit in one.edits).most_common()),
    )


def _median(values: Sequence[int]) -> float | None:
    return float(median(values)) if values else None
