"""The 24 texts of the fact base with their expected bands, and the seed of the project."""

from __future__ import annotations

import pytest

from offer_screen import FindingType, Kind, Level, Screener

LOW, CAUTION, HIGH, CRITICAL = Level
TEXTS: dict[str, tuple[str, tuple[Level, ...]]] = {
    "A1": (
        "LOKER LUAR NEGERI!! Gaji 25jt/bln, proses mudah, biaya murah, tanpa keahlian. Minggu depan"
        " terbang. Minat japri",
        (CRITICAL,),
    ),
    "A2": (
        "Dicari admin chat & CS penempatan Thailand, gaji 1000-1200 USD, mess makan gratis, tiket"
        " ditanggung, cukup bisa ngetik, paspor dibuatin. Usia 18-30",
        (CRITICAL,),
    ),
    "A3": (
        "Masuk pake visa turis dulu ya kak, permit diurus bos di sana. Nanti di imigrasi bilang mau"
        " liburan 3 hari, chat dihapus",
        (CRITICAL,),
    ),
    "A4": (
        "ART Riyadh 1.500 real, visa ziarah, uang fee 5jt utk keluarga, potong gaji 3 bln, 3 hari"
        " terbang",
        (CRITICAL,),
    ),
    "A5": (
        "Butuh ABK kapal cumi tanpa pengalaman, buku pelaut dibuatin, kasbon 5jt, gaji 400 usd"
        " dibayar akhir kontrak 2 thn",
        (CRITICAL,),
    ),
    "A6": (
        "Petik buah di Aussie 30 jt/bln, gak perlu bahasa inggris, biaya 60jt bisa dicicil, dp 20jt"
        " tf ke rek saya",
        (CRITICAL,),
    ),
    "A7": (
        "Kerja part time cuma like & subscribe, 15rb per tugas, langsung cair. Deposit 100rb balik"
        " 130rb. Join grup telegram mentor",
        (CRITICAL,),
    ),
    "A8": (
        "Selamat! Anda lolos seleksi PT tambang besar. Wajib pesan tiket & hotel lewat travel"
        " rekanan, biaya diganti setelah interview",
        (HIGH,),
    ),
    "A9": (
        "Cewek 16-22 good looking utk kafe luar pulau, mess, gaji 6jt + tips, jgn bilang ortu dulu",
        (CRITICAL,),
    ),
    "A10": ("Donor ginjal gol O, 135 juta, operasi luar negeri, paspor ditanggung", (CRITICAL,)),
    "A11": ("𝗔𝗗𝗠𝗜𝗡 k4mb0ja gji 12jt, jud0l legal di sana, gas DM 🇰🇭✈️", (CRITICAL,)),
    "A12": (
        "gajine gedhe mas, ora nganggo ribet, langsung budhal, kabeh ditanggung, ojo kondo wong"
        " tuwamu",
        (HIGH,),
    ),
    "A13": (
        "PT Contoh Migran (P3MI), SIP3MI No 000 Th 2020. Job caregiver Taiwan NT$20.000, kontrak 3"
        " th, usia 21-40, training 3 bln, biaya sesuai Kepka 50/2023. Daftar di Disnaker/SISKOP2MI",
        (LOW,),
    ),
    "A14": (
        "Pengumuman G to G Korea sektor manufaktur: syarat EPS-TOPIK, tidak dipungut biaya, daftar"
        " di siskop2mi.bp2mi.go.id",
        (LOW,),
    ),
    "A15": (
        "Operator produksi, tanpa pengalaman, lulusan SMA/SMK, UMK, PKWT, datang ke kantor PT"
        " Contoh Cikarang, rekrutmen gratis",
        (LOW,),
    ),
    "A16": (
        "Tokutei Ginou kaigo Osaka ¥190.000/bln, wajib JFT A2 & SSW, proses 6-9 bulan",
        (LOW,),
    ),
    "A17": (
        "Waspada! Jangan percaya tawaran 'gaji 20 juta, tanpa pengalaman, langsung berangkat'."
        " Lapor 110",
        (LOW,),
    ),
    "A18": (
        "Polisi menangkap MN (45), perekrut 21 PMI ilegal; korban dijanjikan RM1.200",
        (LOW,),
    ),
    "A20": (
        "Apakah PT Contoh resmi? Saya ditawari ke Polandia 35jt, bayar 10jt, 2 minggu terbang",
        (HIGH,),
    ),
    "A21": (
        "Bukan lewat calo, TIDAK pakai visa turis, kontrak ditandatangani di Indonesia, ijazah"
        " tidak ditahan",
        (LOW, CAUTION),
    ),
    "A22": ("Dicari sponsor acara 17an, minat japri", (LOW,)),
    "A23": (
        "Nikah dengan pria Tiongkok mapan, mahar 100jt untuk orang tua, berangkat bulan depan",
        (CRITICAL,),
    ),
    "A24": ("Butuh rekening BCA + ATM, fee 500rb per rek", (HIGH,)),
}
"""Texts and bands of appendix A (rendah, sedang, tinggi, sangat tinggi). A19 has no band: below."""

