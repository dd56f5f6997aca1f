from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.rules.templates import (
    SLOTS,
    Template,
    TemplateError,
    classes_in,
    expand,
    has_gap,
)


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("gaji besar", ["gaji besar"]),
        ("  Gaji   BESAR ", ["gaji besar"]),
        ("[gaji|upah] besar", ["gaji besar", "upah besar"]),
        ("[gaji pokok|upah] besar", ["gaji pokok besar", "upah besar"]),
        ("[gaji|upah|] besar", ["gaji besar", "upah besar", "besar"]),
        ("(sangat)? besar", ["sangat besar", "besar"]),
        ("(sangat amat)? besar", ["sangat amat besar", "besar"]),
        ("(sangat|amat)? besar", ["sangat besar", "amat besar", "besar"]),
        ("a [b|c [d|e]]", ["a b", "a c d", "a c e"]),
        ("a (b (c)?)? d", ["a b c d", "a b d", "a d"]),
        ("[a|a] b", ["a b"]),
        ("[a|b] [c|d]", ["a c", "a d", "b c", "b d"]),
        ("{pay} besar", ["<{pay}> besar"]),
        ("{no-skill}", ["<{no-skill}>"]),
        ("gaji <money>", ["gaji <money>"]),
        ("<number> hari", ["<number> hari"]),
        ("a ~3 b", ["a ~3 b"]),
        ("a b ~1 c ~8 d", ["a b ~1 c ~8 d"]),
        ("[a|b] ~2 c", ["a ~2 c", "b ~2 c"]),
        ("a/n 100% +62 w.a", ["a/n 100% +62 w.a"]),
    ],
)
def test_a_template_stands_for_its_phrases(template: str, phrases: list[str]) -> None:
    assert list(expand(template).phrases()) == phrases


def test_a_gap_splits_a_phrase_into_parts() -> None:
    assert expand("[biaya|uang] awal ~3 {paid}") == Template(
        ((("biaya", "awal"), ("uang", "awal")), (("<{paid}>",),)), (3,)
    )


@pytest.mark.parametrize(
    ("template", "column"),
    [
        ("", 1),
        ("(a)?", 1),
        ("[a|]", 1),
        ("a [b", 3),
        ("a (b", 3),
        ("a b]", 4),
        ("a b)?", 4),
        ("a | b", 3),
        ("a ?", 3),
        ("[a|b]? c", 6),
        ("(a) b", 3),
        ("(a|b) c", 5),
        ("[a)? b", 3),
        ("(a] b", 3),
        ("[|]", 1),
        ("()? a", 1),
        ("a[b|c]", 2),
        ("[b|c]a", 6),
        ("(b)?a", 5),
        ("a{b}", 2),
        ("{A} b", 1),
        ("a {} b", 3),
        ("a { b", 3),
        ("a } b", 3),
        ("<mony> a", 1),
        ("<> a", 1),
        ("a < b", 3),
        ("<text> a", 1),
        ("a ~ b", 3),
        ("a ~0 b", 3),
        ("a ~9 b", 3),
        ("a ~99999999999999999999 b", 3),
        ("~2 a", 1),
        ("a ~2", 3),
        ("a ~2 ~3 b", 3),
        ("a ~2 (b)?", 3),
        ("a [~2 b|c]", 4),
        ("[[[[[a]]]]] b", 5),
    ],
)
def test_what_is_no_template_is_told_with_its_column(template: str, column: int) -> None:
    with pytest.raises(TemplateError) as caught:
        expand(template)
    assert caught.value.column == column
    assert not caught.value.too_many


def test_an_expansion_has_a_limit() -> None:
    template = " ".join(["[a|b]"] * 10)
    with pytest.raises(TemplateError, match="1024 phrases") as caught:
        expand(template, limit=1000)
    assert caught.value.too_many
    assert len(expand(template, limit=1024).parts[0]) == 1024


def test_a_template_that_explodes_costs_nothing() -> None:
    with pytest.raises(TemplateError, match="phrases, more than"):
        expand(" ".join(["[a|b|c|d|e|f|g]"] * 200))


def test_classes_and_gaps_are_told_apart() -> None:
    assert classes_in("{pay} [besar|{big}] <money>") == (("pay", 1), ("big", 14))
    assert has_gap("a b") is None
    assert has_gap("a ~2 b") == 3


def test_slots_are_fact_kinds_and_groups() -> None:
    assert {"salary", "destination", "money", "number", "any"} <= SLOTS
    assert "text" not in SLOTS


@given(st.text("ab [](){}|?~12<>-money", max_size=40))
def test_any_text_expands_or_is_refused(template: str) -> None:
    try:
        expanded = expand(template)
    except TemplateError as error:
        assert 1 <= error.column <= len(template) + 1  # noqa: PT017
        return
    assert len(expanded.gaps) == len(expanded.parts) - 1
    for choices in expanded.parts:
        for words in choices:
            assert words
            for word in words:
                assert re.fullmatch(r"<\{?[a-z0-9-]+\}?>|[^\s\[\](){}|?~<>]+", word)


WORD = st.sampled_from(["gaji", "besar", "tanpa", "{pay}", "<money>"])
TEMPLATE = st.recursive(
    WORD,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(" ".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"[{'|'.join(parts)}]")
        | inner.map(lambda part: f"({part})?")
    ),
    max_leaves=6,
)


@given(TEMPLATE)
def test_an_expansion_is_a_template_of_itself(template: str) -> None:
    try:
        expanded = expand(f"x {template}")
    except TemplateError as error:
        assert "deep" in error.message  # noqa: PT017
        return
    for words in expanded.parts[0]:
        written = " ".join(words).replace("<{", "{").replace("}>", "}")
        assert expand(written) == Template(((words,),))
