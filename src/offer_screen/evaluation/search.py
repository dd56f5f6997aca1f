"""An adversary with a budget: the few readable edits that bring one text below high.

The adversary knows the library: edits go where the report says that the score comes from, the words
that weighty red flags rest on and those that the classifier counts. Every edit leaves the text
readable: a word has one letter otherwise, is parted or glued once, is disguised as people disguise
words, or is swapped for a short form or its English; or a harmless sentence is added. Each of these
is one edit. Nothing is left out: what a text no longer says is not hidden.

Greedy: every edit alone first, then the best few upon what was chosen so far, step by step; what
turns out not to be needed is taken back. The same text, budget and seed give the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from offer_screen.errors import InputError
from offer_screen.evaluation.attack_results import Budget
from offer_screen.evaluation.attacks import MIXED, cased, short_forms, with_typo
from offer_screen.evaluation.surroundings import SENTENCES
from offer_screen.results import Report
from offer_screen.screener import Screener
from offer_screen.text.document import Document
from offer_screen.text.variants import Change, Choices, changed, fold_variants
from offer_screen.values import Fold, Level, Span

_AT_ONCE = 4
"""So many edits are tried at each step."""

_ON_SINGLES = 0.6
"""Share of the screens that goes into trying edits alone."""

_FLOOR = 3.0
"""Worth of the words of a floor: without them no score is low enough."""

_TYPOS = 2
_LEAST_LETTERS = 4
_FOLDS = tuple(fold for fold in Fold if fold not in {Fold.ENTITY, Fold.DIGIT})


class Edit(NamedTuple):
    """One edit.

    Attributes:
        way: What is done.
        change: Where, in the original text, and what stands there then.
    """

    way: str
    change: Change


class Found(NamedTuple):
    """What a search came to.

    Attributes:
        text: The text as edited.
        edits: The edits, in text order.
        report: What is said of it.
        screens: Times that the screener was asked.
    """

    text: str
    edits: tuple[Edit, ...]
    report: Report
    screens: int


def search(screener: Screener, text: str, budget: Budget, *, seed: int) -> Found:
    """Return the text with the edits that bring its level or its score down most.

    Args:
        screener: The screener to be evaded.
        text: A text that it can screen.
        budget: What may be done.
        seed: Of the choices among ways to misspell or disguise a word.
    """
    return _Search(screener, text, budget, seed).run()


def search_all(
    screener: Screener, texts: Sequence[str], budget: Budget, *, seed: int, workers: int = 1
) -> list[Found]:
    """Search for each text; ``workers`` processes share them."""
    one = partial(search, screener, budget=budget, seed=seed)
    if workers == 1 or len(texts) < workers:
        return [one(text) for text in texts]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (slow to import)

    with ProcessPoolExecutor(workers, initializer=_adopt, initargs=(one,)) as pool:
        return list(pool.map(_by_worker, texts))


class _Search:
    def __init__(self, screener: Screener, text: str, budget: Budget, seed: int) -> None:
        self._screener = screener
        self._text = text
        self._document = screener.normalizer.read(text)
        self._report = screener.screen(text)
        self._budget = budget
        self._most = budget.edits(len(text.split()))
        self._choices = Choices(f"{seed} {text}")
        self._short = short_forms(screener.ruleset)
        self._screens = 0

    def run(self) -> Found:
        best = self._report
        chosen: tuple[Edit, ...] = ()
        alone = self._alone(best)
        ranked = sorted(alone, key=lambda edit: _danger(alone[edit]))
        outcomes: Mapping[Edit, Report] = alone
        while self._goes_on(best, chosen):
            free = [edit for edit in ranked if self._may_follow(edit, chosen)][:_AT_ONCE]
            if chosen:
                outcomes = {
                    edit: report
                    for edit in free
                    if self._screens < self._budget.screens
                    and (report := self._screened((*chosen, edit))) is not None
                }
            tried = [edit for edit in free if edit in outcomes]
            if not tried:
                break
            taken = min(tried, key=lambda edit: _danger(outcomes[edit]))
            if _danger(outcomes[taken]) > _danger(best):
                break
            best, chosen = outcomes[taken], (*chosen, taken)
        best, chosen = self._pruned(best, chosen)
        text = _edited(self._text, chosen)
        return Found(text, tuple(sorted(chosen, key=_place)), best, self._screens)

    def _goes_on(self, best: Report, chosen: Sequence[Edit]) -> bool:
        return _is_high(best) and len(chosen) < self._most

    def _alone(self, before: Report) -> dict[Edit, Report]:
        """Return what is said after each edit alone, the most promising words first."""
        most = max(1, int(_ON_SINGLES * self._budget.screens))
        outcomes: dict[Edit, Report] = {}
        if not _is_high(before):
            return outcomes
        for edit in self._edits():
            if self._screens >= most:
                break
            report = self._screened((edit,))
            if report is not None:
                outcomes[edit] = report
                if not _is_high(report):
                    break
        return outcomes

    def _pruned(self, best: Report, chosen: tuple[Edit, ...]) -> tuple[Report, tuple[Edit, ...]]:
        """Take back edits without which the text stays below high."""
        if _is_high(best):
            return best, chosen
        for edit in chosen[:-1]:
            if self._screens >= self._budget.screens:
                break
            fewer = tuple(other for other in chosen if other != edit)
            report = self._screened(fewer)
            if report is not None and not _is_high(report):
                best, chosen = report, fewer
        return best, chosen

    def _screened(self, edits: Sequence[Edit]) -> Report | None:
        self._screens += 1
        try:
            return self._screener.screen(_edited(self._text, edits))
        except InputError:  # nothing is left, or it has grown too long
            return None

    def _may_follow(self, edit: Edit, chosen: Sequence[Edit]) -> bool:
        apart = all(_apart(edit.change.span, other.change.span) for other in chosen)
        sentences = [other for other in (*chosen, edit) if other.way == _ADDED]
        return edit not in chosen and apart and len(sentences) <= self._budget.sentences

    def _edits(self) -> Iterator[Edit]:
        end = Span(len(self._text), len(self._text))
        if self._budget.sentences:
            yield from (Edit(_ADDED, Change(end, f" {sentence}")) for sentence in SENTENCES)
        for span in self._words():
            yield from self._of_word(span)

    def _words(self) -> list[Span]:
        """Return the plain words that the score rests on, those with the greatest share first."""
        worth = word_worth(self._screener, self._document, self._report)
        plain = {
            span: value
            for span, value in worth.items()
            if value > 0
            and len(word := self._text[span.start : span.end]) >= _LEAST_LETTERS
            and word.isascii()
            and word.isalpha()
        }
        return sorted(plain, key=lambda span: (-plain[span], span))

    def _of_word(self, span: Span) -> Iterator[Edit]:
        word = self._text[span.start : span.end]
        choices = self._choices
        written = [("typo", with_typo(word, choices)) for _ in range(_TYPOS)]
        short = self._short.get(word.lower())
        if short:
            written.append(("short form", cased(word, choices.of(short))))
        if word.lower() in MIXED:
            written.append(("English", cased(word, MIXED[word.lower()])))
        at = choices.of(range(2, len(word) - 1))
        written.append(("parted", f"{word[:at]} {word[at:]}"))
        fold = choices.of(_FOLDS)
        written += [
            (f"fold: {fold.value}", variant.changed[0])
            for variant in fold_variants(self._document, [span], folds=[fold])
        ]
        for way, other in dict.fromkeys(written):
            if other != word:
                yield Edit(way, Change(span, other))
        if self._text[span.end : span.end + 1] == " ":
            yield Edit("glued", Change(Span(span.end, span.end + 1), ""))


_ADDED = "sentence added"


def word_worth(screener: Screener, document: Document, report: Report) -> dict[Span, float]:
    """Return how much of the score rests on each word: on red flags, floors and the classifier."""
    words = list(dict.fromkeys(Span(token.start, token.end) for token in document.tokens))
    worth = dict.fromkeys(words, 0.0)
    value = {item.ref: item.value for item in report.contributions if item.source == "finding"}
    for finding in report.red_flags:
        of_finding = value.get(finding.rule, 0.0)
        if finding.floor is not None and finding.floor.rank >= Level.HIGH.rank:
            of_finding += _FLOOR
        for item in finding.evidence:
            within = [span for span in words if not _apart(span, item.span)]
            for span in within:
                worth[span] += of_finding / len(within)
    if screener.classifier is not None:
        factor = screener.weighting.classifier
        for share in screener.classifier.contributions(document):
            if share.span in worth:
                worth[share.span] += factor * share.value
    return worth


def _edited(text: str, edits: Iterable[Edit]) -> str:
    return changed(text, "edited", [edit.change for edit in sorted(edits, key=_place)]).text


def _place(edit: Edit) -> tuple[Span, str]:
    return edit.change.span, edit.change.written


def _apart(one: Span, other: Span) -> bool:
    return one.end <= other.start or other.end <= one.start


def _danger(report: Report) -> tuple[bool, float]:
    return _is_high(report), report.score.log_odds


def _is_high(report: Report) -> bool:
    return report.level.rank >= Level.HIGH.rank


_of_worker: list[partial[Found]] = []
"""What searches in this worker process, handed over once and not with every text."""


def _adopt(one: partial[Found]) -> None:
    _of_worker.append(one)


def _by_worker(text: str) -> Found:
    return _of_worker[-1](text)
