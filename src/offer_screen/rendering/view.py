"""What every format shows, worked out once: the report's sections in one language."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offer_screen.errors import InputError
from offer_screen.redaction import redacted
from offer_screen.rendering.changes import Changes, changes_of
from offer_screen.rendering.highlight import merge
from offer_screen.rendering.messages import label, message, number
from offer_screen.results import Contribution, Evidence, Finding, FindingType, Report
from offer_screen.values import Kind, Language, Level, Span, Stance

MAX_QUOTES = 3
MAX_IN_FULL = 8
"""Reasons of a section told in full; the others, which moved the score less, are told in brief."""
MAX_QUOTE_LENGTH = 120
DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the offer that a finding rests on.

    Attributes:
        start: Where in the offer they begin.
        words: The words on one line, cut when long.
        note: Stance and disguise in words; empty when plainly stated.
    """

    start: int
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding, ready to be shown.

    Attributes:
        number: Its number in the report, counted through all the sections.
        title: Short name.
        explanation: What it means for this offer.
        category: Category in words; empty for a trust sign.
        severity: Severity in words; empty for a trust sign.
        tone: Colour class: the severity of a red flag, ``trust``, or ``mentioned`` for all that is
            not counted.
        spans: What to mark in the text.
        quotes: A few quotations, the most telling first.
        more: How many further places there are, in words; empty if none.
    """

    number: int
    title: str
    explanation: str
    category: str
    severity: str
    tone: str
    spans: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Addend:
    """One line of the arithmetic.

    Attributes:
        label: What adds.
        value: What it adds to the log-odds.
        shown: ``value`` as written.
        note: Says that the category cap cut it; else empty.
        number: Number of the reason it belongs to, or None.
    """

    label: str
    value: float
    shown: str
    note: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Sign:
    """One row of the frameworks: which elements or indicators the text shows signs of."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the sum speaks for one harm."""

    label: str
    shown: str
    value: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask or to do, with a second line: the question, or where it is from."""

    text: str
    extra: str


@dataclass(frozen=True, slots=True)
class View:
    """All that a renderer shows, in one language and without markup."""

    lang: Language
    text: str | None
    level: str
    level_meaning: str
    kind: str
    kind_meaning: str
    points: str
    points_value: float
    basis: str
    floor_note: str
    reasons: tuple[Reason, ...]
    trust: tuple[Reason, ...]
    mentioned: tuple[Reason, ...]
    would_have: tuple[Reason, ...]
    missing: tuple[Step, ...]
    advice: tuple[Step, ...]
    changes: Changes
    signs: tuple[Sign, ...]
    harms: tuple[Share, ...]
    addends: tuple[Addend, ...]
    total: str
    to_points: str
    about: tuple[str, ...]

    def say(self, key: str) -> str:
        """Return a fixed wording in the view's language."""
        return message(self.lang, key)

    @property
    def all_reasons(self) -> tuple[Reason, ...]:
        """Findings of all sections, by number."""
        return (*self.reasons, *self.trust, *self.mentioned, *self.would_have)


def text_of(report: Report, text: str | None) -> str | None:
    """Return the text that the report is about, or None when neither side has it.

    Of a redacted report, redacted as well.

    Raises:
        InputError: ``text`` is not the text that the report was made from.
    """
    if text is None:
        return report.text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if digest != report.text_sha256:
        raise InputError("the text given is not the text that this report was made from")
    return redacted(text, report.facts) if report.redacted else text


