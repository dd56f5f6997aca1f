"""Rules, models and weights from strangers: refused with a short sentence, and nothing is run."""

from __future__ import annotations

import hashlib
import re
import tracemalloc
from pathlib import Path

import pytest

from offer_screen import InvalidRuleSet, Screener
from offer_screen.classify.model import MAX_BYTES, parse_model
from offer_screen.errors import ModelError
from offer_screen.fusion import read_fusion, shipped_fusion
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.source import MAX_ERRORS, parse_source
from tests.rules.conftest import pack  # noqa: F401  (a fixture)

_LONGEST_MESSAGE = 1_000

YAML = {
    "aliases that double": b"a0: &a0 [x, x]\n"
    + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)),
    "aliases in one list": b"a: &a [x]\nb: [" + b"*a, " * 200_000 + b"]\n",
    "alias of itself": b"&a [*a]\n",
    "lists in lists": b"[" * 400_000,
    "mappings in mappings": b"{a: " * 200_000,
    "indented lists": b"- " * 400_000,
    "a key twice, 150,000 times": b"a: 1\n" * 150_000,
    "tags without end": b"a: " + b"!a " * 300_000,
    "python object": b"a: !!python/object/apply:os.system ['exit 1']\n",
    "python name": b"a: !!python/name:os.system\n",
    "a long anchor": b"a: &" + b"b" * 900_000 + b" 1\n",
    "a long alias": b"a: *" + b"b" * 900_000 + b"\n",
    "a long tag": b"a: !" + b"b" * 900_000 + b" 1\n",
    "a long key twice": (b"? " + b"k" * 300_000 + b"\n: 1\n") * 2,
    "a quote left open": b'a: "' + b"x" * 900_000,
    "many documents": b"---\n" * 200_000,
    "another version of YAML": b"%YAML 9.9\n---\na: 1\n",
    "controls": b"a: " + b"\x07" * 900_000,
    "a scalar over the limit": b"a: " + b"x" * 5_000_000,
    "only comments": b"#" * 900_000,
}


@pytest.mark.parametrize("data", YAML.values(), ids=YAML.keys())
def test_a_bomb_in_yaml_gives_few_and_short_errors(data: bytes) -> None:
    source, errors = parse_source(data, "bom.yaml")
    assert source is None
    assert 1 <= len(errors) <= MAX_ERRORS
    assert all(len(str(error)) < _LONGEST_MESSAGE for error in errors)
    assert all(str(error).startswith("bom.yaml:") for error in errors)


def test_a_bomb_does_not_hide_in_a_pack(pack: Path) -> None:  # noqa: F811
    (pack / "signals" / "bom.yaml").write_bytes(YAML["aliases that double"])
    with pytest.raises(InvalidRuleSet, match="R008 anchor '&a0'"):
        load_ruleset([pack])


@pytest.mark.parametrize(
    "slot",
    [
        "{salary.__class__}",
        "{salary.__class__.__mro__}",
        "{salary.model_fields}",
        "{salary.span.__init__}",
        "{salary[0]}",
        "{salary!r}",
        "{salary.high:999999999}",
        "{salary.high:{salary.high}}",
        "{salary.high:>99999999}",
        "{0}",
        "{}",
        "{self}",
        "{__import__}",
        "{salary.text.format}",
        "{salary",
        "salary}",
    ],
)
def test_a_hostile_slot_is_refused(slot: str, pack: Path) -> None:  # noqa: F811
    path = pack / "pay" / "pay-without-skill.yaml"
    text, count = re.subn(
        r"(?m)^explain: .*(\n  .*)*",
        f"explain:\n  id: 'Gaji {slot}'\n  en: Pay",
        path.read_text(encoding="utf-8"),
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRuleSet, match=r"pay-without-skill\.yaml:\d+:\d+: R21[56]"):
        load_ruleset([pack])


