"""Prints how many texts of each file end at which level, and which rules lift them.

    python benchmarks/levels.py [FILE.jsonl ...] [--rules] [--by-cue]

With ``--by-cue`` each file is told in two rows: texts that hold a link, a telephone number, a mail
address or an amount of money, found by plain patterns that know nothing of the library, and texts
that hold none of these and so give little to check.

Without files: the real texts beside the checkout (``../shared/data/real``), when they are there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from offer_screen import InputError, Kind, Level, Screener
from offer_screen.batch import Record, read_records
from offer_screen.evaluation.data import CUE

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"


def rows(path: Path, *, by_cue: bool) -> list[tuple[str, list[str]]]:
    """Return the texts of a file, all in one row or in one with a cue and one without."""
    texts = [record.text for record in read_records(path) if isinstance(record, Record)]
    if not by_cue:
        return [(path.stem, texts)]
    with_cue = [text for text in texts if CUE.search(text)]
    without = [text for text in texts if not CUE.search(text)]
    return [(f"{path.stem[:24]}, cue", with_cue), (f"{path.stem[:24]}, none", without)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rules", action="store_true", help="also count the rules per file")
    parser.add_argument("--by-cue", action="store_true", help="tell texts with a cue apart")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--pack", type=Path, help="folder of a rule pack; the shipped one if not given"
    )
    options = parser.parse_args()
    files = options.files or sorted(REAL.glob("*.jsonl"))
    if not files:
        print(f"skipped: no files given and none in {REAL.parent.parent.name}/", file=sys.stderr)
        return 0
    screener = Screener.load(options.pack and [options.pack])
    names = [level.value for level in Level]
    kinds = [kind.value for kind in Kind]
    print(f"{'file':34}{'texts':>6}" + "".join(f"{n:>10}" for n in names) + f"{'high+':>8}  kinds")
    for name, texts in (row for path in files for row in rows(path, by_cue=options.by_cue)):
        levels: Counter[str] = Counter()
        of_kind: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        errors = 0
        for report in screener.screen_many(texts, workers=options.workers):
            if isinstance(report, InputError):
                errors += 1
                continue
            levels[report.level.value] += 1
            of_kind[report.kind.value] += 1
            rules.update(finding.rule for finding in report.findings)
        total = sum(levels.values()) or 1
        serious = 100 * (levels["high"] + levels["critical"]) / total
        print(
            f"{name:34}{total:>6}"
            + "".join(f"{levels[level]:>10}" for level in names)
            + f"{serious:>7.2f}%  "
            + " ".join(f"{kind}={of_kind[kind]}" for kind in kinds)
            + (f"  errors={errors}" if errors else "")
        )
        if options.rules:
            print("    " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common(15)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
