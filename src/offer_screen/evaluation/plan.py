"""How sources are read, which of them belong together, and which bars a release is held to.

The plan is data (TOML): the shipped one (``plan.toml``) knows the files that this project is
measured on, and says nothing of others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from offer_screen.errors import InputError
from offer_screen.values import Kind, Level, Value

SHIPPED = Path(__file__).with_name("plan.toml")

Treatment = Literal["positive", "negative", "aside"]


class SourcePlan(Value):
    """How the texts of some sources are read.

    Attributes:
        match: Names of sources, with ``*`` for anything.
        group: What they are told together as.
        labels: What a label counts as in these sources, where that differs.
        kind: The kind of all their texts; None to read the field.
    """

    model_config = ConfigDict(strict=False)

    match: str
    group: str | None = None
    labels: dict[str, Treatment] = Field(default_factory=dict)
    kind: Kind | None = None


class Bar(Value):
    """What a share of texts is held to.

    Attributes:
        group: Group or source of the texts, with ``*`` for anything.
        of: Positives or negatives.
        level: At this level or above.
        cue: Only texts with, or without, something that can be checked.
        subtle: Only subtle, or only other, texts.
        at_most: The share may not be above this.
        at_least: The share may not be below this.
    """

    model_config = ConfigDict(strict=False)

    group: str
    of: Literal["positives", "negatives"]
    level: Level
    cue: bool | None = None
    subtle: bool | None = None
    at_most: float | None = None
    at_least: float | None = None

    @property
    def about(self) -> str:
        """The texts and the level, in words."""
        parts = [f"{self.group}: {self.of}"]
        if self.subtle is not None:
            parts.append("subtle" if self.subtle else "not subtle")
        if self.cue is not None:
            parts.append("with a cue" if self.cue else "without a cue")
        return f"{', '.join(parts)}, at {self.level} or above"


class MetricBar(Value):
    """What a metric of the fused score is held to.

    Attributes:
        group: Group or source of the texts, with ``*`` for anything.
        metric: Name of the metric.
        at_most: It may not be above this.
        at_least: It may not be below this.
    """

    group: str
    metric: str
    at_most: float | None = None
    at_least: float | None = None


class AttackBar(Value):
    """What the recall lost to rewriting is held to.

    Attributes:
        attack: Names of attacks, with ``*`` for anything.
        level: At this level or above.
        at_most: No more may be lost than this share of the positives.
    """

    model_config = ConfigDict(strict=False)

    attack: str
    level: Level
    at_most: float


class FallBar(Value):
    """What the share of critical texts that rewriting brings below high is held to.

    Attributes:
        attack: Names of attacks, with ``*`` for anything.
        at_most: No greater share of the critical texts may fall.
    """

    attack: str
    at_most: float


class VersusBar(Value):
    """What the score is held to against other systems of the run.

    Attributes:
        against: Names of systems, with ``*`` for anything.
        metric: Name of the metric.
        at_least: The score's metric minus the other's may not be below this.
    """

    against: str
    metric: str
    at_least: float = 0.0


class Plan(Value):
    """How an evaluation reads its texts, and what it is held to."""

    source: tuple[SourcePlan, ...] = ()
    bar: tuple[Bar, ...] = ()
    metric_bar: tuple[MetricBar, ...] = ()
    attack_bar: tuple[AttackBar, ...] = ()
    fall_bar: tuple[FallBar, ...] = ()
    versus_bar: tuple[VersusBar, ...] = ()

    def of(self, source: str) -> SourcePlan:
        """Return how a source is read: the first entry that matches."""
        for entry in self.source:
            if fnmatchcase(source, entry.match):
                return entry
        return SourcePlan(match=source)


def read_plan(path: Path = SHIPPED) -> Plan:
    """Read a plan.

    Raises:
        InputError: It cannot be read, or is no plan; all faults are named.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: not TOML: {error}") from error
    try:
        return Plan.model_validate(given)
    except ValidationError as error:
        raise InputError(f"{path}: not a plan:\n" + "\n".join(_faults(error))) from error


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        yield f"  {'.'.join(map(str, fault['loc']))}: {fault['msg']}"
