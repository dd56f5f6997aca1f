"""The report as one HTML page that needs no network, no script and no other file.

The offer is hostile input: all words pass ``escape``, and a content policy in the page forbids
scripts, images and requests even if one slipped through.
"""

from __future__ import annotations

import html

from offer_screen.rendering.highlight import Segment, segment
from offer_screen.rendering.style import CSS
from offer_screen.rendering.view import MAX_IN_FULL, Addend, Quote, Reason, Step, View
from offer_screen.values import Level, Severity

_MAX_TITLES = 6
_MAX_REFERENCES = 3
_MAX_SPANS = 4
"""A reason that rests on more places says little of each, so it does not choose their colour."""
_TONES = ("mentioned", "trust", *Severity)

# NUL and other controls cannot stand in HTML; their pictures can. A bare carriage return would be
# read as a line feed, so it goes as a reference.
_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x0D: "&#13;",
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def escape(words: str) -> str:
    """Return ``words`` so that a page shows exactly them, in text and in quoted attributes."""
    return html.escape(words, quote=True).translate(_CONTROLS)


def html_of(view: View, level: Level) -> str:
    """Return the page."""
    body = "\n".join(part for part in _parts(view, level) if part)
    title = f"{view.say('page.title')}: {view.level}"
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{view.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{CSS}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _parts(view: View, level: Level) -> tuple[str, ...]:
    return (
        _badge(view, level),
        "<main>",
        _offer(view),
        _reasons(view, "reasons", view.reasons),
        _reasons(view, "trust", view.trust),
        _reasons(view, "mentioned", view.mentioned),
        _reasons(view, "would_have", view.would_have),
        _steps(view, "missing", view.missing),
        _steps(view, "advice", view.advice),
        _changes(view),
        _signs(view),
        _harms(view),
        _sums(view),
        "</main>",
        _footer(view),
    )


def _paragraph(words: str, css: str = "") -> str:
    if not words:
        return ""
    return f'<p class="{css}">{escape(words)}</p>' if css else f"<p>{escape(words)}</p>"


def _section(view: View, name: str, body: str, note: str = "") -> str:
    return (
        f'<section aria-labelledby="h-{name}">\n<h2 id="h-{name}">{escape(view.say(name))}</h2>\n'
        f"{_paragraph(note, 'soft')}{body}\n</section>"
    )


def _badge(view: View, level: Level) -> str:
    width = min(100.0, max(0.0, view.points_value))
    return (
        f'<header class="badge l-{level}">\n'
        f"<h1>{escape(view.say('level'))}: <strong>{escape(view.level)}</strong></h1>\n"
        f"<p>{escape(view.say('score'))}: <b>{escape(view.points)}</b> ({escape(view.basis)})</p>\n"
        f'<div class="meter" aria-hidden="true"><div style="width:{width:.1f}%"></div></div>\n'
        f"<p>{escape(view.say('kind'))}: {escape(view.kind)}</p>\n"
        f"{_paragraph(view.kind_meaning)}{_paragraph(view.level_meaning)}"
        f"{_paragraph(view.floor_note, 'soft')}\n{_contents(view)}</header>"
    )


def _contents(view: View) -> str:
    names = [
        name
        for name, shown in (
            ("advice", True),
            ("reasons", bool(view.reasons)),
            ("trust", bool(view.trust)),
            ("mentioned", bool(view.mentioned)),
            ("would_have", bool(view.would_have)),
            ("missing", bool(view.missing)),
            ("what_if", bool(view.changes)),
            ("sums", True),
        )
        if shown
    ]
    links = "\n".join(f'<a href="#h-{name}">{escape(view.say(name))}</a>' for name in names)
    return f"<nav>\n{links}\n</nav>\n"


def _offer(view: View) -> str:
    if view.text is None:
        return _section(view, "text", _paragraph(view.say("text.none"), "soft"))
    text = view.text
    reasons = {reason.number: reason for reason in view.all_reasons}
    marks = [(reason.number, span) for reason in reasons.values() for span in reason.spans]
    runs = "".join(_run(text, run, reasons) for run in segment(len(text), marks))
    # A line feed right after the start tag would be dropped from <pre>, not from <div>.
    body = f'<div class="offer" id="offer" dir="auto">{runs}</div>'
    return _section(view, "text", body, view.say("text.note") if marks else "")


def _run(text: str, run: Segment, reasons: dict[int, Reason]) -> str:
    words = escape(text[run.start : run.end])
    if not run.marks:
        return words
    narrow = [key for key in run.marks if len(reasons[key].spans) <= _MAX_SPANS] or run.marks
    main = min(narrow, key=lambda key: (-_TONES.index(reasons[key].tone), key))
    titles = "; ".join(f"{key}. {reasons[key].title}" for key in run.marks[:_MAX_TITLES])
    titles += "; …" if len(run.marks) > _MAX_TITLES else ""
    many = " many" if len(run.marks) > 1 else ""
    marked = (
        f'<mark class="t-{reasons[main].tone}{many}" title="{escape(titles)}" id="at-{run.start}">'
        f'<a href="#finding-{main}">{words}</a></mark>'
    )
    return marked + _references(run.ends, reasons)


def _references(keys: tuple[int, ...], reasons: dict[int, Reason]) -> str:
    shown, left = keys[:_MAX_REFERENCES], keys[_MAX_REFERENCES:]
    if len(left) == 1:
        shown, left = keys, ()
    names = {key: f"{key}. {reasons[key].title}" for key in keys}
    links = "".join(_reference(key, str(key), names[key]) for key in shown)
    if left:
        links += _reference(left[0], f"+{len(left)}", "; ".join(names[key] for key in left))
    return links


def _reference(key: int, shown: str, name: str) -> str:
    # The number comes from the style sheet, so that copied text is the offer and nothing else.
    return (
        f'<a class="ref" href="#finding-{key}" data-n="{shown}"'
        f' title="{escape(name)}" aria-label="{escape(name)}"></a>'
    )


def _reasons(view: View, name: str, reasons: tuple[Reason, ...]) -> str:
    if not reasons:
        return (
            _section(view, name, _paragraph(view.say("reasons.none"))) if name == "reasons" else ""
        )
    full, brief = reasons[:MAX_IN_FULL], reasons[MAX_IN_FULL:]
    body = "\n".join((*map(_reason, full), *map(_reason_in_brief, brief)))
    return _section(view, name, body, view.say(f"{name}.note") if name != "reasons" else "")


def _reason(reason: Reason) -> str:
    return (
        f'<article class="reason t-{reason.tone}" id="finding-{reason.number}">\n'
        f"<h3>{reason.number}. {escape(reason.title)}{_tags(reason)}</h3>\n"
        f"{_reason_body(reason)}\n</article>"
    )


def _reason_in_brief(reason: Reason) -> str:
    words = f": “<bdi>{escape(reason.quotes[0].words)}</bdi>”" if reason.quotes else ""
    # Browsers open a closed box only for what is inside it, so the name stands on the inner part.
    return (
        f'<details class="reason t-{reason.tone}">\n'
        f"<summary><b>{reason.number}. {escape(reason.title)}</b>{words}</summary>\n"
        f'<div id="finding-{reason.number}">{_reason_body(reason)}</div>\n</details>'
    )


def _tags(reason: Reason) -> str:
    if not reason.severity:
        return ""
    return (
        f' <span class="tag">{escape(reason.severity)}</span>'
        f' <span class="group">{escape(reason.category)}</span>'
    )


def _reason_body(reason: Reason) -> str:
    quotes = "".join(map(_quote, reason.quotes))
    return f"{_paragraph(reason.explanation)}{quotes}{_paragraph(reason.more, 'soft')}"


def _quote(quote: Quote) -> str:
    note = f" ({escape(quote.note)})" if quote.note else ""
    return (
        f'<blockquote><a href="#at-{quote.start}">“<bdi>{escape(quote.words)}</bdi>”</a>'
        f"{note}</blockquote>"
    )


def _steps(view: View, name: str, steps: tuple[Step, ...]) -> str:
    if not steps:
        return _section(view, name, _paragraph(view.say("advice.none"))) if name == "advice" else ""
    sources = name == "advice"
    lead = f"{view.say('advice.sources')}: " if sources else ""
    items = "\n".join(
        f"<li>{escape(step.text)}"
        f"{_paragraph(lead + step.extra, 'soft' if sources else '') if step.extra else ''}</li>"
        for step in steps
    )
    return _section(
        view, name, f"<ol>\n{items}\n</ol>", "" if sources else view.say(f"{name}.note")
    )


def _changes(view: View) -> str:
    if not view.changes:
        return ""
    body = "\n".join(map(_paragraph, view.changes.sentences))
    for heading, changes in view.changes.groups:
        items = "\n".join(
            f"<li>{escape(change.text)}{_paragraph(change.outcome)}</li>" for change in changes
        )
        body += f"\n<h3>{escape(view.say(heading))}</h3>\n<ol>\n{items}\n</ol>"
    return _section(view, "what_if", body, view.say("what_if.note"))


def _signs(view: View) -> str:
    if not view.signs:
        return ""
    items = "\n".join(
        f"<li><b>{escape(sign.label)}</b>: {escape(', '.join(sign.names))}</li>"
        for sign in view.signs
    )
    return _section(view, "signs", f"<ul>\n{items}\n</ul>", view.say("signs.note"))


def _harms(view: View) -> str:
    if not view.harms:
        return ""
    scale = max(abs(share.value) for share in view.harms)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(share.label)}</th><td class="n">{share.shown}</td>'
        f'<td class="b">{_bar(share.value, scale)}</td></tr>'
        for share in view.harms
    )
    return _section(view, "harms", f"<table>\n{rows}\n</table>", view.say("harms.note"))


