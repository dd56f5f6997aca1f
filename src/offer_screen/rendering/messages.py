"""The words that frame a report, in both languages.

What is said of an offer (titles, explanations, questions, advice) comes with the report; here stand
only headings and the names of levels, kinds and tags. Plain enough to be read aloud. No wording
says that a person or company is guilty of anything: a reading of a text cannot know.
"""

from __future__ import annotations

from collections.abc import Mapping

from offer_screen.values import Language

_INDONESIAN: Mapping[str, str] = {
    "page.title": "Bacaan tawaran kerja",
    # levels
    "level": "Tingkat bahaya",
    "level.low": "rendah",
    "level.caution": "waspada",
    "level.high": "tinggi",
    "level.critical": "kritis",
    "level.low.meaning": (
        "Sedikit tanda bahaya yang terbaca. Itu belum berarti aman: tetap cek ke kantor"
        " desa dan Disnaker sebelum membayar, menyerahkan dokumen, atau berangkat."
    ),
    "level.caution.meaning": (
        "Ada tanda yang perlu dicek dulu. Jangan membayar atau menyerahkan dokumen sebelum"
        " jawabannya jelas."
    ),
    "level.high.meaning": (
        "Banyak tanda bahaya. Jangan kirim uang atau dokumen, dan jangan berangkat, sebelum"
        " dicek oleh kantor desa dan Disnaker."
    ),
    "level.critical.meaning": (
        "Tanda bahaya sangat kuat. Berhenti dulu: jangan kirim uang atau dokumen dan jangan"
        " berangkat. Laporkan dan minta bantuan sekarang."
    ),
    # where the level says nothing
    "abstains.too_short.meaning": (
        "Teks ini terlalu pendek untuk dinilai. Salin pesan tawarannya lengkap, lalu cek lagi."
    ),
    "abstains.unread_language.meaning": (
        "Hampir semua kata dalam teks ini tidak dikenal, jadi teks ini tidak dapat dinilai."
        " Yang dibaca hanya bahasa Indonesia. Tanyakan isinya ke orang yang mengerti bahasanya."
    ),
    "abstains.not_an_offer.meaning": "",
    # kinds of text
    "kind": "Jenis teks",
    "kind.offer": "tawaran kerja",
    "kind.inquiry": "pertanyaan tentang tawaran",
    "kind.awareness": "peringatan atau berita",
    "kind.other": "bukan tawaran kerja",
    "kind.offer.meaning": "",
    "kind.inquiry.meaning": "Yang dinilai adalah tawaran yang ditanyakan di dalam teks ini.",
    "kind.awareness.meaning": (
        "Teks ini tampaknya memperingatkan atau memberitakan, bukan menawarkan kerja. Tanda"
        " yang hanya disebut sebagai peringatan tidak dihitung."
    ),
    "kind.other.meaning": (
        "Teks ini tidak tampak sebagai tawaran kerja. Kalau ini bagian dari tawaran, salin"
        " pesannya lengkap lalu cek lagi."
    ),
    # score
    "score": "Skor",
    "score.of": "{points} dari 100",
    "score.rules_only": "hanya aturan, tanpa model",
    "score.model": "aturan dan model {model}",
    "floor.note": (
        "Dari skor saja tingkatnya {by_points}. Dinaikkan menjadi {level} karena: {titles}."
    ),
    # sections
    "reasons": "Alasan",
    "reasons.none": "Tidak ada tanda bahaya yang terbaca oleh aturan.",
    "trust": "Tanda yang baik",
    "trust.note": (
        "Tanda ini bisa ditiru. Nama perusahaan, nomor izin, dan logo dapat disalin siapa"
        " saja; cek langsung ke kantor resmi."
    ),
    "mentioned": "Hanya disebut, tidak dihitung",
    "mentioned.note": (
        "Teks ini memperingatkan, mengutip, memberitakan, atau menyangkal hal berikut."
    ),
    "would_have": "Aturan percobaan, tidak dihitung",
    "would_have.note": "Aturan ini masih diuji. Tanda berikut tidak mengubah skor atau tingkat.",
    "missing": "Yang belum disebut, tanyakan",
    "missing.note": "Tawaran resmi menyebut hal-hal ini. Mintalah jawabannya secara tertulis.",
    "advice": "Yang perlu dilakukan",
    "advice.none": "Tanyakan tawaran ini ke kantor desa atau kelurahan dan Disnaker.",
    "advice.sources": "Sumber",
    "what_if": "Yang bisa mengubah tingkat",
    "what_if.note": (
        "Dihitung dengan cara yang sama seperti skor. Jawaban yang baik pun tetap harus dicek."
    ),
    "what_if.outcome": "{level} (skor {points})",
    "what_if.without": "Tanpa {titles} tingkatnya {outcome}, bukan {now}.",
    "what_if.with_them": "Ikut gugur karena bertumpu padanya: {titles}.",
    "what_if.inexact": "Mungkin ada yang lebih sedikit: tidak semua gabungan dicoba.",
    "what_if.none": (
        "Tanpa semua alasan di atas pun tingkatnya tetap {now}: yang menentukan bukan alasan itu."
    ),
    "what_if.classifier": "Tanpa penilaian pola kata (model bahasa) tingkatnya {outcome}.",
    "what_if.words_for": "Kata yang paling menaikkan penilaian pola kata: {words}.",
    "what_if.words_against": "Kata yang paling menurunkan penilaian pola kata: {words}.",
    "what_if.questions": "Jawaban yang paling menentukan",
    "what_if.answers": "Jika jawabannya “{worst}”: {worst_outcome}. Jika “{best}”: {best_outcome}.",
    "what_if.one_short": "Tanda yang kurang satu hal lagi",
    "what_if.lacks": "Kurang: {missing}. Dengan itu tingkatnya {outcome}.",
    "what_if.and": "dan",
    "what_if.or": "atau",
    "signs": "Tanda menurut UU 21/2007 dan ILO",
    "signs.note": (
        "Pengelompokan tanda dalam teks untuk petugas. Hanya penyelidikan yang bisa"
        " memastikan apa yang terjadi."
    ),
    "signs.act": "Proses",
    "signs.means": "Cara",
    "signs.purpose": "Tujuan",
    "signs.ilo": "Tanda kerja paksa (ILO)",
    "harms": "Arah bahaya",
    "harms.note": "Satu tanda bisa mengarah ke dua-duanya.",
    "harm.trafficking": "perdagangan orang atau penempatan tidak resmi",
    "harm.money_fraud": "penipuan uang atau pencurian data",
    "sums": "Cara skor dihitung",
    "sums.note": (
        "Angka positif menambah tanda bahaya, angka negatif mengurangi. Jumlahnya diubah"
        " menjadi skor 0 sampai 100."
    ),
    "sums.reason": "Hal",
    "sums.value": "Angka",
    "sums.bar": "Diagram",
    "sums.total": "Jumlah",
    "sums.to_points": "jumlah {log_odds} menjadi skor {points} dari 100",
    "sums.capped": "dibatasi dari {weight}",
    "sums.base": "angka awal setiap teks",
    "sums.kind": "jenis teks: {kind}",
    "sums.classifier": "model bahasa",
    "text": "Teks yang dibaca",
    "text.none": (
        "Teks tawaran tidak disimpan dalam laporan ini, jadi kutipannya tidak ditampilkan."
    ),
    "text.note": "Bagian yang ditandai menunjuk ke alasan dengan nomor yang sama.",
    "about": "Tentang bacaan ini",
    "about.rules": "aturan {pack}, sidik {digest}",
    "about.engine": "mesin {engine}",
    "about.as_of": "data acuan per {date}",
    "about.text": "sidik teks {digest}",
    # one finding
    "quote.words": "Kata-katanya",
    "quote.hidden": "tulisannya disamarkan",
    "quote.more": "dan {count} bagian lain",
    "quote.more.one": "dan 1 bagian lain",
    "stance.asserted": "dinyatakan",
    "stance.negated": "disangkal",
    "stance.warned": "diperingatkan",
    "stance.quoted": "dikutip",
    "stance.reported": "diberitakan",
    "category.pay": "gaji",
    "category.process": "proses",
    "category.cost": "biaya dan utang",
    "category.skills": "keahlian dan syarat",
    "category.legality": "izin, visa, dan jalur",
    "category.identity": "siapa yang menawarkan",
    "category.control": "dokumen dan kebebasan",
    "category.destination": "tujuan",
    "category.job": "jenis pekerjaan",
    "category.pressure": "tekanan dan kerahasiaan",
    "category.deception": "janji yang menyesatkan",
    "category.online-task": "tugas daring",
    "category.targeting": "siapa yang disasar",
    "category.hiding": "tulisan disamarkan",
    "category.combination": "gabungan tanda",
    "category.trust": "tanda baik",
    "severity.info": "catatan",
    "severity.low": "ringan",
    "severity.medium": "sedang",
    "severity.high": "berat",
    "severity.critical": "sangat berat",
    # ILO indicators
    "ilo.abuse-of-vulnerability": "memanfaatkan kerentanan",
    "ilo.deception": "penipuan atau janji palsu",
    "ilo.restriction-of-movement": "pembatasan gerak",
    "ilo.isolation": "pengucilan",
    "ilo.physical-and-sexual-violence": "kekerasan fisik dan seksual",
    "ilo.intimidation-and-threats": "intimidasi dan ancaman",
    "ilo.retention-of-identity-documents": "penahanan dokumen identitas",
    "ilo.withholding-of-wages": "penahanan upah",
    "ilo.debt-bondage": "jeratan utang",
    "ilo.abusive-working-and-living-conditions": "kondisi kerja dan hidup yang buruk",
    "ilo.excessive-overtime": "lembur berlebihan",
    # elements of the definition
    "palermo.act-recruitment": "perekrutan",
    "palermo.act-transport": "pengangkutan",
    "palermo.act-harbouring": "penampungan",
    "palermo.act-transfer": "pemindahan",
    "palermo.means-threat-or-force": "ancaman atau kekerasan",
    "palermo.means-forgery": "pemalsuan",
    "palermo.means-deception": "penipuan",
    "palermo.means-abuse-of-vulnerability": "penyalahgunaan posisi rentan",
    "palermo.means-debt-bondage": "penjeratan utang",
    "palermo.means-payment-for-control": "bayaran kepada pihak yang berkuasa atas orang itu",
    "palermo.purpose-forced-labour": "kerja paksa",
    "palermo.purpose-sexual-exploitation": "eksploitasi seksual",
    "palermo.purpose-organ-removal": "pengambilan organ",
    "palermo.purpose-forced-marriage": "kawin paksa",
    "palermo.purpose-forced-criminality": "dipaksa melakukan kejahatan",
    "closing": (
        "Ini hanya bacaan atas sebuah teks, bukan putusan hukum, dan tidak menuduh siapa"
        " pun. Tawaran yang skornya rendah tetap wajib dicek."
    ),
}

