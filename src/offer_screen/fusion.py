"""The file of fitted weights: what a fit made of the analysts' weights, and the calibration.

``models/fusion.json`` is written by ``offer-screen fit``. Authored weights are its prior and stay
in the rules; a fitted weight counts only while the rule's authored weight is still the one that it
was fitted from, so that an analyst's change takes effect at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from offer_screen._shipped import shipped
from offer_screen.errors import ModelError
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.schema import Pack
from offer_screen.values import Kind, Level, Value
from offer_screen.weighting import Weighting

MAX_BYTES = 2_000_000
"""Largest file that is read."""

_Finite = Annotated[float, Field(allow_inf_nan=False)]
_Number = Annotated[float, Field(allow_inf_nan=False, ge=-50, le=50)]
_NotNegative = Annotated[float, Field(allow_inf_nan=False, ge=0, le=50)]
_Points = Annotated[float, Field(ge=0, le=100)]


class FittedRule(Value):
    """The weight of one rule, in log-odds before the calibration.

    Attributes:
        authored: The analyst's weight: the prior of the fit.
        rules_only: Fitted weight without the classifier.
        with_model: Fitted weight beside the classifier.
        scam: Scams of the training split on which it fires.
        other: Other texts of the training split on which it fires.
        reason: Why a weight moved far; None for the others.
    """

    authored: _Number
    rules_only: _Number
    with_model: _Number
    scam: Annotated[int, Field(ge=0)]
    other: Annotated[int, Field(ge=0)]
    reason: str | None = None

    @model_validator(mode="after")
    def _same_sign(self) -> Self:
        if self.authored * self.rules_only < 0 or self.authored * self.with_model < 0:
            raise ValueError("a fitted weight has the sign of the authored one")
        return self


class Calibration(Value):
    """All constants of one way to score: rules only, or rules and classifier.

    Attributes:
        slope: Factor of every addend (Platt).
        intercept: Addend of the base (Platt).
        base: Prior of a text, before the calibration.
        kinds: Addend of each kind of text, before the calibration.
        classifier: Factor of the classifier's log-odds, before the calibration.
        classifier_range: Least and most that the classifier adds, before the calibration.
        levels: Least points (0-100) of each level above low.
    """

    slope: Annotated[float, Field(gt=0, le=20)]
    intercept: _Number
    base: _Number
    kinds: Mapping[Kind, _Number]
    classifier: _NotNegative
    classifier_range: tuple[Annotated[float, Field(ge=-50, le=0)], _NotNegative]
    levels: Mapping[Literal[Level.CAUTION, Level.HIGH, Level.CRITICAL], _Points]

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        cuts = [self.levels.get(level) for level in (Level.CAUTION, Level.HIGH, Level.CRITICAL)]
        if any(cut is None for cut in cuts) or cuts != sorted(set(cuts)):  # type: ignore[type-var]
            raise ValueError("levels: give caution < high < critical, in points of 0 to 100")
        return self


class KindFusion(Value):
    """How cues and classifier decide together of what kind a text is.

    Attributes:
        classifier: Factor of the classifier's log-probability of a kind.
        base: Addend of each kind.
    """

    classifier: _NotNegative
    base: Mapping[Kind, _Number]

    def sums(self, cues: Mapping[Kind, float], told: Mapping[Kind, float]) -> dict[Kind, float]:
        """Return what speaks for each kind, cues and classifier together."""
        return {
            kind: value + self.classifier * told[kind] + self.base.get(kind, 0.0)
            for kind, value in cues.items()
        }


PLAIN = KindFusion(classifier=1.0, base={})
"""Cues and classifier added as they are, where nothing was fitted."""


class PackConstants(Value):
    """What a fit takes from the pack and calibrates: where it is changed, the fit does not serve.

    Attributes:
        base: Prior of an offer.
        trust_cap: Most that all trust signs together take off.
        kinds: Addend of each kind of text.
        levels: Least points of each level.
    """

    base: _Finite
    trust_cap: _Finite
    kinds: Mapping[Kind, _Finite]
    levels: Mapping[Level, _Finite]

    @classmethod
    def of(cls, pack: Pack) -> Self:
        """Return the constants of a pack."""
        return cls(
            base=pack.base_log_odds,
            trust_cap=pack.trust_cap,
            kinds=dict(pack.kind_log_odds),
            levels={Level(level): cut for level, cut in pack.levels.items()},
        )


class Fusion(Value):
    """The file.

    Attributes:
        format_version: Version of this layout.
        pack: Name of the rule pack.
        pack_constants: What the pack's authors wrote there.
        pack_sha256: Digest of the pack that the fit saw.
        classifier_sha256: Digest of the classifier that the fit saw.
        corpus_sha256: Digest of the texts that it was fitted on.
        settings: Settings of the fit.
        rules_only: Constants without a classifier.
        with_model: Constants beside the classifier.
        kinds: How the kind of a text is decided beside the classifier.
        rules: Weight of each rule that scores.
    """

    format_version: Literal[1] = 1
    pack: str
    pack_constants: PackConstants
    pack_sha256: str
    classifier_sha256: str
    corpus_sha256: str
    settings: Mapping[str, _Finite | str | tuple[_Finite, _Finite]]
    rules_only: Calibration
    with_model: Calibration
    kinds: KindFusion
    rules: Mapping[str, FittedRule]

    def serves(self, ruleset: RuleSet) -> bool:
        """Whether the fit is of this pack, or of the one that it is a layer of."""
        pack = ruleset.pack
        return pack.name == self.pack and PackConstants.of(pack) == self.pack_constants

    def weighting(self, ruleset: RuleSet, *, with_model: bool) -> Weighting:
        """Return the fitted weighting of a rule set.

        Rules that the fit did not see, or whose authored weight has changed since, keep their
        authored weight. Caps are the pack's. Everything is multiplied by the slope.
        """
        chosen = self.with_model if with_model else self.rules_only
        slope = chosen.slope

        def weight_of(rule: str, authored: float) -> float:
            fitted = self.rules.get(rule)
            if fitted is None or fitted.authored != authored:
                return authored
            return fitted.with_model if with_model else fitted.rules_only

        least, most = chosen.classifier_range
        pack = ruleset.pack
        return Weighting(
            name="fitted",
            base=slope * chosen.base + chosen.intercept,
            rules={
                rule.id: slope * weight_of(rule.id, rule.weight) for rule in ruleset.rules.values()
            },
            caps={name: slope * category.cap for name, category in pack.categories.items()},
            trust_cap=slope * pack.trust_cap,
            levels={Level(level): cut for level, cut in chosen.levels.items()},
            kinds={kind: slope * value for kind, value in chosen.kinds.items()},
            classifier=slope * chosen.classifier,
            classifier_range=(slope * least, slope * most),
        )

    def to_json(self) -> str:
        """Return the file's text: one rule a line, so that two fits can be compared by any tool."""
        head = self.model_dump_json(exclude={"rules"}, indent=1)
        rules = ",\n".join(
            f'  "{name}": {self.rules[name].model_dump_json(exclude_none=True)}'
            for name in sorted(self.rules)
        )
        return f'{head[:-2]},\n "rules": {{\n{rules}\n }}\n}}\n'


def shipped_fusion() -> Path:
    """Return the file of fitted weights that comes with the library."""
    return shipped("models") / "fusion.json"


def read_fusion(path: Path) -> Fusion:
    """Read a file of fitted weights.

    Raises:
        ModelError: The file cannot be read, is too large, of another version, or not of its shape.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ModelError(f"cannot read the weights {path}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise ModelError(f"{path}: over {MAX_BYTES:,} bytes, the most that weights may have")
    try:
        return Fusion.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise ModelError(
            f"{path}: {place}: {first['msg'].removeprefix('Value error, ')};"
            " write the weights anew with 'offer-screen fit'"
        ) from error
