"""Reads how long and how often people work, rest and are paid: '12 jam', 'tanpa libur'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offer_screen.extract.duration_cues import BEFORE, FILLERS, LEAVE, OFFICE, PAID, WORK, find_cue
from offer_screen.extract.numbers import reads_as
from offer_screen.extract.time_span import TimeSpan, days_of, read_time
from offer_screen.facts import Duration
from offer_screen.text.document import Token
from offer_screen.values import Span

Hit = tuple[Duration | None, int]
"""A duration, or None for a length of time that is no fact, and the index to go on from."""

_WORKING_DAY_HOURS = 8
_SHIFT = frozenset(("shift", "sif", "masuk"))
_DAY_HOURS = range(1, 25)
_PER_MONTH: Mapping[str, int] = {
    "sebulan": 1,
    "perbulan": 1,
    "bulan": 1,
    "seminggu": 4,
    "perminggu": 4,
    "minggu": 4,
}


def read_hours(tokens: Sequence[Token], at: int, time: TimeSpan) -> Hit | None:
    """Read hours a day ('kerja 12 jam', '8 jam sehari') and hours of training."""
    hours, end = time.high, time.end
    before = tokens[at - 1] if at and not tokens[at].starts_clause else None
    for index in range(at - 1, max(-1, at - 4), -1):
        cue = find_cue(tokens[index], BEFORE)
        if cue is not None and cue.kind == "training":
            days = hours / _WORKING_DAY_HOURS
            span = Span(tokens[index].start, tokens[end - 1].end)
            return (
                Duration(kind="training", span=span, low=days, high=days, hours=hours),
                end,
            )
        if tokens[index + 1].starts_clause:
            break
    if int(hours) not in _DAY_HOURS:
        return None
    following = tokens[end] if end < len(tokens) and not tokens[end].starts_clause else None
    works = before is not None and (before.norm in WORK or before.norm in ("jam", "shift", "sif"))
    a_day = following is not None and (
        following.norm in ("sehari", "perhari")
        or (
            following.norm in ("per", "tiap", "setiap", "hari", "/")
            and any(token.norm == "hari" for token in tokens[end : end + 2])
        )
    )
    worked = following is not None and following.norm in WORK and hours < 24
    if not (works or a_day or worked):
        return None
    if a_day and not works and hours == 24:
        return None, end
    start = at - 1 if works else at
    last = end if works and not a_day else end + 1
    span = Span(tokens[start].start, tokens[min(last, len(tokens)) - 1].end)
    return Duration(kind="hours_per_day", span=span, hours=hours), last


def read_clock(tokens: Sequence[Token], at: int, hours: float, end: int) -> Hit | None:
    """Read working hours told by the clock, not an office's."""
    start = max(0, at - 4)
    for index in range(at - 1, start - 1, -1):
        if tokens[index + 1].starts_clause:
            break
        if reads_as(tokens[index], OFFICE):
            return None, end
    work = any(reads_as(token, WORK) or token.norm in _SHIFT for token in tokens[start:at])
    if not (4 if work else _WORKING_DAY_HOURS) <= hours < 24:
        return None, end
    span = Span(tokens[at].start, tokens[end - 1].end)
    return Duration(kind="hours_per_day", span=span, hours=hours), end


def read_no_rest(tokens: Sequence[Token], at: int) -> Hit | None:
    """Read 'tanpa libur', 'tidak ada libur'."""
    index = at + 1
    if index < len(tokens) and tokens[index].norm in ("ada", "dapat", "dikasih", "hari"):
        index += 1
    if index < len(tokens) and tokens[index].norm == "libur":
        if any(token.starts_clause for token in tokens[at + 1 : index + 1]):
            return None
        span = Span(tokens[at].start, tokens[index].end)
        return Duration(kind="rest", span=span, count=0), index + 1
    return None


def read_rest(tokens: Sequence[Token], at: int) -> Hit | None:
    """Read rest days a month: 'libur 2x sebulan', 'libur seminggu sekali', 'libur tiap minggu'."""
    end = at + 1
    times = 1
    counted = False
    if end < len(tokens) and tokens[end].norm.isdecimal() and len(tokens[end].norm) <= 2:
        times, end, counted = int(tokens[end].norm), end + 1, True
        if end < len(tokens) and tokens[end].norm in ("x", "kali", "hari"):
            end += 1
        elif end < len(tokens) and tokens[end].norm in LEAVE:
            if end + 1 < len(tokens) and tokens[end + 1].norm == "sekali":
                every = _PER_MONTH.get(tokens[end].norm, 1)
                span = Span(tokens[at].start, tokens[end + 1].end)
                return Duration(kind="rest", span=span, count=max(1, every // times)), end + 2
            return None, end + 1
    if end < len(tokens) and tokens[end].norm in ("dalam", "tiap", "setiap", "per"):
        end += 1
        counted = True
    if end >= len(tokens) or tokens[end].starts_clause:
        return None
    share = _PER_MONTH.get(tokens[end].norm)
    once = end + 1 < len(tokens) and tokens[end + 1].norm in ("sekali", "1", "satu")
    if share is None or not (counted or once):
        return None
    end += 2 if once and not counted else 1
    span = Span(tokens[at].start, tokens[min(end, len(tokens)) - 1].end)
    return Duration(kind="rest", span=span, count=times * share), end


def read_interval(tokens: Sequence[Token], at: int) -> Hit | None:
    """Read how often pay is handed out: 'gaji cair per 3 bulan', 'dibayar tiap minggu'."""
    first = at - 1
    while first >= 0 and tokens[first].norm in FILLERS and not tokens[first + 1].starts_clause:
        first -= 1
    if first < 0 or tokens[first + 1].starts_clause or not reads_as(tokens[first], PAID):
        return None
    time = read_time(tokens, at + 1, unit_alone=True)
    if time is None or time.hours or tokens[at + 1].starts_clause:
        return None
    low, high = days_of(time, calendar=True)
    span = Span(tokens[first].start, tokens[time.end - 1].end)
    return Duration(kind="pay_interval", span=span, low=low, high=high), time.end
