"""The model file of the text classifier: plain data, checked before it is used.

A file is JSON. Its first line holds the version of the format and the SHA-256 digest of the bytes
that follow; then one feature stands on each line, so that two models can be compared by any tool.
Nothing in a file is executed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import FailFast, Field, ValidationError

from offer_screen._shipped import shipped
from offer_screen.classify.features import FeatureSettings
from offer_screen.errors import ModelError
from offer_screen.values import Kind, Value

FORMAT_VERSION = 1
MAX_BYTES = 8_000_000
"""Largest file that is read."""

MAX_FEATURES = 200_000
"""Most features of a model, of all kinds together; checking one that is wrong takes 1 kB."""

_OTHER_NAMES = 1_000
"""Names and texts of a file beside those of its features, at most."""

KINDS = (Kind.OFFER, Kind.INQUIRY, Kind.AWARENESS, Kind.OTHER)
HEADS: tuple[Kind | None, ...] = (None, *KINDS)
"""What a model tells of a text, in the order of its weights: scam (None), then the kinds."""

LARGEST_WEIGHT = 32_767

_FIRST_LINE = re.compile(rb'\{"format_version": ?(\d{1,6}), ?"sha256": ?"([0-9a-f]{64})",')

_Weight = Annotated[int, Field(ge=-LARGEST_WEIGHT, le=LARGEST_WEIGHT, strict=True)]
_Weights = Annotated[tuple[_Weight, _Weight, _Weight, _Weight, _Weight], FailFast()]
_Bias = Annotated[float, Field(allow_inf_nan=False, ge=-100, le=100)]
_Name = Annotated[str, Field(min_length=1, max_length=70)]
_Features = dict[_Name, _Weights]


class Source(Value):
    """A file that a model was trained on.

    Attributes:
        name: Name of the file.
        texts: Texts taken from it.
        sha256: Digest of those texts and their labels.
    """

    name: str
    texts: int
    sha256: str


class TrainingRecord(Value):
    """How a model came about.

    Attributes:
        sources: What it was trained on.
        settings: Settings of the training, as it calls them.
    """

    sources: tuple[Source, ...] = ()
    settings: Mapping[str, int | float | str] = {}


class TextModel(Value):
    """A linear model over the words of a text.

    Attributes:
        sha256: Digest of the content.
        features: Which features it has.
        step: Unit of the weights.
        norm_power: With ``norm_added``, what the sum of weights is divided by:
            ``(words + norm_added) ** norm_power``.
        norm_added: See ``norm_power``.
        bias: Of each head.
        words: Weights of words under each head, in steps.
        pairs: Weights of pairs of words, a blank between them.
        subwords: Weights of parts of words.
        trained: How it came about.
    """

    sha256: str
    features: FeatureSettings
    step: Annotated[float, Field(gt=0, le=1)]
    norm_power: Annotated[float, Field(ge=0, le=1)]
    norm_added: Annotated[float, Field(ge=0, le=1000)]
    bias: tuple[_Bias, _Bias, _Bias, _Bias, _Bias]
    trained: TrainingRecord = TrainingRecord()
    words: _Features
    pairs: _Features
    subwords: _Features


def shipped_model() -> Path:
    """Return the file of the model that comes with the library."""
    return shipped("models") / "classifier.json"


def read_model(path: Path) -> TextModel:
    """Read a model file.

    Raises:
        ModelError: The file cannot be read, is no model, is of another version of the format, or
            is not as it was written.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ModelError(f"cannot read the model {path}: {error.strerror or error}") from error
    return parse_model(data, name=str(path))


def parse_model(data: bytes, *, name: str = "model") -> TextModel:
    """Return the model whose file holds ``data``.

    Args:
        data: Bytes of the file.
        name: What messages call it.

    Raises:
        ModelError: As for `read_model`.
    """
    if len(data) > MAX_BYTES:
        raise ModelError(f"{name}: over {MAX_BYTES:,} bytes, the most that a model may have")
    first, _, body = data.partition(b"\n")
    head = _FIRST_LINE.fullmatch(first)
    if head is None:
        raise ModelError(
            f"{name}: not a model of offer_screen: the first line holds no version and digest"
        )
    version, digest = int(head[1]), head[2].decode()
    if version != FORMAT_VERSION:
        raise ModelError(
            f"{name}: format version {version}, and this library reads {FORMAT_VERSION}:"
            f" {'update the library' if version > FORMAT_VERSION else 'train the model again'}"
        )
    if hashlib.sha256(body).hexdigest() != digest:
        raise ModelError(
            f"{name}: not as it was written (cut short or edited): its digest does not fit;"
            " get the file again, or write it with 'offer-screen train'"
        )
    names = (
        body.count(b'"') // 2
    )  # counted before anything is made of them: memory is for good files
    if names > MAX_FEATURES + _OTHER_NAMES:
        raise ModelError(
            f"{name}: holds {names:,} names: a model may have {MAX_FEATURES:,} features;"
            " leave out rare ones when it is trained"
        )
    try:
        return TextModel.model_validate_json(b'{"sha256": "%b",\n%b' % (digest.encode(), body))
    except ValidationError as error:
        first_fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first_fault["loc"])) or "the file"
        raise ModelError(f"{name}: {place}: {first_fault['msg']}") from error


def model_file(model: TextModel) -> bytes:
    """Return the content of the file that holds ``model``; its ``sha256`` is worked out anew."""
    content = model.model_dump(mode="json", exclude={"sha256", "words", "pairs", "subwords"})
    lines = [f"{_json(name)}: {_json(value)}" for name, value in content.items()]
    for block in ("words", "pairs", "subwords"):
        features = getattr(model, block)
        rows = ",\n".join(
            f"{_json(name)}:{_json(weights)}" for name, weights in sorted(features.items())
        )
        lines.append(f'"{block}": {{\n{rows}\n}}')
    body = (",\n".join(lines) + "\n}\n").encode()
    digest = hashlib.sha256(body).hexdigest()
    return b'{"format_version": %d, "sha256": "%b",\n%b' % (FORMAT_VERSION, digest.encode(), body)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
