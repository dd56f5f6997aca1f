"""The corpus: texts that we wrote and labelled, read, checked and counted."""

from offer_screen.corpus.agreement import Agreement, SecondLabel, measure_agreement, read_second
from offer_screen.corpus.checks import Problem, check_corpus
from offer_screen.corpus.reading import SPLITS, corpus_digest, read_corpus, read_splits
from offer_screen.corpus.record import CorpusText, Label, TextKind
from offer_screen.corpus.statistics import CorpusStatistics, corpus_statistics

__all__ = [
    "SPLITS",
    "Agreement",
    "CorpusStatistics",
    "CorpusText",
    "Label",
    "Problem",
    "SecondLabel",
    "TextKind",
    "check_corpus",
    "corpus_digest",
    "corpus_statistics",
    "measure_agreement",
    "read_corpus",
    "read_second",
    "read_splits",
]
