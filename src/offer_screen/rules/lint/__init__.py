"""Lint: what a pack may say and had better not.

A pack with issues loads and works. `CHECKS` holds every check; each is a small class in a file
named after what it looks at, and ``docs/lint.md`` lists them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from offer_screen.rules.lint import (
    conditions,
    examples,
    files,
    origin,
    phrases,
    unused,
    weights,
    wording,
)
from offer_screen.rules.lint.base import Check, Issue, IssueSeverity, Subject
from offer_screen.rules.lint.places import Places
from offer_screen.rules.ruleset import RuleSet

__all__ = ["CHECKS", "Check", "Issue", "IssueSeverity", "Subject", "lint"]

CHECKS: tuple[type[Check], ...] = tuple(
    sorted(
        (
            *unused.CHECKS,
            *examples.CHECKS,
            *weights.CHECKS,
            *wording.CHECKS,
            *conditions.CHECKS,
            *origin.CHECKS,
            *phrases.CHECKS,
            *files.CHECKS,
        ),
        key=lambda check: check.code,
    )
)
"""Every check, in order of code."""


def lint(
    ruleset: RuleSet,
    *,
    as_of: dt.date | None = None,
    checks: Iterable[type[Check]] = CHECKS,
    within: Path | None = None,
) -> tuple[Issue, ...]:
    """Return all issues of a pack, in order of file and line.

    Args:
        ruleset: A pack that loads.
        as_of: Day on which dated values should hold; today if None.
        checks: The checks to run.
        within: Folder whose issues are asked for, such as that of a layer; None for all.
    """
    day = as_of or dt.date.today()
    places = Places(ruleset.paths)
    found = {
        replace(issue, location=places.locate(issue.subject, issue.loc))
        for check in checks
        for issue in check(day, within).check(ruleset)
    }
    return tuple(sorted((one for one in found if _stands_in(one, within)), key=_in_order))


def _stands_in(issue: Issue, folder: Path | None) -> bool:
    if folder is None or issue.location is None:
        return True
    return Path(issue.location.path).is_relative_to(folder)


def _in_order(issue: Issue) -> tuple[str, int, int, str, str]:
    place = issue.location
    if place is None:
        return "", 0, 0, issue.code, str(issue)
    return place.path, place.line, place.column, issue.code, str(issue)
