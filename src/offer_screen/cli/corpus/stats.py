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

_ROWS = 14
"""Values of one property that the table lists."""


@app.command()
def stats(
    folder: CorpusPath = Path("corpus"),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say what a corpus is made of, and how far two readers of it agree."""
    found = corpus_statistics(read_splits(folder))
    if as_json:
        write_result(f"{found.model_dump_json(indent=2)}\n", None)
        return
    lines = list(_lines(found))
    second = folder / "second-reading.jsonl"
    if second.is_file():
        agreement = measure_agreement(read_second(second))
        lines += [
            "",
            f"read twice: {agreement.texts} texts; same label {100 * agreement.label_agreed:.1f} %"
            f" (kappa {agreement.label_kappa:.3f}), same kind {100 * agreement.kind_agreed:.1f} %"
            f" (kappa {agreement.kind_kappa:.3f})",
        ]
    write_result("".join(f"{line}\n" for line in lines), None)


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
