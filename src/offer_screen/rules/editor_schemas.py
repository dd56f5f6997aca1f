"""JSON Schemas of the files of a pack, by which editors complete and check.

``<kind>.schema.json`` at the top of a pack is the schema of one kind of file; the first line of a
file names it. A kind is ``rule``, the name of a folder (``signals``), the stem of a file at the top
(``pack``), or ``reference-`` and the stem of a reference file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from offer_screen.rules.conformance import FOLDER, ConformanceSet
from offer_screen.rules.layers import Layer
from offer_screen.rules.loader import AT_TOP, IN_FOLDER, RULES
from offer_screen.rules.overrides import OVERRIDES, OverridesFile
from offer_screen.rules.reference import REFERENCE_FILES
from offer_screen.rules.schema import Model

KINDS: Mapping[str, type[Model]] = {
    "rule": RULES.model,
    **{stem: section.model for stem, section in AT_TOP.items()},
    **{folder: section.model for folder, section in IN_FOLDER.items()},
    **{f"reference-{stem}": model for stem, model in REFERENCE_FILES.items()},
    FOLDER: ConformanceSet,
    "layer": Layer,
    OVERRIDES: OverridesFile,
}
"""The model of every kind of file."""


def schema_of(kind: str) -> str:
    """Return the JSON Schema of a kind of file, as text.

    Raises:
        KeyError: There is no such kind.
    """
    return json.dumps(KINDS[kind].model_json_schema(), indent=2, ensure_ascii=False)


def file_name(kind: str) -> str:
    """Return the name of the file that holds the schema of a kind.

    >>> file_name("signals")
    'signals.schema.json'
    """
    return f"{kind}.schema.json"
