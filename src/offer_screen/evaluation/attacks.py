"""Ways of rewriting a text that leave a reader in no doubt of what it says.

Each follows from the text alone: the same text is rewritten the same way for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations

from offer_screen.rules.ruleset import RuleSet
from offer_screen.text.document import Document
from offer_screen.text.variants import Choices, fold_variants, stacked_variant
from offer_screen.values import Fold, Span

Attack = Callable[[Document, Collection[Span]], str | None]
"""Rewrites a text, given the words that its red flags rest on; None where it changes nothing."""

_WORD = re.compile(r"[A-Za-z]{4,}")
_VOWELS = re.compile(r"(?<=\w)[aiueoAIUEO](?=\w)")
_LAYOUT = re.compile(r"[\s.,;:!?•*_~-]+")
_NEIGHBOURS = dict(
    pair.split(":")
    for pair in (
        "a:sq b:vn c:xv d:sf e:wr f:dg g:fh h:gj i:uo j:hk k:jl l:k m:n n:bm o:ip p:o q:wa r:et"
        " s:ad t:ry u:yi v:cb w:qe x:zc y:tu z:x"
    ).split()
)
_SMS = 160

MIXED: Mapping[str, str] = dict(
    pair.split(":")
    for pair in (
        "kerja:work gaji:salary luar:overseas negeri:country bayar:pay biaya:fee gratis:free"
        " langsung:direct berangkat:depart cepat:fast mudah:easy tanpa:without syarat:requirement"
        " pengalaman:experience keahlian:skill paspor:passport visa:visa turis:tourist"
        " perusahaan:company kantor:office pabrik:factory hotel:hotel restoran:restaurant"
        " toko:shop rumah:house hari:day minggu:week bulan:month tahun:year jam:hour uang:money"
        " bonus:bonus komisi:commission tugas:task daftar:register kirim:send hubungi:contact"
        " segera:asap sekarang:now hari:day orang:people wanita:female pria:male usia:age"
        " butuh:need dibutuhkan:needed lowongan:vacancy pekerjaan:job karyawan:staff kami:we"
        " kita:we kamu:you anda:you saya:me dan:and atau:or untuk:for dengan:with dari:from"
        " yang:which tidak:not bisa:can ada:available semua:all baru:new besar:big"
    ).split()
)
"""Words of adverts that people swap for English when they mix the two."""

PADDING = (
    "Perusahaan kami sudah lama berdiri dan melayani pelanggan di banyak kota. Setiap pagi ada"
    " pengarahan singkat sebelum bekerja, dan makan siang disediakan di kantin. Lingkungan kerja"
    " bersih, ada musala dan tempat parkir. Kami menghargai kejujuran, kerja sama dan kebersihan."
    " Terima kasih atas perhatian Anda, semoga hari Anda menyenangkan bersama keluarga di rumah."
)
"""Sentences that say nothing for or against an offer."""


def attacks_on(ruleset: RuleSet) -> Mapping[str, Attack]:
    """Return every attack by name; slang is that of the pack."""
    return {
        **{f"{fold.value}, words of evidence": _folded(fold, everywhere=False) for fold in Fold},
        **{f"{fold.value}, every word": _folded(fold, everywhere=True) for fold in Fold},
        "typos, a word in ten": _typos(10),
        "typos, a word in five": _typos(5),
        "vowels dropped, a word in five": _each(5, lambda word, _: _VOWELS.sub("", word)),
        "slang": _slang(ruleset),
        "English mixed in": _each(1, lambda word, _: MIXED.get(word.lower())),
        "upper case": lambda document, _: document.original.upper(),
        "lower case": lambda document, _: document.original.lower(),
        "layout lost": lambda document, _: _LAYOUT.sub(" ", document.original).strip(),
        "cut after 160 characters": lambda document, _: document.original[:_SMS],
        "cut in half": lambda document, _: document.original[: len(document.original) // 2],
        "padding before": lambda document, _: f"{PADDING}\n\n{document.original}",
        "padding after": lambda document, _: f"{document.original}\n\n{PADDING}",
    }


def pairs_of_folds() -> Mapping[str, Attack]:
    """Return every two folds upon each other, over the words that the red flags rest on."""
    return {
        f"pair: {first.value} + {second.value}": _stacked(first, second)
        for first, second in combinations(Fold, 2)
    }


def rewritten(attack: Attack, document: Document, spans: Collection[Span]) -> str | None:
    """Return the text rewritten; None where nothing changes or nothing is left."""
    text = attack(document, spans)
    return text if text is not None and text.strip() and text != document.original else None


def _folded(fold: Fold, *, everywhere: bool) -> Attack:
    def attack(document: Document, spans: Collection[Span]) -> str | None:
        where = [Span(0, len(document.original))] if everywhere else spans
        variants = fold_variants(document, where, folds=[fold])
        return next((variant.text for variant in variants), None)

    return attack


def _stacked(first: Fold, second: Fold) -> Attack:
    def attack(document: Document, spans: Collection[Span]) -> str | None:
        variant = stacked_variant(document, spans, first, second)
        return None if variant is None else variant.text

    return attack


def _each(one_in: int, write: Callable[[str, Choices], str | None]) -> Attack:
    """Rewrite one word in so many, of those that can be."""

    def attack(document: Document, _: Collection[Span]) -> str | None:
        choices = Choices(f"{one_in} {document.original}")

        def replace(match: re.Match[str]) -> str:
            word = match.group()
            if choices.of(range(one_in)):
                return word
            written = write(word, choices)
            return word if written is None else cased(word, written)

        return _WORD.sub(replace, document.original)

    return attack


def cased(word: str, written: str) -> str:
    """Return ``written`` in the capitals of ``word``."""
    if word.isupper():
        return written.upper()
    return written.capitalize() if word[0].isupper() else written


def _typos(one_in: int) -> Attack:
    return _each(one_in, with_typo)


def with_typo(word: str, choices: Choices) -> str:
    """Swap, drop, double or miss one letter of a word of three or more, never the first."""
    at = choices.of(range(1, len(word) - 1))
    letter = word[at]
    return choices.of(
        (
            word[:at] + word[at + 1] + letter + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + choices.of(_NEIGHBOURS.get(letter.lower(), letter)) + word[at + 1 :],
        )
    )


def _slang(ruleset: RuleSet) -> Attack:
    """Write words in the short forms that the pack knows."""
    short = short_forms(ruleset)

    def write(word: str, choices: Choices) -> str | None:
        forms = short.get(word.lower())
        return choices.of(forms) if forms else None

    return _each(1, write)


def short_forms(ruleset: RuleSet) -> Mapping[str, Sequence[str]]:
    """Return the short forms of words that the pack knows, in order, by the word in full."""
    short: dict[str, list[str]] = {}
    for form, normal in _plain_slang(ruleset):
        short.setdefault(normal, []).append(form)
    return {normal: sorted(forms) for normal, forms in short.items()}


def _plain_slang(ruleset: RuleSet) -> Iterator[tuple[str, str]]:
    for form, entry in ruleset.slang.items():
        plain = form.isalpha() and entry.normal.isalpha()
        if plain and not (entry.ambiguous or entry.after_number or entry.gloss):
            yield form, entry.normal.lower()
