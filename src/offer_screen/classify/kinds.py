"""Tells the kind of a text by the weighted cues of ``kinds.yaml``; the highest sum wins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from offer_screen.facts import FactBase
from offer_screen.results import Evidence
from offer_screen.rules.comparisons import Predicate, predicate
from offer_screen.rules.conditions import field_tests
from offer_screen.rules.schema import KindsFile
from offer_screen.values import Kind

_TIE_ORDER = (Kind.OTHER, Kind.OFFER, Kind.INQUIRY, Kind.AWARENESS)


def likeliest(sums: Mapping[Kind, float]) -> Kind:
    """Return the kind of the highest sum."""
    return max(_TIE_ORDER, key=sums.__getitem__)


class KindClassifier:
    """Sums the cues of each kind."""

    def __init__(self, kinds: KindsFile) -> None:
        self._given = kinds
        self._base = {kind: entry.base for kind, entry in kinds.kinds.items()}
        self._signals: dict[str, list[tuple[Kind, float, int]]] = {}
        self._facts: dict[str, list[tuple[Kind, float, int, Predicate]]] = {}
        for kind, entry in kinds.kinds.items():
            for cue in entry.cues:
                if cue.signal is not None:
                    self._signals.setdefault(cue.signal, []).append((kind, cue.weight, cue.times))
                elif cue.fact is not None:
                    self._facts.setdefault(cue.fact, []).append(
                        (kind, cue.weight, cue.times, predicate(field_tests(cue.where)))
                    )

    def __reduce__(self) -> tuple[type[KindClassifier], tuple[KindsFile]]:
        return KindClassifier, (self._given,)

    def sums(self, evidence: Sequence[Evidence], facts: Sequence[FactBase]) -> dict[Kind, float]:
        """Return the sum of cues of each kind; every mention counts, whatever its stance."""
        sums = dict(self._base)
        names = [item.name for item in evidence if item.name in self._signals]
        for name, count in Counter(names).items():
            for kind, weight, times in self._signals[name]:
                sums[kind] += weight * min(count, times)
        by_kind: dict[str, list[FactBase]] = defaultdict(list)
        for fact in facts:
            by_kind[fact.kind].append(fact)
        for fact_kind, cues in self._facts.items():
            if fact_kind in by_kind:
                for kind, weight, times, passes in cues:
                    count = sum(map(passes, by_kind[fact_kind]))
                    sums[kind] += weight * min(count, times)
        return sums
