"""Matchers over a few signals of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from offer_screen.match.signals import SignalMatcher
from offer_screen.match.stance import StanceJudge
from offer_screen.results import Evidence
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Signal, StanceFile
from offer_screen.text.normalizer import Normalizer, Slang

SMALL = load_ruleset([Path(__file__).parents[1] / "fixtures" / "good_pack"])
SLANG = {
    "tdk": Slang(("tidak",)),
    "tnp": Slang(("tanpa",)),
    "gausah": Slang(("tidak", "usah")),
    "no": Slang(("nomor",), ambiguous=True),
}
STANCE = StanceFile(
    negators=("tidak", "tidak ada", "tanpa", "bukan", "jangan"),
    denials=("tidak ada", "dilarang"),
    joiners=("dan", "serta"),
    warners=("waspada", "jangan percaya", "hati-hati"),
    reporters=("dijanjikan", "korban"),
    window=3,
)


def ruleset_of(
    signals: dict[str, list[str]],
    classes: dict[str, list[str]] | None = None,
    patterns: dict[str, list[str]] | None = None,
) -> RuleSet:
    made = {name: Signal(phrases=tuple(phrases)) for name, phrases in signals.items()}
    made |= {name: Signal(patterns=tuple(found)) for name, found in (patterns or {}).items()}
    lexicon = {name: tuple(words) for name, words in (classes or {}).items()}
    return replace(SMALL, signals=made, lexicon=lexicon)


class Finder:
    """Finds signals in texts, with their stances."""

    def __init__(self, ruleset: RuleSet, vocabulary: frozenset[str] = frozenset()) -> None:
        self.normalizer = Normalizer(SLANG, vocabulary)
        self.matcher = SignalMatcher(ruleset, self.normalizer)
        self.judge = StanceJudge(STANCE, self.normalizer)

    def __call__(self, text: str) -> tuple[Evidence, ...]:
        document = self.normalizer.read(text)
        evidence, _ = self.judge.judge(document, self.matcher.find(document, ()), ())
        return evidence

    def quotes(self, text: str) -> list[tuple[str, str]]:
        return [(e.name, text[e.span.start : e.span.end]) for e in self(text)]


MakeFinder = Callable[..., Finder]


@pytest.fixture
def finder() -> MakeFinder:
    def make(
        signals: dict[str, list[str]],
        classes: dict[str, list[str]] | None = None,
        patterns: dict[str, list[str]] | None = None,
        *,
        knows: str = "",
    ) -> Finder:
        return Finder(ruleset_of(signals, classes, patterns), frozenset(knows.split()))

    return make
