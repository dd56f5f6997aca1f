"""A short soak: everything that the long one does, but for the time."""

from __future__ import annotations

import sys

import pytest

from tests.soak import Bench, Figures, report, soak

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(0, known=20)


def test_threads_share_the_screeners(bench: Bench) -> None:
    figures = soak(bench, 300, threads=8, reload=False)
    assert figures.checked == 3
    assert not figures.wrong
    assert figures.refused == 1


def test_a_result_that_changes_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_first", ["something else"] * len(bench._first))
    bench.run(range(1))
    assert bench.wrong == ["text -1 has another report than at first"]


@pytest.mark.parametrize(("after", "code"), [(104.9, 0), (105.1, 1)])
def test_memory_that_grows_is_told(after: float, code: int) -> None:
    assert report([Figures(10, 0, 1, (), 0, 1.0, 100.0, after)], 1) == code
