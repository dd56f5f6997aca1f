"""Checks of the files as text: what a pack loads without, and people miss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from offer_screen.rules.layout import PackFile, has_header, pack_files
from offer_screen.rules.lint.base import Check, Issue, Subject
from offer_screen.rules.ruleset import RuleSet


class NoHeader(Check):
    """Finds files without the line that gives completion in editors."""

    code = "L55"
    meaning = "a file without the '$schema' line that gives completion in editors"
    recommendation = "--fix puts it in"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for file, text in read_files(ruleset, self.within):
            if file.header is not None and not has_header(text):
                yield self.issue(Subject("file", file.shown), "no '$schema' line")


class LeftOver(Check):
    """Finds files with marks that somebody meant to come back to."""

    code = "L56"
    meaning = "a TODO, FIXME or XXX left in a file"
    recommendation = "do it, or file it where work is planned"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for file, text in read_files(ruleset, self.within):
            for number, line in enumerate(text.splitlines(), 1):
                mark = next((mark for mark in ("TODO", "FIXME", "XXX") if mark in line), None)
                if mark is not None:
                    subject = Subject("file", file.shown)
                    yield self.issue(subject, f"{mark} is left in it", (number,))


def read_files(ruleset: RuleSet, within: Path | None) -> Iterator[tuple[PackFile, str]]:
    """Yield every file of a pack with its text; none for a pack that was not read from files.

    Args:
        ruleset: The pack.
        within: Folder that the files are to stand in; None for any.
    """
    for root in ruleset.paths:
        if within is None or root.is_relative_to(within):
            for file in pack_files(root):
                yield file, file.read()


CHECKS: tuple[type[Check], ...] = (NoHeader, LeftOver)
"""The checks of this file."""
