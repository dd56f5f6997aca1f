"""The report for a terminal: lines of 80 columns, each with the style it may be coloured in."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from offer_screen.rendering.layout import WIDTH, columns, cut, wrap
from offer_screen.rendering.view import MAX_IN_FULL, Addend, Reason, Step, View
from offer_screen.values import Level


class Style(StrEnum):
    """What a line is, for whoever gives it a colour."""

    PLAIN = "plain"
    HEADING = "heading"
    NOTE = "note"
    QUOTE = "quote"
    RED_FLAG = "red_flag"
    TRUST_SIGN = "trust_sign"
    LEVEL_LOW = "level_low"
    LEVEL_CAUTION = "level_caution"
    LEVEL_HIGH = "level_high"
    LEVEL_CRITICAL = "level_critical"


class Line(NamedTuple):
    """One line without its line break."""

    text: str
    style: Style = Style.PLAIN


_VALUE_COLUMNS = 8
_ADDRESS = re.compile(r":? https?://[^\s;]+")


def lines_of(view: View, level: Level) -> tuple[Line, ...]:
    """Return the report line by line."""
    out: list[Line] = []
    _head(out, view, level)
    _section(out, view, "reasons", None)
    if not view.reasons:
        _put(out, view.say("reasons.none"))
    _reasons(out, view.reasons, Style.RED_FLAG)
    for name, reasons, style in (
        ("trust", view.trust, Style.TRUST_SIGN),
        ("mentioned", view.mentioned, Style.PLAIN),
        ("would_have", view.would_have, Style.PLAIN),
    ):
        if reasons:
            _section(out, view, name, f"{name}.note")
            _reasons(out, reasons, style)
    if view.text is None and any(reason.spans for reason in view.all_reasons):
        out.append(Line(""))
        _put(out, view.say("text.none"), style=Style.NOTE)
    if view.missing:
        _section(out, view, "missing", "missing.note")
        _steps(out, view.missing)
    _section(out, view, "advice", None)
    if not view.advice:
        _put(out, view.say("advice.none"))
    _steps(out, view.advice, label=f"{view.say('advice.sources')}: ")
    if view.changes:
        _section(out, view, "what_if", "what_if.note")
        _changes(out, view)
    if view.signs:
        _section(out, view, "signs", "signs.note")
        for sign in view.signs:
            _put(out, f"{sign.label}: {', '.join(sign.names)}", first="- ")
    if view.harms:
        _section(out, view, "harms", "harms.note")
        for share in view.harms:
            _put(out, f"{share.label}", first=f"{share.shown:>{_VALUE_COLUMNS}}  ")
    _sums(out, view)
    out.append(Line(""))
    _put(out, view.say("closing"))
    out.append(Line(""))
    _put(out, "; ".join(view.about), style=Style.NOTE)
    return tuple(out)


def _head(out: list[Line], view: View, level: Level) -> None:
    style = Style(f"level_{level}")
    _put(out, f"{view.say('level')}: {view.level.upper()}", style=style)
    _put(out, f"{view.say('score')}: {view.points} ({view.basis})")
    _put(out, f"{view.say('kind')}: {view.kind}")
    if view.kind_meaning:
        _put(out, view.kind_meaning)
    for paragraph, tone in ((view.level_meaning, style), (view.floor_note, Style.PLAIN)):
        if paragraph:
            out.append(Line(""))
            _put(out, paragraph, style=tone)


def _put(
    out: list[Line],
    text: str,
    *,
    first: str = "",
    rest: str | None = None,
    style: Style = Style.PLAIN,
) -> None:
    out.extend(Line(line, style) for line in wrap(text, first=first, rest=rest))


def _section(out: list[Line], view: View, name: str, note: str | None) -> None:
    title = view.say(name)
    out += [Line(""), Line(title, Style.HEADING), Line("-" * columns(title), Style.HEADING)]
    if note:
        _put(out, view.say(note), style=Style.NOTE)


def _reasons(out: list[Line], reasons: tuple[Reason, ...], style: Style) -> None:
    for reason in reasons[:MAX_IN_FULL]:
        _reason(out, reason, style)
    for reason in reasons[MAX_IN_FULL:]:
        _reason_in_brief(out, reason, style)


def _reason(out: list[Line], reason: Reason, style: Style) -> None:
    first = f"{reason.number:>2}. "
    indent = " " * len(first)
    severity = f" ({reason.severity})" if reason.severity else ""
    _put(out, reason.title + severity, first=first, style=style)
    _put(out, reason.explanation, first=indent)
    for quote in reason.quotes:
        note = f" ({quote.note})" if quote.note else ""
        _put(out, f"“{quote.words}”{note}", first=f"{indent}> ", style=Style.QUOTE)
    if reason.more:
        _put(out, reason.more, first=f"{indent}> ", style=Style.QUOTE)


def _reason_in_brief(out: list[Line], reason: Reason, style: Style) -> None:
    quote = f": “{reason.quotes[0].words}”" if reason.quotes else ""
    _put(out, reason.title + quote, first=f"{reason.number:>2}. ", style=style)


def _steps(out: list[Line], steps: tuple[Step, ...], *, label: str = "") -> None:
    for count, step in enumerate(steps, start=1):
        first = f"{count:>2}. "
        _put(out, step.text, first=first)
        indent = " " * len(first)
        if step.extra and label:
            # One line: who says so. The addresses stand in the other formats.
            names = label + _ADDRESS.sub("", step.extra)
            out.append(Line(indent + cut(names, WIDTH - len(indent)), Style.NOTE))
        elif step.extra:
            _put(out, step.extra, first=indent)


def _changes(out: list[Line], view: View) -> None:
    for sentence in view.changes.sentences:
        _put(out, sentence, first="- ")
    for heading, changes in view.changes.groups:
        _put(out, f"{view.say(heading)}:", first="- ")
        for count, change in enumerate(changes, start=1):
            first = f"{count:>4}. "
            _put(out, change.text, first=first)
            _put(out, change.outcome, first=" " * len(first))


def _sums(out: list[Line], view: View) -> None:
    _section(out, view, "sums", "sums.note")
    for addend in view.addends:
        _put(out, _addend_words(addend), first=f"{addend.shown:>{_VALUE_COLUMNS}}  ")
    rule = "-" * _VALUE_COLUMNS
    out.append(Line(rule))
    _put(out, view.say("sums.total"), first=f"{view.total:>{_VALUE_COLUMNS}}  ")
    _put(out, view.to_points, first=" " * (_VALUE_COLUMNS + 2))


def _addend_words(addend: Addend) -> str:
    reference = f" [{addend.number}]" if addend.number is not None else ""
    note = f" ({addend.note})" if addend.note else ""
    return f"{addend.label}{reference}{note}"


def text_of_lines(lines: tuple[Line, ...]) -> str:
    """Return the lines as one text that ends with a line break."""
    return "".join(f"{line.text}\n" for line in lines)
