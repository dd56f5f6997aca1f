"""Finds lengths of time and tells what they are of: departure, contract, debt, training, hours."""

from __future__ import annotations

from collections.abc import Sequence

from offer_screen.extract.duration_cues import (
    ACTIONS,
    AFTER,
    BEFORE,
    DEPART,
    DEPART_NOUNS,
    FAST,
    FILLERS,
    FOREIGN_TO_TIME,
    HASTE_FILLERS,
    LEADING,
    NEGATORS,
    RELATIVE_DAYS,
    START_WORK,
    WORK,
    Cue,
    find_cue,
)
from offer_screen.extract.numbers import (
    DIGITS,
    NUMBER_WORDS,
    number_starts,
    reads_as,
    split_units,
)
from offer_screen.extract.time_span import (
    SINGLE,
    TimeSpan,
    clock_hours,
    days_of,
    read_time,
)
from offer_screen.extract.work_time import (
    Hit,
    read_clock,
    read_hours,
    read_interval,
    read_no_rest,
    read_rest,
)
from offer_screen.facts import Duration, DurationKind
from offer_screen.text.document import Document, Token
from offer_screen.values import Span

_TRIGGERS = (
    frozenset(SINGLE)
    | frozenset(RELATIVE_DAYS)
    | NUMBER_WORDS
    | LEADING
    | NEGATORS
    | {
        "langsung",
        "tinggal",
        "proses",
        "prosesnya",
        "cepat",
        "libur",
        "jam",
        "tiap",
        "setiap",
        "per",
    }
)
_REACH_BEFORE = 4
_REACH_AFTER = 3


def find_durations(document: Document) -> tuple[Duration, ...]:
    """Return the lengths of time in the text whose role can be told, in text order."""
    tokens = split_units(document.tokens, unlettered=document.unlettered)
    found: list[Duration] = []
    floor = 0
    for at in number_starts(document, tokens, _TRIGGERS):
        hit = _read(document, tokens, at, floor) if at >= floor else None
        if hit is None:
            continue
        duration, floor = hit
        if duration is not None:
            found.append(duration)
    return tuple(found)


def _read(document: Document, tokens: Sequence[Token], at: int, floor: int) -> Hit | None:
    norm = tokens[at].norm
    if norm in RELATIVE_DAYS or norm in LEADING:
        return _relative_day(document, tokens, at, floor)
    if norm in ("langsung", "tinggal"):
        return _at_once(tokens, at)
    if norm in ("proses", "prosesnya", "cepat") or norm in NEGATORS:
        return _fast(tokens, at) or read_no_rest(tokens, at)
    if norm == "libur":
        return read_rest(tokens, at)
    if norm in ("tiap", "setiap", "per"):
        return read_interval(tokens, at)
    hours = clock_hours(tokens, at)
    if hours is not None:
        return read_clock(tokens, at, *hours)
    time = read_time(tokens, at)
    if time is None:
        return _instalments(tokens, at)
    if time.hours:
        return read_hours(tokens, at, time)
    return _length(document, tokens, at, time, floor)


# --- lengths with a number --------------------------------------------------------------------


def _length(
    document: Document, tokens: Sequence[Token], at: int, time: TimeSpan, floor: int
) -> Hit | None:
    end = time.end
    if end < len(tokens) and tokens[end].norm == "kerja" and time.unit == "hari":
        return None, end + 1  # '7 hari kerja': how an office counts
    before = _cue_before(document, tokens, at, floor)
    after = _cue_after(document, tokens, end)
    if before is None and after is None:
        return None
    if after is None or (before is not None and before[1] <= after[1]):
        if before is None:
            return None
        cue, _, start, last = *before, end
    else:
        cue, _, last = after
        start = at
    if cue.kind is None:
        return None, end
    if cue.kind == "time_to_departure" and _is_pay_period(tokens, at, time):
        return None
    if cue.kind == "time_to_departure" and time.unit == "tahun" and time.high > 2:
        return None
    low, high = days_of(time, calendar=cue.kind not in ("time_to_departure", "time_to_work"))
    span = Span(tokens[start].start, tokens[last - 1].end)
    return Duration(kind=cue.kind, span=span, low=low, high=high), last


