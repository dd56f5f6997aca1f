"""Finds how an offer wants to be answered and paid: phones, links, mail addresses, accounts.

No number, address or local part is kept, only of which country, domain or kind it is. A run of
digits is a telephone number only if it begins like one and ``phonenumbers`` accepts it: prices,
dates, licence and account numbers are digits too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import phonenumbers

from offer_screen.extract.account import Banks, find_accounts
from offer_screen.extract.web import Domains, find_emails, find_links
from offer_screen.facts import BankAccount, Email, Link, Phone
from offer_screen.text.document import Document
from offer_screen.values import Span

__all__ = ["HOME_REGION", "Banks", "Domains", "find_contacts", "read_number"]

Channel = Literal["phone", "whatsapp", "telegram"]
_Found = tuple[int, int, Phone]

HOME_REGION = "ID"
"""Numbers without a country code are read as numbers of this country."""

_RUN = re.compile(
    r"[0-9][0-9 \t\u00a0()./\-–—_*xXoOiIlL|]{5,40}[0-9xX*](?![^\W_])"
    r"|[0-9](?: ?[0-9oOiIlL]){7,14}(?![^\W_])"
)
_BORDERS = re.compile(r"[ \t\u00a0/|]+")
_FOLDED = str.maketrans("oOiIlL|xX*", "0011111000")
_MASKS = frozenset("xX*")
_NOT_DIGITS = re.compile(r"[^0-9]")
_DATE = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:[-–][1-9]\d{0,2}(?:\.\d{3})+)?-?")

_CUE = re.compile(
    r"(?<![^\W_])(?:(?P<whatsapp>wa|w\.a|whats ?app?|wasap|watsap|wassap|chat)"
    r"|(?P<telegram>telegram|tele|tg|tlgrm)"
    r"|(?P<phone>hp|telp|telpon|telepon|tlp|tel|phone|call|hub|hubungi|kontak|contact|cp|sms)"
    r"|(?P<other>nib|nik|npwp|rek|rekening|norek|a/?n|bca|bri|bni|bsi|btn|mandiri|va|dana|ovo|gopay"
    r"|shopeepay|sip3mi|sip2mi|izin|id|kode|rp|idr|ktp|order|invoice|resi|nisn|nim))(?![^\W_])"
)
_CUE_REACH = 28
_SAME_CHANNEL = 6
_CHANNEL_CUES = frozenset({"whatsapp", "telegram", "phone"})
_CHANNEL_AFTER = re.compile(r"\W{0,3}(?:via |lewat )?(whatsapp|wa|telegram|tele)\b")
_IN_LINK = re.compile(r"(?:\.me/|phone=)(\+?[0-9]{8,15})(?![0-9])")

_LONGEST = 15
_SHORTEST = 8
_FIRST = frozenset("0oO6+(")
"""What a number begins with that no word announces."""
_DIGIT_WORDS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "nol kosong zero",
            "satu one",
            "dua two",
            "tiga three",
            "empat four",
            "lima five",
            "enam six",
            "tujuh seven",
            "delapan lapan eight",
            "sembilan nine",
        )
    )
    for word in words.split()
}
_LEAST_SPOKEN = 4


class Number(NamedTuple):
    """What a telephone number tells of itself.

    Attributes:
        country: ISO 3166 code of the numbering plan; None when unknown.
        valid: A number that can exist in that country.
    """

    country: str | None
    valid: bool


class _Run(NamedTuple):
    """A run of digits in the cleaned text, disguises undone."""

    start: int
    end: int
    digits: str
    plus: bool
    masked: bool


def find_contacts(
    document: Document, domains: Domains, banks: Banks
) -> tuple[Phone | Link | Email | BankAccount, ...]:
    """Return the ways to answer or pay that ``document`` gives, in text order."""
    lowered = document.cleaned.lower()
    if len(lowered) != len(document.cleaned):
        # A few letters grow in lower case ('İ'): keep every place where it was.
        lowered = "".join(char.lower()[:1] for char in document.cleaned)
    emails = find_emails(document, domains, lowered)
    in_emails = sorted((start, end) for start, end, _ in emails)
    links = [
        link
        for link in find_links(document, domains, lowered)
        if not _touched(in_emails, link[0] + 1, link[1] - 1)
    ]
    phones = _find_phones(document, lowered)
    accounts = find_accounts(document, banks)
    found: list[Phone | Link | Email | BankAccount] = [
        *(phone for _, _, phone in phones),
        *(link for _, _, link in links),
        *(email for _, _, email in emails),
        *(_spoken(document) if _may_be_spoken(lowered) else ()),
        *accounts,
    ]
    return tuple(sorted(found, key=lambda fact: fact.span))


@lru_cache(maxsize=4096)
def read_number(number: str) -> Number:
    """Return country and validity of ``number``: digits, with ``+`` in front if international.

    >>> read_number("+85512345678").country
    'KH'
    """
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return Number(None, valid=False)
    valid = phonenumbers.is_possible_number(parsed) and phonenumbers.is_valid_number(parsed)
    country = phonenumbers.region_code_for_number(parsed) if valid else None
    if country is None and parsed.country_code is not None:
        region = phonenumbers.region_code_for_country_code(parsed.country_code)
        country = region if region not in ("ZZ", "001") else None
    return Number(country, valid=valid)


def _find_phones(document: Document, lowered: str) -> list[_Found]:
    found: list[_Found] = []
    if ".me/" in lowered or "phone=" in lowered:
        for match in _IN_LINK.finditer(lowered):
            host = lowered[max(0, match.start() - 2) : match.start()]
            telegram = host.endswith("t") and match.group().startswith(".me")
            number = read_number(_international(match.group(1)))
            linked: Channel = "telegram" if telegram else "whatsapp"
            found.append(_phone(document, *match.span(1), number, linked))
    in_links = sorted((start, end) for start, end, _ in found)
    last_end, last_channel = -_CUE_REACH, "phone"
    for offset, surface in _surfaces(document.cleaned):
        cue = _cue_before(lowered, offset)
        for run in _cut(surface, offset, cued=cue in _CHANNEL_CUES):
            if _touched(in_links, run.start, run.end):
                continue
            follows = run.start - last_end <= _SAME_CHANNEL
            if cue == "other" and not (run.plus or follows):
                continue
            read = _read(run, cued=cue in _CHANNEL_CUES)
            if read is None:
                continue
            channel = _channel(lowered, run.end, cue, last_channel if follows else "phone")
            last_end, last_channel = run.end, channel
            found.append(_phone(document, run.start, run.end, read, channel))
    return found


def _touched(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of the ranges, in order and apart, meets or adjoins ``start`` to ``end``."""
    at = bisect_left(ranges, (end + 1,))
    return at > 0 and ranges[at - 1][1] >= start