OUTSIDE: dict[str, str] = {
    "A12": "critical, not high: three of the four promises, departure at once, and 'tell nobody'",
}
"""Texts that land outside their band, each with the reason."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_fact_base_lands_in_its_band(name: str, rules_only: Screener) -> None:
    text, bands = TEXTS[name]
    report = rules_only.screen(text)
    if name in OUTSIDE:
        assert report.level not in bands, f"{name} now lands: take it off the list"
    else:
        assert report.level in bands, [finding.rule for finding in report.findings]


def test_at_most_two_texts_land_outside() -> None:
    assert len(OUTSIDE) <= 2


def test_a_plea_for_help_is_no_offer_and_gets_the_emergency_contacts(screener: Screener) -> None:
    report = screener.screen("Tolong adik saya di Bavet minta tebusan, paspornya disita")
    assert report.kind is Kind.OTHER
    assert [advice.id for advice in report.advice][:1] == ["emergency-abroad"]
    assert "110" in report.advice[0].text.id


PROMISES = {"pay-praised", "process-easy", "cost-cheap", "no-skill-needed"}
"""The four promises of the seed: high pay, easy process, low cost, no skill."""


@pytest.mark.parametrize(
    "text",
    [
        "Kami menawarkan pekerjaan di luar negeri dengan gaji yang tinggi, proses yang mudah,"
        " biaya lebih murah dibandingkan jalur resmi, serta tanpa keahlian khusus. Bagi yang"
        " berminat, silakan menghubungi kami.",
        "bosss ada kerjaan d luar negri nih, gajinya gede bgt, prosesnya gampang gk pake ribet,"
        " biayanya murah meriah, gak butuh skill apa2. yg mau japri ya",
    ],
    ids=["formal", "slang"],
)
def test_an_offer_of_the_four_promises_is_high_and_names_them(
    text: str, screener: Screener
) -> None:
    report = screener.screen(text)
    assert report.kind is Kind.OFFER
    assert report.level.rank >= Level.HIGH.rank
    assert {finding.rule for finding in report.findings} >= PROMISES


def test_a_text_that_warns_of_the_four_promises_is_low_and_says_which(screener: Screener) -> None:
    report = screener.screen(
        "Kepala desa mengimbau warga agar tidak tergiur tawaran kerja ke luar negeri dengan"
        " iming-iming gaji besar, proses mudah, biaya lebih murah dan tanpa keahlian. Bila ada yang"
        " datang menawarkan, laporkan ke balai desa."
    )
    assert report.kind is Kind.AWARENESS
    assert report.level is Level.LOW
    assert {finding.rule for finding in report.mentioned} >= PROMISES
    assert not [f for f in report.findings if f.type is FindingType.RED_FLAG]
