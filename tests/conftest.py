"""Hypothesis profiles: ``dev`` by default, ``--hypothesis-profile=long`` for a thorough run."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from hypothesis import settings

from offer_screen import Screener

settings.register_profile("dev", max_examples=200, deadline=None)
settings.register_profile("ci", parent=settings.get_profile("dev"), print_blob=True)
settings.register_profile("long", max_examples=20_000, deadline=None)
settings.register_profile("mutation", max_examples=25, deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def screener() -> Screener:
    """The shipped pack, classifier and weights with the default engine, on a fixed day."""
    return Screener.load(as_of=dt.date(2026, 11, 24))


@pytest.fixture(scope="session")
def rules_only() -> Screener:
    """The shipped pack as its analysts wrote it: no classifier, no fit."""
    return Screener.load(as_of=dt.date(2026, 11, 24), model=None, weights="authored")
