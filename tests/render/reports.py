"""Reports built by hand: one for each level, with everything that a report can hold."""

from __future__ import annotations

import hashlib
import math

from offer_screen.results import (
    Advice,
    Answer,
    Contribution,
    Evidence,
    Finding,
    FindingType,
    HarmShare,
    Missing,
    OneShort,
    Outcome,
    Question,
    Report,
    Score,
    WhatIf,
    Without,
)
from offer_screen.values import Fold, Harm, Kind, Level, Localised, Severity, Span, Stance

CRITICAL_TEXT = (
    "LOKER KE LUAR NEGERI ✈️🇰🇭\n"
    "Gaji 25 juta sebulan, tanpa keahlian, proses mudah & cepat.\n"
    "Masuk pakai v1sa turis dulu, paspor dipegang agen sampai utang lunas.\n"
    "Minat? WA 0812-0000-1234 <b>sekarang</b>!"
)
AWARENESS_TEXT = (
    "Waspada tawaran 'gaji besar tanpa keahlian'. Jangan serahkan paspor kepada siapa pun."
)
LOW_TEXT = (
    "PT Contoh Migran membuka lowongan perawat lansia ke Jepang. Kontrak kerja ditandatangani"
    " sebelum berangkat, daftar lewat Disnaker setempat."
)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def evidence(
    text: str, words: str, *, stance: Stance = Stance.ASSERTED, folds: tuple[Fold, ...] = ()
) -> Evidence:
    return Evidence(
        source="signal", name="words", span=span_of(text, words), stance=stance, folds=folds
    )


def report_of(
    text: str,
    contributions: tuple[Contribution, ...],
    *,
    level: Level,
    level_of_points: Level | None = None,
    kind: Kind = Kind.OFFER,
    floors: tuple[str, ...] = (),
    harms: tuple[HarmShare, ...] = (),
    findings: tuple[Finding, ...] = (),
    mentioned: tuple[Finding, ...] = (),
    missing: tuple[Missing, ...] = (),
    advice: tuple[Advice, ...] = (),
    what_if: WhatIf | None = None,
    keep_text: bool = False,
    model: str | None = None,
) -> Report:
    log_odds = math.fsum(item.value for item in contributions)
    probability = 1 / (1 + math.exp(-log_odds))
    return Report(
        library="0.1.0",
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text_length=len(text),
        text=text if keep_text else None,
        pack="contoh 2026.11",
        pack_sha256="ab" * 32,
        engine="compiled",
        model=model,
        as_of="2026-11-24",
        kind=kind,
        score=Score(
            log_odds=log_odds,
            probability=probability,
            points=round(100 * probability, 1),
            level=level,
            level_of_points=level_of_points or level,
            floors=floors,
            contributions=contributions,
            harms=harms,
        ),
        findings=findings,
        mentioned=mentioned,
        missing=missing,
        advice=advice,
        what_if=what_if,
    )


