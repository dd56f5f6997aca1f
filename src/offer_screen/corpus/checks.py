"""Checks of a corpus as a whole: what no single line can show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from offer_screen.corpus.record import CorpusText
from offer_screen.corpus.shingles import near_duplicates, owners, shared_share, shingles

SHARED_MOST = 0.02
"""Most of the five-word sequences of individually written texts that may occur in a second one."""

NEAR_DUPLICATE = 0.5
"""Overlap of three-word sequences (Jaccard) that makes texts of two families near-duplicates."""

FOREIGN_WORDS = 8
"""Words in a row that no text may share with texts that others wrote."""

_PHONE = re.compile(r"(?:\+\d{1,3}[\s.-]?|\b0(?=8)|wa\.me/\+?)\d[\d\s.()-]{6,}\d")
_DIGITS = re.compile(r"\d(?:[ .-]?\d){8,}")
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_LINK = re.compile(
    r"(?:https?://|www\.)?\b((?:[a-z0-9-]+\.)+(?:com|net|org|info|xyz|site|online|me|app|top|shop"
    r"|link|ly|io|gl|gle|ee|co|id|my|example))\b(/[^\s)\"']*)?",
    re.IGNORECASE,
)
_SHORTENERS = {"s.id", "bit.ly", "tinyurl.com", "cutt.ly"}
_OPEN = {
    "wa.me",
    "t.me",
    "linktr.ee",
    "forms.gle",
    "docs.google.com",
    "gmail.com",
    "instagram.com",
    "facebook.com",
    "tiktok.com",
    "linkedin.com",
    "jobstreet.com",
    "jobstreet.co.id",
    "glints.com",
    "youtube.com",
    "shopee.co.id",
    "tokopedia.com",
}
_INVENTED = "0000"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the corpus.

    Attributes:
        code: Stable code of the check, such as ``C03``.
        where: Id of the text or family, or ``corpus``.
        message: What is wrong and how to mend it.
    """

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks hold texts against.

    Attributes:
        rules: Ids that ``marks`` may name.
        domains: Web domains of real bodies that may stand in texts.
        foreign: Texts that others wrote, with which none may share eight words in a row.
    """

    rules: Collection[str] = ()
    domains: Collection[str] = ()
    foreign: Iterable[str] = field(default=())


def check_corpus(splits: Mapping[str, Sequence[CorpusText]], known: Known) -> tuple[Problem, ...]:
    """Return all problems of a corpus, given by split.

    Texts that are not individually written (``variant_of``) are left out of the check of shared
    wording, and texts of one family out of that of near-duplicates.
    """
    texts = [text for split in splits.values() for text in split]
    return (
        *_identities(splits),
        *_vocabulary(texts, known),
        *(problem for text in texts for problem in _personal(text, known.domains)),
        *_wording(texts),
        *_foreign_wording(texts, known.foreign),
    )


def _identities(splits: Mapping[str, Sequence[CorpusText]]) -> Iterator[Problem]:
    by_id: dict[str, CorpusText] = {}
    by_text: dict[str, str] = {}
    split_of: dict[str, str] = {}
    for split, texts in splits.items():
        for text in texts:
            if text.id in by_id:
                yield Problem("C01", text.id, "the id occurs twice")
            by_id[text.id] = text
            plain = " ".join(text.text.lower().split())
            if plain in by_text:
                yield Problem("C02", text.id, f"the same text as {by_text[plain]}")
            by_text[plain] = text.id
            if split_of.setdefault(text.family, split) != split:
                yield Problem("C03", text.family, f"a family in two splits: {split} and another")
    for text in by_id.values():
        if text.variant_of is not None:
            origin = by_id.get(text.variant_of)
            if origin is None or origin.variant_of is not None or origin.family != text.family:
                yield Problem(
                    "C04",
                    text.id,
                    f"variant_of: {text.variant_of} is no individually written text of its family",
                )


def _vocabulary(texts: Sequence[CorpusText], known: Known) -> Iterator[Problem]:
    for text in texts:
        for mark in text.marks if known.rules else ():
            if mark not in known.rules:
                yield Problem("C05", text.id, f"marks: no rule {mark!r} in the pack")


def _personal(text: CorpusText, domains: Collection[str]) -> Iterator[Problem]:
    """Yield what could reach or name a real person."""
    for pattern in (_PHONE, _DIGITS):
        for match in pattern.finditer(text.text):
            digits = re.sub(r"\D", "", match[0])
            if _INVENTED not in digits:
                yield Problem(
                    "C06", text.id, f"'{match[0]}' could be a real number: write one with 0000"
                )
    for match in _MAIL.finditer(text.text):
        if not _harmless(match[1], domains) or match[1].lower() in _OPEN:
            yield Problem("C07", text.id, f"'{match[0]}' could be a real address: use .example")
    for match in _LINK.finditer(_MAIL.sub(" ", text.text)):
        domain, path = match[1].lower(), match[2] or ""
        if domain in _SHORTENERS:
            if _INVENTED not in path:
                yield Problem("C07", text.id, f"'{match[0]}' could lead somewhere: add 0000 to it")
        elif not _harmless(domain, domains):
            yield Problem("C07", text.id, f"'{match[0]}' could be a real site: use .example")


def _harmless(domain: str, domains: Collection[str]) -> bool:
    domain = domain.lower().removeprefix("www.")
    parents = [domain.split(".", cut)[-1] for cut in range(domain.count(".") + 1)]
    return domain.endswith((".example", ".go.id", ".ac.id", ".sch.id", ".gov", ".int")) or any(
        parent in domains or parent in _OPEN for parent in parents
    )


def _wording(texts: Sequence[CorpusText]) -> Iterator[Problem]:
    own = [text for text in texts if text.variant_of is None]
    share = shared_share([shingles(text.text, 5) for text in own])
    if share > SHARED_MOST:
        yield Problem(
            "C08",
            "corpus",
            f"{100 * share:.2f} % of the five-word sequences of individually written texts occur"
            f" in a second one; at most {100 * SHARED_MOST:.0f} % may",
        )
    for first, second, overlap in near_duplicates(
        [shingles(text.text, 3) for text in texts], NEAR_DUPLICATE
    ):
        if texts[first].family != texts[second].family:
            yield Problem(
                "C09",
                texts[second].id,
                f"nearly the same as {texts[first].id} ({100 * overlap:.0f} %), of another family",
            )


def _foreign_wording(texts: Sequence[CorpusText], foreign: Iterable[str]) -> Iterator[Problem]:
    ours = owners(shingles(text.text, FOREIGN_WORDS) for text in texts)
    found: dict[int, str] = defaultdict(str)
    for other in foreign:
        for shingle in shingles(other, FOREIGN_WORDS) & ours.keys():
            for index in ours[shingle]:
                found[index] = " ".join(shingle)
    for index, words in sorted(found.items()):
        yield Problem("C10", texts[index].id, f"'{words}' stands in a text that others wrote")
