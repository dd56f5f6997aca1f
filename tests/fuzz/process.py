"""One fuzzed target in its process: what atheris needs, and nothing else does."""

from __future__ import annotations

import hashlib
import sys
from random import Random

import atheris

with atheris.instrument_imports(include=["offer_screen"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.seeds import ROOT, words

_SLOWEST = 60
"""Seconds that one input may take, with the instruments in the way and other work beside."""

_MEMORY = 2_000
"""MB that the process may take."""


def main() -> None:
    """Fuzz the target of the command line for as many seconds."""
    name, seconds = sys.argv[1:]
    target = TARGETS[name]
    corpus = ROOT / "build" / "fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    for first in (target.seeds()[0], b"\x0eGaji 5 jt -y"):
        target.check(first)  # what is loaded once must not count as slow
    dictionary = corpus.with_suffix(".dict")
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in words()))
    kept = ROOT / "tests" / "fuzz" / "regressions" / name
    kept.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={target.longest}",
        f"-timeout={_SLOWEST}",
        f"-rss_limit_mb={_MEMORY}",
        f"-dict={dictionary}",
        f"-artifact_prefix={kept}/",
        "-print_final_stats=1",
    ]

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        rnd = Random(seed)
        if target.mutate is not None and rnd.random() < 0.7:
            try:
                return target.mutate(data, rnd)[:longest]
            except ValueError:
                pass
        changed: bytes = atheris.Mutate(data, longest)
        return changed

    def checked(data: bytes) -> None:
        try:
            target.check(data)
        except BaseException:  # kept here and now: a slow end of the process may be cut off
            (kept / f"crash-{hashlib.sha1(data).hexdigest()}").write_bytes(data)
            raise

    mutator = {} if target.mutate is None else {"custom_mutator": mutated}
    atheris.Setup([sys.argv[0], *options, str(corpus)], checked, **mutator)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
