"""Checks what crosses the files of a pack: names that must exist, and exist once.

Each check yields errors with the place of the name that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from offer_screen.errors import RuleError, RuleReferenceError
from offer_screen.rules.conditions import CycleError, strata
from offer_screen.rules.fields import check_test, field_types
from offer_screen.rules.parts import Entry, Leaf, Parts, leaves, names, valid
from offer_screen.rules.schema import (
    BUILTIN_SIGNALS,
    FactLeaf,
    FindingLeaf,
    KindCue,
    Rule,
    SignalLeaf,
    Status,
    Wanted,
)
from offer_screen.rules.templates import FACT_KINDS
from offer_screen.rules.validation import suggestion
from offer_screen.rules.wordchecks import check_words

Rooted = tuple[str | int, ...]


def cross_check(parts: Parts) -> Iterator[RuleError]:
    """Yield everything that is wrong between the files of a pack."""
    yield from _doubles(parts)
    yield from _rules(parts)
    yield from _conditions(parts)
    yield from _on_trial(parts)
    yield from _cycles(parts)
    yield from _kinds(parts)
    yield from check_words(parts)


def _doubles(parts: Parts) -> Iterator[RuleError]:
    groups: tuple[tuple[str, Iterable[Entry[object]]], ...] = (
        ("rule", [*parts.missing, *parts.rules]),
        ("signal", parts.signals),
        ("lexicon class", parts.classes),
        ("advice", parts.advice),
        ("short form", parts.slang),
        ("reference file", parts.reference),
        ("file", [*parts.packs, *parts.kinds, *parts.stances]),
    )
    for what, entries in groups:
        first: dict[str, Entry[object]] = {}
        for entry in entries:
            earlier = first.setdefault(entry.name, entry)
            if earlier is not entry:
                line = earlier.source.locate(earlier.loc).key or (1, 1)
                yield entry.error(
                    "R214",
                    f"{what} '{entry.name}' exists already",
                    at_key=True,
                    hint=f"first in {earlier.source.path}:{line[0]}",
                )
    for entry in parts.signals:
        if entry.name in BUILTIN_SIGNALS:
            yield entry.error("R214", f"signal '{entry.name}' is built in", at_key=True)


def _rules(parts: Parts) -> Iterator[RuleError]:
    known = {name for _, pack in valid(parts.packs) for name in pack.categories}
    advice = names(parts.advice)
    rules = names(parts.rules) | names(parts.missing)
    for entry, rule in valid(parts.rules):
        if rule.id != entry.name:
            yield entry.error(
                "R201",
                f"id: '{rule.id}' differs from the file name",
                ("id",),
                hint=f"write '{entry.name}', or rename the file",
            )
        if rule.category != entry.folder:
            yield entry.error(
                "R202",
                f"category: '{rule.category}' differs from the folder",
                ("category",),
                hint=f"write '{entry.folder}', or move the file",
            )
        elif known and rule.category not in known:
            yield entry.error(
                "R203",
                f"category: '{rule.category}' is not in pack.yaml",
                ("category",),
                hint=suggestion(rule.category, known),
            )
        if "advice" not in parts.unread:
            yield from _known(entry, "R212", "advice", rule.advice, advice)
        yield from _known(entry, "R213", "related", rule.related, rules | parts.disabled.keys())


def _known(
    entry: Entry[Rule], code: str, key: str, given: Sequence[str], known: Iterable[str]
) -> Iterator[RuleError]:
    known = frozenset(known)
    for index, name in enumerate(given):
        if name not in known:
            yield entry.error(
                code, f"{key}: unknown '{name}'", (key, index), hint=suggestion(name, known)
            )


# --- conditions -----------------------------------------------------------------------------------


def _all_leaves(parts: Parts) -> Iterator[tuple[Entry[object], Rooted, Leaf]]:
    for entry, rule in valid(parts.rules):
        for loc, leaf in leaves(rule.when, ("when",)):
            yield entry, loc, leaf
    for missing, what in valid(parts.missing):
        for loc, leaf in leaves(what.when, ("when",)):
            yield missing, loc, leaf


def _conditions(parts: Parts) -> Iterator[RuleError]:
    signals = names(parts.signals) | BUILTIN_SIGNALS
    rules = names(parts.rules) | names(parts.missing)
    for entry, loc, leaf in _all_leaves(parts):
        if isinstance(leaf, FactLeaf):
            yield from _fact(entry, loc, leaf.fact, leaf.where)
        elif isinstance(leaf, FindingLeaf):
            if leaf.finding in rules:
                continue
            if leaf.finding in parts.disabled:
                yield parts.disabled[leaf.finding].reason.error(
                    RuleReferenceError,
                    "R224",
                    f"'{entry.name}' builds on '{leaf.finding}', which is disabled here",
                    hint=f"disable '{entry.name}' as well, or override its 'when'",
                )
            elif "missing" not in parts.unread:
                yield entry.error(
                    "R210",
                    f"unknown rule '{leaf.finding}'",
                    (*loc, "finding"),
                    hint=suggestion(leaf.finding, rules),
                )
        else:
            name, place = (
                (leaf.signal, (*loc, "signal")) if isinstance(leaf, SignalLeaf) else (leaf, loc)
            )
            if name not in signals and "signals" not in parts.unread:
                yield entry.error(
                    "R204",
                    f"unknown signal '{name}'",
                    place,
                    hint=_signal_hint(name, signals, rules),
                )


def _signal_hint(name: str, signals: Iterable[str], rules: frozenset[str]) -> str:
    if name in rules:
        return f"'{name}' is a rule: write {{finding: {name}}}"
    if name in FACT_KINDS:
        return f"'{name}' is a kind of fact: write {{fact: {name}}}"
    return suggestion(name, signals)


def _fact(
    entry: Entry[object], loc: Rooted, kind: str, where: Mapping[str, Wanted]
) -> Iterator[RuleError]:
    if kind not in FACT_KINDS:
        yield entry.error(
            "R206",
            f"unknown kind of fact '{kind}'",
            (*loc, "fact"),
            hint=suggestion(kind, FACT_KINDS),
        )
        return
    known = field_types(FACT_KINDS[kind])
    for name, wanted in where.items():
        place = (*loc, "where", name)
        if name not in known:
            yield entry.error(
                "R207",
                f"a {kind} has no field '{name}'",
                place,
                hint=suggestion(name, known, label="fields"),
                at_key=True,
            )
            continue
        for code, below, message, hint in check_test(name, known[name], wanted):
            yield entry.error(code, message, (*place, *below), hint=hint)


def _on_trial(parts: Parts) -> Iterator[RuleError]:
    """Yield what counts and builds on a rule that is still on trial."""
    on_trial = {
        entry.name: entry
        for entry, rule in valid(parts.rules)
        if rule.status is Status.EXPERIMENTAL
    }
    for entry, loc, leaf in _all_leaves(parts):
        if (
            isinstance(leaf, FindingLeaf)
            and leaf.finding in on_trial
            and entry.name not in on_trial
        ):
            place = on_trial[leaf.finding].source.locate(("status",)).node
            yield entry.error(
                "R225",
                f"'{entry.name}' builds on '{leaf.finding}', which is experimental",
                (*loc, "finding"),
                hint="an experimental rule changes no result: raise its status"
                f" ({place.file.path}:{place.line}), or lower this one",
            )


def _cycles(parts: Parts) -> Iterator[RuleError]:
    places: dict[tuple[str, str], tuple[Entry[object], Rooted]] = {}
    needs: dict[str, list[str]] = {
        name: [] for name in sorted(names(parts.rules) | names(parts.missing))
    }
    for entry, loc, leaf in _all_leaves(parts):
        if isinstance(leaf, FindingLeaf) and leaf.finding in needs:
            places.setdefault((entry.name, leaf.finding), (entry, (*loc, "finding")))
            needs[entry.name].append(leaf.finding)
    while True:
        try:
            strata({name: tuple(asked) for name, asked in needs.items()})
        except CycleError as error:
            source, target = error.path[-2], error.path[-1]
            entry, loc = places[source, target]
            yield entry.error(
                "R211",
                f"rules depend on each other in a ring: {' -> '.join(error.path)}",
                loc,
                hint="a rule may only ask about findings that do not depend on it",
            )
            needs[source] = [name for name in needs[source] if name != target]
        else:
            return


def _kinds(parts: Parts) -> Iterator[RuleError]:
    signals = names(parts.signals) | BUILTIN_SIGNALS if "signals" not in parts.unread else None
    for entry, kinds in valid(parts.kinds):
        for kind, content in kinds.kinds.items():
            for index, cue in enumerate(content.cues):
                yield from _cue(entry, ("kinds", kind.value, "cues", index), cue, signals)


def _cue(
    entry: Entry[object], loc: Rooted, cue: KindCue, signals: frozenset[str] | None
) -> Iterator[RuleError]:
    if cue.signal is not None and signals is not None and cue.signal not in signals:
        yield entry.error(
            "R204",
            f"unknown signal '{cue.signal}'",
            (*loc, "signal"),
            hint=suggestion(cue.signal, signals),
        )
    if cue.fact is not None:
        yield from _fact(entry, loc, cue.fact, cue.where)
