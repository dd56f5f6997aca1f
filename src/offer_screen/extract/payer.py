"""Finds who pays for what: ticket, visa, training, meals, housing, or everything."""

from __future__ import annotations

from typing import Literal

from offer_screen.extract.cues import NEGATORS, breaks_before, has, with_enclitics, word_set
from offer_screen.facts import Payer
from offer_screen.text.document import Document
from offer_screen.text.phrases import Phrasebook, Phrases

Who = Literal["employer", "recruiter", "worker", "deducted", "free"]
Cue = Literal["covered", "lent", "given", "free", "deducted", "worker"]

_ITEM_WORDS: dict[str, str] = {
    "ticket": "tiket ticket tickets pesawat transport transportasi penerbangan flight",
    "visa": "visa vsa permit",
    "passport": "paspor pasport passport",
    "placement": "penempatan pendaftaran rekrutmen recruitment registrasi placement seleksi "
    "perekrutan administrasi",
    "training": "pelatihan training kursus diklat",
    "medical": "medical medikal mcu kesehatan",
    "meals": "makan makanan makannya konsumsi meals meal food catering",
    "housing": "mess asrama akomodasi accom accommodation accomodation penginapan kost kos hotel "
    "dormitory dorm housing kontrakan apartemen",
    "all": "semua semuanya segala segalanya seluruh seluruhnya biaya ongkos keberangkatan "
    "berangkat kabeh samua sadayana all fee",
}
_ITEMS: dict[str, str] = {
    form: item
    for item, words in _ITEM_WORDS.items()
    for form in with_enclitics(frozenset(words.split()))
}
_TWO_WORD_ITEMS: dict[tuple[str, ...], str] = {
    ("tempat", "tinggal"): "housing",
    ("check", "up"): "medical",
}

_CUES: dict[Cue, tuple[str, ...]] = {
    "covered": (
        "ditanggung",
        "ditanggungin",
        "tanggung",
        "menanggung",
        "nanggung",
        "tanggungan",
        "dibayarin",
        "bayarin",
        "dibiayai",
        "biayai",
        "membiayai",
        "dibeliin",
        "beliin",
        "belikan",
        "dibelikan",
        "dicover",
        "cover",
        "covered",
        "etanggung",
        "di tanggung",
        "di cover",
        "dibebankan",
    ),
    "lent": ("ditalangi", "ditalangin", "talangin", "talangi", "dana talangan", "talangan"),
    "given": (
        "disediakan",
        "disediain",
        "disiapkan",
        "disiapin",
        "dikasih",
        "provided",
        "difasilitasi",
        "dibuatin",
        "dibuatkan",
    ),
    "free": (
        "gratis",
        "free",
        "haratis",
        "cuma-cuma",
        "tanpa biaya",
        "tanpa bayar",
        "tanpa pungutan",
        "tanpa dipungut biaya",
        "tanpa dipungut",
        "tidak dipungut biaya",
        "tidak dipungut",
        "tidak ada biaya",
        "tidak ada pungutan",
        "tidak ada pungutan biaya",
        "tidak memungut biaya",
        "tidak dikenakan biaya",
        "tidak dikenai biaya",
        "tidak bayar",
        "tidak membayar",
        "tidak mbayar",
        "bebas biaya",
        "nol rupiah",
        "0 rupiah",
        "rupiah 0",
        "rp 0",
        "zero cost",
        "biaya nol",
        "penempatan nol",
        "nol biaya",
        "no fee",
        "free of charge",
    ),
    "deducted": (
        "potong gaji",
        "dipotong gaji",
        "memotong gaji",
        "potongan gaji",
        "pemotongan gaji",
        "gaji dipotong",
        "gaji potong",
        "potong dari gaji",
        "dipotong dari gaji",
        "potong upah",
        "dipotong upah",
        "dicicil dari gaji",
        "cicil dari gaji",
        "dicicil pakai gaji",
        "bayar pakai gaji",
        "bayar setelah kerja",
        "bayar setelah gajian",
        "salary cut",
        "cut salary",
        "salary deduction",
        "gaji cut",
        "gaji deduction",
        "dihitung utang",
        "dihitung hutang",
        "jadi utang",
        "jadi hutang",
        "jadi kasbon",
    ),
    "worker": (
        "biaya sendiri",
        "tiket sendiri",
        "bayar sendiri",
        "ditanggung sendiri",
        "tanggung sendiri",
        "biaya pribadi",
        "dana pribadi",
        "biaya mandiri",
        "self funded",
        "tidak ditanggung",
        "tidak termasuk biaya",
    ),
}
PHRASES = tuple(
    (tuple(phrase.split()), cue) for cue, phrases in _CUES.items() for phrase in phrases
)
_ALONE: Phrases[Cue] = Phrasebook().add(PHRASES)

