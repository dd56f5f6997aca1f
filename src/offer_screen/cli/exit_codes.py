"""Exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    """Done; nothing at or above ``--fail-on``, and no error of ``rules lint`` or ``test``."""
    FINDINGS = 1
    """Done; an offer at or above ``--fail-on``, or errors of ``rules lint`` or ``test``."""
    USAGE = 2
    """The command line itself is wrong."""
    INVALID_RULES = 3
    """The rule pack has errors; all of them are listed."""
    INPUT = 4
    """The input cannot be read or screened, or the output cannot be written."""
    INTERNAL = 5
    """A fault of the program or of the inference engine."""
