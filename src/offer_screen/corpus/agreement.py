"""How far two readers agree on the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from offer_screen.corpus.record import CorpusText, Label, TextKind
from offer_screen.errors import CorpusError
from offer_screen.values import Value


class SecondLabel(Value):
    """A line of ``corpus/second-reading.jsonl``: what a reader who did not see the label said.

    Attributes:
        id: Text that was read.
        first_label: Label before the disagreement, if any, was settled.
        first_kind: Kind before that.
        label: Label of the second reader.
        kind: Kind of the second reader.
        note: How a disagreement was settled; None where both agreed.
    """

    id: str
    first_label: Label
    first_kind: TextKind
    label: Label
    kind: TextKind
    note: str | None = None


class Agreement(Value):
    """Agreement of two readings.

    Attributes:
        texts: Texts read twice.
        label_agreed: Share with the same label.
        label_kappa: Cohen's kappa of the labels: agreement beyond chance, 1 is perfect.
        kind_agreed: Share with the same kind.
        kind_kappa: Cohen's kappa of the kinds.
        confusion: First label, second label: texts.
    """

    texts: int
    label_agreed: float
    label_kappa: float
    kind_agreed: float
    kind_kappa: float
    confusion: Mapping[str, Mapping[str, int]]


def read_second(path: Path | str) -> tuple[SecondLabel, ...]:
    """Return the second labels of a file.

    Raises:
        CorpusError: The file cannot be read, or a line is not a second label.
    """
    path = Path(path)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror or error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(SecondLabel.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "record"
            raise CorpusError(f"{path}:{number}: {place}: {first['msg']}") from error
    return tuple(found)


def measure_agreement(second: Sequence[SecondLabel]) -> Agreement:
    """Return the agreement of both readings, before disagreements were settled.

    Raises:
        CorpusError: Nothing was read twice.
    """
    if not second:
        raise CorpusError("no text was read a second time")
    labels = [(item.first_label.value, item.label.value) for item in second]
    kinds = [(item.first_kind.value, item.kind.value) for item in second]
    counted = Counter(labels)
    return Agreement(
        texts=len(second),
        label_agreed=_agreed(labels),
        label_kappa=kappa(labels),
        kind_agreed=_agreed(kinds),
        kind_kappa=kappa(kinds),
        confusion={
            one.value: {two.value: counted[one.value, two.value] for two in Label} for one in Label
        },
    )


def unsettled(
    second: Sequence[SecondLabel], texts: Mapping[str, CorpusText]
) -> tuple[SecondLabel, ...]:
    """Return the disagreements that nobody settled, and second labels of texts that are gone."""
    return tuple(
        item
        for item in second
        if item.id not in texts
        or ((item.first_label, item.first_kind) != (item.label, item.kind) and not item.note)
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa; 1 where both readers only ever used one and the same name."""
    total = len(pairs)
    ones, twos = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    by_chance = sum(ones[name] * twos[name] for name in ones) / total**2
    if by_chance == 1:
        return 1.0
    return (_agreed(pairs) - by_chance) / (1 - by_chance)


def _agreed(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(one == two for one, two in pairs) / len(pairs)
