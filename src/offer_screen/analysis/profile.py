"""What the rules of a pack cost: counted where it can be, measured where it must be.

Counts (phrases, trie nodes, hits that the matcher handles) are the same on every computer and say
which signal to look at. Times are medians of repeated runs, given with their range.
"""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

from offer_screen.analysis.samples import BadSample, Intake, Sample, Tally
from offer_screen.errors import InputError
from offer_screen.match.signals import SignalMatcher
from offer_screen.rules.conditions import Atom, FindingTest, Node, SignalTest
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import factored
from offer_screen.screener import Screener
from offer_screen.text.normalizer import Normalizer
from offer_screen.values import Value

_MOST_TEXTS = 500
"""So many texts are enough for a time, and are kept in memory for it."""

_KINDS = "kinds.yaml"


class Timing(Value):
    """A time that was measured several times: its median, and the shortest and longest."""

    median: float
    low: float
    high: float
    repeats: int


class SignalCost(Value):
    """What a signal costs.

    Attributes:
        signal: Its id.
        nodes: Nodes of the phrase trie that only it needs.
        gapped: Phrase templates with gaps.
        patterns: RE2 patterns.
        handled: Phrases, parts of phrases and patterns of it that hit, in all texts.
        found: Evidence that came of it, in all texts.
        asked_by: Rules that ask about it; ``kinds.yaml`` if that does.
    """

    signal: str
    nodes: int
    gapped: int
    patterns: int
    handled: int
    found: int
    asked_by: tuple[str, ...]


class RuleCost(Value):
    """What a rule costs.

    Attributes:
        rule: Its id.
        questions: Questions of its condition to the text or to other rules.
        own_signals: Signals that nothing else asks about: they would go with the rule.
        own_nodes: Nodes of the phrase trie that only those need.
        own_handled: What the matcher handles for those, in all texts.
        handled: The same with its share of the signals that others ask about as well.
    """

    rule: str
    questions: int
    own_signals: tuple[str, ...]
    own_nodes: int
    own_handled: int
    handled: float


class Stages(Value):
    """Microseconds a text.

    Attributes:
        read: Cleaning and tokenizing.
        find: Facts, signals, stances and conditions.
        report: Evidence, score, explanations and advice.
    """

    read: Timing
    find: Timing
    report: Timing


class LoadCost(Value):
    """What it costs to have the pack at hand.

    Attributes:
        read_seconds: CPU seconds to read and check its files.
        build_seconds: CPU seconds to build a screener of it.
        memory: Bytes of Python objects that stay.
        rules: Rules in it.
        signals: Signals in it.
        nodes: Nodes of the phrase trie of all signals.
        patterns: RE2 patterns.
        leaves: Different questions that conditions ask.
    """

    read_seconds: Timing
    build_seconds: Timing
    memory: int
    rules: int
    signals: int
    nodes: int
    patterns: int
    leaves: int


class Profile(Value):
    """What a pack costs.

    Attributes:
        intake: What was measured on.
        load: What it costs to load it.
        stages: Microseconds a text; None without texts.
        signals: Signals, those that the matcher handles most first.
        rules: Rules, in the same order.
    """

    intake: Intake
    load: LoadCost
    stages: Stages | None
    signals: tuple[SignalCost, ...]
    rules: tuple[RuleCost, ...]


class WithoutRule(Value):
    """How much faster a text is without a rule and the signals that only it asks about.

    Attributes:
        rule: Its id.
        own_signals: The signals that are left out.
        whole: Microseconds a text with the whole pack.
        without: The same without the signals.
        saved: The difference, run by run; a range that holds 0 says that it cannot be told.
    """

    rule: str
    own_signals: tuple[str, ...]
    whole: Timing
    without: Timing
    saved: Timing


