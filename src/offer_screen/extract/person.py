"""Finds whom an offer asks for: age limits and gender."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from offer_screen.extract.gazetteer import MOST_MENTIONS
from offer_screen.facts import AgeLimit, Gender
from offer_screen.text.document import Document, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AGE = _words("usia umur berusia berumur usianya umurnya age aged")
_YEARS = _words("tahun thn th tahunan years year yo")
_LOWER = _words("minimal min minimum mulai dari setidaknya start from lebih atas > >=")
_UPPER = _words("maksimal max maks maksimum maximal maximum bawah kurang < <=")
_AT_LEAST = _words("minimal min minimum")
_AT_MOST = _words("maksimal max maks maksimum maximal maximum")
_UPWARDS = _words("atas keatas up plus + lebih above")
_DOWNWARDS = _words("bawah kebawah below")
_TO = _words("- – — ~ sampai sampe s/d sd hingga to s.d")
_FREE = _words("bebas semua segala any")
_FREE_AFTER = _words("bebas berapapun dibatasi masalah dipermasalahkan")
_FILLERS = _words(
    "antara calon kandidat pelamar peserta di ke ya : . kisaran sekitar batas batasan kerja "
    ", & dan diterima boleh wajib harus range rentang tidak tanpa berapa pun"
)
_NOT_AN_AGE = _words(
    "pengalaman berpengalaman kontrak selama masa garansi cicil cicilan tenor visa berlaku sejak "
    "izin ikatan durasi bonus setelah berdiri pelatihan training tiap setiap per dalam paspor "
    "lulusan lulus kerja bekerja experience pendidikan sertifikat setahun domisili tinggal "
    "menetap penjara hukuman pidana perpanjangan libur cuti program magang kuliah sekolah"
)
_NOT_YEARS = _words(
    "orang org juta jt ribu rb k kali x jam hari bulan minggu menit posisi kg cm usd rm % unit "
    "lowongan tki pmi kandidat pekerja karyawan tenaga"
)
_RANGE = re.compile(r"(\d{1,2})(?:[-–—~/](\d{1,2}))?(\+|an)?\Z")
_YOUNGEST, _OLDEST = 10, 80
_ADULT_LIKE = 13
_LONGEST_RANGE = 6
_AHEAD = 9

_FEMALE = _words(
    "wanita perempuan cewek female gadis janda cewe cwe ladies putri karyawati women woman "
    "girl girls"
)
_MALE = _words("pria laki-laki laki cowok male putra lelaki duda cowo men man")
_Limit = tuple[int, int, int | None, int | None, bool]
"""First token, one past the last, low, high, any age."""

_GENDERS: dict[str, Literal["female", "male", "any"]] = {
    **dict.fromkeys(_FEMALE, "female"),
    **dict.fromkeys(_MALE, "male"),
    "l/p": "any",
    "p/l": "any",
    "l": "any",
    "p": "any",
}
_GENDER_WORDS = frozenset(_GENDERS)
_LETTERS = {"l": "p", "p": "l"}
_LINKS = _words("dan atau maupun / & - ataupun serta and or")
_ASKS = _words(
    "khusus dicari dibutuhkan butuh cari mencari butuhkan membutuhkan kelamin gender calon syarat "
    "menerima terima tenaga pekerja utamakan diutamakan diprioritaskan minimal kandidat pelamar "
    "persyaratan kualifikasi need hanya orang posisi untuk lowongan"
)
_DESCRIBES = _words(
    "usia umur berusia berumur berpenampilan penampilan single lajang belum cantik good looking "
    "tinggi maksimal minimal max min sehat menarik muda bebas lulusan pendidikan jujur diutamakan "
    "menikah bersedia 1 2 3 4 5 6 7 8 9 10"
)


def find_ages(document: Document) -> tuple[AgeLimit, ...]:
    """Return the age limits, in order of the text.

    Years of experience, contract lengths, dates and heights are none.
    """
    tokens = document.tokens
    out: list[AgeLimit] = []
    done = 0
    for index in sorted({*document.numbers, *document.where(_AGE)}):
        if index < done:
            continue
        token = tokens[index]
        limit: _Limit | None = None
        if token.norm in _AGE:
            limit = _after_age_word(tokens, index, done)
        elif token.norm[0].isdigit() and len(token.text) <= _LONGEST_RANGE:
            limit = _bare_years(tokens, index, done)
        if limit is not None:
            first, last, low, high, free = limit
            span = document.span_of_tokens(first, last)
            out.append(AgeLimit(span=span, low=low, high=high, any_age=free))
            done = last
    return tuple(out[:MOST_MENTIONS])


def _after_age_word(tokens: Sequence[Token], index: int, done: int) -> _Limit | None:
    first = index
    bound = ""
    if index > done and not tokens[index].starts_clause:
        before = tokens[index - 1]
        if before.norm in _FREE:
            return index - 1, index + 1, None, None, True
        if before.norm in ("batas", "batasan"):
            first, bound = index - 1, "high"
            if index - 2 >= done and tokens[index - 2].norm in ("tanpa", "tidak", "bebas"):
                return index - 2, index + 1, None, None, True
        if before.norm in _AT_MOST or before.norm in _AT_LEAST:
            first = index - 1
            bound = "high" if before.norm in _AT_MOST else "low"
    low: int | None = None
    high: int | None = None
    last = 0
    at = index + 1
    limit = min(len(tokens), index + _AHEAD)
    while at < limit and not tokens[at].starts_clause:
        word = tokens[at].norm
        read = _range(tokens, at)
        if read is not None:
            end, one, other = read
            if end < len(tokens) and tokens[end].norm in _NOT_YEARS:
                break
            if other is not None:
                low, high = one, other
            elif bound == "high" or (last == at and low == high and low is not None):
                high = one
            elif bound == "low":
                low = one
            else:
                low = high = one
            last, opened = _tail(tokens, end)
            if other is None and opened:
                low, high = (one, None) if opened == "up" else (None, one)
            at, bound = last, ""
            continue
        if word in _FREE_AFTER or (word == "berapa" and not last):
            return first, at + 1, None, None, True
        if word in _UPPER:
            bound = "high"
        elif word in _LOWER:
            bound = "low"
        elif word in _TO and last:
            bound = "high"
        elif word not in _FILLERS and not (not last and word in _YEARS):
            break
        at += 1
    if not last or (low is not None and high is not None and low > high):
        return None
    return first, last, low, high, False


def _bare_years(tokens: Sequence[Token], index: int, done: int) -> _Limit | None:
    read = _range(tokens, index)
    if read is None:
        return None
    end, one, other = read
    before = tokens[index - 1].norm if index > done and not tokens[index].starts_clause else ""
    after = tokens[end].norm if end < len(tokens) and not tokens[end].starts_clause else ""
    years = after in _YEARS
    of_somebody = before in _FEMALE or before in _MALE
    if after in _NOT_YEARS or not (years or (of_somebody and other is not None)):
        return None
    if one < _ADULT_LIKE or (other is not None and other < one):
        return None
    around = tokens[max(done, index - 3) : index]
    if any(token.norm in _NOT_AN_AGE for token in around):
        return None
    last, opened = _tail(tokens, end)
    if last < len(tokens) and tokens[last].norm in ("pengalaman", "experience"):
        return None
    if other is not None:
        return index, last, one, other, False
    if opened:
        return (
            (index, last, one, None, False) if opened == "up" else (index, last, None, one, False)
        )
    if before in _AT_LEAST:
        return index - 1, last, one, None, False
    if before in _AT_MOST:
        return index - 1, last, None, one, False
    return None if not of_somebody else (index, last, one, one, False)


def _range(tokens: Sequence[Token], at: int) -> tuple[int, int, int | None] | None:
    """Read '18', '18-35' or '18 s/d 35' at ``at``: end, first and second number."""
    match = _RANGE.match(tokens[at].text)
    if match is None:
        return None
    one = int(match[1])
    other = int(match[2]) if match[2] else None
    end = at + 1
    decade = match[3] == "an"
    if end < len(tokens) and tokens[end].norm == "an" and tokens[end].start == tokens[at].end:
        decade, end = True, end + 1
    if other is None and decade:
        other = one + 9
    if other is None:
        to = end
        if to < len(tokens) and tokens[to].norm in _YEARS:
            to += 1
        if to + 1 < len(tokens) and tokens[to].norm in _TO:
            to += 1
            if tokens[to].norm == "dengan" and to + 1 < len(tokens):
                to += 1
            second = _RANGE.match(tokens[to].text)
            if second is not None and not second[2]:
                other, end = int(second[1]), to + 1
    numbers = [one] if other is None else [one, other]
    if not all(_YOUNGEST <= number <= _OLDEST for number in numbers):
        return None
    return end, one, other


def _tail(tokens: Sequence[Token], end: int) -> tuple[int, str]:
    """Read 'tahun ke atas' at ``end``: its end, and ``up`` or ``down`` when it opens a limit."""
    if end - 1 >= 0 and tokens[end - 1].text.endswith("+"):
        return end, "up"
    last = end
    if last < len(tokens) and tokens[last].norm in _YEARS and not tokens[last].starts_clause:
        last += 1
    at = last
    if at < len(tokens) and tokens[at].norm == "ke" and not tokens[at].starts_clause:
        at += 1
    if at < len(tokens) and not tokens[at].starts_clause:
        if tokens[at].norm in _UPWARDS:
            return at + 1, "up"
        if tokens[at].norm in _DOWNWARDS:
            return at + 1, "down"
    return last, ""


def find_genders(document: Document) -> tuple[Gender, ...]:
    """Return the genders asked for, in order of the text.

    A gender word counts where the text asks for people ('khusus wanita', 'pria usia 20-35'), not
    where it tells of somebody or something ('tas wanita').
    """
    tokens = document.tokens
    out: list[Gender] = []
    done = 0
    for at in document.where(_GENDER_WORDS):
        if at < done or tokens[at].norm not in _GENDERS:
            continue
        if tokens[at].norm in _LETTERS:
            if _both_letters(document, at):
                out.append(Gender(span=document.span_of_tokens(at, at + 2), gender="any"))
                done = at + 2
            continue
        found = _GENDERS[tokens[at].norm]
        last = second = at + 1
        while second < len(tokens) and second - last < 2 and tokens[second].norm in _LINKS:
            second += 1
        if second < len(tokens) and not tokens[second].starts_clause:
            word = tokens[second].norm
            other = None if word in _LETTERS else _GENDERS.get(word)
            if other is not None and other != found:
                found, last = "any", second + 1
        if found == "any" or _asked_for(tokens, at, last):
            out.append(Gender(span=document.span_of_tokens(at, last), gender=found))
        done = last
    return tuple(out[:MOST_MENTIONS])


def _both_letters(document: Document, at: int) -> bool:
    """Return whether 'L/P' or 'P/L' starts there; a letter alone tells nothing."""
    tokens = document.tokens
    if at + 1 == len(tokens) or tokens[at + 1].norm != _LETTERS[tokens[at].norm]:
        return False
    return document.original[tokens[at].end : tokens[at + 1].start].strip() == "/"


def _asked_for(tokens: Sequence[Token], first: int, last: int) -> bool:
    if tokens[first].starts_clause or first == 0 or tokens[first - 1].norm in _ASKS:
        return True
    if last == len(tokens) or tokens[last].starts_clause:
        return False
    return tokens[last].norm in _DESCRIBES or _RANGE.match(tokens[last].text) is not None
