"""Evaluates a score on labelled texts: figures with intervals, slices, ablations, audit, bars.

Needs the extra ``evaluate`` (numpy, scipy, scikit-learn, matplotlib); nothing else in the library
imports it.
"""

from offer_screen.evaluation.attack_results import Budget
from offer_screen.evaluation.bench import attack
from offer_screen.evaluation.comparison import compare
from offer_screen.evaluation.crossfit import out_of_fold_screener
from offer_screen.evaluation.data import FieldNames, Labelled, LabelRule, Texts, read_texts
from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.evaluation.heads import heads_off
from offer_screen.evaluation.measuring import Sampling, Truth, measure
from offer_screen.evaluation.plan import Plan, read_plan
from offer_screen.evaluation.results import AttackBench, Evaluation
from offer_screen.evaluation.run import Depth, evaluate, screen_texts
from offer_screen.evaluation.systems import Scores, scores_of

__all__ = [
    "AttackBench",
    "Budget",
    "Depth",
    "Evaluation",
    "FieldNames",
    "Figure",
    "LabelRule",
    "Labelled",
    "Plan",
    "Rate",
    "Sampling",
    "Scores",
    "Texts",
    "Truth",
    "attack",
    "compare",
    "evaluate",
    "heads_off",
    "measure",
    "out_of_fold_screener",
    "read_plan",
    "read_texts",
    "scores_of",
    "screen_texts",
]
