"""The toy world: the same on every machine, never what is held out, mostly what matters."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from alienlab.session.paths import world_folder
from alienlab.training.world.captions import Captioner
from alienlab.training.world.catalogue import Catalogue, Family
from alienlab.training.world.colours import COLOURS
from alienlab.training.world.drawing import SceneArtist
from alienlab.training.world.held_out import held_out_captions, held_out_compositions, scene_of
from alienlab.training.world.sampling import SHARES, Mixture, SceneSampler
from alienlab.training.world.scenes import (
    Background,
    Figure,
    Ground,
    PartyHat,
    Place,
    Scene,
    Size,
    Style,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(world_folder())


@pytest.fixture(scope="module")
def artist(catalogue: Catalogue) -> SceneArtist:
    return SceneArtist(catalogue, 64)


def plain(name: str, behind: str = "blue", **figure) -> Scene:
    return Scene((Figure(name, **figure),), Background(Ground.PLAIN, (behind,)), seed=3)


def is_core(scene: Scene, catalogue: Catalogue) -> bool:
    bare = all(f.colour is None and f.worn is None and f.garment is None for f in scene.figures)
    known = all(catalogue[f.name].family is Family.HEAD or catalogue[f.name].core for f in scene.figures)
    usual = scene.style is Style.SOLID and scene.size is Size.NORMAL and scene.place is Place.MIDDLE
    return bare and known and usual and len(scene.figures) < 3 and scene.pattern is None


def test_there_are_200_to_300_sprites_in_less_than_6_megabytes(catalogue: Catalogue) -> None:
    files = [catalogue.sprite_file(entry) for entry in catalogue]
    assert 200 <= len(set(files)) <= 300
    assert sum(file.stat().st_size for file in files) < 6e6
    assert set(catalogue.folder.joinpath("sprites").iterdir()) == set(files), "a sprite that is not used"


def test_scenes_repeat_and_differ(catalogue: Catalogue, artist: SceneArtist) -> None:
    one, again = SceneSampler(catalogue), SceneSampler(catalogue)
    for number in (0, 1, 99):
        assert one.scene(number) == again.scene(number)
        assert np.array_equal(artist.draw(one.scene(number)), artist.draw(again.scene(number)))
    assert len({one.scene(number).composition for number in range(200)}) > 150


def test_core_scenes_are_at_least_70_percent(catalogue: Catalogue) -> None:
    sampler = SceneSampler(catalogue)
    core = [is_core(sampler.scene(number), catalogue) for number in range(4000)]
    assert np.mean(core) >= 0.70


def test_what_is_hard_to_tell_comes_oftener_to_the_recogniser(catalogue: Catalogue) -> None:
    usual, hard = SceneSampler(catalogue), SceneSampler(catalogue, mixture=Mixture.RECOGNISING)
    scenes = {sampler: [sampler.scene(number) for number in range(3000)] for sampler in (usual, hard)}

    def share(sampler: SceneSampler, hard_to_tell: Callable[[Scene], bool]) -> float:
        return float(np.mean([hard_to_tell(scene) for scene in scenes[sampler]]))

    for hard_to_tell in (
        lambda scene: any(figure.colour for figure in scene.figures),
        lambda scene: scene.size is Size.SMALL,
        lambda scene: len(scene.figures) > 1,
        lambda scene: scene.style is not Style.SOLID,
    ):
        assert share(hard, hard_to_tell) > 2 * share(usual, hard_to_tell) > 0


def test_every_mixture_is_whole() -> None:
    for mixture in Mixture:
        assert sum(SHARES[mixture].values()) == pytest.approx(1)
        assert set(SHARES[mixture]) == set(SHARES[Mixture.IMAGINING])


def test_every_style_and_ground_and_many_things_are_drawn(catalogue: Catalogue) -> None:
    sampler = SceneSampler(catalogue)
    scenes = [sampler.scene(number) for number in range(6000)]
    assert {scene.style for scene in scenes} == set(Style)
    assert {scene.background.ground for scene in scenes} == set(Ground)
    names = {figure.name for scene in scenes for figure in scene.figures}
    assert names >= {entry.name for entry in (*catalogue.heads, *catalogue.core_things)}
    assert Counter(figure.garment is not None for scene in scenes for figure in scene.figures)[True] > 50


def test_what_is_held_out_is_never_drawn(catalogue: Catalogue) -> None:
    held_out = held_out_compositions(world_folder())
    assert len(held_out_captions(world_folder())) == 200
    sampler, open_sampler = SceneSampler(catalogue, held_out), SceneSampler(catalogue)
    drawn = {sampler.scene(number).composition for number in range(20_000)}
    assert not drawn & held_out
    assert {open_sampler.scene(number).composition for number in range(20_000)} & held_out


def test_held_out_captions_say_what_their_scenes_show(catalogue: Catalogue) -> None:
    captioner = Captioner(catalogue)
    for row, entry in enumerate(held_out_captions(world_folder())):
        scene = scene_of(entry, catalogue, row)
        assert scene.composition == entry.composition
        assert captioner.plain(scene) == entry.caption


def test_captions_name_what_is_in_the_scene(catalogue: Catalogue) -> None:
    captioner, sampler = Captioner(catalogue), SceneSampler(catalogue)
    for number in range(500):
        scene = sampler.scene(number)
        caption = captioner.plain(scene)
        assert all(figure.name in caption for figure in scene.figures)
        assert all(figure.colour in caption for figure in scene.figures if figure.colour)
        assert ("party hat" in caption) == any(isinstance(figure.hat, PartyHat) for figure in scene.figures)
        assert ("on the left" in caption) == (scene.place is Place.LEFT)
        assert "  " not in caption
        assert caption == caption.strip()


def test_captions_vary_by_synonym_and_by_what_they_leave_out(catalogue: Catalogue) -> None:
    captioner, scene = Captioner(catalogue), plain("cat", hat=PartyHat(("purple", "red"), "dots"))
    captions = {captioner.varied(scene, random.Random(number)) for number in range(300)}
    assert "a cat in a purple party hat on blue" in captions
    assert any("kitten" in caption for caption in captions)
    assert any("blue" not in caption for caption in captions)
    assert any("purple" not in caption for caption in captions)


@pytest.mark.parametrize("colour", ["red", "green", "blue", "white", "black"])
def test_plain_backgrounds_have_the_colour_that_is_named(colour: str, artist: SceneArtist) -> None:
    pixels = np.asarray(artist.draw(Scene((), Background(Ground.PLAIN, (colour,)), 5)), float).mean(axis=(0, 1))
    nearest = min(COLOURS, key=lambda name: float(np.abs(np.array(COLOURS[name]) - pixels).sum()))
    assert nearest == colour


def test_a_hat_changes_the_picture_above_its_wearer(artist: SceneArtist) -> None:
    bare = Scene((Figure("cat", hat="crown"),), Background(Ground.PLAIN, ("blue",)), seed=8)
    hatted = Scene((Figure("cat", hat="top hat"),), Background(Ground.PLAIN, ("blue",)), seed=8)
    difference = np.abs(np.asarray(artist.draw(bare), float) - np.asarray(artist.draw(hatted), float)).mean(axis=2)
    assert difference[:32].mean() > 10 * difference[45:].mean()


def test_places_and_sizes_are_as_said(artist: SceneArtist) -> None:
    def shown(**arrangement) -> np.ndarray:
        scene = Scene((Figure("alien"),), Background(Ground.PLAIN, ("white",)), seed=2, **arrangement)
        empty = Scene((), Background(Ground.PLAIN, ("white",)), seed=2)
        return np.abs(np.asarray(artist.draw(scene), float) - np.asarray(artist.draw(empty), float)).max(axis=2) > 60

    def middle(mask: np.ndarray) -> float:
        return float(np.nonzero(mask)[1].mean())

    assert middle(shown(size=Size.SMALL, place=Place.LEFT)) < 24
    assert middle(shown(size=Size.SMALL, place=Place.RIGHT)) > 40
    assert shown(size=Size.SMALL).sum() < 0.5 * shown().sum() < 0.5 * shown(size=Size.LARGE).sum()


def test_a_colour_word_recolours_the_thing(artist: SceneArtist) -> None:
    red, blue = (np.asarray(artist.draw(plain("cat", "white", colour=colour)), float) for colour in ("red", "blue"))
    middle = (slice(30, 44), slice(26, 38))
    assert red[middle][..., 0].mean() > red[middle][..., 2].mean() + 50
    assert blue[middle][..., 2].mean() > blue[middle][..., 0].mean() + 50


def test_styles_do_what_they_are_called(catalogue: Catalogue, artist: SceneArtist) -> None:
    drawn = {
        style: np.asarray(artist.draw(Scene((Figure("cat"),), Background(Ground.GRASS), 4, style=style)))
        for style in Style
    }
    blocks = drawn[Style.PIXELATED].reshape(16, 4, 16, 4, 3)
    assert np.array_equal(blocks, np.broadcast_to(blocks[:, :1, :, :1], blocks.shape))
    assert np.median(drawn[Style.PENCIL]) > 225, "a pencil drawing is mostly paper"
    solid, flat = (len(np.unique(drawn[style].reshape(-1, 3), axis=0)) for style in (Style.SOLID, Style.FLAT))
    assert flat < solid / 3
    assert all(np.abs(drawn[Style.SOLID].astype(int) - drawn[style]).mean() > 2 for style in Style if style != "3D")
