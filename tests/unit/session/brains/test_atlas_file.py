"""An atlas in two files, and the one that comes with the embedded brain."""

import json

import numpy as np
import pytest

from alienlab.domain.effects import Effect, Measures, Verdict, Yardsticks
from alienlab.domain.errors import SessionError
from alienlab.domain.ports import BrainSource
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.engine.brains.folder import hash_of, inspect
from alienlab.engine.brains.source import resolve
from alienlab.session.brains.atlas_file import AtlasFile, write_atlas
from alienlab.session.paths import embedded_atlas, embedded_brain
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_recipe

YARDSTICKS = Yardsticks(
    floor_perceptual=0.001, floor_structural=0.01, spread_perceptual=0.25, spread_structural=0.5, seeds=16
)


def measures(far: float) -> Measures:
    return Measures(
        perceptual=far,
        ssim=1 - far,
        pixel=far,
        latent_cosine=None,
        concepts=(("cat", 0.75),),
        nothing=0.0,
        noise=0.25,
        flatness=0.5,
    )


def plain(value: int) -> np.ndarray:
    return np.full((64, 64, 3), value, np.uint8)


@pytest.fixture
def rows():
    """Five modules, of which the first two are one computation."""
    recipe = make_recipe(size=(64, 64))
    sweep = Sweep(id="a", title="a", base=recipe, axes=(kinds.knockouts(unet_anatomy(), pattern="mid_block.res*.0.*"),))
    keys = ["one", "one", "two", "three", "four"]
    return [
        Result(trial, key, Effect(measures(0.125 * place), measures(0.0), YARDSTICKS), True, "", None, None)
        for place, (trial, key) in enumerate(zip(sweep.trials(), keys, strict=True))
    ]


def test_effects_and_images_come_back(tmp_path, rows):
    colours = {"": 10, "one": 60, "two": 110, "three": 160, "four": 210}
    recipe = rows[0].trial.recipe.intact
    file = tmp_path / "atlas.json"
    write_atlas(file, recipe, "All", rows, image=lambda key: plain(colours[key]))
    atlas = AtlasFile.read(file)
    assert (atlas.recipe, atlas.title, atlas.yardsticks) == (recipe, "All", YARDSTICKS)
    assert list(atlas.effects) == [row.trial.module for row in rows]
    for row in rows[1:]:
        assert atlas.effects[row.trial.module] == row.effect
        assert np.abs(atlas.picture(row.trial.module).astype(int) - colours[row.key]).max() <= 2
    assert np.abs(atlas.intact().astype(int) - 10).max() <= 2
    assert atlas.picture("nowhere") is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 9}', '{"version": 1}'])
def test_a_damaged_atlas_is_refused(tmp_path, damage):
    (tmp_path / "atlas.json").write_text(damage, encoding="utf-8")
    with pytest.raises(SessionError, match="cannot be read"):
        AtlasFile.read(tmp_path / "atlas.json")
    with pytest.raises(SessionError):
        AtlasFile.read(tmp_path / "none.json")


def test_without_its_sheet_an_atlas_has_no_images(tmp_path, rows):
    file = tmp_path / "atlas.json"
    write_atlas(file, rows[0].trial.recipe.intact, "All", rows, image=lambda key: plain(50))
    file.with_suffix(".webp").write_bytes(b"nonsense")
    assert AtlasFile.read(file).picture(rows[0].trial.module) is None


def test_places_beyond_the_sheet_show_nothing(tmp_path, rows):
    file = tmp_path / "atlas.json"
    write_atlas(file, rows[0].trial.recipe.intact, "All", rows, image=lambda key: plain(50))
    data = json.loads(file.read_text(encoding="utf-8"))
    data["measures"] += [data["measures"][0]] * 100
    data["modules"]["far"] = 99
    file.write_text(json.dumps(data), encoding="utf-8")
    assert AtlasFile.read(file).picture("far") is None


def test_the_embedded_brain_brings_an_atlas_of_itself():
    atlas = AtlasFile.read(embedded_atlas())
    assert atlas.recipe.brain == hash_of(inspect(resolve(BrainSource(location=str(embedded_brain())))))
    assert len(atlas.effects) == 391
    assert str(atlas.recipe.prompt) == "a cat in a party hat"
    assert atlas.yardsticks.seeds >= 16
    for path in ("conv_norm_out", "conv_out"):
        assert atlas.effects[path].verdict in (Verdict.NOISE, Verdict.FLAT)
    pictures = {path: atlas.picture(path) for path in atlas.effects}
    assert {picture.shape for picture in pictures.values()} == {(atlas.recipe.height, atlas.recipe.width, 3)}
    assert np.array_equal(
        pictures["mid_block.attentions.0.transformer_blocks.0.attn1.to_q"],
        pictures["mid_block.attentions.0.transformer_blocks.0.attn1.to_k"],
    )
    far = {path: np.abs(picture.astype(int) - atlas.intact()).mean() for path, picture in pictures.items()}
    strong = sorted(far, key=far.get)[-20:]
    assert all(atlas.effects[path].spreads > 0.25 for path in strong)
