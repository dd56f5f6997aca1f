"""Writes the first draft of a rule: a file that loads, with a TODO wherever the author is to speak.

The draft is experimental, so that it runs and never scores. Its TODOs stand where the pack asks for
words: lint names each, and `rules test` fails until real offers stand in their place.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from offer_screen.errors import InputError, InvalidRuleSet, OfferScreenError
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Slug, rule_schema
from offer_screen.values import Harm, Localised, Severity

TODO = "TODO"
"""What a draft says where the author is to write."""

EXAMPLES_WANTED = 5
"""Offers, and near misses, that a rule should have."""

_WEIGHTS = {
    Severity.INFO: 0.1,
    Severity.LOW: 0.5,
    Severity.MEDIUM: 1.2,
    Severity.HIGH: 2.0,
    Severity.CRITICAL: 4.0,
}
"""The middle of what a severity usually weighs."""

_NAME: TypeAdapter[str] = TypeAdapter(Slug)
_HEADER = "# yaml-language-server: $schema=../rule.schema.json"
_SCHEMA_FILE = "rule.schema.json"

LoadPack = Callable[[], RuleSet]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a rule before it is written.

    Attributes:
        id: Its id.
        category: Its category.
        title: Its title.
        severity: Harm if true; gives the weight.
        phrases: Phrase templates of a new signal with the rule's id.
        signals: Signals that exist already; any one of them makes the rule fire.
        abroad: Whether the rule asks for work abroad too.
        match: Offers that it is to fire on.
        no_match: Near misses.
        harms: What it speaks for.
    """

    id: str
    category: str
    title: Localised
    severity: Severity
    phrases: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    abroad: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    harms: tuple[Harm, ...] = (Harm.TRAFFICKING,)


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a draft, and where in the pack it belongs."""

    path: Path
    text: str


def scaffold(draft: Draft, today: dt.date) -> tuple[DraftFile, ...]:
    """Return the files of a draft: the rule, and its signal when it brings phrases.

    Raises:
        InputError: Neither phrases nor signals are given, or a name has a wrong form.
    """
    for name in (draft.id, draft.category, *draft.signals):
        _check_name(name)
    if not (draft.phrases or draft.signals):
        raise InputError("a rule needs something to look for: give a phrase, or a signal")
    rule = DraftFile(Path(draft.category, f"{draft.id}.yaml"), _rule(draft, today))
    if not draft.phrases:
        return (rule,)
    return rule, DraftFile(Path("signals", f"{draft.id}.yaml"), _signal(draft))


def write_draft(files: Sequence[DraftFile], folder: Path, load_pack: LoadPack) -> tuple[Path, ...]:
    """Write a draft into the pack ``folder``; a pack that does not load with it is left as it was.

    The JSON Schema that the header of the files names is put beside them when it is not there.

    Args:
        files: The draft.
        folder: Folder of the pack.
        load_pack: Loads the pack that the folder belongs to.

    Returns:
        The paths written.

    Raises:
        InputError: A file exists already, or cannot be written.
        InvalidRuleSet: The pack has errors, with the draft or without it.
    """
    schema = DraftFile(Path(_SCHEMA_FILE), f"{rule_schema()}\n")
    wanted = [*files, *([] if (folder / _SCHEMA_FILE).exists() else [schema])]
    for file in wanted:
        if (folder / file.path).exists():
            raise InputError(
                f"{folder / file.path} exists already: choose another id, or edit that file"
            )
    written: list[Path] = []
    made: list[Path] = []
    try:
        for file in wanted:
            path = folder / file.path
            if not path.parent.exists():
                path.parent.mkdir(parents=True)
                made.append(path.parent)
            path.write_text(file.text, encoding="utf-8", newline="\n")
            written.append(path)
        load_pack()
    except (InvalidRuleSet, OSError) as error:
        for path in written:
            path.unlink()
        for parent in made:
            parent.rmdir()
        if isinstance(error, OfferScreenError):
            raise
        raise InputError(f"cannot write the draft: {error}") from error
    return tuple(written)


def _check_name(name: str) -> None:
    try:
        _NAME.validate_python(name)
    except ValidationError as error:
        raise InputError(
            f"{name!r} is no id: ids are lower-case words joined by hyphens, such as passport-held"
        ) from error


def _text(value: str) -> str:
    """Quote words as the canonical layout does."""
    if value.isprintable() and ("\\" in value or ('"' in value and "'" not in value)):
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def _localised(value: Localised) -> str:
    return f"{{id: {_text(value.id)}, en: {_text(value.en)}}}"


def _rule(draft: Draft, today: dt.date) -> str:
    signals = (*draft.signals, *([draft.id] if draft.phrases else []))
    abroad = ["    - {fact: destination, where: {abroad: true}}"] if draft.abroad else []
    return "\n".join(
        [
            _HEADER,
            f"id: {draft.id}",
            f"category: {draft.category}",
            f"title: {_localised(draft.title)}",
            f"severity: {draft.severity.value}",
            "specificity: medium",
            f"weight: {_WEIGHTS[draft.severity]}",
            f"harms: [{', '.join(harm.value for harm in draft.harms)}]",
            "status: experimental",
            "when:",
            "  all:",
            f"    - any: [{', '.join(signals)}]",
            *abroad,
            "explain:",
            f'  id: "{TODO}: satu atau dua kalimat yang bisa dibacakan kepala desa."',
            f'  en: "{TODO}: one or two sentences that can be read aloud."',
            f'rationale: "{TODO}: why is this a sign? Which cases showed it?"',
            f'sources: ["{TODO}: law, page or case, with its date"]',
            f'false_positives: ["{TODO}: which honest offers look like it?"]',
            "examples:",
            "  match:",
            *_examples(draft.match, "an offer that the rule is to fire on"),
            "  no_match:",
            *_examples(draft.no_match, "a near miss: the same words without the threat"),
            f"created: {today.isoformat()}",
            "",
        ]
    )


def _examples(given: Sequence[str], wanted: str) -> list[str]:
    missing = range(len(given) + 1, EXAMPLES_WANTED + 1)
    return [
        *(f"    - {_text(text)}" for text in given),
        *(f'    - "{TODO} {number}: {wanted}"' for number in missing),
    ]


def _signal(draft: Draft) -> str:
    return "\n".join(
        [
            "signals:",
            f"  {draft.id}:",
            f"    note: {_text(draft.title.en)}",
            "    phrases:",
            *(f"      - {_text(phrase)}" for phrase in draft.phrases),
            "",
        ]
    )
