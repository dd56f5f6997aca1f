"""Where a cue word reaches: small questions about tokens that several extractors ask."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from offer_screen.text.document import Document, Token


def word_set(words: str) -> frozenset[str]:
    """Return the words of a blank-separated list."""
    return frozenset(words.split())


SOFT_BREAKS = frozenset(",;|()\n\r")
"""Marks that end a part of a clause: a cue rarely speaks of what stands behind one."""

NEGATORS = word_set(
    "tidak tak tanpa bukan jangan belum tiada no not never without without gak nggak enggak"
)


def has(token: Token, words: AbstractSet[str]) -> bool:
    """Return whether any reading of ``token`` is one of ``words``."""
    return not words.isdisjoint(token.forms)


def gap_before(document: Document, index: int) -> str:
    """Return the original characters between token ``index`` and the one before it."""
    if index == 0:
        return ""
    return document.original[document.tokens[index - 1].end : document.tokens[index].start]


def breaks_before(document: Document, index: int, marks: AbstractSet[str] = SOFT_BREAKS) -> bool:
    """Return whether a clause or a part of one ends just before token ``index``."""
    token = document.tokens[index]
    if index == 0 or token.starts_clause:
        return True
    gap = document.original[document.tokens[index - 1].end : token.start]
    return gap != " " and not marks.isdisjoint(gap)


def with_enclitics(words: AbstractSet[str]) -> frozenset[str]:
    """Return ``words``, each also with the possessive endings that are written onto it."""
    return frozenset(word + ending for word in words for ending in ("", "nya", "mu", "ku"))
