"""What would change the level, in every form and both languages."""

from __future__ import annotations

import html
import re

import pytest

from offer_screen.rendering import Format, render
from offer_screen.results import Report, WhatIf
from offer_screen.values import Language, Level
from tests.render.reports import CAUTION, CRITICAL, LOW

SHOWN: tuple[Format, ...] = ("text", "html", "markdown")
TITLE = {Language.ID: "Yang bisa mengubah tingkat", Language.EN: "What could change the level"}


def words_of(report: Report, format_: Format, lang: Language) -> str:
    """Return the report's words on one line, without markup."""
    rendered = render(report, format_, lang=lang)
    if format_ == "html":
        rendered = html.unescape(re.sub(r"<[^>]+>", " ", rendered))
    if format_ == "markdown":
        rendered = re.sub(r"\\(.)", r"\1", rendered)
    return " ".join(rendered.split())


@pytest.mark.parametrize("format_", SHOWN)
@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            Language.ID,
            (
                "Tanpa “Paspor dipegang orang lain” dan “Kerja dengan visa turis” tingkatnya"
                " waspada (skor 13,0), bukan kritis.",
                "Ikut gugur karena bertumpu padanya: “Tanpa keahlian”.",
                "tidak semua gabungan dicoba",
                "Tanpa penilaian pola kata (model bahasa) tingkatnya tinggi (skor 71,3).",
                "Jika jawabannya “Tidak lewat PT”: kritis (skor 99,5). Jika “PT Contoh Migran”:"
                " tinggi (skor 88,1).",
                "Utang & dokumen ditahan",
                "Kurang: “Biaya <jadi> utang”, denda atau potongan gaji. Dengan itu tingkatnya"
                " kritis (skor 99,8).",
            ),
        ),
        (
            Language.EN,
            (
                "Without “Passport kept by somebody else” and “Work on a tourist visa” the level"
                " would be caution (score 13.0), not critical.",
                "These rest on them and would go as well: “No skill needed”.",
                "not every combination was tried",
                "(language model) the level would be high (score 71.3).",
                "If the answer is “No company”: critical (score 99.5). If “PT Contoh Migran”:"
                " high (score 88.1).",
                "Debt & papers held",
                "Lacking: “The cost becomes a <debt>”, a fine or pay cut off. With it the level"
                " would be critical (score 99.8).",
            ),
        ),
    ],
)
def test_everything_is_said(format_: Format, lang: Language, sentences: tuple[str, ...]) -> None:
    words = words_of(CRITICAL, format_, lang)
    assert TITLE[lang] in words
    for sentence in sentences:
        assert sentence in words


@pytest.mark.parametrize("format_", SHOWN)
def test_a_level_that_red_flags_do_not_carry_is_said_to_be_so(format_: Format) -> None:
    assert CAUTION.level is Level.CAUTION
    words = words_of(CAUTION, format_, Language.ID)
    assert "Tanpa semua alasan di atas pun tingkatnya tetap waspada" in words


@pytest.mark.parametrize("format_", SHOWN)
@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("what_if", [None, WhatIf()])
def test_where_nothing_was_asked_or_found_nothing_is_shown(
    format_: Format, lang: Language, what_if: WhatIf | None
) -> None:
    report = LOW.model_copy(update={"what_if": what_if})
    assert TITLE[lang] not in words_of(report, format_, lang)


def test_json_holds_it_all() -> None:
    assert Report.from_json(render(CRITICAL, "json")) == CRITICAL
