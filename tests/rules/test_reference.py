"""Reference data: the shape of the files, and what of them holds on a day."""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from offer_screen.facts import Risk
from offer_screen.rules.reference import REFERENCE_FILES, Reference
from offer_screen.rules.reference_files import (
    ChannelsFile,
    Dated,
    DestinationsFile,
    JobsFile,
    PayFile,
)
from offer_screen.rules.schema import Model
from tests.shipped_reference import DAY, FOLDER, read_files, read_reference

ORIGIN = {"source": "an act, 2024", "as_of": dt.date(2024, 1, 1)}


def country(**fields: object) -> dict[str, object]:
    return {
        "name": {"id": "Contoh", "en": "Example"},
        "aliases": ["contoh"],
        "risk": "low",
        "currency": "USD",
        **ORIGIN,
        **fields,
    }


def currencies() -> dict[str, object]:
    return {"currencies": {"USD": {"names": ["usd"], "idr": 16000, **ORIGIN}}}


def reference(day: dt.date, **fields: object) -> Reference:
    files: dict[str, Model] = {
        "destinations": DestinationsFile.model_validate(
            {"destinations": {"XA": country(**fields)}}
        ),
        "currencies": REFERENCE_FILES["currencies"].model_validate(currencies()),
    }
    return Reference.at(files, day)


def walk(value: object) -> Iterator[Dated]:
    if isinstance(value, Dated):
        yield value
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from walk(item)


# --- the shipped files ----------------------------------------------------------------------------


def test_every_shipped_file_has_a_model_and_the_other_way_round() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(REFERENCE_FILES)


@pytest.mark.parametrize("stem", sorted(REFERENCE_FILES))
def test_general_knowledge_is_marked_unverified(stem: str) -> None:
    for entry in walk(read_files()[stem]):
        if entry.source.startswith("general knowledge"):
            assert not entry.verified
        assert entry.as_of <= DAY


@pytest.mark.parametrize("stem", sorted(REFERENCE_FILES))
def test_file_round_trips_through_json(stem: str) -> None:
    model = read_files()[stem]
    assert type(model).model_validate_json(model.model_dump_json(by_alias=True)) == model


def test_reference_pickles() -> None:
    shipped = read_reference()
    assert pickle.loads(pickle.dumps(shipped)) == shipped


def test_destinations_cover_the_fact_base() -> None:
    codes = set(read_reference().country_currency)
    assert len(codes) >= 45
    assert codes >= {"KH", "MM", "LA", "TH", "PH", "MY", "SG", "HK", "TW", "KR", "JP", "SA", "ID"}


def test_scam_hubs_are_the_barred_countries() -> None:
    hubs = {
        place.country
        for place in read_reference().places
        if place.place_type == "country" and place.scam_hub
    }
    assert hubs == {"KH", "MM", "LA", "TH"}


@pytest.mark.parametrize("code", "SA AE QA KW OM BH JO IQ LB SY YE LY SD PS EG MA IR PK".split())
def test_domestic_moratorium_holds_in_the_middle_east(code: str) -> None:
    place = next(p for p in read_reference().places if p.key == code.lower())
    assert place.moratorium_domestic


def test_no_name_stands_for_two_countries_without_context() -> None:
    owners: dict[str, set[str | None]] = {}
    for place in read_reference().places:
        for name in place.names:
            if not name.needs_context:
                owners.setdefault(name.text, set()).add(place.country)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", "pp kl jb la pl sg hk us turki arab china".split())
def test_short_and_ambiguous_names_need_context(name: str) -> None:
    flags = [n.needs_context for p in read_reference().places for n in p.names if n.text == name]
    assert flags == [True] * len(flags)
    assert flags


def test_real_is_money_and_no_place() -> None:
    assert not any(n.text == "real" for p in read_reference().places for n in p.names)


def test_jobs_are_many_and_their_names_unique() -> None:
    jobs = read_reference().jobs
    assert len(jobs) >= 90
    names = Counter(alias for job in jobs.values() for alias in job.aliases)
    assert [name for name, count in names.items() if count > 1] == []


def test_zero_cost_jobs_are_the_ten_of_the_regulation() -> None:
    zero_cost = {key for key, job in read_reference().jobs.items() if job.zero_cost}
    assert zero_cost == {
        "domestic_worker",
        "babysitter",
        "caregiver",
        "household_cook",
        "family_driver",
        "gardener",
        "child_minder",
        "cleaner",
        "farm_worker",  # ladang and perkebunan are one occupation there
        "plantation_worker",
        "fishing_crew",
    }


