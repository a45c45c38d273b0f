"""Laboratories and plugins on the command line, with the real process."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from alienlab.session.png import read_png
from tests.integration.conftest import Run, refused

FAKES = Path(__file__).parents[1] / "fakes" / "plugins"
GUIDE = Path(__file__).parents[2] / "plugins" / "README.md"


def install(home: Path, name: str) -> Path:
    return Path(shutil.copytree(FAKES / name, home / "data" / "plugins" / name))


@pytest.fixture
def marking(run: Run, tmp_path: Path) -> Path:
    """Folder of a plugin that is found and switched on."""
    folder = install(tmp_path / "home", "marking")
    assert run("plugin", "on", "marking") == (0, "marking\ton", "")
    return folder


def test_the_example_of_the_guide_is_short_and_runs(run: Run, tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    declaration = re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1]
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    assert len(declaration.splitlines()) + len(code.splitlines()) <= 40
    folder = tmp_path / "home" / "data" / "plugins" / "majority"
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text(declaration, encoding="utf-8")
    (folder / "majority.py").write_text(code, encoding="utf-8")

    assert "switched off" in refused(run("lab", "majority/majority"))
    assert run("plugin", "on", "majority")[0] == 0
    assert run("lab", "majority", "patches", "--steps", 5, "--seed", 3, "-o", "patches.png") == (0, "patches.png", "")
    cells = np.random.default_rng(3).integers(0, 2, (128, 128))
    for _ in range(5):
        padded = np.pad(cells, 1, mode="wrap")
        cells = sum(padded[y : y + 128, x : x + 128] for y in range(3) for x in range(3)) >= 5
    image = read_png(tmp_path / "patches.png").image
    assert len(np.unique(image.reshape(-1, 3), axis=0)) == 2
    assert ((image[..., 0] == image[..., 0][cells][0]) == cells).all()
    assert "How often all cells look around them. From 0 to 200." in " ".join(
        run("lab", "majority", "--help")[1].split()
    )


def test_a_plugin_of_the_user_is_not_run_before_it_is_switched_on(run: Run, tmp_path: Path) -> None:
    mark = install(tmp_path / "home", "marking") / "was_imported"
    listed = run("plugin", "list")[1]
    assert re.search(r"^marking\toff\tyour plugins folder: .*marking\tlaboratory marks$", listed, re.MULTILINE)
    assert "marks" not in run("lab", "list")[1]
    assert "marking, which cannot be used. It is switched off" in refused(run("lab", "marking/marks", "-o", "a.png"))
    run("plugin", "on", "marking")
    run("lab", "marks", "--help")
    assert "marks" in run("lab", "list")[1]
    assert not mark.exists()
    assert run("lab", "marks", "-o", "a.png")[0] == 0
    assert mark.exists()
    assert run("plugin", "off", "marking")[0] == 0
    assert "marking, which cannot be used. It is switched off" in refused(run("lab", "marks"))


def test_options_are_those_that_the_plugin_declares(run: Run, marking: Path, tmp_path: Path) -> None:
    options = ("--level", 1, "--no-grid-lines", "--tone", "blue")
    assert run("lab", "marks", "still", *options, "-o", "a.png")[0] == 0
    stamped = read_png(tmp_path / "a.png")
    assert (stamped.image[1:] == (0, 0, 255)).all()
    assert stamped.recipe.values == {"grid_lines": False, "level": 1.0, "tone": "blue", "picture": None}
    run("lab", "marks", "--grid-lines", "off", "--level=1.0", "--tone", "blue", "-o", "b.png")
    np.testing.assert_array_equal(read_png(tmp_path / "b.png").image, stamped.image)
    help_ = " ".join(run("lab", "marks", "still", "--help")[1].split())
    for words in (
        "--grid-lines / --no-grid-lines",
        "How bright it is. From 0 to 1 of white. [default: 0.5]",
        "--tone red|blue",
        "red: as blood; blue: as the sky",
        "What to look for: that the mark is not there",
        "film: Five frames.",
    ):
        assert words in help_


def test_a_picture_goes_to_a_session_with_its_recipe(run: Run, marking: Path) -> None:
    code, file, _ = run("lab", "marks", "--seed", 5, "--session", "marks")
    assert (code, Path(file).name) == (0, "000001.png")
    recipe = read_png(Path(file)).recipe
    assert (recipe.laboratory, recipe.experiment, recipe.seed) == ("marking/marks", "still", 5)
    assert run("session", "info", "marks")[1].splitlines()[2] == "renders\t1"


def test_materials_are_named_by_where_they_are_and_what_they_hold(run: Run, marking: Path, tmp_path: Path) -> None:
    Pillow.new("RGB", (3, 3), (1, 2, 3)).save(tmp_path / "three.png")
    assert run("lab", "marks", "--picture", "three.png", "-o", "a.png")[0] == 0
    material = read_png(tmp_path / "a.png").recipe.values["picture"]
    assert (material["place"], len(material["digest"])) == (str(tmp_path / "three.png"), 64)
    assert "not there any more" in refused(run("lab", "marks", "--picture", "four.png", "-o", "a.png"))


def test_numbers_and_films_are_written(run: Run, marking: Path, tmp_path: Path) -> None:
    code, out, _ = run("lab", "marks", "--csv", "a.csv", "-o", "a.png", "--json")
    told = json.loads(out)
    assert (code, told["file"], told["note"]) == (0, "a.png", "A note.")
    assert told["readings"] == [{"name": "level", "value": 0.5, "unit": "of white"}]
    assert told["recipe_id"] == read_png(tmp_path / "a.png").recipe.id()
    rows = list(csv.reader((tmp_path / "a.csv").read_text().splitlines()))
    assert ["Squares", "square", "2.0", "4.0", "m"] in rows
    assert run("lab", "marks", "film", "-o", "film.webp") == (0, "film.webp", "")
    with Pillow.open(tmp_path / "film.webp") as film:
        assert (film.n_frames, film.size) == (5, (6, 6))
    assert "shows no film" in refused(run("lab", "marks", "still", "-o", "a.gif"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lab", "marks", "nope"), "has no experiment 'nope'. Known are still, film, endless"),
        (("lab", "nothing"), "There is no laboratory 'nothing'. Known are"),
        (("lab", "marks", "--level", "2"), "Level 2 is out of range. Take one from 0 to 1."),
        (("lab", "marks", "--level", "high"), "Level is a number, not 'high'."),
        (("lab", "marks", "--tone", "green"), "Take one of: red, blue."),
        (("lab", "marks", "-o", "a.txt"), "End the name in .png"),
        (("lab", "marks", "--seed", "-1"), "The seed -1 is out of range"),
        (("lab", "list", "--all"), "'--all' is not known here"),
        (("plugin", "on", "nothing"), "There is no plugin 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, marking: Path, words, said) -> None:
    assert said in refused(run(*words))


def test_a_plugin_that_fails_is_one_line(run: Run, tmp_path: Path) -> None:
    install(tmp_path / "home", "misbehaving")
    run("plugin", "on", "misbehaving")
    assert "The plugin misbehaving made a mistake: ZeroDivisionError" in refused(run("lab", "trouble", "raising"))
    assert run("lab", "trouble", "printing", "-o", "a.png") == (0, "a.png", "")


def test_a_broken_plugin_is_listed_with_its_error(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "data" / "plugins" / "broken"
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text("id = 3\n")
    listed = {one["id"]: one for one in json.loads(run("plugin", "list", "--json")[1])}
    assert listed["broken"]["state"] == "broken"
    assert "plugin.toml" in listed["broken"]["error"]
    assert "cannot be used" in refused(run("plugin", "on", "broken"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_ctrl_c_stops_it_cleanly(run: Run, marking: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "ALIENLAB_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "alienlab", "lab", "marks", "endless", "-o", "never.png"]
    running = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    imported = threading.Event()
    while not (marking / "was_imported").exists() and running.poll() is None:
        imported.wait(0.02)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (2, "alienlab: Stopped. Nothing was written.\n")
    assert not (tmp_path / "never.png").exists()
