from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offer_screen.errors import (
    InvalidRuleSet,
    RuleReferenceError,
    RuleSchemaError,
    RuleSyntaxError,
)
from offer_screen.rules.loader import load_ruleset, shipped_pack
from offer_screen.rules.ruleset import RuleSet
from tests.rules.conftest import BAD_PACKS, GOOD_PACK, EditPack


def load_errors(pack: Path) -> list[str]:
    with pytest.raises(InvalidRuleSet) as caught:
        load_ruleset([pack])
    lines = []
    for error in caught.value.errors:
        assert error.location is not None
        path = error.location.path.removeprefix(f"{pack.as_posix()}/")
        lines.append(f"{path}:{error.location.line}:{error.location.column} {error.code}")
    return lines


def test_a_good_pack_loads(small: RuleSet) -> None:
    assert list(small.rules) == ["pay-far-above", "pay-without-skill", "upfront-fee"]
    assert list(small.missing) == ["missing-visa"]
    assert list(small.signals) == ["fee-asked", "no-skill", "vacancy"]
    assert small.lexicon["payment"] == ("dibayar", "ditransfer")
    assert small.slang["gk"].normal == "tidak"
    assert list(small.reference) == ["channels"]
    assert small.paths == (GOOD_PACK,)


def test_rules_and_what_may_be_missing_are_one_program(small: RuleSet) -> None:
    strata = {rule.id: rule.stratum for rule in small.program.rules}
    assert strata == {
        "missing-visa": 0,
        "pay-far-above": 0,
        "upfront-fee": 0,
        "pay-without-skill": 1,
    }


def test_the_shipped_pack_loads() -> None:
    assert load_ruleset().paths == (shipped_pack(),)


BAD = sorted(path.name for path in BAD_PACKS.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_pack_is_refused_with_every_error(name: str, pack: Path) -> None:
    """Each folder lies over the good pack; ``removed.txt`` names files to take away."""
    overlay = BAD_PACKS / name
    for file in overlay.rglob("*"):
        if file.is_file() and file.suffix != ".txt":
            target = pack / file.relative_to(overlay)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    removed = overlay / "removed.txt"
    for line in removed.read_text().split() if removed.exists() else ():
        (pack / line).unlink()
    assert load_errors(pack) == (overlay / "expected.txt").read_text().splitlines()


def test_errors_are_of_the_class_that_their_code_says(edit: EditPack) -> None:
    edit("text/slang.yaml", ("gk:", "\tgk:"))
    edit("pay/pay-far-above.yaml", ("severity: high", "severity: tinggi"))
    pack = edit("pay/pay-without-skill.yaml", ("no-skill]", "no-skil]"))
    with pytest.raises(InvalidRuleSet) as caught:
        load_ruleset([pack])
    assert [type(error) for error in caught.value.errors] == [
        RuleSchemaError,
        RuleReferenceError,
        RuleSyntaxError,
    ]


def test_an_error_shows_line_caret_and_hint(edit: EditPack) -> None:
    pack = edit("pay/pay-far-above.yaml", ("specificity: high", "specificity: hihg"))
    with pytest.raises(InvalidRuleSet) as caught:
        load_ruleset([pack])
    assert str(caught.value.errors[0]).splitlines() == [
        f"{pack.as_posix()}/pay/pay-far-above.yaml:5:14: "
        "R104 specificity: should be 'low', 'medium' or 'high' (got 'hihg')",
        "    5 | specificity: hihg",
        "                     ^",
        "      = did you mean 'high'?",
    ]


def test_a_folder_of_further_rules_joins_a_pack(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "cost"
    folder.mkdir(parents=True)
    text = (GOOD_PACK / "cost" / "upfront-fee.yaml").read_text()
    (folder / "own-fee.yaml").write_text(text.replace("id: upfront-fee", "id: own-fee"))
    ruleset = load_ruleset([GOOD_PACK, tmp_path / "own"])
    assert "own-fee" in ruleset.rules
    assert "upfront-fee" in ruleset.rules


def test_a_pack_alone_needs_its_settings(tmp_path: Path) -> None:
    (tmp_path / "signals").mkdir()
    assert load_errors(tmp_path) == [
        "kinds.yaml:1:1 R217",
        "pack.yaml:1:1 R217",
        "stance.yaml:1:1 R217",
    ]


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRuleSet) as caught:
        load_ruleset([tmp_path / "nowhere"])
    assert [error.code for error in caught.value.errors] == ["R001"]


def test_notes_and_hidden_files_are_passed_over(pack: Path) -> None:
    (pack / "README.md").write_text("# Notes\n")
    (pack / ".hidden.yaml").write_text("{")
    (pack / ".cache").mkdir()
    (pack / ".cache" / "x.yaml").write_text("{")
    assert load_ruleset([pack])


def test_line_ends_and_byte_order_marks_do_not_matter(pack: Path, small: RuleSet) -> None:
    for path in pack.rglob("*.yaml"):
        data = path.read_bytes().replace(b"\n", b"\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + data)
    assert load_ruleset([pack]) == small


def test_a_file_that_cannot_be_read_raises_no_further_errors(edit: EditPack) -> None:
    pack = edit("signals/basic.yaml", ("signals:", "signals: ["))
    assert [line.split()[1] for line in load_errors(pack)] == ["R005"]


def test_a_built_in_signal_may_be_asked_about(edit: EditPack) -> None:
    pack = edit("pay/pay-without-skill.yaml", ("no-skill]", "hidden-writing]"))
    assert load_ruleset([pack])


FILES = sorted(path.relative_to(GOOD_PACK).as_posix() for path in GOOD_PACK.rglob("*.yaml"))
JUNK = st.sampled_from(
    [
        *"{}[]:,-#&*!|>'\"%@`?\t\n~ ",
        ": ",
        "- ",
        "  ",
        "null",
        "true",
        "1",
        "0812",
        "''",
        "<<: ",
        "é",
        "\u2028",
        "\x00",
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    file = draw(st.sampled_from(FILES))
    text = (GOOD_PACK / file).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 20])))
        text = text[:start] + draw(JUNK) + text[end:]
    return file, text


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutation=mutations())
def test_a_mutated_pack_loads_or_is_refused_with_places(
    mutation: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file, text = mutation
    pack = tmp_path_factory.mktemp("mutated") / "pack"
    shutil.copytree(GOOD_PACK, pack)
    (pack / file).write_text(text, encoding="utf-8", newline="")
    try:
        ruleset = load_ruleset([pack])
    except InvalidRuleSet as error:
        places = [item.location for item in error.errors]
    else:
        places = []
        assert RuleSet.from_json(ruleset.to_json()) == ruleset
    finally:
        shutil.rmtree(pack)
    assert all(place is not None and place.line >= 1 for place in places)
