"""Words that tell what a length of time is the length of. Language, not facts of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from offer_screen.facts import DurationKind
from offer_screen.text.document import Token


class Cue(NamedTuple):
    """What a word makes of a length near it, and up to how many words away.

    ``kind`` is None where the length is then no fact: 'proses paspor 7 hari', 'cuti 2 minggu'.
    """

    kind: DurationKind | None
    reach: int


DEPART = frozenset(
    "berangkat brangkat berangkatnya keberangkatan terbang jalan fly cabut otw"
    " diberangkatkan diterbangkan pemberangkatan".split()
)
DEPART_NOUNS = frozenset(
    "visa keberangkatan pemberangkatan berangkat terbang penempatan semua total normal".split()
)
"""What may stand between 'proses' and a length that is the way to departure."""

HASTE_FILLERS = frozenset(
    "dan mudah gampang sangat super dengan yang dijamin pasti serba aman legal resmi simpel simple"
    " nya keberangkatan berangkat visa dokumen paspor pemberangkatan lebih banget".split()
)
"""What may stand between 'proses' and 'cepat'."""

WORK = frozenset(("kerja", "bekerja", "kerjanya"))
START_WORK = WORK | {"gabung", "training"}
FAST = frozenset(
    "cepat cepet cepatnya kilat ekspres express instan singkat sat-set satset kebut fast".split()
)
NEGATORS = frozenset("tidak tanpa nggak enggak gak ga no tak ndak ora teu bukan".split())
OFFICE = frozenset(
    "hubungi whatsapp telepon telp kantor buka layanan interview wawancara operasional cs"
    " walk istirahat seleksi tes acara live".split()
)
LEADING = frozenset(("minggu", "bulan", "tahun", "akhir", "awal", "hari"))
LEAVE = frozenset(("minggu", "bulan", "tahun"))
PAID = frozenset(
    "cair gajian dibayar dibayarkan bayaran diterima gaji turun upah digaji keluar".split()
)
FOREIGN_TO_TIME = frozenset(
    "juta ribu miliar jt rb k rupiah usd usdt $ € £ ¥ dolar dollar ringgit rm real riyal"
    " yen won baht euro dirham".split()
)
FILLERS = frozenset(
    "langsung bisa sudah udah dah mulai tinggal siap ready pasti akan juga saja aja lagi"
    " doang kok ke sana masuk insyaallah sampai baru auto bakal nanti kita kamu anda sekali"
    " harus untuk selama hanya cuma cuman sekitar maksimal max dalam waktu kurang lebih masa"
    " adalah paling lama minimal min".split()
)
RELATIVE_DAYS: dict[str, tuple[float, float]] = {
    "besok": (1, 1),
    "lusa": (2, 2),
    "minggu depan": (7, 13),
    "minggu ini": (0, 7),
    "bulan depan": (28, 61),
    "bulan ini": (0, 31),
    "akhir bulan": (1, 31),
    "akhir tahun": (1, 365),
    "awal bulan": (1, 31),
    "tahun depan": (31, 730),
    "hari ini": (0, 0),
}
ACTIONS: dict[str, DurationKind] = {
    **dict.fromkeys(DEPART, "time_to_departure"),
    **dict.fromkeys(WORK, "time_to_work"),
}

_DEBT = Cue("debt_term", 3)
_TRAINING = Cue("training", 3)
_NOTHING = Cue(None, 2)

BEFORE: dict[str, Cue] = {
    "kontrak": Cue("contract", 4),
    "kontraknya": Cue("contract", 4),
    "pkwt": Cue("contract", 2),
    "visa": Cue("visa_validity", 2),
    "permit": Cue("visa_validity", 2),
    **dict.fromkeys(
        ("potong", "potongan", "dipotong", "pemotongan", "cicil", "dicicil", "cicilan", "nyicil"),
        _DEBT,
    ),
    **dict.fromkeys(("mencicil", "angsur", "angsuran", "diangsur", "tenor"), _DEBT),
    "gaji": _DEBT,
    "upah": _DEBT,
    "biaya": _DEBT,
    **dict.fromkeys(
        ("pelatihan", "training", "belajar", "kursus", "diklat", "les", "magang"),
        _TRAINING,
    ),
    "bahasa": _TRAINING,
    "pendidikan": Cue("training", 1),
    **dict.fromkeys(
        ("proses", "prosesnya", "tunggu", "menunggu", "nunggu", "estimasi"),
        Cue("time_to_departure", 4),
    ),
    **dict.fromkeys(DEPART, Cue("time_to_departure", 2)),
    **dict.fromkeys(
        "paspor skck ktp sim cuti liburan libur pengalaman berpengalaman usia umur garansi buka"
        " pengembalian refund dokumen legalisir".split(),
        _NOTHING,
    ),
}
AFTER: dict[str, Cue] = {
    **dict.fromkeys(DEPART, Cue("time_to_departure", 3)),
    **dict.fromkeys(WORK, Cue("time_to_departure", 3)),
    **dict.fromkeys(("proses", "kelar", "selesai", "beres", "jadi"), Cue("time_to_departure", 1)),
    "kontrak": Cue("contract", 1),
    **dict.fromkeys(("potong", "potongan", "dipotong", "cicilan"), Cue("debt_term", 1)),
    **dict.fromkeys(("pelatihan", "training", "kursus"), Cue("training", 1)),
    **dict.fromkeys(("cuti", "libur", "liburan", "pengalaman"), Cue(None, 1)),
}


def find_cue(token: Token, table: Mapping[str, Cue]) -> Cue | None:
    """Return the cue that the token is, in any of its readings."""
    cue = table.get(token.norm)
    if cue is None and len(token.forms) > 1:
        cue = next((table[form] for form in token.forms if form in table), None)
    return cue
