from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.errors import RuleSchemaError, RuleSyntaxError, SourceLocation
from offer_screen.rules.source import MAX_BYTES, Source, parse_source, read_source


def parsed(text: str) -> Source:
    source, errors = parse_source(text.encode(), "f.yaml")
    assert not errors
    assert source is not None
    return source


def codes(data: bytes) -> list[tuple[str, int, int]]:
    source, errors = parse_source(data, "f.yaml")
    assert (source is None) is bool(errors)
    return [
        (error.code, error.location.line, error.location.column)
        for error in errors
        if error.location is not None
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("gaji", "gaji"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ("2.5", 2.5),
        ("1e3", 1000.0),
        ("0812", "0812"),
        ("+62", "+62"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        (".5", ".5"),
        ("1.", "1."),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("-", None),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("2026-11-01", dt.date(2026, 11, 1)),
        ("2026-02-30", "2026-02-30"),
        ("2026-11-01T10:00:00", "2026-11-01T10:00:00"),
        ("'7'", "7"),
        ('"true"', "true"),
        ('"2026-11-01"', "2026-11-01"),
        ('"\\u200b"', "\u200b"),
    ],
)
def test_only_plain_types_are_read(written: str, value: object) -> None:
    if written == "-":
        assert parsed("a:\n  -\n").value == {"a": [None]}
        return
    result = parsed(f"a: {written}\n").value
    assert result == {"a": value}
    assert isinstance(result, dict)
    assert type(result["a"]) is type(value)


def test_keys_are_text() -> None:
    source = parsed("no: 1\n12: 2\n0812: 3\ntrue: 4\nnull: 5\n2026-11-01: 6\n")
    assert isinstance(source.value, dict)
    assert list(source.value) == ["no", "12", "0812", "true", "null", "2026-11-01"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("R012", 1, 1)]),
        (b"# only a comment\n", [("R012", 1, 1)]),
        (b"a: 1\na: 2\n", [("R007", 2, 1)]),
        (b"a: {b: 1, b: 2}\n", [("R007", 1, 11)]),
        (b"a: &x 1\nb: *x\n", [("R008", 1, 4), ("R008", 2, 4)]),
        (b"<<: {a: 1}\n", [("R008", 1, 1)]),
        (b"&k a: 1\n", [("R008", 1, 1)]),
        (b"a: !!python/object:os.system 1\n", [("R009", 1, 4)]),
        (b"a: !own 1\n", [("R009", 1, 4)]),
        (b"a: 1\n---\nb: 2\n", [("R006", 2, 1)]),
        (b"? [a]\n: b\n", [("R011", 1, 3)]),
        (b"a: b: c\n", [("R005", 1, 5)]),
        (b"\ta: 1\n", [("R005", 1, 1)]),
        (b"a: [1, 2\n", [("R005", 2, 1)]),
        (b"a: 'x' y\n", [("R005", 1, 8)]),
        (b"a: %x\n", [("R005", 1, 4)]),
        (b"a: \x07\n", [("R004", 1, 4)]),
        (b"a: x\nb: \xff\n", [("R003", 2, 4)]),
        ("a: ü\n".encode("utf-16"), [("R003", 1, 1)]),
        (b"x" * (MAX_BYTES + 1), [("R002", 1, 1)]),
        (b"a: 1\nb: *x\nc: 1\nc: 2\n", [("R008", 2, 4), ("R007", 4, 1)]),
    ],
)
def test_what_is_not_yaml_is_told_with_its_place(
    data: bytes, expected: list[tuple[str, int, int]]
) -> None:
    assert codes(data) == expected


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_hostile_nesting_is_cut_off(opening: str) -> None:
    assert codes((opening * 50_000).encode())[-1][0] in {"R010", "R005", "R011"}


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    source, errors = parse_source(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f.yaml")
    assert not errors
    assert source is not None
    assert source.value == {"a": 1, "b": 2}
    assert source.line(2) == "b: 2"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    source, errors = read_source(tmp_path / "none.yaml")
    assert source is None
    assert [error.code for error in errors] == ["R001"]
    assert isinstance(errors[0], RuleSyntaxError)


def test_places_are_found_by_keys_and_positions() -> None:
    source = parsed('a:\n  - b: 1\n  - b: "zwei"\n')
    assert (source.locate(("a", 1, "b")).node.line, source.locate(("a", 1, "b")).node.column) == (
        3,
        8,
    )
    assert source.locate(("a", 1, "b")).key == (3, 5)


def test_tags_of_unions_are_passed_over() -> None:
    source = parsed("all:\n  - {signal: x, stance: y}\n")
    assert source.locate(("all", 0, "signal", "signal")).path == ("all", 0, "signal")
    assert source.locate(("all", 0, "signal", "stance", "str")).path == ("all", 0, "stance")
    assert source.locate(("all", 0, "group", "nothing")).path == ("all", 0)


def test_an_error_can_point_into_a_text() -> None:
    source = parsed('a: "gaji besar"\nb: |\n  gaji\n  besar\n')
    error = source.error(RuleSchemaError, "R111", "oops", ("a",), column=6)
    assert error.location == SourceLocation("f.yaml", 1, 10)
    assert str(error).splitlines()[1:] == ['    1 | a: "gaji besar"', "                 ^"]
    folded = source.error(RuleSchemaError, "R111", "oops", ("b",), column=6)
    assert folded.location == SourceLocation("f.yaml", 2, 4)


def test_what_is_far_to_the_right_is_not_shown() -> None:
    source = parsed(f"a: {'x' * 500}\n")
    assert len(source.line(1)) == 200


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_any_bytes_give_a_source_or_errors(data: bytes) -> None:
    source, errors = parse_source(data, "f.yaml")
    assert (source is None) is bool(errors)
    assert all(error.location is not None and str(error) for error in errors)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(PLAIN)
def test_json_is_read_as_what_it_is(value: object) -> None:
    text = json.dumps({"a": value}, ensure_ascii=True)
    source, errors = parse_source(text.encode(), "f.yaml")
    if errors:  # JSON writes astral characters as pairs of surrogates, which YAML refuses
        assert any(ord(char) > 0xFFFF for char in json.dumps(value, ensure_ascii=False))
        return
    assert source is not None
    assert source.value == {"a": value}
