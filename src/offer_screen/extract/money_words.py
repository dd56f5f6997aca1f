"""The words that money is written with: currency names and role cues (data), periods (language)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from offer_screen.extract.quantity import OPENERS
from offer_screen.facts import Period
from offer_screen.text.document import Token

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By first word: the phrases that start with it, longest first, each with what it stands for."""

SIGNS = "$€£¥฿₱₫៛₭₩₺₽₪"

PERIOD_UNITS: Mapping[str, Period] = {
    "jam": Period.HOUR,
    "jm": Period.HOUR,
    "jamnya": Period.HOUR,
    "hour": Period.HOUR,
    "hari": Period.DAY,
    "hr": Period.DAY,
    "harinya": Period.DAY,
    "day": Period.DAY,
    "minggu": Period.WEEK,
    "mgg": Period.WEEK,
    "mggu": Period.WEEK,
    "minggunya": Period.WEEK,
    "week": Period.WEEK,
    "bulan": Period.MONTH,
    "bln": Period.MONTH,
    "bl": Period.MONTH,
    "bulannya": Period.MONTH,
    "month": Period.MONTH,
    "mo": Period.MONTH,
    "tahun": Period.YEAR,
    "thn": Period.YEAR,
    "th": Period.YEAR,
    "tahunnya": Period.YEAR,
    "year": Period.YEAR,
    "kontrak": Period.CONTRACT,
}
"""Units after 'per', 'tiap' or a slash."""

PERIOD_WORDS: Mapping[str, Period] = {
    **dict.fromkeys(("sejam", "perjam", "hourly"), Period.HOUR),
    **dict.fromkeys(("sehari", "perhari", "seharinya", "harian", "daily"), Period.DAY),
    **dict.fromkeys(("seminggu", "perminggu", "mingguan", "weekly"), Period.WEEK),
    **dict.fromkeys(("sebulan", "perbulan", "sebulannya", "bulanan", "monthly"), Period.MONTH),
    **dict.fromkeys(("setahun", "pertahun", "tahunan", "yearly"), Period.YEAR),
}
"""Words that name a period all alone."""

WAGE_WORDS: frozenset[str] = frozenset(("minimum", "umr", "ump", "umk"))
"""Words of the minimum wage, which other pay is told by."""

PER_WORDS: frozenset[str] = frozenset(("per", "tiap", "setiap", "tiap-tiap", "/", "a"))

TASKS: frozenset[str] = frozenset(
    "tugas misi task like likes subscribe subs follow video klik order orderan pesanan tap"
    " ulasan review komentar komen rekening rek akun kepala orang artikel paket project"
    " proyek job trip lembar pcs kg unit rit titik sesi tamu botol".split()
)
"""Nouns that pay is reckoned by where it is not time."""

AFTER_QUALIFIERS: frozenset[str] = frozenset(
    "bersih kotor net nett netto gross bruto pokok flat fix lebih aja saja doang kak take"
    " home pay dapat dalam rata-rata idr rupiah penuh full".split()
)
"""What may stand between an amount and its period."""

BEFORE_QUALIFIERS: frozenset[str] = frozenset(
    "bisa dapat dapet sampai sampe hingga gaji gajinya digaji upah penghasilan pendapatan"
    " income salary bayaran hasil hasilnya untung cuan mulai dari sekitar kisaran kurang"
    " lebih bersih kotor net nett pokok dibayar bawa pulang rata-rata adalah up to min"
    " minimal max maks maksimal hanya cuma cuman total honor omset komisi tembus kantongi"
    " terima di atas kira-kira estimasi sebesar senilai start from nominal capai mencapai"
    " raih".split()
)
"""What may stand between a period, or a role cue, and the amount that follows."""

NOT_MONEY: frozenset[str] = frozenset(
    "% persen percent orang org warga jiwa korban pekerja karyawan pegawai pmi tki tkw"
    " lowongan loker peserta pelamar anggota member followers follower subscriber"
    " subscribers viewers views penonton kasus kali x lipat unit km kilometer meter cm"
    " hektar ha kg ton liter watt kata pulau tahun thn jam menit hari minggu bulan bln"
    " mahasiswa siswa santri keluarga posisi orderan nomor pengguna perusahaan situs konten"
    " wni wna tukang pemuda penduduk rumah kendaraan ekor desa calon anak wanita pria lembar"
    " halaman mbps mb gb".split()
)
"""What a number counts when it is not money."""


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """Currency names and role cues of a rule pack, ready to be looked up.

    Attributes:
        currencies: ISO codes by name.
        roles: Role cues.
        glued: Names that may be written in one with the number ('rp', 'usd', '$').
        triggers: Words, beside digits, at which an amount may begin.
    """

    currencies: Phrases
    roles: Phrases
    glued: frozenset[str] = field(default_factory=frozenset)
    triggers: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def build(
        cls,
        currencies: Mapping[str, Iterable[str]],
        roles: Mapping[str, Iterable[str]],
    ) -> MoneyWords:
        """Return the words made ready.

        Args:
            currencies: Names and signs of each currency, by ISO code.
            roles: Cue words of each role; also ``weak_fee``, ``family`` and ``refund``.
        """
        names: list[tuple[tuple[str, ...], str]] = []
        glued: set[str] = set()
        for code, written in currencies.items():
            for name in written:
                words = tuple(name.lower().split())
                names.append((words, code))
                if len(words) == 1:
                    glued.add(words[0])
                    letters = words[0].rstrip(SIGNS)
                    if letters and letters != words[0]:
                        names.append(((letters, words[0][len(letters) :]), code))
        cues = [
            (tuple(phrase.lower().split()), role)
            for role, phrases in roles.items()
            for phrase in phrases
        ]
        by_name = _by_first_word(names)
        return cls(
            by_name,
            _by_first_word(cues),
            frozenset(glued),
            frozenset(by_name) | OPENERS | WAGE_WORDS,
        )


def _by_first_word(phrases: Iterable[tuple[tuple[str, ...], str]]) -> Phrases:
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, value in phrases:
        if words:
            out.setdefault(words[0], []).append((words, value))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in out.items()
    }


def find_phrase(tokens: Sequence[Token], at: int, phrases: Phrases) -> tuple[str, int] | None:
    """Return what the longest phrase at ``at`` stands for, and the index after it."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    norm = token.norm
    best: tuple[str, int] | None = None
    if norm in phrases:
        best = _longest(tokens, at, phrases[norm], None)
    if len(token.forms) > 1:
        for form in token.forms[1:]:
            if form in phrases:
                best = _longest(tokens, at, phrases[form], best)
    if best is None and token.text != norm:
        surface = token.text.lower()
        if surface in phrases:
            best = _longest(tokens, at, phrases[surface], None)
    return best


def _longest(
    tokens: Sequence[Token],
    at: int,
    entries: tuple[tuple[tuple[str, ...], str], ...],
    best: tuple[str, int] | None,
) -> tuple[str, int] | None:
    for words, value in entries:
        last = at + len(words)
        if best is not None and last <= best[1]:
            return best
        if last == at + 1:
            return value, last
        if last > len(tokens):
            continue
        for n in range(1, len(words)):
            token = tokens[at + n]
            if token.starts_clause or not (
                words[n] in token.forms or token.text.lower() == words[n]
            ):
                break
        else:
            return value, last
    return best
