"""Drafts of rules: they load, they say what is to be written, and they overwrite nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.authoring.formatting import format_text
from offer_screen.authoring.scaffold import TODO, Draft, scaffold, write_draft
from offer_screen.errors import InputError, InvalidRuleSet
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule, Signal, Status
from offer_screen.rules.source import parse_source
from offer_screen.rules.validation import validate
from offer_screen.values import Localised, Severity
from tests.rules.conftest import GOOD_PACK

TODAY = dt.date(2026, 11, 24)
CATEGORY = "pay"


def _draft(**changes: object) -> Draft:
    values: dict[str, object] = {
        "id": "uniform-fee",
        "category": CATEGORY,
        "title": Localised(id="Uang seragam", en="A fee for a uniform"),
        "severity": Severity.MEDIUM,
        "phrases": ("uang seragam",),
        **changes,
    }
    return Draft(**values)  # type: ignore[arg-type]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))


@pytest.fixture(scope="module")
def small() -> RuleSet:
    return load_ruleset([GOOD_PACK])


def _write(pack: Path, draft: Draft) -> RuleSet:
    write_draft(scaffold(draft, TODAY), pack, lambda: load_ruleset([pack]))
    return load_ruleset([pack])


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_a_draft_loads_and_does_not_score(pack: Path) -> None:
    ruleset = _write(pack, _draft(abroad=True))
    rule = ruleset.rules["uniform-fee"]
    assert rule.status is Status.EXPERIMENTAL
    assert rule.created == TODAY
    assert ruleset.signals["uniform-fee"].phrases == ("uang seragam",)


def test_a_draft_says_todo_wherever_the_author_is_to_write(pack: Path) -> None:
    rule = _write(pack, _draft(match=("Bayar uang seragam dulu.",))).rules["uniform-fee"]
    words = [rule.explain.id, rule.explain.en, rule.rationale, *rule.sources, *rule.false_positives]
    assert all(word.startswith(TODO) for word in words)
    assert [text.startswith(TODO) for text in rule.examples.match] == [False, *[True] * 4]
    assert all(text.startswith(TODO) for text in rule.examples.no_match)


def test_a_draft_may_build_on_signals_that_exist(pack: Path, small: RuleSet) -> None:
    signal = next(iter(small.signals))
    files = scaffold(_draft(phrases=(), signals=(signal,)), TODAY)
    assert [file.path.as_posix() for file in files] == [f"{CATEGORY}/uniform-fee.yaml"]
    assert _write(pack, _draft(phrases=(), signals=(signal,))).rules["uniform-fee"]


def test_the_schema_for_editors_is_put_beside_the_rules(pack: Path) -> None:
    _write(pack, _draft())
    assert (pack / "rule.schema.json").is_file()
    _write(pack, _draft(id="other-fee"))


def test_nothing_is_overwritten(pack: Path) -> None:
    _write(pack, _draft())
    before = _files(pack)
    with pytest.raises(InputError, match="exists already"):
        _write(pack, _draft())
    assert _files(pack) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category": "nowhere"}, "R203"),
        ({"phrases": ("uang [seragam",)}, "R111"),
        ({"signals": ("nobody-knows",)}, "R204"),
    ],
)
def test_a_draft_that_does_not_load_leaves_the_pack_as_it_was(
    pack: Path, changes: dict[str, object], code: str
) -> None:
    before = _files(pack)
    with pytest.raises(InvalidRuleSet) as caught:
        _write(pack, _draft(**changes))
    assert code in {error.code for error in caught.value.errors}
    assert _files(pack) == before


@pytest.mark.parametrize("name", ["../outside", "Upper", "a b", "", "a/b", "x" * 61])
def test_a_name_of_a_wrong_form_is_refused_before_anything_is_written(
    pack: Path, name: str
) -> None:
    before = _files(pack.parent)
    with pytest.raises(InputError, match="is no id"):
        _write(pack, _draft(id=name))
    with pytest.raises(InputError, match="is no id"):
        _write(pack, _draft(category=name))
    assert _files(pack.parent) == before


def test_a_draft_needs_something_to_look_for() -> None:
    with pytest.raises(InputError, match="something to look for"):
        scaffold(_draft(phrases=()), TODAY)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=3, max_size=40
).filter(lambda text: text.strip() == text)


@pytest.mark.property
@given(title=st.builds(Localised, id=WORDS, en=WORDS), match=WORDS, phrase=WORDS)
def test_words_come_back_from_the_files_as_they_were_given(
    title: Localised, match: str, phrase: str
) -> None:
    draft = _draft(title=title, match=(match,), phrases=(phrase,))
    rule_file, signal_file = scaffold(draft, TODAY)
    source, errors = parse_source(rule_file.text.encode(), "a.yaml")
    assert source is not None, errors
    rule = validate(Rule, source)
    assert isinstance(rule, Rule), rule
    assert rule.title == title
    assert rule.examples.match[0] == match
    source, errors = parse_source(signal_file.text.encode(), "a.yaml")
    assert source is not None, errors
    content = source.value
    assert isinstance(content, dict)
    signals = content["signals"]
    assert isinstance(signals, dict)
    assert Signal.model_validate(signals["uniform-fee"]).phrases == (phrase,)


@pytest.mark.parametrize("words", ["Uang seragam", 'A "fee" here', "It's a fee: pay", "a\\b # c"])
def test_a_draft_is_in_canonical_layout(words: str) -> None:
    draft = _draft(title=Localised(id=words, en=words), match=(words,), phrases=(words,))
    for file in scaffold(draft, TODAY):
        assert format_text(file.text) == file.text
