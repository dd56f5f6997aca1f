"""Finds personal documents and data, and what is to happen with them.

A paper that is asked for, kept by somebody else, given back or made for the worker are four
different things, so every paper is paired with the nearest word that says which. What the text says
is *not* kept ('ijazah tidak ditahan') stays with its owner and is read as ``returned``.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Literal, NamedTuple

from offer_screen.extract.cues import NEGATORS, breaks_before, has, with_enclitics, word_set
from offer_screen.facts import Paper
from offer_screen.text.document import Document
from offer_screen.text.phrases import Phrasebook, Phrases
from offer_screen.values import Span

Action = Literal["asked", "kept", "returned", "provided", "mentioned"]

_NAMES: dict[str, tuple[str, ...]] = {
    "ktp": ("ktp", "e-ktp", "ektp", "kartu tanda penduduk", "foto ktp", "identity card", "nik"),
    "kk": ("kk", "kartu keluarga", "foto kk"),
    "passport": ("paspor", "pasport", "passport", "foto paspor", "buku paspor"),
    "diploma": ("ijazah", "ijasah", "ijasa", "foto ijazah", "diploma asli"),
    "phone": (
        "hp",
        "handphone",
        "ponsel",
        "gadget",
        "gawai",
        "smartphone",
        "alat komunikasi",
        "phone",
    ),
    "selfie": (
        "selfie",
        "selfi",
        "swafoto",
        "foto selfie",
        "selfie ktp",
        "foto selfie ktp",
        "selfie pegang ktp",
        "selfie megang ktp",
        "selfie memegang ktp",
        "selfie bawa ktp",
        "selfie dengan ktp",
        "selfie sama ktp",
        "foto pegang ktp",
        "foto sambil pegang ktp",
        "foto memegang ktp",
        "foto dengan ktp",
    ),
    "birth_certificate": (
        "akta",
        "akte",
        "akta kelahiran",
        "akte kelahiran",
        "akta lahir",
        "akte lahir",
        "surat kelahiran",
    ),
    "marriage_book": ("buku nikah", "surat nikah", "akta nikah", "kutipan nikah"),
    "bpkb": ("bpkb", "bpkb motor", "bpkb mobil"),
    "land_certificate": (
        "sertifikat rumah",
        "sertifikat tanah",
        "sertipikat tanah",
        "sertipikat rumah",
        "surat tanah",
        "surat rumah",
        "shm",
        "sertifikat hak milik",
    ),
    "otp": ("otp", "kode otp", "kode verifikasi", "otp code"),
    "pin": ("pin", "kode pin", "pin atm", "nomor pin"),
    "bank_login": (
        "m-banking",
        "mbanking",
        "m banking",
        "mobile banking",
        "internet banking",
        "password",
        "kata sandi",
    ),
    "bank_card": ("atm", "kartu atm", "kartu debit"),
    "bank_book": ("buku tabungan", "buku rekening"),
    "account_number": ("nomor rekening", "norek", "no rek", "no rekening", "nomer rekening"),
    "mother_name": ("nama ibu kandung", "ibu kandung"),
    "cv": ("cv", "curriculum vitae", "riwayat hidup", "daftar riwayat hidup", "resume"),
    "skck": ("skck", "surat catatan kepolisian", "surat keterangan catatan kepolisian"),
    "photo": ("foto", "photo", "pas foto", "pasfoto", "pas photo", "foto terbaru", "foto diri"),
    "body_photo": (
        "full body",
        "fullbody",
        "foto full body",
        "foto fullbody",
        "foto seluruh badan",
        "foto badan",
        "foto seluruh tubuh",
        "foto bodi",
        "foto body",
        "foto tanpa hijab",
        "foto tanpa jilbab",
        "foto seksi",
    ),
    "family_consent": (
        "surat izin keluarga",
        "surat ijin keluarga",
        "surat izin orang tua",
        "surat izin suami",
        "surat izin istri",
        "surat izin wali",
        "surat izin suami istri",
        "izin keluarga",
        "izin suami",
        "izin istri",
        "izin orang tua",
        "ijin keluarga",
        "ijin suami",
        "ijin orang tua",
    ),
    "status_letter": ("surat keterangan status", "surat status", "surat keterangan belum menikah"),
    "health_letter": ("surat sehat", "surat keterangan sehat", "surat dokter"),
    "yellow_card": ("kartu kuning", "ak1", "ak-1", "kartu ak1"),
    "driving_licence": ("sim a", "sim b", "sim b1", "sim b2", "sim c", "surat izin mengemudi"),
    "tax_number": ("npwp",),
    "transcript": ("transkrip", "transkrip nilai"),
    "seaman_book": ("buku pelaut", "seaman book"),
    "vaccine_certificate": ("sertifikat vaksin", "kartu vaksin"),
    "application_letter": ("surat lamaran", "surat lamaran kerja", "lamaran kerja"),
    "personal_data": ("data diri", "data pribadi", "biodata", "identitas"),
    "location": ("lokasi rumah", "share lokasi", "shareloc", "sharelok"),
    "documents": (
        "dokumen",
        "dokumennya",
        "berkas",
        "dokumen asli",
        "berkas asli",
        "surat-surat",
        "documents",
    ),
}

_ACTIONS: dict[str, Action] = {
    **dict.fromkeys(
        word_set(
            "kirim kirimkan kirimin dikirim dikirimkan mengirim mengirimkan ngirim lampirkan "
            "lampirin melampirkan dilampirkan lampiran siapkan siapin menyiapkan disiapkan "
            "nyiapin persiapkan mempersiapkan bawa bawain bawakan membawa dibawa upload "
            "uploadkan unggah mengunggah diunggah kumpulkan kumpulin mengumpulkan setor "
            "setorkan menyetor minta diminta meminta mintain input isi isikan mengisi send "
            "submit share bagikan fotokopi fotocopy setorin sertakan menyertakan disertakan "
            "attach tunjukkan berikan memberikan"
        ),
        "asked",
    ),
    **dict.fromkeys(
        word_set(
            "ditahan tahan menahan nahan penahanan disimpan simpan menyimpan disimpen nyimpen "
            "simpankan dipegang pegang memegang megang dipegangin pegangin dikumpul "
            "dikumpulin dikumpulkan disita sita menyita penyitaan dititip dititipkan "
            "dititipin titip titipkan menitipkan jaminan dijaminkan jaminkan menjaminkan "
            "agunan diagunkan diamankan diambil serahkan serahin diserahkan menyerahkan "
            "digadaikan digadai gadaikan gadai dikuasai kept held retained keep keeps hold "
            "holds confiscated"
        ),
        "kept",
    ),
    **dict.fromkeys(
        word_set("dikembalikan kembalikan mengembalikan dibalikin dibalikkan balikin returned"),
        "returned",
    ),
    **dict.fromkeys(
        word_set(
            "dibuatkan dibuatin buatin buatkan dibikinin dibikinkan bikinin diurus diurusin "
            "diuruskan urus urusin uruskan mengurus ngurusin pengurusan ditanggung tanggung "
            "ditanggungin dibantu bantu bantuin disediakan disediain menyediakan difasilitasi "
            "dibiayai dibayarin gratis free dikasih provided disiapin"
        ),
        "provided",
    ),
}

_PASSIVE_ASKED = word_set("dikirim dikirimkan dilampirkan disiapkan diminta dibawa diunggah")
_GATHER = word_set("dikumpul dikumpulin dikumpulkan diserahkan serahkan serahin menyerahkan")
_KEEPABLE = word_set(
    "ktp kk passport diploma phone birth_certificate marriage_book bpkb "
    "land_certificate bank_card bank_book seaman_book driving_licence documents"
)
_GATHER_IS_KEEPING = word_set("passport diploma phone bank_card marriage_book bpkb")
_ONLY_WITH_ACTION = word_set("phone photo pin bank_card documents location personal_data")
_SURE_WORDS = frozenset({"pas", "pasfoto", "kode", "kartu"})
_ORIGINAL = word_set("asli aslinya original")
_OWN = word_set("sendiri sendiri-sendiri masing-masing pribadi")
_HEADINGS = word_set(
    "berkas syarat syaratnya persyaratan persyaratannya dokumen lampiran lampirkan "
    "kelengkapan requirements"
)
_CUES = frozenset(_ACTIONS) | _HEADINGS
_HEADING_REACH = 30
_SELF_HEADED = frozenset({"diploma", "documents", "phone"})
_LINKS = word_set("dan serta atau juga + & / and or asli fotokopi fotocopy scan copy plus")
_BEFORE_REACH = 9
_AFTER_REACH = 5
_LOOSE = 2
_FAR = 5

_SINGLE = frozenset(name for names in _NAMES.values() for name in names if " " not in name)
_PHRASES: dict[tuple[str, ...], str] = {
    tuple(name.split()): paper for paper, names in _NAMES.items() for name in names
}
_PHRASES |= {
    ("foto", *phrase): paper for phrase, paper in _PHRASES.items() if phrase[0] == "selfie"
}
_PHRASES |= {
    (ending,): _PHRASES[(word,)] for word in _SINGLE for ending in with_enclitics(frozenset({word}))
}
_PHRASES |= {
    tuple(" ".join(phrase).replace(short, long).split()): paper
    for phrase, paper in _PHRASES.items()
    for short, long in (("ktp", "kartu tanda penduduk"), ("kk", "kartu keluarga"))
    if short in phrase
}
PHRASES = tuple(_PHRASES.items())
_ALONE: Phrases[str] = Phrasebook().add(PHRASES)

WORDS = frozenset(word for phrase in _PHRASES for word in phrase) | frozenset(_ACTIONS)
"""Words that this extractor knows: for the vocabulary by which disguised writing is undone."""


class _Mention(NamedTuple):
    first: int
    last: int
    paper: str


class _Reading(NamedTuple):
    """A document with what was found in it so far, by token index."""

    document: Document
    inside: frozenset[int]
    actions: dict[int, Action]


def find_papers(document: Document, names: Phrases[str] = _ALONE) -> tuple[Paper, ...]:
    """Return the papers and personal data that ``document`` mentions, in text order.

    Args:
        document: Where to look.
        names: Finds ``PHRASES``.
    """
    mentions = _mentions(document, names)
    if not mentions:
        return ()
    inside = {at for mention in mentions for at in range(mention.first, mention.last)}
    actions: dict[int, Action] = {}
    headings: list[int] = []
    for at in document.where(_CUES):
        for form in document.tokens[at].forms:
            if form in _ACTIONS and at not in inside:
                actions[at] = _ACTIONS[form]
            if form in _HEADINGS:
                headings.append(at)
    reading = _Reading(document, frozenset(inside), actions)
    papers: list[Paper] = []
    for mention in mentions:
        action, first, last = _action(reading, mention)
        if action == "mentioned":
            if mention.paper not in _SELF_HEADED and any(
                0 < mention.first - heading <= _HEADING_REACH
                for heading in headings[: bisect_left(headings, mention.first)][-1:]
            ):
                action = "asked"
            elif _is_vague(document, mention):
                continue
        span = document.span_of_tokens(first, last)
        papers.append(_paper(mention.paper, action).replaced(span=span))
    return tuple(papers)


@cache
def _paper(paper: str, action: Action) -> Paper:
    """Return a paper that stands nowhere yet: to check each anew takes several times as long."""
    return Paper(span=Span(0, 0), paper=paper, action=action)


def _mentions(document: Document, names: Phrases[str]) -> list[_Mention]:
    """Return the longest phrase at each place, none overlapping."""
    found: list[_Mention] = []
    for first, last, paper in sorted(names.find(document), key=lambda hit: (hit[0], -hit[1])):
        if found and first < found[-1].last:
            continue
        if paper == "cv" and _is_company(document, first):
            continue
        found.append(_Mention(first, last, paper))
    return found


def _is_company(document: Document, index: int) -> bool:
    """Return whether 'CV' here is the legal form in front of a company's name."""
    tokens = document.tokens
    if index + 1 >= len(tokens) or breaks_before(document, index + 1):
        return False
    if index and tokens[index - 1].norm in _ACTIONS:
        return False
    following = tokens[index + 1].text
    named = following[:1].isupper() and (len(following) == 1 or not following.isupper())
    return named and following.lower() not in _CV_FOLLOWERS


