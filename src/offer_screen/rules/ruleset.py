"""The rule set: everything that a pack says, checked, immutable, with a digest of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, TypeAdapter, ValidationError

from offer_screen.errors import InvalidRuleSet, RuleReferenceError, RuleSchemaError
from offer_screen.rules.conditions import (
    CycleError,
    Program,
    UnknownFindingError,
    compile_program,
)
from offer_screen.rules.reference import REFERENCE_FILES
from offer_screen.rules.schema import (
    AdviceEntry,
    FrozenDict,
    KindsFile,
    MissingRule,
    Model,
    Pack,
    Phrase,
    Rule,
    Signal,
    SlangEntry,
    Slug,
    StanceFile,
)

FORMAT = 1
"""Version of the JSON layout of a rule set."""


class _Content(Model):
    """The JSON layout: what was written, without what follows from it."""

    format: Literal[1]
    pack: Pack
    kinds: KindsFile
    stance: StanceFile
    rules: Mapping[Slug, Rule]
    missing: tuple[tuple[Slug, MissingRule], ...]  # the order is the order of asking
    signals: Mapping[Slug, Signal]
    lexicon: Mapping[Slug, tuple[Phrase, ...]]
    slang: Mapping[str, SlangEntry]
    advice: Mapping[Slug, AdviceEntry]
    reference: Mapping[str, Mapping[str, Any]]
    layers: tuple[str, ...] = ()


_LEXICON = TypeAdapter(dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class RuleSet:
    """A rule pack, ready for use. Immutable and picklable; equal content is equal.

    Attributes:
        pack: Settings and categories.
        kinds: What speaks for each kind of text.
        stance: Words that change the stance of a mention.
        rules: Rules by id, in order of id.
        missing: What a lawful offer states, in the order of asking.
        signals: Signals by id.
        lexicon: Phrases of each word class.
        slang: Short forms and what they stand for.
        advice: Advice by id.
        reference: Content of ``reference/*.yaml`` by file stem.
        layers: Name and version of each layer that changed the pack, the nearest to it first.
        paths: Folders that it was read from; says nothing of the content.
        disabled: What layers took out, by id, and why; says nothing of the content.
    """

    pack: Pack
    kinds: KindsFile
    stance: StanceFile
    rules: Mapping[str, Rule]
    missing: Mapping[str, MissingRule]
    signals: Mapping[str, Signal]
    lexicon: Mapping[str, tuple[str, ...]]
    slang: Mapping[str, SlangEntry]
    advice: Mapping[str, AdviceEntry]
    reference: Mapping[str, Model]
    layers: tuple[str, ...] = ()
    paths: tuple[Path, ...] = field(default=(), compare=False)
    disabled: Mapping[str, str] = field(default_factory=FrozenDict, compare=False)

    def __post_init__(self) -> None:
        for name in ("rules", "signals", "lexicon", "slang", "advice", "reference"):
            object.__setattr__(self, name, FrozenDict(sorted(getattr(self, name).items())))
        object.__setattr__(self, "missing", FrozenDict(self.missing))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def program(self) -> Program:
        """The conditions of all rules, and of what may be missing, for an inference engine."""
        return compile_program(
            {
                **{rule.id: rule.when for rule in self.rules.values()},
                **{name: rule.when for name, rule in self.missing.items()},
            }
        )

    @property
    def label(self) -> str:
        """Name and version of the pack, and of the layers on it."""
        return " + ".join((f"{self.pack.name} {self.pack.version}", *self.layers))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content: comments, layout and file names do not count."""
        return hashlib.sha256(self.to_json().encode("utf-8", "surrogatepass")).hexdigest()

    def advice_of(self, rule: str) -> tuple[str, ...]:
        """Return the ids of the advice that ``rule`` names; none for what is missing."""
        found = self.rules.get(rule)
        return found.advice if found is not None else ()

    def to_json(self) -> str:
        """Return the whole content as JSON text, the same text for the same content."""
        content = {
            "format": FORMAT,
            "pack": _dump(self.pack),
            "kinds": _dump(self.kinds),
            "stance": _dump(self.stance),
            "rules": _dump_all(self.rules),
            "missing": [[name, _dump(rule)] for name, rule in self.missing.items()],
            "signals": _dump_all(self.signals),
            "lexicon": _LEXICON.dump_python(dict(self.lexicon), mode="json"),
            "slang": _dump_all(self.slang),
            "advice": _dump_all(self.advice),
            "reference": _dump_all(self.reference),
            **({"layers": self.layers} if self.layers else {}),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """Read a rule set that ``to_json`` wrote.

        Raises:
            InvalidRuleSet: Not a rule set of this version.
        """
        try:
            content = _Content.model_validate_json(data)
            reference = {
                stem: REFERENCE_FILES[stem].model_validate_json(json.dumps(value), strict=True)
                for stem, value in content.reference.items()
                if stem in REFERENCE_FILES
            }
        except ValidationError as error:
            raise InvalidRuleSet(
                tuple(
                    RuleSchemaError("R199", f"{'.'.join(map(str, item['loc']))}: {item['msg']}")
                    for item in error.errors(include_url=False)
                )
            ) from error
        ruleset = cls(
            pack=content.pack,
            kinds=content.kinds,
            stance=content.stance,
            rules=content.rules,
            missing=dict(content.missing),
            signals=content.signals,
            lexicon=content.lexicon,
            slang=content.slang,
            advice=content.advice,
            reference=reference,
            layers=content.layers,
        )
        try:
            _ = ruleset.program
        except (CycleError, UnknownFindingError) as error:
            raise InvalidRuleSet((RuleReferenceError("R211", str(error)),)) from error
        return ruleset


def _dump(model: BaseModel) -> dict[str, Any]:
    # What is left out in the file is left out here: a comparison that is not given is not made.
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _dump_all(models: Mapping[str, BaseModel]) -> dict[str, dict[str, Any]]:
    return {name: _dump(model) for name, model in models.items()}
