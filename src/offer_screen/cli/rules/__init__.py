"""``offer-screen rules``: one module a command; importing it makes the command known."""

from offer_screen.cli.rules import (
    conflicts,
    coverage,
    docs,
    explain_config,
    fired,
    fitness,
    formatting,
    impact,
    lint,
    listing,
    new,
    overlap,
    profile,
    schema,
    show,
    test,
    why,
)
from offer_screen.cli.rules.app import app

__all__ = [
    "app",
    "conflicts",
    "coverage",
    "docs",
    "explain_config",
    "fired",
    "fitness",
    "formatting",
    "impact",
    "lint",
    "listing",
    "new",
    "overlap",
    "profile",
    "schema",
    "show",
    "test",
    "why",
]
