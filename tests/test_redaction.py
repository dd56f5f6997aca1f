"""What tells who people are is in no report, page, row, message, log or trace."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen import InputError, Language, Report, Screener, render
from offer_screen.batch import Fields, Record, run_batch
from offer_screen.facts import Email, FactBase, Link, Phone
from offer_screen.redaction import MASK, redacted
from offer_screen.rendering import Format
from offer_screen.values import Span

PLANTED = {
    "telephone": "0812-0000-1234",
    "telephone abroad": "+855 12 000 1234",
    "in a link": "6281200005678",
    "NIK": "3201010101900001",
    "passport": "C0001234",
    "account": "1230004567",
    "mail": "rahmat.contoh@gmail.com",
    "mail of an own domain": "siti@sitiwulandari.example",
    "handle": "agenkontoh88",
    "name": "Wulandari",
    "second name": "Kusumawati",
    "name after a.n.": "Hardiansyah",
    "name after CP": "Rustandi",
    "name in small letters": "sumiyati",
}
OFFER = (
    "Dicari admin online penempatan Kamboja, gaji 1000 USD, visa turis dulu, paspor dipegang bos."
    f" Minat hubungi Bapak {PLANTED['name']} {PLANTED['second name']} {PLANTED['telephone']}"
    f" atau {PLANTED['telephone abroad']}, https://wa.me/{PLANTED['in a link']},"
    f" Telegram @{PLANTED['handle']}. Kirim NIK {PLANTED['NIK']}, paspor {PLANTED['passport']}."
    f" Transfer biaya Rp5.000.000 ke rek BCA {PLANTED['account']} a.n. {PLANTED['name after a.n.']}"
    f" atau email {PLANTED['mail']}, {PLANTED['mail of an own domain']}."
    f" CP: {PLANTED['name after CP']}, tanya bu {PLANTED['name in small letters']} ya."
)
WARNING = f"Waspada penipuan! {OFFER} Jangan percaya, laporkan ke polisi."
PIECES = tuple(
    {
        *PLANTED.values(),
        *(re.sub(r"\D", "", value) for value in PLANTED.values() if re.search(r"\d{4}", value)),
        "rahmat",
        "sitiwulandari",
    }
)


def left_in(output: str) -> list[str]:
    """Return what was planted and can be found."""
    low = output.lower()
    bare = re.sub(r"[^0-9a-z\n]", "", low)
    return [
        piece for piece in PIECES if piece.lower() in low or (piece.isdigit() and piece in bare)
    ]


@pytest.mark.parametrize("value", PLANTED.values(), ids=PLANTED)
def test_the_search_finds_what_was_planted(value: str) -> None:
    assert value in left_in(OFFER)


@pytest.mark.parametrize("offer", [OFFER, WARNING, f"Ini penipuan bukan? {OFFER}"])
def test_reports_and_renderings_hold_nothing_of_people(offer: str, screener: Screener) -> None:
    report = screener.screen(offer, include_text=True, what_if=True, redact=True)
    assert left_in(report.to_json()) == []
    assert left_in(repr(report)) == []
    forms: tuple[Format, ...] = ("text", "html", "markdown", "json")
    for lang in Language:
        for form in forms:
            assert left_in(render(report, form, lang=lang)) == []
            shown = render(report, form, lang=lang, text=offer)
            assert left_in(shown) == []
            assert "gaji 1000 USD" in shown or form != "html"


def test_a_redacted_report_says_the_same(screener: Screener) -> None:
    plain = screener.screen(OFFER, what_if=True)
    masked = screener.screen(OFFER, what_if=True, redact=True)
    assert masked.redacted
    assert not plain.redacted
    assert masked.score == plain.score
    assert [f.rule for f in masked.findings] == [f.rule for f in plain.findings]
    assert [f.evidence for f in masked.findings] == [f.evidence for f in plain.findings]
    assert [fact.span for fact in masked.facts] == [fact.span for fact in plain.facts]
    assert masked.what_if == plain.what_if
    assert Report.from_json(masked.to_json()) == masked


def test_words_of_facts_are_masked_where_they_stand(screener: Screener) -> None:
    report = screener.screen(OFFER, include_text=True, redact=True)
    text = report.text
    assert text is not None
    assert len(text) == report.text_length == len(OFFER)
    assert all(fact.text == text[fact.span.start : fact.span.end] for fact in report.facts)


def test_a_domain_of_ones_own_is_masked_and_a_free_one_is_not(screener: Screener) -> None:
    report = screener.screen(OFFER, redact=True)
    domains = [fact.domain for fact in report.facts if isinstance(fact, Email)]
    assert "gmail.com" in domains
    assert left_in(" ".join(domains)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_hold_nothing_of_people(screener: Screener, workers: int) -> None:
    records = [
        Record(line, id_, OFFER)
        for line, id_ in enumerate([None, "a1", 7, PLANTED["telephone"], int(PLANTED["NIK"])], 1)
    ]
    rows = list(run_batch(screener, records, workers=workers, redact=True))
    choices: tuple[Fields, ...] = ("minimal", "full")
    for fields in choices:
        told = [row.to_json(fields) for row in rows]
        assert left_in("\n".join(told)) == []
    assert [json.loads(row.to_json())["id"] for row in rows[:3]] == [None, "a1", 7]


@pytest.mark.parametrize(
    "argv",
    [
        ["screen", OFFER, "--format", form, "--lang", lang, "--redact", "--with-text"]
        for form in ("text", "html", "markdown", "json")
        for lang in ("id", "en")
    ],
)
def test_the_command_prints_nothing_of_people(
    argv: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    screener: Screener,
) -> None:
    from offer_screen.cli import ExitCode, main, options

    monkeypatch.setattr(options, "load_screener", lambda *_, **__: screener)
    assert main(argv) == ExitCode.OK
    printed = capsys.readouterr()
    assert printed.out
    assert left_in(printed.out + printed.err) == []


# --- errors and logs, with or without ------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [OFFER.encode(), [OFFER], {"text": OFFER}, OFFER * 2000, OFFER + "\udcff"],
    ids=["bytes", "list", "dict", "too long", "surrogate"],
)
@pytest.mark.parametrize("redact", [False, True])
def test_errors_hold_no_words_of_the_offer(bad: object, redact: bool, screener: Screener) -> None:
    with pytest.raises(InputError) as caught:
        screener.screen(bad, redact=redact)  # type: ignore[arg-type]
    error: BaseException | None = caught.value
    while error is not None:
        assert left_in(f"{error}{error!r}") == []
        error = error.__cause__ or error.__context__


def test_a_damaged_report_is_refused_without_its_words() -> None:
    with pytest.raises(ValueError, match="validation error") as caught:
        Report.from_json(json.dumps({"text": OFFER, "library": 3, "note": OFFER}))
    assert left_in(str(caught.value)) == []


def test_another_text_is_refused_without_its_words(screener: Screener) -> None:
    with pytest.raises(InputError) as caught:
        render(screener.screen(OFFER), text=WARNING)
    assert left_in(str(caught.value)) == []


def test_nothing_is_logged(screener: Screener, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for redact in (False, True):
            screener.screen(OFFER, include_text=True, what_if=True, redact=redact)
        assert list(screener.screen_many(["", OFFER]))
    assert left_in(caplog.text) == []


@pytest.mark.parametrize(
    "argv",
    [
        ["screen", *OFFER.split()],
        ["screen", "--", OFFER, OFFER],
        ["screen", OFFER, "--rules", "missing"],
        ["screen", OFFER, "-o", "missing/report.html"],
        ["screen", "offer.bin"],
        ["batch", "bad.jsonl", "out.jsonl"],
        ["batch", "bad.csv", "out.jsonl"],
        ["batch", "odd.csv", "out.jsonl"],
    ],
    ids=lambda argv: " ".join(argv)[:30],
)
def test_messages_of_the_command_hold_no_words_of_the_offer(
    argv: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    screener: Screener,
) -> None:
    from offer_screen.cli import main, options

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(options, "load_screener", lambda *_, **__: screener)
    lines = ["{" + OFFER, json.dumps([OFFER]), json.dumps({"text": [OFFER]}), json.dumps(OFFER)]
    (tmp_path / "bad.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "bad.csv").write_text(f'id,text\n1,"{OFFER}\n2,{OFFER}\n', encoding="utf-8")
    (tmp_path / "odd.csv").write_text(f"{OFFER}\n", encoding="utf-8")
    (tmp_path / "offer.bin").write_bytes(OFFER.encode() + b"\xff")
    main(argv)
    printed = capsys.readouterr()
    rows = tmp_path / "out.jsonl"
    assert printed.err
    assert left_in(printed.err + (rows.read_text(encoding="utf-8") if rows.exists() else "")) == []


def test_a_trace_of_a_fault_tells_where_and_not_what(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from offer_screen.cli import ExitCode, main, options

    class Broken:
        def screen(self, text: str, **_: object) -> Report:
            try:
                raise KeyError(text)
            except KeyError as error:
                raise ValueError(f"cannot read {text}") from error

    monkeypatch.setattr(options, "load_screener", lambda *_, **__: Broken())
    assert main(["screen", OFFER]) == ExitCode.INTERNAL
    told = capsys.readouterr().err
    assert "builtins.KeyError" in told
    assert "builtins.ValueError" in told
    assert "in screen" in told
    assert left_in(told) == []


def test_screening_writes_no_file_and_opens_no_connection(tmp_path: Path) -> None:
    program = """
