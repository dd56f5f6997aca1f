"""The public surface."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import offer_screen


def test_every_exported_name_exists_and_is_documented() -> None:
    for name in offer_screen.__all__:
        value = getattr(offer_screen, name)
        if name not in {"__version__", "Fact"}:
            assert value.__doc__, name


def test_nothing_is_exported_twice() -> None:
    assert len(set(offer_screen.__all__)) == len(offer_screen.__all__)
    assert sorted(offer_screen.__all__) == offer_screen.__all__
    assert dir(offer_screen) == offer_screen.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Skreener'"):
        getattr(offer_screen, "Skreener")  # noqa: B009  (the point of the test)


@pytest.mark.parametrize(
    "heavy", ["spacy", "pydantic", "yaml", "phonenumbers", "re2", "typer", "numpy", "sklearn"]
)
def test_importing_the_package_imports_nothing_heavy(heavy: str) -> None:
    code = f"import sys, offer_screen; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_exported_name_is_hidden_by_a_module_of_that_name() -> None:
    code = (
        "import offer_screen.cli, offer_screen, types, sys;"
        "sys.exit(any(isinstance(getattr(offer_screen, name), types.ModuleType)"
        " for name in offer_screen.__all__))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_lazy_names_are_those_of_their_modules() -> None:
    for name in ("Report", "Level", "InputError", "InvalidRuleSet", "Screener", "render"):
        value = getattr(offer_screen, name)
        assert value is getattr(import_module(value.__module__), name)