PAY = Finding(
    rule="pay-far-above-reference",
    type=FindingType.RED_FLAG,
    category="pay",
    severity=Severity.HIGH,
    title=Localised(id="Gaji jauh di atas wajar", en="Pay far above what such work earns"),
    explanation=Localised(
        id="Gaji 25 juta sebulan sekitar 3 kali upah wajar untuk kerja seperti ini.",
        en="Pay of 25 juta a month is about 3 times what such work earns.",
    ),
    harms=(Harm.TRAFFICKING, Harm.MONEY_FRAUD),
    ilo=("deception",),
    palermo=("means-deception",),
    evidence=(
        evidence(CRITICAL_TEXT, "Gaji 25 juta sebulan"),
        evidence(CRITICAL_TEXT, "25 juta sebulan, tanpa keahlian"),
    ),
)
VISA = Finding(
    rule="tourist-visa",
    type=FindingType.RED_FLAG,
    category="legality",
    severity=Severity.CRITICAL,
    title=Localised(id="Kerja dengan visa turis", en="Work on a tourist visa"),
    explanation=Localised(
        id="Visa turis bukan untuk bekerja.", en="A tourist visa does not allow work."
    ),
    harms=(Harm.TRAFFICKING,),
    palermo=("act-recruitment", "act-transport"),
    evidence=(evidence(CRITICAL_TEXT, "v1sa turis", folds=(Fold.LEET,)),),
    floor=Level.HIGH,
)
PASSPORT = Finding(
    rule="passport-held",
    type=FindingType.RED_FLAG,
    category="control",
    severity=Severity.CRITICAL,
    title=Localised(id="Paspor dipegang orang lain", en="Passport kept by somebody else"),
    explanation=Localised(
        id="Paspor adalah milik pekerja dan tidak boleh ditahan.",
        en="A passport belongs to the worker and may not be kept.",
    ),
    harms=(Harm.TRAFFICKING,),
    ilo=("retention-of-identity-documents", "debt-bondage"),
    palermo=("means-debt-bondage", "purpose-forced-labour"),
    evidence=(evidence(CRITICAL_TEXT, "paspor dipegang agen sampai utang lunas"),),
    floor=Level.CRITICAL,
)
EASY = Finding(
    rule="no-skill-needed",
    type=FindingType.RED_FLAG,
    category="some-new-group",
    severity=Severity.LOW,
    title=Localised(id="Tanpa keahlian", en="No skill needed"),
    explanation=Localised(id="Tidak ada syarat keahlian.", en="No skill is asked for."),
    evidence=(evidence(CRITICAL_TEXT, "tanpa keahlian"),),
)
CONTRACT = Finding(
    rule="contract-before-departure",
    type=FindingType.TRUST_SIGN,
    category="trust",
    severity=Severity.INFO,
    title=Localised(id="Kontrak sebelum berangkat", en="Contract before departure"),
    explanation=Localised(
        id="Kontrak disebut ditandatangani sebelum berangkat.",
        en="A contract is said to be signed before departure.",
    ),
    evidence=(evidence(LOW_TEXT, "Kontrak kerja ditandatangani sebelum berangkat"),),
)
WARNED_PAY = Finding(
    rule="big-pay-no-skill",
    type=FindingType.RED_FLAG,
    category="pay",
    severity=Severity.MEDIUM,
    title=Localised(id="Gaji besar tanpa keahlian", en="High pay and no skill"),
    explanation=Localised(
        id="Gaji besar dijanjikan tanpa keahlian.", en="High pay is promised for no skill."
    ),
    evidence=(evidence(AWARENESS_TEXT, "gaji besar tanpa keahlian", stance=Stance.QUOTED),),
)
ASK_LICENCE = Advice(
    id="check-licence",
    text=Localised(
        id="Cek nama perusahaan di daftar P3MI resmi atau tanyakan ke BP3MI.",
        en="Check the company's name in the official list of P3MI or ask BP3MI.",
    ),
    sources=("UU 18/2017 Pasal 5 (2017-11-22)", "kp2mi.go.id (2026-10)"),
)
KEEP_PROOF = Advice(
    id="keep-proof",
    text=Localised(
        id="Simpan bukti: tangkapan layar, nomor telepon, nama akun. Jangan hapus pesan.",
        en="Keep proof: screenshots, telephone numbers, account names. Do not delete messages.",
    ),
)
NO_EMPLOYER = Missing(
    rule="missing-employer",
    title=Localised(id="Nama perusahaan", en="Name of the company"),
    question=Localised(
        id="Apa nama perusahaan yang memberangkatkan, dan berapa nomor izinnya?",
        en="Which company sends the workers, and what is its licence number?",
    ),
)


def _outcome(level: Level, points: float, log_odds: float) -> Outcome:
    return Outcome(level=level, points=points, log_odds=log_odds)