def _phone(document: Document, start: int, end: int, number: Number, channel: Channel) -> _Found:
    phone = Phone(
        span=document.span_of(start, end),
        country=number.country,
        valid=number.valid,
        channel=channel,
    )
    return start, end, phone


def _international(digits: str) -> str:
    return digits if digits.startswith(("0", "+")) else "+" + digits


def _channel(lowered: str, end: int, cue: str | None, otherwise: str) -> Channel:
    """Return the channel of a number: named behind it, in front of it, or that of its neighbour."""
    after = _CHANNEL_AFTER.match(lowered, end)
    name = after.group(1) if after is not None else cue or otherwise
    if name.startswith("tele"):
        return "telegram"
    return "whatsapp" if name.startswith("w") else "phone"


def _cue_before(lowered: str, start: int) -> str | None:
    """Return the kind of the last cue word in front of a number."""
    kind = None
    for match in _CUE.finditer(lowered, max(0, start - _CUE_REACH), start):
        kind = match.lastgroup
    return kind


def _surfaces(cleaned: str) -> Iterator[tuple[int, str]]:
    """Yield place and wording of the runs of digits that may hold telephone numbers."""
    for match in _RUN.finditer(cleaned):
        start, end = match.span()
        # 'O812': a letter that stands for the first digit.
        if (
            start > 0
            and cleaned[start - 1] in "oO"
            and not cleaned[start - 2 : start - 1].isalnum()
        ):
            start -= 1
        if start > 0 and cleaned[start - 1] == "+":
            start -= 1
        if start > 0:
            before, further = cleaned[start - 1], cleaned[max(0, start - 2) : start - 1]
            if before.isalnum() or before in "@,_" or (before in "./=" and further.isdigit()):
                continue
        yield start, cleaned[start:end]


