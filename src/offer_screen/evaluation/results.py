"""An evaluation: everything that was measured, as one value that JSON holds without loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from offer_screen.classify.model import TrainingRecord
from offer_screen.evaluation.attack_results import AttackResult, SearchFigures
from offer_screen.evaluation.data import Sources
from offer_screen.evaluation.figures import Figure, Rate
from offer_screen.values import Level, Value


class Reached(Value):
    """Which levels some texts end at.

    Attributes:
        counts: Texts at each level.
        at_or_above: Share at each level or above it; nothing of ``low``, which all reach.
    """

    counts: Mapping[Level, int]
    at_or_above: Mapping[Level, Rate]


class SystemFigures(Value):
    """What one system comes to.

    Attributes:
        name: Name of the system.
        figures: Its metrics by name.
        positives: Levels of the positives; None for a system without levels.
        negatives: Levels of the negatives.
    """

    name: str
    figures: Mapping[str, Figure]
    positives: Reached | None = None
    negatives: Reached | None = None


class SliceFigures(Value):
    """How the score fares on some of the texts.

    Attributes:
        by: What the texts were cut by.
        value: What those of this slice have in common.
        auroc: Area under the ROC curve within the slice.
        positives: Levels of its positives.
        negatives: Levels of its negatives.
    """

    by: str
    value: str
    auroc: Figure
    positives: Reached
    negatives: Reached


class BarResult(Value):
    """How a bar of the plan is met.

    Attributes:
        about: What is held to it.
        limit: The bar, in words.
        measured: What was measured.
        met: Whether the value is on the right side; None when there is no value.
        sure: Whether the whole interval is.
    """

    about: str
    limit: str
    measured: Rate | Figure
    met: bool | None
    sure: bool


class Claim(Value):
    """What may be said of false alarms after so many texts.

    Attributes:
        group: Where the texts are from.
        level: At this level or above.
        alarms: Negatives that reached it.
        negatives: Negatives in all.
        families: Families among them, which make the bound wider the more alike they fare.
        bound: With 95 % confidence the true rate is below this.
    """

    group: str
    level: Level
    alarms: int
    negatives: int
    families: int
    bound: float


class RuleRow(Value):
    """What one rule does on these texts.

    Attributes:
        rule: Id of the rule.
        positives: Positives it fires on.
        negatives: Negatives it fires on.
        precision: Share of positives among the texts it fires on.
        lift: How much more frequent positives are there than among all texts; None without any.
    """

    rule: str
    positives: int
    negatives: int
    precision: Rate
    lift: float | None


class Confusion(Value):
    """Kinds: rows are the true ones, columns the given ones.

    Attributes:
        kinds: Names of rows and columns.
        counts: Texts.
    """

    kinds: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class Curve(Value):
    """Points of a plot."""

    x: tuple[float, ...]
    y: tuple[float, ...]


class CalibrationBin(Value):
    """One bin of the calibration plot.

    Attributes:
        texts: Texts in it.
        probability: Their mean probability.
        positives: Share of positives among them, with its interval.
    """

    texts: int
    probability: float
    positives: Rate


class Histogram(Value):
    """Points (0-100) of the texts of one source and label, in twenty bins of equal width."""

    source: str
    positive: bool
    counts: tuple[int, ...]


class Plots(Value):
    """What the plots are drawn from.

    Attributes:
        precision_recall: Of each system: recall, precision.
        roc: Of each system: false alarms, recall.
        calibration: Of the score.
        histograms: Points by source.
    """

    precision_recall: Mapping[str, Curve]
    roc: Mapping[str, Curve]
    calibration: tuple[CalibrationBin, ...]
    histograms: tuple[Histogram, ...]


class Predictable(Value):
    """How well a nuisance can be told from the features of the score, and what it explains.

    Attributes:
        nuisance: Channel, source, length.
        classes: How many values it has.
        texts: Texts that have one.
        accuracy: Share told right by models that never saw the family of the text.
        majority: Share told right by saying the most frequent one.
        label_auroc: How well the nuisance alone, as predicted, tells positives.
        explained: Share of the variance of the score's log-odds that the prediction explains.
        explained_beyond_label: What it explains of what the label leaves unexplained.
        auroc: Of the score on the same texts.
        auroc_without: Of the score after what the prediction explains within each label's
            negatives was taken out of it.
    """

    nuisance: str
    classes: int
    texts: int
    accuracy: float | None
    majority: float
    label_auroc: Figure
    explained: float | None
    explained_beyond_label: float | None
    auroc: Figure
    auroc_without: Figure


class Matched(Value):
    """AUROC among texts that agree in everything but the label.

    Attributes:
        by: What they agree in.
        cells: Cells with both labels.
        texts: Texts in them.
        auroc: Chance that a positive scores above a negative of the same cell.
    """

    by: str
    cells: int
    texts: int
    auroc: Figure


class Leakage(Value):
    """What texts that resemble training texts do to the figures.

    Attributes:
        name: What counts as resembling.
        texts: Texts that do.
        of: Of how many.
        auroc: On all texts.
        auroc_without: Without those.
    """

    name: str
    texts: int
    of: int
    auroc: Figure
    auroc_without: Figure


class Audit(Value):
    """Whether the score rests on something else than what it should."""

    predictable: tuple[Predictable, ...]
    matched: tuple[Matched, ...]
    leakage: tuple[Leakage, ...]


class CurvePoint(Value):
    """What a share of the training families gives.

    Attributes:
        share: Share of the families.
        families: How many.
        texts: Texts of those.
        figures: Metrics on the evaluated texts.
    """

    share: float
    families: int
    texts: int
    figures: Mapping[str, Figure]


class Comparison(Value):
    """Two systems on the same texts.

    Attributes:
        first: Name of the first.
        second: Name of the second.
        level: Level whose reaching counts as flagged, or ``probability 0.5``.
        only_first: Texts that only the first gets right.
        only_second: Texts that only the second gets right.
        p: Exact McNemar test: chance of so uneven a split if both were equally good.
        differences: Second minus first, by metric.
    """

    first: str
    second: str
    level: str
    only_first: int
    only_second: int
    p: float
    differences: Mapping[str, Figure]


class Evaluation(Value):
    """Everything that was measured.

    Attributes:
        schema_version: Version of this layout.
        library: Version of offer_screen.
        name: What the run is called.
        pack: Name and version of the rule pack.
        pack_sha256: Digest of its content.
        model: Digest of the classifier, or None.
        weighting: Name of the weighting.
        as_of: Day whose reference values were used.
        seed: Of resampling and sampling.
        replicates: Resamples behind each bootstrap interval.
        training: What the classifier was trained on, and how; None without one.
        features: Features of the classifier.
        sources: What was read.
        trained_on: Texts that baselines were trained on.
        systems: The score first, then its ablations and the baselines.
        slices: The score on parts of the texts.
        bars: What the plan holds it to.
        claims: What may be said of false alarms.
        rules: What each rule does.
        confusion: Of kinds; None when no text says its kind.
        plots: What the plots are drawn from.
        attacks: What rewriting costs.
        audit: Whether the score rests on something else.
        curve: What less training data gives.
        curve_of: What was trained for it.
        comparisons: Of the score with ablations and baselines.
        left_out: What was not measured, with the reason.
        notes: What else is to be known of the run.
    """

    schema_version: Literal[1] = 1
    library: str
    name: str
    pack: str
    pack_sha256: str
    model: str | None
    weighting: str
    as_of: str
    seed: int
    replicates: int
    training: TrainingRecord | None = None
    features: int = 0
    sources: Sources
    trained_on: int = 0
    systems: tuple[SystemFigures, ...]
    slices: tuple[SliceFigures, ...] = ()
    bars: tuple[BarResult, ...] = ()
    claims: tuple[Claim, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    confusion: Confusion | None = None
    plots: Plots
    attacks: tuple[AttackResult, ...] = ()
    audit: Audit | None = None
    curve: tuple[CurvePoint, ...] = ()
    curve_of: str = ""
    comparisons: tuple[Comparison, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def system(self, name: str) -> SystemFigures:
        """Return the figures of a system.

        Raises:
            KeyError: There is no such system in the evaluation.
        """
        for system in self.systems:
            if system.name == name:
                return system
        raise KeyError(name)


class AttackBench(Value):
    """Everything that the bench measured.

    Attributes:
        schema_version: Version of this layout.
        library: Version of offer_screen.
        name: What the run is called.
        pack: Name and version of the rule pack.
        pack_sha256: Digest of its content.
        model: Digest of the classifier, or None.
        weighting: Name of the weighting.
        as_of: Day whose reference values were used.
        seed: Of samples, choices and resamples.
        replicates: Resamples behind each interval.
        sources: What was read.
        attacked: Positives that were attacked.
        families: Attacks by family.
        search: What an adversary with a budget needed; None without texts at high or above.
        bars: What the plan holds them to.
        notes: What else is to be known of the run.
    """

    schema_version: Literal[1] = 1
    library: str
    name: str
    pack: str
    pack_sha256: str
    model: str | None
    weighting: str
    as_of: str
    seed: int
    replicates: int
    sources: Sources
    attacked: int
    families: Mapping[str, tuple[AttackResult, ...]]
    search: SearchFigures | None = None
    bars: tuple[BarResult, ...] = ()
    notes: tuple[str, ...] = ()
