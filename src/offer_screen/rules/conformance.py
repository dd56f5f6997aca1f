"""Conformance sets: what a framework or a public list asks for, mapped to the rules that answer.

A set is one file, ``conformance/<id>.yaml`` of a pack. It plays no part in screening and is read
only when somebody asks for coverage; what it names is checked then, with file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from offer_screen.errors import InvalidRuleSet, RuleError, RuleReferenceError
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Model, Rule, Slug, Tags
from offer_screen.rules.source import Source, read_source
from offer_screen.rules.validation import suggestion, validate
from offer_screen.values import Localised

FOLDER = "conformance"
"""Folder of a pack that holds conformance sets."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
"""Id of an item, as the framework writes it: words joined by hyphens or underscores."""


class ConformanceItem(Model):
    """One thing that the framework asks for.

    Attributes:
        id: Its name in the framework.
        title: What it is.
        rules: Ids of rules that answer it; ids of ``missing.yaml`` may stand here too.
        tags: Rules with one of these tags answer it as well.
        note: What a reader of the coverage should know, such as why nothing answers it.
    """

    id: ItemId
    title: Localised
    rules: tuple[Slug, ...] = ()
    tags: Tags = Tags()
    note: str = ""


class ConformanceSet(Model):
    """One file ``conformance/<id>.yaml``.

    Attributes:
        id: Equals the file name.
        title: Name of the framework or list.
        sources: Where it was published, each with its date.
        items: What it asks for, in its own order.
    """

    id: Slug
    title: Localised
    sources: tuple[Annotated[str, StringConstraints(min_length=4)], ...] = Field(min_length=1)
    items: tuple[ConformanceItem, ...] = Field(min_length=1)


def load_conformance(ruleset: RuleSet) -> Mapping[str, ConformanceSet]:
    """Return the conformance sets of the folders that ``ruleset`` was read from, by id.

    Raises:
        InvalidRuleSet: A set is not of the documented shape, or names a rule that does not exist.
    """
    sets: dict[str, ConformanceSet] = {}
    errors: list[RuleError] = []
    for path, shown in _files(ruleset.paths):
        source, unreadable = read_source(path, shown)
        errors.extend(unreadable)
        if source is None:
            continue
        checked = validate(ConformanceSet, source)
        if isinstance(checked, list):
            errors.extend(checked)
            continue
        errors.extend(_cross_check(checked, source, path.stem, ruleset))
        if checked.id in sets:
            errors.append(
                source.error(
                    RuleReferenceError, "R214", f"set '{checked.id}' exists already", ("id",)
                )
            )
        sets[checked.id] = checked
    if errors:
        raise InvalidRuleSet(tuple(errors))
    return sets


def answers(item: ConformanceItem, ruleset: RuleSet) -> tuple[Rule, ...]:
    """Return the rules that answer ``item``: those it names, then those that carry a tag of it."""
    named = [ruleset.rules[name] for name in item.rules if name in ruleset.rules]
    tagged = [rule for rule in ruleset.rules.values() if _tagged(rule, item.tags)]
    return tuple({rule.id: rule for rule in (*named, *tagged)}.values())


def _tagged(rule: Rule, tags: Tags) -> bool:
    return any(
        set(getattr(rule.tags, framework)) & set(getattr(tags, framework))
        for framework in Tags.model_fields
    )


def _files(roots: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for root in roots:
        folder = root / FOLDER
        if folder.is_dir():
            for path in sorted(folder.glob("*.yaml")):
                if not path.name.startswith("."):
                    yield path, path.as_posix()


def _cross_check(
    conformance: ConformanceSet, source: Source, stem: str, ruleset: RuleSet
) -> Iterator[RuleError]:
    known = {*ruleset.rules, *ruleset.missing, *ruleset.disabled}
    if conformance.id != stem:
        yield source.error(
            RuleReferenceError,
            "R201",
            f"id: '{conformance.id}' differs from the file name",
            ("id",),
            hint=f"write '{stem}', or rename the file",
        )
    seen: set[str] = set()
    for index, item in enumerate(conformance.items):
        if item.id in seen:
            yield source.error(
                RuleReferenceError,
                "R214",
                f"item '{item.id}' exists already",
                ("items", index, "id"),
            )
        seen.add(item.id)
        for position, name in enumerate(item.rules):
            if name not in known:
                yield source.error(
                    RuleReferenceError,
                    "R210",
                    f"unknown rule '{name}'",
                    ("items", index, "rules", position),
                    hint=suggestion(name, known),
                )
