"""The shipped weights are what a fit makes of corpus, rules and classifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from offer_screen.classify.model import read_model, shipped_model
from offer_screen.corpus import corpus_digest, read_corpus
from offer_screen.fusion import Fusion, read_fusion, shipped_fusion
from offer_screen.rules.loader import load_ruleset
from offer_screen.training.fitting import fit_files
from offer_screen.training.fusion import FusionSettings

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
REAL = ROOT.parent / "shared" / "data" / "real"
EXTRA = [
    REAL / f"{name}.jsonl"
    for name in ("indonlu_smsa", "job_fraud_instagram_2022", "karirhub_kemnaker_2025")
]
MEND = "run `make model` and commit models/"


@pytest.fixture(scope="module")
def shipped() -> Fusion:
    return read_fusion(shipped_fusion())


def test_nothing_has_changed_since_the_fit(shipped: Fusion) -> None:
    texts = read_corpus([CORPUS / "train.jsonl", CORPUS / "dev.jsonl"])
    assert shipped.corpus_sha256 == corpus_digest(texts), f"the corpus changed: {MEND}"
    ruleset = load_ruleset()
    assert shipped.pack_sha256 == ruleset.digest, f"the rules changed: {MEND}"
    authored = {rule: fitted.authored for rule, fitted in shipped.rules.items()}
    assert authored == {rule: ruleset.rules[rule].weight for rule in authored}, MEND
    model = read_model(shipped_model())
    assert shipped.classifier_sha256 == model.sha256, f"the classifier changed: {MEND}"
    settings = FusionSettings.model_validate(shipped.settings)
    assert settings == FusionSettings(), f"the settings of the fit changed: {MEND}"


def test_signs_are_kept_and_far_moves_are_explained(shipped: Fusion) -> None:
    for rule, fitted in shipped.rules.items():
        assert fitted.authored * fitted.with_model >= 0, rule
        far = abs(fitted.with_model - fitted.authored) >= 0.5
        assert far == (fitted.reason is not None), rule


@pytest.mark.skipif(
    not all(path.is_file() for path in EXTRA),
    reason="the shipped fit uses real texts that are not part of a checkout",
)
def test_a_fresh_fit_gives_the_shipped_weights(shipped: Fusion) -> None:
    fresh = fit_files(
        CORPUS / "train.jsonl",
        CORPUS / "dev.jsonl",
        ruleset=load_ruleset(),
        model=read_model(shipped_model()),
        extra=EXTRA,
    )
    # Solvers of other versions may differ in the last digit that is told.
    for name in ("rules_only", "with_model"):
        kept, made = getattr(shipped, name), getattr(fresh, name)
        assert made.levels == kept.levels, MEND
        assert (made.base, made.slope, made.classifier) == pytest.approx(
            (kept.base, kept.slope, kept.classifier), abs=0.01
        ), MEND
        assert {rule: getattr(fitted, name) for rule, fitted in fresh.rules.items()} == (
            pytest.approx(
                {rule: getattr(fitted, name) for rule, fitted in shipped.rules.items()}, abs=0.01
            )
        ), MEND
