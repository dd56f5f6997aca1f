"""Offers in the name of known employers, from text to report, with the rules that are shipped."""

from __future__ import annotations

import pytest

from offer_screen import Level, Report, Screener
from offer_screen.values import Kind


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load(engine="compiled")


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "Lowongan Bank Mandiri 2027 resmi dibuka, lulusan SMA sampai S1, link daftar di bio.",
            "employer-reached-elsewhere",
        ),
        (
            "PT Pertamina menerima karyawan baru, data diri ke hrd@pertamina-karir-contoh.com",
            "employer-name-in-web-address",
        ),
        (
            "Penerimaan pegawai PLN, SMP SMA S1 semua jurusan, penempatan sesuai domisili, gratis.",
            "known-employer-takes-everyone",
        ),
        (
            "Dibutuhkan kasir Indomaret, WA langsung ke Bu Contoh 0812-0000-0000, cepat ya.",
            "known-employer-by-private-number",
        ),
        (
            "Lowongan kerja operator, daftar di https://registrasi-contoh.click/form sekarang.",
            "vacancy-at-throwaway-address",
        ),
    ],
)
def test_borrowed_names_are_a_caution_at_least(screener: Screener, text: str, rule: str) -> None:
    report = screener.screen(text)
    assert rule in rules(report)
    assert report.level.rank >= Level.CAUTION.rank
    assert "check-official-channel" in {advice.id for advice in report.advice}


@pytest.mark.parametrize(
    "text",
    [
        "Lowongan Bank Mandiri 2027 dibuka, lulusan S1, daftar hanya di bankmandiri.co.id.",
        "Penerimaan pegawai PLN, D3 teknik, semua jurusan, gratis, daftar di rekrutmen.pln.co.id.",
        "Alfamart cabang Contoh butuh kasir, SMA, antar lamaran ke toko, Jalan Contoh 3.",
        "Mitra pengemudi dekat kantor Pelindo, antar lamaran ke CV Contoh, gaji UMK.",
        "Toko Contoh jual token PLN dan pulsa Telkomsel, butuh penjaga, datang langsung.",
    ],
)
def test_honest_uses_of_the_names_stay_low(screener: Screener, text: str) -> None:
    assert screener.screen(text).level is Level.LOW


def test_the_explanation_names_the_address_to_check(screener: Screener) -> None:
    report = screener.screen("Lowongan PT KAI dibuka, klik link pendaftaran di bio kami.")
    (finding,) = (f for f in report.findings if f.rule == "employer-reached-elsewhere")
    assert "recruitment.kai.id" in finding.explanation.id
    assert "recruitment.kai.id" in finding.explanation.en
    assert "missing-official-channel" in {missing.rule for missing in report.missing}


def test_a_warning_of_borrowed_names_is_no_offer(screener: Screener) -> None:
    report = screener.screen(
        "Waspada penipuan mengatasnamakan PT KAI! Polisi mengimbau warga tidak mengisi data di "
        "tautan pendaftaran palsu. Laporkan bila menerima pesan seperti itu."
    )
    assert report.kind is Kind.AWARENESS
    assert report.level is Level.LOW


@pytest.mark.parametrize(
    "text",
    [
        "Ia bercerita, posisi kasir itu menawarkan upah 20 juta, nyatanya lain.",
        "Dia harus menipu orang setiap hari dan upahnya separuh dari gaji yang dijanjikan.",
    ],
)
def test_what_others_were_promised_is_no_offer(screener: Screener, text: str) -> None:
    assert screener.screen(text).kind is not Kind.OFFER
