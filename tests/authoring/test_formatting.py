from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.authoring.formatting import format_pack, format_text
from offer_screen.authoring.mending import mend_pack, mend_text
from offer_screen.errors import InvalidRuleSet
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.source import Plain, parse_source
from tests.rules.conftest import GOOD_PACK

HEADER = "# yaml-language-server: $schema=../rule.schema.json\n"
FILES = {path: path.read_text(encoding="utf-8") for path in sorted(GOOD_PACK.rglob("*.yaml"))}


def value_of(text: str) -> Plain:
    source, _ = parse_source(text.encode("utf-8", "surrogatepass"), "f.yaml")
    return source.value if source else None


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("a:   1\n", "a: 1\n"),
        ("a: 1", "a: 1\n"),
        ("a: 1   \n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("\ufeffa: 1\n", "a: 1\n"),
        ("a:\n- x\n- y\n", "a:\n  - x\n  - y\n"),
        ("a:\n      - b: 1\n        c: 2\n", "a:\n  - b: 1\n    c: 2\n"),
        ("a: {b: 1,c: 2}\n", "a: {b: 1, c: 2}\n"),
        ("a: [{b: x}, {c: y}]\n", "a: [{b: x}, {c: y}]\n"),
        ("a: 'x'\n", 'a: "x"\n'),
        ("a: '\\bx'\n", "a: '\\bx'\n"),
        ('a: "\\\\bx"\n', "a: '\\bx'\n"),
        ("a: 'say \"x\"'\n", "a: 'say \"x\"'\n"),
        ('a: "it\'s"\n', 'a: "it\'s"\n'),
        ('a: "x\\u200by"\n', 'a: "x\\u200by"\n'),
        ("a: [x\u2028y]\n", 'a: ["x\\u2028y"]\n'),
        ("a: no\nb: 12:30\nc: 0812\nd: 1_000\ne: 0x1f\n", None),
        ("a: '0812'\nb: 'true'\nc: '2026-11-01'\n", 'a: "0812"\nb: "true"\nc: "2026-11-01"\n'),
        ("a: null\nb: ~\nc:\nd: true\ne: 1.50\n", None),
        ('a: {"y": 1, on: 2}\n', None),
        ("a: 🇰🇭\n", None),
        ("a: |\n  x\n\n\n  y  \n", None),
        ("# top\na: 1  # why\n# above b\nb: 2\n# last\n", None),
        ("a:\n  b: 1\n     # deep\n  c: 2\n", "a:\n  b: 1\n  # deep\n  c: 2\n"),
        ("[a, b]\n", None),
    ],
)
def test_a_file_has_one_layout(written: str, formatted: str | None) -> None:
    wanted = written if formatted is None else formatted
    assert format_text(written) == wanted
    assert format_text(wanted) == wanted


def test_what_is_too_long_for_a_line_gets_one_line_an_item() -> None:
    text = f'a: {{id: "{"x " * 30}y", en: "{"z " * 30}y"}}\n'
    assert format_text(text) == f'a:\n  id: "{"x " * 30}y"\n  en: "{"z " * 30}y"\n'


def test_a_long_list_of_short_words_is_wrapped() -> None:
    words = [f"kata {number}" for number in range(30)]
    lines = format_text(f"a: [{', '.join(words)}]\n").splitlines()
    assert len(lines) == 3
    assert all(line.startswith("  kata") for line in lines[1:])


def test_a_long_text_is_never_broken() -> None:
    text = f'a: "{"kata " * 60}akhir"\n'
    assert format_text(text) == text


def test_the_keys_of_a_rule_stand_in_order_with_their_comments() -> None:
    text = "when: {all: [x]}\n# why this id\nid: a\ncreated: 2026-11-01\n# far\ncategory: pay\n"
    assert format_text(text, header=HEADER.strip()) == (
        f"{HEADER}# why this id\nid: a\n# far\ncategory: pay\nwhen: {{all: [x]}}\n"
        "created: 2026-11-01\n"
    )


def test_a_header_that_is_there_stays() -> None:
    text = (
        "# yaml-language-server: $schema=https://contoh.example/s.json\nid: a\nwhen: {all: [x]}\n"
    )
    assert format_text(text, header=HEADER.strip()) == text


