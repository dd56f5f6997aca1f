"""The impact of a change as one HTML page that needs no network, no script and no other file.

The page is for the analyst who made the change, and is in English as the commands are. The texts in
it are hostile input: all words pass ``escape``, and a content policy forbids scripts and requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from offer_screen.analysis.impact import Change, Impact, RuleImpact, Sign, Verdict
from offer_screen.rendering.highlight import Segment, segment
from offer_screen.rendering.html import escape
from offer_screen.rendering.style import CSS
from offer_screen.results import FindingType
from offer_screen.values import Level

_STYLE = """
body{max-width:72rem}.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.pair>div{min-width:0}.change{border-top:2px solid var(--line);padding:1rem 0}
thead th:last-child{text-align:left}thead th.n:last-child{text-align:right}
.signs{list-style:none;padding:0;margin:.5rem 0}
.signs li{margin:.15rem 0}.new{font-weight:700}.on{background:var(--m-info)}
@media screen and (max-width:44rem){.pair{grid-template-columns:1fr}}
"""


def impact_page(impact: Impact) -> str:
    """Return the page."""
    title = f"Impact: {_pack(impact.old.name, impact.old.version)}"
    body = "\n".join(
        (
            _head(impact),
            "<main>",
            _transitions(impact),
            _rules(impact),
            _changes(impact),
            "</main>",
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{CSS}{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def counts(by_label: Mapping[str, int]) -> str:
    """Return counts by label in a few words: ``12 (scam 9, legit 3)``."""
    total = sum(by_label.values())
    labels = ", ".join(f"{label or 'no label'} {texts}" for label, texts in by_label.items())
    return f"{total} ({labels})" if total else "0"


def _pack(name: str, version: str) -> str:
    return f"{name} {version}"


def _head(impact: Impact) -> str:
    packs = " → ".join(
        f"{_pack(pack.name, pack.version)} ({pack.sha256[:12]})"
        for pack in (impact.old, impact.new)
    )
    intake = impact.intake
    errors = sum(intake.errors.values())
    bad = f", {errors} bad records passed over" if errors else ""
    return (
        f"<header>\n<h1>Impact of a change of the rules</h1>\n<p>{escape(packs)}</p>\n"
        f"<p>{intake.texts} texts of {escape(', '.join(intake.files) or 'no file')}{bad}.</p>\n"
        f"<p><b>{impact.changed}</b> change: level of <b>{impact.level_changed}</b>,"
        f" score of <b>{impact.score_changed}</b>,"
        f" findings of <b>{impact.findings_changed}</b>.</p>\n</header>"
    )


def _transitions(impact: Impact) -> str:
    matrix: Counter[tuple[Level, Level]] = Counter()
    for item in impact.transitions:
        matrix[item.before, item.after] += item.texts
    head = "".join(f'<th scope="col" class="n">{level}</th>' for level in Level)
    rows = []
    for before in Level:
        cells = "".join(
            f'<td class="n{" on" if before is after else ""}">{matrix[before, after]}</td>'
            for after in Level
        )
        rows.append(f'<tr><th scope="row">{before}</th>{cells}</tr>')
    return (
        '<section>\n<h2>Levels</h2>\n<p class="soft">Rows: before. Columns: after.</p>\n'
        f"<table>\n<thead><tr><th></th>{head}</tr></thead>\n"
        f"<tbody>\n{_lines(rows)}</tbody>\n</table>\n{_moves(impact)}</section>"
    )


def _moves(impact: Impact) -> str:
    return _lines(
        [
            f"<p>{escape(item.label or 'no label')}: {item.before} → {item.after}: {item.texts}</p>"
            for item in impact.transitions
            if item.before is not item.after
        ]
    )


def _rules(impact: Impact) -> str:
    if not impact.rules:
        return "<section>\n<h2>Rules</h2>\n<p>No rule changes on these texts.</p>\n</section>"
    names = ("found now", "no longer found", "other value", "level up", "level down")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows = _lines([_rule_row(item) for item in impact.rules])
    return (
        f'<section>\n<h2>Rules</h2>\n<table>\n<thead><tr><th scope="col">rule</th>{head}</tr>'
        f"</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>"
    )


def _rule_row(item: RuleImpact) -> str:
    only = f' <span class="tag">only in {item.only_in}</span>' if item.only_in else ""
    cells = "".join(
        f"<td>{escape(counts(part))}</td>"
        for part in (item.gained, item.lost, item.moved, item.raised, item.lowered)
    )
    return f'<tr><th scope="row">{escape(item.rule)}{only}</th>{cells}</tr>'


def _changes(impact: Impact) -> str:
    left = impact.changed - len(impact.changes)
    note = f'<p class="soft">{left} more texts change and are not shown.</p>\n' if left else ""
    shown = _lines([_change(change) for change in impact.changes])
    return f"<section>\n<h2>Texts that change</h2>\n{shown}{note}</section>"


def _change(change: Change) -> str:
    label = change.label or "no label"
    place = f"{change.file}:{change.line}" + (f", id {change.id}" if change.id is not None else "")
    step = f" {change.before.level} → {change.after.level}" if change.steps else ""
    new, old = set(change.gained) | set(change.moved), set(change.lost) | set(change.moved)
    return (
        f'<article class="change">\n<h3>{escape(place)} <span class="tag">{escape(label)}</span>'
        f'{step}</h3>\n<div class="pair">\n'
        f"{_side('before', change.text, change.before, old)}\n"
        f"{_side('after', change.text, change.after, new)}\n</div>\n</article>"
    )


def _side(name: str, text: str, verdict: Verdict, changed: set[str]) -> str:
    marks = [(key, span) for key, sign in enumerate(verdict.signs) for span in sign.spans]
    runs = "".join(_run(text, run, verdict.signs) for run in segment(len(text), marks))
    signs = _lines([_sign(sign, changed) for sign in verdict.signs])
    return (
        f"<div>\n<p><b>{name}</b>: {verdict.level}, {verdict.points:.1f} points,"
        f" read as {verdict.kind}</p>\n"
        f'<div class="offer" dir="auto">{runs}</div>\n<ul class="signs">\n{signs}</ul>\n</div>'
    )


def _run(text: str, run: Segment, signs: tuple[Sign, ...]) -> str:
    words = escape(text[run.start : run.end])
    if not run.marks:
        return words
    names = ", ".join(signs[key].rule for key in run.marks)
    many = " many" if len(run.marks) > 1 else ""
    tone = min((_tone(signs[key]) for key in run.marks), key=("high", "trust", "mentioned").index)
    return f'<mark class="t-{tone}{many}" title="{escape(names)}">{words}</mark>'


def _tone(sign: Sign) -> str:
    if not sign.scores:
        return "mentioned"
    return "trust" if sign.type is FindingType.TRUST_SIGN else "high"


def _sign(sign: Sign, changed: set[str]) -> str:
    css = ' class="new"' if sign.rule in changed else ""
    value = f"{sign.value:+.2f}" if sign.scores else "on trial"
    return f"<li{css}>{escape(sign.rule)} {value}</li>"


def _lines(parts: list[str]) -> str:
    return "".join(f"{part}\n" for part in parts)
