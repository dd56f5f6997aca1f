"""Files from others: what is held of packs, models and weights, and how they are changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import shutil
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from offer_screen import InvalidRuleSet, RuleSet, Screener, load_ruleset
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import model_file, parse_model
from offer_screen.errors import ModelError
from offer_screen.fusion import Fusion, read_fusion
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer
from tests.fuzz import seeds

_DAY = dt.date(2026, 11, 24)
_LONGEST_MESSAGE = 2_000
_OFFER = "Lowongan admin di Kamboja, gaji 25 juta, tanpa pengalaman, bayar 300 ribu, visa turis."


@cache
def _folder() -> Path:
    """Return a folder with the small pack and its layer; it goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    _kept.append(folder)
    root = Path(folder.name)
    shutil.copytree(seeds.FIXTURES / "good_pack", root / "pack")
    shutil.copytree(seeds.FIXTURES / "good_layer", root / "layer")
    return root


_kept: list[tempfile.TemporaryDirectory[str]] = []


def check_rules(data: bytes) -> None:
    """Any file in a pack gives rules that screen, or errors that tell their place."""
    name = seeds.PACK_FILES[data[0] % len(seeds.PACK_FILES)] if data else seeds.PACK_FILES[0]
    folder, _, inside = name.removeprefix("good_").partition("/")
    path = _folder() / folder / inside
    before = (seeds.FIXTURES / name).read_bytes()
    path.write_bytes(data[1:])
    try:
        ruleset = load_ruleset([_folder() / folder])
    except InvalidRuleSet as error:
        assert error.errors
        for each in error.errors:
            assert each.location is not None
            assert each.location.line >= 1
            assert each.location.column >= 1
            assert len(str(each)) < _LONGEST_MESSAGE
        return
    finally:
        path.write_bytes(before)
    assert RuleSet.from_json(ruleset.to_json()) == ruleset
    score = Screener(ruleset, as_of=_DAY).screen(_OFFER).score
    assert score.log_odds == math.fsum(item.value for item in score.contributions)


@cache
def _document() -> Document:
    return Normalizer({}, frozenset({"gaji", "visa", "turis"})).read("gaji besar pakai visa turis")


def check_model(data: bytes) -> None:
    """Any file gives a classifier whose sums add up, or one error that names the file."""
    try:
        model = parse_model(data, name="m.json")
    except ModelError as error:
        assert str(error).startswith("m.json: ")
        assert len(str(error)) < _LONGEST_MESSAGE
        return
    again = parse_model(model_file(model))
    assert again.replaced(sha256=model.sha256) == model
    classifier = TextClassifier(model)
    told = classifier.log_odds(_document())
    assert all(map(math.isfinite, (told.scam, *told.kinds)))
    shares = [item.value for item in classifier.contributions(_document())]
    total = math.fsum([classifier.bias(), *shares])
    assert math.isclose(total, told.scam, rel_tol=1e-9, abs_tol=1e-6)


@cache
def _small() -> RuleSet:
    return load_ruleset([seeds.FIXTURES / "good_pack"])


def check_weights(data: bytes) -> None:
    """Any file gives weights that score, or one error that names the file."""
    path = _folder() / "w.json"
    path.write_bytes(data)
    try:
        fusion = read_fusion(path)
    except ModelError as error:
        assert str(error).startswith(f"{path}: ")
        assert len(str(error)) < _LONGEST_MESSAGE
        return
    assert Fusion.model_validate_json(fusion.to_json()) == fusion
    score = Screener(_small(), engine="compiled", as_of=_DAY, fusion=fusion).screen(_OFFER).score
    assert math.isfinite(score.log_odds)
    assert score.log_odds == math.fsum(item.value for item in score.contributions)


# --- changes within the form ----------------------------------------------------------------------


def mutated_rules(data: bytes, rnd: Random) -> bytes:
    """Return a file of a pack with some values, keys or branches changed.

    Raises:
        ValueError: The bytes are no tree of YAML.
    """
    try:
        tree = yaml.safe_load(data[1:])
        changed = yaml.safe_dump(_mutated(tree, rnd), allow_unicode=True, sort_keys=False)
    except (yaml.YAMLError, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error
    return data[:1] + changed.encode("utf-8", "replace")


def mutated_model(data: bytes, rnd: Random) -> bytes:
    """Return a model file with its content changed, and a digest that fits it.

    Raises:
        ValueError: The bytes are no model file.
    """
    _, _, body = data.partition(b"\n")
    if rnd.random() < 0.2:
        at = rnd.randrange(len(body) + 1)
        return sealed(body[:at] + rnd.randbytes(rnd.randrange(4)) + body[at + rnd.randrange(4) :])
    return sealed(_mutated_json(b"{" + body, rnd).removeprefix(b"{"))


def mutated_weights(data: bytes, rnd: Random) -> bytes:
    """Return a file of weights with its content changed.

    Raises:
        ValueError: The bytes are no JSON.
    """
    return _mutated_json(data, rnd)


def sealed(body: bytes) -> bytes:
    """Return a model file with this content and the digest that fits it."""
    digest = hashlib.sha256(body).hexdigest().encode()
    return b'{"format_version": 1, "sha256": "%b",\n%b' % (digest, body)


def _mutated_json(data: bytes, rnd: Random) -> bytes:
    try:
        tree = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return json.dumps(_mutated(tree, rnd), default=str).encode("utf-8", "replace")


_ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    0.5,
    1e-320,
    1e308,
    -50,
    50,
    100,
    32_767,
    10**30,
    math.nan,
    math.inf,
    "",
    " ",
    "x" * 1_000,
    "gaji",
    "[a|b] (c)? ~3 <money>",
    "[" * 50,
    "{payment}",
    "{salary.high:.1f}",
    "{salary.__class__}",
    "(a+)+$",
    "\u0301\u200b\ufdfa",
    "\x00",
    "2026-02-30",
    dt.date(1, 1, 1),
    [],
    {},
    [[[[]]]],
    ["gaji"] * 50,
)


def _mutated(tree: Any, rnd: Random) -> Any:
    for _ in range(rnd.choice((1, 1, 2, 4))):
        tree = _changed(tree, rnd, _branches(tree))
    return tree


def _branches(tree: Any) -> list[Any]:
    """Return every value of a tree, the tree among them."""
    found = [tree]
    for value in found:
        found += (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
    return found


def _changed(tree: Any, rnd: Random, values: list[Any]) -> Any:
    """Return the tree with one change at a random place."""
    holders = [value for value in values if isinstance(value, dict | list) and value]
    if not holders or rnd.random() < 0.02:
        return rnd.choice(_ODD)
    holder = rnd.choice(holders)
    key = rnd.choice(list(holder)) if isinstance(holder, dict) else rnd.randrange(len(holder))
    other = _copied(rnd.choice(_ODD if rnd.random() < 0.5 else values))
    match rnd.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[str(rnd.choice(("", "x", "none", *map(str, holder))))] = holder.pop(key)
        case 1 | 2 if isinstance(holder, list):
            holder.insert(key, other)
        case 3 if isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
            holder[key] = rnd.choice((-holder[key], holder[key] * 1000, holder[key] / 7))
        case _:
            holder[key] = other
    return tree


def _copied(value: Any) -> Any:
    """Return a value of its own, so that the tree stays a tree."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
