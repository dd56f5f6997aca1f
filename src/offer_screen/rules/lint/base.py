"""What a check is, and what it yields."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from offer_screen.errors import SourceLocation
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Rule
from offer_screen.rules.source import Loc


class IssueSeverity(StrEnum):
    """How much an issue matters.

    An error is what no author can have meant, a warning what a reviewer would ask about, a note
    what only reminds: true of what comes with time, which nobody did wrong.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Subject(NamedTuple):
    """What an issue is about; a rule is named ``category/id``, a reference by its file stem."""

    kind: Literal[
        "rule", "missing", "signal", "class", "advice", "category", "reference", "kinds", "file"
    ]
    name: str

    def __str__(self) -> str:
        if self.kind in {"rule", "file"}:
            return self.name
        return (
            f"reference/{self.name}.yaml"
            if self.kind == "reference"
            else f"{self.kind} {self.name}"
        )


def subject_of(rule: Rule) -> Subject:
    """Return a rule as the subject of an issue."""
    return Subject("rule", f"{rule.category}/{rule.id}")


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a reviewer would ask about.

    Attributes:
        code: Stable code of the check, such as ``L01``.
        severity: How much it matters.
        subject: What it is about.
        message: What is doubtful.
        recommendation: How to mend it.
        loc: Where below the subject: keys and list positions.
        location: Where in the files of the pack, when that is known.
    """

    code: str
    severity: IssueSeverity
    subject: Subject
    message: str
    recommendation: str
    loc: tuple[str | int, ...] = ()
    location: SourceLocation | None = None

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        about = "" if place and self.subject.kind == "file" else f"{self.subject}: "
        return (
            f"{place}{self.code} {self.severity.value}: {about}{self.message}"
            f" ({self.recommendation})"
        )


class Check(ABC):
    """One question to a pack.

    A check is a class with four words about itself, and a method that yields what it found.

    Attributes:
        code: Stable code; a code that was given away is never used again.
        severity: Of every issue that it yields.
        meaning: What it finds, in one line.
        recommendation: How to mend that.
        day: The day on which dated values should hold.
        within: Folder whose files are asked for; None for all that the pack was read from.
    """

    code: ClassVar[str]
    severity: ClassVar[IssueSeverity] = IssueSeverity.WARNING
    meaning: ClassVar[str]
    recommendation: ClassVar[str]

    def __init__(self, day: dt.date, within: Path | None = None) -> None:
        self.day = day
        self.within = within

    @abstractmethod
    def check(self, ruleset: RuleSet) -> Iterator[Issue]:
        """Yield the issues of a pack."""

    def issue(self, subject: Subject, message: str, loc: Loc = ()) -> Issue:
        """Return an issue of this check."""
        return Issue(self.code, self.severity, subject, message, self.recommendation, tuple(loc))


def plain(text: str) -> str:
    """Return a text without what two equal texts may differ in: case and blanks."""
    return " ".join(text.lower().split())


def short(text: str) -> str:
    """Return the start of a text in quotes."""
    text = " ".join(text.split())
    return f"'{text}'" if len(text) <= 50 else f"'{text[:50]}…'"
