from __future__ import annotations

import pytest

from offer_screen.results import Report
from tests.render.reports import REPORTS


@pytest.fixture(params=REPORTS)
def case(request: pytest.FixtureRequest) -> tuple[Report, str]:
    """A report and the text that it is about."""
    return REPORTS[request.param]
