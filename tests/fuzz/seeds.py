"""What the fuzzer begins with: our own examples, packs and models, and odd bits to try in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from offer_screen import load_ruleset
from offer_screen.classify.model import model_file
from offer_screen.fusion import Calibration, FittedRule, Fusion, KindFusion, PackConstants
from offer_screen.rules.examples import examples_of
from offer_screen.rules.ruleset import RuleSet
from offer_screen.values import Kind, Level
from tests.classify.models import small_model

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
PACK_FILES = tuple(
    path.relative_to(FIXTURES).as_posix()
    for folder in ("good_pack", "good_layer")
    for path in sorted((FIXTURES / folder).rglob("*.yaml"))
)
"""Files of a small pack and of a layer of it; the first byte of an input says which it replaces."""

_EVERY = 12
"""One of so many examples of the shipped rules is enough to begin with."""

_AMOUNTS = """
gaji 5 jt
Rp 4.500.000,00 per bulan
7-8jtan
USD 1,000 - 1.500 / bln
dua puluh lima juta rupiah
min 10jt max 20jt
0812-0000-1234
15jt + 8jt
setengah juta sehari
2x UMR
gaji 3 digit
biaya Rp 0
NT$ 28.590
RM1800
bayar 1,5 juta dicicil 6 bulan
hutang 30 jt potong gaji 8 bulan
seratus lima puluh ribu
Rp500rb/tugas
10% komisi
""".strip().splitlines()


@cache
def _shipped() -> RuleSet:
    return load_ruleset()


def texts() -> list[bytes]:
    """Return examples of the shipped rules and the offers of ``examples/``."""
    examples = [text for rule in _shipped().rules.values() for _, _, text in examples_of(rule)]
    offers = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))
    ]
    chosen = [*offers, *examples[::_EVERY]]
    asked = (0, 1, 2, 0, 1, 2, 0, 12)
    return [bytes([asked[n % len(asked)]]) + text.encode() for n, text in enumerate(chosen)]


def amounts() -> list[bytes]:
    """Return ways to write money."""
    return [line.encode() for line in _AMOUNTS]


def rules() -> list[bytes]:
    """Return the files of a small pack and of a layer of it, each with its number."""
    return [
        bytes([number]) + (FIXTURES / name).read_bytes() for number, name in enumerate(PACK_FILES)
    ]


def models() -> list[bytes]:
    """Return small classifiers."""
    return [
        model_file(small_model()),
        model_file(small_model(words={}, pairs={}, subwords={}, norm_added=3.5)),
    ]


def weights() -> list[bytes]:
    """Return fitted weights for the small pack."""
    pack = load_ruleset([FIXTURES / "good_pack"]).pack
    calibration = Calibration(
        slope=0.8,
        intercept=0.1,
        base=-3.0,
        kinds={Kind.AWARENESS: -1.0},
        classifier=0.5,
        classifier_range=(-2.0, 4.0),
        levels={Level.CAUTION: 10.0, Level.HIGH: 50.0, Level.CRITICAL: 90.0},
    )
    rule = FittedRule(authored=1.2, rules_only=1.0, with_model=0.9, scam=10, other=1)
    fusion = Fusion(
        pack=pack.name,
        pack_constants=PackConstants.of(pack),
        pack_sha256="0" * 64,
        classifier_sha256="1" * 64,
        corpus_sha256="2" * 64,
        settings={"prior": 1.0, "range": (0.0, 1.0)},
        rules_only=calibration,
        with_model=calibration,
        kinds=KindFusion(classifier=0.5, base={Kind.OFFER: 0.1}),
        rules={"upfront-fee": rule},
    )
    return [fusion.to_json().encode()]


def words() -> list[str]:
    """Return words that texts and files of packs are made of, for the fuzzer to try."""
    ruleset = _shipped()
    phrases = [phrase for phrases in ruleset.lexicon.values() for phrase in phrases]
    return [*phrases[::7], *_AMOUNTS, *_ODD]


_ODD = (
    *"[a|b] (x)? {payment} <money> <phone> ~2 ~9 {salary.high} {salary.low:.1f} all: any:".split(),
    *"none: at_least: of: when: set: add: remove: disable: &a *a << !!str --- ... %YAML".split(),
    *("\u200b", "\ufdfa", "\u0301", "\ufe0f", "\u202e", "𝗴𝗮𝗷𝗶", "g a j i", "<b>", "&nbsp;", "５"),
)
