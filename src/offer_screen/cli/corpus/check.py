"""``offer-screen corpus check``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.batch import Record, read_records
from offer_screen.cli.corpus.app import CorpusPath, app
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.terminal import tell, write_result
from offer_screen.corpus import check_corpus, read_second, read_splits
from offer_screen.corpus.agreement import unsettled
from offer_screen.corpus.checks import Known
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.reference import Reference


@app.command()
def check(
    folder: CorpusPath = Path("corpus"),
    *,
    foreign: Annotated[
        list[Path] | None,
        typer.Option(
            "--foreign",
            help="JSON lines that others wrote; no text may share eight words in a row with them.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Check a corpus: schema, ids, splits, near-duplicates, shared wording, personal data."""
    splits = read_splits(folder)
    ruleset = load_ruleset(None)
    reference = Reference.at(ruleset.reference, dt.date.today())
    known = Known(
        rules=ruleset.rules.keys(),
        domains={domain for entry in reference.employers.values() for domain in entry.domains},
        foreign=[
            record.text
            for path in foreign or ()
            for record in read_records(path)
            if isinstance(record, Record)
        ],
    )
    problems = [str(problem) for problem in check_corpus(splits, known)]
    texts = {text.id: text for split in splits.values() for text in split}
    second = folder / "second-reading.jsonl"
    if second.is_file():
        problems += [
            f"{item.id}: C11 the second reading disagrees and nobody settled it"
            for item in unsettled(read_second(second), texts)
        ]
    write_result("".join(f"{problem}\n" for problem in problems), None)
    tell(f"{len(texts)} texts, {len(problems)} problems")
    raise typer.Exit(ExitCode.FINDINGS if problems else ExitCode.OK)
