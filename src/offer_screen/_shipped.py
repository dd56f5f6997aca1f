"""Where the data lies that comes with the library."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder ``name`` that comes with the library: of the wheel, or of a checkout."""
    packaged = Path(str(resources.files("offer_screen"))) / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name
