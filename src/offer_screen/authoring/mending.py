"""Mends what can be mended without a judgement: layout, dates, words that stand twice.

A file is mended as text, before the pack is loaded: a date that is written wrong keeps a pack from
loading, and is mended all the same.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from offer_screen.authoring.formatting import FormattedFile, dump, format_pack, format_text
from offer_screen.authoring.roundtrip import CommentedMap, CommentedSeq, PlainScalarString, load

_DATES = frozenset({"created", "modified", "as_of", "valid_from", "valid_until"})
_LISTS = frozenset(
    "phrases patterns match no_match todo_match todo_no_match advice related harms "
    "ilo palermo seed sources false_positives aliases".split()
)
"""Lists in which the same text twice means no more than once; those of a condition are not."""
_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")


def mend_pack(root: Path) -> tuple[FormattedFile, ...]:
    """Return every file of a pack with its mended text; nothing is written.

    Raises:
        InvalidRuleSet: A file is not YAML, or could not be laid out without a loss.
        InputError: A file cannot be read.
    """
    return format_pack(root, mend_text)


def mend_text(text: str, shown: str = "<text>", header: str | None = None) -> str:
    """Return the text of one file, mended and in canonical layout.

    Dates become ``2026-11-01`` without quotes; of two equal texts in one list the first stays.

    Raises:
        InvalidRuleSet: Not YAML, or it could not be laid out without a loss.
    """
    formatted = format_text(text, shown, header)
    content = load(formatted)
    if not isinstance(content, CommentedMap) or not _mend(content):
        return formatted
    return format_text(dump(content), shown)


def _mend(node: CommentedMap | CommentedSeq, name: str = "", above: str = "") -> bool:
    """Mend what stands in ``node``, under the keys ``above`` and ``name``; tell if anything did."""
    mended = (
        isinstance(node, CommentedSeq)
        and (name in _LISTS or above == "classes")
        and _drop_doubles(node)
    )
    for key, value in list(node.items() if isinstance(node, CommentedMap) else enumerate(node)):
        if isinstance(value, CommentedMap | CommentedSeq):
            mended = _mend(value, str(key), name) or mended
        elif key in _DATES and isinstance(value, str):
            day = _day(value)
            if day is not None and (day != value or type(value) is not str):
                node[key] = PlainScalarString(day)
                mended = True
    return mended


def _drop_doubles(items: CommentedSeq) -> bool:
    seen: set[str] = set()
    doubles: list[int] = []
    for index, item in enumerate(items):
        if isinstance(item, str):
            words = " ".join(item.split())
            # One that carries a comment was put there on purpose: it stays for a person to judge.
            if words in seen and not _commented(items, index):
                doubles.append(index)
            seen.add(words)
    for index in reversed(doubles):
        del items[index]
    return bool(doubles)


def _commented(items: CommentedSeq, index: int) -> bool:
    tokens = [token for token in items.ca.items.get(index, ()) if token is not None]
    return any(
        "#" in part.value
        for token in tokens
        for part in (token if isinstance(token, list) else [token])
    )


def _day(text: str) -> str | None:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return dt.date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None
