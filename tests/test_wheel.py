"""The built wheel, alone in a fresh environment outside of the checkout, screens an offer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OFFER = "Kerja di Kamboja pakai visa turis, paspor dipegang agen. Minat japri"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_rules_models_and_the_typing_marker(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "offer_screen/_data/rules/pack.yaml" in names
    assert "offer_screen/_data/models/README.md" in names
    assert "offer_screen/py.typed" in names
    packed = {name for name in names if name.startswith("offer_screen/_data/rules/")}
    lying = {
        f"offer_screen/_data/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "rules").rglob("*.yaml")
    }
    assert lying <= packed


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that holds the wheel and what it depends on."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=900)
    return python


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        timeout=120,
    )
    return done.stdout.decode()


def test_the_wheel_alone_screens_an_offer(python: Path, tmp_path: Path) -> None:
    printed = run([str(python.with_name("offer-screen")), "screen", OFFER, "--json"], tmp_path)
    assert json.loads(printed)["score"]["level"] == "critical"


def test_spacy_finds_the_component_of_the_wheel(python: Path, tmp_path: Path) -> None:
    code = (
        "import spacy; nlp = spacy.blank('xx'); nlp.add_pipe('offer_screen');"
        f"print(nlp({OFFER!r})._.offer_level)"
    )
    assert run([str(python), "-c", code], tmp_path) == "critical\n"


def test_without_the_extra_scikit_learn_is_named(python: Path, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run([str(python), "-c", "import offer_screen.integrations.scikit_learn"], tmp_path)
    assert b"pip install 'offer_screen[sklearn]'" in caught.value.stderr
