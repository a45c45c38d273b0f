"""The toy world and the judging of brains, as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from alienlab.training.workplace import Workplace
from alienlab.training.world.scenes import Style
from tests.integration.conftest import refused

KEYS = {"subject", "attribute", "background", "vae_psnr_db", "recogniser", "kid", "seconds_per_image"}


def test_a_sheet_of_the_world_repeats_by_its_seed(run, tmp_path: Path) -> None:
    sheets = []
    for file, seed in (("one.png", 3), ("again.png", 3), ("other.png", 4)):
        assert run("world", "--sheet", file, "--seed", seed, "--size", 32)[:2] == (0, file)
        with Image.open(tmp_path / file) as picture:
            sheets.append(np.asarray(picture))
    assert np.array_equal(sheets[0], sheets[1])
    assert sheets[0].shape != sheets[2].shape or not np.array_equal(sheets[0], sheets[2])


def test_a_sheet_of_the_world_of_another_kind_is_refused(run) -> None:
    code, out, err = run("world", "--sheet", "world.gif")
    assert (code, out) == (2, "")
    assert err == "alienlab: A sheet cannot be written as 'world.gif'. End the name in .png, .pdf or .html."


@pytest.mark.slow
def test_a_brain_is_judged_whatever_it_is(run, trained_place: Workplace) -> None:
    """A brain of a few training steps knows next to nothing, and the report says so."""
    code, out, err = run("brain", "evaluate", "--json", "--knockouts", "--brain", trained_place.folder / "brain")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert set(found) == KEYS | {"knockouts"}
    assert set(found["vae_psnr_db"]) == set(Style)
    assert 0 <= found["subject"] < 0.5
    assert found["kid"] > 0.01
    assert found["seconds_per_image"] > 0
    assert len(found["knockouts"]["differences"]) == 391
    assert found["knockouts"]["differences"]["conv_out"] > 0


@pytest.mark.slow
def test_the_sheets_of_a_model_card_are_written(run, trained_place: Workplace, tmp_path: Path) -> None:
    code, out, _ = run("brain", "sheets", "--brain", trained_place.folder / "brain", "-o", "card")
    assert code == 0
    names = {Path(line).name for line in out.splitlines()}
    assert names == {"held-out.png", "party-hats.png", "cat-to-dog.png", "random-points.png"}
    assert all((tmp_path / "card" / name).stat().st_size > 10_000 for name in names)


def test_a_brain_without_a_recogniser_cannot_be_judged(run, tiny_brain: Path) -> None:
    said = refused(run("brain", "evaluate", "--brain", tiny_brain))
    assert "brings no recogniser" in said
    assert "Choose a CLIP model" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("vae", "--plan", "cpu"), "Run the stage 'world' first"),
        (("export", "--plan", "cpu", "--output", "brain"), "left no checkpoint"),
        (("world", "--plan", "huge"), "There is no plan 'huge'. Take one of cpu, gpu, tiny."),
        (("adopt", "--plan", "cpu", "--output", "nowhere"), "cannot be gone on from"),
    ],
)
def test_training_refuses_in_one_sentence(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "alienlab.training", *arguments, "--work", str(tmp_path / "work"), "--processes", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert made.returncode == 2
    assert words in made.stderr
    assert "Traceback" not in made.stderr