_PARTIES: dict[str, Who] = {
    **dict.fromkeys(
        word_set(
            "perusahaan perusahaannya company pt cv bos boss bosnya majikan majikannya kantor "
            "employer toke tauke towkay juragan pengguna pabrik hotel pemberi laoban user "
            "owner kapal sekolah rs pemerintah negara kampus"
        ),
        "employer",
    ),
    **dict.fromkeys(
        word_set(
            "sponsor sponsornya agen agency agent agensi pl calo tekong taikong kita kami "
            "saya aku sy admin mami mamih travel lpk p3mi bunda haji om tante perekrut "
            "penyalur pengurus"
        ),
        "recruiter",
    ),
    **dict.fromkeys(
        word_set(
            "peserta pelamar kandidat calon sendiri pribadi pekerja tki tkw pmi cpmi ctki "
            "worker candidate applicant masing-masing siswa karyawan keluarga kamu anda"
        ),
        "worker",
    ),
}
_PARTY_FILLERS = word_set(
    "oleh sama dari pihak kepada by the yang penuh sepenuhnya semua dulu pada full para 100 %"
)
_ACTIVE = word_set(
    "tanggung menanggung nanggung bayarin biayai membiayai beliin belikan cover talangin talangi"
)
_LINKS = word_set("dan serta + & / and plus dgn sama")
_PENALTY = word_set("target telat terlambat absen denda bolos")
_NOT_COSTS = word_set(
    "wifi laundry seragam konsultasi ongkir parkir listrik air internet tes ebook "
    "grup webinar kuota snack kopi minum"
)
_OPENERS = word_set("100 % total proses semua full dijamin pasti alias")
_ITEM_REACH = 7
_STRAY_WORDS = 3

WORDS = (
    frozenset(_ITEMS)
    | frozenset(word for phrases in _CUES.values() for phrase in phrases for word in phrase.split())
    | frozenset(_PARTIES)
)
"""Words that this extractor knows: for the vocabulary by which disguised writing is undone."""


def find_payers(document: Document, phrases: Phrases[Cue] = _ALONE) -> tuple[Payer, ...]:
    """Return who pays for what, one fact an item, in text order.

    Args:
        document: Where to look.
        phrases: Finds ``PHRASES``.
    """
    cues = _cues(document, phrases)
    payers: list[Payer] = []
    inside = {at for first, last, _ in cues for at in range(first, last)}
    for first, last, cue in cues:
        payers.extend(_payers(document, first, last, cue, inside))
    return tuple(dict.fromkeys(payers))


