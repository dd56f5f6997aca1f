"""Imports go one way, and each third party stays behind its fence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import offer_screen

SOURCE = Path(offer_screen.__file__).parent

LAYERS = (
    ("_version", "_loading", "_shipped", "errors"),
    ("values",),
    ("facts",),
    ("results",),
    ("redaction",),
    ("text",),
    ("rules",),
    ("extract",),
    ("match",),
    ("classify",),
    ("infer",),
    ("weighting",),
    ("fusion",),
    ("scoring",),
    ("what_if",),
    ("report",),
    ("pipeline",),
    ("screener",),
    ("batch",),
    ("corpus",),
    ("training",),
    ("evaluation",),
    ("authoring",),
    ("analysis",),
    ("integrations",),
    ("spark",),
    ("rendering",),
    ("cli",),
)
"""From left to right: a module imports from its own layer and from those before it."""

UNRELATED = {("rendering", layer) for layer in ("text", "rules", "extract", "match", "infer")} | {
    ("render", layer)
    for layer in (
        "classify",
        "weighting",
        "fusion",
        "scoring",
        "what_if",
        "report",
        "pipeline",
        "screener",
        "batch",
    )
}
"""Renderers see the report and nothing else."""

FENCES = {
    "spacy": ("text", "integrations/spacy_component.py"),
    "yaml": ("rules/source.py",),
    "ruamel": ("authoring/roundtrip.py",),
    "phonenumbers": ("extract/contact.py", "extract/phone.py"),
    "re2": ("match", "rules"),
    "durable_rules_engine": ("infer/durable.py",),
    "durable": (),
    "rich": ("cli",),
    "typer": ("cli",),
    "numpy": ("training", "evaluation", "integrations"),
    "scipy": ("training", "evaluation", "integrations"),
    "matplotlib": ("evaluation",),
    "pandas": (),
    "pyspark": ("spark",),
    "py4j": ("spark",),
    "pyarrow": ("batch/parquet.py",),
    "threadpoolctl": ("training", "evaluation"),
    "sklearn": ("training", "evaluation", "integrations"),
}

MODULES = sorted(SOURCE.rglob("*.py"))


def layer_of(module: str) -> int:
    head = module.split(".")[1] if "." in module else "cli"
    return next(index for index, names in enumerate(LAYERS) if head in names)


def imports_of(path: Path) -> Iterator[tuple[str, int, bool]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in inner
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno, id(node) in inner


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_layers_to_its_left(path: Path) -> None:
    name = name_of(path)
    if name == "offer_screen" or name.endswith(".__main__"):
        return  # what starts a program is imported by nobody
    own = layer_of(name)
    for imported, line, _ in imports_of(path):
        if imported.startswith("offer_screen."):
            assert layer_of(imported) <= own, f"{path}:{line} imports {imported}"
            pair = (name.split(".")[1], imported.split(".")[1])
            assert pair not in UNRELATED, f"{path}:{line} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_third_parties_stay_behind_their_fences(path: Path) -> None:
    inside = path.relative_to(SOURCE).as_posix()
    for imported, line, _ in imports_of(path):
        allowed = FENCES.get(imported.split(".")[0])
        if allowed is not None:
            assert inside.startswith(tuple(allowed) or ("nowhere",)), f"{path}:{line} {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_slow_third_parties_are_imported_inside_functions(path: Path) -> None:
    for imported, line, in_function in imports_of(path):
        if in_function:
            slow = {"spacy", "concurrent", "offer_screen", "pyarrow", "pyspark", "py4j"}
            assert imported.split(".")[0] in slow, f"{path}:{line} {imported}"
            assert imported.split(".")[0] != "offer_screen" or "cli" in path.parts


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_there_is_no_assert_and_no_print_in_the_library(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.Assert), f"{path}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"{path}:{node.lineno}"
