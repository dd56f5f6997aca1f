"""``offer-screen corpus``: what a corpus is made of, and whether it is sound."""

from offer_screen.cli.corpus import check, stats
from offer_screen.cli.corpus.app import app

__all__ = ["app", "check", "stats"]
