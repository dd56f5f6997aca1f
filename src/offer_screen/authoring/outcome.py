"""What a test of a pack found, for people, for programs and for continuous integration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from xml.etree import ElementTree

from offer_screen.authoring.trials import LEAST_MATCHING, MOST_FIRING, Trials
from offer_screen.rules.examples import ExampleResults

_SHOWN = 10
"""Failed variants shown of each way, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The examples of a pack, and variants of them if they were asked for.

    Attributes:
        examples: What came of the examples.
        trials: What came of the variants; None if there were to be none.
    """

    examples: ExampleResults
    trials: Trials | None = None

    @property
    def passed(self) -> bool:
        """Whether every example passed and every way of writing them reaches the bar."""
        return self.examples.passed and (self.trials is None or self.trials.passed)

    def lines(self, *, all_failures: bool = False) -> Iterator[str]:
        """Yield the outcome as text: failures first, then the counts.

        Args:
            all_failures: Show every variant that failed, also of ways that reach the bar.
        """
        if self.trials is not None:
            yield from self._failed_variants(self.trials, all_failures=all_failures)
        yield str(self.examples)
        if self.trials is not None:
            yield ""
            yield str(self.trials)
            yield (
                f"the bar: at least {LEAST_MATCHING:.0%} of variants still match,"
                f" at most {MOST_FIRING:.1%} of near misses fire"
            )

    def _failed_variants(self, trials: Trials, *, all_failures: bool) -> Iterator[str]:
        for tally in trials.tallies:
            if tally.passed and not all_failures:
                continue
            failed = [trial for trial in trials.failures if trial.variant.way == tally.way]
            shown = failed if all_failures else failed[:_SHOWN]
            yield from map(str, shown)
            if len(shown) < len(failed):
                yield f"{tally.way}: {len(failed) - len(shown)} more; --all-failures shows them"

    def to_json(self) -> str:
        """Return the outcome as JSON text: every example, the counts, the variants that failed."""
        content: dict[str, object] = {
            "passed": self.passed,
            "examples": [
                {"name": result.name, **asdict(result)} for result in self.examples.results
            ],
        }
        if self.trials is not None:
            content["variants"] = {
                "passed": self.trials.passed,
                "least_matching": LEAST_MATCHING,
                "most_firing": MOST_FIRING,
                "ways": [
                    {**asdict(tally), "passed": tally.passed} for tally in self.trials.tallies
                ],
                "failures": [
                    {"name": trial.name, **asdict(trial)} for trial in self.trials.failures
                ],
            }
        return json.dumps(content, ensure_ascii=False, indent=2)

    def to_junit(self) -> str:
        """Return the outcome as JUnit XML: a case for each example and for each way of variants."""
        suites = ElementTree.Element("testsuites", name="offer-screen rules test")
        cases = [
            (result.category, result.name, "" if result.passed else str(result))
            for result in self.examples.results
        ]
        if self.trials is not None:
            cases.extend(
                ("variants", f"variants[{tally.way}]", "" if tally.passed else str(tally))
                for tally in self.trials.tallies
            )
        for name in dict.fromkeys(suite for suite, _, _ in cases):
            own = [case for case in cases if case[0] == name]
            failures = sum(bool(failure) for _, _, failure in own)
            suite = ElementTree.SubElement(
                suites, "testsuite", name=name, tests=str(len(own)), failures=str(failures)
            )
            for _, case_name, failure in own:
                case = ElementTree.SubElement(suite, "testcase", classname=name, name=case_name)
                if failure:
                    element = ElementTree.SubElement(
                        case, "failure", message=failure.split("\n")[0]
                    )
                    element.text = failure
        ElementTree.indent(suites)
        return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)