def _cut(surface: str, offset: int, *, cued: bool) -> Iterator[_Run]:
    """Cut a run at its blanks and slashes where one number ends and the next begins."""
    pieces = list(_pieces(surface))
    kept = [piece for piece in pieces if not _is_other(surface[piece[0] : piece[1]])]
    if not kept:
        return
    if len(kept) == len(pieces):
        whole = _run(surface, offset)
        if _SHORTEST <= len(whole.digits) <= _LONGEST and (
            whole.masked or len(pieces) == 1 or _plausible(whole, cued=cued)
        ):
            yield whole
            return
    pieces = kept
    index = 0
    while index < len(pieces):
        start = pieces[index][0]
        if not cued and surface[start] not in _FIRST:
            index += 1
            continue
        best: tuple[int, _Run] | None = None
        for last in range(index, min(len(pieces), index + _LONGEST)):
            if best is not None and surface.startswith(("08", "+", "62"), pieces[last][0]):
                break
            if pieces[last][1] - start < _SHORTEST:
                continue
            run = _run(surface[start : pieces[last][1]], offset + start)
            if len(run.digits) > _LONGEST or run.digits.startswith("000"):
                break
            if len(run.digits) >= _SHORTEST and _plausible(run, cued=cued):
                best = last + 1, run
        if best is None:
            index += 1
        else:
            index = best[0]
            yield best[1]


def _is_other(piece: str) -> bool:
    """Return whether a piece of a run is a date or a price."""
    return _DATE.search(piece) is not None or _THOUSANDS.fullmatch(piece) is not None


def _pieces(surface: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _BORDERS.finditer(surface):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(surface):
        yield at, len(surface)


def _run(surface: str, offset: int) -> _Run:
    lead = len(surface) - len(surface.lstrip(" (./-–—_"))
    body = surface[lead:]
    digits = _NOT_DIGITS.sub("", body.translate(_FOLDED))
    masked = not _MASKS.isdisjoint(body)
    end = offset + len(surface.rstrip(" \t(./-–—_|"))
    return _Run(offset + lead, max(end, offset + lead + 1), digits, body.startswith("+"), masked)


def _plausible(run: _Run, *, cued: bool) -> bool:
    """Return whether a run reads as one whole number."""
    if run.masked:
        return run.digits.startswith(("08", "628"))
    if cued or run.plus or run.digits.startswith(("0", "62")):
        read = _read(run, cued=cued)
        return read is not None and read.valid
    return False


def _read(run: _Run, *, cued: bool) -> Number | None:
    """Return what number a run is, or None if it is no telephone number."""
    digits = run.digits
    count = len(digits)
    if run.masked:
        mobile = digits.startswith(("08", "628")) and 9 <= count <= 14
        return Number(HOME_REGION, valid=False) if mobile else None
    if run.plus:
        return read_number("+" + digits)
    number = read_number(_international(digits)) if digits[0] == "0" or cued else None
    if digits.startswith("00"):
        abroad = read_number("+" + digits[2:])
        return abroad if abroad.valid else None
    if digits.startswith("0"):
        if number is not None and number.valid and count >= 9:
            return number
        mobile = digits.startswith("08") and (9 if cued else 10) <= count <= 14
        return Number(HOME_REGION, valid=False) if mobile else None
    if digits.startswith("62"):
        home = read_number("+" + digits)
        return home if home.valid and count >= 10 else None
    if not cued:
        return None
    if digits.startswith("8") and count >= 9:
        short = read_number("0" + digits)
        if short.valid:
            return short
    return number if number is not None and number.valid and count >= 10 else None


def _may_be_spoken(lowered: str) -> bool:
    """Return whether the first digits of a mobile number, 08 or 628, can stand there in words."""
    return "lapan" in lowered and any(word in lowered for word in ("nol", "kosong", "enam"))


def _spoken(document: Document) -> tuple[Phone, ...]:
    """Return the numbers that are written out in words: 'nol delapan satu dua …'."""
    tokens = document.tokens
    found: list[Phone] = []
    index = 0
    while index < len(tokens):
        digits: list[str] = []
        spelt = 0
        end = index
        while end < len(tokens):
            word = tokens[end].norm
            digit = _DIGIT_WORDS.get(word)
            if digit is not None:
                spelt += 1
            elif not (word.isascii() and word.isdigit()):
                break
            digits.append(digit or word)
            end += 1
        number = "".join(digits[:_LONGEST])
        if (
            spelt >= _LEAST_SPOKEN
            and len(number) in range(9, 15)
            and number.startswith(("08", "628"))
        ):
            read = read_number(_international(number))
            span = Span(tokens[index].start, tokens[end - 1].end)
            found.append(Phone(span=span, country=HOME_REGION, valid=read.valid))
        index = max(end, index + 1)
    return tuple(found)