def measure_profile(
    load: Callable[[], RuleSet],
    build: Callable[[RuleSet], Screener],
    samples: Iterable[Sample | BadSample],
    *,
    repeats: int = 3,
) -> Profile:
    """Return what the rules of a pack cost.

    Args:
        load: Reads the pack.
        build: Makes a screener of it.
        samples: Texts; counts are of all of them, times of the first 500.
        repeats: How often each time is taken.
    """
    tally = Tally()
    load_cost, screener = _load_cost(load, build, repeats)
    ruleset = screener.ruleset
    handled: Counter[str] = Counter()
    found: Counter[str] = Counter()
    matcher = SignalMatcher(ruleset, screener.normalizer)
    texts: list[str] = []
    for sample in tally.readable(samples):
        try:
            trace = screener.trace(sample.text)
        except InputError as error:
            tally.refuse(sample, error)
            continue
        tally.accept(sample)
        handled.update(matcher.work(trace.document, trace.facts))
        found.update(item.name for item in trace.evidence)
        if len(texts) < _MOST_TEXTS:
            texts.append(sample.text)
    asked_by = _asked_by(ruleset)
    nodes, own_nodes = _nodes(ruleset, screener.normalizer)
    signals = [
        SignalCost(
            signal=name,
            nodes=own_nodes[name],
            gapped=sum(bool(factored(phrase).gaps) for phrase in signal.phrases),
            patterns=len(signal.patterns),
            handled=handled[name],
            found=found[name],
            asked_by=asked_by.get(name, ()),
        )
        for name, signal in ruleset.signals.items()
    ]
    signals.sort(key=lambda cost: (-cost.handled, -cost.nodes, cost.signal))
    return Profile(
        intake=tally.total(),
        load=load_cost.model_copy(update={"nodes": nodes}),
        stages=_stages(screener, texts, repeats) if texts else None,
        signals=tuple(signals),
        rules=_rule_costs(ruleset, asked_by, {cost.signal: cost for cost in signals}),
    )


def time_without(
    screener: Screener,
    build: Callable[[RuleSet], Screener],
    rule: str,
    samples: Iterable[Sample | BadSample],
    *,
    repeats: int = 7,
) -> WithoutRule:
    """Return how much faster texts are screened without a rule's own signals.

    The two packs take turns, so that a computer that is busy for a while is so for both.
    """
    ruleset = screener.ruleset
    own = _own_signals(rule, _asked_by(ruleset))
    texts = list(_screenable(screener, samples))
    if not texts:
        raise InputError("no text to take the time on")
    less = replace(
        ruleset,
        signals={name: signal for name, signal in ruleset.signals.items() if name not in own},
    )
    other = build(less)
    for one in (screener, other):  # what is worked out once a word is worked out
        _per_text(one.screen, texts)
    whole: list[float] = []
    without: list[float] = []
    for _ in range(repeats):
        whole.append(_per_text(screener.screen, texts))
        without.append(_per_text(other.screen, texts))
    return WithoutRule(
        rule=rule,
        own_signals=own,
        whole=_timing(whole),
        without=_timing(without),
        saved=_timing([one - two for one, two in zip(whole, without, strict=True)]),
    )


# --- counts --------------------------------------------------------------------------------------


