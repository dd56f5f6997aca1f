"""Masks what tells who people are: numbers of theirs, addresses and names.

A mask has the length of what it hides, so that every span of a report still fits. Letters and
digits become dots; the marks between them stay. It is better to hide too much than too little:
any long number that does not look like an amount, a date or a time is hidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from offer_screen.facts import BankAccount, Email, FactBase, Link, Money, Phone
from offer_screen.values import Span

MASK = "•"
"""What stands for a letter or digit that is hidden."""

_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\u20e3\ufeff\u0300-\u036f"
_GAP = rf"[ \t\u00a0.,:()/+_~*'\-–—{_UNSEEN}]{{0,4}}"
_NUMBER = re.compile(rf"\d(?:{_GAP}\d){{7,}}")

_PARTED = r"[ \t\u00a0,()/~+–—-]+"
_HARMLESS = (
    r"[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d",  # dates
    r"(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d",
    r"[1-9]\d{0,2}(?:[.,]\d{3})*[.,]\d00(?:[.,]00)?",  # amounts
    r"[1-9]\d{1,2}[05]00000",
    r"(?:19|20)\d\d",  # years
    r"[0-2]?\d[.:][0-5]\d",  # times
    r"[1-9]\d?",
)
_PLAIN = re.compile(rf"(?:(?>(?:{'|'.join(_HARMLESS)})(?={_PARTED}|[.]?\Z))(?:{_PARTED})?)++[.]?")
"""Amounts, dates, times and small numbers that stand one after the other."""

_CURRENCY = re.compile(r"(?:\brp|\bidr|\busd|\busdt|\bsgd|\bmyr|\brm|\bnt|\bthb|[$¥₩€£])\W{0,2}\Z")
_PRICE = re.compile(r"[1-9]\d{0,2}(?:[., ]\d{3})+(?:[.,]\d\d)?|[1-9]\d{0,11}")

_DIGITS = rf"\d(?:{_GAP}\d){{3,}}"
_CUED = re.compile(
    r"\b(?:no\.?\s*)?(?:rek(?:ening)?|norek|acc(?:ount)?|a/c|virtual account|nik|ktp|"
    rf"pas(?:por|sport))\b(?:[^\d\n{MASK}]{{0,30}}?)(?P<hidden>(?<!\w)[a-z]{{0,2}} ?{_DIGITS})",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"(?<![\w•])(?!rp|rm|nt)[a-z]{1,2}[ -]?\d{6,8}(?!\w)", re.IGNORECASE)
_MAIL = re.compile(
    r"(?<![\w.+%•-])(?P<hidden>[\w.+%-]{1,64}(?:@| ?\[at\] ?| ?\(at\) ?)"
    r"(?:[\w-]{1,63}\.){0,5}[\w-]{1,63})",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w•])@[\w.]{3,64}")
_CHAT = re.compile(
    r"\b(?:wa\.me|t\.me|telegram\.me|api\.whatsapp\.com|chat\.whatsapp\.com|"
    r"(?:www\.)?(?:instagram|facebook|tiktok|twitter|x|line)\.(?:com|me))/(?P<hidden>[^\s<>\"]+)",
    re.IGNORECASE,
)

_TITLE = (
    r"bapak|bpk|pak|ibu|bu|mas|mbak|mba|kak|kakak|bang|abang|om|tante|bunda|ustadz?|ustad|haji|hj|"
    r"mr|mrs|ms|miss|sdr|sdri|saudara|saudari|tuan|nyonya|ny|koh|cik|ko|ci|teh|teteh|akang|kang"
)
_OF_NAME = r"a\.\s?n\.?|a/n|an\.|atas nama|c\.?p|contact person|narahubung|nama(?: lengkap)?|pic"
_CALLED = r"hubungi|hub|kontak|contact|kepada|ke|dengan|dgn|oleh|admin|recruiter|rekruter|saya"
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|['’`{_UNSEEN}-])*"
_NAME = re.compile(
    rf"(?<![\w•])(?P<cue>(?P<title>{_TITLE})|(?P<of>{_OF_NAME})|(?P<called>{_CALLED}))(?![\w•])"
    rf"[ \t.:=({_UNSEEN}]{{1,6}}(?P<words>{_LETTERS}\.?(?:[ \t]{{1,2}}{_LETTERS}\.?){{0,3}})",
    re.IGNORECASE,
)
_WORD = re.compile(_LETTERS)
_TITLES = frozenset(_TITLE.replace("?", "").split("|"))
_NO_NAME = frozenset(
    "rumah tangga hamil menyusui muda tua ibu bapak dan atau yang yg di ke dari untuk utk dengan "
    "dgn ini itu saya aku kami kita anda kamu mau ingin bisa tidak tdk gak ga nggak belum sudah "
    "udah ada jika kalau klo kalo juga lagi saja aja sekalian semua para mohon tolong maaf terima "
    "kasih makasih izin ijin selamat pagi siang sore malam halo hai apa siapa kapan dimana mana "
    "bagaimana gimana berapa kenapa boleh tanya info loker lowongan kerja gaji minat berminat "
    "hubungi hub wa whatsapp telegram tele telp telepon hp nomor no nomer email kontak via lewat "
    "langsung segera sekarang jangan lupa sebelum setelah hrd admin agen agensi calo sponsor "
    "perekrut perusahaan kantor pt cv lpk yayasan koperasi bank bca bri bni mandiri dana ovo gopay "
    "rekening rek transfer bayar kirim data ktp paspor ijazah lengkap pribadi sendiri polisi lurah "
    "desa camat kepala ketua manager manajer bos pimpinan direktur operator staf staff luar negeri "
    "kamboja malaysia taiwan jepang korea singapura hongkong thailand arab saudi jakarta surabaya "
    "bandung batam medan alamat umur usia tanggal lahir nama akan pun kok sih dong ya yaa kak mas "
    "mbak pak bu bang om tante kakak penempatan negara tujuan job posisi lokasi syarat penerima "
    "rumahan satu dua tiga the of and your my resmi kandung kota calon pekerja pelamar "
    "peserta".split()
)


def redacted(text: str, facts: Iterable[FactBase] = ()) -> str:
    """Return a text of the same length without what tells who people are.

    >>> redacted("Hub Pak Budi 0812-0000-1234, gaji Rp8.000.000")
    'Hub Pak •••• ••••-••••-••••, gaji Rp8.000.000'

    Args:
        text: The text as it came.
        facts: What was read from it; they find numbers in disguised writing.
    """
    masked = _masked(text, [span for fact in facts for span in _of_fact(text, fact)])
    # What a mask leaves standing may be told only by what it hid: until nothing more is found.
    while (more := _masked(masked, _personal(_folded(masked)))) != masked:
        masked = more
    return masked


def without_people(facts: Sequence[FactBase], text: str, masked: str) -> tuple[FactBase, ...]:
    """Return the facts without values that the mask of their text hides.

    Args:
        facts: What was read from ``text``.
        text: The text as it came.
        masked: The same, redacted.
    """
    return tuple(_without_people(fact, text, masked) for fact in facts)


def _without_people(fact: FactBase, text: str, masked: str) -> FactBase:
    start, end = fact.span
    if isinstance(fact, Email) and not (fact.free or fact.official or fact.owner):
        return fact.replaced(domain=re.sub(r"\w", MASK, fact.domain))
    if isinstance(fact, Money) and any(
        was.isdigit() and now == MASK
        for was, now in zip(text[start:end], masked[start:end], strict=True)
    ):  # a number of a person that was taken for an amount
        nothing = dict.fromkeys(
            ("low", "high", "monthly_idr", "ratio_to_reference", "ratio_to_ceiling")
        )
        return fact.replaced(**nothing)
    return fact


def _of_fact(text: str, fact: FactBase) -> Iterator[Span]:
    start, end = fact.span
    if isinstance(fact, Phone | Email):
        yield fact.span
    elif isinstance(fact, BankAccount):
        for run in re.finditer(_DIGITS, text[start:end]):
            yield Span(start + run.start(), start + run.end())
    elif isinstance(fact, Link) and (
        fact.domain is None or fact.link_type in {"whatsapp", "telegram", "social"}
    ):
        words = text[start:end]
        domain = 0 if fact.domain is None else words.lower().find(fact.domain)
        yield Span(start + max(0, domain) + len(fact.domain or ""), end)


def _masked(text: str, spans: Iterable[Span]) -> str:
    letters = list(text)
    for start, end in spans:
        for at in range(start, end):
            if letters[at].isalnum():
                letters[at] = MASK
    return "".join(letters)


def _folded(text: str) -> str:
    """Return the text with letters and digits of other shapes as plain ones, one for one."""
    if text.isascii():
        return text
    return "".join(
        char if char.isascii() or len(plain := unicodedata.normalize("NFKC", char)) != 1 else plain
        for char in text
    )


def _personal(text: str) -> Iterator[Span]:
    for run in _NUMBER.finditer(text):
        if not _is_plain(text, run):
            yield Span(*run.span())
    for pattern in (_CUED, _MAIL, _CHAT):
        for match in pattern.finditer(text):
            if any(char.isalnum() for char in match["hidden"]) and not _is_price(text, match):
                yield Span(*match.span("hidden"))
    for pattern in (_PASSPORT, _HANDLE):
        for found in pattern.finditer(text):
            yield Span(*found.span())
    at = 0
    while cue := _NAME.search(text, at):
        name = _name(cue)
        if name is not None:
            yield name
        # A title may follow the words that led up to it: 'hubungi Pak Budi'.
        at = cue.end("cue") if name is None else name.end


def _is_plain(text: str, run: re.Match[str]) -> bool:
    """Whether a long run of digits is made of amounts, dates, times and small numbers only."""
    before = _CURRENCY.search(text[max(0, run.start() - 6) : run.start()].lower())
    if before and _PRICE.fullmatch(run[0]):
        return True
    return _PLAIN.fullmatch(run[0]) is not None


def _is_price(text: str, match: re.Match[str]) -> bool:
    at = match.start("hidden")
    return _CURRENCY.search(text[max(0, at - 6) : at].lower()) is not None or bool(
        re.match(r"(?:rp|rm|nt)\W{0,2}\d", match["hidden"], re.IGNORECASE)
    )


def _name(match: re.Match[str]) -> Span | None:
    """Return where the name is that follows a title, 'a.n.' or 'hubungi'; None if none does.

    After a title a name may be in small letters, and is one word then.
    """
    start = match.start("words")
    end = start
    small = match["title"] is not None or match["of"] is not None
    for count, word in enumerate(_WORD.finditer(match["words"])):
        plain = word[0].lower()
        if plain in _NO_NAME or plain in _TITLES:
            break
        if not word[0][0].isupper():
            if count or not small:
                break
            return Span(start, start + word.end())
        if count and word[0].isupper() and len(word[0]) > 1 and count >= 2:
            break  # all in capitals: where the name ends cannot be seen
        end = start + word.end()
    return Span(start, end) if end > start else None
