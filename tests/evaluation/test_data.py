from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from offer_screen.errors import InputError
from offer_screen.evaluation import FieldNames, LabelRule, Plan, read_plan, read_texts
from offer_screen.evaluation.data import CUE
from offer_screen.evaluation.plan import SourcePlan
from offer_screen.values import Kind
from tests.evaluation.conftest import write

NO_PLAN = Plan()


def test_labels_decide_what_counts(tmp_path: Path) -> None:
    labels = ("scam", "legit", "not_offer", "other", "unknown", None)
    path = write(
        tmp_path / "a.jsonl", ({"text": f"t{n}", "label": x} for n, x in enumerate(labels))
    )
    found = read_texts([path], NO_PLAN)
    assert [text.positive for text in found.texts] == [True, False, False, False]
    assert found.summary().aside == {"a, no label": 1, "a, unknown": 1}
    with_unknown = LabelRule(negative=("legit", "unknown"))
    assert len(read_texts([path], NO_PLAN, labels=with_unknown).texts) == 3


def test_the_bytes_of_the_files_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"text": "t", "label": "scam"}])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_texts([path], NO_PLAN).summary().files == {"a.jsonl": digest}


def test_a_file_is_a_source_unless_a_field_names_one(tmp_path: Path) -> None:
    row = {"text": "t", "label": "scam", "source": "forum"}
    path = write(tmp_path / "a.jsonl", [row])
    assert read_texts([path], NO_PLAN).texts[0].source == "a"
    names = FieldNames(source="source")
    assert read_texts([path], NO_PLAN, names=names).texts[0].source == "forum"


def test_the_plan_says_what_a_label_counts_as_in_a_source(tmp_path: Path) -> None:
    plan = Plan(
        source=(
            SourcePlan(match="sms_*", group="sms", labels={"scam": "aside"}, kind=Kind.OTHER),
            SourcePlan(match="*", labels={"unknown": "negative"}),
        )
    )
    given = [{"text": "a", "label": "scam"}, {"text": "b", "label": "unknown"}]
    sms, other = (write(tmp_path / f"{name}.jsonl", given) for name in ("sms_1", "other"))
    found = read_texts([sms, other], plan)
    assert [(text.group, text.positive, text.kind) for text in found.texts] == [
        ("other", True, None),
        ("other", False, None),
    ]


@pytest.mark.parametrize(
    ("given", "kind"),
    [("news", Kind.AWARENESS), ("overseas_offer", Kind.OFFER), ("other", Kind.OTHER), ("?", None)],
)
def test_kinds_are_read_by_their_usual_names(tmp_path: Path, given: str, kind: Kind | None) -> None:
    path = write(tmp_path / "a.jsonl", [{"text": "t", "label": "scam", "kind": given}])
    assert read_texts([path], NO_PLAN).texts[0].kind is kind


def test_bad_records_are_counted_and_cost_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "t", "label": "scam"}\nno json\n{"label": "scam"}\n')
    found = read_texts([path], NO_PLAN)
    assert len(found.texts) == 1
    assert found.summary().errors == {"bad_json": 1, "missing_text": 1}
    assert found.bad[0].startswith("a.jsonl:2: bad_json")


def test_a_table_is_read_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("isi;label;kanal\nsatu;scam;wa\ndua;legit;\n", encoding="utf-8")
    names = FieldNames(text="isi", channel="kanal")
    found = read_texts([path], NO_PLAN, names=names).texts
    assert [(text.text, text.positive, text.channel) for text in found] == [
        ("satu", True, "wa"),
        ("dua", False, None),
    ]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    paths = [write(folder / "a.jsonl", []) for folder in (tmp_path, tmp_path / "b")]
    with pytest.raises(InputError, match="called 'a'"):
        read_texts(paths, NO_PLAN)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("hubungi 0812-0000-1234", True),
        ("isi bit.ly/contoh", True),
        ("gaji Rp 5.000.000", True),
        ("gaji 5 jt", True),
        ("kirim ke hrd@contoh.example", True),
        ("datang langsung ke toko", False),
        ("lahir tahun 1998", False),
    ],
)
def test_a_cue_is_something_that_can_be_checked(text: str, cue: bool) -> None:
    assert bool(CUE.search(text)) is cue


def test_the_shipped_plan_is_a_plan() -> None:
    assert read_plan().bar


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("source = [", "not TOML"),
        ("[[bar]]\ngroup = 'a'\nof = 'all'\nlevel = 'high'", "bar.0.of"),
        ("[[bar]]\ngroup = 'a'\nof = 'positives'\nlevel = 'big'", "bar.0.level"),
        ("[[sauce]]\nmatch = 'a'", "sauce"),
        ("[[source]]\nmatch = 'a'\nlabels = { scam = 'yes' }", "source.0.labels.scam"),
    ],
)
def test_a_wrong_plan_says_what_is_wrong(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(written)
    with pytest.raises(InputError, match=told):
        read_plan(path)


def test_a_plan_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_plan(tmp_path / "none.toml")