def view_of(report: Report, lang: Language, text: str | None = None) -> View:
    """Work out what to show of ``report`` in ``lang``.

    Raises:
        InputError: ``text`` is not the text that the report was made from.
    """
    text = text_of(report, text)
    numbers: dict[str, int] = {}
    cited = Counter(
        item.span for finding in (*report.findings, *report.mentioned) for item in finding.evidence
    )
    sections: list[tuple[Reason, ...]] = []
    count = 0
    for findings, counted in (
        (report.red_flags, True),
        (report.trust_signs, True),
        (report.mentioned, False),
        (report.would_have, False),
    ):
        section: list[Reason] = []
        for finding in findings:
            count += 1
            numbers.setdefault(finding.rule, count)
            section.append(_reason(finding, count, lang, text, cited, counted=counted))
        sections.append(tuple(section))
    score = report.score
    points = number(lang, score.points, 1)
    model = report.model
    return View(
        lang=lang,
        text=text,
        level=label(lang, "level", score.level),
        level_meaning=_level_meaning(report, lang),
        kind=label(lang, "kind", report.kind),
        kind_meaning=message(lang, f"kind.{report.kind}.meaning"),
        points=message(lang, "score.of", points=points),
        points_value=score.points,
        basis=(
            message(lang, "score.rules_only")
            if model is None
            else message(lang, "score.model", model=model[:DIGEST_LENGTH])
        ),
        floor_note=_floor_note(report, lang),
        reasons=sections[0],
        trust=sections[1],
        mentioned=sections[2],
        would_have=sections[3],
        missing=tuple(
            Step(one_line(m.title.in_language(lang)), one_line(m.question.in_language(lang)))
            for m in report.missing
        ),
        advice=tuple(
            Step(one_line(a.text.in_language(lang)), one_line("; ".join(a.sources)))
            for a in report.advice
        ),
        changes=changes_of(
            report, lang, one_line, lambda rule: f"“{_title_of(rule, report, lang)}”", text
        ),
        signs=_signs(report.red_flags, lang),
        harms=tuple(
            Share(
                label(lang, "harm", share.harm),
                number(lang, share.log_odds, 2, signed=True),
                share.log_odds,
            )
            for share in score.harms
        ),
        addends=tuple(_addend(c, report, numbers, lang) for c in score.contributions),
        total=number(lang, score.log_odds, 2, signed=True),
        to_points=message(
            lang, "sums.to_points", log_odds=number(lang, score.log_odds, 2), points=points
        ),
        about=(
            f"offer_screen {report.library}",
            message(
                lang, "about.rules", pack=report.pack, digest=report.pack_sha256[:DIGEST_LENGTH]
            ),
            message(lang, "about.engine", engine=report.engine),
            message(lang, "about.as_of", date=report.as_of),
            message(lang, "about.text", digest=report.text_sha256[:DIGEST_LENGTH]),
        ),
    )


def one_line(text: str) -> str:
    """Return ``text`` on one line, with characters that act on a terminal or reader made visible.

    Offers are hostile input: an escape sequence could repaint the terminal, a direction override
    could turn a quotation around.
    """
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_VISIBLE)
    return " ".join(text.split())


_DIRECTION_MARKS = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), "\ufffd"),
    **{code: f"<U+{code:04X}>" for code in _DIRECTION_MARKS},
    **dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " "),
}


def _reason(
    finding: Finding,
    count: int,
    lang: Language,
    text: str | None,
    cited: Mapping[Span, int],
    *,
    counted: bool,
) -> Reason:
    seen = tuple(e for e in finding.evidence if not (e.source == "fact" and e.name == "text"))
    spans = merge([e.span for e in seen])
    trust = finding.type is FindingType.TRUST_SIGN
    inside = _inside(spans, seen)
    telling = sorted(spans, key=lambda span: min(_rank(e, cited) for e in inside[span]))
    quotes = (
        ()
        if text is None
        else tuple(
            quote
            for span in telling[:MAX_QUOTES]
            if (quote := _quote(text, span, inside[span], lang)).words
        )
    )
    left = 0 if text is None else max(0, len(spans) - MAX_QUOTES)
    return Reason(
        number=count,
        title=one_line(finding.title.in_language(lang)),
        explanation=one_line(finding.explanation.in_language(lang)),
        category="" if trust else label(lang, "category", finding.category),
        severity="" if trust else label(lang, "severity", finding.severity),
        tone="mentioned" if not counted else "trust" if trust else str(finding.severity),
        spans=spans,
        quotes=quotes,
        more=_more(left, lang),
    )


