"""The shipped reference data, read straight from the YAML files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from offer_screen.rules.reference import REFERENCE_FILES, Reference
from offer_screen.rules.schema import Model

FOLDER = Path(__file__).resolve().parents[1] / "rules" / "reference"
DAY = dt.date(2026, 11, 1)


@cache
def read_files() -> Mapping[str, Model]:
    """Return the models of all reference files, by stem."""
    return {
        path.stem: REFERENCE_FILES[path.stem].model_validate(
            yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        )
        for path in sorted(FOLDER.glob("*.yaml"))
    }


@cache
def read_reference(day: dt.date = DAY) -> Reference:
    """Return what of them held on ``day``."""
    return Reference.at(read_files(), day)
