"""What anybody could build in an hour: the score has to be better than these.

All are trained on the training texts of the same run and on nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

from offer_screen.evaluation.metrics import Bools, Floats
from offer_screen.evaluation.systems import Scores

KEYWORDS = tuple(
    "gaji besar|gaji tinggi|gaji fantastis|tanpa pengalaman|tanpa keahlian|tanpa syarat"
    "|tanpa ijazah|proses cepat|proses mudah|langsung berangkat|langsung kerja|dijamin lolos"
    "|pasti diterima|visa turis|visa kunjungan|tanpa visa|paspor ditahan|potong gaji"
    "|biaya admin|biaya pendaftaran|deposit|transfer|dp dulu|like dan follow|tugas online"
    "|komisi harian|kerja dari rumah|kamboja|myanmar|laos|operator judi|admin judi|scam|slot"
    "|hubungi wa|kuota terbatas|buruan|segera daftar|cepat kaya|penghasilan tambahan"
    "|hanya modal hp|bonus jutaan".split("|")
)
"""A list that a moderator might write on one page, to show what such lists are worth."""

Fit = Callable[[Sequence[str], Bools], Callable[[Sequence[str]], Floats]]
"""Trains on texts and labels; returns what gives log-odds to other texts."""

_WORD = re.compile(r"\w+")

_SURE = 30.0
"""Log-odds are kept within this: beyond it a probability is 0 or 1 to any reader."""


def fit_keywords(texts: Sequence[str], positive: Bools) -> Callable[[Sequence[str]], Floats]:
    """Count the keywords of ``KEYWORDS`` in a text; training turns the count into log-odds."""
    pattern = re.compile("|".join(map(re.escape, KEYWORDS)), re.IGNORECASE)

    def counts(given: Sequence[str]) -> Floats:
        return np.array([[float(len(set(pattern.findall(text.lower()))))] for text in given])

    model = LogisticRegression().fit(counts(texts), positive)
    return lambda given: np.asarray(model.decision_function(counts(given)), dtype=np.float64)


def fit_characters(texts: Sequence[str], positive: Bools) -> Callable[[Sequence[str]], Floats]:
    """Logistic regression on the TF-IDF of 2 to 5 characters within words."""
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10.0, max_iter=1000),
    ).fit(texts, positive)
    return lambda given: np.asarray(model.decision_function(given), dtype=np.float64)


def fit_naive_bayes(texts: Sequence[str], positive: Bools) -> Callable[[Sequence[str]], Floats]:
    """Multinomial naive Bayes on counts of one and two words."""
    model = make_pipeline(
        CountVectorizer(
            ngram_range=(1, 2), min_df=2, tokenizer=re.compile(r"\w+").findall, token_pattern=None
        ),
        MultinomialNB(alpha=0.5),
    ).fit(texts, positive)

    def log_odds(given: Sequence[str]) -> Floats:
        of_class = np.asarray(model.predict_log_proba(given), dtype=np.float64)
        return np.clip(of_class[:, 1] - of_class[:, 0], -_SURE, _SURE)

    return log_odds


def fit_majority(_: Sequence[str], positive: Bools) -> Callable[[Sequence[str]], Floats]:
    """Say of every text what is true of the most, with the probability seen in training."""
    share = float(np.mean(positive))
    log_odds = float(np.clip(np.log(share) - np.log1p(-share), -_SURE, _SURE))
    return lambda given: np.full(len(given), log_odds)


BASELINES: dict[str, Fit] = {
    "keyword list": fit_keywords,
    "characters TF-IDF + LR": fit_characters,
    "words multinomial NB": fit_naive_bayes,
    "majority": fit_majority,
}


def baseline_scores(
    train: Sequence[str], positive: Bools, texts: Sequence[str]
) -> tuple[Scores, ...]:
    """Train each baseline and return what it says of ``texts``; none without both labels."""
    if not positive.any() or positive.all():
        return ()
    return tuple(
        Scores(name, fit(train, positive)(texts), calibrated=name != "words multinomial NB")
        for name, fit in BASELINES.items()
    )