def _rank(evidence: Evidence, cited: Mapping[Span, int]) -> tuple[bool, int]:
    # Wording that a rule looks for tells more than a bare fact, and the longer the more. Of facts,
    # those that few findings cite tell most; the country stands behind nearly all of them.
    if evidence.source == "fact":
        return True, cited[evidence.span]
    return False, evidence.span.start - evidence.span.end


def _more(count: int, lang: Language) -> str:
    if count < 1:
        return ""
    key = "quote.more.one" if count == 1 else "quote.more"
    return message(lang, key, count=str(count))


def _inside(
    spans: Sequence[Span], evidence: Sequence[Evidence]
) -> Mapping[Span, Sequence[Evidence]]:
    """Return the evidence inside of each of the merged ``spans``."""
    starts = [span.start for span in spans]
    inside: dict[Span, list[Evidence]] = {span: [] for span in spans}
    for item in evidence:
        if item.span.end > item.span.start:
            inside[spans[bisect_right(starts, item.span.start) - 1]].append(item)
    return inside


def _quote(text: str, span: Span, inside: Sequence[Evidence], lang: Language) -> Quote:
    words = one_line(text[span.start : span.end])
    if len(words) > MAX_QUOTE_LENGTH:
        words = words[: MAX_QUOTE_LENGTH - 1].rstrip() + "…"
    notes = [
        label(lang, "stance", stance)
        for stance in Stance
        if stance is not Stance.ASSERTED and any(e.stance is stance for e in inside)
    ]
    if any(e.folds for e in inside):
        notes.append(message(lang, "quote.hidden"))
    return Quote(span.start, words, ", ".join(notes))


def _level_meaning(report: Report, lang: Language) -> str:
    if report.abstains is not None:
        return message(lang, f"abstains.{report.abstains}.meaning")
    if report.level is Level.LOW and report.kind in {Kind.AWARENESS, Kind.OTHER}:
        return ""
    return message(lang, f"level.{report.level}.meaning")


def _floor_note(report: Report, lang: Language) -> str:
    score = report.score
    if score.level is score.level_of_points:
        return ""
    return message(
        lang,
        "floor.note",
        by_points=label(lang, "level", score.level_of_points),
        level=label(lang, "level", score.level),
        titles="; ".join(_title_of(rule, report, lang) for rule in score.floors),
    )


def _title_of(rule: str, report: Report, lang: Language) -> str:
    for finding in report.findings:
        if finding.rule == rule:
            return one_line(finding.title.in_language(lang))
    return rule


def _addend(
    contribution: Contribution, report: Report, numbers: dict[str, int], lang: Language
) -> Addend:
    match contribution.source:
        case "base":
            name = message(lang, "sums.base")
        case "kind":
            name = message(lang, "sums.kind", kind=label(lang, "kind", contribution.ref))
        case "classifier":
            name = message(lang, "sums.classifier")
        case "finding":
            name = _title_of(contribution.ref, report, lang)
    shown = number(lang, contribution.value, 2, signed=True)
    weight = number(lang, contribution.weight, 2, signed=True)
    return Addend(
        label=name,
        value=contribution.value,
        shown=shown,
        note="" if shown == weight else message(lang, "sums.capped", weight=weight),
        number=numbers.get(contribution.ref) if contribution.source == "finding" else None,
    )


def _signs(findings: tuple[Finding, ...], lang: Language) -> tuple[Sign, ...]:
    elements = dict.fromkeys(tag for finding in findings for tag in finding.palermo)
    indicators = dict.fromkeys(tag for finding in findings for tag in finding.ilo)
    rows = [
        Sign(
            message(lang, f"signs.{part}"),
            tuple(label(lang, "palermo", tag) for tag in elements if tag.startswith(f"{part}-")),
        )
        for part in ("act", "means", "purpose")
    ]
    rows.append(Sign(message(lang, "signs.ilo"), tuple(label(lang, "ilo", i) for i in indicators)))
    return tuple(row for row in rows if row.names)
