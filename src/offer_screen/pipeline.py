"""The way of an offer with one rule set: the only place that knows all stages."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from offer_screen._version import __version__
from offer_screen.classify.base import Classifier
from offer_screen.classify.kinds import KindClassifier, likeliest
from offer_screen.classify.model import KINDS
from offer_screen.errors import InputError
from offer_screen.extract.reader import WORDS, FactReader
from offer_screen.facts import FactBase, TextFact
from offer_screen.fusion import PLAIN, Fusion
from offer_screen.infer.base import make_engine
from offer_screen.infer.findings import Explainer, without_evidence
from offer_screen.infer.leaves import LeafReader
from offer_screen.match.signals import HIDDEN_WRITING, SignalMatcher
from offer_screen.match.stance import Mention, StanceJudge
from offer_screen.redaction import redacted, without_people
from offer_screen.report import Adviser, abstention, order
from offer_screen.results import Evidence, Finding, FindingType, Prediction, Report, Score, WhatIf
from offer_screen.rules.reference import Reference
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import SCORING, Status
from offer_screen.rules.vocabulary import words_of
from offer_screen.scoring import score
from offer_screen.text.document import Document
from offer_screen.text.normalizer import Normalizer, Slang
from offer_screen.text.phrases import Phrasebook
from offer_screen.values import Kind, Span, Stance
from offer_screen.weighting import Weighting
from offer_screen.what_if.alternatives import Alternatives
from offer_screen.what_if.carrying import carrying_words

EngineName = Literal["auto", "durable", "compiled"]

_REPORTED = SCORING | {Status.EXPERIMENTAL}
"""Deprecated rules fire, for the rules that still build on them, and are not told of."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_OF_RULES = {kind: Prediction(kind=kind) for kind in Kind}
"""What is said of a text when no model was used."""


class Trace(NamedTuple):
    """What the stages before the score made of one text.

    Attributes:
        document: The text, read.
        facts: Facts with their stances; the fact of the text as a whole comes last.
        evidence: Signals with their stances.
        prediction: The kind of text.
        held: The leaves of the rule set's program that hold, each with what makes it hold.
        fired: Ids of all rules that fire, also of those that do not score or ask what is missing.
    """

    document: Document
    facts: tuple[FactBase, ...]
    evidence: tuple[Evidence, ...]
    prediction: Prediction
    held: Mapping[int, Sequence[Evidence | FactBase]]
    fired: frozenset[str]


class Reading(NamedTuple):
    """What is found in one text.

    Attributes:
        document: The text, read.
        facts: Facts as they stand there.
        evidence: Signals as they stand there.
        kinds: Sum of the cues of each kind of text.
    """

    document: Document
    facts: Sequence[FactBase]
    evidence: Sequence[Evidence]
    kinds: Mapping[Kind, float]


