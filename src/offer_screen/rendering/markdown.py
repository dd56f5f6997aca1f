"""The report as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re

from offer_screen.rendering.view import MAX_IN_FULL, Reason, Step, View

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$!])")
_MARKUP_AND_LINKS = re.compile(r"([\\`*_\[\]<>#|~&$!]|[:@.](?=[\w/]))")
_LIST_START = re.compile(r"^(\d*)([-+=.)])")


def escape(words: str) -> str:
    """Return words of the rule pack so that they show as they are; addresses may become links."""
    return _LIST_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", words))


def escape_offer(words: str) -> str:
    r"""Return words of an offer so that they show as they are and no address becomes a link.

    >>> escape_offer("klik https://contoh.example *cepat*")
    'klik https\\://contoh\\.example \\*cepat\\*'
    """
    return _LIST_START.sub(r"\1\\\2", _MARKUP_AND_LINKS.sub(r"\\\1", words))


def markdown_of(view: View) -> str:
    """Return the report as Markdown text that ends with a line break."""
    out = [f"# {escape(view.say('level'))}: {escape(view.level.upper())}", ""]
    out += [
        f"**{escape(view.say('score'))}:** {escape(view.points)} ({escape(view.basis)})  ",
        f"**{escape(view.say('kind'))}:** {escape(view.kind)}",
        "",
    ]
    for paragraph in (view.kind_meaning, view.level_meaning, view.floor_note):
        if paragraph:
            out += [escape(paragraph), ""]
    out += _heading(view, "reasons", note=False)
    if view.reasons:
        out += _reasons(view.reasons)
    else:
        out += [escape(view.say("reasons.none")), ""]
    for name, reasons in (
        ("trust", view.trust),
        ("mentioned", view.mentioned),
        ("would_have", view.would_have),
    ):
        if reasons:
            out += [*_heading(view, name), *_reasons(reasons)]
    if view.text is None and any(reason.spans for reason in view.all_reasons):
        out += [f"*{escape(view.say('text.none'))}*", ""]
    if view.missing:
        out += [*_heading(view, "missing"), *_steps(view.missing, label="")]
    out += _heading(view, "advice", note=False)
    if view.advice:
        out += _steps(view.advice, label=f"{view.say('advice.sources')}: ")
    else:
        out += [escape(view.say("advice.none")), ""]
    if view.changes:
        out += [*_heading(view, "what_if"), *_changes(view)]
    if view.signs:
        out += _heading(view, "signs")
        out += [f"- **{escape(s.label)}:** {escape(', '.join(s.names))}" for s in view.signs]
        out.append("")
    if view.harms:
        out += _heading(view, "harms")
        out += [f"- {share.shown} {escape(share.label)}" for share in view.harms]
        out.append("")
    out += _sums(view)
    out += ["---", "", escape(view.say("closing")), "", f"*{escape('; '.join(view.about))}*"]
    return "\n".join(out) + "\n"


def _heading(view: View, name: str, *, note: bool = True) -> list[str]:
    lines = [f"## {escape(view.say(name))}", ""]
    return [*lines, escape(view.say(f"{name}.note")), ""] if note else lines


def _reasons(reasons: tuple[Reason, ...]) -> list[str]:
    out: list[str] = []
    for reason in reasons[:MAX_IN_FULL]:
        first = f"{reason.number}. "
        indent = " " * len(first)
        severity = f" ({escape(reason.severity)})" if reason.severity else ""
        out += [f"{first}**{escape_offer(reason.title)}**{severity}", ""]
        out += [f"{indent}{escape_offer(reason.explanation)}", ""]
        for quote in reason.quotes:
            note = f" ({escape(quote.note)})" if quote.note else ""
            out += [f"{indent}> “{escape_offer(quote.words)}”{note}", ""]
        if reason.more:
            out += [f"{indent}{escape(reason.more)}", ""]
    for reason in reasons[MAX_IN_FULL:]:
        words = f": “{escape_offer(reason.quotes[0].words)}”" if reason.quotes else ""
        out += [f"{reason.number}. {escape_offer(reason.title)}{words}", ""]
    return out


def _steps(steps: tuple[Step, ...], *, label: str) -> list[str]:
    out: list[str] = []
    for count, step in enumerate(steps, start=1):
        first = f"{count}. "
        out.append(first + escape(step.text))
        if step.extra:
            extra = escape(label + step.extra)
            out += ["", " " * len(first) + (f"*{extra}*" if label else extra)]
        out.append("")
    return out


def _changes(view: View) -> list[str]:
    out: list[str] = []
    for sentence in view.changes.sentences:
        out += [escape_offer(sentence), ""]
    for heading, changes in view.changes.groups:
        out += [f"### {escape(view.say(heading))}", ""]
        for count, change in enumerate(changes, start=1):
            first = f"{count}. "
            out += [first + escape_offer(change.text), ""]
            out += [" " * len(first) + escape_offer(change.outcome), ""]
    return out


def _sums(view: View) -> list[str]:
    out = _heading(view, "sums")
    out += [f"| {escape(view.say('sums.value'))} | {escape(view.say('sums.reason'))} |"]
    out += ["| ---: | --- |"]
    for addend in view.addends:
        reference = f" \\[{addend.number}\\]" if addend.number is not None else ""
        note = f" ({escape(addend.note)})" if addend.note else ""
        out.append(f"| {addend.shown} | {escape_offer(addend.label)}{reference}{note} |")
    out += [
        f"| **{view.total}** | **{escape(view.say('sums.total'))}**: {escape(view.to_points)} |",
        "",
    ]
    return out