_ENGLISH: Mapping[str, str] = {
    "page.title": "Reading of a job offer",
    "level": "Level of danger",
    "level.low": "low",
    "level.caution": "caution",
    "level.high": "high",
    "level.critical": "critical",
    "level.low.meaning": (
        "Few signs of danger were read. That does not mean it is safe: still check with the"
        " village office and the manpower office before paying, handing over papers, or"
        " leaving."
    ),
    "level.caution.meaning": (
        "There are signs to check first. Do not pay or hand over papers until the answers"
        " are clear."
    ),
    "level.high.meaning": (
        "Many signs of danger. Do not send money or papers, and do not leave, before the"
        " village office and the manpower office have checked it."
    ),
    "level.critical.meaning": (
        "Very strong signs of danger. Stop: do not send money or papers and do not leave."
        " Report it and ask for help now."
    ),
    "abstains.too_short.meaning": (
        "This text is too short to be judged. Copy the whole message of the offer and check again."
    ),
    "abstains.unread_language.meaning": (
        "Almost no word of this text is known, so it cannot be judged. Only Indonesian is read."
        " Ask somebody who knows its language."
    ),
    "abstains.not_an_offer.meaning": "",
    "kind": "Kind of text",
    "kind.offer": "job offer",
    "kind.inquiry": "question about an offer",
    "kind.awareness": "warning or news",
    "kind.other": "not a job offer",
    "kind.offer.meaning": "",
    "kind.inquiry.meaning": "What is rated is the offer that this text asks about.",
    "kind.awareness.meaning": (
        "This text seems to warn or report, not to offer work. Signs that are only warned"
        " of are not counted."
    ),
    "kind.other.meaning": (
        "This text does not look like a job offer. If it is part of one, copy the whole"
        " message and check again."
    ),
    "score": "Score",
    "score.of": "{points} out of 100",
    "score.rules_only": "rules only, no model",
    "score.model": "rules and model {model}",
    "floor.note": (
        "By the score alone the level is {by_points}. Raised to {level} because of: {titles}."
    ),
    "reasons": "Reasons",
    "reasons.none": "The rules read no sign of danger.",
    "trust": "Good signs",
    "trust.note": (
        "These signs can be faked. Anyone can copy a company name, a licence number or a"
        " logo; check with the official office itself."
    ),
    "mentioned": "Only mentioned, not counted",
    "mentioned.note": "The text warns of, quotes, reports or denies the following.",
    "would_have": "Rules on trial, not counted",
    "would_have.note": "These rules are still being tried. They change neither score nor level.",
    "missing": "Not stated, so ask",
    "missing.note": "A lawful offer states these things. Ask for the answers in writing.",
    "advice": "What to do next",
    "advice.none": "Ask the village office and the manpower office about this offer.",
    "advice.sources": "Sources",
    "what_if": "What could change the level",
    "what_if.note": (
        "Worked out in the same way as the score. A good answer must still be checked."
    ),
    "what_if.outcome": "{level} (score {points})",
    "what_if.without": "Without {titles} the level would be {outcome}, not {now}.",
    "what_if.with_them": "These rest on them and would go as well: {titles}.",
    "what_if.inexact": "Fewer may do: not every combination was tried.",
    "what_if.none": (
        "Even without all the reasons above the level would stay {now}: it does not hang on them."
    ),
    "what_if.classifier": (
        "Without the judgement of word patterns (language model) the level would be {outcome}."
    ),
    "what_if.words_for": "Words that raised the language model's verdict most: {words}.",
    "what_if.words_against": "Words that lowered the language model's verdict most: {words}.",
    "what_if.questions": "The answers that decide most",
    "what_if.answers": "If the answer is “{worst}”: {worst_outcome}. If “{best}”: {best_outcome}.",
    "what_if.one_short": "Signs that are one thing short",
    "what_if.lacks": "Lacking: {missing}. With it the level would be {outcome}.",
    "what_if.and": "and",
    "what_if.or": "or",
    "signs": "Signs by Law 21/2007 and the ILO",
    "signs.note": (
        "Signs in the text, grouped for officials. Only an investigation can establish what"
        " happened."
    ),
    "signs.act": "Act",
    "signs.means": "Means",
    "signs.purpose": "Purpose",
    "signs.ilo": "Signs of forced labour (ILO)",
    "harms": "Kind of harm",
    "harms.note": "One sign may speak for both.",
    "harm.trafficking": "trafficking or unlawful placement",
    "harm.money_fraud": "money fraud or data theft",
    "sums": "How the score adds up",
    "sums.note": (
        "A positive number adds to the danger, a negative one takes from it. The sum is"
        " turned into a score of 0 to 100."
    ),
    "sums.reason": "Item",
    "sums.value": "Number",
    "sums.bar": "Chart",
    "sums.total": "Sum",
    "sums.to_points": "the sum {log_odds} becomes a score of {points} out of 100",
    "sums.capped": "capped from {weight}",
    "sums.base": "starting number of every text",
    "sums.kind": "kind of text: {kind}",
    "sums.classifier": "language model",
    "text": "The text that was read",
    "text.none": "This report does not hold the text of the offer, so its words are not quoted.",
    "text.note": "The marked parts point to the reason with the same number.",
    "about": "About this reading",
    "about.rules": "rules {pack}, digest {digest}",
    "about.engine": "engine {engine}",
    "about.as_of": "reference values as of {date}",
    "about.text": "text digest {digest}",
    "quote.words": "The words",
    "quote.hidden": "written in disguise",
    "quote.more": "and {count} more places",
    "quote.more.one": "and 1 more place",
    "stance.asserted": "stated",
    "stance.negated": "denied",
    "stance.warned": "warned of",
    "stance.quoted": "quoted",
    "stance.reported": "reported",
    "category.pay": "pay",
    "category.process": "process",
    "category.cost": "cost and debt",
    "category.skills": "skills and requirements",
    "category.legality": "licence, visa and route",
    "category.identity": "who makes the offer",
    "category.control": "documents and freedom",
    "category.destination": "destination",
    "category.job": "kind of work",
    "category.pressure": "pressure and secrecy",
    "category.deception": "misleading promises",
    "category.online-task": "online tasks",
    "category.targeting": "who is targeted",
    "category.hiding": "disguised writing",
    "category.combination": "signs that come together",
    "category.trust": "trust signs",
    "severity.info": "note",
    "severity.low": "low",
    "severity.medium": "medium",
    "severity.high": "high",
    "severity.critical": "critical",
    "ilo.abuse-of-vulnerability": "abuse of vulnerability",
    "ilo.deception": "deception",
    "ilo.restriction-of-movement": "restriction of movement",
    "ilo.isolation": "isolation",
    "ilo.physical-and-sexual-violence": "physical and sexual violence",
    "ilo.intimidation-and-threats": "intimidation and threats",
    "ilo.retention-of-identity-documents": "retention of identity documents",
    "ilo.withholding-of-wages": "withholding of wages",
    "ilo.debt-bondage": "debt bondage",
    "ilo.abusive-working-and-living-conditions": "abusive working and living conditions",
    "ilo.excessive-overtime": "excessive overtime",
    "palermo.act-recruitment": "recruitment",
    "palermo.act-transport": "transport",
    "palermo.act-harbouring": "harbouring",
    "palermo.act-transfer": "transfer",
    "palermo.means-threat-or-force": "threat or force",
    "palermo.means-forgery": "forgery",
    "palermo.means-deception": "deception",
    "palermo.means-abuse-of-vulnerability": "abuse of a position of vulnerability",
    "palermo.means-debt-bondage": "debt bondage",
    "palermo.means-payment-for-control": "payment to those who have control over a person",
    "palermo.purpose-forced-labour": "forced labour",
    "palermo.purpose-sexual-exploitation": "sexual exploitation",
    "palermo.purpose-organ-removal": "removal of organs",
    "palermo.purpose-forced-marriage": "forced marriage",
    "palermo.purpose-forced-criminality": "forced criminality",
    "closing": (
        "This is only a reading of a text, not a legal verdict, and it accuses nobody. An"
        " offer with a low score must still be checked."
    ),
}

MESSAGES: Mapping[Language, Mapping[str, str]] = {
    Language.ID: _INDONESIAN,
    Language.EN: _ENGLISH,
}


def message(lang: Language, key: str, **slots: str) -> str:
    """Return the wording of ``key`` in ``lang`` with its slots filled in."""
    return MESSAGES[lang][key].format(**slots)


def label(lang: Language, family: str, name: str) -> str:
    """Return the name of a tag for people; the tag's own words when it has no wording.

    Rule packs may bring tags and categories that this module has never heard of.
    """
    return MESSAGES[lang].get(f"{family}.{name}", name.replace("-", " ").replace("_", " "))


def number(lang: Language, value: float, decimals: int, *, signed: bool = False) -> str:
    """Return ``value`` as it is written in ``lang``: a decimal comma in Indonesian."""
    rounded = round(value, decimals) + 0.0  # + 0.0 turns -0.0 into 0.0
    text = f"{rounded:+.{decimals}f}" if signed else f"{rounded:.{decimals}f}"
    return text.replace(".", ",") if lang is Language.ID else text
