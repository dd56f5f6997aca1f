"""``offer-screen rules schema``: completion and checks for editors."""

from __future__ import annotations

from offer_screen.cli.rules.app import app
from offer_screen.cli.terminal import write_result
from offer_screen.rules.schema import rule_schema


@app.command()
def schema() -> None:
    """Print the JSON Schema of a rule file, for completion in editors."""
    write_result(f"{rule_schema()}\n", None)
