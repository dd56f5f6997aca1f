"""Reads the texts that a classifier is trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from offer_screen.batch import BadRecord, Record, read_records
from offer_screen.classify.features import feature_words
from offer_screen.classify.model import Source
from offer_screen.corpus.record import CorpusText, Label
from offer_screen.errors import InputError
from offer_screen.text.document import Document
from offer_screen.values import Kind

_LABELS = {"scam": True, "legit": False, "not_offer": False}
_KINDS = {**{kind.value: kind for kind in Kind}, "news": Kind.AWARENESS}


class TrainingText(NamedTuple):
    """One text, read, with what it is.

    Attributes:
        words: Its words as the classifier sees them.
        scam: Whether it is a scam offer.
        kind: Kind of text.
        family: Texts of one family are never parted.
        channel: Where it stood, as the file says; empty if it does not.
        source: Name of the file.
        extra: From a further file, not from the corpus.
    """

    words: Sequence[str]
    scam: bool
    kind: Kind
    family: str
    channel: str = ""
    source: str = ""
    extra: bool = False


Reader = Callable[[str], Document]


def read_texts(path: Path, read: Reader) -> tuple[tuple[TrainingText, ...], Source]:
    """Read a corpus: JSON lines with text, label and kind, and maybe family and channel.

    A text without a family is one of its own.

    Args:
        path: The file.
        read: Reads a text: ``Normalizer.read``.

    Raises:
        InputError: The file cannot be read, or a record is not of that shape.
    """
    rows: list[TrainingText] = []
    digest = hashlib.sha256()
    for record in _records(path, ("label", "kind", "family", "channel")):
        label, kind, family, channel = record.kept
        if not isinstance(label, str) or label not in _LABELS:
            raise _fault(path, record, f"label is one of {', '.join(_LABELS)}, not {label!r}")
        if not isinstance(kind, str) or kind not in _KINDS:
            raise _fault(path, record, f"kind is one of {', '.join(_KINDS)}, not {kind!r}")
        name = str(family) if family is not None else f"{path.name}:{record.line}"
        rows.append(
            TrainingText(
                words=feature_words(read(record.text)),
                scam=_LABELS[label],
                kind=_KINDS[kind],
                family=name,
                channel=str(channel or ""),
                source=path.name,
            )
        )
        _add(digest, record.text, label, kind, name, channel)
    return tuple(rows), Source(name=path.name, texts=len(rows), sha256=digest.hexdigest())


def read_extra(path: Path, read: Reader) -> tuple[tuple[TrainingText, ...], Source]:
    """Read a further file, whose texts are known to be no scams and may be trained on.

    Only records with ``train_ok: true`` are taken. A kind that names an offer is an offer, any
    other is other text: such files know no finer kinds.

    Raises:
        InputError: As for `read_texts`.
    """
    rows: list[TrainingText] = []
    digest = hashlib.sha256()
    for record in _records(path, ("label", "kind", "train_ok")):
        label, kind, train_ok = record.kept
        if train_ok is not True or label == "scam":
            continue
        rows.append(
            TrainingText(
                words=feature_words(read(record.text)),
                scam=False,
                kind=Kind.OFFER if "offer" in str(kind) else Kind.OTHER,
                family=f"{path.stem}:{record.id}",
                channel="",
                source=path.name,
                extra=True,
            )
        )
        _add(digest, record.text, label, kind)
    return tuple(rows), Source(name=path.name, texts=len(rows), sha256=digest.hexdigest())


def from_corpus(texts: Iterable[CorpusText], read: Reader) -> tuple[TrainingText, ...]:
    """Return texts of the corpus as what is trained on."""
    return tuple(
        TrainingText(
            words=feature_words(read(text.text)),
            scam=text.label is Label.SCAM,
            kind=text.kind.kind,
            family=text.family,
            channel=text.channel,
            source="corpus",
        )
        for text in texts
    )


def _records(path: Path, keep: Sequence[str]) -> Iterator[Record]:
    for record in read_records(path, keep=keep):
        if isinstance(record, BadRecord):
            raise _fault(path, record, record.message)
        if record.text.strip():
            yield record


def _fault(path: Path, record: Record | BadRecord, message: str) -> InputError:
    return InputError(f"{path}:{record.line}: {message}")


def _add(digest: hashlib._Hash, *values: object) -> None:
    digest.update(repr(values).encode("utf-8", "backslashreplace"))
