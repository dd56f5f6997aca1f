"""Keeps docs/rule-language.md in step with the code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from offer_screen.authoring.layout_check import LAYOUT_CHECKS
from offer_screen.facts import FACT_CLASSES, FactBase
from offer_screen.rules.editor_schemas import KINDS, file_name, schema_of
from offer_screen.rules.fields import field_types
from offer_screen.rules.lint import CHECKS
from offer_screen.rules.loader import shipped_pack
from offer_screen.rules.schema import Rule
from offer_screen.rules.source import parse_source
from offer_screen.rules.templates import kinds_of
from offer_screen.rules.validation import validate

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rule-language.md").read_text(encoding="utf-8")


def test_every_code_is_documented_and_exists() -> None:
    used = {
        code
        for path in (ROOT / "src" / "offer_screen" / "rules").glob("*.py")
        for code in re.findall(r'"(R[0-9]{3})"', path.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"^\| (R[0-9]{3}) \|", PAGE, flags=re.MULTILINE)) == used


def test_every_check_of_lint_is_documented_as_it_is() -> None:
    page = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    rows = [
        f"| {check.code} | {check.severity.value} | {check.meaning} | {check.recommendation} |"
        for check in (*CHECKS, *LAYOUT_CHECKS)
    ]
    assert [line for line in page.splitlines() if re.match(r"\| L[0-9]", line)] == rows


@pytest.mark.parametrize("fact_class", FACT_CLASSES)
def test_every_fact_is_documented_with_its_fields(fact_class: type[FactBase]) -> None:
    kinds = ", ".join(f"`{kind}`" for kind in kinds_of(fact_class))
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {kinds} |"))
    fields = row.split("|")[2].split(";")
    shown = {field.split("`")[1]: field.split("`")[2].startswith("?") for field in fields}
    assert shown == {name: field.optional for name, field in field_types(fact_class).items()}


def test_every_key_of_a_rule_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert set(Rule.model_fields) <= documented


def test_the_example_rule_is_valid() -> None:
    block = re.search(r"## A rule\n\n```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert block is not None
    source, errors = parse_source(block[1].encode(), "example.yaml")
    assert not errors
    assert source is not None
    assert isinstance(validate(Rule, source), Rule)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_for_editors_is_fresh(kind: str) -> None:
    # Releases of pydantic word a schema differently: what counts is that no key is lacking.
    written = json.loads((shipped_pack() / file_name(kind)).read_text(encoding="utf-8"))
    made = json.loads(schema_of(kind))
    how = "offer-screen rules schema --out rules"
    assert written["properties"].keys() == made["properties"].keys(), how
    assert written.get("required") == made.get("required"), how
    assert written.get("$defs", {}).keys() == made.get("$defs", {}).keys(), how