def with_pattern(pack: Path, pattern: str) -> Path:  # noqa: F811
    (pack / "signals" / "pola.yaml").write_text(
        f"signals:\n  pola-uji:\n    patterns: ['{pattern}']\n", encoding="utf-8"
    )
    return pack


@pytest.mark.parametrize(
    "pattern", ["(?=a)b", r"(a)\1", "((a{1000}){1000}){1000}", "(a", "[z-a]", "a{2000}"]
)
def test_a_pattern_that_re2_does_not_run_is_refused(pattern: str, pack: Path) -> None:  # noqa: F811
    with pytest.raises(InvalidRuleSet, match="R113 RE2 refuses the pattern"):
        load_ruleset([with_pattern(pack, pattern)])


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){12}$", "(a*)*b"])
def test_a_pattern_that_makes_others_hang_runs(pattern: str, pack: Path) -> None:  # noqa: F811
    ruleset = load_ruleset([with_pattern(pack, pattern)])
    assert Screener(ruleset).screen("a" * 10_000 + "!").text_length == 10_001


def sealed(body: bytes) -> bytes:
    """Return a model file with this content and the digest that fits it."""
    digest = hashlib.sha256(body).hexdigest().encode()
    return b'{"format_version": 1, "sha256": "%b",\n%b' % (digest, body)


JSON = {
    "empty": b"",
    "NULs": b"\x00" * 1_000,
    "no UTF-8": b'"step": "\xff"}',
    "a lone surrogate": b'"step": "\\ud800"}',
    "lists in lists": b'"words": ' + b"[" * 1_500_000,
    "objects in objects": b'"words": ' + b'{"a":' * 300_000,
    "a number of a million digits": b'"step": ' + b"9" * 1_000_000 + b"}",
    "a long text": b'"step": "' + b"a" * 1_500_000 + b'"}',
    "a long key": b'"' + b"a" * 1_500_000 + b'": 1}',
    "many unknown keys": b",".join(b'"k%d": 1' % n for n in range(80_000)) + b"}",
    "NaN": b'"step": NaN}',
    "infinity": b'"step": 1e999, "bias": [Infinity]}',
    "trailing": b'"step": 1}}}',
    "a list": b'"words": []}',
    "pickle": b"\x80\x04cos\nsystem\n(S'exit 1'\ntR.",
}


@pytest.mark.parametrize("body", JSON.values(), ids=JSON.keys())
def test_a_hostile_model_or_file_of_weights_gives_one_short_error(
    body: bytes, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=r"^m\.json: ") as of_model:
        parse_model(sealed(body), name="m.json")
    path = tmp_path / "w.json"
    path.write_bytes(b"{" + body)
    with pytest.raises(ModelError, match=r"w\.json: ") as of_weights:
        read_fusion(path)
    assert len(str(of_model.value)) < _LONGEST_MESSAGE
    assert len(str(of_weights.value)) < _LONGEST_MESSAGE + len(str(path))


def test_a_model_is_not_read_past_the_limit() -> None:
    with pytest.raises(ModelError, match="8,000,000 bytes"):
        parse_model(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize("weights", [b"[]", b"[1,1,1,1,1]", b'["","","","",""]'])
def test_a_model_of_too_many_features_is_refused_before_it_is_parsed(weights: bytes) -> None:
    """A fault in each of 300,000 features would cost more than a gigabyte to tell."""
    words = b",".join(b'"%x":%b' % (number, weights) for number in range(300_000))
    data = sealed(b'"words": {' + words + b"}}")
    tracemalloc.start()
    try:
        with pytest.raises(ModelError, match=r"^m\.json: holds [\d,]+ names: .* 200,000 features"):
            parse_model(data, name="m.json")
        assert tracemalloc.get_traced_memory()[1] < 2 * len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.99])
def test_weights_that_were_cut_short_are_refused(part: float, tmp_path: Path) -> None:
    whole = shipped_fusion().read_bytes()
    path = tmp_path / "w.json"
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(ModelError, match="offer-screen fit"):
        Screener.load(weights=path)
