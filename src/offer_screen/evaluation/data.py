"""The texts that a score is evaluated on, read as a whole: intervals and slices need them all."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from offer_screen.batch import BadRecord, Record, read_records
from offer_screen.errors import InputError
from offer_screen.evaluation.plan import Plan, Treatment
from offer_screen.values import Kind, Value

CUE = re.compile(
    r"https?://|www\.|\b[a-z0-9-]+\.(?:com|id|net|org|info|xyz|site|online|me|ly|app|top|shop|link)\b"
    r"|\b[\w.]+@[\w-]+\.\w"
    r"|(?:\+?62|\b0)[ .-]?8[\d .-]{7,}"
    r"|\b(?:rp|idr|usd|rm)\.? ?\d|\d ?(?:juta|jt|ribu|rb)\b",
    re.IGNORECASE,
)
"""A link, a telephone number, a mail address or an amount of money: something that can be checked.

Plain patterns that know nothing of the library, so that the split does not favour it.
"""

_SHOWN = 5
"""So many bad records are named; the others are counted."""

_KINDS = {
    **{kind.value: kind for kind in Kind},
    "news": Kind.AWARENESS,
    "domestic_offer": Kind.OFFER,
    "overseas_offer": Kind.OFFER,
    "online_task": Kind.OFFER,
}
"""What the field ``kind`` may say; any other value says nothing of the kind."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """How the fields of a data file are called; without a field for it, each file is a source."""

    text: str = "text"
    id: str = "id"
    label: str = "label"
    kind: str = "kind"
    family: str = "family"
    channel: str = "channel"
    register: str = "register"
    destination: str = "destination"
    harm: str = "harm"
    subtle: str = "subtle"
    train_ok: str = "train_ok"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Which labels are the positive and which the negative ones; others are not counted."""

    positive: Collection[str] = ("scam",)
    negative: Collection[str] = ("legit", "not_offer", "other")

    def treatment(self, label: str | None) -> Treatment:
        """Return what a label counts as."""
        if label in self.positive:
            return "positive"
        return "negative" if label in self.negative else "aside"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text to evaluate on.

    Attributes:
        id: The caller's own id, or file and line.
        text: The text.
        positive: Whether it is what the score is to find.
        kind: Its true kind, or None if nobody says.
        source: Where it is from: the file, or what its own field says.
        group: Sources that are told together.
        family: Texts that were made from each other share one; None for a text of its own.
        channel: Where it was written.
        register: How it is written.
        destination: Where the work is said to be.
        harm: What a scam does to its victim.
        subtle: Whether it shows one or two tells only.
        file: Name of its file.
        train_ok: Whether it may be trained on; None if nobody says.
    """

    id: str
    text: str
    positive: bool
    kind: Kind | None = None
    source: str = ""
    group: str = ""
    family: str | None = None
    channel: str | None = None
    register: str | None = None
    destination: str | None = None
    harm: str | None = None
    subtle: bool | None = None
    file: str = ""
    train_ok: bool | None = None

    @property
    def cue(self) -> bool:
        """Whether it holds something that can be checked."""
        return CUE.search(self.text) is not None


class Sources(Value):
    """What was read.

    Attributes:
        files: SHA-256 of each file.
        texts: Texts that count.
        positives: Positive ones.
        families: Families among all.
        aside: Texts left out for their label, by source and label.
        errors: Records that could not be read or screened, by type.
        first_errors: The first few of them.
    """

    files: Mapping[str, str]
    texts: int
    positives: int
    families: int
    aside: Mapping[str, int]
    errors: Mapping[str, int]
    first_errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that count, and what was said of those that do not."""

    texts: tuple[Labelled, ...]
    files: Mapping[str, str] | None = None
    aside: Mapping[str, int] | None = None
    bad: tuple[str, ...] = ()
    errors: Mapping[str, int] | None = None

    def without(self, refused: Mapping[int, InputError]) -> Texts:
        """Return the texts without those that could not be screened, which become bad records."""
        if not refused:
            return self
        kept = tuple(text for at, text in enumerate(self.texts) if at not in refused)
        bad = [f"{self.texts[at].id}: input: {error}" for at, error in refused.items()]
        errors = Counter(self.errors or {}) + Counter({"input": len(refused)})
        return Texts(kept, self.files, self.aside, (*self.bad, *bad), errors)

    def only(self, kept: Sequence[Labelled]) -> Texts:
        """Return some of the texts, with what is said of all."""
        return Texts(tuple(kept), self.files, self.aside, self.bad, self.errors)

    def summary(self) -> Sources:
        """Return what was read, in numbers."""
        families = {text.family or (text.source, text.id) for text in self.texts}
        return Sources(
            files=dict(self.files or {}),
            texts=len(self.texts),
            positives=sum(text.positive for text in self.texts),
            families=len(families),
            aside=dict(sorted((self.aside or {}).items())),
            errors=dict(sorted((self.errors or {}).items())),
            first_errors=self.bad[:_SHOWN],
        )


