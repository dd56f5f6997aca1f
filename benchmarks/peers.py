"""Prints what one offer costs here, and in what else one would take: the same texts, the same run.

    python benchmarks/peers.py [--rounds N] [--json FILE] [--only NAME ...]

Three tables in one. *Whole*: from a string to a report. *Matching*: the phrases of our pack that
need no facts (``phrase_task.py``), in texts that were normalised beforehand for everybody; before
anything is timed, each matcher must find the very signals that ours finds in all texts timed and in
texts of the development split. *Judging*: from a string to a probability, TF-IDF and logistic
regression trained on ``corpus/train.jsonl``.

Needs the extra ``bench``. What cannot be had on a machine is named and left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from phrase_task import Gap, Phrase, PhraseTask, Slot, normalised
from screening import OFFERS, WARMING, offers
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from timing import Times, Work, in_turn, percentile

from offer_screen import Screener
from offer_screen.corpus.reading import read_corpus
from offer_screen.corpus.record import Label
from offer_screen.pipeline import EngineName

ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = "offer_screen spacy presidio-analyzer scikit-learn google-re2 hyperscan pyahocorasick"
_BLOCK = 4 * len(OFFERS)
_CHECKED = 100  # texts of the development split
_MOST_PATTERNS = 20  # of tokens for one template: a few would stand for millions
_MOST_PHRASES = 2_000
_OURS = ("offer_screen, durable, model", "offer_screen, compiled, model")

Find = Callable[[str], Iterable[str]]
"""Gives the signals that are found in a normalised text."""


class System(NamedTuple):
    """One row of the table.

    Attributes:
        group: ``whole``, ``matching`` or ``judging``: what is read and what comes out.
        work: What is timed.
        task: The phrases that a matcher was given.
    """

    group: str
    work: Work
    task: PhraseTask | None = None


def ours(screener: Screener, task: PhraseTask) -> dict[str, System]:
    systems: dict[str, System] = {}
    engines: tuple[EngineName, ...] = ("durable", "compiled")
    for engine in engines:
        for model in (True, False):
            made = Screener.load(engine=engine, model="auto" if model else None)
            name = f"offer_screen, {engine}, {'model' if model else 'rules alone'}"
            systems[name] = System("whole", made.screen)
    systems["offer_screen, phrases alone"] = System("matching", task.find, task)
    read, classifier = screener.normalizer.read, screener.classifier
    if classifier is not None:
        log_odds = classifier.log_odds
        systems["offer_screen, reading and model alone"] = System(
            "judging", lambda text: log_odds(read(text))
        )
    return systems


def expressions(task: PhraseTask) -> dict[str, str]:
    """Return one alternation for each signal, that ends before a blank."""
    return {
        signal: f"(?:{'|'.join(phrase.expression for phrase in phrases)})(?= )"
        for signal, phrases in task.by_signal.items()
    }


def plain_re(task: PhraseTask) -> Find:
    patterns = [(signal, re.compile(written)) for signal, written in expressions(task).items()]

    def find(text: str) -> list[str]:
        return [signal for signal, pattern in patterns for _ in pattern.finditer(text)]

    return find


def re2_set(task: PhraseTask) -> Find:
    import re2  # noqa: PLC0415

    options = re2.Options()
    options.max_mem = 1 << 30
    matched = re2.Set.SearchSet(options)
    for phrase in task.phrases:
        matched.Add(f"{phrase.expression} ")
    matched.Compile()
    signals = [phrase.signal for phrase in task.phrases]
    return lambda text: [signals[number] for number in matched.Match(text) or ()]


def hyperscan(task: PhraseTask) -> Find:
    import hyperscan as hs  # noqa: PLC0415

    database = hs.Database()
    database.compile(
        expressions=[f"{phrase.expression} ".encode() for phrase in task.phrases],
        flags=hs.HS_FLAG_SINGLEMATCH | hs.HS_FLAG_UTF8,
    )
    signals = [phrase.signal for phrase in task.phrases]

    def find(text: str) -> list[str]:
        found: list[str] = []

        def note(number: int, *_: object) -> None:
            found.append(signals[number])

        database.scan(text.encode(), match_event_handler=note)
        return found

    return find


def aho_corasick(task: PhraseTask) -> Find:
    import ahocorasick  # noqa: PLC0415

    automaton = ahocorasick.Automaton()
    signals: dict[str, dict[str, None]] = {}
    for phrase in task.phrases:
        for words in _plain(phrase):
            signals.setdefault(f" {' '.join(words)} ", {})[phrase.signal] = None
    for written, of_phrase in signals.items():
        automaton.add_word(written, tuple(of_phrase))
    automaton.make_automaton()
    return lambda text: [signal for _, found in automaton.iter(text) for signal in found]


def phrase_matcher(task: PhraseTask) -> Find:
    nlp = spacy.blank("xx")
    matcher = PhraseMatcher(nlp.vocab)
    for signal, phrases in task.by_signal.items():
        written = {words: None for phrase in phrases for words in _plain(phrase)}
        matcher.add(signal, [Doc(nlp.vocab, words=list(words)) for words in written])
    return _spacy(nlp, matcher)


def token_matcher(task: PhraseTask) -> Find:
    nlp = spacy.blank("xx")
    matcher = Matcher(nlp.vocab)
    for signal, phrases in task.by_signal.items():
        patterns = [
            [_token(slot) for slot in sequence]
            for phrase in phrases
            for sequence in phrase.sequences(merged=True)
        ]
        matcher.add(signal, patterns)
    return _spacy(nlp, matcher)


def _spacy(nlp: Any, matcher: Any) -> Find:  # noqa: ANN401  (spaCy's own types say no more)
    strings = nlp.vocab.strings

    def find(text: str) -> list[str]:
        # Not its tokenizer, which would cut the words anew, and takes longer.
        document = Doc(nlp.vocab, words=text.strip(" ").split(" "))
        return [strings[found] for found, _, _ in matcher(document)]

    return find


def _token(slot: Slot) -> dict[str, object]:
    if isinstance(slot, Gap):
        return {"IS_SPACE": False, "OP": f"{{0,{slot.words}}}"}
    if slot == {"<number>"}:
        return {"TEXT": {"REGEX": "^[0-9]"}}
    if slot == {"<any>"}:
        return {"IS_SPACE": False}
    return {"ORTH": next(iter(slot))} if len(slot) == 1 else {"ORTH": {"IN": sorted(slot)}}


def _plain(phrase: Phrase) -> Iterable[tuple[str, ...]]:
    for sequence in phrase.sequences(merged=False):
        yield tuple(word for slot in sequence if not isinstance(slot, Gap) for word in slot)


def presidio(task: PhraseTask) -> Find:
    from presidio_analyzer import (  # noqa: PLC0415
        AnalyzerEngine,
        Pattern,
        PatternRecognizer,
        RecognizerRegistry,
    )
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415

    recognizers = [
        PatternRecognizer(
            supported_entity=signal,
            supported_language="id",
            patterns=[Pattern(signal, written, 0.5)],
            global_regex_flags=0,  # all is in lower case
        )
        for signal, written in expressions(task).items()
    ]
    nlp_engine = SpacyNlpEngine(models=[{"lang_code": "id", "model_name": "blank"}])
    nlp_engine.nlp = {"id": spacy.blank("xx")}  # nothing is fetched
    analyzer = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognizers, supported_languages=["id"]),
        nlp_engine=nlp_engine,
        supported_languages=["id"],
    )
    return lambda text: [result.entity_type for result in analyzer.analyze(text, "id")]


MATCHERS: dict[str, tuple[Callable[[PhraseTask], Find], Callable[[Phrase], bool]]] = {
    "re, one alternation a signal": (plain_re, lambda _: True),
    "google-re2 Set, ids only": (re2_set, lambda _: True),
    "hyperscan, ids only": (hyperscan, lambda _: True),
    "Presidio analyzer": (presidio, lambda _: True),
    "spaCy Matcher": (
        token_matcher,
        lambda phrase: phrase.sequence_count(merged=True) <= _MOST_PATTERNS,
    ),
    "spaCy PhraseMatcher": (
        phrase_matcher,
        lambda phrase: phrase.is_plain and phrase.sequence_count(merged=False) <= _MOST_PHRASES,
    ),
    "pyahocorasick": (
        aho_corasick,
        lambda phrase: phrase.is_plain and phrase.sequence_count(merged=False) <= _MOST_PHRASES,
    ),
}
"""What finds phrases, and which phrases it can be given."""


def classifiers() -> dict[str, System]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415

    corpus = read_corpus([ROOT / "corpus" / "train.jsonl"])
    texts = [entry.text for entry in corpus]
    scam = [entry.label is Label.SCAM for entry in corpus]

    def words() -> Any:  # noqa: ANN401  (scikit-learn has no types)
        return TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)

    def characters() -> Any:  # noqa: ANN401
        return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)

    def judge(features: Any) -> System:  # noqa: ANN401
        model = make_pipeline(features, LogisticRegression(C=10.0, max_iter=1000))
        model.fit(texts, scam)
        return System("judging", lambda text: model.predict_proba([text]))

    return {
        "scikit-learn TF-IDF, words": judge(words()),
        "scikit-learn TF-IDF, characters": judge(characters()),
        "scikit-learn TF-IDF, both": judge(make_union(words(), characters())),
    }


def disagreement(name: str, find: Find, task: PhraseTask, texts: Iterable[str]) -> str | None:
    """Return what a matcher finds otherwise than ours does, or None."""
    for text in texts:
        theirs, expected = frozenset(find(text)), task.find(text)
        if theirs != expected:
            return (
                f"{name}: finds {sorted(theirs - expected)} and misses"
                f" {sorted(expected - theirs)} in {text!r}"
            )
    return None


def told(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def rows(systems: dict[str, System], times: dict[str, Times]) -> list[dict[str, Any]]:
    """Return the table as values.

    Ratios are of medians of the processor's time: what else the machine does moves them little.
    """
    found = []
    for name, system in systems.items():
        wall, cpu = times[name]
        row: dict[str, Any] = {"name": name, "group": system.group, "texts": len(wall)}
        if system.task is not None:
            row |= {"templates": system.task.share, "signals": len(system.task.by_signal)}
        for clock, values in (("wall", wall), ("cpu", cpu)):
            row[f"median_{clock}_us"] = round(percentile(values, 0.5), 1)
            row[f"p99_{clock}_us"] = round(percentile(values, 0.99), 1)
        for own in _OURS:
            if own in times:
                ratio = percentile(cpu, 0.5) / percentile(times[own].cpu, 0.5)
                row[f"times_{own.split(', ')[1]}"] = round(ratio, 3)
        found.append(row)
    return found


_HEAD = (
    "system", "texts", "templates", "CPU median", "CPU p99", "wall median", "wall p99",
    "/ durable", "/ compiled",
)  # fmt: skip


def table(found: Sequence[dict[str, Any]]) -> str:
    lines = ["| " + " | ".join(_HEAD) + " |", "| --- |" + " ---: |" * (len(_HEAD) - 1)]
    for group in ("whole", "matching", "judging"):
        of_group = [row for row in found if row["group"] == group]
        if of_group:
            lines.append(f"| **{group}** |" + " |" * (len(_HEAD) - 1))
        for row in of_group:
            share = f"{row['templates']:.0%}" if "templates" in row else ""
            cells = [row["name"], f"{row['texts']:,}", share]
            cells += [
                f"{row[key]:,.0f}"
                for key in ("median_cpu_us", "p99_cpu_us", "median_wall_us", "p99_wall_us")
            ]
            cells += [
                f"{row[key]:.2f}" if key in row else ""
                for key in ("times_durable", "times_compiled")
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in _PACKAGES.split():
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=25, help=f"turns of {_BLOCK} texts for each")
    parser.add_argument("--budget", type=float, default=30, help="seconds for one system")
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of names of peers")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()

    def wanted(name: str) -> bool:
        return not options.only or name.startswith(tuple(options.only))

    screener = Screener.load()
    read = screener.normalizer.read
    texts = offers(WARMING + _BLOCK * options.rounds)
    plain = {text: normalised(read(text)) for text in texts}
    dev = read_corpus([ROOT / "corpus" / "dev.jsonl"])
    checked = [
        *(plain[text] for text in texts[:_BLOCK]),
        *(normalised(read(entry.text)) for entry in dev[:: len(dev) // _CHECKED]),
    ]
    systems = ours(screener, PhraseTask(screener.ruleset, screener.normalizer))
    for name, (make, takes) in MATCHERS.items():
        if not wanted(name):
            continue
        task = PhraseTask(screener.ruleset, screener.normalizer, takes)
        began = time.monotonic()
        try:
            find = make(task)
        except ImportError as error:
            told(f"left out: {name}: {error}")
            continue
        ready = time.monotonic() - began
        if wrong := disagreement(name, find, task, checked):
            told(wrong)
            return 1
        told(
            f"{name}: {len(task.phrases)} of {task.templates} templates,"
            f" {len(task.by_signal)} of {len(screener.ruleset.signals)} signals;"
            f" ready in {ready:.1f} s; finds what ours finds in {len(checked)} texts"
        )
        systems[name] = System("matching", find, task)
    if wanted("scikit-learn"):
        try:
            systems |= classifiers()
        except ImportError as error:
            told(f"left out: scikit-learn: {error}")
    works = {
        name: _reading(system.work, plain) if system.group == "matching" else system.work
        for name, system in systems.items()
    }
    times = in_turn(works, texts, block=_BLOCK, warming=WARMING, budget=options.budget)
    found = rows(systems, times)
    print(f"µs for one offer of {len(texts[0])} characters; / …: CPU against ours with the model\n")
    print(table(found))
    if options.json:
        content = {
            "date": dt.date.today().isoformat(),
            "machine": platform.machine(),
            "versions": versions(),
            "checked_texts": len(checked),
            "systems": found,
        }
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


def _reading(work: Work, plain: dict[str, str]) -> Work:
    return lambda text: work(plain[text])


if __name__ == "__main__":
    raise SystemExit(main())