def test_unverified_channels_claim_no_day_of_verification() -> None:
    channels = read_files()["channels"]
    assert isinstance(channels, ChannelsFile)
    for channel in channels.channels.values():
        assert channel.verified == (channel.verified_on is not None)


# --- what holds on a day --------------------------------------------------------------------------


def test_latest_wage_that_has_begun_counts() -> None:
    wages = [
        {"work": "minimum", "amount": 100, "currency": "USD", **ORIGIN},
        {"work": "minimum", "amount": 200, "currency": "USD",
         "valid_from": dt.date(2025, 1, 1), **ORIGIN},
        {"work": "minimum", "amount": 300, "currency": "USD",
         "valid_from": dt.date(2026, 1, 1), **ORIGIN},
    ]  # fmt: skip
    for day, amount in ((2024, 100), (2025, 200), (2026, 300)):
        held = reference(dt.date(day, 6, 1), wages=wages)
        assert held.reference_wage("XA", None) == amount * 16000


def test_expired_values_are_not_used() -> None:
    wage = {"work": "minimum", "amount": 100, "currency": "USD",
            "valid_until": dt.date(2024, 12, 31), **ORIGIN}  # fmt: skip
    assert reference(dt.date(2025, 1, 1), wages=[wage]).reference_wage("XA", None) is None


def test_later_policy_overrides_the_earlier_in_what_it_says() -> None:
    policies = [
        {"placement_open": True, "moratorium_domestic": True, **ORIGIN},
        {"placement_open": False, "valid_from": dt.date(2025, 3, 1), **ORIGIN},
    ]
    before = reference(dt.date(2025, 2, 28), policies=policies).places[0]
    after = reference(dt.date(2025, 3, 1), policies=policies).places[0]
    assert (before.placement_open, before.moratorium_domestic) == (True, True)
    assert (after.placement_open, after.moratorium_domestic) == (False, True)


def test_ban_does_not_hold_before_it_was_spoken() -> None:
    thailand = next(p for p in read_reference(dt.date(2024, 1, 1)).places if p.key == "th")
    assert not thailand.scam_hub
    assert thailand.risk is Risk.HIGH


@pytest.mark.parametrize(
    ("country_code", "group", "rupiah"),
    [
        ("MY", "factory", 1700 * 3950),
        ("MY", "domestic_work", 1500 * 3950),
        ("HK", "domestic_work", 5100 * 2120),
        ("TW", "care", 20_000 * 520),
        ("TW", "factory", 29_500 * 520),
        ("KR", "factory", 2_156_880 * 11.6),
        ("AU", "farm", 24.95 * 173 * 10_800),
        ("KH", "online_office", 208 * 16_500),
        ("PE", "fishing", 375 * 16_500),
        ("KR", "fishing", 400 * 16_500),
        (None, "factory", 8_500_000),
        ("MM", None, None),
    ],
)
def test_reference_wage(country_code: str | None, group: str | None, rupiah: float | None) -> None:
    expected = None if rupiah is None else pytest.approx(rupiah, rel=1e-6)
    assert read_reference().reference_wage(country_code, group) == expected


def test_home_wage_is_that_of_the_place_then_of_its_province() -> None:
    shipped = read_reference()
    assert shipped.reference_wage("ID", None, "id-jakarta") == 5_700_000
    assert shipped.reference_wage("ID", None, "id-grobogan") == 2_169_349
    assert shipped.reference_wage("ID", None) == 3_315_000


@pytest.mark.parametrize(
    ("country_code", "job", "rupiah"),
    [
        ("JP", None, 280_000 * 108),
        ("JP", "factory_worker", 280_000 * 108),
        ("JP", "nurse", 280_000 * 108 * 2.5),
        ("SG", "domestic_worker", 1500 * 12_800),
        ("SG", "factory_worker", 2500 * 12_800),
        ("KH", "online_admin", None),
        ("ID", "like_tasks", 300_000 * 26),
        ("ID", "factory_worker", 12_000_000),
        (None, "online_admin", 12_000_000),
        (None, "fishing_crew", 1200 * 16_500),
    ],
)
def test_ceiling(country_code: str | None, job: str | None, rupiah: float | None) -> None:
    expected = None if rupiah is None else pytest.approx(rupiah, rel=1e-6)
    assert read_reference().ceiling(country_code, job) == expected


