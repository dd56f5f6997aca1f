"""A model file is plain data that is checked before it is used."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.classify import model as models
from offer_screen.classify.model import model_file, parse_model, read_model
from offer_screen.errors import ModelError
from tests.classify.models import small_model


def resealed(data: bytes, old: str, new: str) -> bytes:
    """Return a file with other content and the digest that fits it."""
    _, _, body = data.partition(b"\n")
    assert body.count(old.encode()) == 1
    body = body.replace(old.encode(), new.encode())
    digest = hashlib.sha256(body).hexdigest()
    return f'{{"format_version": 1, "sha256": "{digest}",\n'.encode() + body


def test_a_model_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(model_file(small_model()))
    assert read_model(path) == small_model()
    assert model_file(read_model(path)) == path.read_bytes()


def test_a_feature_stands_on_a_line_of_its_own() -> None:
    lines = model_file(small_model()).decode().splitlines()
    assert '"gaji":[4,1,0,0,0],' in lines
    assert '"visa turis":[10,0,0,0,-3]' in lines


def test_the_order_of_features_does_not_change_the_file() -> None:
    model = small_model()
    turned = model.model_copy(update={"words": dict(reversed(model.words.items()))})
    assert model_file(turned) == model_file(model)


def test_one_weight_changes_the_digest() -> None:
    words = small_model().words
    other = small_model(words={**words, "gaji": (5, 1, 0, 0, 0)})
    assert other.sha256 != small_model().sha256


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"gaji":[4,1,0,0,0]', '"gaji":[4.5,1,0,0,0]', "words.gaji.0: "),
        ('"gaji":[4,1,0,0,0]', '"gaji":["4",1,0,0,0]', "words.gaji.0: "),
        ('"gaji":[4,1,0,0,0]', '"gaji":[40000,1,0,0,0]', "words.gaji.0: "),
        ('"gaji":[4,1,0,0,0]', '"gaji":[4,1,0,0]', "words.gaji.4: "),
        ('"gaji":[4,1,0,0,0]', '"":[4,1,0,0,0]', "words"),
        ('"bias": [-1.0,', '"bias": [NaN,', "bias.0: "),
        ('"bias": [-1.0,', '"bias": [1e999,', "bias.0: "),
        ('"step": 0.5', '"step": 0', "step: "),
        ('"norm_power": 0.5', '"norm_power": 2', "norm_power: "),
        ('"subwords":[3]', '"subwords":[9]', "features.subwords.0: "),
        ('"version":1', '"version":2', "features.version: "),
        ('"step": 0.5', '"stop": 0.5', "step: "),
        ('"step": 0.5', '"step": 0.5, "code": "x"', "code: "),
        ('"step": 0.5', '"step": 0.5,,', "the file: "),
    ],
)
def test_wrong_content_is_told_with_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(ModelError, match=r"^m\.json: ") as error:
        parse_model(resealed(model_file(small_model()), old, new), name="m.json")
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("version", "advice"), [(2, "update the library"), (0, "train the model again")]
)
def test_another_version_of_the_format_is_refused(version: int, advice: str) -> None:
    data = model_file(small_model()).replace(b'version": 1', b'version": %d' % version, 1)
    with pytest.raises(ModelError, match=f"format version {version}.*{advice}"):
        parse_model(data)


@given(st.data())
def test_a_file_that_was_cut_or_edited_is_refused(data: st.DataObject) -> None:
    whole = model_file(small_model())
    at = data.draw(st.integers(0, len(whole) - 1))
    edited = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    for broken in (whole[:at], edited):
        with pytest.raises(ModelError):
            parse_model(broken)


@pytest.mark.parametrize("data", [b"", b"{}", b"\x80\x04\x95pickle", b"[1,2]\n", b"\xff\xfe\n"])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match="not a model of offer_screen"):
        parse_model(data)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(model_file(small_model()))
    monkeypatch.setattr(models, "MAX_BYTES", 100)
    with pytest.raises(ModelError, match="over 100 bytes"):
        read_model(path)


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot read the model .*none\.json: No such file"):
        read_model(tmp_path / "none.json")
    with pytest.raises(ModelError, match="cannot read the model"):
        read_model(tmp_path)