_CV_FOLLOWERS = word_set(
    "anda kamu lengkap terbaru dan atau surat foto pas ktp ke via melalui email kirim "
    "lamaran beserta max maks dalam format pdf ats update dikirim bisa langsung"
)


def _is_vague(document: Document, mention: _Mention) -> bool:
    """Return whether a bare mention says too little ('foto', 'HP: 0812…') to be a paper."""
    if mention.paper not in _ONLY_WITH_ACTION:
        return False
    words = document.tokens[mention.first : mention.last]
    return len(words) < 2 or not any(has(word, _SURE_WORDS) for word in words)


def _action(reading: _Reading, mention: _Mention) -> tuple[Action, int, int]:
    """Return what happens with the paper and the token range that says so."""
    right = _look_right(reading, mention)
    left = _look_left(reading, mention, _FAR if right is None else right[0])
    nearest = left or right
    if nearest is None:
        return "mentioned", mention.first, mention.last
    _, at = nearest
    action = _settle(reading, mention, at)
    first = min(mention.first, at)
    if action == "returned" and first > 0 and has(reading.document.tokens[first - 1], NEGATORS):
        first -= 1  # the negation is part of this reading, not a denial of it
    return action, first, max(mention.last, at + 1)


def _look_right(reading: _Reading, mention: _Mention) -> tuple[int, int] | None:
    """Return cost and index of the action word behind the paper."""
    document, inside, actions = reading
    tokens = document.tokens
    cost = 0
    for at in range(mention.last, min(len(tokens), mention.last + _AFTER_REACH + 1)):
        if breaks_before(document, at):
            if at not in inside or tokens[at].starts_clause:
                return None
            cost += 4
        action = actions.get(at)
        if action is not None:
            # An active verb behind the paper speaks of what follows it.
            active = action == "asked" and not has(tokens[at], _PASSIVE_ASKED)
            return None if active else (cost, at)
        if not (at in inside or has(tokens[at], _LINKS)):
            cost += 1
    return None


