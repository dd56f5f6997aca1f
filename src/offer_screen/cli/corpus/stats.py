"""``offer-screen corpus stats``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.cli.corpus.app import CorpusPath, app
from offer_screen.cli.terminal import write_result
from offer_screen.corpus import (
    CorpusStatistics,
    corpus_statistics,
    measure_agreement,
    read_second,
    read_splits,
)
from offer_screen.corpus.record import Label
from offer_screen.errors import InputError

CARD_BEGINS = "<!-- figures: offer-screen corpus stats --card -->"
CARD_ENDS = "<!-- end of figures -->"

_ROWS = 14
"""Values of one property that the table lists."""


@app.command()
def stats(
    folder: CorpusPath = Path("corpus"),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    card: Annotated[
        bool,
        typer.Option("--card", help="Write the figures into CARD.md of the folder, between marks."),
    ] = False,
) -> None:
    """Say what a corpus is made of, and how far two readers of it agree."""
    found = corpus_statistics(read_splits(folder))
    if as_json:
        write_result(f"{found.model_dump_json(indent=2)}\n", None)
        return
    shown = "".join(f"{line}\n" for line in [*_lines(found), *_agreement(folder)])
    if card:
        write_card(folder / "CARD.md", shown)
    else:
        write_result(shown, None)


def write_card(path: Path, figures: str) -> None:
    """Put figures between the marks of a card.

    Raises:
        InputError: The card cannot be read or written, or has no marks.
    """
    try:
        held = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    before, mark, rest = held.partition(CARD_BEGINS)
    _, end, after = rest.partition(CARD_ENDS)
    if not mark or not end:
        raise InputError(f"{path}: no lines '{CARD_BEGINS}' and '{CARD_ENDS}' to write between")
    write_result(f"{before}{CARD_BEGINS}\n```\n{figures}```\n{CARD_ENDS}{after}", path)


def _agreement(folder: Path) -> Iterator[str]:
    second = folder / "second-reading.jsonl"
    if not second.is_file():
        return
    found = measure_agreement(read_second(second))
    yield ""
    yield (
        f"read twice: {found.texts} texts; same label {100 * found.label_agreed:.1f} % (kappa"
        f" {found.label_kappa:.3f}), same kind {100 * found.kind_agreed:.1f} % (kappa"
        f" {found.kind_kappa:.3f})"
    )
    yield f"{'first reading':22}" + "".join(f"{label.value:>11}" for label in Label)
    for first, said in found.confusion.items():
        yield f"  {first:20}" + "".join(f"{said[label.value]:>11}" for label in Label)


def _lines(found: CorpusStatistics) -> Iterator[str]:
    total = sum(found.texts.values())
    splits = ", ".join(
        f"{name} {count} in {found.families[name]} families" for name, count in found.texts.items()
    )
    yield f"{total} texts ({splits})"
    yield f"{found.individually_written} individually written, the others variations of them"
    yield f"five-word sequences in a second text: {100 * found.shared_five_words:.2f} %"
    for name, counts in found.by.items():
        yield ""
        yield f"{name:22}" + "".join(f"{label.value:>11}" for label in Label)
        for value, of_label in list(counts.items())[:_ROWS]:
            yield f"  {value:20}" + "".join(f"{of_label.get(label, 0):>11}" for label in Label)
        if len(counts) > _ROWS:
            yield f"  … and {len(counts) - _ROWS} more"
    yield ""
    yield f"{'style':22}" + "".join(f"{label:>11}" for label in found.style)
    for field in ("characters", "lines", "emoji", "capitals", "digits", "exclamations"):
        values = [getattr(style, field) for style in found.style.values()]
        yield f"  {field:20}" + "".join(f"{value:>11.3g}" for value in values)
