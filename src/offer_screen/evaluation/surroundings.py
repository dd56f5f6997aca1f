"""What an adversary puts round an offer, or does with it as a whole, and leaves its words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import cycle, pairwise

from offer_screen.evaluation.attacks import PADDING, Attack
from offer_screen.results import FindingType
from offer_screen.rules.ruleset import RuleSet
from offer_screen.weighting import Weighting

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_BLANK = re.compile(r"\s+")

SENTENCES = tuple(_SENTENCE_END.split(PADDING))
"""Sentences that say nothing for or against an offer."""

_TOGETHER = 4
"""So many trust signs at once: with the weights of the pack they reach its cap."""

_FRAMES = {
    "warning of others before": (
        "WASPADA PENIPUAN! Banyak lowongan palsu yang mengatasnamakan kami, jangan percaya oknum."
        " Ini info yang resmi:\n\n{}"
    ),
    "warning of others after": (
        "{}\n\nHati-hati penipuan! Jangan percaya akun lain yang mengatasnamakan kami."
    ),
    "warning of others before and after": (
        "WASPADA PENIPUAN! Jangan tergiur tawaran palsu.\n\n{}\n\nSebarkan info ini supaya tidak"
        " ada lagi korban penipuan lowongan kerja palsu."
    ),
    "as if from the news": "BERITA: kabar gembira untuk para pencari kerja. Dilaporkan,\n\n{}",
    "in quotation marks": "“{}”",
    "forwarded": "Diteruskan dari grup sebelah, siapa tahu ada yang butuh:\n\n{}",
    "asked about": "{}\n\nAda yang tahu ini beneran tidak ya?",
}
"""Words round an offer that make it look like something else; ``{}`` is the offer."""


def paddings() -> Mapping[str, Attack]:
    """Return the ways of putting harmless sentences beside an offer, by name.

    ``padding before`` and ``padding after`` are among the ways of ``attacks_on``.
    """
    return {
        "padding between sentences": lambda document, _: _between(document.original),
        "padding before and after": lambda document, _: (
            f"{PADDING}\n\n{document.original}\n\n{PADDING}"
        ),
        "padding, twice the words of the offer": lambda document, _: _padded(document.original, 2),
    }


def frames() -> Mapping[str, Attack]:
    """Return the ways of making an offer look like a warning, a quotation or a question."""
    return {f"frame: {name}": _framed(words) for name, words in _FRAMES.items()}


def trust_words(ruleset: RuleSet, weighting: Weighting) -> Mapping[str, Attack]:
    """Return the ways of copying the words of lawful offers after an offer, by name.

    The words are the pack's own examples of its trust signs: each alone, and those that take off
    the most together.
    """
    signs = sorted(
        (rule for rule in ruleset.rules.values() if rule.type is FindingType.TRUST_SIGN),
        key=lambda rule: (weighting.rules[rule.id], rule.id),
    )
    words = {f"trust words: {rule.id}": rule.examples.match[0] for rule in signs}
    heaviest = [rule.examples.match[0] for rule in signs[:_TOGETHER]]
    if len(heaviest) > 1:
        words[f"trust words: the {len(heaviest)} weightiest"] = "\n".join(heaviest)
    return {name: _followed_by(text) for name, text in words.items()}


def pieces_of(text: str, count: int) -> tuple[str, ...]:
    """Return a text cut into messages of about the same length; fewer where it has no such cuts.

    Cuts fall between sentences or lines where one ends nearby, else between words.

    >>> pieces_of("Gaji 25 juta. Langsung berangkat", 2)
    ('Gaji 25 juta.', 'Langsung berangkat')
    """
    cuts = {0, len(text)}
    for part in range(1, count):
        wanted = len(text) * part // count
        near = len(text) // (2 * count)
        for border in (_SENTENCE_END, _BLANK):
            ends = [match.end() for match in border.finditer(text)]
            nearest = min(ends, key=lambda end: abs(end - wanted), default=None)
            if nearest is not None and abs(nearest - wanted) <= near:
                cuts.add(nearest)
                break
    pieces = (text[start:end].strip() for start, end in pairwise(sorted(cuts)))
    return tuple(piece for piece in pieces if piece)


def _between(text: str) -> str:
    harmless = cycle(SENTENCES)
    sentences = filter(None, map(str.strip, _SENTENCE_END.split(text)))
    return "\n".join(f"{sentence} {next(harmless)}" for sentence in sentences)


def _padded(text: str, times: int) -> str:
    wanted = times * len(text.split())
    harmless, added = cycle(SENTENCES), 0
    parts = [text, "\n"]
    while added < wanted:
        sentence = next(harmless)
        parts.append(sentence)
        added += len(sentence.split())
    return " ".join(parts)


def _framed(words: str) -> Attack:
    before, after = words.split("{}")
    return lambda document, _: f"{before}{document.original}{after}"


def _followed_by(words: str) -> Attack:
    return lambda document, _: f"{document.original}\n\n{words}"
