"""The job ``offer-screen spark`` as a file and a module, for ``spark-submit`` and ``python -m``."""

from __future__ import annotations

import sys

from offer_screen.cli import main

if __name__ == "__main__":
    sys.exit(main(["spark", *sys.argv[1:]]))
