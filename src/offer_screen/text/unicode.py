"""Unicode clean-up with an offset map: what a reader sees, in plain characters.

Every character is brought to its plain form by itself; only three things look at their neighbours:
line ends, flags and look-alikes of other scripts. Most texts need nothing at all and share one path
that copies nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from offer_screen.text.lookalikes import COUNTRIES, HOMOGLYPHS, PUNCTUATION, SCRIPTS, STYLED
from offer_screen.values import Fold

_ROUNDS = 8  # entities inside entities inside look-alikes: deeper nesting stays as it is

_AMPERSAND = r"(?:amp|AMP|#0{0,5}38|#[xX]0{0,4}26);"
_ENTITY = re.compile(
    rf"&(?:(?:{_AMPERSAND})+(?P<inner>#\d{{1,7}};|#[xX][0-9a-fA-F]{{1,6}};|[a-zA-Z]\w{{1,31}};)?"
    r"|(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});)",
    re.ASCII,
)
_SPECIAL = re.compile(rf"\r\n|[^ -~\n\t]|(?:{_ENTITY.pattern})", re.ASCII)
_ASCII_SPECIAL = re.compile(r"[^ -~\n\t]|&[#a-zA-Z]")
_FOREIGN = re.compile(f"[{SCRIPTS}]")
_FOREIGN_WORD = re.compile(f"[^\\W\\d_]*[{SCRIPTS}][^\\W\\d_]*")
_FOREIGN_APART = re.compile(
    r"(?<![^\W\d_])[^\W\d_]([ ._·-]{1,2})[^\W\d_](?:\1[^\W\d_])+(?![^\W\d_])"
)
_FLAG_RUN = re.compile("[\U0001f1e6-\U0001f1ff]+")
_NEWLINES = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_SPACES = frozenset("\x1c\x1d\x1e\x1f")
_ANCIENT = frozenset(map(chr, range(0x12000, 0x12550)))  # cuneiform serves as bullets
_KEYCAP = "\u20e3"
_SELECTORS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_MARK_BLOCKS = (
    (0x300, 0x370),
    (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00),
    (0x20D0, 0x2100),
    (0xFE20, 0xFE30),
)
# Accents that people here really write, in names, in Javanese and in loan words.
_USUAL_ACCENTS = frozenset("éèêëáàâäãçíìîïñóòôöõúùûüÉÈÊËÁÀÂÄÃÇÍÌÎÏÑÓÒÔÖÕÚÙÛÜ")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text in plain characters, tied to the original.

    Attributes:
        text: The plain text, case kept.
        offsets: Original index of each character, and one more entry at the end.
        ends: One past the original index of each character.
        marks: What was undone: original index and fold, in order of index.
    """

    text: str
    offsets: tuple[int, ...] | range
    ends: tuple[int, ...] | range
    marks: tuple[tuple[int, Fold], ...] = ()


def clean(text: str) -> Cleaned:
    """Return ``text`` in plain characters; cleaning the result again changes nothing.

    >>> clean("ＧＡＪＩ &amp; mess").text
    'GAJI & mess'
    """
    if text.isascii() and not _ASCII_SPECIAL.search(text):
        return _unchanged(text)
    cleaned = _round(text)
    for _ in range(_ROUNDS):
        if "&" not in cleaned.text or not _ENTITY.search(cleaned.text):
            break
        again = _round(cleaned.text)
        if again.text == cleaned.text:
            break
        cleaned = _composed(cleaned, again)
    return cleaned


def _unchanged(text: str) -> Cleaned:
    return Cleaned(text, range(len(text) + 1), range(1, len(text) + 2))


def _round(text: str) -> Cleaned:
    cleaned = _folded(text)
    if cleaned.text.isascii():
        return cleaned
    return _without_homoglyphs(_without_letter_flags(cleaned))


def _folded(text: str) -> Cleaned:
    """Undo what can be undone one character or entity at a time."""
    pieces: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    marks: list[tuple[int, Fold]] = []
    at = 0
    for match in _SPECIAL.finditer(text):
        found = match.group()
        if len(found) == 1:
            plain, fold, trailing = _plain(found)
        elif found == "\r\n":
            plain, fold, trailing = "\n", None, False
        else:
            plain, fold, trailing = _entity(found, match["inner"]), Fold.ENTITY, False
        if plain == found:
            continue
        start, end = match.span()
        if start > at:
            pieces.append(text[at:start])
            offsets.extend(range(at, start))
            ends.extend(range(at + 1, start + 1))
        at = end
        if fold is Fold.INVISIBLE and found in _SELECTORS and not text[start - 1 : start].isalpha():
            fold = None  # it only chooses how an emoji is drawn
        if fold is not None:
            marks.append((start, fold))
        if plain:
            pieces.append(plain)
            offsets.extend([start] * len(plain))
            ends.extend([end] * len(plain))
        elif trailing and ends:
            ends[-1] = end
    if not at:
        return _unchanged(text)
    pieces.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    ends.extend(range(at + 1, len(text) + 2))
    return Cleaned("".join(pieces), tuple(offsets), tuple(ends), tuple(marks))


