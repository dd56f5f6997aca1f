"""Where clauses begin and end, and what stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

BULLETS = frozenset(
    "•●○◦‣⁃∙▪▫■□◆◇◾◽⬛⬜►▶▸➤➢➣➡➔➜→👉👌☛✅✔☑✓✳✴❇★☆⭐🌟✨🔹🔸🔷🔶🔘📌📍🔰⚫⚪🔴🟢🔵🟠🟡🟣❗❌✖"
)
"""Signs that begin an item wherever they stand."""

OPEN, ENDS, ENDS_BEFORE_CAPITAL, BULLET = range(4)
"""How a chunk ends: it does not, a sentence ends, one ends if a capital follows, an item begins."""

_LONGEST_QUOTE = 600
_ABBREVIATIONS = frozenset(
    """
    adm apt bln blok bpk cv dr drg drs dsn gg hal ir jl jln kab kav kec kel kep ket lt ltd max maks
    min mr mrs ms nn no nom nmr ny op per pkl prof prov pt rek rp rt rw sdr sdri st sts tel telp tgl
    th thn tlp tn ud vs wa yth hp
    """.split()
)
_FINAL_ABBREVIATIONS = frozenset(
    ("dll", "dsb", "dst", "dkk", "etc", "wib", "wita", "wit", "inc", "co", "tbk")
)
_MARKS = re.compile(r"[.!?;]")
_ITEM = re.compile(
    r"(?:\(?\d{1,2}[.)]|\(?[a-zA-Z]\)|[a-zA-Z]\.(?=\s)|[*+](?=\s))(?:\s+|(?=[^\W\d]))"
)
_MARKER_ONLY = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)](?=\s)")
_LABEL = re.compile(r"[*_~]*[^\W\d_](?:[^\W\d_]|[ /()&.'*_~-]){0,30}[:=](?!/)")
_IN_LINE = frozenset("\"'“”‘’«»(<[{#@+$€£¥%&*_~.,:;!?…")
_QUOTE_MARK = re.compile("[\"“„«‘']")
_QUOTE = re.compile(
    rf"[“„]([^“”„]{{1,{_LONGEST_QUOTE}}})[”“]"
    rf"|\"(?=\S)([^\"]{{1,{_LONGEST_QUOTE}}})(?<=\S)\""
    rf"|«([^«»]{{1,{_LONGEST_QUOTE}}})»"
    rf"|(?<!\w)[‘'](?=\S)((?:[^'‘’]|(?<=\w)['’](?=\w)){{1,{_LONGEST_QUOTE}}})(?<=\S)[’'](?!\w)"
)


def clause_end(chunk: str, tail: int, last: str) -> int:
    """Return how ``chunk`` ends; ``last`` is its last word, which ends at ``tail``."""
    ending = chunk[tail:]
    if not ending:
        return OPEN
    if not BULLETS.isdisjoint(ending):
        return BULLET
    marks = _MARKS.findall(ending)
    if not marks:
        return OPEN
    if marks != ["."]:
        return ENDS
    word = last.lower().rstrip(".")
    if word in _FINAL_ABBREVIATIONS:
        return ENDS_BEFORE_CAPITAL
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or "." in word[1:2]:
        return OPEN
    return ENDS


def begins_item(line: str) -> bool:
    """Return whether ``line``, without blanks at its start, is a list item or a 'Label :' line."""
    first = line[0]
    if first.isalnum():
        return bool(_ITEM.match(line) or (not first.isdigit() and _LABEL.match(line)))
    if first in _IN_LINE:
        return bool(_ITEM.match(line) or _LABEL.match(line))
    return True  # a dash, a bullet, an emoji, a flag


def item_marker(line: str) -> int:
    """Return the length of the list number or letter that ``line`` begins with, 0 if none."""
    match = _MARKER_ONLY.match(line)
    return match.end() if match else 0


def quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges between paired quotation marks, marks excluded, in order.

    A pair does not reach over a blank line. An apostrophe is no quotation mark.
    """
    at = 0
    for mark in _QUOTE_MARK.finditer(text):
        match = _QUOTE.match(text, mark.start()) if mark.start() >= at else None
        if match is None:
            continue
        start, end = match.span(match.lastindex or 0)
        if "\n\n" not in text[start:end]:
            yield start, end
            at = match.end()
