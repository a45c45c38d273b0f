"""What sweeps are made of, and what they take."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo, Pace
from alienlab.domain.concepts import Between, Prompt, concept_from_json
from alienlab.domain.errors import LesionError, PatternMatchesNothing, RecipeError, SweepError
from alienlab.domain.lesions import LesionSpec, Operation, Treatment
from alienlab.domain.space.walks import evenly
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.orders import Order, coarse_to_fine, ordered
from alienlab.domain.sweeps.planning import DECODING_STEPS, SPREAD_SEEDS, make_plan
from alienlab.domain.sweeps.refining import half_way, neighbours, with_values
from alienlab.domain.sweeps.sweep import Axis, Kind, Sweep
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import brain_info
from tests.fakes.recipes import make_recipe


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


def sweep_of(*axes: Axis, **changes: object) -> Sweep:
    return Sweep(**{"id": "a", "title": "A sweep", "base": make_recipe(), "axes": axes, **changes})


def plan_of(sweep: Sweep, anatomy: Anatomy, *known: str):
    return make_plan(sweep, anatomy, is_known=set(known).__contains__)


def test_a_full_knockout_is_391_renders_and_327_computations(anatomy: Anatomy) -> None:
    plan = plan_of(sweep_of(kinds.knockouts(anatomy)), anatomy)
    assert (len(plan.trials), plan.distinct, len(plan.computations)) == (391, 327, 327)
    assert len(plan.missing) == 327 + 1 + SPREAD_SEEDS
    weights_only = Treatment(Operation.ZERO, weights_only=True)
    assert plan_of(sweep_of(kinds.knockouts(anatomy, treatment=weights_only)), anatomy).distinct == 391 - 16 * 2


def test_what_is_known_is_not_missing(anatomy: Anatomy) -> None:
    sweep = sweep_of(kinds.knockouts(anatomy, pattern="mid_block.*"))
    first = plan_of(sweep, anatomy)
    known = [one.key for one in first.missing[:10]]
    again = plan_of(sweep, anatomy, *known)
    assert [one.key for one in again.missing] == [one.key for one in first.missing[10:]]
    assert plan_of(sweep, anatomy, *(one.key for one in first.missing)).missing == ()


def test_time_and_disk_are_sums_over_what_is_missing(anatomy: Anatomy) -> None:
    info: BrainInfo = brain_info(paces=(Pace(1, 0.5), Pace(8, 0.1), Pace(32, 0.099)), width=64, height=64)
    plan = plan_of(sweep_of(kinds.seeds(range(10)), base=make_recipe(steps=12)), anatomy)
    assert info.pace == Pace(8, 0.1)  # 32 is hardly faster
    assert len(plan.missing) == 10
    assert plan.seconds(info) == pytest.approx(10 * (12 + DECODING_STEPS) * 0.1)
    assert 10 * 64 * 64 < plan.bytes < 10 * 3 * 64 * 64 + 100_000


def test_seeds_are_measured_against_themselves_and_need_no_yardstick(anatomy: Anatomy) -> None:
    plan = plan_of(sweep_of(kinds.seeds([3, 4])), anatomy)
    assert {anchor.recipe.seed for anchor in plan.anchors} == {3, 4}
    assert all(anchor.spread == () for anchor in plan.anchors)
    assert plan.computations == ()


def test_two_axes_multiply_and_every_seed_has_its_own_intact_render(anatomy: Anatomy) -> None:
    doses = kinds.doses(Treatment(Operation.NOISE, 0.1, 1), evenly(0.0, 0.2, 5))
    plan = plan_of(sweep_of(doses, kinds.seeds([1, 2, 3])), anatomy)
    assert len(plan.trials) == 15
    assert plan.trials[4].place == (1, 1)
    assert [str(spec) for spec in plan.trials[4].recipe.lesions] == ["*:noise=0.05@1"]
    assert plan.trials[4].recipe.seed == 2
    assert len(plan.anchors) == 3  # the dose 0 is intact
    assert plan.distinct == 15
    assert len(plan.computations) == 12


def test_the_first_computations_cover_the_map(anatomy: Anatomy) -> None:
    plan = plan_of(sweep_of(kinds.knockouts(anatomy)), anatomy)
    first = [plan.trials[plan.keys.index(one.key)].module or "" for one in plan.computations[:16]]
    assert {anatomy[path].order // 49 for path in first} == set(range(8))


@given(st.integers(1, 500))
def test_coarse_to_fine_is_a_permutation_whose_beginnings_are_even(count: int) -> None:
    order = coarse_to_fine(count)
    assert sorted(order) == list(range(count))
    if count >= 16:
        assert {number * 4 // count for number in order[:8]} == {0, 1, 2, 3}


def test_regions_are_knocked_out_whole(anatomy: Anatomy) -> None:
    axis = kinds.knockouts(anatomy, by_region=True, pattern="mid_block.*")
    assert axis.values[0].module == "mid_block"
    assert [str(spec) for spec in axis.values[0].lesions] == ["mid_block.*:zero"]
    assert "mid_block.attentions.0.transformer_blocks.0.attn1" in {value.module for value in axis.values}


def test_progressive_values_grow_from_none_to_all(anatomy: Anatomy) -> None:
    axis = kinds.progressive(anatomy, orders=[(Order.RANDOM, 1), (Order.END, 0)], steps=10)
    random, end = axis.values[:11], axis.values[11:]
    assert [value.number for value in random] == [round(39.1 * step) for step in range(11)]
    assert {value.series for value in random} == {"random 1"}
    sets = [{path for spec in value.lesions for path in (one.path for one in spec.expand(anatomy))} for value in end]
    assert sets[0] == set()
    assert sets[1] == set(anatomy.paths[-39:])
    assert sets[-1] == set(anatomy.paths)
    assert all(small < large for small, large in itertools.pairwise(sets))


def test_orders(anatomy: Anatomy) -> None:
    paths = anatomy.within("mid_block")
    assert ordered(paths, Order.END, anatomy) == paths[::-1]
    assert ordered(paths, Order.RANDOM, anatomy, seed=1) == ordered(paths, Order.RANDOM, anatomy, seed=1)
    assert ordered(paths, Order.RANDOM, anatomy, seed=1) != ordered(paths, Order.RANDOM, anatomy, seed=2)
    effects = {path: float(number % 7) for number, path in enumerate(paths[:-1])}
    least = ordered(paths, Order.LEAST, anatomy, effects=effects)
    assert [effects[path] for path in least[:-1]] == sorted(effects.values())
    assert least[-1] == paths[-1]
    assert ordered(paths, Order.MOST, anatomy, effects=effects)[0] in {path for path in effects if effects[path] == 6}
    with pytest.raises(SweepError, match="needs an atlas"):
        ordered(paths, Order.LEAST, anatomy)


def test_the_ends_of_a_line_are_the_prompts_themselves() -> None:
    axis = kinds.line("a dog", "a cat", evenly(-0.5, 1.5, 5))
    assert [value.prompt for value in axis.values] == [
        Between(Prompt("a dog"), Prompt("a cat"), -0.5),
        Prompt("a dog"),
        Between(Prompt("a dog"), Prompt("a cat"), 0.5),
        Prompt("a cat"),
        Between(Prompt("a dog"), Prompt("a cat"), 1.5),
    ]
    for value in axis.values:
        assert concept_from_json(json.loads(json.dumps(value.prompt.to_json()))) == value.prompt
    with pytest.raises(RecipeError):
        concept_from_json({"kind": "between", "start": "a", "end": "b", "position": float("nan")})


def test_a_value_half_way_has_half_the_dose_or_half_the_way() -> None:
    doses = kinds.doses(Treatment(Operation.SCALE, 1.0), [1.0, 0.5], pattern="conv_in")
    low, high = sorted(doses.values, key=lambda value: value.number)
    assert [str(spec) for spec in half_way(low, high).lesions] == ["conv_in:scale=0.75"]
    ends = kinds.line("a dog", "a cat", [0.0, 1.0]).values
    assert half_way(*ends).prompt == Between(Prompt("a dog"), Prompt("a cat"), 0.5)
    quarter = half_way(ends[0], half_way(*ends))
    assert quarter.prompt == Between(Prompt("a dog"), Prompt("a cat"), 0.25)


def test_added_values_stand_in_their_places() -> None:
    sweep = sweep_of(kinds.doses(Treatment(Operation.NOISE, 0.1), [0.0, 0.1, 0.2]), refinements=3)
    one, other = neighbours(sweep.axes[0])[0]
    refined = with_values(sweep, [half_way(one, other)])
    assert [value.number for value in refined.axes[0].values] == [0.0, 0.05, 0.1, 0.2]
    assert refined.refinements == 2


def test_a_sweep_comes_back_from_json(anatomy: Anatomy) -> None:
    sweeps = [
        sweep_of(kinds.knockouts(anatomy, pattern="mid_block.*"), kinds.seeds([1, 2])),
        sweep_of(kinds.line("a dog", "a cat", [0.0, 0.5, 1.0]), refinements=4),
        sweep_of(kinds.progressive(anatomy, orders=[(Order.RANDOM, 3)], steps=4)),
    ]
    for sweep in sweeps:
        assert Sweep.from_json(json.loads(json.dumps(sweep.to_json()))) == sweep


@pytest.mark.parametrize("damage", [{"version": 2}, {"axes": 3}, {"axes": []}, {"base": {}}, {"refinements": "x"}])
def test_other_json_is_refused(damage: dict[str, object]) -> None:
    data = sweep_of(kinds.seeds([1])).to_json()
    with pytest.raises(SweepError):
        Sweep.from_json({**data, **damage})


def test_bad_wishes_are_told(anatomy: Anatomy) -> None:
    with pytest.raises(PatternMatchesNothing, match="No module matches"):
        kinds.knockouts(anatomy, pattern="no_such.*")
    with pytest.raises(LesionError, match="out of range"):
        kinds.doses(Treatment(Operation.NOISE, 0.1), [2.0])
    with pytest.raises(SweepError, match="no amount to vary"):
        kinds.doses(Treatment(Operation.ZERO), [0.5])
    with pytest.raises(SweepError, match="no values"):
        kinds.seeds([])
    with pytest.raises(SweepError, match="at most"):
        sweep_of(kinds.seeds(range(1000)), kinds.prompts([str(number) for number in range(101)]))
    with pytest.raises(PatternMatchesNothing):
        plan_of(sweep_of(kinds.seeds([1]), base=make_recipe("a", "nowhere:zero")), anatomy)


def test_lesions_of_the_recipe_stay_beneath_those_of_the_sweep(anatomy: Anatomy) -> None:
    base = replace(make_recipe(), lesions=(LesionSpec.parse("conv_in:scale=0.5"),))
    trial = next(sweep_of(kinds.knockouts(anatomy, pattern="conv_out"), base=base).trials())
    assert [str(spec) for spec in trial.recipe.lesions] == ["conv_in:scale=0.5", "conv_out:zero"]
    assert Kind.KNOCKOUT.axis == "module"
