"""The generated reference: whole, the same twice, and known to be stale when it is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from offer_screen.authoring.reference_pages import (
    INDEX,
    MARK,
    check_pages,
    reference_pages,
    write_pages,
)
from offer_screen.errors import InputError
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.ruleset import RuleSet


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    return load_ruleset()


@pytest.fixture(scope="module")
def pages(shipped: RuleSet) -> dict[str, str]:
    return dict(reference_pages(shipped))


def test_every_rule_has_a_section_and_a_line_in_the_index(
    shipped: RuleSet, pages: dict[str, str]
) -> None:
    for rule in shipped.rules.values():
        page = pages[f"{rule.category}.md"]
        assert f"\n## {rule.id}\n" in page
        assert f"]({rule.category}.md#{rule.id})" in pages[INDEX]


def test_every_link_leads_to_a_section(pages: dict[str, str]) -> None:
    for page in pages.values():
        for target, anchor in re.findall(r"\]\(([a-z-]+\.md)#([a-z0-9-]+)\)", page):
            assert f"\n## {anchor}\n" in pages[target]


def test_a_section_says_what_the_rule_means_and_when_it_fires(pages: dict[str, str]) -> None:
    section = pages["cost.md"].split("\n## ")
    about = next(part for part in section if part.startswith("fee-upfront\n"))
    for wanted in (
        "**Money is asked for in advance** / Diminta membayar di depan",
        "severity high",
        "weight +2.2",
        "- all of:",
        "signal paid-before-anything",
        "fact destination where abroad is true",
        "Stays away from:",
        "Honest texts that look like it:",
        "Kemnaker",
        "ILO: debt-bondage",
        "See also [pay-to-personal-account](cost.md#pay-to-personal-account)",
    ):
        assert wanted in about


def test_words_of_a_rule_are_shown_as_they_are(shipped: RuleSet) -> None:
    rule = shipped.rules["fee-upfront"].model_copy(update={"rationale": "a *b* <i> | _c_ d_e\n# f"})
    ruleset = replace(shipped, rules={**shipped.rules, rule.id: rule})
    page = reference_pages(ruleset)["cost.md"]
    assert r"a \*b\* \<i\> \| \_c\_ d_e \# f" in page


def test_pages_that_were_written_are_fresh(pages: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "docs" / "rules"
    assert len(write_pages(pages, out).stale) == len(pages)
    assert check_pages(pages, out).fresh
    assert write_pages(pages, out).fresh


def test_what_is_stale_or_superfluous_is_told_and_mended(
    pages: dict[str, str], tmp_path: Path
) -> None:
    write_pages(pages, tmp_path)
    (tmp_path / "pay.md").write_text(f"{MARK}\nold\n", encoding="utf-8")
    (tmp_path / "gone.md").write_text(f"{MARK}\n# Gone\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Written by hand\n", encoding="utf-8")
    found = check_pages(pages, tmp_path)
    assert (found.stale, found.superfluous, found.fresh) == (("pay.md",), ("gone.md",), False)
    write_pages(pages, tmp_path)
    assert check_pages(pages, tmp_path).fresh
    assert (tmp_path / "notes.md").is_file()
    assert not (tmp_path / "gone.md").exists()


def test_a_folder_that_cannot_be_written_is_told(pages: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot write the pages"):
        write_pages(pages, tmp_path / "file" / "rules")
