"""What the fuzzer began with, and what it once found, replayed without it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.__main__ import SHARES
from tests.fuzz.targets import TARGETS

REGRESSIONS = Path(__file__).parent / "regressions"
FOUND = sorted(path for path in REGRESSIONS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    TARGETS[path.parent.name].check(path.read_bytes())


def test_every_target_has_a_share_of_the_time_and_seeds_within_its_length() -> None:
    assert SHARES.keys() == TARGETS.keys()
    for target in TARGETS.values():
        assert target.seeds()
        assert all(len(seed) <= target.longest for seed in target.seeds())


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_what_becomes_of_them(name: str) -> None:
    target, rnd = TARGETS[name], Random(name)
    target.check(b"")
    for seed in target.seeds()[:20]:
        target.check(seed)
        at = rnd.randrange(len(seed))
        target.check(seed[:at] + rnd.randbytes(3) + seed[at + rnd.randrange(9) :])
        if target.mutate is not None:
            target.check(target.mutate(seed, rnd))


@pytest.mark.parametrize("name", ["rules", "model", "weights"])
def test_changes_within_the_form_often_stay_valid(name: str) -> None:
    """Else the fuzzer would only ever see how files are refused."""
    target, rnd = TARGETS[name], Random(0)
    assert target.mutate is not None
    seed = target.seeds()[0]
    changed = {target.mutate(seed, rnd) for _ in range(40)}
    assert len(changed) > 20