@pytest.mark.parametrize(("schema", "told"), [("signals.schema.json", True), ("x.json", False)])
def test_a_file_gets_the_header_that_its_pack_has_a_schema_for(
    schema: str, told: bool, tmp_path: Path
) -> None:
    pack = Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))
    (pack / schema).write_text("{}", encoding="utf-8")
    after = {file.path.relative_to(pack).as_posix(): file.after for file in format_pack(pack)}
    assert after["pay/pay-far-above.yaml"].startswith(HEADER)
    line = "# yaml-language-server: $schema=../signals.schema.json\n"
    assert after["signals/basic.yaml"].startswith(line) is told
    assert "$schema" not in after["pack.yaml"]


def test_a_comment_that_cannot_be_kept_is_told_and_nothing_is_lost() -> None:
    with pytest.raises(InvalidRuleSet, match=r"f\.yaml:2:1: F001 the comment '# why x'"):
        format_text("a: 1\nb: [x, # why x\n  y]\n", "f.yaml")


def test_a_file_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(InvalidRuleSet, match="R005"):
        format_text("a: [\n")


def test_a_formatted_pack_says_the_same(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))
    before = load_ruleset([pack])
    for file in format_pack(pack):
        file.write()
    assert load_ruleset([pack]).digest == before.digest
    assert not any(file.changed for file in format_pack(pack))


def test_all_errors_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))
    for name in ("pack.yaml", "kinds.yaml"):
        (pack / name).write_text("a: [\n", encoding="utf-8")
    with pytest.raises(InvalidRuleSet) as caught:
        format_pack(pack)
    assert len(caught.value.errors) == 2


@pytest.mark.property
@given(st.data())
def test_no_change_of_a_file_is_lost_or_altered_by_formatting(data: st.DataObject) -> None:
    text = FILES[data.draw(st.sampled_from(sorted(FILES)))]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        put = data.draw(
            st.sampled_from([*" \n#:-,[]{}'\"|>~?!&*%@\\", "\n  ", " # x", "no", "0812"])
        )
        text = text[:at] + put + text[at + cut :]
    try:
        formatted = format_text(text)
    except InvalidRuleSet:
        return
    assert value_of(formatted) == value_of(text)
    assert format_text(formatted) == formatted


@pytest.mark.property
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8),
        st.recursive(
            st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=60),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4)
            ),
            max_leaves=12,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_content_comes_out_as_it_went_in(content: dict[str, Plain]) -> None:
    text = json.dumps(content)
    if not isinstance(value_of(text), dict):
        return  # surrogates, or a merge key: no content of a pack
    formatted = format_text(text)
    assert value_of(formatted) == value_of(text)
    assert format_text(formatted) == formatted


# --- mends ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("created: '2026-11-01'\n", "created: 2026-11-01\n"),
        ("created: 2026/1/5\n", "created: 2026-01-05\n"),
        ("as_of: 2026.1.5\n", "as_of: 2026-01-05\n"),
        ("created: 2026-13-01\n", None),
        ("note: 2026/1/5\n", None),
        ("related: [x, y, x]\n", "related: [x, y]\n"),
        ("match:\n  - x y\n  - x  y\n", "match:\n  - x y\n"),
        ("match:\n  - x\n  - x  # meant\n", None),
        ("classes:\n  a: [x, x]\n", "classes:\n  a: [x]\n"),
        ("at_least: 2\nof: [x, x]\n", None),
    ],
)
def test_what_needs_no_judgement_is_mended(written: str, mended: str | None) -> None:
    wanted = written if mended is None else mended
    assert mend_text(written) == wanted
    assert mend_text(wanted) == wanted


def test_a_date_that_keeps_a_pack_from_loading_is_mended(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))
    rule = pack / "pay" / "pay-far-above.yaml"
    text = rule.read_text(encoding="utf-8").replace("2026-11-01", "2026/11/1")
    rule.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRuleSet):
        load_ruleset([pack])
    for file in mend_pack(pack):
        file.write()
    assert load_ruleset([pack]).digest == load_ruleset([GOOD_PACK]).digest


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from offer_screen.errors import MissingExtra

    for name in [name for name in sys.modules if name.startswith("ruamel")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    monkeypatch.delitem(sys.modules, "offer_screen.authoring.roundtrip")
    with pytest.raises(MissingExtra, match=r"pip install 'offer_screen\[analyst\]'"):
        import offer_screen.authoring.roundtrip  # noqa: F401
