"""Concept space in real brains: exact planes, walks on the command line, islands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from alienlab.domain.concepts import Law, OnPlane, Prompt, RandomDirections, RandomPoint
from alienlab.domain.errors import AlienLabError, SweepError
from alienlab.domain.space.geometry import distance
from alienlab.domain.space.islands import agreement
from alienlab.domain.space.walks import gallery, grid, on_plane
from alienlab.lab import Lab
from tests.integration.conftest import Run, refused

CAT = Prompt("a cat in a party hat")
PLANE = RandomDirections(3)


@pytest.fixture(scope="module")
def lab(homunculus: Path):
    with Lab(homunculus) as opened:
        yield opened


def plane(lab: Lab, size: int, extent: float) -> dict[tuple[float, float], np.ndarray]:
    places = grid(size, extent)
    recipes = [lab.recipe(on_plane(CAT, PLANE, *place), seed=4, steps=2) for place in places]
    return dict(zip(places, (one.pixels for one in lab.render_all(recipes, batch_class=8)), strict=True))


def test_the_middle_of_a_plane_is_the_plain_render_and_zooming_changes_nothing(lab: Lab) -> None:
    wide, close = plane(lab, 3, 8.0), plane(lab, 5, 8.0)
    plain = lab.render_all([lab.recipe(CAT, seed=4, steps=2)], batch_class=8)[0].pixels
    assert np.array_equal(wide[0.0, 0.0], plain)
    for place, image in wide.items():
        assert np.array_equal(close[place], image)
    assert len({image.tobytes() for image in close.values()}) == 25


def test_the_middle_of_a_plane_by_its_own_expression_is_the_plain_render(lab: Lab) -> None:
    recipes = [lab.recipe(point, seed=4, steps=2) for point in (CAT, OnPlane(CAT, PLANE, 0.0, 0.0))]
    one, other = lab.render_all(recipes)
    assert np.array_equal(one.pixels, other.pixels)


def test_a_point_too_far_out_fails_alone(lab: Lab) -> None:
    points = (CAT, OnPlane(CAT, PLANE, 1e60, 0.0), OnPlane(CAT, PLANE, 2.0, 0.0))
    near, far, other = lab.attempt_all([lab.recipe(point, seed=4, steps=1) for point in points])
    assert isinstance(far, str)
    assert "overflow" in far
    assert not isinstance(near, str)
    assert not isinstance(other, str)
    with pytest.raises(AlienLabError, match="overflow"):
        lab.render_all([lab.recipe(points[1], steps=1)])


def test_random_points_share_the_start_token_and_the_shell_has_the_radius(lab: Lab) -> None:
    cat, shell, gaussian = lab.locate([CAT, RandomPoint(5, Law.SHELL), RandomPoint(5)])
    assert cat.shape == (lab.info.tokens, lab.info.dims) == (18, 128)
    for point in (shell, gaussian):
        np.testing.assert_allclose(point[0], cat[0], atol=1e-5)
    assert 0.5 * lab.space_radius() < distance(cat, gaussian) < 3 * lab.space_radius()


def test_an_island_is_seen_and_holds_at_its_inner_edge(lab: Lab) -> None:
    island, coast = lab.island("a cat", directions=range(3), steps=4)
    assert (island.concept, island.dimensions) == ("cat", 2304)
    assert len(island.edges) == 3
    assert coast.renders <= 1 + 3 * 13
    seen = lab.recognise([Image.fromarray(image) for image in coast.images.values()])
    assert all(dict(one.subjects)["cat"] >= 0.5 for one in seen)


@pytest.mark.slow
def test_islands_of_disjoint_directions_agree(lab: Lab) -> None:
    one, other = (lab.island("a cat", directions=range(first, first + 16), steps=12)[0] for first in (0, 100))
    print(f"z = {agreement(one, other):.2f}, median radii {one.quartiles[1]:.1f} and {other.quartiles[1]:.1f}")
    assert abs(agreement(one, other)) < 3


def test_a_concept_that_is_not_there_has_no_island(lab: Lab) -> None:
    with pytest.raises(SweepError, match="own centre"):
        lab.island("a cat", concept="dog", directions=range(2), steps=4)
    with pytest.raises(SweepError, match=r"does not know “kat”.*cat"):
        lab.island("a cat", concept="kat")
    with pytest.raises(SweepError, match="names nothing"):
        lab.island("qwertz")


def test_the_breadth_of_a_mind_is_less_when_it_is_silenced(lab: Lab) -> None:
    points = gallery(Law.GAUSSIAN, first_seed=0, count=8)
    intact, silent = (lab.breadth(points, steps=3, lesions=lesions) for lesions in ((), ("conv_out:zero",)))
    assert 1.0 < intact.vendi <= 8.0
    assert silent.vendi == pytest.approx(1.0, abs=1e-3)
    assert silent.distance == pytest.approx(0.0, abs=1e-5)
    assert silent.nothing == 8


def test_a_film_begins_with_the_noise_and_ends_with_the_render(lab: Lab) -> None:
    options = {"seed": 4, "steps": 3, "lesions": "up_blocks.3.*:scale=0.5"}
    film = lab.film(CAT, **options)
    assert [frame.step for frame in film.frames] == [0, 1, 2, 3]
    noise = torch.randn((1, 4, 24, 24), generator=torch.Generator().manual_seed(4))[0]
    np.testing.assert_allclose(film.frames[0].latents, noise, atol=2e-3)
    assert np.array_equal(film.frames[-1].image, lab.render(CAT, **options).pixels)
    assert film.frames[-1].preview.shape == (24, 24, 3)
    assert all(frame.recognition is not None for frame in film.frames)
    assert len(film.changes) == 3
    assert min(film.changes) > 0


def test_a_film_on_the_command_line(run: Run, tmp_path: Path, tiny_brain: Path) -> None:
    rest = ("--brain", tiny_brain, "--dtype", "fp32", "--steps", 2)
    code, out, _ = run("film", "= random(3)", *rest, "--json", "-o", tmp_path / "film.gif")
    assert code == 0
    assert len(json.loads(out)["changes"]) == 2
    with Image.open(tmp_path / "film.gif") as moving:
        assert moving.n_frames == 3
    assert run("film", "a cat", *rest, "-o", tmp_path / "film.pdf")[0] == 0
    assert ".png" in refused(run("film", "a cat", *rest, "-o", tmp_path / "film.avi"))


def test_the_breadth_on_the_command_line(run: Run) -> None:
    options = ("--points", 3, "--steps", 1, "--law", "shell", "--lesion", "conv_out:zero")
    code, out, _ = run("breadth", *options, "--json")
    assert code == 0
    intact, silent = json.loads(out)
    assert (intact["lesions"], silent["lesions"]) == ([], ["conv_out:zero"])
    assert silent["vendi"] == pytest.approx(1.0, abs=1e-3)
    assert intact["vendi"] > 1.1
    assert (silent["nothing"], silent["concepts"]) == (3, {})
    assert sum(intact["concepts"].values()) + intact["nothing"] == intact["images"] == 3


def test_a_line_on_the_command_line(run: Run, tmp_path: Path, tiny_brain: Path) -> None:
    film, brain = tmp_path / "line.gif", ("--brain", tiny_brain, "--dtype", "fp32")
    code, out, _ = run("walk", "line", "a dog", "a cat", "--frames", 3, "--beyond", 1, "--steps", 1, *brain, "-o", film)
    assert (code, out.strip()) == (0, str(film))
    with Image.open(film) as moving:
        assert moving.n_frames == 3


def test_a_plane_beside_the_intact_one_on_the_command_line(run: Run, tmp_path: Path, tiny_brain: Path) -> None:
    sheet, brain = tmp_path / "plane.png", ("--brain", tiny_brain, "--dtype", "fp32")
    lesions = ("--lesion", "up_blocks.1.*:zero", "--beside-intact")
    plane = ("walk", "plane", "a cat", "--grid", 3, "--extent", 1e60, "--steps", 1)
    code, _, errors = run(*plane, *lesions, *brain, "-o", sheet)
    assert code == 0
    assert errors.count("without an image") == len(errors.splitlines()) == 8
    assert errors.count("overflow") == 8
    assert sheet.is_file()


def test_what_is_only_seen_in_the_brain_is_one_line_too(run: Run, tmp_path: Path, tiny_brain: Path) -> None:
    rest = ("--brain", tiny_brain, "--dtype", "fp32", "--steps", 1, "-o", tmp_path / "made.png")
    assert "same point" in refused(run("walk", "plane", "a cat", "--unit", "a cat|a cat", *rest))
    assert "single point" in refused(run("walk", "path", "a cat", "a cat", *rest))
    assert "are the same" in refused(run("walk", "plane", "a cat", "a dog", "a dog", "--grid", 3, *rest))
    assert "recogniser" in refused(run("island", "a cat", *rest))


def test_an_island_on_the_command_line(run: Run, tmp_path: Path) -> None:
    options = ("--directions", 2, "--steps", 3, "--reach", 1, "--json", "-o", tmp_path / "edge.png")
    code, out, _ = run("island", "a cat", "--concept", "cat", *options)
    assert code == 0
    (found,) = json.loads(out.splitlines()[0])
    assert (found["dimensions"], found["concept"], len(found["edges"])) == (2304, "cat", 2)
    assert found["space_radius"] > 0
    assert (tmp_path / "edge.png").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("walk", "line", "a", "b", "--frames", 0), "0 frames"),
        (("walk", "line", "a"), "Name 2"),
        (("walk", "circle", "a"), "line, plane, path, random"),
        (("walk", "line", "a", "b", "--way", "crooked"), "straight, spherical, token"),
        (("walk", "path", "a cat"), "single point"),
        (("walk", "plane", "a cat", "a dog"), "one or three"),
        (("walk", "plane", "a cat", "--unit", "a cat"), "single point"),
        (("walk", "plane", "a cat", "--beside-intact"), "Both minds are intact"),
        (("walk", "random", "--law", "uniform"), "gaussian, shell"),
        (("walk", "line", '= "king" * "man"', "b"), "formula"),
        (("walk", "line", "a", "b", "--fps", 0), "frames a second"),
        (("walk", "line", "a", "b", "-o", "film.avi"), ".png, .pdf, .gif"),
        (("island", "a cat", "--seeds", "1,x"), "1,x"),
        (("breadth", "--points", 1), "at least two points"),
        (("breadth", "--law", "uniform"), "gaussian, shell"),
        (("island", "a cat", "--beside-intact"), "Both minds are intact"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_line(run: Run, tmp_path: Path, words: tuple, said: str) -> None:
    output = () if words[0] in ("island", "breadth") or "-o" in words else ("-o", tmp_path / "made.gif")
    assert said in refused(run(*words, *output))