def _entity(found: str, inner: str | None) -> str:
    decoded = html.unescape("&" + inner) if inner else html.unescape(found)
    if inner is None and decoded.startswith("&") and decoded != "&":
        # '&amp;amp;' names one ampersand however often it was escaped; an unknown name stays.
        decoded = "&" if re.fullmatch(f"&(?:{_AMPERSAND})+", found) else found
    elif inner is not None and decoded == "&" + inner:
        return decoded
    if decoded == found:
        return found
    return "".join(_plain(char)[0] for char in decoded)


@lru_cache(maxsize=8192)
def _plain(char: str) -> tuple[str, Fold | None, bool]:
    """Return the plain form, the fold that it took, and whether it belongs to the one before."""
    if char in _NEWLINES:
        return "\n", None, False
    if char in _SPACES:
        return " ", None, False
    if char in PUNCTUATION:
        return PUNCTUATION[char], None, False
    if char in STYLED:
        return STYLED[char], Fold.COMPATIBILITY, False
    if char in _ANCIENT:
        return "•", None, False
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd", None, False
    if category in {"Cf", "Cc"} or char in _SELECTORS or char in _FILLERS:
        if char in "\n\t":
            return char, None, False
        return "", Fold.INVISIBLE, char in _SELECTORS
    if char == _KEYCAP:
        return "", None, True
    if _is_mark(char):
        return "", Fold.COMBINING, True
    if category == "Nd":
        return str(unicodedata.decimal(char)), Fold.COMPATIBILITY, False
    if char in HOMOGLYPHS:
        return char, None, False  # its neighbours decide; NFKC would make a sigma of a round 'c'
    composed = unicodedata.normalize("NFKC", char)
    if composed != char:
        plain = "".join(_plain(part)[0] for part in composed if part != char)
        return plain, _kind(char, category, plain), False
    bare = "".join(part for part in unicodedata.normalize("NFD", char) if not _is_mark(part))
    if bare != char and bare.isascii():
        return bare, None if char in _USUAL_ACCENTS else Fold.COMBINING, False
    return char, None, False


def _kind(char: str, category: str, plain: str) -> Fold | None:
    """Superscripts, fractions and signs are ordinary writing; styled letters are not."""
    if category == "No" and not unicodedata.decomposition(char).startswith("<circle>"):
        return None
    if char in "ªº№" or not any(part.isascii() and part.isalnum() for part in plain):
        return None
    return Fold.COMPATIBILITY


def _is_mark(char: str) -> bool:
    code = ord(char)
    return any(first <= code < last for first, last in _MARK_BLOCKS) and (
        unicodedata.category(char) in {"Mn", "Me"}
    )


def _without_letter_flags(cleaned: Cleaned) -> Cleaned:
    """Read regional indicators that make no flag as the letters that they are."""
    marks = list(cleaned.marks)

    def letters(match: re.Match[str]) -> str:
        run = "".join(chr(ord(char) - 0x1F1E6 + ord("A")) for char in match.group())
        if len(run) % 2 == 0 and all(run[i : i + 2] in COUNTRIES for i in range(0, len(run), 2)):
            return match.group()
        marks.extend((cleaned.offsets[i], Fold.COMPATIBILITY) for i in range(*match.span()))
        return run

    text = _FLAG_RUN.sub(letters, cleaned.text)
    return _replaced(cleaned, text, marks)


def _without_homoglyphs(cleaned: Cleaned) -> Cleaned:
    """Read look-alikes as Latin in words that mix scripts, and in texts that are mostly Latin.

    Nobody writes Greek and Cyrillic in one word either, or in one row of letters that stand apart.
    """
    if not _FOREIGN.search(cleaned.text):
        return cleaned
    marks = list(cleaned.marks)

    def latin(match: re.Match[str]) -> str:
        word = match.group()
        mixed = len({_script(char) for char in word if char.isalpha()}) > 1
        if not mixed and not (whole and all(char in HOMOGLYPHS for char in word)):
            return word
        marks.extend(
            (cleaned.offsets[match.start() + i], Fold.HOMOGLYPH)
            for i, char in enumerate(word)
            if char in HOMOGLYPHS
        )
        return "".join(HOMOGLYPHS.get(char, char) for char in word)

    whole = False
    text = _FOREIGN_WORD.sub(latin, _FOREIGN_APART.sub(latin, cleaned.text))
    foreign = len(_FOREIGN.findall(text))
    whole = foreign < sum(1 for char in text if char.isascii() and char.isalpha())
    if foreign and whole:
        text = _FOREIGN_WORD.sub(latin, text)
    return _replaced(cleaned, text, marks)


def _script(char: str) -> int:
    """Return a number for the script of a letter: 0 for Latin, others for those of ``SCRIPTS``."""
    return next((n for n, last in enumerate("\u036f\u03ff\u052f") if char <= last), 3)


def _replaced(cleaned: Cleaned, text: str, marks: Sequence[tuple[int, Fold]]) -> Cleaned:
    """Return ``cleaned`` with as many characters, some of them others."""
    if text == cleaned.text:
        return cleaned
    return Cleaned(text, cleaned.offsets, cleaned.ends, tuple(sorted(set(marks))))


def _composed(first: Cleaned, second: Cleaned) -> Cleaned:
    offsets = tuple(first.offsets[i] for i in second.offsets)
    ends = tuple(first.ends[i - 1] for i in second.ends)
    marks = {*first.marks, *((first.offsets[i], fold) for i, fold in second.marks)}
    return Cleaned(second.text, offsets, ends, tuple(sorted(marks)))
