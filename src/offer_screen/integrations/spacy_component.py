"""The spaCy component ``offer_screen``: a report on each ``Doc``, its evidence as spans.

spaCy finds it by entry point, so that ``nlp.add_pipe("offer_screen")`` needs no import. It reads
the text of a ``Doc`` and none of its annotations, so it can stand anywhere in any pipeline.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from offer_screen.errors import InputError
from offer_screen.integrations.loading import load_screener
from offer_screen.pipeline import EngineName
from offer_screen.results import Report
from offer_screen.values import Level

_FILE = "offer_screen.json"


def report_of(doc: Doc) -> Report | None:
    """Return the report of a ``Doc``; None before screening, and where ``offer_error`` is set."""
    return None if doc._.offer_json is None else Report.from_json(doc._.offer_json)


def level_of(doc: Doc) -> Level | None:
    """Return the level of a ``Doc``; None where it has no report."""
    report = report_of(doc)
    return None if report is None else report.level


class OfferScreenComponent:
    """Screens the text of each ``Doc``.

    Sets on a ``Doc``:

    - ``doc._.offer_screen``: its ``Report``, made anew from ``offer_json`` at each access.
    - ``doc._.offer_level``: the ``Level`` of the report.
    - ``doc._.offer_json``: the report as JSON text. This is what is stored, so that a ``Doc`` can
      still be saved, and handed between processes by ``nlp.pipe(n_process=2)``.
    - ``doc._.offer_error``: why there is no report (blank, too long); else None.
    - ``doc.spans[spans_key]``: the evidence of the findings in text order, labelled by rule, each
      widened to whole tokens.
    """

    def __init__(
        self,
        name: str,
        *,
        rules: Sequence[Path | str] | None = None,
        engine: EngineName = "auto",
        as_of: str | None = None,
        model: Path | str | None = "auto",
        weights: Path | str = "fitted",
        include_text: bool = False,
        what_if: bool = False,
        spans_key: str = "offer_screen",
    ) -> None:
        self.name = name
        self._screener = load_screener(
            rules, engine=engine, as_of=as_of, model=model, weights=weights
        )
        self._include_text = include_text
        self._what_if = what_if
        self._spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Return the same ``Doc`` with its report, or the reason why it has none."""
        report: Report | None = None
        doc._.offer_json = doc._.offer_error = None
        try:
            report = self._screener.screen(
                doc.text, include_text=self._include_text, what_if=self._what_if
            )
        except InputError as error:
            doc._.offer_error = str(error)
        else:
            doc._.offer_json = report.to_json()
        spans = [] if report is None else _evidence(doc, report)
        doc.spans[self._spans_key] = SpanGroup(doc, name=self._spans_key, spans=spans)
        return doc

    # --- saving: the parameters are in the config of the pipeline; here is what they came to -----

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:  # noqa: ARG002
        """Return which rules and model screened, for ``from_bytes`` to compare."""
        return json.dumps(self._identity(), indent=1).encode()

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Self:  # noqa: ARG002
        """Warn if what screened when the pipeline was saved is not what screens now."""
        now = self._identity()
        changed = [
            f"{what}: {then} when saved, {now.get(what)} now"
            for what, then in json.loads(data).items()
            if now.get(what) != then
        ]
        if changed:
            warnings.warn(
                f"{self.name}: texts may be judged otherwise than when the pipeline was saved ("
                + "; ".join(changed)
                + ")",
                stacklevel=2,
            )
        return self

    def to_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> None:
        """Write what ``to_bytes`` returns into the folder ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self.to_bytes(exclude=exclude))

    def from_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> Self:
        """Read what ``to_disk`` wrote, and warn as ``from_bytes`` does."""
        return self.from_bytes((Path(path) / _FILE).read_bytes(), exclude=exclude)

    def _identity(self) -> dict[str, str | None]:
        screener = self._screener
        classifier = screener.classifier
        return {
            "pack": screener.ruleset.label,
            "pack_sha256": screener.ruleset.digest,
            "model": None if classifier is None else classifier.digest,
            "weighting": screener.weighting.name,
        }


def _evidence(doc: Doc, report: Report) -> list[Span]:
    """Return the spans of the evidence, each rule once at each place, in text order."""
    spans = {
        (span.start, span.end, finding.rule): span
        for finding in report.findings
        for item in finding.evidence
        if (span := doc.char_span(*item.span, label=finding.rule, alignment_mode="expand"))
    }
    return [spans[key] for key in sorted(spans)]


@Language.factory(
    "offer_screen",
    assigns=["doc._.offer_screen", "doc._.offer_level", "doc._.offer_error"],
    default_config={
        "rules": None,
        "engine": "auto",
        "as_of": None,
        "model": "auto",
        "weights": "fitted",
        "include_text": False,
        "what_if": False,
        "spans_key": "offer_screen",
    },
)
def make_component(
    nlp: Language,  # noqa: ARG001
    name: str,
    rules: list[str] | None,
    engine: EngineName,
    as_of: str | None,
    model: str | None,
    weights: str,
    include_text: bool,  # noqa: FBT001
    what_if: bool,  # noqa: FBT001
    spans_key: str,
) -> OfferScreenComponent:
    """Return the component as the configuration of a pipeline describes it."""
    return OfferScreenComponent(
        name,
        rules=rules,
        engine=engine,
        as_of=as_of,
        model=model,
        weights=weights,
        include_text=include_text,
        what_if=what_if,
        spans_key=spans_key,
    )


def _extend_doc() -> None:
    """Give ``Doc`` its attributes, once; spaCy knows them from then on, as for any library's."""
    if Doc.has_extension("offer_json"):
        return
    Doc.set_extension("offer_json", default=None)
    Doc.set_extension("offer_error", default=None)
    Doc.set_extension("offer_screen", getter=report_of)
    Doc.set_extension("offer_level", getter=level_of)


_extend_doc()
