"""Known employers that a text names, and whose web and mail addresses are."""

from __future__ import annotations

import datetime as dt

import pytest

from offer_screen.extract.contact import Banks, find_contacts
from offer_screen.extract.employer import EmployerFinder
from offer_screen.extract.web import Domains
from offer_screen.facts import Email, Employer, Link
from offer_screen.rules.reference import Reference
from offer_screen.rules.reference_files import DomainsFile, EmployersFile
from offer_screen.text.normalizer import Normalizer

ORIGIN = {"source": "invented for tests", "as_of": dt.date(2026, 1, 1)}


@pytest.fixture(scope="module")
def reference() -> Reference:
    employers = {
        "migas": {
            "name": "Contoh Migas",
            "sector": "state_company",
            "aliases": ["contoh migas", "cmg"],
            "domains": ["contohmigas.com"],
            "careers": "karir.contohmigas.com",
            **ORIGIN,
        },
        "bank": {
            "name": "Bank Sendiri",
            "sector": "bank",
            "aliases": [{"text": "sendiri", "needs_context": True}, "bank sendiri"],
            "domains": ["banksendiri.co.id"],
            **ORIGIN,
        },
        "office": {
            "name": "Dinas",
            "sector": "state_body",
            "aliases": ["dinas contoh"],
            "domains": ["go.id"],
            **ORIGIN,
        },
        "shop": {
            "name": "Toko Contoh",
            "sector": "retail",
            "aliases": ["toko contoh"],
            **ORIGIN,
        },
        "gone": {
            "name": "Dulu Ada",
            "sector": "retail",
            "aliases": ["dulu ada"],
            "valid_until": dt.date(2025, 12, 31),
            **ORIGIN,
        },
    }
    words = {
        "context": ["bank", "lowongan"],
        "after": ["persero"],
        "aside": ["dekat", "token"],
        "not_employers": ["berdiri sendiri"],
        "recruiting": ["karir", "rekrutmen"],
    }
    domains = {
        **dict.fromkeys(("official", "free_mail", "short", "form", "social"), ()),
        "whatsapp": (),
        "telegram": (),
        "cheap": ("xyz", "blogspot.com"),
        **ORIGIN,
    }
    return Reference.at(
        {
            "employers": EmployersFile.model_validate({"employers": employers, "words": words}),
            "domains": DomainsFile.model_validate(domains),
        },
        dt.date(2026, 6, 1),
    )


@pytest.fixture(scope="module")
def finder(reference: Reference) -> EmployerFinder:
    return EmployerFinder(reference, Normalizer({}, frozenset()))


def facts(finder: EmployerFinder, text: str) -> list[object]:
    document = Normalizer({}, frozenset()).read(text)
    domains = Domains(free_mail=frozenset({"gmail.com"}), short=frozenset({"bit.ly"}))
    return list(finder.read(document, find_contacts(document, domains, Banks())))


def employers(finder: EmployerFinder, text: str) -> list[tuple[str, str]]:
    return [(f.employer, f.channel) for f in facts(finder, text) if isinstance(f, Employer)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Lowongan di Contoh Migas", ["migas"]),
        ("CMG membuka lowongan", ["migas"]),
        ("kerja sendiri di rumah", []),
        ("lowongan Sendiri dan Bank Sendiri", ["bank", "bank"]),
        ("Sendiri (Persero) mencari pegawai", ["bank"]),
        ("lowongan berdiri sendiri", []),
        ("warung dekat Contoh Migas", []),
        ("warung dekat kantor Contoh Migas", []),
        ("toko dekat sini. Contoh Migas butuh sopir", ["migas"]),
        ("jual token CMG", []),
        ("Dulu Ada membuka lowongan", []),
    ],
)
def test_names_count_where_an_employer_is_meant(
    finder: EmployerFinder, text: str, keys: list[str]
) -> None:
    assert [key for key, _ in employers(finder, text)] == keys


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Lowongan Contoh Migas", "none"),
        ("Lowongan Contoh Migas di karir.contohmigas.com", "official"),
        ("Lowongan Contoh Migas, surel hr@contohmigas.com atau WA 0812-3456-7890", "official"),
        ("Lowongan Contoh Migas di bit.ly/lowongan", "other"),
        ("Lowongan Contoh Migas, WA 0812-3456-7890", "other"),
        ("Lowongan Contoh Migas, surel cmg@gmail.com", "other"),
        ("Lowongan Contoh Migas di contohmigas-karir.com", "imitation"),
        ("Lowongan Contoh Migas di www.apasaja.go.id", "official"),
        ("Lowongan Dinas Contoh di daerah.go.id", "official"),
        ("Lowongan Dinas Contoh di apasaja.com", "other"),
    ],
)
def test_channel_tells_where_the_text_sends_people(
    finder: EmployerFinder, text: str, channel: str
) -> None:
    assert [found for _, found in employers(finder, text)] == [channel]


@pytest.mark.parametrize(
    ("host", "owner", "imitates", "cheap"),
    [
        ("karir.contohmigas.com", "migas", None, False),
        ("contohmigas-karir.com", None, "migas", False),
        ("karircontohmigas2026.com", None, "migas", False),
        ("contohmigas.asia", None, "migas", False),
        ("contohmigas.apasaja.com", None, "migas", False),
        ("contoh-migas.xyz", None, "migas", True),
        ("contohmigas.blogspot.com", None, "migas", True),
        ("rekrutmencmg2026.com", None, "migas", False),
        ("karir-cmg.com", None, "migas", False),
        ("acmgo-karir.com", None, None, False),
        ("contohmigasretail.com", None, None, False),
        ("karir-contohmigas.co.id", None, None, False),
        ("lowongan-kerja.xyz", None, None, True),
        ("contohmigas.go.id", None, None, False),
    ],
)
def test_web_names_belong_imitate_or_do_neither(
    finder: EmployerFinder, host: str, owner: str | None, imitates: str | None, cheap: bool
) -> None:
    (link,) = (f for f in facts(finder, f"Daftar di https://{host}/form") if isinstance(f, Link))
    assert (link.owner, link.imitates, link.cheap) == (owner, imitates, cheap)


@pytest.mark.parametrize(
    ("address", "owner", "imitates"),
    [
        ("hr@contohmigas.com", "migas", None),
        ("hr@contohmigas-karir.com", None, "migas"),
        ("contohmigas.karir@gmail.com", None, None),
    ],
)
def test_mail_is_judged_by_its_domain(
    finder: EmployerFinder, address: str, owner: str | None, imitates: str | None
) -> None:
    (mail,) = (f for f in facts(finder, f"Kirim ke {address}") if isinstance(f, Email))
    assert (mail.owner, mail.imitates) == (owner, imitates)


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("Contoh Migas", "karir.contohmigas.com"),
        ("Bank Sendiri", "banksendiri.co.id"),
        ("Dinas Contoh", "….go.id"),
        ("Toko Contoh", "Toko Contoh"),
    ],
)
def test_site_is_the_careers_page_or_the_first_domain_or_the_name(
    finder: EmployerFinder, name: str, site: str
) -> None:
    (employer,) = (f for f in facts(finder, f"Lowongan {name}") if isinstance(f, Employer))
    assert employer.site == site
