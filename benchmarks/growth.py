"""Prints how the cost of a verdict grows with five things, and the power with which it does.

    python benchmarks/growth.py [length|rules|phrases|findings|batch ...] [--most KB] [--rounds N]

*length*: kinds of text from 1 kB on, the most costly ones among them, with the memory that Python
allocates beyond the loaded screener. *rules*: the shipped pack and several of it, whose further
rules look for other words. *phrases*: as many rules, with more phrases. *findings*: texts of one
length with more and more sentences that make a rule fire. *batch*: `screen_many` on more texts.

Times are those of the processor. A power of 1 is growth in proportion, 0 none at all.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence

from larger_packs import times_phrases, times_rules
from screening import offers
from timing import exponent, in_turn

from offer_screen import RuleSet, Screener, load_ruleset
from offer_screen.pipeline import EngineName
from offer_screen.results import FindingType

TEXTS = {
    "plain offer": (
        "Toko Contoh di Semarang butuh penjaga toko, usia 20 sampai 35 tahun, gaji Rp 2.500.000"
        " per bulan, libur hari Minggu. Lamaran diantar langsung ke toko setelah jam 9 pagi.\n"
    ),
    "scam": "Kerja di Kamboja, gaji 1000 USD, visa turis, paspor dipegang agen.\n",
    "one letter": "a",
    "letters, blanks": "a ",
    "emoji": "😀",
    "flags": "🇰🇭",
    "ligatures": "\ufdfa",
    "percent signs": "%",
    "combining": "a\u0301\u0316",
    "tags": "<b>",
    "quotes": '"a" ',
    "amounts": "gaji 5 jt ",
    "dollars": "$1000 ",
    "phones": "0812-0000-1234 ",
    "links": "wa.me/6281200001234 ",
    "negated flags": "tidak ada paspor dipegang ",
    "warned flags": "waspada paspor dipegang ",
    "companies": "PT Contoh ",
}
SIZES = (1, 10, 100, 1_000)
TIMES = (1, 2, 4)
SENTENCES = (1, 2, 4, 8, 16)
BATCHES = (1, 10, 100, 1_000)
_MEASURED_UP_TO = 100  # kB: measuring memory slows a run down
_LENGTH = 2_500  # of the texts with findings
_BLOCK = 20
_WARMING = 60
_ENGINES: tuple[EngineName, ...] = ("durable", "compiled")


def length(most: int) -> None:
    sizes = [size for size in SIZES if size <= most]
    screener = Screener.load(max_length=1_000 * most)
    gc.collect()
    gc.freeze()
    print("ms for each 1,000 characters, at a length of … thousand; kB for each 1,000 characters")
    heads = "".join(f"{size:>9,}" for size in sizes)
    print(f"{'':16}{heads}{'power':>8}{'kB each':>10}")
    for name, unit in TEXTS.items():
        texts = [(unit * (1_000 * size // len(unit) + 1))[: 1_000 * size] for size in sizes]
        screener.screen(texts[0])
        # The shortest, over in a moment, is done several times.
        costs = [
            statistics.median(
                _milliseconds(screener.screen, text) for _ in range(max(1, 9 // size))
            )
            for size, text in zip(sizes, texts, strict=True)
        ]
        size = max(size for size in sizes if size <= _MEASURED_UP_TO)
        memory = _peak(screener, texts[sizes.index(size)]) / 1_000 / size
        each = "".join(f"{cost / size:9.2f}" for cost, size in zip(costs, sizes, strict=True))
        power = exponent(sizes, costs) if len(sizes) > 1 else float("nan")
        print(f"{name:16}{each}{power:8.2f}{memory:10.0f}", flush=True)
    gc.unfreeze()


def rules(rounds: int) -> None:
    packs = {times: times_rules(load_ruleset(), times) for times in TIMES}
    _of_packs("rules", packs, lambda pack: len(pack.rules), rounds)


def phrases(rounds: int) -> None:
    packs = {times: times_phrases(load_ruleset(), times) for times in TIMES}
    _of_packs(
        "templates",
        packs,
        lambda pack: sum(len(signal.phrases) for signal in pack.signals.values()),
        rounds,
    )


def findings(rounds: int) -> None:
    """Print the cost of texts of one length with more and more that makes rules fire."""
    ruleset = load_ruleset()
    told = [
        text
        for rule in ruleset.rules.values()
        if rule.type is FindingType.RED_FLAG
        for text in rule.examples.match[:1]
        if len(text) < 110
    ]
    rnd = random.Random(0)

    def text(sentences: int) -> str:
        chosen = rnd.sample(told, sentences)
        fill = TEXTS["plain offer"] * (_LENGTH // len(TEXTS["plain offer"]) + 1)
        return "\n".join([*chosen, fill])[:_LENGTH]

    texts = {
        sentences: [text(sentences) for _ in range(_WARMING + rounds)] for sentences in SENTENCES
    }
    print(f"texts of {_LENGTH:,} characters")
    for engine in _ENGINES:
        screener = Screener(ruleset, engine=engine)
        reports = {
            sentences: [screener.screen(text) for text in texts[sentences]]
            for sentences in SENTENCES
        }
        found = [
            statistics.fmean(len(report.findings) for report in reports[sentences])
            for sentences in SENTENCES
        ]
        works = {str(sentences): _nth(screener, texts[sentences]) for sentences in SENTENCES}
        numbers = [str(number) for number in range(_WARMING + rounds)]
        times = in_turn(works, numbers, block=_BLOCK, warming=_WARMING)
        costs = [statistics.median(times[name].cpu) for name in works]
        _print_row(engine, "findings", found, costs)


def batch() -> None:
    """Print what `screen_many` takes for fewer and more texts."""
    screener = Screener.load()
    texts = offers(_WARMING + sum(BATCHES))
    for text in texts[:_WARMING]:
        screener.screen(text)
    for workers in (1, 2):
        totals = []
        start = _WARMING
        for size in BATCHES:
            began = time.perf_counter()
            for _ in screener.screen_many(texts[start : start + size], workers=workers):
                pass
            totals.append((time.perf_counter() - began) * 1e6)
            start += size
        each = [total / size for total, size in zip(totals, BATCHES, strict=True)]
        name = f"{workers} process" + "es, started anew" * (workers > 1)
        _print_row(name, "texts", BATCHES, each, power_of=totals)


def _of_packs(
    what: str, packs: Mapping[int, RuleSet], size: Callable[[RuleSet], int], rounds: int
) -> None:
    texts = offers(_WARMING + rounds)
    for engine in _ENGINES:
        works = {str(times): Screener(pack, engine=engine).screen for times, pack in packs.items()}
        times = in_turn(works, texts, block=_BLOCK, warming=_WARMING)
        costs = [statistics.median(times[name].cpu) for name in works]
        _print_row(engine, what, [size(pack) for pack in packs.values()], costs)


def _nth(screener: Screener, texts: Sequence[str]) -> Callable[[str], object]:
    return lambda number: screener.screen(texts[int(number)])


def _print_row(
    name: str,
    what: str,
    sizes: Sequence[float],
    costs: Sequence[float],
    power_of: Sequence[float] | None = None,
) -> None:
    told = ", ".join(
        f"{size:,.0f}: {cost:,.0f} µs" for size, cost in zip(sizes, costs, strict=True)
    )
    power = exponent(sizes, costs if power_of is None else power_of)
    print(f"{name:12} {what} {told}; power {power:.2f}", flush=True)


def _milliseconds(screen: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    screen(text)
    return 1_000 * (time.process_time() - begun)


def _peak(screener: Screener, text: str) -> int:
    tracemalloc.start()
    screener.screen(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    axes = ("length", "rules", "phrases", "findings", "batch")
    parser.add_argument("axes", nargs="*", metavar="|".join(axes), help="all if none is named")
    parser.add_argument("--rounds", type=int, default=200, help="texts for each figure")
    parser.add_argument("--most", type=int, default=100, help="longest text, in 1,000 characters")
    options = parser.parse_args()
    if unknown := set(options.axes) - set(axes):
        parser.error(f"not known: {', '.join(sorted(unknown))}; there is {', '.join(axes)}")
    for axis in options.axes or axes:
        print(f"\n{axis}")
        if axis == "length":
            length(options.most)
        elif axis == "batch":
            batch()
        else:
            {"rules": rules, "phrases": phrases, "findings": findings}[axis](options.rounds)


if __name__ == "__main__":
    main()