def _sums(view: View) -> str:
    scale = max((abs(addend.value) for addend in view.addends), default=0.0)
    rows = "\n".join(_row(addend, scale) for addend in view.addends)
    table = (
        f'<table>\n<thead><tr><th scope="col">{escape(view.say("sums.reason"))}</th>'
        f'<th scope="col" class="n">{escape(view.say("sums.value"))}</th>'
        f'<th scope="col">{escape(view.say("sums.bar"))}</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n"
        f'<tfoot><tr><th scope="row">{escape(view.say("sums.total"))}</th>'
        f'<td class="n"><b>{view.total}</b></td><td>{escape(view.to_points)}</td></tr></tfoot>\n'
        "</table>"
    )
    return _section(view, "sums", table, view.say("sums.note"))


def _row(addend: Addend, scale: float) -> str:
    name = escape(addend.label)
    if addend.number is not None:
        name = f'<a href="#finding-{addend.number}">{name}</a>'
    note = f' <span class="soft">({escape(addend.note)})</span>' if addend.note else ""
    return (
        f'<tr><th scope="row">{name}{note}</th><td class="n">{addend.shown}</td>'
        f'<td class="b">{_bar(addend.value, scale)}</td></tr>'
    )


def _bar(value: float, scale: float) -> str:
    width = 100 * abs(value) / scale if scale else 0.0
    side = "up" if value >= 0 else "down"
    bar = f'<i class="{side}" style="width:{width:.1f}%"></i>'
    left, right = ("", bar) if value >= 0 else (bar, "")
    return f'<div class="axis" aria-hidden="true"><span>{left}</span><span>{right}</span></div>'


def _footer(view: View) -> str:
    return (
        f"<footer>\n{_paragraph(view.say('closing'))}{_paragraph('; '.join(view.about), 'soft')}\n"
        "</footer>"
    )
