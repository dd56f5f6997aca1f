"""Finds the companies, agencies and institutes that an offer names.

'PT ternama' or 'lewat PT' names nobody, and that is the point: a lawful offer says which company it
comes from. So a legal form counts only with a name beside it. Programmes between governments
('G to G', the ministry itself) are not companies.
"""

from __future__ import annotations

from offer_screen.extract.cues import gap_before, has, word_set
from offer_screen.facts import Company, CompanyRole
from offer_screen.text.document import Document, Token

_FORMS: dict[str, str] = {
    "pt": "pt",
    "cv": "cv",
    "ud": "ud",
    "fa": "fa",
    "p3mi": "p3mi",
    "pjtki": "p3mi",
    "pptkis": "p3mi",
    "lpk": "lpk",
    "lpks": "lpk",
    "lkp": "lpk",
    "blk": "blk",
    "blkln": "blk",
    "yayasan": "yayasan",
    "koperasi": "koperasi",
    "rs": "rs",
    "rsud": "rs",
    "rsup": "rs",
    "rsu": "rs",
    "rsia": "rs",
    "klinik": "klinik",
    "hotel": "hotel",
    "bkk": "bkk",
}
_LOWER_CASE_FORMS = frozenset({"pt", "lpk", "p3mi"})
"""Forms that may stand before a name in small letters, as chats write it."""

_SUFFIXES: dict[str, str] = {
    "ltd": "ltd",
    "bhd": "sdn-bhd",
    "inc": "inc",
    "gmbh": "gmbh",
    "llc": "llc",
    "corp": "corp",
    "corporation": "corp",
}
_SUFFIX_LEADS = {"co": "co-ltd", "pte": "pte-ltd", "pty": "pty-ltd", "sdn": "sdn-bhd"}

_TRIGGERS = frozenset(
    form + dot for forms in (_FORMS, _SUFFIXES) for form in forms for dot in ("", ".")
)

_ROLES: dict[str, CompanyRole] = {
    "p3mi": "agency",
    "lpk": "training",
    "blk": "training",
    "rs": "employer",
    "klinik": "employer",
    "hotel": "employer",
}
_AGENCY = word_set("p3mi sip3mi sip2mi sippmi siuppak siukak pjtki pptkis penempatan penyalur pmi")
_TRAINING = word_set("lpk blk blkln kursus pelatihan lembaga course")
_EMPLOYER = word_set(
    "membutuhkan butuh dibutuhkan mencari membuka buka rekrutmen recruitment hiring "
    "merekrut pabrik employer majikan pengguna lowongan loker operator pkwt"
)
_ROLE_REACH = 6

_NOT_NAMES = word_set("""
    ternama terkenal besar resmi kami kita ini itu tersebut yang yg ybs lain lainnya asing luar
    lokal mana apa apapun saja aja kok nya dan atau dengan di ke dari untuk utk buat pada oleh via
    lewat melalui tanpa bukan tidak gak ga nggak tak belum sudah udah ada adalah akan bisa harus
    wajib langsung lgsg minat japri membutuhkan butuh dibutuhkan mencari cari dicari membuka buka
    sedang open loker lowongan rekrutmen penempatan penyalur terpercaya terdaftar berizin legal
    ilegal abal abal-abal bodong nama namanya menyusul gratis biaya bayar proses kerja gaji jadi
    jangan kalau kalo karena soalnya saya sy aku mau tau tahu sama juga lagi terus masih cuma hanya
    asli jelas bagus baik sendiri swasta negeri pemerintah bintang dekat terdekat sekitar setempat
    umum simpan agen agency sponsor calo tki pmi tkw anda kamu lengkap terbaru surat lamaran foto
    pas ktp kk ijazah skck email kirim beserta format pdf ats max maks tour travel mahal murah
    tambang sawit pabrik perusahaan se per kak mas mbak min gan bos bosku selama setelah sebelum
    diutamakan posisi sebagai melalui program mengundang menerima menyediakan beralamat yaitu
    merupakan kembali memberikan kesempatan lulusan
    ditanggung disediakan makan mess tidur tempat kapsul only staff terms what is the or and in
    """)
_NOT_BEFORE_CV = word_set(
    "kirim kirimkan kirimin lampirkan upload unggah siapkan surat lamaran bawa send "
    "submit your berupa email buat bikin membuat jasa update"
)
_NAME_LINKS = frozenset({"dan", "&", "of", "and"})
_MAX_NAME = 6
_MAX_LOWER_NAME = 3
_FIRST_GAP = frozenset(" .:\"'“”‘’«»*_\t\u00a0")
_NAME_GAP = frozenset(" .-\"'“”‘’«»&*_\t\u00a0")

