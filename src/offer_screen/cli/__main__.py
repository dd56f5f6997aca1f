"""Lets ``python -m offer_screen.cli`` stand for ``offer-screen``."""

from __future__ import annotations

import sys

from offer_screen.cli import main

sys.exit(main())