def _look_left(reading: _Reading, mention: _Mention, limit: int) -> tuple[int, int] | None:
    """Return cost and index of the action word in front, if it costs less than ``limit``."""
    document, inside, actions = reading
    tokens = document.tokens
    cost = 0
    for at in range(mention.first - 1, max(-1, mention.first - 1 - _BEFORE_REACH), -1):
        if cost >= limit:
            return None
        if breaks_before(document, at + 1):
            cost += 1
            if tokens[at + 1].starts_clause or (
                cost > _LOOSE and at not in inside and not has(tokens[at], _LINKS)
            ):
                return None
        action = actions.get(at)
        if action is not None:
            passive = action != "asked" and tokens[at].norm.startswith("di")
            if passive and (cost > 0 or at - 1 in inside):
                # 'paspor dibuatin, ktp …': a passive verb speaks of what stands before it.
                return None
            return cost, at
        if not (at in inside or has(tokens[at], _LINKS)):
            cost += 1
    return None


def _settle(reading: _Reading, mention: _Mention, at: int) -> Action:
    """Return the action that the word at ``at`` means for this paper."""
    tokens = reading.document.tokens
    action = reading.actions[at]
    low, high = max(0, min(at, mention.last) - 1), max(at, mention.first)
    negated = any(
        has(tokens[index], NEGATORS) and not tokens[index + 1].starts_clause
        for index in range(low, high)
    )
    if action == "kept":
        if mention.paper not in _KEEPABLE:
            return "asked"
        original = any(has(token, _ORIGINAL) for token in tokens[mention.first : mention.last + 1])
        if has(tokens[at], _GATHER) and not (original or mention.paper in _GATHER_IS_KEEPING):
            return "asked"
        own = any(has(token, _OWN) for token in tokens[at + 1 : at + 3])
        return "returned" if negated or own else "kept"
    if action == "provided":
        own = any(has(token, _OWN) for token in tokens[at + 1 : at + 4])
        return "mentioned" if negated or own else "provided"
    return "mentioned" if negated and action == "asked" else action
