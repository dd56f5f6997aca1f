"""From files of texts to the file of fitted weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from offer_screen.classify.kinds import likeliest
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import KINDS, TextModel
from offer_screen.corpus.reading import corpus_digest, read_corpus
from offer_screen.fusion import FittedRule, Fusion, KindFusion, PackConstants
from offer_screen.pipeline import Pipeline, Reading
from offer_screen.results import Prediction
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import SCORING
from offer_screen.text.document import Document
from offer_screen.training.classifier import out_of_fold
from offer_screen.training.fusion import (
    Case,
    Constants,
    Design,
    FusionSettings,
    calibrate,
    fit_constants,
    fit_kinds,
    reason_of,
)
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import TrainingText, read_extra, read_texts
from offer_screen.values import Kind


@dataclass
class _Texts:
    """Texts with what the pipeline found in them and what a classifier says of them."""

    pipeline: Pipeline
    labelled: list[TrainingText] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def read(self, text: str) -> Document:
        """Read a text as the pipeline does, and keep what was found."""
        reading = self.pipeline.read(text)
        self.readings.append(reading)
        return reading.document

    def cues(self) -> np.ndarray:
        """Return the sum of the cues of each kind, a row for each text."""
        return np.array([[reading.kinds[kind] for kind in KINDS] for reading in self.readings])

    def cases(self, scoring: frozenset[str], extra_weight: float) -> list[Case]:
        """Return what the score sees of each text without a classifier."""
        return [
            Case(
                rules=self._fired(reading, likeliest(reading.kinds)) & scoring,
                kind=likeliest(reading.kinds),
                scam=text.scam,
                weight=extra_weight if text.extra else 1.0,
            )
            for text, reading in zip(self.labelled, self.readings, strict=True)
        ]

    def cases_with(
        self, told: np.ndarray, fusion: KindFusion, plain: Sequence[Case], scoring: frozenset[str]
    ) -> list[Case]:
        """Return what the score sees of each text beside a classifier that told this."""
        cases = []
        for row, reading, case in zip(told, self.readings, plain, strict=True):
            of_kind = dict(zip(KINDS, row[1:].tolist(), strict=True))
            kind = likeliest(fusion.sums(reading.kinds, of_kind))
            rules = case.rules if kind is case.kind else self._fired(reading, kind) & scoring
            cases.append(Case(rules, kind, case.scam, float(row[0]), case.weight))
        return cases

    def _fired(self, reading: Reading, kind: Kind) -> frozenset[str]:
        return self.pipeline.judge(reading, Prediction(kind=kind)).fired


def fit_files(
    train: Path,
    dev: Path,
    *,
    ruleset: RuleSet,
    model: TextModel,
    extra: Sequence[Path] = (),
    settings: FusionSettings | None = None,
    training: TrainingSettings | None = None,
) -> Fusion:
    """Return the weights fitted to a corpus, calibrated on its development split.

    Args:
        train: Training split: weights are fitted to it.
        dev: Development split: calibration and levels are taken from it.
        ruleset: The pack whose authored weights are the prior.
        model: The classifier, trained on the training split.
        extra: Further files whose texts are no scams, as the classifier was trained on.
        settings: Settings of the fit.
        training: Settings that the classifier was trained with.

    Raises:
        CorpusError: A split is no corpus file.
        InputError: A file cannot be read, or holds too few texts.
    """
    settings, training = settings or FusionSettings(), training or TrainingSettings()
    pipeline = Pipeline(ruleset, engine="compiled", as_of=training.as_of)
    scoring = frozenset(rule.id for rule in ruleset.rules.values() if rule.status in SCORING)
    seen, unseen = _Texts(pipeline), _Texts(pipeline)
    seen.labelled.extend(read_texts(train, seen.read)[0])
    corpus = len(seen.labelled)
    for path in extra:
        seen.labelled.extend(read_extra(path, seen.read)[0])
    unseen.labelled.extend(read_texts(dev, unseen.read)[0])

    told = out_of_fold(seen.labelled, training)
    kinds = fit_kinds(
        seen.cues()[:corpus],
        told[:corpus, 1:],
        KINDS,
        [text.kind for text in seen.labelled[:corpus]],
    )
    classifier = TextClassifier(model)
    said = [classifier.log_odds(reading.document) for reading in unseen.readings]
    of_unseen = np.array([[scam, *of_kinds] for scam, of_kinds in said])

    with threadpool_limits(limits=1):  # the matrices are small: threads only wait for each other
        plain, plain_dev = (texts.cases(scoring, settings.extra_weight) for texts in (seen, unseen))
        fused = seen.cases_with(told, kinds, plain, scoring)
        fused_dev = unseen.cases_with(of_unseen, kinds, plain_dev, scoring)
        rules_only, with_model = (
            fit_constants(Design(cases, ruleset, settings), ruleset, settings)
            for cases in (plain, fused)
        )
        return Fusion(
            pack=ruleset.pack.name,
            pack_constants=PackConstants.of(ruleset.pack),
            pack_sha256=ruleset.digest,
            classifier_sha256=model.sha256,
            corpus_sha256=corpus_digest(read_corpus([train, dev])),
            settings=settings.model_dump(mode="json"),
            rules_only=calibrate(rules_only, Design(plain_dev, ruleset, settings), settings),
            with_model=calibrate(with_model, Design(fused_dev, ruleset, settings), settings),
            kinds=kinds,
            rules=_rules(ruleset, scoring, rules_only, with_model, fused[:corpus]),
        )


def _rules(
    ruleset: RuleSet,
    scoring: frozenset[str],
    rules_only: Constants,
    with_model: Constants,
    cases: Sequence[Case],
) -> dict[str, FittedRule]:
    scam = Counter(rule for case in cases if case.scam for rule in case.rules)
    other = Counter(rule for case in cases if not case.scam for rule in case.rules)
    return {
        rule: FittedRule(
            authored=ruleset.rules[rule].weight,
            rules_only=rules_only.rules[rule],
            with_model=with_model.rules[rule],
            scam=scam[rule],
            other=other[rule],
            reason=reason_of(
                rule,
                ruleset.rules[rule].weight,
                with_model.rules[rule],
                scam[rule],
                other[rule],
            ),
        )
        for rule in sorted(scoring)
    }
