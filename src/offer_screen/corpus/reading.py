"""Reads corpus files: all that is wrong with a file is told at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from offer_screen.corpus.record import CorpusText
from offer_screen.errors import CorpusError

SPLITS = ("train", "dev", "test")
"""Names of the files of a corpus folder, without ``.jsonl``."""

_TOLD = 20
"""Errors that one message lists."""


def read_corpus(paths: Iterable[Path | str]) -> tuple[CorpusText, ...]:
    """Return the texts of the files, in order.

    Raises:
        CorpusError: A file cannot be read, or lines are not texts of the corpus; lists each as
            ``file:line: what``.
    """
    texts: list[CorpusText] = []
    wrong: list[str] = []
    for path in map(Path, paths):
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise CorpusError(f"{path}: cannot be read: {error.strerror or error}") from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                texts.append(CorpusText.model_validate_json(line))
            except ValidationError as error:
                wrong.extend(f"{path}:{number}: {told}" for told in _told(error))
    if wrong:
        more = f"\n… and {len(wrong) - _TOLD} more" if len(wrong) > _TOLD else ""
        raise CorpusError("\n".join(wrong[:_TOLD]) + more)
    return tuple(texts)


def read_splits(folder: Path | str) -> Mapping[str, tuple[CorpusText, ...]]:
    """Return the texts of each split of a corpus folder.

    Raises:
        CorpusError: As for `read_corpus`.
    """
    return {name: read_corpus([Path(folder) / f"{name}.jsonl"]) for name in SPLITS}


def corpus_digest(texts: Sequence[CorpusText]) -> str:
    """Return the SHA-256 of what is learned from texts: changes with any word or label."""
    digest = hashlib.sha256()
    for text in sorted(texts, key=lambda item: item.id):
        row = [text.id, text.text, text.label, text.kind, text.family, text.channel]
        digest.update(json.dumps(row, ensure_ascii=False).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _told(error: ValidationError) -> list[str]:
    told = []
    for item in error.errors(include_url=False, include_input=False):
        place = ".".join(map(str, item["loc"])) or "record"
        told.append(f"{place}: {item['msg'].removeprefix('Value error, ')}")
    return told
