"""Islands of several minds, in a made-up brain whose concept holds within a ball."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from alienlab.domain.concepts import Ray
from alienlab.domain.errors import ConceptLost, SweepError
from alienlab.domain.events import Located
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import LocateJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.archipelago import (
    INTACT,
    IslandWish,
    Mind,
    altered,
    archipelago,
    change,
    disagreement,
    each_lesioned,
    lesioned,
    space_radius,
)
from alienlab.domain.space.geometry import distance
from alienlab.domain.space.inquiries import Inquiry
from alienlab.lab.exploring import Explorer
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.recipes import make_recipe

ANATOMY = unet_anatomy()
HALF = altered([LesionSpec.parse("mid_block.*:zero")])
GONE = Mind("gone", (LesionSpec.parse("conv_out:zero"),))
DIRECTIONS = tuple(range(6))


def ball(radius: float) -> Callable[[DiffusionRecipe], float]:
    """The concept holds within a radius; half as far without the middle block, nowhere without an output."""

    def holds(recipe: DiffusionRecipe) -> float:
        if GONE.lesions == recipe.lesions:
            return 0.0
        reach = radius / 2 if recipe.lesions else radius
        return float(not isinstance(recipe.prompt, Ray) or recipe.prompt.distance <= reach)

    return holds


def wish(*minds: Mind, **changes: object) -> IslandWish:
    asked = IslandWish(
        base=make_recipe("a cat", size=(32, 32)),
        concept="cat",
        directions=DIRECTIONS,
        noises=(7,),
        minds=minds,
        dimensions=128,
    )
    return replace(asked, **changes)


def asked(engine: FakeEngine, inquiry: Inquiry):
    return Explorer(engine, numbers=count(), watch=lambda event: None).ask(inquiry)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(ANATOMY, holds=ball(5.0))


def test_medians_are_the_radius_of_the_ball_and_half_of_it(engine: FakeEngine) -> None:
    told = []
    found = asked(engine, archipelago(wish(INTACT, HALF, noises=(7, 8)), ANATOMY, tell=told.append))
    assert [(one.mind, one.island.noise) for one in found] == [(INTACT, 7), (HALF, 7), (INTACT, 8), (HALF, 8)]
    assert told == found
    radius = asked(engine, space_radius())
    for one, expected in zip(found, (5.0, 2.5, 5.0, 2.5), strict=True):
        assert one.island.quartiles[1] == pytest.approx(expected, rel=1 / 32)
        assert one.ratio == pytest.approx(expected / radius, rel=1 / 32)
    assert change(found[1], found[0]) == pytest.approx(-0.5, abs=1 / 32)
    assert disagreement(found[:1]) is None
    assert disagreement([found[0], found[2]]) == 0.0
    assert sum(one.renders for one in found) <= wish(INTACT, HALF, noises=(7, 8)).most_renders


def test_the_image_at_the_edge_has_a_recipe_of_its_own(engine: FakeEngine) -> None:
    (one,) = asked(engine, archipelago(wish(HALF), ANATOMY))
    assert set(one.images) == set(DIRECTIONS)
    edge = one.island.edges[2]
    recipe = one.recipe_at(edge)
    assert recipe.prompt == Ray(one.recipe.prompt, 2, edge.inside)
    assert recipe.lesions == HALF.lesions
    assert distance(*[point.point for point in _located(engine, recipe, one.recipe)]) == pytest.approx(edge.inside)


def _located(engine: FakeEngine, *recipes: DiffusionRecipe):
    job = LocateJob(number=0, expressions=tuple(recipe.prompt for recipe in recipes))
    return [event for event in engine.locate(job) if isinstance(event, Located)]


def test_a_mind_that_lost_the_concept_is_a_row_and_no_error(engine: FakeEngine) -> None:
    intact, gone = asked(engine, lesioned(wish(INTACT, GONE), ANATOMY))
    assert (gone.is_lost, gone.ratio, change(gone, intact)) == (True, 0.0, -1.0)
    assert "own centre" in gone.trouble
    assert not intact.is_lost


def test_a_concept_that_the_first_mind_lost_ends_it_at_once(engine: FakeEngine) -> None:
    with pytest.raises(ConceptLost, match="own centre"):
        asked(engine, lesioned(wish(GONE, INTACT, HALF), ANATOMY))
    assert sum(len(job.recipes) for job in engine.rendered) == 1


def test_minds_that_compute_the_same_are_looked_at_once(engine: FakeEngine) -> None:
    same = Mind("the same", HALF.lesions)
    one, other = asked(engine, archipelago(wish(HALF, same), ANATOMY))
    assert (other.mind, other.renders) == (same, 0)
    assert other.island == one.island
    assert sum(len(job.recipes) for job in engine.rendered) == one.renders


def test_there_is_a_mind_for_each_region_or_module() -> None:
    assert len(each_lesioned(ANATOMY)) == 1 + len(ANATOMY.regions)
    modules = each_lesioned(ANATOMY, pattern="mid_block.resnets.0.*", by_region=False)
    assert modules[0] == INTACT
    assert str(modules[1].lesions[0]) == f"{modules[1].name}:zero"


def test_what_cannot_be_measured_is_said() -> None:
    with pytest.raises(SweepError, match="one noise"):
        wish(INTACT, noises=())
    with pytest.raises(SweepError, match="a mind"):
        wish()
    with pytest.raises(SweepError, match="reach above 0"):
        wish(INTACT, reach=0.0)
    with pytest.raises(SweepError, match="one direction"):
        wish(INTACT, directions=())


def test_no_distance_is_the_centre_itself(engine: FakeEngine) -> None:
    (one,) = asked(engine, archipelago(wish(INTACT), ANATOMY))
    nowhere = replace(one.island.edges[0], inside=0.0)
    assert one.recipe_at(nowhere) == one.recipe
    assert isinstance(one.images[0], np.ndarray)
