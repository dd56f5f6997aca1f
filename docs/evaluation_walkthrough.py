"""How the figures of the model card come about, cell by cell.

Run it as a script from the checkout, or open it where ``# %%`` marks cells. It needs the extra
``evaluate``. Other texts than the corpus: ``CORPUS=folder``, a folder with ``train.jsonl`` and
``dev.jsonl``; fewer of them: ``SAMPLE=300``.
"""

# %% Texts and the shipped score
import os
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from offer_screen import Level, Screener
from offer_screen.evaluation import (
    Depth,
    Sampling,
    Scores,
    compare,
    evaluate,
    measure,
    read_plan,
    read_texts,
    scores_of,
    screen_texts,
)
from offer_screen.evaluation.card import read_runs, runs_beside
from offer_screen.evaluation.measuring import CUTS, slices_of
from offer_screen.evaluation.tables import head_lines, tables_of
from offer_screen.integrations.scikit_learn import OfferScreenTransformer

HERE = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
CORPUS = Path(os.environ.get("CORPUS", HERE.parent / "corpus"))
SAMPLE = int(os.environ.get("SAMPLE", "0")) or None
CARD = HERE.parent / "models" / "CARD.md"
SAMPLING = Sampling(replicates=200 if SAMPLE else 1000)

plan = read_plan()
train = read_texts([CORPUS / "train.jsonl"], plan).texts[:SAMPLE]
every_text = read_texts([CORPUS / "dev.jsonl"], plan)
texts = every_text.only(every_text.texts[:SAMPLE])
screener = Screener.load(engine="compiled")
print(f"{len(train):,} texts to train on, {len(texts.texts):,} to evaluate on")

# %% One run: everything that the command measures
result = evaluate(
    screener,
    texts,
    name="walkthrough",
    plan=plan,
    train=train,
    others={"rules only": Screener.load(engine="compiled", model=None)},
    sampling=SAMPLING,
    depth=Depth(attacks=2 if SAMPLE else 200),
)
for line in head_lines(result):
    print(line)
for table in tables_of(result):
    print(f"\n{table.title}")
    for row in table.rows[:8]:
        print("  ", " | ".join(row))

# %% The card holds such runs: with all texts the figures below are the same, digit by digit
for run in read_runs(runs_beside(CARD)).runs:
    area = run.systems[0].figures["auroc"]
    print(f"{run.name}: AUROC {area.value} [{area.low}, {area.high}]")

# %% Under the hood: screen once, then ask what you like
screened = screen_texts(screener, texts)
truth = screened.truth
score = scores_of("score", screened.readings)
levels = np.array([reading.level for reading in screened.readings])
missed = truth.positive & (levels < Level.CAUTION.rank)
print(f"{missed.sum()} scams stay below caution; by channel:")
for by, value, at in slices_of(truth.texts):
    if by == "channel":
        print("  ", value, f"{missed[at].sum()} of {truth.positive[at].sum()}")
print("texts can be cut by", ", ".join(CUTS))

# %% What the score makes of one text, and why
report = screener.screen("Kerja di Kamboja, gaji 25 juta, tanpa keahlian, pakai visa turis")
print(report.level, report.score.points)
for addend in report.contributions[:5]:
    print("  ", addend.source, addend.ref, round(addend.value, 2))

# %% An own model against the score, on the same resamples
own = make_pipeline(
    TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2),
    LogisticRegression(C=10.0, max_iter=1000),
).fit([text.text for text in train], [text.positive for text in train])
said = np.asarray(own.decision_function([text.text for text in truth.texts]), dtype=np.float64)
mine = Scores("own model", said)
for name, figure in measure(mine, truth, SAMPLING).figures.items():
    print(f"   {name}: {figure.value} [{figure.low}, {figure.high}]")
told = compare(mine, score, truth, SAMPLING)
print("score minus own model:", told.differences["auroc"], "McNemar p", told.p)

# %% The findings as columns: what an own model makes of them
# Without the shipped classifier, which has seen the training texts and judges them too well.
found = make_pipeline(
    OfferScreenTransformer(
        engine="compiled", model=None, features=["rules", "kind"], sparse_output=True
    ),
    LogisticRegression(C=0.3, max_iter=1000),
).fit([text.text for text in train], [text.positive for text in train])
said = np.asarray(found.decision_function([text.text for text in truth.texts]), dtype=np.float64)
told = compare(Scores("own weights of the rules", said), score, truth, SAMPLING)
print("score minus own weights:", told.differences["auroc"])

# %% Which texts each of the two gets right alone: that is where to look next
alone = (mine.log_odds >= 0) & truth.positive & missed
print(f"{alone.sum()} scams that the score misses and the own model finds")
