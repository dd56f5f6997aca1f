"""The front door: a screener of one rule set at a time, which can be exchanged while it serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self

from offer_screen._loading import no_garbage_collection
from offer_screen.classify.linear import TextClassifier
from offer_screen.classify.model import read_model, shipped_model
from offer_screen.errors import InputError
from offer_screen.fusion import Fusion, read_fusion, shipped_fusion
from offer_screen.pipeline import EngineName, Pipeline, Trace, not_a_text
from offer_screen.results import Report
from offer_screen.rules.loader import load_ruleset
from offer_screen.rules.reference import Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.text.normalizer import Normalizer
from offer_screen.weighting import Weighting

_SHIPPED_PACK = "offer-screen"
"""Name of the pack that the shipped classifier was trained beside."""

_CHUNK = 200
"""Texts handed to a worker at a time: enough to make the hand-over cheap."""


_Screen = Callable[[str], Report]


class Screener:
    """Screens offers with one rule set. Safe to share between threads, picklable.

    Everything that screens is one immutable value; `reload` makes a new one and puts it in its
    place. A text is screened from beginning to end with the rules that it began with.

    >>> from offer_screen import Screener
    >>> screener = Screener.load()
    >>> report = screener.screen("Kerja di luar negeri, paspor dipegang agen, pakai visa turis.")
    >>> report.level.value
    'critical'
    """

    def __init__(
        self,
        ruleset: RuleSet,
        *,
        engine: EngineName = "auto",
        as_of: dt.date | None = None,
        classifier: TextClassifier | None = None,
        fusion: Fusion | None = None,
        max_length: int | None = None,
    ) -> None:
        self._engine: EngineName = engine
        self._as_of = as_of
        self._classifier = classifier
        self._fusion = fusion
        self._max_length = max_length
        self._folders: tuple[Path, ...] | None = ruleset.paths
        self._pipeline = Pipeline(
            ruleset,
            engine=engine,
            as_of=as_of,
            classifier=classifier,
            fusion=fusion,
            max_length=max_length,
        )

    @classmethod
    def load(
        cls,
        rules: Sequence[Path | str] | None = None,
        *,
        engine: EngineName = "auto",
        as_of: dt.date | None = None,
        model: Path | str | None = "auto",
        weights: Path | str = "fitted",
        max_length: int | None = None,
    ) -> Self:
        """Return a screener with the shipped rule pack, or with the pack in the folders given.

        Args:
            rules: Folders of a rule pack, such as ``["my_pack/"]``, which may extend the shipped
                one (``docs/layers.md``); None for the shipped one.
            engine: ``durable``, ``compiled``, or ``auto``: durable where it can be had.
            as_of: Day whose wages, rates and bans hold; today if None.
            model: File of a text classifier, such as ``offer-screen train`` writes; None for rules
                only; ``auto`` for the classifier that comes with the library, beside the rules
                and layers of the shipped pack, which it was trained for.
            weights: ``authored``: as the analysts wrote them; ``fitted``: moved by the fit that
                comes with the library, for the shipped pack and layers of it; or a file that
                ``offer-screen fit`` wrote.
            max_length: Longest text screened, in characters; what the pack says if None. Time and
                memory grow with the length of a text (``docs/limits.md``).

        Raises:
            InvalidRuleSet: The pack has errors; all of them are listed.
            EngineError: The engine asked for cannot be had.
            ModelError: The model cannot be used.
            ValueError: ``max_length`` is less than 1.
        """
        folders = _folders(rules)
        with no_garbage_collection():
            ruleset = load_ruleset(folders)
            fusion = _fusion(weights)
            screener = cls(
                ruleset,
                engine=engine,
                as_of=as_of,
                classifier=_classifier(model, ruleset),
                fusion=fusion,
                max_length=max_length,
            )
        screener._folders = folders
        return screener

    def with_classifier(self, classifier: TextClassifier | None) -> Self:
        """Return a screener with the same rules and weights, and another classifier or none."""
        other = type(self)(
            self.ruleset,
            engine=self._engine,
            as_of=self._as_of,
            classifier=classifier,
            fusion=self._fusion,
            max_length=self._max_length,
        )
        other._folders = self._folders
        return other

    def reload(self, rules: Sequence[Path | str] | None = None) -> None:
        """Read the rule pack anew, not the model, and screen with it from the next text on.

        Texts, and ``screen_many``, that are under way end with the rules that they began with.
        When this raises, nothing has changed: the rules of before stay in service. A screener that
        was given no ``as_of`` takes the day of the reload.

        Args:
            rules: Folders to read in place of those of before; None to read the same again.

        Raises:
            InvalidRuleSet: The pack has errors; all of them are listed.
            ValueError: The rules did not come from folders and none are given.
        """
        folders = self._folders if rules is None else _folders(rules)
        if folders == ():
            raise ValueError("the rules were not read from folders: say which to read")
        with no_garbage_collection():
            pipeline = Pipeline(
                load_ruleset(folders),
                engine=self._engine,
                as_of=self._as_of,
                classifier=self._classifier,
                fusion=self._fusion,
                max_length=self._max_length,
            )
        self._folders = folders
        self._pipeline = pipeline  # one reference: a thread sees the old rules or the new ones

    @property
    def ruleset(self) -> RuleSet:
        """The rule set in use."""
        return self._pipeline.ruleset

    @property
    def reference(self) -> Reference:
        """What of the reference files holds on the day asked for."""
        return self._pipeline.reference

    @property
    def normalizer(self) -> Normalizer:
        """What reads texts and the phrases of the pack."""
        return self._pipeline.normalizer

    @property
    def weighting(self) -> Weighting:
        """What findings, kinds of text and the classifier count in the score."""
        return self._pipeline.weighting

    @property
    def classifier(self) -> TextClassifier | None:
        """The text classifier in use; None when rules alone speak."""
        return self._classifier

    @property
    def engine(self) -> str:
        """Name of the inference engine in use."""
        return self._pipeline.engine

    def screen(
        self,
        text: str,
        *,
        include_text: bool = False,
        what_if: bool = False,
        redact: bool = False,
    ) -> Report:
        """Return what is to be said of one offer.

        Args:
            text: The offer as it came.
            include_text: Keep the text, and the words of each fact, in the report.
            what_if: Work out what would change the level (``Report.what_if``), which takes several
                times as long as the report itself.
            redact: Mask telephone, identity, passport and account numbers, addresses and names in
                whatever the report keeps of the text (``docs/privacy.md``).

        Raises:
            InputError: ``text`` is not a ``str``, is blank, or is over the length limit.
        """
        return self._pipeline.screen(
            text, include_text=include_text, what_if=what_if, redact=redact
        )

    def trace(self, text: str) -> Trace:
        """Return what the stages before the score make of a text, for tools that explain rules.

        Raises:
            InputError: As for ``screen``.
        """
        return self._pipeline.trace(text)

    def screen_many(
        self,
        texts: Iterable[str],
        *,
        workers: int = 1,
        include_text: bool = False,
        what_if: bool = False,
        redact: bool = False,
    ) -> Iterator[Report | InputError]:
        """Yield a report for each text, in order; an InputError for one that cannot be screened.

        Args:
            texts: Offers; read only as far as needed.
            workers: Processes to share the work.
            include_text: As for ``screen``.
            what_if: As for ``screen``.
            redact: As for ``screen``.

        Raises:
            ValueError: ``workers`` is less than 1.
        """
        if workers < 1:
            raise ValueError(f"workers: at least 1, not {workers}")
        screen = partial(
            self._pipeline.screen, include_text=include_text, what_if=what_if, redact=redact
        )
        if workers == 1:
            for text in texts:
                yield _screened(screen, text)
            return
        source = iter(texts)
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (slow to import)

        with ProcessPoolExecutor(workers, initializer=_adopt, initargs=(screen,)) as pool:
            while chunk := list(islice(source, _CHUNK * workers)):
                # What is no text is told of here: not everything can be sent to a process.
                sent = [text if isinstance(text, str) else not_a_text(text) for text in chunk]
                yield from pool.map(_screened_by_worker, sent, chunksize=_CHUNK // 4)


def _folders(rules: Sequence[Path | str] | None) -> tuple[Path, ...] | None:
    if isinstance(rules, str | Path):
        raise TypeError("rules: give a list of folders, such as ['my_pack/']")
    return None if rules is None else tuple(Path(path) for path in rules)


def _classifier(model: Path | str | None, ruleset: RuleSet) -> TextClassifier | None:
    if model is None:
        return None
    if model != "auto":
        return TextClassifier(read_model(Path(model)))
    path = shipped_model()
    of_the_pack = ruleset.pack.name == _SHIPPED_PACK
    return TextClassifier(read_model(path)) if of_the_pack and path.is_file() else None


def _fusion(weights: Path | str) -> Fusion | None:
    if weights == "authored":
        return None
    if weights != "fitted":
        return read_fusion(Path(weights))
    path = shipped_fusion()
    return read_fusion(path) if path.is_file() else None


def _screened(screen: _Screen, text: str) -> Report | InputError:
    try:
        return screen(text)
    except InputError as error:
        return error


_of_worker: list[_Screen] = []
"""What screens in this worker process, handed over once and not with every text."""


def _adopt(screen: _Screen) -> None:
    _of_worker.append(screen)


def _screened_by_worker(text: str | InputError) -> Report | InputError:
    return text if isinstance(text, InputError) else _screened(_of_worker[-1], text)
