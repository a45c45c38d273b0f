"""What plugins offer, on the command line: with a plugin in the user's folder."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.fakes.offering import PLUGINS
from tests.fakes.tiny_brain import write_tiny_brain
from tests.integration.conftest import Run, refused

MODULE = "every_offer_code"
LESION = "mid_block.attentions.0.*:every-offer/shuffle@3"


@pytest.fixture(scope="module")
def tiny_brain(tmp_path_factory) -> Path:
    return write_tiny_brain(tmp_path_factory.mktemp("brain") / "tiny")


@pytest.fixture
def offering(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """With the plugin switched on. What this process imports of it is forgotten: it is from another folder."""
    monkeypatch.setattr(sys, "path", [place for place in sys.path if not place.startswith(str(PLUGINS))])
    sys.modules.pop(MODULE, None)
    shutil.copytree(PLUGINS / "every_offer", tmp_path / "home" / "data" / "plugins" / "every_offer")
    assert run("plugin", "on", "every-offer")[0] == 0
    yield run
    sys.modules.pop(MODULE, None)


def pixels(file: Path) -> np.ndarray:
    return np.asarray(Image.open(file))


def test_renders_are_lesioned_swept_measured_and_exported(offering: Run, tiny_brain: Path, tmp_path: Path) -> None:
    brain = ("--brain", tiny_brain, "--dtype", "fp32", "--steps", "1")
    assert offering("render", "a cat", *brain, "-o", "intact.png")[0] == 0
    assert offering("render", "a cat", *brain, "--lesion", LESION, "--session", "one", "-o", "shuffled.png")[0] == 0
    assert not np.array_equal(pixels(tmp_path / "intact.png"), pixels(tmp_path / "shuffled.png"))
    code, out, err = offering(
        *("sweep", "every-offer/every-nth", "a cat", *brain, "--param", "n=200", "--session", "one"),
        *("--measure", "every-offer/redder", "--csv", "table.csv"),
    )
    assert code == 0, err
    assert "Every nth module (n 200): 2 renders" in err
    assert "Redder: " in out
    rows = list(csv.DictReader((tmp_path / "table.csv").read_text().splitlines()))
    files = {row["label"]: tmp_path / "home" / "data" / "sessions" / "one" / row["file"] for row in rows}
    assert len(files) == 2
    intact = pixels(tmp_path / "intact.png")[..., 0].mean()
    for row in rows:
        expected = pixels(files[row["label"]])[..., 0].mean() - intact
        assert float(row["measure:every-offer/redder"]) == pytest.approx(expected)
    code, out, _ = offering("export", "list", "--session", "one", "--param", "title=All", "-o", "list.txt")
    assert code == 0
    lines = (tmp_path / "list.txt").read_text().splitlines()
    assert lines[0] == "All"
    assert len(lines) > 3
    assert any("every-offer/shuffle@3" in line for line in lines)
    code, out, _ = offering("recognise", "intact.png", "--recogniser", "every-offer/brightness")
    assert code == 0
    assert "bright" in out
    assert not list(tmp_path.glob(".list*"))


def test_what_is_not_there_is_one_sentence(run: Run, tiny_brain: Path) -> None:
    assert "needs the plugin every-offer" in refused(run("render", "", "--brain", tiny_brain, "--lesion", LESION))
    assert "There is no exporter 'list'" in refused(run("export", "list", "-o", "list.txt"))
    assert "no measure 'every-offer/redder'" in refused(run("sweep", "seeds", "--measure", "every-offer/redder"))


def test_parameters_and_files_are_checked_before_anything_is_written(offering: Run, tiny_brain: Path) -> None:
    assert "--param x=1 is not understood" in refused(offering("export", "list", "--param", "x=1", "-o", "list.txt"))
    assert "writes .txt files" in refused(offering("export", "list", "-o", "list.csv"))
    assert "no folder" in refused(offering("export", "list", "-o", "nowhere/list.txt"))
    dosed = ("sweep", "dose", "--op", "every-offer/shuffle", "--plan")
    assert "every-offer/shuffle has no amount to vary" in refused(offering(*dosed))
    assert "no sweep 'every-offer/none'. Known are every-offer/every-nth" in refused(
        offering("sweep", "every-offer/none")
    )
