"""Pictures of laboratories come about again on the command line, in the real process of plugins."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.store import Session
from alienlab.session.png import read_png, write_png
from tests.fakes.recipes import make_image, make_lab_recipe, make_provenance
from tests.integration.conftest import Run, refused

FAKES = Path(__file__).parents[1] / "fakes" / "plugins"


def test_pictures_of_a_session_are_made_again_and_what_differs_is_told(run: Run, tmp_path: Path) -> None:
    code, out, err = run("lab", "iterated-maps", "density", "--a", "3.1", "--session", tmp_path / "s")
    assert (code, err) == (0, "")
    made = read_png(Path(out))
    assert isinstance(made.recipe, LabRecipe)
    forged = made.image.copy()
    forged[5, 4, 0] ^= 1 << 3
    strange = make_lab_recipe("unknown", "density")
    old = replace(made.recipe, revision=99)
    with Session.open(tmp_path / "s") as session:
        for recipe, image in ((made.recipe, forged), (strange, made.image), (old, made.image)):
            session.save(recipe, image, made.provenance, recipe_id=recipe.id(), computation_id=recipe.id())
    code, out, err = run("replay", tmp_path / "s", "--filter", "lab:*")
    lines = out.splitlines()
    assert (code, err, lines[-1], len(lines)) == (1, "", "1 of 4 identical", 4)
    assert "render 2: largest pixel difference 8 of 255" in lines
    assert any(line.startswith("render 3: cannot be made again: There is no laboratory") for line in lines)
    assert any("made by revision 99 of the experiment Density" in line for line in lines)
    code, out, _ = run("session", "info", tmp_path / "s")
    assert "laboratories\talienlab-maps/iterated-maps, alienlab-maps/unknown" in out
    assert "brains\tnone" in out


def test_a_picture_of_a_plugin_that_is_off_or_gone_says_so(run: Run, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FAKES / "marking", tmp_path / "home" / "data" / "plugins" / "marking"))
    recipe = LabRecipe(laboratory="marking/marks", experiment="still", values={"level": 0.5})
    write_png(tmp_path / "a.png", make_image(), recipe, make_provenance())
    code, out, _ = run("replay", tmp_path / "a.png")
    assert code == 1
    assert "It is switched off" in out
    shutil.rmtree(folder)
    code, out, _ = run("replay", tmp_path / "a.png")
    assert (code, out.split(".")[0]) == (1, "cannot be made again: There is no laboratory 'marking/marks'")


def test_sheets_and_animations_are_made_of_pictures(run: Run, tmp_path: Path) -> None:
    with Session.open(tmp_path / "s") as session:
        for seed, a in enumerate((2.9, 3.1, 3.5)):
            recipe = make_lab_recipe(a=a)
            image = make_image(seed, width=48, height=32)
            session.save(recipe, image, make_provenance(), recipe_id=recipe.id(), computation_id=recipe.id())
    for name in ("sheet.png", "sheet.pdf", "sheet.html"):
        assert run("sheet", tmp_path / "s", "-o", name) == (0, name, "")
    assert "a 3.1" in (tmp_path / "sheet.html").read_text(encoding="utf-8")
    code, out, err = run("animate", tmp_path / "s", "-o", "maps.gif", "--filter", "lab:iterated-maps")
    assert (code, err) == (0, ""), out
    assert "no render" in refused(run("sheet", tmp_path / "s", "-o", "x.png", "--filter", "lab:other")).lower()
