"""Finds the visa or entry status that an offer speaks of.

The kind of visa is what matters: work on a tourist, visit or pilgrimage visa is the clearest single
sign of unlawful placement, and a work visa named beforehand speaks for an offer. A work permit that
is only promised for later ('permit diurus di sana') is therefore not read as a work visa.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from offer_screen.extract.cues import breaks_before, has, word_set
from offer_screen.facts import Visa, VisaType
from offer_screen.text.document import Document

_VISA = word_set("visa visas visanya vsa e-visa evisa visa-nya")
_PERMIT = word_set("izin ijin permit permitnya")
_PASSPORT = word_set("paspor pasport passport paspornya")
_PASS = frozenset({"pass"})
_MALAY_PASS = frozenset({"pas"})

_ALONE: dict[str, VisaType] = {
    "voa": "on_arrival",
    "e-voa": "on_arrival",
    "evoa": "on_arrival",
    "whv": "working_holiday",
    "iqamah": "work",
    "iqomah": "work",
    "iqama": "work",
    "syakhsiyah": "religious",
}

_AFTER: dict[str, VisaType] = {
    **dict.fromkeys(
        word_set(
            "turis turist tourist tourism wisata wisatawan pelancong pelancongan melancong "
            "liburan holiday b2 b1/b2"
        ),
        "tourist",
    ),
    **dict.fromkeys(
        word_set(
            "kunjungan kunjung lawatan melawat visit visitor bisnis business sosbud sosial "
            "b211 b211a b-211 c211"
        ),
        "visit",
    ),
    **dict.fromkeys(
        word_set("ziarah ziyarah umrah umroh umra haji hajj furoda syakhsiyah"), "religious"
    ),
    **dict.fromkeys(
        word_set("pelajar student belajar mahasiswa studi study d-2 d2 d-4 d4"), "student"
    ),
    **dict.fromkeys(word_set("whv 462 417"), "working_holiday"),
    **dict.fromkeys(
        word_set(
            "kerja bekerja pekerja pekerjaan work working worker employment tki pmi calling "
            "profesional magang ssw ssv tokutei ginou titp teto e-9 e9 e-7 e7 e-10 e10 h-2a "
            "h2a h-2b h2b h-2 eps"
        ),
        "work",
    ),
    **dict.fromkeys(word_set("waiver bebas"), "visa_free"),
    **dict.fromkeys(word_set("kedatangan voa"), "on_arrival"),
}

_BEFORE: dict[str, VisaType] = {
    **dict.fromkeys(word_set("tourist turis"), "tourist"),
    **dict.fromkeys(word_set("visit visitor kunjungan"), "visit"),
    **dict.fromkeys(word_set("umrah umroh ziarah haji hajj"), "religious"),
    "student": "student",
    **dict.fromkeys(word_set("work working employment calling"), "work"),
    **dict.fromkeys(word_set("bebas tanpa"), "visa_free"),
}

_FILLERS = word_set(
    "untuk buat jenis khusus type tipe kategori berupa bentuk resmi as for subclass "
    "kelas dengan sebagai status yaitu yakni pakai"
)
_WORK = word_set("kerja bekerja work working employment")
_LATER_BEFORE = word_set(
    "nanti kemudian convert converted konversi dikonversi dikonversikan diubah ubah "
    "berubah diganti ganti jadi menjadi menyusul lanjut tunggu to then"
)
_LATER_AFTER = word_set("nanti kemudian menyusul belakangan disana sana menunggu later after kalau")
_TRAVEL = word_set(
    "tiket ticket makan mess asrama akomodasi accom accommodation accomodation "
    "penginapan training medical paspor passport"
)
_FREE = word_set("free gratis")
_CARD = word_set("kartu card mastercard")
_VISIT = word_set("lawatan")
_ON = frozenset({"on"})
_ARRIVAL = frozenset({"arrival"})
_HOLIDAY = frozenset({"holiday"})
_WORKING = word_set("working kerja")

_TRIGGERS = _VISA | _PERMIT | _PASSPORT | _PASS | _MALAY_PASS | _HOLIDAY | frozenset(_ALONE)
_MARKS = frozenset(",;|\n\r")

WORDS = _TRIGGERS | frozenset(_AFTER) | frozenset(_BEFORE)
"""Words that this extractor knows: for the vocabulary by which disguised writing is undone."""


def find_visas(document: Document) -> tuple[Visa, ...]:
    """Return the visas that ``document`` mentions, in text order."""
    found: list[Visa] = []
    done = 0
    for index in document.where(_TRIGGERS):
        if index < done:
            continue
        read = _read(document, index, done)
        if read is not None:
            first, last, visa_type = read
            done = last
            found.append(Visa(span=document.span_of_tokens(first, last), visa_type=visa_type))
    return tuple(found)


_Read = tuple[int, int, VisaType]


def _read(document: Document, index: int, done: int) -> _Read | None:
    """Return token range and type of the visa that the trigger at ``index`` belongs to."""
    token = document.tokens[index]
    if has(token, _VISA):
        return _visa(document, index, done)
    if has(token, _PERMIT):
        return _permit(document, index, done)
    if has(token, _PASSPORT):
        named = _type_at(document, index + 1, _AFTER)
        return (index, index + 2, named) if named in ("tourist", "visit") else None
    if has(token, _MALAY_PASS):
        if not _next(document, index + 1, _VISIT):
            return None
        last = index + 3 if _type_at(document, index + 2, _AFTER) == "visit" else index + 2
        return index, last, "visit"
    if has(token, _PASS):
        named = _type_at(document, index - 1, _BEFORE) if index > done else None
        return (index - 1, index + 1, named) if named in ("work", "visit", "student") else None
    if has(token, _HOLIDAY):
        if index <= done or not has(document.tokens[index - 1], _WORKING):
            return None
        last = index + 2 if _next(document, index + 1, _VISA) else index + 1
        return index - 1, last, "working_holiday"
    return index, index + 1, next(_ALONE[form] for form in token.forms if form in _ALONE)


def _visa(document: Document, index: int, done: int) -> _Read | None:
    tokens = document.tokens
    before = index - 1 if index > done and not breaks_before(document, index, _MARKS) else None
    if (before is not None and has(tokens[before], _CARD)) or _next(document, index + 1, _CARD):
        return None
    if _next(document, index + 1, _ON) and _next(document, index + 2, _ARRIVAL):
        return index, index + 3, "on_arrival"
    at = index + 1
    while at <= index + 2 and _next(document, at, _FILLERS):
        at += 1
    named = _type_at(document, at, _AFTER)
    if named is not None:
        last = at + 1
        if _next(document, last, _HOLIDAY) or (named == "tourist" and _next(document, last, _WORK)):
            # 'working holiday' and 'liburan kerja'; 'turis kerja' stays a tourist's.
            holiday = has(tokens[at], frozenset({"working", "liburan"}))
            if holiday:
                return index, last + 1, "working_holiday"
        if named == "work" and _is_later(document, index, last):
            named = "unspecified"
        return index, last, named
    if before is not None:
        named = _type_at(document, before, _BEFORE)
        if named is not None:
            if named == "work" and _is_later(document, before, index + 1):
                named = "unspecified"
            return before, index + 1, named
        if before > done and has(tokens[before], _HOLIDAY) and has(tokens[before - 1], _WORKING):
            return before - 1, index + 1, "working_holiday"
        if has(tokens[before], _FREE) and "free" in tokens[before].forms:
            # In a row with tickets and meals it means 'we pay for the visa'.
            listed = _near(document, index, _TRAVEL)
            return before, index + 1, "unspecified" if listed else "visa_free"
    return index, index + 1, "unspecified"


def _permit(document: Document, index: int, done: int) -> _Read | None:
    """Read 'izin kerja', 'work permit', 'permit': as a work visa only if not promised for later."""
    tokens = document.tokens
    first, last, work = index, index + 1, False
    if _next(document, index + 1, _WORK):
        last, work = index + 2, True
    elif index > done and has(tokens[index - 1], frozenset({"work", "working"})):
        first, work = index - 1, True
    if not work and "permit" not in tokens[index].forms:
        return None
    return first, last, "work" if work and not _is_later(document, first, last) else "unspecified"


def _next(document: Document, index: int, words: AbstractSet[str]) -> bool:
    """Return whether token ``index`` is one of ``words`` and in the same part of the clause."""
    return (
        0 < index < len(document.tokens)
        and has(document.tokens[index], words)
        and not breaks_before(document, index, _MARKS)
    )


def _type_at(document: Document, index: int, types: dict[str, VisaType]) -> VisaType | None:
    tokens = document.tokens
    if not 0 <= index < len(tokens):
        return None
    if types is _AFTER and breaks_before(document, index, _MARKS):
        return None
    return next((types[form] for form in tokens[index].forms if form in types), None)


def _is_later(document: Document, first: int, last: int) -> bool:
    """Return whether the visa or permit is only promised for after arrival."""
    tokens = document.tokens
    before = tokens[max(0, first - 2) : first]
    after = tokens[last : last + 4]
    return any(has(token, _LATER_BEFORE) for token in before) or any(
        has(token, _LATER_AFTER) for token in after
    )


def _near(document: Document, index: int, words: AbstractSet[str]) -> bool:
    around = document.tokens[max(0, index - 5) : index + 5]
    return any(has(token, words) for token in around)