class Pipeline:
    """All stages, made for one rule set and one day. Immutable, picklable, shared by threads.

    Args:
        ruleset: The rules.
        engine: Which inference engine: the names of ``Screener.load``.
        as_of: Day whose wages, rates and bans hold; today if None.
        classifier: Reads the words of a text as a whole; None for rules only.
        fusion: Fitted weights; None for the authored ones. They serve the pack that they were
            fitted to and layers of it; any other is scored as its authors wrote.
        max_length: Longest text screened, in characters; what the pack says if None.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        *,
        engine: EngineName = "auto",
        as_of: dt.date | None = None,
        classifier: Classifier | None = None,
        fusion: Fusion | None = None,
        max_length: int | None = None,
    ) -> None:
        if max_length is not None and max_length < 1:
            raise ValueError(f"max_length: at least 1 character, not {max_length}")
        if isinstance(as_of, dt.datetime):
            as_of = as_of.date()
        elif as_of is not None and not isinstance(as_of, dt.date):
            raise TypeError(f"as_of is a date, not {type(as_of).__name__}")
        self._ruleset = ruleset
        self._max_length = ruleset.pack.max_length if max_length is None else max_length
        self._as_of = as_of or dt.date.today()
        self._reference = Reference.at(ruleset.reference, self._as_of)
        normalizer = _normalizer(ruleset, self._reference)
        self._normalizer = normalizer
        book = Phrasebook()
        self._facts = FactReader(self._reference, ruleset.lexicon, normalizer, book)
        self._matcher = SignalMatcher(ruleset, normalizer, book)
        self._stance = StanceJudge(ruleset.stance, normalizer, book)
        self._kinds = KindClassifier(ruleset.kinds)
        self._classifier = classifier
        self._fusion = fusion if fusion is not None and fusion.serves(ruleset) else None
        self._leaves = LeafReader(ruleset.program)
        self._engine = make_engine(ruleset.program, engine)
        # What a text merely mentions is not scored: the faster of two equal engines serves.
        self._quick = make_engine(ruleset.program, "compiled")
        rules = {rule.id: rule for rule in ruleset.rules.values() if rule.status in _REPORTED}
        self._explainer = Explainer(ruleset.program, rules)
        scoring = [rule for rule in rules.values() if rule.status in SCORING]
        self._adviser = Adviser(ruleset, self._reference)
        self._red_flags = frozenset(
            rule.id for rule in scoring if rule.type is FindingType.RED_FLAG
        )
        self._scoring = frozenset(rule.id for rule in scoring)
        self._weighting = (
            Weighting.authored(ruleset)
            if self._fusion is None
            else self._fusion.weighting(ruleset, with_model=classifier is not None)
        )
        self._blank = Report(
            library=__version__,
            text_sha256="",
            text_length=0,
            pack=ruleset.label,
            pack_sha256=ruleset.digest,
            engine=self._engine.name,
            weighting=self._weighting.name,
            as_of=self._as_of.isoformat(),
            kind=Kind.OTHER,
            score=score((), Prediction(kind=Kind.OTHER), self._weighting),
        )
        self._alternatives = Alternatives(
            ruleset,
            self._quick.infer,
            tuple(map(without_evidence, scoring)),
            self._weighting,
        )

    @property
    def ruleset(self) -> RuleSet:
        """The rule set in use."""
        return self._ruleset

    @property
    def reference(self) -> Reference:
        """What of the reference files holds on the day asked for."""
        return self._reference

    @property
    def normalizer(self) -> Normalizer:
        """What reads texts and the phrases of the pack."""
        return self._normalizer

    @property
    def weighting(self) -> Weighting:
        """What findings, kinds and the classifier count."""
        return self._weighting

    @property
    def classifier(self) -> Classifier | None:
        """What reads the words of a text as a whole; None when rules alone speak."""
        return self._classifier

    @property
    def engine(self) -> str:
        """Name of the inference engine in use."""
        return self._engine.name

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
            what_if: Work out what would change the level, which takes several times as long.
            redact: Mask what tells who people are in whatever is kept of the text.

        Raises:
            InputError: ``text`` is not a ``str``, is blank, or is over the length limit.
        """
        document, facts, evidence, prediction, held, fired = self.trace(text)
        shown = text
        if redact:
            # What follows from the text has been worked out: only what is told of it is masked.
            shown = redacted(text, facts)
            told_of = without_people(facts, text, shown)
        else:
            told_of = facts
        told = self._explainer.explain(fired, held, told_of)
        findings = tuple(finding for finding in told if finding.rule in self._scoring)
        mentioned = self._mentioned(evidence, facts, told_of, held, fired)
        total = score(findings, prediction, self._weighting)
        if include_text:
            told_of = tuple(
                fact.replaced(text=shown[fact.span.start : fact.span.end])
                for fact in told_of
                if type(fact) is not TextFact
            )
        return self._blank.replaced(
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            text_length=len(text),
            text=shown if include_text else None,
            redacted=redact,
            model=prediction.model,
            kind=prediction.kind,
            abstains=abstention(
                document, self._normalizer.vocabulary, findings, total, prediction.kind
            ),
            score=total,
            findings=order(findings, total),
            mentioned=mentioned,
            would_have=tuple(finding for finding in told if finding.rule not in self._scoring),
            facts=tuple([fact for fact in told_of if type(fact) is not TextFact]),
            missing=self._adviser.missing(fired) if _is_offer(prediction) else (),
            advice=self._adviser.advise(findings, total, prediction.kind),
            what_if=self._what_if(document, held, fired, prediction) if what_if else None,
        )

    def _what_if(
        self,
        document: Document,
        held: Mapping[int, Sequence[Evidence | FactBase]],
        fired: frozenset[str],
        prediction: Prediction,
    ) -> WhatIf:
        def score_with(answer: str) -> Score:
            longer = self._read(f"{document.original}\n\n{answer}")
            judged = self.judge(longer, self._predict(longer))
            return self._alternatives.score_of(judged.fired, judged.prediction)

        found = self._alternatives.of(frozenset(held), fired, prediction, score_with)
        if self._classifier is None:
            return found
        shares = self._classifier.contributions(document)
        for_scam = prediction.log_odds is not None and prediction.log_odds > 0
        words = carrying_words(shares, self._weighting.classifier, for_scam=for_scam)
        return found.replaced(words=words)

    def trace(self, text: str) -> Trace:
        """Return what the stages before the score make of a text, for tools that explain rules.

        Raises:
            InputError: As for ``screen``.
        """
        reading = self.read(text)
        return self.judge(reading, self._predict(reading))

    def read(self, text: str) -> Reading:
        """Return what is found in a text, before anything is made of it.

        Raises:
            InputError: As for ``screen``.
        """
        self._check(text)
        return self._read(text)

    def _read(self, text: str) -> Reading:
        document = self._normalizer.read(text)
        facts = self._facts.facts(document)
        evidence = self._matcher.find(document, facts)
        return Reading(document, facts, evidence, self._kinds.sums(evidence, facts))

    def judge(self, reading: Reading, prediction: Prediction) -> Trace:
        """Return what follows from a reading if the text is of the kind predicted."""
        document = reading.document
        evidence, facts = self._stance.judge(document, reading.evidence, reading.facts)
        if prediction.kind is Kind.AWARENESS:
            evidence, facts = _at_second_hand(evidence), _at_second_hand(facts)
        facts = (*facts, _text_fact(document, evidence, prediction))
        held = self._leaves.read(evidence, facts)
        fired = self._engine.infer(frozenset(held))
        return Trace(document, facts, evidence, prediction, held, fired)

    def _predict(self, reading: Reading) -> Prediction:
        if self._classifier is None:
            return _OF_RULES[likeliest(reading.kinds)]
        scam, told = self._classifier.log_odds(reading.document)
        fusion = PLAIN if self._fusion is None else self._fusion.kinds
        kinds = fusion.sums(reading.kinds, dict(zip(KINDS, told, strict=True)))
        return Prediction(kind=likeliest(kinds), log_odds=scam, model=self._classifier.digest)

    def _check(self, text: str) -> None:
        if not isinstance(text, str):
            raise not_a_text(text)
        if not text.strip():
            raise InputError("the offer is blank: give the words of the message")
        if not text.isascii() and _SURROGATE.search(text):
            raise InputError("the offer holds lone surrogates: decode its bytes properly first")
        if len(text) > self._max_length:
            raise InputError(
                f"the offer has {len(text)} characters; the limit is {self._max_length}:"
                " screen it in parts, or raise max_length"
            )

    def _mentioned(
        self,
        evidence: Sequence[Evidence],
        facts: Sequence[FactBase],
        told_of: Sequence[FactBase],
        held: Mapping[int, Sequence[Evidence | FactBase]],
        fired: frozenset[str],
    ) -> tuple[Finding, ...]:
        """Return the red flags that would stand if the text vouched for all that it mentions."""
        signals, others = _not_asserted(evidence), _not_asserted(facts)
        if not signals and not others:
            return ()
        would_hold = {
            leaf: kept
            for leaf, mentions in held.items()
            if (kept := [item for item in mentions if item.stance is Stance.ASSERTED])
        }
        lifted = self._leaves.read(_vouched_for(signals), _vouched_for(others))
        for leaf, mentions in lifted.items():
            would_hold[leaf] = [*would_hold.get(leaf, ()), *mentions]
        if would_hold.keys() == held.keys():
            return ()
        would_fire = self._quick.infer(frozenset(would_hold))
        more = (would_fire - fired) & self._red_flags
        if not more:
            return ()
        stances = {(item.name, item.span): item.stance for item in evidence}
        stances |= {(fact.kind, fact.span): fact.stance for fact in facts}
        return tuple(
            finding.replaced(
                evidence=tuple(
                    item.with_stance(stances[item.name, item.span]) for item in finding.evidence
                )
            )
            for finding in self._explainer.explain(
                would_fire, would_hold, _vouched_for(told_of), beside=would_fire - more
            )
        )


