"""Prints how many texts of each file end at which level, and which rules lift them.

    python benchmarks/levels.py [FILE.jsonl ...] [--rules]

Without files: the real texts beside the checkout (``../shared/data/real``), when they are there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from offer_screen import InputError, Kind, Level, Screener
from offer_screen.batch import Record, read_records

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rules", action="store_true", help="also count the rules per file")
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
    for path in files:
        levels: Counter[str] = Counter()
        of_kind: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        texts = [record.text for record in read_records(path) if isinstance(record, Record)]
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
            f"{path.stem:34}{total:>6}"
            + "".join(f"{levels[name]:>10}" for name in names)
            + f"{serious:>7.2f}%  "
            + " ".join(f"{kind}={of_kind[kind]}" for kind in kinds)
            + (f"  errors={errors}" if errors else "")
        )
        if options.rules:
            print("    " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common(15)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
