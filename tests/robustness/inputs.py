"""The table of bad inputs: each with what is to come out.

A row gives a report or an `InputError` whose message holds certain words. Rows without a red flag
in them are ``QUIET``: no red flag may be read into them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

LIMIT = 20_000
"""The limit of the shipped pack; a test holds it."""


class Expected(Enum):
    """What is to come out of a row that is no error."""

    REPORT = "any report"
    QUIET = "a report without red flags, of a level below high"
    ABSTAINS = "a quiet report that says that it cannot judge"


class Row(NamedTuple):
    """One input; ``error`` holds the words of the message where an error is to come out."""

    name: str
    given: object
    expected: Expected = Expected.QUIET
    error: str = ""


OFFER = "Kerja di Kamboja, gaji 1000 USD, masuk pakai visa turis, paspor dipegang agen. "

# --- refused -------------------------------------------------------------------------------------

WRONG_TYPES = tuple(
    Row(f"type {type(given).__name__} {index}", given, error=f"not {type(given).__name__}")
    for index, given in enumerate(
        (
            None,
            True,
            0,
            10**400,
            1.5,
            float("nan"),
            b"gaji besar",
            bytearray(b"gaji"),
            ["gaji besar"],
            ("gaji",),
            {"text": "gaji"},
            {"gaji"},
            object(),
            memoryview(b"gaji"),
            range(3),
        )
    )
)

_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())

BLANK = (
    Row("empty", "", error="blank"),
    *(Row(f"blank U+{ord(char):04X}", char * 3, error="blank") for char in _BLANKS),
    Row("every blank", _BLANKS, error="blank"),
    Row("blank up to the limit", " " * LIMIT, error="blank"),
    Row("blank over the limit", "\n" * (LIMIT + 1), error="blank"),
)

SURROGATES = tuple(
    Row(f"surrogate {index}", text, error="decode its bytes")
    for index, text in enumerate(
        (
            "\ud800",
            "\udfff",
            "gaji \ud83d besar",
            "gaji \ude00\ud83d besar",  # a pair the wrong way round
            "gaji \udcff besar",  # as surrogateescape makes of bytes
            OFFER + "\udc80",
            "\ud800" * LIMIT,
        )
    )
)

TOO_LONG = (
    Row("one over the limit", "a" * (LIMIT + 1), error=f"the limit is {LIMIT}"),
    Row("one emoji over the limit", "😀" * (LIMIT + 1), error="raise max_length"),
    *(
        Row(f"a megabyte of {unit!r}", unit * (1_000_000 // len(unit)), error="screen it in parts")
        for unit in ("a", "9", ".", "😀", "\u200d", "\u0301", '"', "(", "a\n", "&#", "a ", OFFER)
    ),
)

# --- one thing, up to the limit ------------------------------------------------------------------

_UNITS = {
    "letter": "a",
    "capital": "A",
    "digit": "9",
    "dot": ".",
    "comma": ",",
    "emoji": "😀",
    "family emoji": "👨\u200d👩\u200d👧",
    "flags": "🇰🇭",
    "half a flag": "🇰",
    "keycaps": "1\ufe0f\u20e3",
    "joiner": "\u200d",
    "letter and joiner": "a\u200d",
    "combining mark": "\u0301",
    "letter and combining mark": "a\u0301",
    "zalgo": "a" + "\u0301\u0316\u0334" * 10,
    "quote": '"',
    "apostrophe": "'",
    "curly quotes": "“”",
    "bracket": "(",
    "closed brackets": "()",
    "square bracket": "[",
    "brace": "{",
    "less-than": "<",
    "tag": "<div>",
    "closing tag": "</b>",
    "comment": "<!--",
    "ampersand": "&",
    "open entity": "&#",
    "entity": "&#97;",
    "escaped entity": "&amp;amp;",
    "entity of a surrogate": "&#xD800;",
    "huge entity": "&#99999999;",
    "percent code": "%41",
    "letters with blanks": "a ",
    "letters with dots": "a.",
    "letters with hyphens": "a-",
    "word": "halo ",
    "short form": "yg ",
    "number word": "juta ",
    "number words": "seratus ribu ",
    "at": "@",
    "account": "@a ",
    "hash": "#",
    "tag word": "#a ",
    "star": "*",
    "wildcard": "k*",
    "underscore": "_",
    "hyphen": "-",
    "dash": "—",
    "slash": "/",
    "backslash": "\\",
    "bar": "|",
    "tilde": "~",
    "caret": "^",
    "question mark": "?",
    "exclamation mark": "!",
    "plus": "+",
    "equals": "=",
    "currency": "Rp ",
    "dollar": "$",
    "www": "www.",
    "open link": "http://",
    "open mail": "a@",
    "wide letters": "ａ",
    "styled letters": "𝗮",
    "circled letters": "ⓐ",
    "ligature of 18 letters": "\ufdfa",
    "Cyrillic look-alikes": "а",
    "Latin and Cyrillic": "aа",
    "Arabic digits": "٣",
    "Devanagari digits": "३",
    "private use": "\ue000",
    "unassigned": "\U000e0fff",
    "tag characters": "\U000e0061",
    "last character": "\U0010ffff",
    "no character": "\ufffe",
    "replacement": "\ufffd",
    "byte order mark": "\ufeffa",
}

REPEATED = tuple(
    Row(f"repeated {name}", (unit * LIMIT)[:LIMIT].strip()) for name, unit in _UNITS.items()
)

FLOODS = tuple(
    Row(f"flood of {name}", (unit * LIMIT)[:LIMIT], Expected.REPORT)
    for name, unit in {
        "phones": "0812-0000-1234 ",
        "phones without blanks": "081200001234",
        "foreign phones": "+855 00 000 000 ",
        "links": "https://contoh.example/x ",
        "short links": "wa.me/6281200001234 ",
        "mails": "a@contoh.example ",
        "amounts": "Rp 5.000.000 ",
        "amounts of nines": "Rp 9",
        "dollar amounts": "$1000 ",
        "slang amounts": "25jt/bln ",
        "ranges": "3-5 juta ",
        "ages": "umur 18-35 tahun ",
        "contracts": "kontrak 2 tahun ",
        "places": "Kamboja ",
        "companies": "PT Contoh ",
        "licences": "SIP2MI 000/2020 ",
        "visas": "visa turis ",
        "spaced words": "g a j i ",
        "negated flags": "tidak ada paspor dipegang ",
        "warned flags": "waspada paspor dipegang ",
        "quoted flags": '"paspor dipegang" ',
        "offers": OFFER,
        "deposits": "deposit Rp 50.000 kembali Rp 75.000 ",
        "negators": "tidak ",
        "questions": "gaji? ",
    }.items()
)

NUMBERS = tuple(
    Row(f"number {index}", text, Expected.REPORT)
    for index, text in enumerate(
        (
            "Rp 9" * 1000,
            "gaji Rp " + "9" * 10_000,
            "gaji " + "9" * 10_000 + " juta",
            "gaji Rp " + "9." * 5_000,
            "gaji Rp " + "999." * 4_000 + "999",
            "gaji Rp 0," + "0" * 10_000 + "1",
            "gaji 1e308 juta per bulan",
            "gaji -5 juta, +5 juta, --5 juta",
            "gaji Rp 0 per bulan",
            "gaji NaN juta, inf juta",
            "kontrak " + "9" * 5_000 + " tahun",
            "umur " + "9" * 5_000 + " tahun",
            "umur 99-1 tahun",
            "berangkat 99 hari lagi tanggal 99/99/9999",
            "jam 99:99 sampai 99.99",
            "gaji 1/0 juta",
            "hub " + "0" * 10_000,
            "hub +" + "62" * 5_000,
            "satu " + "juta " * 3_000,
            "gaji " + "seribu " * 2_500,
            "gaji ½ juta ¾ ⅓ ² ³",
            "gaji ٣٣٣ juta ३३३ ๓๓๓",
        )
    )
)

# --- markup, direction, control characters ------------------------------------------------------

MARKUP = (
    Row("deep tags", "<b>" * 2_800 + "gaji" + "</b>" * 2_800),
    Row("deep divs left open", "<div>" * 3_999 + "halo"),
    Row("script", "<script>alert(1)</script>" * 500),
    Row("attribute without end", '<a href="' + "x" * 19_000),
    Row("doctype with entities", '<!DOCTYPE a [<!ENTITY b "&b;&b;&b;">]><a>&b;</a>' * 100),
    Row("CDATA", "<![CDATA[" * 2_000),
    Row("entity escaped a thousand times", "&" + "amp;" * 4_000 + "lt;"),
    Row("nested quotes", "".join("\"'“‘«"[i % 5] for i in range(10_000)) + "gaji"),
    Row("quotes opened and never closed", '"gaji ' * 3_000),
    Row("nested brackets", "(" * 9_000 + "gaji" + ")" * 9_000),
    Row("markdown", "**_~`" * 4_000),
    Row("JSON", '{"text": ["' * 1_500),
    Row("format string", "{salary.__class__} {0.__init__.__globals__} %s %n ${x} {{x}} " * 100),
    Row("shell", "$(rm -rf /) `id`; | && || > /dev/null " * 100),
    Row("path", "../../../../etc/passwd\x00.txt"),
    Row("SQL", "'; DROP TABLE offers; -- " * 100),
    Row("regular expression", "(a+)+$" + "a" * 10_000 + "!"),
    Row("terminal escapes", "\x1b[31mgaji\x1b[0m\x1b]0;x\x07" * 100),
)

DIRECTION = (
    Row("overrides", "\u202egaji besar\u202c " * 500, Expected.REPORT),
    Row("override never closed", "\u202e" + OFFER, Expected.REPORT),
    Row("10,000 overrides", "\u202e\u202d" * 5_000 + "a"),
    Row("isolates", "\u2066\u2067\u2068" * 3_000 + "halo" + "\u2069" * 9_000),
    Row("marks in words", "g\u200ea\u200fj\u061ci halo", Expected.REPORT),
    Row("Arabic and Latin", "وظيفة gaji كبير besar", Expected.REPORT),
    Row("override in a number", "hub 0812\u202e0000\u202c1234", Expected.REPORT),
)

INVISIBLE = tuple(
    Row(f"only {name}", char * 100, Expected.ABSTAINS)
    for name, char in {
        "zero-width space": "\u200b",
        "zero-width joiner": "\u200d",
        "word joiner": "\u2060",
        "soft hyphen": "\u00ad",
        "byte order mark": "\ufeff",
        "Braille blank": "\u2800",
        "Hangul filler": "\u3164",
        "combining grapheme joiner": "\u034f",
        "variation selector": "\ufe0f",
        "NUL": "\x00",
    }.items()
)

_CONTROLS = tuple(
    char
    for char in map(chr, range(0xA0))
    if unicodedata.category(char) == "Cc" and char not in "\t\n\r"
)

CONTROLS = (
    *(
        Row(
            f"control U+{ord(char):04X}",
            f"{char}Paspor dipegang agen,{char} gaji{char} 5 juta{char}",
            Expected.REPORT,
        )
        for char in _CONTROLS
    ),
    Row("every control at once", "".join(_CONTROLS) + "halo"),
    Row("NULs between letters", "\x00".join("gaji besar"), Expected.REPORT),
    Row("CR alone", "gaji\rbesar\r", Expected.REPORT),
    Row("mixed line ends", "gaji\r\nbesar\n\rproses\u2028mudah\u2029\x85\v\f", Expected.REPORT),
)

# --- what is no Indonesian offer ------------------------------------------------------------------

LANGUAGES = tuple(
    Row(f"language {name}", text, Expected.ABSTAINS)
    for name, text in {
        "Chinese": "我们正在招聘一名友好的商店助理，工资优厚，提供免费住宿，请今天申请。",
        "Japanese": "親切な店員を募集しています。給料が良く、寮は無料です。今日応募してください。",
        "Korean": "친절한 가게 점원을 찾고 있습니다. 급여가 좋고 숙소는 무료입니다.",
        "Thai": "เรากำลังมองหาพนักงานขายที่เป็นมิตรพร้อมเงินเดือนที่ดีและที่พักฟรี",
        "Khmer": "យើងកំពុងស្វែងរកអ្នកលក់ដែលរួសរាយរាក់ទាក់ជាមួយប្រាក់ខែល្អ",
        "Arabic": "نحن نبحث عن موظف مبيعات ودود براتب جيد وسكن مجاني في المدينة",
        "Hebrew": "אנחנו מחפשים מוכר אדיב עם שכר טוב ומגורים בחינם בעיר",
        "Russian": "Мы ищем дружелюбного продавца с хорошей зарплатой и бесплатным жильём",
        "Greek": "Ψάχνουμε για έναν φιλικό πωλητή με καλό μισθό και δωρεάν στέγαση",
        "Hindi": "हम अच्छे वेतन और मुफ्त आवास के साथ एक मिलनसार विक्रेता की तलाश में हैं",
        "Tamil": "நல்ல சம்பளம் மற்றும் இலவச தங்குமிடத்துடன் கடை உதவியாளர் தேவை",
        "Vietnamese": "Chúng tôi đang tìm nhân viên bán hàng thân thiện với mức lương tốt",
        "German": "Wir suchen eine freundliche Verkäuferin mit gutem Lohn und freier Unterkunft",
        "French": "Nous cherchons une vendeuse aimable avec un bon salaire et logement gratuit",
        "Spanish": "Buscamos una vendedora amable con buen sueldo y alojamiento gratis",
        "Finnish": "Etsimme ystävällistä myyjää, hyvä palkka ja ilmainen asunto kaupungissa",
        "Turkish": "İyi maaşlı ve ücretsiz konaklamalı güler yüzlü bir satıcı arıyoruz",
        "Georgian": "ვეძებთ მეგობრულ გამყიდველს კარგი ხელფასით და უფასო საცხოვრებლით",
        "Amharic": "ጥሩ ደመወዝ እና ነፃ መኖሪያ ያለው ተግባቢ ሻጭ እንፈልጋለን",
        "nonsense": "qwrtz plkjh xcvbn mnbvc zxcvq wrtpl kjhgf dsqwz",
    }.items()
)

SHORT = tuple(
    Row(f"short {text}", text, Expected.ABSTAINS)
    for text in (
        "a",
        "ok",
        "hai kak",
        "gaji",
        "min info",
        "🙏",
        "👍👍👍",
        "?",
        "...",
        "1",
        "12345",
        "<b>",
        "halo 🙏 kak",
    )
)

OTHER_TEXTS = tuple(
    Row(f"other text {index}", text, Expected.ABSTAINS)
    for index, text in enumerate(
        (
            "Hujan turun di sore hari membasahi daun jendela rumah nenek.",
            "Tumis bawang putih sampai harum, masukkan santan dan daun salam, aduk rata.",
            "def f(x): return x + 1; import os; print(os.getcwd())",
            "😀" * 10_000,
        )
    )
)

AT_THE_LIMIT = (
    Row("one under the limit", (OFFER * 300)[: LIMIT - 1], Expected.REPORT),
    Row("at the limit", (OFFER * 300)[:LIMIT], Expected.REPORT),
    Row("at the limit in characters beyond the BMP", "𝗴𝗮𝗷𝗶 " * (LIMIT // 5), Expected.REPORT),
    Row("an offer behind blanks", " " * (LIMIT - len(OFFER)) + OFFER, Expected.REPORT),
    Row("one word without blanks", "gajibesar" * (LIMIT // 9)),
    Row("10,000 lines", "a\n" * 10_000),
)


def rows() -> Iterator[Row]:
    """Yield the whole table."""
    yield from WRONG_TYPES
    yield from BLANK
    yield from SURROGATES
    yield from TOO_LONG
    yield from REPEATED
    yield from FLOODS
    yield from NUMBERS
    yield from MARKUP
    yield from DIRECTION
    yield from INVISIBLE
    yield from CONTROLS
    yield from LANGUAGES
    yield from SHORT
    yield from OTHER_TEXTS
    yield from AT_THE_LIMIT


ROWS = tuple(rows())