def not_a_text(given: object) -> InputError:
    """Return the error that says what was given in place of a text."""
    hint = ": decode it first" if isinstance(given, bytes | bytearray) else ""
    return InputError(f"an offer is a str, not {type(given).__name__}{hint}")


def _normalizer(ruleset: RuleSet, reference: Reference) -> Normalizer:
    """Return a normalizer that knows the words of the pack."""
    slang = {
        short: Slang(
            tuple(entry.normal.lower().split()),
            ambiguous=entry.ambiguous,
            after_number=entry.after_number,
        )
        for short, entry in ruleset.slang.items()
        if not entry.gloss
    }
    plain = Normalizer(slang, frozenset())
    words = {word for written in words_of(ruleset, reference) for word in plain.words(written)}
    return plain.knowing(frozenset(words) | WORDS)


def _is_offer(prediction: Prediction) -> bool:
    return prediction.kind in {Kind.OFFER, Kind.INQUIRY}


def _vouched_for(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions as if the text asserted them all."""
    return [
        mention if mention.stance is Stance.ASSERTED else mention.with_stance(Stance.ASSERTED)
        for mention in mentions
    ]


def _not_asserted(mentions: Sequence[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.stance is not Stance.ASSERTED]


def _at_second_hand(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return what a text that warns or informs mentions: nothing in it is its own offer."""
    return tuple(
        mention.with_stance(Stance.REPORTED) if mention.stance is Stance.ASSERTED else mention
        for mention in mentions
    )


def _text_fact(
    document: Document, evidence: Sequence[Evidence], prediction: Prediction
) -> TextFact:
    hidden = [item for item in evidence if item.name == HIDDEN_WRITING] if document.folded else ()
    return TextFact(
        span=Span(0, len(document.original)),
        text_kind=prediction.kind,
        words=len(document.tokens)
        - sum([not document.forms[at][0][:1].isalpha() for at in document.unlettered]),
        hidden_words=len(hidden),
        hidden_ways=len({fold for item in hidden for fold in item.folds}),
    )