def _cue_before(
    document: Document, tokens: Sequence[Token], at: int, floor: int
) -> tuple[Cue, int, int] | None:
    """Return the nearest cue before a length, its distance and where it starts."""
    for distance in range(1, _REACH_BEFORE + 1):
        index = at - distance
        if index < floor or tokens[index + 1].starts_clause:
            return None
        token = tokens[index]
        if token.norm[:1] in DIGITS or token.norm in FOREIGN_TO_TIME:
            return None
        cue = find_cue(token, BEFORE)
        if cue is None:
            continue
        if distance > cue.reach or _comma(document, tokens, index, at):
            return None
        if cue.kind == "time_to_departure" and any(
            between.norm not in FILLERS and between.norm not in DEPART_NOUNS
            for between in tokens[index + 1 : at]
        ):
            return None
        if token.norm in ("gaji", "upah", "biaya") and not (
            index > floor and reads_as(tokens[index - 1], frozenset(("potong", "potongan")))
        ):
            continue
        start = index - 1 if token.norm in ("gaji", "upah", "biaya") else index
        return cue, distance, start
    return None


def _cue_after(
    document: Document, tokens: Sequence[Token], end: int
) -> tuple[Cue, int, int] | None:
    """Return the nearest cue behind a length, its distance and the index after it."""
    distance = 1
    filled = False
    for index in range(end, min(end + _REACH_AFTER, len(tokens))):
        token = tokens[index]
        if token.starts_clause or token.norm[:1] in DIGITS:
            return None
        cue = find_cue(token, AFTER)
        if cue is not None and token.norm in WORK and not filled:
            cue = None  # '2 minggu kerja' says how long, '2 minggu sudah kerja' how soon
        if cue is not None:
            if _comma(document, tokens, end - 1, index):
                return None
            return cue, distance, index + 1
        if token.norm not in FILLERS:
            return None
        filled = True
        distance += 1
    return None


def _comma(document: Document, tokens: Sequence[Token], first: int, last: int) -> bool:
    gap = document.cleaned_between(tokens[first].end, tokens[last].start)
    return "," in gap or ";" in gap


def _is_pay_period(tokens: Sequence[Token], at: int, time: TimeSpan) -> bool:
    """Tell 'gaji 5 juta sebulan' and 'sebulan 15 juta' from 'sebulan berangkat'."""
    if (
        time.single
        and at
        and (tokens[at - 1].norm in FOREIGN_TO_TIME or tokens[at - 1].norm[:1] in DIGITS)
    ):
        return True
    end = time.end
    return time.single and end < len(tokens) and tokens[end].norm[:1] in DIGITS


def _instalments(tokens: Sequence[Token], at: int) -> Hit | None:
    """Read 'cicil 10x' and 'potong gaji 6 kali'."""
    if at + 1 >= len(tokens) or tokens[at + 1].norm not in ("x", "kali"):
        return None
    if not tokens[at].norm.isdecimal() or len(tokens[at].norm) > 2:
        return None
    for index in range(at - 1, max(-1, at - 4), -1):
        cue = find_cue(tokens[index], BEFORE)
        owed = cue is not None and cue.kind == "debt_term"
        if owed and tokens[index].norm not in ("gaji", "upah", "biaya"):
            span = Span(tokens[index].start, tokens[at + 1].end)
            return Duration(kind="debt_term", span=span, count=int(tokens[at].norm)), at + 2
        if tokens[index + 1].starts_clause or tokens[index].norm[:1] in DIGITS:
            return None
    return None


# --- days by name, haste -----------------------------------------------------------------------