def _asked_by(ruleset: RuleSet) -> dict[str, tuple[str, ...]]:
    """Return who asks about each signal: rules, questions of what is missing, kinds of text."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for rule in ruleset.program.rules:
        for signal in _signals_of(rule.when, ruleset):
            found[signal].setdefault(rule.id)
    for entry in ruleset.kinds.kinds.values():
        for cue in entry.cues:
            if cue.signal is not None:
                found[cue.signal].setdefault(_KINDS)
    return {signal: tuple(askers) for signal, askers in found.items()}


def _atoms(node: Node) -> Iterator[int]:
    if isinstance(node, Atom):
        yield node.leaf
    else:
        for part in node.parts:
            yield from _atoms(part)


def _signals_of(node: Node, ruleset: RuleSet) -> Iterator[str]:
    for leaf in _atoms(node):
        asked = ruleset.program.leaves[leaf]
        if isinstance(asked, SignalTest):
            yield asked.signal


def _own_signals(rule: str, asked_by: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(signal for signal, askers in asked_by.items() if askers == (rule,)))


def _nodes(ruleset: RuleSet, normalizer: Normalizer) -> tuple[int, Counter[str]]:
    """Return how many nodes the phrase trie has, and how many only one signal needs."""
    owners: dict[tuple[str, ...], str | None] = {}
    for name, signal in ruleset.signals.items():
        for phrase in signal.phrases:
            for choices in factored(phrase).parts:
                for choice in choices:
                    words = normalizer.words(" ".join(choice))
                    for end in range(1, len(words) + 1):
                        prefix = words[:end]
                        owners[prefix] = name if owners.get(prefix, name) == name else None
    own = Counter(owner for owner in owners.values() if owner is not None)
    return len(owners), own


def _rule_costs(
    ruleset: RuleSet, asked_by: Mapping[str, tuple[str, ...]], costs: Mapping[str, SignalCost]
) -> tuple[RuleCost, ...]:
    found = []
    for rule in ruleset.program.rules:
        if rule.id not in ruleset.rules:
            continue
        asked = [costs[name] for name in set(_signals_of(rule.when, ruleset)) if name in costs]
        own = _own_signals(rule.id, asked_by)
        found.append(
            RuleCost(
                rule=rule.id,
                questions=len(set(_atoms(rule.when))),
                own_signals=own,
                own_nodes=sum(costs[name].nodes for name in own if name in costs),
                own_handled=sum(costs[name].handled for name in own if name in costs),
                handled=sum(cost.handled / len(cost.asked_by) for cost in asked),
            )
        )
    return tuple(sorted(found, key=lambda cost: (-cost.handled, -cost.own_nodes, cost.rule)))


# --- times ---------------------------------------------------------------------------------------


def _load_cost(
    load: Callable[[], RuleSet], build: Callable[[RuleSet], Screener], repeats: int
) -> tuple[LoadCost, Screener]:
    reads: list[float] = []
    builds: list[float] = []
    for _ in range(repeats):
        start = time.process_time()
        ruleset = load()
        read = time.process_time()
        screener = build(ruleset)
        reads.append(read - start)
        builds.append(time.process_time() - read)
    program = ruleset.program
    cost = LoadCost(
        read_seconds=_timing(reads),
        build_seconds=_timing(builds),
        memory=_memory(lambda: build(load())),
        rules=len(ruleset.rules),
        signals=len(ruleset.signals),
        nodes=0,
        patterns=sum(len(signal.patterns) for signal in ruleset.signals.values()),
        leaves=sum(not isinstance(leaf, FindingTest) for leaf in program.leaves),
    )
    return cost, screener


def _memory(make: Callable[[], object]) -> int:
    """Return the bytes of Python objects that what is made keeps alive."""
    running = tracemalloc.is_tracing()
    if not running:
        tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        made = make()
        after, _ = tracemalloc.get_traced_memory()
        del made
    finally:
        if not running:
            tracemalloc.stop()
    return max(0, after - before)


def _stages(screener: Screener, texts: Sequence[str], repeats: int) -> Stages:
    _per_text(screener.screen, texts)  # what is worked out once a word is worked out
    reads: list[float] = []
    finds: list[float] = []
    reports: list[float] = []
    for _ in range(repeats):
        read = _per_text(screener.normalizer.read, texts)
        trace = _per_text(screener.trace, texts)
        whole = _per_text(screener.screen, texts)
        reads.append(read)
        finds.append(max(0.0, trace - read))
        reports.append(max(0.0, whole - trace))
    return Stages(read=_timing(reads), find=_timing(finds), report=_timing(reports))


def _per_text(act: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the microseconds of CPU that ``act`` takes for a text."""
    start = time.process_time()
    for text in texts:
        act(text)
    return (time.process_time() - start) * 1e6 / len(texts)


def _timing(times: Sequence[float]) -> Timing:
    return Timing(median=median(times), low=min(times), high=max(times), repeats=len(times))


def _screenable(screener: Screener, samples: Iterable[Sample | BadSample]) -> Iterator[str]:
    count = 0
    for sample in Tally().readable(samples):
        try:
            screener.trace(sample.text)
        except InputError:
            continue
        yield sample.text
        count += 1
        if count == _MOST_TEXTS:
            return
