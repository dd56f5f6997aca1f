"""Prints how text classifiers compare, each trained on the same texts with the same weights.

    python benchmarks/classifiers.py [--train FILE] [--dev FILE] [--real FOLDER] [--only NAME ...]

On the development split: AUROC, recall at 1 % false alarms, macro F1 of the kinds. On the real
texts beside the checkout, when they are there and were not trained on: AUROC of quotes of fake
offers against job-board adverts, and how many adverts and other texts lie above the threshold of
1 % false alarms. The table of docs/classifier.md is what this prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
)
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

from offer_screen.batch import Record, read_records
from offer_screen.classify.features import FeatureSettings, feature_words, subwords_of
from offer_screen.classify.model import KINDS
from offer_screen.training.balance import kind_balance, weights_of
from offer_screen.training.classifier import fit, vectorizer_of
from offer_screen.training.files import shipped_reader
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import Reader, TrainingText, read_extra, read_texts

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "real"
EXTRA = ("indonlu_smsa", "job_fraud_instagram_2022", "karirhub_kemnaker_2025")
ADVERTS = ("lokerid_2025", "maganghub_kemnaker_2025", "glints_2026", "geosains_jobs_2023")
QUOTES = "quotes"

Words = Sequence[Sequence[str]]
Array = NDArray[np.float64]
Sparse = Any
"""What scikit-learn takes and gives: it has no types."""
Score = Callable[[Words], tuple[Array, Array]]
"""Log-odds of scam, and of each kind."""


class Data(NamedTuple):
    """Texts to train on, weighted, and to measure with."""

    train: list[TrainingText]
    weights: Array
    dev: list[TrainingText]
    real: dict[str, Words]

    @property
    def scam(self) -> NDArray[np.int64]:
        """Whether each text to train on is a scam."""
        return np.asarray([text.scam for text in self.train])

    @property
    def kinds(self) -> NDArray[np.int64]:
        """Index of the kind of each text to train on."""
        return np.asarray([KINDS.index(text.kind) for text in self.train])


def ours(data: Data, settings: TrainingSettings) -> tuple[Score, int]:
    heads = fit(data.train, settings)
    vectorizer = vectorizer_of(heads.vocabulary, settings)

    def score(texts: Words) -> tuple[Array, Array]:
        told = vectorizer.transform(texts) @ heads.weights.T + heads.bias
        return told[:, 0], told[:, 1:]

    kept = np.abs(heads.weights).max(axis=0) > settings.least_weight
    return score, int(kept.sum())


def plain(words: Sequence[str]) -> list[str]:
    return list(words)


def with_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]


def with_parts(words: Sequence[str]) -> list[str]:
    return [*with_pairs(words), *(part for word in words for part in subwords_of(word, (3, 4, 5)))]


def joined(words: Sequence[str]) -> str:
    return " ".join(words)


def pipeline(data: Data, features: Sparse, head: Callable[[], Sparse]) -> tuple[Score, int]:
    """Train both heads over what ``features`` makes of the words."""
    texts = [text.words for text in data.train]
    rows = features.fit_transform(texts)
    scam, kinds = head(), head()
    scam.fit(rows, data.scam, sample_weight=data.weights)
    balanced = data.weights * kind_balance(data.kinds, data.weights)
    kinds.fit(rows, data.kinds, sample_weight=balanced)

    def score(texts: Words) -> tuple[Array, Array]:
        rows = features.transform(texts)
        odds = scam.predict_log_proba(rows)
        return odds[:, 1] - odds[:, 0], kinds.predict_log_proba(rows)

    return score, int(rows.shape[1])


class RatioScaled(LogisticRegression):  # type: ignore[misc]
    """NB-SVM for two classes: columns are scaled with the log ratio of naive Bayes."""

    def fit(self, rows: Sparse, labels: Sparse, sample_weight: Sparse = None) -> RatioScaled:
        """Fit to scaled rows."""
        inside = [
            1 + np.asarray(rows[labels == label].T @ sample_weight[labels == label]).ravel()
            for label in (1, 0)
        ]
        ratio = np.log(inside[0] / inside[0].sum()) - np.log(inside[1] / inside[1].sum())
        self.ratio_ = ratio if len(set(labels)) == 2 else np.ones_like(ratio)
        super().fit(csr_array(rows.multiply(self.ratio_)), labels, sample_weight)
        return self

    def predict_log_proba(self, rows: Sparse) -> Array:
        """Scale rows and judge them."""
        return np.asarray(super().predict_log_proba(csr_array(rows.multiply(self.ratio_))))


def logistic() -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=3000, tol=1e-4)


def candidates() -> dict[str, Callable[[Data], tuple[Score, int]]]:
    settings = TrainingSettings()

    def changed(**changes: object) -> Callable[[Data], tuple[Score, int]]:
        return lambda data: ours(data, settings.model_copy(update=changes))

    words_only = FeatureSettings(subwords=(), pairs=False)
    counts = {"analyzer": with_pairs, "min_df": 2}
    return {
        "words, pairs, parts of words (ours)": changed(),
        "… divided by words ^ 0": changed(norm_power=0.0, scam_strength=0.3, kind_strength=0.5),
        "… divided by words ^ 0.3": changed(norm_power=0.3),
        "… divided by words ^ 1": changed(norm_power=1.0, scam_strength=60.0, kind_strength=150.0),
        "… rare features not favoured": changed(scam_rarity=0.0, kind_rarity=0.0),
        "… parts of 3 to 5 letters": changed(features=FeatureSettings(subwords=(3, 4, 5))),
        "… further texts at a tenth each": changed(extra_weight=0.1),
        "words and pairs": changed(features=FeatureSettings(subwords=())),
        "words": changed(features=words_only),
        "characters 3-5 in words, TF-IDF": lambda data: pipeline(
            data,
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, preprocessor=joined),
            logistic,
        ),
        "NB-SVM, words and pairs": lambda data: pipeline(
            data, CountVectorizer(binary=True, **counts), lambda: RatioScaled(C=0.3, max_iter=3000)
        ),
        "multinomial naive Bayes, words and pairs": lambda data: pipeline(
            data, CountVectorizer(binary=True, **counts), lambda: MultinomialNB(alpha=0.3)
        ),
        "hashed words, pairs, parts (2^18), TF-IDF": lambda data: pipeline(
            data,
            make_pipeline(
                HashingVectorizer(analyzer=with_parts, n_features=2**18, alternate_sign=False),
                TfidfTransformer(),
            ),
            logistic,
        ),
        "word vectors of these texts (SVD, 200)": lambda data: pipeline(
            data,
            make_pipeline(
                TfidfVectorizer(analyzer=plain, min_df=2), TruncatedSVD(200, random_state=0)
            ),
            logistic,
        ),
    }


def measured(name: str, score: Score, size: int, data: Data) -> str:
    scam, kinds = score([text.words for text in data.dev])
    is_scam = np.asarray([text.scam for text in data.dev])
    of_kind = [KINDS.index(text.kind) for text in data.dev]
    threshold = np.quantile(scam[~is_scam], 0.99)
    cells = [
        name,
        f"{size:,}",
        f"{roc_auc_score(is_scam, scam):.3f}",
        f"{np.mean(scam[is_scam] > threshold):.3f}",
        f"{f1_score(of_kind, kinds.argmax(axis=1), average='macro'):.3f}",
    ]
    if data.real:
        told = {source: score(texts)[0] for source, texts in data.real.items()}
        adverts = np.concatenate([told[source] for source in ADVERTS])
        others = np.concatenate(
            [values for source, values in told.items() if source not in {*ADVERTS, QUOTES}]
        )
        labels = np.r_[np.ones(len(told[QUOTES])), np.zeros(len(adverts))]
        cells += [
            f"{roc_auc_score(labels, np.r_[told[QUOTES], adverts]):.3f}",
            f"{100 * np.mean(adverts > threshold):.2f} %",
            f"{100 * np.mean(others > threshold):.2f} %",
        ]
    return "| " + " | ".join(cells) + " |"


def real_texts(folder: Path, read: Reader) -> dict[str, Words]:
    """Return the real texts that no classifier may be trained on, by source."""
    found: dict[str, Words] = {}
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem not in EXTRA:
            found[path.stem] = [
                feature_words(read(record.text))
                for record in read_records(path)
                if isinstance(record, Record) and record.text.strip()
            ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, default=ROOT / "corpus" / "train.jsonl")
    parser.add_argument("--dev", type=Path, default=ROOT / "corpus" / "dev.jsonl")
    parser.add_argument("--real", type=Path, default=REAL)
    parser.add_argument("--only", nargs="*", help="beginnings of names")
    options = parser.parse_args()
    settings = TrainingSettings()
    read = shipped_reader(settings)
    texts = list(read_texts(options.train, read)[0])
    for name in EXTRA:
        path = options.real / f"{name}.jsonl"
        if path.is_file():
            texts += read_extra(path, read)[0]
    weights = weights_of(
        texts, extra_weight=settings.extra_weight, most_weight=settings.most_weight
    )
    real = real_texts(options.real, read)
    data = Data(texts, weights, list(read_texts(options.dev, read)[0]), real)
    heads = ["classifier", "features", "AUROC", "recall at 1 %", "kinds, macro F1"]
    if real:
        heads += ["quotes against adverts, AUROC", "adverts above", "other texts above"]
    print("| " + " | ".join(heads) + " |\n" + "|" + " --- |" * len(heads))
    for name, train in candidates().items():
        if options.only is None or name.startswith(tuple(options.only)):
            print(measured(name, *train(data), data), flush=True)


if __name__ == "__main__":
    main()
