"""The check of layout: a check of lint that needs the extra ``analyst``."""

from __future__ import annotations

from collections.abc import Iterator

from offer_screen.authoring.formatting import format_text
from offer_screen.errors import InvalidRuleSet
from offer_screen.rules.lint.base import Check, Issue, Subject
from offer_screen.rules.lint.files import read_files
from offer_screen.rules.ruleset import RuleSet


class OtherLayout(Check):
    """Finds files that ``rules format`` would change."""

    code = "L57"
    meaning = "a file that is not in canonical layout"
    recommendation = "rules format, or --fix"

    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""
        for file, text in read_files(ruleset, self.within):
            subject = Subject("file", file.shown)
            try:
                after = format_text(text, file.shown, file.header)
            except InvalidRuleSet as error:
                for item in error.errors:
                    line = item.location.line if item.location else 1
                    yield self.issue(subject, item.message, (line,))
                continue
            if after != text:
                message = "rules format would write it otherwise"
                yield self.issue(subject, message, (_first_change(text, after),))


def _first_change(before: str, after: str) -> int:
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    same = next((at for at, (old, new) in enumerate(pairs, 1) if old != new), None)
    return same or min(before.count("\n"), after.count("\n")) + 1


LAYOUT_CHECKS: tuple[type[Check], ...] = (OtherLayout,)
"""The checks of this file."""
