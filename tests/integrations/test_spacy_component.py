"""The spaCy component, in pipelines of a language that costs nothing to make."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from offer_screen import Level, Report, Screener
from offer_screen.integrations.spacy_component import make_component

LAYER = Path(__file__).parent / "layer"
ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = {"rules": [str(LAYER)], "as_of": "2026-11-24", "engine": "compiled"}

FOUL = "Lowongan jaga rumah, KTP ditahan, bayar 300 ribu untuk seragam."
FAIR = "Lowongan kasir toko, gaji UMK"


def pipeline(**config: Any) -> Language:
    nlp = spacy.blank("xx")
    nlp.add_pipe("offer_screen", config=CONFIG | config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def report() -> Report:
    return Screener.load([LAYER], engine="compiled").screen(FOUL)


def test_a_doc_gets_the_report_of_its_text(nlp: Language, report: Report) -> None:
    doc = nlp(FOUL)
    assert doc._.offer_screen.score == report.score
    assert doc._.offer_screen.findings == report.findings
    assert doc._.offer_level is Level.HIGH
    assert doc._.offer_error is None
    assert doc._.offer_screen.text is None
    assert doc._.offer_screen.what_if is None


def test_evidence_is_spans_labelled_by_rule(nlp: Language, report: Report) -> None:
    doc = nlp(FOUL)
    spans = doc.spans["offer_screen"]
    assert [(span.text, span.label_) for span in spans] == [
        ("Lowongan", "papers-kept-for-a-fee"),
        ("Lowongan", "upfront-fee"),
        ("KTP ditahan", "papers-kept-for-a-fee"),
        ("bayar 300 ribu", "papers-kept-for-a-fee"),
        ("bayar 300 ribu", "upfront-fee"),
    ]
    assert {span.label_ for span in spans} == {finding.rule for finding in report.findings}


def test_evidence_is_widened_to_whole_tokens_and_stands_once(nlp: Language) -> None:
    words = ["Lowongan ", "jaga rumah, KTP", " ditahan, bayar 300", " ribu untuk seragam."]
    doc = Doc(nlp.vocab, words=words, spaces=[False] * 4)
    assert doc.text == FOUL
    nlp.get_pipe("offer_screen")(doc)
    spans = doc.spans["offer_screen"]
    assert [(span.start, span.end, span.label_) for span in spans] == [
        (0, 1, "papers-kept-for-a-fee"),
        (0, 1, "upfront-fee"),
        (1, 3, "papers-kept-for-a-fee"),
        (2, 4, "papers-kept-for-a-fee"),
        (2, 4, "upfront-fee"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\t", "kata " * 4_001])
def test_a_text_that_cannot_be_screened_has_a_reason_and_no_report(
    nlp: Language, text: str
) -> None:
    doc = nlp(text)
    assert doc._.offer_screen is None
    assert doc._.offer_level is None
    assert doc._.offer_error.startswith("the offer ")
    assert len(doc.spans["offer_screen"]) == 0


def test_a_doc_that_was_not_screened_has_neither() -> None:
    doc = spacy.blank("xx")(FOUL)
    assert (doc._.offer_screen, doc._.offer_level, doc._.offer_error) == (None, None, None)


def test_a_doc_screened_again_keeps_nothing_of_before(nlp: Language) -> None:
    doc = nlp(FOUL)
    elsewhere = pipeline(rules=[str(LAYER.parents[1] / "fixtures" / "good_pack")])
    elsewhere.get_pipe("offer_screen")(doc)
    assert {span.label_ for span in doc.spans["offer_screen"]} == {"upfront-fee"}
    assert doc._.offer_level is Level.CAUTION


@pytest.mark.parametrize("processes", [1, 2])
def test_pipe_takes_batches_in_order(nlp: Language, processes: int) -> None:
    texts = [FOUL, "", FAIR] * 3
    docs = list(nlp.pipe(texts, batch_size=2, n_process=processes))
    assert [doc.text for doc in docs] == texts
    assert [doc._.offer_level for doc in docs] == [Level.HIGH, None, Level.LOW] * 3
    assert [len(doc.spans["offer_screen"]) for doc in docs] == [5, 0, 0] * 3


def test_the_report_holds_more_when_asked() -> None:
    report = pipeline(include_text=True, what_if=True)(FOUL)._.offer_screen
    assert report.text == FOUL
    assert report.what_if.without.rules


def test_spans_may_have_another_key() -> None:
    doc = pipeline(spans_key="evidence")(FOUL)
    assert list(doc.spans) == ["evidence"]


def test_two_components_stand_in_one_pipeline() -> None:
    nlp = pipeline()
    nlp.add_pipe("offer_screen", name="shipped", config={"spans_key": "shipped"})
    assert set(nlp(FOUL).spans) == {"offer_screen", "shipped"}


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"engine": "fast"}, "engine"),
        ({"colour": "red"}, "colour"),
        ({"as_of": "kemarin"}, "kemarin"),
        ({"rules": ["nowhere"]}, "nowhere"),
    ],
)
def test_a_wrong_setting_is_named_when_the_component_is_made(
    config: dict[str, Any], message: str
) -> None:
    with pytest.raises(Exception, match=message):
        pipeline(**config)


def test_a_saved_pipeline_screens_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again(FOUL)._.offer_json == nlp(FOUL)._.offer_json
    of_bytes = pipeline().from_bytes(nlp.to_bytes())
    assert of_bytes(FOUL)._.offer_json == nlp(FOUL)._.offer_json


def test_a_pipeline_that_judges_otherwise_than_when_saved_says_so(
    nlp: Language, tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path / "saved")
    kept = tmp_path / "saved" / "offer_screen" / "offer_screen.json"
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"pack": "small 0.9"}))
    with pytest.warns(UserWarning, match=r"pack: small 0\.9 when saved, small 1\.0"):
        spacy.load(tmp_path / "saved")


def test_a_doc_is_saved_with_its_report(nlp: Language) -> None:
    doc = nlp(FOUL)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    binary = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (packed,) = DocBin().from_bytes(binary).get_docs(nlp.vocab)
    for other in (again, packed):
        assert other._.offer_screen == doc._.offer_screen
        spans = [(span.text, span.label_) for span in other.spans["offer_screen"]]
        assert spans == [(span.text, span.label_) for span in doc.spans["offer_screen"]]


def test_displacy_shows_the_spans(nlp: Language) -> None:
    options = {"spans_key": "offer_screen"}
    page = displacy.render(nlp(FOUL), style="span", options=options, jupyter=False)
    assert "papers-kept-for-a-fee" in page


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ((name, value),) = project["project"]["entry-points"]["spacy_factories"].items()
    assert name == "offer_screen"
    assert EntryPoint(name, value, "spacy_factories").load() is make_component
