"""One evaluation from beginning to end."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from offer_screen._version import __version__
from offer_screen.classify.linear import TextClassifier
from offer_screen.errors import InputError
from offer_screen.evaluation.attack_results import AttackResult
from offer_screen.evaluation.audit import audit
from offer_screen.evaluation.bars import check_attacks, check_bars, check_versus, claims_of
from offer_screen.evaluation.baselines import baseline_scores
from offer_screen.evaluation.comparison import compare
from offer_screen.evaluation.crossfit import OutOfFoldClassifier, was_trained_on
from offer_screen.evaluation.curve import learn_characters, learning_curve, learns_like
from offer_screen.evaluation.data import Labelled, Texts
from offer_screen.evaluation.drawing import confusion_of, plots_of, rules_of
from offer_screen.evaluation.measuring import Sampling, Truth, measure, measure_slices
from offer_screen.evaluation.plan import Plan, read_plan
from offer_screen.evaluation.results import Audit, Evaluation
from offer_screen.evaluation.robustness import measure_attacks
from offer_screen.evaluation.systems import (
    CLASSIFIER_ONLY,
    FUSED,
    RULES_ONLY,
    Reading,
    Scores,
    ablations,
    read_reports,
    scores_of,
)
from offer_screen.screener import Screener
from offer_screen.values import Value


class Screened(NamedTuple):
    """Texts with what the screener says of them; those that it refuses are no longer there."""

    texts: Texts
    readings: tuple[Reading, ...]

    @property
    def truth(self) -> Truth:
        """What is true of the texts."""
        return Truth(self.texts.texts)


def screen_texts(screener: Screener, texts: Texts, *, workers: int = 1) -> Screened:
    """Screen each text once."""
    results = read_reports(screener, (text.text for text in texts.texts), workers=workers)
    refused = {at: result for at, result in enumerate(results) if isinstance(result, InputError)}
    return Screened(
        texts.without(refused),
        tuple(result for result in results if not isinstance(result, InputError)),
    )


class Depth(Value):
    """What is measured beside the figures.

    Attributes:
        attacks: Positives that are rewritten in every way; 0 for none.
        audit: Whether the audit is made.
        curve: Whether the learning curve is, when there are training texts.
    """

    attacks: Annotated[int, Field(ge=0)] = 200
    audit: bool = True
    curve: bool = True


def evaluate(
    screener: Screener,
    texts: Texts,
    *,
    name: str = "evaluation",
    plan: Plan | None = None,
    train: Sequence[Labelled] = (),
    others: Mapping[str, Screener] | None = None,
    sampling: Sampling | None = None,
    depth: Depth | None = None,
    workers: int = 1,
) -> Evaluation:
    """Return everything that can be said of a screener on labelled texts.

    Texts that the screener's classifier was trained on are left out; ``out_of_fold_screener``
    gives a screener that may be evaluated on them.

    Args:
        screener: The screener.
        texts: Labelled texts, as ``read_texts`` reads them.
        name: What the run is called.
        plan: Bars; the shipped plan if None.
        train: Texts that baselines are trained on; those that are evaluated on are left out.
        others: Screeners to compare with, by name: another pack, model or weights. One that is
            called ``rules only`` takes the place of the score without the classifier's addend,
            which has no calibration of its own.
        sampling: Of the intervals.
        depth: What is measured beside the figures; everything if None.
        workers: Processes that screen.

    Raises:
        InputError: No text is left to evaluate on.
    """
    plan, sampling, depth = plan or read_plan(), sampling or Sampling(), depth or Depth()
    notes: list[str] = []
    texts = not_learned_from(texts, screener.classifier, notes)
    train = _apart(train, texts.texts, notes)
    texts, readings = screen_texts(screener, texts, workers=workers)
    if not readings:
        raise InputError(
            "; ".join(["no text to evaluate on", *notes])
            if notes
            else "no text to evaluate on: no label counts, or none could be screened"
        )
    truth = Truth(texts.texts)
    left_out: list[str] = []
    with_model = any(reading.classifier is not None for reading in readings)
    score = scores_of(FUSED if with_model else RULES_ONLY, readings)
    compared = [_scores_by(name, other, texts, workers) for name, other in (others or {}).items()]
    names = {system.name for system in compared}
    parts = [
        part for part in ablations(readings, screener.weighting.levels) if part.name not in names
    ]
    baselines = _baselines(train, truth, left_out)
    beside = (*compared, *(part for part in parts if part.name in _DRAWN), *baselines)
    model = None if screener.classifier is None else screener.classifier.model
    systems = (score, *compared, *parts, *baselines)
    comparisons = tuple(compare(other, score, truth, sampling) for other in beside)
    learn = learns_like(model, screener.normalizer.read) if model else learn_characters
    curve = learning_curve(learn, train, truth, sampling) if depth.curve else ()
    if not depth.audit:
        left_out.append("audit: not asked for")
    attacks = _attacks(screener, truth, readings, sampling, depth, left_out, workers)
    return Evaluation(
        library=__version__,
        name=name,
        pack=screener.ruleset.label,
        pack_sha256=screener.ruleset.digest,
        model=None if model is None else model.sha256,
        weighting=weighting_of(screener),
        as_of=screener.reference.as_of.isoformat(),
        seed=sampling.seed,
        replicates=sampling.replicates,
        training=None if model is None else model.trained,
        features=0 if model is None else sum(map(len, (model.words, model.pairs, model.subwords))),
        sources=texts.summary(),
        trained_on=len(train),
        systems=tuple(measure(system, truth, sampling) for system in systems),
        slices=measure_slices(score, truth, sampling),
        bars=(
            *check_bars(score, truth, plan, sampling),
            *check_attacks(attacks, plan),
            *check_versus(comparisons, plan),
        ),
        claims=claims_of(score, truth),
        rules=rules_of(readings, truth),
        confusion=confusion_of(score, truth),
        plots=plots_of(
            [score, *(other for other in beside if not other.name.startswith("without "))], truth
        ),
        attacks=attacks,
        audit=_audit(screener, score, truth, train, sampling) if depth.audit else None,
        curve=curve,
        curve_of=CLASSIFIER_ONLY if model else "characters TF-IDF + LR",
        comparisons=comparisons,
        left_out=tuple(left_out),
        notes=tuple(notes),
    )


_DRAWN = {RULES_ONLY, CLASSIFIER_ONLY}


def _scores_by(name: str, screener: Screener, texts: Texts, workers: int) -> Scores:
    """Return what another screener says of texts that the first one could screen.

    Raises:
        InputError: The other one cannot screen a text.
    """
    screened = screen_texts(screener, texts, workers=workers)
    if len(screened.readings) != len(texts.texts):
        raise InputError(f"{name}: cannot screen all texts: {screened.texts.bad[-1]}")
    return scores_of(name, screened.readings)


def _baselines(train: Sequence[Labelled], truth: Truth, left_out: list[str]) -> tuple[Scores, ...]:
    if not train:
        left_out.append("baselines: no training texts were given")
        return ()
    known = Truth(train)
    found = baseline_scores(
        [text.text for text in train], known.positive, [text.text for text in truth.texts]
    )
    if not found:
        left_out.append("baselines: the training texts have one label only")
    return found


def _attacks(
    screener: Screener,
    truth: Truth,
    readings: Sequence[Reading],
    sampling: Sampling,
    depth: Depth,
    left_out: list[str],
    workers: int,
) -> tuple[AttackResult, ...]:
    if not depth.attacks:
        left_out.append("robustness: not asked for")
        return ()
    if not truth.positive.any():
        left_out.append("robustness: no positives to rewrite")
        return ()
    return measure_attacks(screener, truth, readings, sampling, most=depth.attacks, workers=workers)


def _audit(
    screener: Screener,
    score: Scores,
    truth: Truth,
    train: Sequence[Labelled],
    sampling: Sampling,
) -> Audit:
    documents = (screener.normalizer.read(text.text) for text in truth.texts)
    return audit(score, truth, documents, train, sampling)


def not_learned_from(texts: Texts, classifier: TextClassifier | None, notes: list[str]) -> Texts:
    """Return the texts that the classifier did not learn from."""
    kept = [text for text in texts.texts if not was_trained_on(text, classifier)]
    left = len(texts.texts) - len(kept)
    if left:
        notes.append(f"{left:,} texts that the classifier was trained on are left out")
    if isinstance(classifier, OutOfFoldClassifier):
        known = sum(classifier.knows(text.text) for text in kept)
        notes.append(
            f"{known:,} texts that the classifier was trained on are judged by models that did"
            " not see their families"
        )
    return texts.only(kept)


def _apart(
    train: Sequence[Labelled], texts: Sequence[Labelled], notes: list[str]
) -> Sequence[Labelled]:
    """Return the training texts that are not evaluated on."""
    evaluated = {text.text for text in texts}
    kept = [text for text in train if text.text not in evaluated]
    if len(kept) < len(train):
        notes.append(
            f"{len(train) - len(kept):,} training texts that are evaluated on are not trained on"
        )
    return kept


def weighting_of(screener: Screener) -> str:
    """Return the name of the weighting, and what tells it from another of that name."""
    digest = hashlib.sha256(repr(screener.weighting).encode()).hexdigest()
    return f"{screener.weighting.name} ({digest[:12]})"