import sys
seen = []
def watch(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        seen.append(event)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append(event)
from offer_screen import Screener, render
screener = Screener.load()
screener.screen(sys.argv[1])  # imports spaCy, whose urllib3 looks whether there is IPv6
sys.addaudithook(watch)
report = screener.screen(sys.argv[1], include_text=True, what_if=True, redact=True)
for form in ("text", "html", "markdown", "json"):
    render(report, form)
print(seen)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, OFFER],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "[]\n"
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


# --- the mask itself -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("wa 0812 0000 1234", "wa •••• •••• ••••"),
        ("(021) 0000-1234", "(•••) ••••-••••"),
        ("𝟬𝟴𝟭𝟮𝟬𝟬𝟬𝟬𝟭𝟮𝟯𝟰", "••••••••••••"),
        (
            "0\u200b8\u200b1\u200b2\u200b0000\u200b1234",
            "•\u200b•\u200b•\u200b•\u200b••••\u200b••••",
        ),
        ("3201.0101.0190.0001", "••••.••••.••••.••••"),
        ("paspor C 0001234", "paspor • •••••••"),
        ("rek. BRI 12345", "rek. BRI •••••"),
        ("budi [at] contoh.example", "•••• [••] ••••••.•••••••"),
        ("t.me/agenkontoh dan @agenkontoh", "t.me/•••••••••• dan @••••••••••"),
        ("Pak Haji Budi", "Pak Haji ••••"),
        ("HUBUNGI PAK BUDI SEKARANG", "HUBUNGI PAK •••• SEKARANG"),
        ("Mbak Dewi Ayu, a/n: Siti", "Mbak •••• •••, a/n: ••••"),
        ("hub. Rahmat Hidayat", "hub. •••••• •••••••"),
    ],
)
def test_what_tells_who_people_are_is_masked(text: str, masked: str) -> None:
    assert redacted(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "gaji 8.000.000 - 12.000.000 per bulan",
        "Rp15000000, Rp 12.345.678, Rp. 7 500 000",
        "gaji 25000000",
        "17-08-2026 jam 08.00 - 17.00",
        "tahun 2025-2026, usia 18 - 35, 10 jam, 25 hari",
        "gaji 1.200-1.500 USD",
        "ibu rumah tangga boleh, bapak dan ibu sekalian",
        "Hubungi kami di PT Contoh Maju",
        "Penempatan ke Taiwan dan Jepang",
        "syarat: KTP, ijazah, paspor",
    ],
)
def test_amounts_dates_and_plain_words_stay(text: str) -> None:
    assert redacted(text) == text