WORDS = frozenset(_FORMS) | frozenset(_SUFFIXES)
"""Words that this extractor knows: for the vocabulary by which disguised writing is undone."""


def find_companies(document: Document) -> tuple[Company, ...]:
    """Return the companies that ``document`` names, in text order."""
    tokens = document.tokens
    found: list[Company] = []
    done = 0
    for index in [at for at, token in enumerate(tokens) if token.text.lower() in _TRIGGERS]:
        if index < done:
            continue
        surface = _surface(tokens[index])
        if surface in _FORMS:
            first, last = index, _name_end(document, index, surface)
            form = _FORMS[surface]
        else:
            first, form = _suffix_start(document, index, surface, done)
            last = index + 1 if first < index else index
        if last > first + 1:
            done = last
            found.append(
                Company(
                    span=document.span_of_tokens(first, last),
                    form=form,
                    role=_role(document, first, last, form),
                )
            )
    return tuple(found)


def _surface(token: Token) -> str:
    return token.text.lower().strip(".")


def _gap_allows(document: Document, index: int, marks: frozenset[str]) -> bool:
    return not document.tokens[index].starts_clause and marks.issuperset(
        gap_before(document, index)
    )


def _name_end(document: Document, index: int, surface: str) -> int:
    """Return one past the last token of the name behind a legal form, or ``index``."""
    tokens = document.tokens
    if surface == "cv" and index and _surface(tokens[index - 1]) in _NOT_BEFORE_CV:
        return index
    at = index + 1
    while at < len(tokens) and tokens[at].start == tokens[index].start:
        at += 1  # a form that the text stage has written out in several words
    if at >= len(tokens) or not _gap_allows(document, at, _FIRST_GAP):
        return index
    cased = tokens[at].text[:1].isupper()
    if not cased and surface not in _LOWER_CASE_FORMS:
        return index
    first = at
    limit = first + (_MAX_NAME if cased else _MAX_LOWER_NAME)
    while at < len(tokens) and at < limit:
        if at > first and not _gap_allows(document, at, _NAME_GAP):
            break
        word = _surface(tokens[at])
        linked = (
            cased
            and word in _NAME_LINKS
            and at > first
            and at + 1 < len(tokens)
            and tokens[at + 1].text[:1].isupper()
            and _surface(tokens[at + 1]) not in _FORMS
        )
        if not linked and not _can_name(tokens[at], word, cased=cased, leads=at == first):
            break
        at += 1
    return at if at > first else index


def _can_name(token: Token, word: str, *, cased: bool, leads: bool) -> bool:
    """Return whether a word can be part of a company's name."""
    if word in _NOT_NAMES or not _NOT_NAMES.isdisjoint(token.forms) or word in _FORMS:
        return False
    first = token.text[:1]
    if cased:
        return first.isupper() or (not leads and first.isdigit() and len(word) <= 2)
    return first.isalpha() and len(word) > 2


def _suffix_start(document: Document, index: int, surface: str, done: int) -> tuple[int, str]:
    """Return the first token of the name in front of a foreign legal form, and the form."""
    tokens = document.tokens
    form = _SUFFIXES[surface]
    at = index
    if at > done and _surface(tokens[at - 1]) in _SUFFIX_LEADS:
        at -= 1
        form = _SUFFIX_LEADS[_surface(tokens[at])]
    lead = at
    while at > done and lead - at < _MAX_NAME:
        before = tokens[at - 1]
        comma = at in (lead, index) and gap_before(document, at).strip() in ("", ",")
        if not (comma or _gap_allows(document, at, _NAME_GAP)) or tokens[at].starts_clause:
            break
        if not before.text[:1].isupper() or _surface(before) in _NOT_NAMES:
            break
        at -= 1
    return (at, form) if at < lead else (index, form)


def _role(document: Document, first: int, last: int, form: str) -> CompanyRole:
    """Return what the company is to the offer, by its form and the words around it."""
    known = _ROLES.get(form)
    if known is not None:
        return known
    tokens = document.tokens
    around = tokens[max(0, first - _ROLE_REACH) : last + _ROLE_REACH]
    if any(has(token, _AGENCY) or _surface(token) in _AGENCY for token in around):
        return "agency"
    if any(has(token, _TRAINING) for token in tokens[first:last]):
        return "training"
    if form in _SUFFIXES.values() or form in _SUFFIX_LEADS.values():
        return "employer"
    if any(has(token, _EMPLOYER) for token in around):
        return "employer"
    return "unknown"
