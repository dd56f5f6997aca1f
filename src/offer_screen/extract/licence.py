"""Finds the licences, job orders and decrees that an offer cites.

A number in a text proves nothing, so the number is not kept: only that one was given in a form that
such a paper can have.
"""

from __future__ import annotations

import re
from typing import Literal

from offer_screen.extract.cues import gap_before, has, word_set
from offer_screen.facts import Licence
from offer_screen.text.document import Document, Token

LicenceType = Literal["sip3mi", "sip2mi", "job_order", "nib", "lpk", "so", "siuppak", "decree"]

_ALONE: dict[str, LicenceType] = {
    "sip3mi": "sip3mi",
    "sippmi": "sip3mi",
    "sipptki": "sip3mi",
    "sip2mi": "sip2mi",
    "nib": "nib",
    "vin": "lpk",
    "siuppak": "siuppak",
    "siukak": "siuppak",
    "joborder": "job_order",
    **dict.fromkeys(
        word_set(
            "kepka kepmen kepmenaker kepmenakertrans kepdirjen perban perka permenaker permen "
            "perka-bp2mi"
        ),
        "decree",
    ),
}
_PAIRS: dict[tuple[str, str], LicenceType] = {
    ("job", "order"): "job_order",
    ("demand", "letter"): "job_order",
    ("siup", "p3mi"): "sip3mi",
    ("izin", "p3mi"): "sip3mi",
    ("ijin", "p3mi"): "sip3mi",
    ("lisensi", "p3mi"): "sip3mi",
    ("izin", "lpk"): "lpk",
    ("ijin", "lpk"): "lpk",
    ("izin", "so"): "so",
    ("ijin", "so"): "so",
    ("so", "resmi"): "so",
    ("so", "kemnaker"): "so",
    ("sending", "organization"): "so",
    ("sending", "organisation"): "so",
}
_CONTEXT = frozenset({"jo", "lpk", "lembaga"})
"""'lembaga' for an LPK that the text stage has written out."""
_TRIGGERS = frozenset(_ALONE) | frozenset(first for first, _ in _PAIRS) | _CONTEXT

_JOB_ORDER_SIGNS = word_set(
    "resmi nomor no no. terverifikasi verifikasi ready legal valid asli ada kdei kbri kjri"
)
_LPK_SIGNS = word_set("izin ijin berizin terakreditasi akreditasi vin")
_NUMBER_FILLERS = word_set(
    "nomor no no. nmr nomer number kep dari izin ijin resmi kemnaker kemenaker kp2mi "
    "bp2mi ri disnaker menteri p3mi sip3mi sip2mi lpk perusahaan penempatan pekerja "
    "migran indonesia pmi kemenhub tahun dengan"
)
_NUMBER_GAP = frozenset(" .:#-/()\t\u00a0")
_NUMBER_REACH = 8
_JOINTS = frozenset({"/", ".", "-", "./", "/."})
_PREFIX = 4
_NUMBER = re.compile(r"[\w./-]{0,40}\d[\w./-]{0,40}\Z")
_NIB = re.compile(r"\d{13}\Z")
_PHONE_START = ("08", "62", "+")
_MIN_DIGITS: dict[LicenceType, int] = {"decree": 1}

WORDS = frozenset(_ALONE) | frozenset({"jo", "lpk", "job", "order"})
"""Words that this extractor knows: for the vocabulary by which disguised writing is undone."""


def find_licences(document: Document) -> tuple[Licence, ...]:
    """Return the licences that ``document`` cites, in text order."""
    tokens = document.tokens
    found: list[Licence] = []
    done = 0
    starts = set(document.where(_TRIGGERS))
    if "/" in document.cleaned:
        starts.update(index for index, token in enumerate(tokens) if "/" in token.text)
    for index in sorted(starts):
        token = tokens[index]
        if index < done:
            continue
        if "/" in token.text:
            numbered = _in_number(token)
            if numbered is not None:
                found.append(
                    Licence(
                        span=document.span_of_tokens(index, index + 1),
                        licence_type=numbered,
                        has_number=True,
                    )
                )
            continue
        cited = _cited(document, index)
        if cited is None:
            continue
        licence_type, last = cited
        number_end = _number_end(document, last, licence_type)
        if licence_type == "decree" and number_end is None:
            continue
        done = number_end or last
        found.append(
            Licence(
                span=document.span_of_tokens(index, done),
                licence_type=licence_type,
                has_number=number_end is not None,
            )
        )
    return tuple(found)


def _in_number(token: Token) -> LicenceType | None:
    """Return the type of a licence whose number names it, such as ``B.123/SIP2MI/IX/2025``."""
    parts = token.text.lower().split("/")
    if len(parts) < 3 or not any(char.isdigit() for char in parts[0] + parts[-1]):
        return None
    return next(
        (_ALONE[part] for part in parts if part in ("sip2mi", "sip3mi", "siuppak", "siukak")), None
    )


def _cited(document: Document, index: int) -> tuple[LicenceType, int] | None:
    """Return the type cited at token ``index`` and one past its last word."""
    tokens = document.tokens
    token = tokens[index]
    surface = token.text.lower()
    end = index + 1
    while end < len(tokens) and tokens[end].start == token.start:
        end += 1  # a short form that the text stage has written out in several words
    if surface == "jo":
        signs = [*tokens[max(0, index - 1) : index], *tokens[end : end + 2]]
        sure = token.text.isupper() or any(has(sign, _JOB_ORDER_SIGNS) for sign in signs)
        return ("job_order", end) if sure else None
    for reading in (surface, *token.forms):
        if end < len(tokens):
            following = tokens[end]
            for word in (following.text.lower(), *following.forms):
                licence_type = _PAIRS.get((reading, word))
                if licence_type is not None and gap_before(document, end) in (" ", "-", ""):
                    return licence_type, end + 1
        if reading in _ALONE:
            return _ALONE[reading], end
    if surface == "lpk" and any(has(sign, _LPK_SIGNS) for sign in tokens[end : end + 6]):
        sign = next(at for at in range(end, end + 6) if has(tokens[at], _LPK_SIGNS))
        return "lpk", sign + 1
    return None


def _is_joined(document: Document, index: int) -> bool:
    """Return whether token ``index`` is written onto the one before, as parts of a number are."""
    return index < len(document.tokens) and gap_before(document, index) in _JOINTS


def _number_end(document: Document, last: int, licence_type: LicenceType) -> int | None:
    """Return one past the token that ends the licence's number, or None when none is given."""
    tokens = document.tokens
    for at in range(last, min(len(tokens), last + _NUMBER_REACH)):
        if tokens[at].starts_clause or not _NUMBER_GAP.issuperset(gap_before(document, at)):
            return None
        surface = tokens[at].text.lower()
        if surface in _NUMBER_FILLERS or has(tokens[at], _NUMBER_FILLERS):
            continue
        if len(surface) <= _PREFIX and surface.isalpha() and _is_joined(document, at + 1):
            continue
        if _NUMBER.match(surface):
            digits = sum(char.isdigit() for char in surface)
            if surface.startswith(_PHONE_START) and digits >= 9:
                return None
            if licence_type == "nib":
                return at + 1 if _NIB.match(surface) else None
            while _is_joined(document, at + 1):
                at += 1  # noqa: PLW2901  (the loop ends here)
                digits += sum(char.isdigit() for char in tokens[at].text)
            return at + 1 if digits >= _MIN_DIGITS.get(licence_type, 2) else None
        return None
    return None
