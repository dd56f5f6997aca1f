from __future__ import annotations

from dataclasses import replace

import pytest

from offer_screen.evaluation.attack_results import Gap, Stage
from offer_screen.evaluation.holding import what_gave_way, what_held
from offer_screen.evaluation.systems import Reading, Sign
from offer_screen.values import Kind, Level

LEVELS = {Level.CAUTION: 20.0, Level.HIGH: 50.0, Level.CRITICAL: 90.0}
BEFORE = Reading(
    log_odds=4.0,
    level=Level.CRITICAL.rank,
    kind=Kind.OFFER,
    of_kind=0.0,
    classifier=2.0,
    classifier_raw=2.0,
    signs=(Sign("fee", "cost", 3.0, 0), Sign("office", "trust", -0.5, 0)),
    spans=(),
)


@pytest.mark.parametrize(
    ("log_odds", "classifier", "undone", "stage"),
    [
        (4.0, 2.0, True, Stage.TEXT),
        (4.0, 2.0, False, Stage.RULES),
        (1.0, -1.0, False, Stage.RULES),
        (1.0, 2.0, False, Stage.CLASSIFIER),
        (1.0, None, False, Stage.RULES),
        (-1.0, 2.0, False, Stage.FLOOR),
    ],
)
def test_what_is_enough_by_itself_held(
    log_odds: float, classifier: float | None, *, undone: bool, stage: Stage
) -> None:
    after = replace(BEFORE, log_odds=log_odds, classifier=classifier)
    assert what_held(after, LEVELS, undone=undone) is stage


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"kind": Kind.AWARENESS, "signs": (), "classifier": -3.0}, Gap.KIND),
        ({"kind": Kind.INQUIRY, "signs": ()}, Gap.RULES),
        ({"classifier": -1.0}, Gap.CLASSIFIER),
        ({"signs": (*BEFORE.signs, Sign("licence", "trust", -1.5, 0))}, Gap.TRUST),
    ],
)
def test_what_lost_most_gave_way(change: dict[str, object], gap: Gap) -> None:
    assert what_gave_way(BEFORE, replace(BEFORE, **change)) is gap  # type: ignore[arg-type]