def _cues(document: Document, phrases: Phrases[Cue]) -> list[tuple[int, int, Cue]]:
    """Return the longest cue at each place, none overlapping."""
    kept: list[tuple[int, int, Cue]] = []
    for hit in sorted(phrases.find(document), key=lambda hit: (hit[0], -hit[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _payers(document: Document, first: int, last: int, cue: Cue, inside: set[int]) -> list[Payer]:
    tokens = document.tokens
    if cue == "deducted" and any(
        has(token, _PENALTY) for token in tokens[max(0, first - 4) : first]
    ):
        return []
    who, low, high = _who(document, first, last, cue)
    if cue not in {"worker", "free"} and first and has(tokens[first - 1], NEGATORS):
        if cue != "covered":
            return []
        who, low = "worker", min(low, first - 1)
    own = _item_in(document, first, last)
    items = _items_left(document, min(first, low), inside)
    if (cue == "free" and (not items or "free" in tokens[first].forms)) or not items:
        after = _items_right(document, max(last, high), inside)
        items = after or items
    specific = [found for found in items if found[1] != "all"]
    items = specific or (items[-1:] if items and items[-1][0] < first else items[:1])
    if not specific and own is not None and own != "all":
        items = [(first, own)]
    elif not items:
        if not _stands_alone(document, first, last, cue, who):
            return []
        items = [(first, "all")]
    unique = {item: at for at, item in reversed(items)}
    return [
        Payer(
            span=document.span_of_tokens(min(at, low), max(_item_end(document, at), high)),
            item=item,
            payer=who,
        )
        for item, at in sorted(unique.items(), key=lambda pair: pair[1])
    ]


def _who(document: Document, first: int, last: int, cue: Cue) -> tuple[Who, int, int]:
    """Return who pays by this cue, and the token range that says so."""
    if cue == "free":
        return "free", first, last
    if cue in ("deducted", "worker"):
        return ("deducted" if cue == "deducted" else "worker"), first, last
    tokens = document.tokens
    at = last
    while at < len(tokens) and at <= last + 3 and not breaks_before(document, at):
        party = _party(document, at)
        if party is not None:
            return party, first, at + 1
        if not has(tokens[at], _PARTY_FILLERS):
            break
        at += 1
    if cue == "lent":
        return "recruiter", first, last
    if has(tokens[first], _ACTIVE):
        for at in range(first - 1, max(-1, first - 3), -1):
            if breaks_before(document, at + 1):
                break
            party = _party(document, at)
            if party is not None:
                return party, at, last
    return "free", first, last


def _party(document: Document, index: int) -> Who | None:
    return next((_PARTIES[form] for form in document.tokens[index].forms if form in _PARTIES), None)


def _item_at(document: Document, index: int) -> str | None:
    tokens = document.tokens
    if index + 1 < len(tokens):
        pair = _TWO_WORD_ITEMS.get((tokens[index].norm, tokens[index + 1].norm))
        if pair is not None:
            return pair
    return next((_ITEMS[form] for form in tokens[index].forms if form in _ITEMS), None)


def _item_end(document: Document, index: int) -> int:
    """Return one past the last word of the item at ``index``."""
    pair = tuple(token.norm for token in document.tokens[index : index + 2])
    return index + 2 if pair in _TWO_WORD_ITEMS else index + 1


def _item_in(document: Document, first: int, last: int) -> str | None:
    return next(
        (item for at in range(first, last) if (item := _item_at(document, at)) is not None), None
    )


def _items_left(document: Document, first: int, inside: set[int]) -> list[tuple[int, str]]:
    """Return the items in front of a cue; over a comma only while it lists items."""
    tokens = document.tokens
    items: list[tuple[int, str]] = []
    stray = 0
    for at in range(first - 1, max(-1, first - 1 - _ITEM_REACH), -1):
        if at in inside or tokens[at + 1].starts_clause:
            break
        item = _item_at(document, at)
        if breaks_before(document, at + 1) and (item is None or not items or stray):
            break
        if item is not None:
            items.append((at, item))
            stray = 0
        elif not has(tokens[at], _LINKS):
            stray += 1
            if stray >= _STRAY_WORDS:
                break
    return items[::-1]


def _items_right(document: Document, last: int, inside: set[int]) -> list[tuple[int, str]]:
    """Return the items behind a cue, as long as they form a list."""
    tokens = document.tokens
    items: list[tuple[int, str]] = []
    stray = 0
    for at in range(last, min(len(tokens), last + _ITEM_REACH)):
        if at in inside or tokens[at].starts_clause:
            break
        item = _item_at(document, at)
        if breaks_before(document, at) and (item is None or not items):
            break
        if item is not None:
            items.append((at, item))
            stray = 0
        elif not has(tokens[at], _LINKS):
            stray += 1
            if stray > 1:
                break
    return items


def _stands_alone(document: Document, first: int, last: int, cue: Cue, who: Who) -> bool:
    """Return whether a cue without an item speaks of all costs."""
    if cue == "given":
        return False
    if cue == "covered":
        return who != "free"
    if cue == "free" and last - first == 1:
        tokens = document.tokens
        starts = breaks_before(document, first)
        if not starts and has(tokens[first - 1], _NOT_COSTS):
            return False
        ends = last >= len(tokens) or breaks_before(document, last)
        return (starts and ends) or (not starts and has(tokens[first - 1], _OPENERS))
    return True
