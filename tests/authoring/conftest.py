"""Screeners to explain and try rules with."""

from __future__ import annotations

import pytest

from offer_screen.screener import Screener
from tests.rules.conftest import GOOD_PACK


@pytest.fixture(scope="session")
def good() -> Screener:
    """A screener with the good pack."""
    return Screener.load([GOOD_PACK], engine="compiled")


@pytest.fixture(scope="session")
def shipped() -> Screener:
    """A screener with the shipped pack."""
    return Screener.load(engine="compiled")
