"""The command line over a screener that looks for three words and knows no rules."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

import pytest

from offer_screen.cli import main, options
from offer_screen.errors import InputError
from offer_screen.results import Contribution, Evidence, Finding, FindingType, Report
from offer_screen.values import Level, Localised, Severity
from tests.render.reports import report_of, span_of

WORDS = {"turis": Level.CRITICAL, "deposit": Level.HIGH, "cepat": Level.CAUTION}


class FakeScreener:
    """Finds the words of ``WORDS``; refuses blank and long texts."""

    weighting = "of words"

    def __init__(self) -> None:
        self.workers: int | None = None
        self.what_if: bool | None = None
        self.redact: bool | None = None

    def screen(
        self,
        text: str,
        *,
        include_text: bool = False,
        what_if: bool = False,
        redact: bool = False,
    ) -> Report:
        self.redact = redact
        self.what_if = what_if
        if not text.strip():
            raise InputError("the offer is blank")
        if len(text) > 1000:
            raise InputError(f"the offer has {len(text)} characters; the limit is 1000")
        if text == "crash":
            raise ZeroDivisionError
        found = [word for word in WORDS if word in text]
        findings = tuple(
            Finding(
                rule=word,
                type=FindingType.RED_FLAG,
                category="pay",
                severity=Severity.HIGH,
                title=Localised(id=f"Kata {word}", en=f"Word {word}"),
                explanation=Localised(id="Ada.", en="Is there."),
                evidence=(Evidence(source="signal", name=word, span=span_of(text, word)),),
            )
            for word in found
        )
        return report_of(
            text,
            (Contribution(source="base", ref="base", weight=-3.5, value=-3.5),),
            level=max((WORDS[word] for word in found), key=lambda x: x.rank, default=Level.LOW),
            findings=findings,
            keep_text=include_text,
        )

    def screen_many(
        self,
        texts: Iterable[str],
        *,
        workers: int = 1,
        include_text: bool = False,
        what_if: bool = False,
        redact: bool = False,
    ) -> Iterator[Report | InputError]:
        self.workers = workers
        for text in texts:
            try:
                yield self.screen(text, include_text=include_text, what_if=what_if, redact=redact)
            except InputError as error:
                yield error


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Runner = Callable[..., Run]


@pytest.fixture
def screener() -> FakeScreener:
    return FakeScreener()


@pytest.fixture
def asked() -> list[tuple[object, ...]]:
    """The options with which a screener was asked for."""
    return []


@pytest.fixture
def run(
    screener: FakeScreener,
    asked: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Runner:
    """Run ``offer-screen`` with arguments and bytes on standard input."""

    def load(*given: object, **more: object) -> FakeScreener:
        asked.append((*given, *more.values()))
        return screener

    monkeypatch.setattr(options, "load_screener", load)

    def call(*argv: str, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        code = main(argv)
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return call