def read_texts(
    paths: Sequence[Path],
    plan: Plan,
    *,
    names: FieldNames | None = None,
    labels: LabelRule | None = None,
) -> Texts:
    """Read the labelled texts of data files.

    Args:
        paths: JSON lines or CSV. A file is a source of its own unless its rows name one.
        plan: What is known of the sources.
        names: Names of the fields.
        labels: Which labels count.

    Raises:
        InputError: A file cannot be read, or has the name of another one.
    """
    names, labels = names or FieldNames(), labels or LabelRule()
    kept_fields = [field.name for field in fields(FieldNames)][2:]
    called = {name: getattr(names, name) for name in kept_fields if getattr(names, name)}
    _check_names(paths)
    texts: list[Labelled] = []
    aside: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    bad: list[str] = []
    for path in paths:
        records = read_records(
            path,
            text_field=names.text,
            id_field=names.id,
            keep=list(called.values()),
        )
        for record in records:
            if isinstance(record, BadRecord):
                errors[record.type] += 1
                bad.append(f"{path.name}:{record.line}: {record.type}: {record.message}")
                continue
            row = dict(zip(called, record.kept, strict=True))
            text = _labelled(record, row, path, plan, labels)
            if text is None:
                aside[f"{path.stem}, {_word(row['label']) or 'no label'}"] += 1
            else:
                texts.append(text)
    return Texts(tuple(texts), _digests(paths), aside, tuple(bad), errors)


def _digests(paths: Sequence[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _check_names(paths: Sequence[Path]) -> None:
    for stem, times in Counter(path.stem for path in paths).items():
        if times > 1:
            raise InputError(f"{times} files are called {stem!r}: a source needs a name of its own")


def _labelled(
    record: Record, row: Mapping[str, object], path: Path, plan: Plan, labels: LabelRule
) -> Labelled | None:
    source = _word(row.get("source")) or path.stem
    entry = plan.of(source)
    label = _word(row["label"])
    treatment = entry.labels.get(label or "", labels.treatment(label))
    if treatment == "aside":
        return None
    return Labelled(
        id=f"{path.name}:{record.line}" if record.id is None else str(record.id),
        text=record.text,
        positive=treatment == "positive",
        kind=entry.kind or _KINDS.get(_word(row["kind"]) or ""),
        source=source,
        group=entry.group or source,
        family=_word(row["family"]),
        channel=_word(row["channel"]),
        register=_word(row["register"]),
        destination=_word(row["destination"]),
        harm=_word(row["harm"]),
        subtle=_truth(row["subtle"]),
        file=path.name,
        train_ok=_truth(row["train_ok"]),
    )


def _word(value: object) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() or None


def _truth(value: object) -> bool | None:
    word = (_word(value) or "").lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(word)