def _relative_day(document: Document, tokens: Sequence[Token], at: int, floor: int) -> Hit | None:
    """Read 'besok berangkat', 'terbang minggu depan', 'besok kerja'."""
    norm = tokens[at].norm
    days = RELATIVE_DAYS.get(norm)
    end = at + 1
    if days is None:
        if end >= len(tokens) or tokens[end].starts_clause:
            return None
        days = RELATIVE_DAYS.get(f"{norm} {tokens[end].norm}")
        end += 1
    if days is None:
        return None
    action = _action_after(document, tokens, end)
    if action is not None:
        kind, last = action
        start = at
    else:
        before = at - 1
        while before >= floor and before >= at - 3 and tokens[before].norm in FILLERS:
            if tokens[before + 1].starts_clause:
                return None
            before -= 1
        if (
            before < floor
            or tokens[before + 1].starts_clause
            or _comma(document, tokens, before, at)
        ):
            return None
        if not reads_as(tokens[before], DEPART):
            return None
        kind, start, last = "time_to_departure", before, end
    if norm == "hari" and kind == "time_to_departure":
        days = (0, 0)
    span = Span(tokens[start].start, tokens[last - 1].end)
    return Duration(kind=kind, span=span, low=days[0], high=days[1]), last


def _action_after(
    document: Document, tokens: Sequence[Token], end: int
) -> tuple[DurationKind, int] | None:
    for index in range(end, min(end + 4, len(tokens))):
        token = tokens[index]
        if token.starts_clause:
            return None
        kind = ACTIONS.get(token.norm)
        if kind is not None and not _comma(document, tokens, end - 1, index):
            return kind, index + 1
        if token.norm not in FILLERS:
            return None
    return None


def _at_once(tokens: Sequence[Token], at: int) -> Hit | None:
    """Read 'langsung berangkat', 'tinggal terbang', 'langsung kerja'."""
    for index in (at + 1, at + 2):
        if index >= len(tokens) or tokens[index].starts_clause:
            return None
        token = tokens[index]
        if reads_as(token, DEPART):
            span = Span(tokens[at].start, token.end)
            return Duration(kind="time_to_departure", span=span, low=0, high=3), index + 1
        jointly = index + 1 < len(tokens) and tokens[index + 1].norm == "sama"
        if token.norm in START_WORK and tokens[at].norm == "langsung" and not jointly:
            span = Span(tokens[at].start, token.end)
            return Duration(kind="time_to_work", span=span, low=0, high=1), index + 1
        if token.norm not in FILLERS:
            return None
    return None


def _fast(tokens: Sequence[Token], at: int) -> Hit | None:
    """Read claims of haste without a number: 'proses kilat', 'gak pake lama', 'gercep'."""
    norm = tokens[at].norm
    last: int | None = None
    if norm in ("proses", "prosesnya"):
        for index in range(at + 1, min(at + 5, len(tokens))):
            token = tokens[index]
            if token.starts_clause or token.norm in NEGATORS or token.norm[:1] in DIGITS:
                break
            if reads_as(token, FAST):
                last = index + 1
                break
            if token.norm not in HASTE_FILLERS and token.norm not in FILLERS:
                break
    elif norm == "cepat":
        gathered = at > 0 and tokens[at - 1].norm == "gerak" and not tokens[at].starts_clause
        follows = at + 1 < len(tokens) and not tokens[at + 1].starts_clause
        if gathered:
            at, last = at - 1, at + 1
        elif follows and (tokens[at + 1].norm == "proses" or reads_as(tokens[at + 1], DEPART)):
            last = at + 2
    else:
        index = at + 1
        while (
            index < len(tokens)
            and index <= at + 2
            and not tokens[index].starts_clause
            and tokens[index].norm
            in ("pakai", "pake", "usah", "perlu", "nunggu", "menunggu", "tunggu")
        ):
            index += 1
        if (
            index < len(tokens)
            and not tokens[index].starts_clause
            and tokens[index].norm
            in (
                "lama",
                "lama-lama",
            )
        ):
            last = index + 1
    if last is None:
        return None
    span = Span(tokens[at].start, tokens[last - 1].end)
    return Duration(kind="fast_claim", span=span), last
