"""Phones, links, mail addresses and accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.extract.contact import Banks, Domains, find_contacts, read_number
from offer_screen.extract.web import registrable
from offer_screen.facts import BankAccount, Email, Link, Phone
from offer_screen.text.normalizer import Normalizer

Contact = Phone | Link | Email | BankAccount
Finder = Callable[[str], tuple[Contact, ...]]

DOMAINS = Domains(
    official=frozenset({"kp2mi.go.id", "bp2mi.go.id", "kemnaker.go.id", "siskop2mi.bp2mi.go.id"}),
    free_mail=frozenset({"gmail.com", "yahoo.co.id"}),
    short=frozenset({"bit.ly", "s.id", "linktr.ee"}),
    form=frozenset({"forms.gle", "docs.google.com/forms"}),
    social=frozenset({"facebook.com"}),
    whatsapp=frozenset({"wa.me", "whatsapp.com"}),
    telegram=frozenset({"t.me"}),
)
BANKS = Banks.from_lexicon(
    {"bank": ("bca", "bri", "mandiri"), "e-wallet": ("dana", "ovo", "gopay", "brilink")}
)


@pytest.fixture(scope="module")
def find(normalizer: Normalizer) -> Finder:
    return lambda text: find_contacts(normalizer.read(text), DOMAINS, BANKS)


def phones(found: tuple[Contact, ...]) -> list[tuple[str | None, bool, str]]:
    return [(f.country, f.valid, f.channel) for f in found if isinstance(f, Phone)]


def links(found: tuple[Contact, ...]) -> list[tuple[str | None, str]]:
    return [(f.domain, f.link_type) for f in found if isinstance(f, Link)]


def accounts(found: tuple[Contact, ...]) -> list[tuple[str | None, bool]]:
    return [(f.bank, f.personal) for f in found if isinstance(f, BankAccount)]


@pytest.mark.parametrize(
    ("text", "country", "channel"),
    [
        ("hub 0812-0000-1234", "ID", "phone"),
        ("WA: 081200001234", "ID", "whatsapp"),
        ("telp 0812 0000 1234", "ID", "phone"),
        ("wa O812 0000 1234", "ID", "whatsapp"),
        ("chat o8i2-0000-1234", "ID", "whatsapp"),
        ("62 8 1 2 0 0 0 0 1 2 3 4", "ID", "phone"),
        ("wa 812 0000 1234", "ID", "whatsapp"),
        ("hub +62 812-0000-1234 (Telegram)", "ID", "telegram"),
        ("telegram: +6281200001234", "ID", "telegram"),
        ("+855 12 345 678", "KH", "phone"),
        ("+60 12-345 6789 (wa)", "MY", "whatsapp"),
        ("hubungi 60123456789", "MY", "phone"),
        ("(021) 555 0123 kantor", "ID", "phone"),
        ("wa.me/6281200001234", "ID", "whatsapp"),
        ("https://wa.me/+6281200001234?text=hai", "ID", "whatsapp"),
        ("https://api.whatsapp.com/send?phone=6281200001234", "ID", "whatsapp"),
        ("t.me/+6281200001234", "ID", "telegram"),
        ("wa .me/6281200001234", "ID", "whatsapp"),
        ("nol delapan satu dua nol nol nol nol satu dua tiga empat", "ID", "phone"),
        ("usia 18-35 tahun, 0812-0000-1234", "ID", "phone"),
    ],
)
def test_numbers_are_found_with_country_and_channel(
    find: Finder, text: str, country: str, channel: str
) -> None:
    assert phones(find(text)) == [(country, True, channel)]


def test_a_masked_number_is_a_number_that_is_not_valid(find: Finder) -> None:
    assert phones(find("hub 0812 - xxxx - 3344")) == [("ID", False, "phone")]


@pytest.mark.parametrize(
    "text",
    [
        "0812-0000-1234 / 0813-0000-5678",
        "0812 0000 1234 0813 0000 5678",
        "081200001234\n081300005678",
    ],
)
def test_two_numbers_in_a_row_stay_two(find: Finder, text: str) -> None:
    assert len(phones(find(text))) == 2


def test_the_second_of_two_numbers_takes_the_channel_of_the_first(find: Finder) -> None:
    assert phones(find("WA 0812-0000-1234 / 0813-0000-5678")) == [
        ("ID", True, "whatsapp"),
        ("ID", True, "whatsapp"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "gaji 5.000.000 - 7.000.000",
        "Rp62.000.000",
        "tgl 01-02-2026 08.00",
        "2026-02-01",
        "NIB: 1234567890123",
        "NIK 3201010101010001",
        "rek BCA 0812000012",
        "kirim ke dana 081200001234",
        "usia 18-35 tahun kontrak 2 tahun",
        "kontrak 24 bulan 8 jam 6 hari",
        "Jl. Contoh No. 12 RT 01/02",
        "SIP3MI No. 214 Tahun 2020",
        "kode 085212",
    ],
)
def test_other_digits_are_no_telephone_numbers(find: Finder, text: str) -> None:
    assert phones(find(text)) == []


def test_unreadable_numbers_have_no_country() -> None:
    assert read_number("+999999999999").country is None
    assert not read_number("bukan").valid


@pytest.mark.parametrize(
    ("text", "domain", "link_type"),
    [
        ("daftar di https://bit.ly/contoh ya", "bit.ly", "short"),
        ("s.id/contoh", "s.id", "short"),
        ("linktr.ee/contoh", "linktr.ee", "short"),
        ("forms.gle/abc,", "forms.gle", "form"),
        ("docs.google.com/forms/d/x", "google.com", "form"),
        ("docs.google.com/document/d/x", "google.com", "web"),
        ("wa.me/6281200001234", "wa.me", "whatsapp"),
        ("chat.whatsapp.com/AbCd", "whatsapp.com", "whatsapp"),
        ("t.me/contohgrup", "t.me", "telegram"),
        ("WA .ME/6281200001234", "wa.me", "whatsapp"),
        ("www.contoh-migran.co.id/karir", "contoh-migran.co.id", "web"),
        ("unduh loker.apk", "loker.apk", "apk"),
        ("http://contoh.xyz/undangan.apk", "contoh.xyz", "apk"),
        ("facebook.com/contoh", "facebook.com", "social"),
        ("siskop2mi.bp2mi.go.id", "bp2mi.go.id", "official"),
        ("https://siapkerja.kemnaker.go.id.", "kemnaker.go.id", "official"),
        ("disnaker.contohkab.go.id", "contohkab.go.id", "official"),
        ("kemnaker.go.id.daftar.xyz", "daftar.xyz", "lookalike"),
        ("bp2mi-go.id", "bp2mi-go.id", "lookalike"),
        ("siskop2mi.online", "siskop2mi.online", "lookalike"),
        ("kemnaker-loker.com", "kemnaker-loker.com", "lookalike"),
        ("loker-indonesia.com", "loker-indonesia.com", "web"),
    ],
)
def test_links_are_told_apart_by_their_domain(
    find: Finder, text: str, domain: str, link_type: str
) -> None:
    assert links(find(text)) == [(domain, link_type)]


@pytest.mark.parametrize(
    ("text", "link_type"),
    [
        ("follow @contohloker", "social"),
        ("tele @contohloker", "telegram"),
        ("IG: contoh.loker", "social"),
        ("fb : contohloker", "social"),
        ("telegram: contohloker", "telegram"),
    ],
)
def test_handles_have_no_domain(find: Finder, text: str, link_type: str) -> None:
    assert links(find(text)) == [(None, link_type)]


@pytest.mark.parametrize(
    "text",
    [
        "gaji besar.minat japri",
        "kerja.di luar negeri",
        "lengkap.hub admin",
        "k@mboja g@ji @dmin",
        "gaji 5.000.000",
        "@15rb per tugas",
        "PT.Contoh Migran",
        "1.Usia 2.Sehat",
    ],
)
def test_glued_words_and_prices_are_no_links(find: Finder, text: str) -> None:
    assert links(find(text)) == []


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.contoh.co.id", "contoh.co.id"),
        ("contoh.id", "contoh.id"),
        ("x.contoh.com", "contoh.com"),
        ("x.contoh.com.my", "contoh.com.my"),
        ("go.id", "go.id"),
        ("desa.contoh.desa.id", "contoh.desa.id"),
    ],
)
def test_the_registrable_domain_knows_second_levels(host: str, domain: str) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("text", "domain", "free", "official"),
    [
        ("kirim ke hrd.contoh@gmail.com", "gmail.com", True, False),
        ("HRD@CONTOH.CO.ID", "contoh.co.id", False, False),
        ("info@kp2mi.go.id", "kp2mi.go.id", False, True),
        ("nama (at) gmail dot com", "gmail.com", True, False),
        ("nama[at]gmail.com", "gmail.com", True, False),
        ("nama at gmail dot com", "gmail.com", True, False),
        ("nama @ yahoo.co.id", "yahoo.co.id", True, False),
    ],
)
def test_mail_addresses_keep_only_their_domain(
    find: Finder, text: str, domain: str, *, free: bool, official: bool
) -> None:
    found = find(text)
    assert [(f.kind, getattr(f, "domain", None)) for f in found] == [("email", domain)]
    assert [(f.free, f.official) for f in found if isinstance(f, Email)] == [(free, official)]


@pytest.mark.parametrize(
    ("text", "bank", "personal"),
    [
        ("transfer ke rek pribadi", None, True),
        ("tf ke bca a/n Contoh 1234567890", "bca", True),
        ("kirim ke dana 081200001234", "dana", True),
        ("bayar via ovo/gopay admin", "ovo", True),
        ("rek a.n pak haji", None, True),
        ("rekening bendahara", None, True),
        ("tf lewat brilink", "brilink", True),
        ("bayar ke mbak aja", None, True),
        ("dp 20jt tf ke rek saya", None, True),
        ("tf ke admin dulu", None, True),
        ("bayar ke rek PT", None, False),
        ("transfer ke rekening BRI a.n PT Contoh Migran", "bri", False),
        ("bayar admin 500rb ke BCA 1234567890 a.n. Contoh", "bca", True),
        ("tf ke Mandiri 1234567890", "mandiri", False),
    ],
)
def test_accounts_that_money_goes_to(
    find: Finder, text: str, bank: str | None, *, personal: bool
) -> None:
    assert accounts(find(text)) == [(bank, personal)]


@pytest.mark.parametrize(
    "text",
    [
        "Bank BCA membuka lowongan teller",
        "karir di BRI, kirim lamaran ke BRI pusat",
        "Butuh rekening BCA + ATM, fee 500rb per rek",
        "gaji ditransfer ke rekening masing-masing",
        "wajib punya rekening BCA",
        "biaya mandiri",
        "ada dana talangan",
        "bayar pakai dana sendiri",
        "bukti tf ke admin",
    ],
)
def test_banks_and_own_accounts_are_no_payees(find: Finder, text: str) -> None:
    assert accounts(find(text)) == []


def test_nothing_private_is_kept(find: Finder) -> None:
    found = find("hub 0812-0000-1234, rahasia@gmail.com, tf BCA 1234567890 a.n Contoh, @rahasia")
    kept = " ".join(fact.model_dump_json(exclude={"span"}) for fact in found)
    assert len(found) == 4
    assert all(fact.text is None for fact in found)
    assert not any(secret in kept for secret in ("0812", "1234", "rahasia", "Contoh"))


PARTS = st.sampled_from(
    ["0812-0000-1234", "+62", "wa", "rek", "bca", "a.n", "PT", "@", "gmail.com", "(at)", "dot",
     "https://", "www.", "wa.me/", ".", "/", ":", "-", " ", "\n", "xxxx", "O8", "go.id", "ig:"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PARTS, max_size=30).map("".join)))
def test_any_text_gives_contacts_inside_it(normalizer: Normalizer, text: str) -> None:
    for fact in find_contacts(normalizer.read(text), DOMAINS, BANKS):
        assert 0 <= fact.span.start < fact.span.end <= len(text)