WHAT_IF = WhatIf(
    without=Without(
        rules=("passport-held", "tourist-visa"),
        with_them=("no-skill-needed",),
        outcome=_outcome(Level.CAUTION, 13.0, -1.9),
        exact=False,
    ),
    without_classifier=_outcome(Level.HIGH, 71.3, 0.91),
    one_short=(
        OneShort(
            rule="debt-and-control",
            title=Localised(id="Utang & dokumen ditahan", en="Debt & papers held"),
            missing=(
                Localised(id="“Biaya <jadi> utang”", en="“The cost becomes a <debt>”"),
                Localised(id="denda", en="a fine"),
                Localised(id="potongan gaji", en="pay cut off"),
            ),
            outcome=_outcome(Level.CRITICAL, 99.8, 6.2),
        ),
    ),
    questions=(
        Question(
            rule="missing-employer",
            question=NO_EMPLOYER.question,
            worst=Answer(
                text=Localised(id="Tidak lewat PT.", en="No company."),
                outcome=_outcome(Level.CRITICAL, 99.5, 5.3),
            ),
            best=Answer(
                text=Localised(id="PT Contoh Migran.", en="PT Contoh Migran."),
                outcome=_outcome(Level.HIGH, 88.1, 2.0),
            ),
        ),
    ),
)


def _base() -> Contribution:
    return Contribution(source="base", ref="base", weight=-3.5, value=-3.5)


def _finding(rule: str, weight: float, value: float | None = None) -> Contribution:
    return Contribution(
        source="finding", ref=rule, weight=weight, value=weight if value is None else value
    )


CRITICAL = report_of(
    CRITICAL_TEXT,
    (
        _finding("passport-held", 3.0),
        _finding("tourist-visa", 2.5),
        _finding("pay-far-above-reference", 1.6),
        _finding("no-skill-needed", 0.8, 0.2),
        Contribution(source="kind", ref="offer", weight=0.0, value=0.0),
        _base(),
    ),
    level=Level.CRITICAL,
    level_of_points=Level.HIGH,
    floors=("passport-held",),
    harms=(
        HarmShare(harm=Harm.TRAFFICKING, log_odds=7.1),
        HarmShare(harm=Harm.MONEY_FRAUD, log_odds=1.6),
    ),
    findings=(PASSPORT, VISA, PAY, EASY),
    missing=(NO_EMPLOYER,),
    advice=(KEEP_PROOF, ASK_LICENCE),
    what_if=WHAT_IF,
)
HIGH = report_of(
    CRITICAL_TEXT,
    (_finding("tourist-visa", 2.5), _finding("pay-far-above-reference", 1.6), _base()),
    level=Level.HIGH,
    findings=(VISA, PAY),
    harms=(HarmShare(harm=Harm.TRAFFICKING, log_odds=4.1),),
    advice=(ASK_LICENCE,),
    keep_text=True,
    model="cd" * 32,
)
CAUTION = report_of(
    CRITICAL_TEXT,
    (_finding("pay-far-above-reference", 1.6), _base()),
    level=Level.CAUTION,
    kind=Kind.INQUIRY,
    findings=(PAY,),
    what_if=WhatIf(),
)
LOW = report_of(
    LOW_TEXT,
    (_finding("contract-before-departure", -0.8), _base()),
    level=Level.LOW,
    findings=(CONTRACT,),
    advice=(ASK_LICENCE,),
    what_if=WhatIf(),
)
AWARENESS = report_of(
    AWARENESS_TEXT,
    (Contribution(source="kind", ref="awareness", weight=-1.0, value=-1.0), _base()),
    level=Level.LOW,
    kind=Kind.AWARENESS,
    mentioned=(WARNED_PAY,),
)
OTHER = report_of(
    "Selamat pagi semuanya.", (_base(),), level=Level.LOW, kind=Kind.OTHER, keep_text=True
)

REPORTS: dict[str, tuple[Report, str]] = {
    "critical": (CRITICAL, CRITICAL_TEXT),
    "high": (HIGH, CRITICAL_TEXT),
    "caution": (CAUTION, CRITICAL_TEXT),
    "low": (LOW, LOW_TEXT),
    "awareness": (AWARENESS, AWARENESS_TEXT),
    "other": (OTHER, "Selamat pagi semuanya."),
}
