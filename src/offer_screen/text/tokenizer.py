"""Cuts a chunk between blanks into pieces with spaCy's tokenizer and rules of our own.

The rules are ours because ``spacy.blank("id")`` costs seconds and knows nothing of offers: amounts,
telephone numbers, addresses, disguised words. What begins with a letter or digit has no prefix, and
is cut here by the same rules to the same pieces; spaCy is imported at the first chunk that has one,
since that takes longer than all else that a first verdict needs.

spaCy keeps every new string for ever. A tokenizer is therefore thrown away with its vocabulary
after a bounded number of characters, and a long-running service does not grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from offer_screen.text.folds import digits_of

CURRENCY_SIGNS = "$€£¥"
DASHES = "-–—~"
FLAG = "[\U0001f1e6-\U0001f1ff]{2}"

_CHARACTERS_KEPT = 400_000

_URL = re.compile(
    r"(?:(?:https?://|www\.)\S*[\w/=#&%-]"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|id|info|me|ly|io|co|xyz|site|online|top|click"
    r"|link|my|sg|kh|ph|th|app|apk|gl|gle|ee|cc|vip|shop|store|club|live|biz|tv|page|us|pro|asia"
    r"|world|dev|work|jobs|cn|jp|kr|hk|tw|au|gd|to|mobi|web|example)(?:/\S*[\w/=#&%-]|/)?)",
    re.IGNORECASE | re.ASCII,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_HANDLE = re.compile(r"[@#]\w(?:[\w.]*\w)?")
_CODE = re.compile(r"(?:[A-Z]{1,5}|[a-z])-\d{1,3}")  # E-9, COVID-19
_DOUBLED = re.compile(r"([^\W\d_]{2,})[-–]\1(?:nya|an|ku|mu|lah|kah|pun)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_PHONE = re.compile(r"\+?\(?[0-9OoIiLlSsBb|][0-9OoIiLlSsBb|().–-]{6,}")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d[–-]\d{1,2}[.:]\d\d")

_REGIONAL = "\U0001f1e6-\U0001f1ff"
# A separator is any sign but those that are tokens themselves or may be part of a word.
_PREFIX = (
    rf"^(?:{FLAG}|\++(?!\d)|[{CURRENCY_SIGNS}%]"
    rf"|(?:(?![@#+{CURRENCY_SIGNS}%{_REGIONAL}])[\W_])+|[@#{_REGIONAL}](?!\w))"
)
_SUFFIX = (
    rf"(?:{FLAG}|\++|[{CURRENCY_SIGNS}%]"
    rf"|(?:(?![+{CURRENCY_SIGNS}%{_REGIONAL}])[\W_])+|(?<![{_REGIONAL}])[{_REGIONAL}])$"
)
_INFIX = (
    rf"{FLAG}|\++"
    rf"|(?<![^\W\d_])[{CURRENCY_SIGNS}@!|*]|[{CURRENCY_SIGNS}@!|*](?![^\W\d_])"
    r"|(?<!\d)[.,:/]|[.,:/](?!\d)"
    r"|(?<![^\W\d_])['’]|['’](?![^\W\d_])"
    rf"|(?![{CURRENCY_SIGNS}@!|*.,:/'’+{_REGIONAL}])[\W_]"
)
# By far most chunks: a word, and marks at its edges that are never part of one.
_EDGED = re.compile(r"[(\[{\"“”*]*([A-Za-z]+|\d+)[,.:;!?)\]}\"“”*]*")
_ONE_FLAG = re.compile(FLAG)
_SUFFIX_AT_END = re.compile(_SUFFIX)
_INFIXES = re.compile(_INFIX)
_LEAST_PHONE = 8


class _Piece(Protocol):
    idx: int

    def __len__(self) -> int: ...


class Splitter:
    """Cuts chunks into pieces.

    Args:
        is_whole: Says of a chunk, or what is left of it, that it is one piece whatever the rules.
    """

    def __init__(self, is_whole: Callable[[str], bool]) -> None:
        self._is_whole = is_whole
        self._tokenize: Callable[[str], list[_Piece]] | None = None
        self._characters = 0
        self._lock = Lock()

    def split(self, chunk: str) -> list[tuple[int, int]]:
        """Return the ranges of the pieces of ``chunk``, separators among them, in order."""
        edged = _EDGED.fullmatch(chunk)
        if edged is not None and not self._is_whole(chunk):
            return [edged.span(1)]
        if len(chunk) == 1 or _ONE_FLAG.fullmatch(chunk) or self._whole(chunk):
            return [(0, len(chunk))]
        if chunk[0].isalnum():
            return self._without_prefix(chunk)
        with self._lock:
            if self._tokenize is None or self._characters > _CHARACTERS_KEPT:
                self._tokenize = _new_tokenizer(self._whole)
                self._characters = 0
            self._characters += len(chunk)
            return [(piece.idx, piece.idx + len(piece)) for piece in self._tokenize(chunk)]

    def _without_prefix(self, chunk: str) -> list[tuple[int, int]]:
        """Return what spaCy would of a chunk that begins with a letter or digit.

        No prefix matches there, so that the same rules need no second of import.
        """
        end = len(chunk)
        behind: list[tuple[int, int]] = []
        while not self._whole(chunk[:end]):
            suffix = _SUFFIX_AT_END.search(chunk, 0, end)
            if suffix is None:
                break
            behind.append(suffix.span())
            end = suffix.start()
        pieces: list[tuple[int, int]] = []
        at = 0
        if not self._whole(chunk[:end]):
            for infix in _INFIXES.finditer(chunk, 0, end):
                pieces.extend(((at, infix.start()), infix.span()))
                at = infix.end()
        pieces.append((at, end))
        return [*(piece for piece in pieces if piece[0] < piece[1]), *reversed(behind)]

    def _whole(self, text: str) -> bool:
        if text.isalpha():
            return False
        if self._is_whole(text) or _NUMBER.fullmatch(text) or is_phone(text):
            return True
        if text[0] in "@#":
            return _HANDLE.fullmatch(text) is not None
        if ("-" in text or "–" in text) and (_CODE.fullmatch(text) or _DOUBLED.fullmatch(text)):
            return True
        return is_address(text)


def is_address(piece: str) -> bool:
    """Return whether ``piece`` is a web or mail address."""
    return "." in piece and bool(_MAIL.fullmatch(piece) or _URL.fullmatch(piece))


def is_phone(piece: str) -> bool:
    """Return whether ``piece`` is clearly a telephone number, maybe with letters for digits."""
    if len(piece) < _LEAST_PHONE or not _PHONE.fullmatch(piece) or _CLOCK.fullmatch(piece):
        return False
    digits = digits_of(piece.replace("(", "").replace(")", ""))
    if digits is None or not _LEAST_PHONE <= len(digits) <= 16:
        return False
    dashes = sum(piece.count(dash) for dash in "-–")
    if not piece.removeprefix("+").replace("-", "").replace("–", "").isdecimal():
        return len(digits) >= 9 and digits.startswith(("08", "62")) and "." not in piece
    return piece[0] in "+0" or dashes >= 2


def _new_tokenizer(is_whole: Callable[[str], bool]) -> Callable[[str], list[_Piece]]:
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415  (a second of import, at first use)
    from spacy.vocab import Vocab  # noqa: PLC0415

    tokenizer: Callable[[str], list[_Piece]] = Tokenizer(
        Vocab(),
        prefix_search=re.compile(_PREFIX).search,
        suffix_search=_SUFFIX_AT_END.search,
        infix_finditer=_INFIXES.finditer,
        token_match=is_whole,
        max_cache_size=0,
    )
    return tokenizer
