"""Screens Indonesian job offers for signs of trafficking and fraud, and says why and what to do.

>>> from offer_screen import Screener
>>> report = Screener.load().screen("Dicari sponsor acara 17an, minat japri")
>>> report.level.value
'low'

Names are imported when first used, so that ``import offer_screen`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from offer_screen._loading import no_garbage_collection
from offer_screen._version import __version__

if TYPE_CHECKING:
    from offer_screen.errors import (
        EngineError,
        InputError,
        InvalidRuleSet,
        OfferScreenError,
        RuleError,
        RuleReferenceError,
        RuleSchemaError,
        RuleSyntaxError,
    )
    from offer_screen.facts import Fact
    from offer_screen.rendering import render
    from offer_screen.results import (
        Advice,
        Contribution,
        Evidence,
        Finding,
        FindingType,
        Missing,
        Report,
        Score,
        WhatIf,
    )
    from offer_screen.rules.loader import load_ruleset
    from offer_screen.rules.ruleset import RuleSet
    from offer_screen.screener import Screener
    from offer_screen.values import (
        Abstention,
        Fold,
        Harm,
        Kind,
        Language,
        Level,
        Localised,
        Severity,
        Span,
        Stance,
    )

__all__ = [
    "Abstention",
    "Advice",
    "Contribution",
    "EngineError",
    "Evidence",
    "Fact",
    "Finding",
    "FindingType",
    "Fold",
    "Harm",
    "InputError",
    "InvalidRuleSet",
    "Kind",
    "Language",
    "Level",
    "Localised",
    "Missing",
    "OfferScreenError",
    "Report",
    "RuleError",
    "RuleReferenceError",
    "RuleSchemaError",
    "RuleSet",
    "RuleSyntaxError",
    "Score",
    "Screener",
    "Severity",
    "Span",
    "Stance",
    "WhatIf",
    "__version__",
    "load_ruleset",
    "render",
]

_HOMES = {
    "Fact": "offer_screen.facts",
    "RuleSet": "offer_screen.rules.ruleset",
    "Screener": "offer_screen.screener",
    "load_ruleset": "offer_screen.rules.loader",
    "render": "offer_screen.rendering",
    **dict.fromkeys(
        (
            "Abstention",
            "Fold",
            "Harm",
            "Kind",
            "Language",
            "Level",
            "Localised",
            "Severity",
            "Span",
            "Stance",
        ),
        "offer_screen.values",
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (the type of whatever is asked for)
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name)
    if home is None:
        home = "offer_screen.errors" if name in _ERRORS else "offer_screen.results"
    with no_garbage_collection():
        value = getattr(import_module(home), name)
    globals()[name] = value
    return value


_ERRORS = frozenset(name for name in __all__ if name.endswith("Error")) | {"InvalidRuleSet"}


def __dir__() -> list[str]:
    return __all__
