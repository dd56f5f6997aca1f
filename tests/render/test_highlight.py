from __future__ import annotations

from itertools import pairwise, zip_longest

from hypothesis import given
from hypothesis import strategies as st

from offer_screen.rendering.highlight import Segment, merge, segment
from offer_screen.values import Span

spans = st.tuples(st.integers(-3, 40), st.integers(-3, 40)).map(lambda pair: Span(*pair))
marks = st.lists(st.tuples(st.integers(1, 5), spans), max_size=12)


def test_overlapping_marks_are_cut_where_they_begin_and_end() -> None:
    assert segment(10, [(1, Span(2, 6)), (2, Span(4, 8))]) == (
        Segment(0, 2, (), ()),
        Segment(2, 4, (1,), ()),
        Segment(4, 6, (1, 2), (1,)),
        Segment(6, 8, (2,), (2,)),
        Segment(8, 10, (), ()),
    )


@given(st.integers(0, 30), marks)
def test_runs_tile_the_text(length: int, given_marks: list[tuple[int, Span]]) -> None:
    runs = segment(length, given_marks)
    assert [i for run in runs for i in range(run.start, run.end)] == list(range(length))
    assert all(run.start < run.end for run in runs)


@given(st.integers(0, 30), marks)
def test_each_character_bears_the_marks_that_cover_it(
    length: int, given_marks: list[tuple[int, Span]]
) -> None:
    for run in segment(length, given_marks):
        for at in range(run.start, run.end):
            covering = {key for key, span in given_marks if span.start <= at < span.end}
            assert set(run.marks) == covering


@given(st.integers(0, 30), marks)
def test_a_mark_ends_where_the_next_character_lacks_it(
    length: int, given_marks: list[tuple[int, Span]]
) -> None:
    runs = segment(length, given_marks)
    for run, following in zip_longest(runs, runs[1:]):
        lost = set(run.marks) - set(following.marks if following else ())
        assert set(run.ends) == lost


@given(st.lists(spans, max_size=12))
def test_merged_spans_cover_the_same_characters_apart_from_each_other(
    given_spans: list[Span],
) -> None:
    merged = merge(given_spans)
    covered = {at for span in given_spans for at in range(span.start, span.end)}
    assert {at for span in merged for at in range(span.start, span.end)} == covered
    assert all(a.end < b.start for a, b in pairwise(merged))
