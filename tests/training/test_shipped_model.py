"""The shipped classifier is what the corpus and the settings make of it; if not: `make model`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import TextModel, read_model, shipped_model
from offer_screen.corpus import SPLITS
from offer_screen.text.document import Document
from offer_screen.training.classifier import train
from offer_screen.training.files import shipped_reader
from offer_screen.training.scikit import scikit_heads
from offer_screen.training.settings import TrainingSettings
from offer_screen.training.texts import TrainingText, read_extra, read_texts

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "real"
pytestmark = pytest.mark.skipif(
    not (shipped_model().is_file() and (ROOT / "corpus" / "train.jsonl").is_file()),
    reason="no corpus and no model in this checkout",
)
MEND = "run `make model` and commit models/"


@pytest.fixture(scope="module")
def model() -> TextModel:
    return read_model(shipped_model())


class Corpus:
    """The whole corpus, read once, with the digest of each split."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.texts: list[TrainingText] = []
        self.digests: dict[str, str] = {}
        read = shipped_reader(TrainingSettings())

        def keep(text: str) -> Document:
            self.documents.append(read(text))
            return self.documents[-1]

        for split in SPLITS:
            texts, source = read_texts(ROOT / "corpus" / f"{split}.jsonl", keep)
            self.texts.extend(texts)
            self.digests[source.name] = source.sha256


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus()


def test_the_corpus_has_not_changed_since_the_training(model: TextModel, corpus: Corpus) -> None:
    trained = {source.name: source.sha256 for source in model.trained.sources}
    assert trained["train.jsonl"] == corpus.digests["train.jsonl"], f"the corpus changed: {MEND}"
    assert not {"dev.jsonl", "test.jsonl"} & trained.keys()


def test_the_settings_have_not_changed_since_the_training(model: TextModel) -> None:
    settings = TrainingSettings()
    now = settings.model_dump(mode="json", exclude={"features"})
    assert model.trained.settings == now, f"the settings changed: {MEND}"
    assert model.features == settings.features, f"the features changed: {MEND}"


def test_of_further_files_those_are_told_that_may_be_trained_on(model: TextModel) -> None:
    def document(text: str) -> Document:
        return Document(text, text, range(len(text) + 1), range(1, len(text) + 2), ())

    for source in model.trained.sources[1:]:
        path = REAL / source.name
        if path.is_file():
            assert read_extra(path, document)[1] == source, f"{path.name} changed: {MEND}"


def test_the_file_is_small() -> None:
    assert shipped_model().stat().st_size <= 3_000_000


def test_scikit_learn_says_the_same_of_every_text(model: TextModel, corpus: Corpus) -> None:
    classifier = TextClassifier(model)
    told = np.asarray(
        [[scam, *kinds] for scam, kinds in map(classifier.log_odds, corpus.documents)]
    )
    heads = scikit_heads(model)
    words = [text.words for text in corpus.texts]
    assert np.abs(heads.scam.decision_function(words) - told[:, 0]).max() < 1e-9
    assert np.abs(heads.kinds.decision_function(words) - told[:, 1:]).max() < 1e-9


def test_a_fresh_training_says_the_same(model: TextModel, corpus: Corpus) -> None:
    extra = [REAL / source.name for source in model.trained.sources[1:]]
    if not all(path.is_file() for path in extra):
        pytest.skip("the further texts are not here")
    read = shipped_reader(TrainingSettings())
    texts = [text for text in corpus.texts if text.source == "train.jsonl"]
    fresh = TextClassifier(
        train([*texts, *(text for path in extra for text in read_extra(path, read)[0])])
    )
    shipped = TextClassifier(model)
    differences = [
        abs(fresh.log_odds(document).scam - shipped.log_odds(document).scam)
        for document in corpus.documents
    ]
    # The same machine gives the same bytes; another may round a weight the other way.
    assert max(differences) < 0.05, f"texts are read in another way than before: {MEND}"
