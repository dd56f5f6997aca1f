"""Prints the memory and the start-up time of a process that screens, alone and shared.

    python benchmarks/memory.py

Linux only: it reads /proc. Each line is a fresh process (the median of three) that has screened
1,000 offers of 700 characters with the shipped pack, classifier and weights.

alone      loads the screener.
unpacked   unpacks a pickled one, as each Python process of a Spark executor does.
workers    ``screen_many(workers=2)``: what the two workers hold of their own, pages shared with the
           process that forked them not counted, and that process.
"""

from __future__ import annotations

import json
import pickle
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from screening import offers

from offer_screen import Screener

_ROUNDS = 3
_PROCESS = """
import gc, itertools, json, pickle, sys, time
from pathlib import Path

way, packed, texts = sys.argv[1:]
texts = json.loads(Path(texts).read_text())
start = time.perf_counter()
from offer_screen import Screener
imported = time.perf_counter()
if way == "unpacked":
    screener = pickle.loads(Path(packed).read_bytes())
else:
    screener = Screener.load()
gc.freeze()
ready = time.perf_counter()

def held(process, *names):
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    kilobytes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return sum(int(kilobytes[name]) for name in names) / 1024

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

told = {"load": ready - imported}
reports = screener.screen_many(texts, workers=2 if way == "workers" else 1)
last = max(0, len(texts) - 1)
for _ in itertools.islice(reports, last):
    pass
if way == "workers":
    children = Path("/proc/self/task")
    ids = [id for task in children.iterdir() for id in (task / "children").read_text().split()]
    own = [held(id, "Private_Clean", "Private_Dirty") for id in ids]
    told |= {"workers": len(own), "own": sum(own) / len(own)}
list(reports)
print(json.dumps(told | {"resident": held("self", "Rss"), "peak": peak()}))
"""


def measured(way: str, folder: Path) -> dict[str, float]:
    """Return the medians of what processes of one kind tell of themselves."""
    command = [
        sys.executable,
        "-c",
        _PROCESS,
        way,
        str(folder / "packed"),
        str(folder / "texts.json"),
    ]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(_ROUNDS)
    ]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packed = pickle.dumps(Screener.load())
        (folder / "packed").write_bytes(packed)
        (folder / "texts.json").write_text(json.dumps(offers(1_000)))
        print(f"pickled {len(packed) / 1e6:.1f} MB")
        for way in ("alone", "unpacked", "workers"):
            told = measured(way, folder)
            more = f", each worker's own {told['own']:.0f} MB" if "own" in told else ""
            print(
                f"{way:9} ready after {told['load']:.2f} s,"
                f" resident {told['resident']:.0f} MB, peak {told['peak']:.0f} MB{more}"
            )


if __name__ == "__main__":
    main()
