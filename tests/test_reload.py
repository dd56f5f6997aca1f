"""Exchanging the rules of a screener that is in service."""

from __future__ import annotations

import datetime as dt
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import pytest

from offer_screen import InvalidRuleSet, Report, RuleSet, Screener, load_ruleset
from offer_screen.infer.base import EngineName

GOOD_PACK = Path(__file__).parent / "fixtures" / "good_pack"
OFFER = "Lowongan admin, bayar 300 ribu untuk seragam."
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(copytree(GOOD_PACK, tmp_path / "pack"))


def write_weight(pack: Path, weight: str) -> None:
    path = pack / "cost" / "upfront-fee.yaml"
    head, _, rest = path.read_text().partition("weight: ")
    path.write_text(f"{head}weight: {weight}\n{rest.partition(chr(10))[2]}")


def weight_of(report: Report) -> float:
    return next(c.weight for c in report.contributions if c.ref == "upfront-fee")


def small(pack: Path, engine: EngineName = "compiled") -> Screener:
    return Screener.load([pack], engine=engine, as_of=DAY)


def test_reload_reads_the_same_folders_again(pack: Path) -> None:
    screener = small(pack)
    write_weight(pack, "0.4")
    assert weight_of(screener.screen(OFFER)) == 1.2
    screener.reload()
    assert weight_of(screener.screen(OFFER)) == 0.4
    assert screener.ruleset == load_ruleset([pack])


def test_reload_may_take_other_folders_and_remembers_them(pack: Path) -> None:
    screener = small(GOOD_PACK)
    write_weight(pack, "0.4")
    screener.reload([pack])
    assert weight_of(screener.screen(OFFER)) == 0.4
    write_weight(pack, "0.5")
    screener.reload()
    assert weight_of(screener.screen(OFFER)) == 0.5


def test_a_broken_pack_leaves_the_old_one_in_service_and_says_why(pack: Path) -> None:
    screener = small(pack)
    before = screener.screen(OFFER)
    write_weight(pack, "heavy")
    with pytest.raises(InvalidRuleSet, match=r"upfront-fee\.yaml:6:9: R103 weight: "):
        screener.reload()
    assert screener.screen(OFFER) == before
    write_weight(pack, "0.4")
    screener.reload()
    assert weight_of(screener.screen(OFFER)) == 0.4


def test_other_folders_that_are_broken_are_not_remembered(pack: Path, tmp_path: Path) -> None:
    screener = small(pack)
    with pytest.raises(InvalidRuleSet):
        screener.reload([tmp_path / "nowhere"])
    screener.reload()
    assert screener.ruleset.paths == (pack,)


def test_rules_that_came_from_no_folder_cannot_be_read_again(pack: Path) -> None:
    ruleset = RuleSet.from_json(load_ruleset([pack]).to_json())
    screener = Screener(ruleset, engine="compiled", as_of=DAY)
    with pytest.raises(ValueError, match="say which"):
        screener.reload()
    screener.reload([pack])
    assert screener.ruleset == ruleset


def test_the_day_is_kept_when_it_was_given(pack: Path) -> None:
    screener = small(pack)
    screener.reload()
    assert screener.screen(OFFER).as_of == DAY.isoformat()


def test_a_screener_that_was_reloaded_survives_pickling(pack: Path) -> None:
    screener = small(pack)
    write_weight(pack, "0.4")
    screener.reload()
    copy = pickle.loads(pickle.dumps(screener))
    assert copy.screen(OFFER) == screener.screen(OFFER)
    write_weight(pack, "0.5")
    copy.reload()
    assert weight_of(copy.screen(OFFER)) == 0.5
    assert weight_of(screener.screen(OFFER)) == 0.4


def test_texts_that_are_under_way_end_with_the_rules_they_began_with(pack: Path) -> None:
    screener = small(pack)
    reports = screener.screen_many([OFFER] * 3)
    first = next(reports)
    write_weight(pack, "0.4")
    screener.reload()
    assert list(reports) == [first, first]


@pytest.mark.parametrize("engine", ["auto", "compiled"])
def test_threads_under_load_see_the_old_rules_or_the_new_ones(
    pack: Path, engine: EngineName
) -> None:
    """Two packs take turns, and a broken one in between; no report mixes them."""
    screener = small(pack, engine)
    expected = {}
    for weight in ("1.2", "0.4"):
        write_weight(pack, weight)
        report = small(pack, engine).screen(OFFER)
        expected[report.pack_sha256] = report.to_json()
    done = threading.Event()
    seen: set[str] = set()
    wrong: list[str] = []

    def serve() -> None:
        while not done.is_set():
            report = screener.screen(OFFER)
            seen.add(report.pack_sha256)
            if report.to_json() != expected[report.pack_sha256]:
                wrong.append(report.to_json())

    with ThreadPoolExecutor(8) as pool:
        served = [pool.submit(serve) for _ in range(8)]
        try:
            for weight in ("0.4", "1.2", "x", "0.4", "x", "1.2", "0.4"):
                write_weight(pack, weight)
                if weight == "x":
                    with pytest.raises(InvalidRuleSet):
                        screener.reload()
                else:
                    screener.reload()
        finally:
            done.set()
        for each in served:
            each.result()
    assert not wrong
    assert seen == set(expected)