def test_typical_pay_lies_below_the_ceiling_everywhere() -> None:
    shipped = read_reference()
    for code in shipped.country_currency:
        usual, most = shipped.reference_wage(code, None), shipped.ceiling(code, None)
        if usual is not None and most is not None:
            assert usual < most, code


def test_currency_tells_the_country_unless_the_world_uses_it() -> None:
    shipped = read_reference()
    assert shipped.country_of("MYR") == "MY"
    assert shipped.country_of("SGD") == "SG"
    assert shipped.country_of("USD") is None
    assert shipped.country_of("IDR") is None
    assert shipped.country_of("XXX") is None
    assert shipped.country_of("EUR") in shipped.country_currency


def test_rate_of_rupiah_is_one_and_of_unknown_money_none() -> None:
    shipped = read_reference()
    assert shipped.rate("IDR") == 1
    assert shipped.rate("MYR") == 3950
    assert shipped.rate("XXX") is None


def test_reference_without_files_answers_nothing() -> None:
    empty = Reference.at({}, DAY)
    assert empty.places == ()
    assert empty.domains is None
    assert empty.reference_wage("MY", "factory") is None
    assert empty.reference_wage(None, None) is None
    assert empty.ceiling("ID", "driver") is None


def test_file_under_a_wrong_name_is_refused() -> None:
    with pytest.raises(TypeError, match="jobs"):
        Reference.at({"jobs": read_files()["pay"]}, DAY)


# --- what authors get wrong -----------------------------------------------------------------------


def test_validity_must_run_forwards() -> None:
    with pytest.raises(ValidationError, match="valid_until lies before valid_from"):
        Dated.model_validate(
            {**ORIGIN, "valid_from": dt.date(2025, 1, 1), "valid_until": dt.date(2024, 1, 1)}
        )


def test_place_keys_are_unique() -> None:
    place = {"key": "xa", "name": "Kota", "type": "city", "aliases": ["kota contoh"]}
    with pytest.raises(ValidationError, match="stands twice"):
        DestinationsFile.model_validate({"destinations": {"XA": country(places=[place])}})


def test_region_of_a_place_must_exist() -> None:
    place = {"key": "xa-kota", "name": "Kota", "type": "city", "region": "xa-nowhere"}
    with pytest.raises(ValidationError, match="unknown region"):
        DestinationsFile.model_validate({"destinations": {"XA": country(places=[place])}})


@pytest.mark.parametrize(
    ("job", "message"),
    [
        ({"group": "nothing"}, "unknown group"),
        ({"group": "other", "pay_factor": 2}, "only skilled work"),
    ],
)
def test_job_mistakes(job: dict[str, object], message: str) -> None:
    words = {"id": "contoh", "en": "example"}
    raw = {
        **ORIGIN,
        "groups": {"other": words},
        "jobs": {"example": {"name": words, "aliases": ["contoh"], **job}},
    }
    with pytest.raises(ValidationError, match=message):
        JobsFile.model_validate(raw)


def test_wages_are_positive() -> None:
    pay = read_files()["pay"]
    assert isinstance(pay, PayFile)
    with pytest.raises(ValidationError):
        PayFile.model_validate({**pay.model_dump(by_alias=True), "task_day_ceiling": 0})


# --- employers ------------------------------------------------------------------------------------


def test_employers_are_many_and_in_every_sector_that_is_imitated() -> None:
    employers = read_reference().employers
    assert len(employers) >= 80
    assert {entry.sector for entry in employers.values()} >= {
        "bank", "state_company", "state_body", "airline", "retail", "mining_energy",
    }  # fmt: skip


def test_no_alias_and_no_domain_stands_for_two_employers() -> None:
    aliases: Counter[str] = Counter()
    for entry in read_reference().employers.values():
        aliases.update({alias if isinstance(alias, str) else alias.text for alias in entry.aliases})
    assert [name for name, count in aliases.items() if count > 1] == []


def test_careers_page_lies_on_a_domain_of_the_employer() -> None:
    for key, entry in read_reference().employers.items():
        if entry.careers is not None:
            assert any(entry.careers.endswith(domain) for domain in entry.domains), key