_PARTS = st.sampled_from(
    "Pak Bu a.n. CP: hub Budi siti @ @budi . , - / rek BCA paspor nik wa.me/ x@y.zz C1234567 "
    "0812 0000 1234 12 2026 08.00 Rp 5.000.000 a • \n \u200b 𝟬𝟴 (at) ketua saya".split(" ")
)
TEXTS = (
    st.text(max_size=80)
    | st.lists(_PARTS, max_size=25).map(" ".join)
    | st.lists(_PARTS, max_size=25).map("".join)
)


@st.composite
def texts_with_facts(draw: st.DrawFn) -> tuple[str, tuple[FactBase, ...]]:
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    facts: list[FactBase] = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = sorted((draw(ends), draw(ends)))
        span = Span(start, end)
        facts.append(
            draw(
                st.sampled_from(
                    [
                        Phone(span=span, country=None, valid=True),
                        Email(span=span, domain="contoh.example", free=False),
                        Link(span=span, domain=None, link_type="telegram"),
                    ]
                )
            )
        )
    return text, tuple(facts)


@pytest.mark.property
@given(texts_with_facts())
def test_a_mask_moves_nothing_and_hides_no_more_the_second_time(
    given_: tuple[str, tuple[FactBase, ...]],
) -> None:
    text, facts = given_
    masked = redacted(text, facts)
    assert len(masked) == len(text)
    assert all(now in (was, MASK) for was, now in zip(text, masked, strict=True))
    assert all(was.isalnum() for was, now in zip(text, masked, strict=True) if now != was)
    assert redacted(masked, facts) == masked
    assert redacted(masked) == masked
