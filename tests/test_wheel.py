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


def test_the_wheel_alone_screens_an_offer(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=900)
    offer = "Kerja di Kamboja pakai visa turis, paspor dipegang agen. Minat japri"
    done = subprocess.run(
        [str(python.with_name("offer-screen")), "screen", offer, "--json"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        timeout=120,
    )
    assert json.loads(done.stdout)["score"]["level"] == "critical"
