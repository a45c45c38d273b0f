"""Wishes make the sweeps that were wished for, and say in a sentence where they cannot."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from alienlab.app.sweeps.forecast import MOST_PLANNED, Forecast, forecast, size_text
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo, Pace
from alienlab.domain.concepts import Between, Prompt
from alienlab.domain.errors import AlienLabError, PatternMatchesNothing
from alienlab.domain.lesions import LesionSpec, Operation, PluginOperation, StepWindow
from alienlab.domain.recipe import MAX_NOISE_SEED, DiffusionRecipe
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.planning import DECODING_STEPS, make_plan
from alienlab.domain.sweeps.sweep import Axis, Kind, Sweep
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish, goes_with, title_of
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import brain_info
from tests.fakes.recipes import make_recipe

BASE = make_recipe()
KNOCKOUTS = AxisWish(kind=Kind.KNOCKOUT)
MID = AxisWish(kind=Kind.KNOCKOUT, pattern="mid_block.*")
DOSES = AxisWish(kind=Kind.DOSE)
SEEDS = AxisWish(kind=Kind.SEEDS)


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


def sweep_of(wish: AxisWish, anatomy: Anatomy, second: AxisWish | None = None, refinements: int = 0) -> Sweep:
    return SweepWish(wish, second, refinements).to_sweep(BASE, anatomy, None)


def axis_of(wish: AxisWish, anatomy: Anatomy, base: DiffusionRecipe = BASE) -> Axis:
    return SweepWish(wish).to_sweep(base, anatomy, None).axes[0]


def lesions_of(axis: Axis) -> list[list[str]]:
    return [[str(spec) for spec in value.lesions] for value in axis.values]


def test_a_full_knockout_has_a_trial_for_each_of_the_391_modules_327_of_them_distinct(anatomy: Anatomy) -> None:
    sweep = sweep_of(KNOCKOUTS, anatomy)
    plan = make_plan(sweep, anatomy, is_known=lambda key: False)
    assert [value.module for value in sweep.axes[0].values] == list(anatomy.paths)
    assert (len(plan.trials), plan.distinct) == (391, 327)
    assert sweep.base == BASE


def test_what_is_done_and_within_which_limits_reaches_the_lesions(anatomy: Anatomy) -> None:
    wish = AxisWish(
        kind=Kind.KNOCKOUT,
        pattern="conv_in",
        operation=Operation.NOISE,
        amount=0.35,
        lesion_seed=9,
        weights_only=True,
        window=StepWindow(2, 9),
    )
    assert lesions_of(axis_of(wish, anatomy)) == [["conv_in:noise=0.35@9;weights;steps=2-9"]]


def test_a_seed_is_left_out_where_nothing_is_drawn(anatomy: Anatomy) -> None:
    assert lesions_of(axis_of(AxisWish(kind=Kind.KNOCKOUT, pattern="conv_in", lesion_seed=9), anatomy)) == [
        ["conv_in:zero"]
    ]


def test_regions_are_knocked_out_as_wholes(anatomy: Anatomy) -> None:
    axis = axis_of(replace(MID, by_region=True), anatomy)
    assert axis.values[0].module == "mid_block"
    assert LesionSpec.parse("mid_block.*:zero") in axis.values[0].lesions
    assert {value.module for value in axis.values} == {
        region for region in anatomy.regions if region == "mid_block" or region.startswith("mid_block.")
    }


def test_each_random_order_has_a_seed_of_its_own_and_goes_from_none_to_all(anatomy: Anatomy) -> None:
    wish = AxisWish(
        kind=Kind.PROGRESSIVE, pattern="mid_block.*", orders=(Order.RANDOM, Order.END), shuffles=2, shuffle_seed=5
    )
    values = axis_of(replace(wish, steps=3), anatomy).values
    inside = sum(path.startswith("mid_block.") for path in anatomy.paths)
    series = {name: [value.number for value in values if value.series == name] for name in (v.series for v in values)}
    assert list(series) == ["random 5", "random 6", "from the end"]
    assert all((counts[0], counts[-1], len(counts)) == (0, inside, 4) for counts in series.values())


def test_doses_are_evenly_spaced_and_closed_at_both_ends(anatomy: Anatomy) -> None:
    wish = AxisWish(kind=Kind.DOSE, dose=Operation.SCALE, lowest=-0.5, highest=2.0, doses=6, pattern="conv_in")
    numbers = [value.number for value in axis_of(wish, anatomy).values]
    assert (numbers[0], numbers[-1], len(numbers)) == (-0.5, 2.0, 6)
    assert [after - before for before, after in itertools.pairwise(numbers)] == pytest.approx([0.5] * 5)


def test_seeds_follow_that_of_the_recipe_unless_another_is_named(anatomy: Anatomy) -> None:
    assert [value.seed for value in axis_of(replace(SEEDS, seeds=3), anatomy).values] == [7, 8, 9]
    assert [value.seed for value in axis_of(replace(SEEDS, seeds=2, first_seed=40), anatomy).values] == [40, 41]


def test_the_same_prompt_is_taken_once(anatomy: Anatomy) -> None:
    axis = axis_of(AxisWish(kind=Kind.PROMPTS, prompts=("a dog", "a cat", "a dog")), anatomy)
    assert [value.prompt for value in axis.values] == [Prompt("a dog"), Prompt("a cat")]


def test_a_line_passes_through_both_prompts_and_goes_on_at_the_same_distances(anatomy: Anatomy) -> None:
    wish = AxisWish(kind=Kind.LINE, start="a cat", end="a dog", points=5, beyond=2)
    values = axis_of(wish, anatomy).values
    assert [value.number for value in values] == [-0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5]
    assert (values[2].prompt, values[6].prompt) == (Prompt("a cat"), Prompt("a dog"))
    assert values[0].prompt == Between(Prompt("a cat"), Prompt("a dog"), -0.5)


def test_two_axes_multiply_the_first_one_outermost(anatomy: Anatomy) -> None:
    sweep = sweep_of(replace(DOSES, doses=3), anatomy, replace(SEEDS, seeds=4))
    trials = list(sweep.trials())
    assert len(trials) == sweep.size == 12
    assert [trial.recipe.seed for trial in trials[:5]] == [7, 8, 9, 10, 7]


def test_refinements_are_for_a_single_smooth_axis(anatomy: Anatomy) -> None:
    assert sweep_of(DOSES, anatomy, refinements=12).refinements == 12
    assert sweep_of(DOSES, anatomy, SEEDS, refinements=12).refinements == 0
    assert sweep_of(SEEDS, anatomy, refinements=12).refinements == 0


BAD: list[tuple[AxisWish, str]] = [
    (replace(KNOCKOUTS, pattern="mid_blok.*"), "No module matches 'mid_blok.*'"),
    (replace(KNOCKOUTS, pattern=""), "No module matches ''"),
    (replace(DOSES, pattern="mid_block"), "'mid_block' is a region"),
    (replace(KNOCKOUTS, operation=Operation.SCALE), "scale needs an amount"),
    (replace(KNOCKOUTS, operation=Operation.NOISE, amount=1.5), "The amount 1.5 of noise is out of range"),
    (replace(KNOCKOUTS, pattern="conv_in", by_region=True), "No whole region"),
    (replace(KNOCKOUTS, window=StepWindow(20, 30)), "the last of the 20 steps is 19"),
    (AxisWish(kind=Kind.PROGRESSIVE, orders=()), "Choose at least one order"),
    (AxisWish(kind=Kind.PROGRESSIVE, orders=(Order.LEAST,)), "needs an atlas"),
    (AxisWish(kind=Kind.PROGRESSIVE, shuffles=0), "Take at least 1 random series."),
    (replace(DOSES, dose=Operation.ZERO), "zero has no amount to vary"),
    (replace(DOSES, lowest=0.2, highest=0.2), "The doses begin and end at 20 %"),
    (replace(DOSES, doses=1), "Take at least 2 doses."),
    (replace(DOSES, doses=10**9), "1,000,000,000 doses are too many"),
    (replace(SEEDS, seeds=0), "Take at least 1 seed."),
    (replace(SEEDS, first_seed=MAX_NOISE_SEED), "There are no 16 seeds from"),
    (AxisWish(kind=Kind.PROMPTS), "Write at least one prompt"),
    (AxisWish(kind=Kind.LINE), "Write the prompt that the line leads to"),
    (AxisWish(kind=Kind.LINE, end="a cat in a party hat"), "The line begins and ends at “a cat in a party hat”"),
    (AxisWish(kind=Kind.LINE, end="a dog", points=1), "Take at least 2 points."),
]


@pytest.mark.parametrize(("wish", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_wish_that_cannot_be_is_answered_by_a_sentence(wish: AxisWish, sentence: str, anatomy: Anatomy) -> None:
    with pytest.raises(AlienLabError) as caught:
        sweep_of(wish, anatomy)
    assert sentence in str(caught.value)


def test_a_bad_pattern_is_found_before_anything_is_planned(anatomy: Anatomy) -> None:
    with pytest.raises(PatternMatchesNothing, match="mid_block"):
        sweep_of(replace(DOSES, pattern="mid_blok.*"), anatomy)


@pytest.mark.parametrize("kind", Kind)
def test_both_axes_never_vary_the_same_thing(kind: Kind, anatomy: Anatomy) -> None:
    assert not goes_with(kind, kind)
    axis = AxisWish(kind=kind, pattern="mid_block.*").filled(BASE, brain_info())
    with pytest.raises(AlienLabError, match="Both axes"):
        sweep_of(axis, anatomy, axis)


def test_prompts_do_not_go_with_a_line_between_prompts() -> None:
    assert not goes_with(Kind.PROMPTS, Kind.LINE)
    assert not goes_with(Kind.LINE, Kind.PROMPTS)
    assert goes_with(Kind.KNOCKOUT, Kind.LINE)


TITLES: list[tuple[SweepWish, str]] = [
    (SweepWish(KNOCKOUTS), "Knock out each module"),
    (SweepWish(replace(MID, by_region=True)), "Knock out each region in mid_block"),
    (
        SweepWish(replace(KNOCKOUTS, pattern="kind=conv", operation=Operation.NOISE, amount=0.35)),
        "35 % noise in each conv module",
    ),
    (
        SweepWish(replace(KNOCKOUTS, operation=Operation.RANDOMIZE, weights_only=True, window=StepWindow(2, 9))),
        "Randomize each module, weights only, steps 2-9",
    ),
    (
        SweepWish(AxisWish(kind=Kind.PROGRESSIVE, operation=Operation.SCALE, amount=0.5)),
        "Scale more and more modules to 50 %",
    ),
    (SweepWish(DOSES), "Noise in every weight, 0 % to 20 %"),
    (SweepWish(replace(DOSES, dose=Operation.SCALE, highest=2.0)), "Scale every weight, 0 % to 200 %"),
    (
        SweepWish(replace(DOSES, dose=PluginOperation("some", "mix"), highest=2.5)),
        "some/mix of every weight, 0 to 2.5",
    ),
    (
        SweepWish(replace(KNOCKOUTS, operation=PluginOperation("some", "mix"), amount=0.5)),
        "some/mix 0.5 of each module",
    ),
    (SweepWish(SEEDS), "16 seeds"),
    (SweepWish(AxisWish(kind=Kind.PROMPTS, prompts=("a dog",))), "1 prompt"),
    (SweepWish(AxisWish(kind=Kind.LINE, start="a cat", end="a dog")), "“a cat” to “a dog”"),
    (SweepWish(DOSES, SEEDS), "Dose × seeds"),
    (SweepWish(replace(KNOCKOUTS, by_region=True), AxisWish(kind=Kind.PROMPTS)), "Regions × prompts"),
]


@pytest.mark.parametrize(("wish", "title"), TITLES, ids=[title for _, title in TITLES])
def test_titles_read_as_english(wish: SweepWish, title: str) -> None:
    assert title_of(wish) == title


def test_what_is_not_said_is_filled_from_recipe_and_brain_and_pared_again() -> None:
    info = brain_info()
    filled = KNOCKOUTS.filled(BASE, info)
    assert (filled.first_seed, filled.prompts, filled.start, filled.end) == (
        7,
        ("a cat in a party hat", "a dog", "a panda in a crown"),
        "a cat in a party hat",
        "a dog",
    )
    assert filled.pared(BASE, info) == KNOCKOUTS
    own = replace(filled, prompts=("a hat",))
    assert own.pared(BASE, info) == replace(KNOCKOUTS, prompts=("a hat",))
    assert replace(filled, kind=Kind.PROMPTS).pared(BASE, info).prompts == filled.prompts


# Forecasts

INFO = brain_info(paces=(Pace(1, 0.5), Pace(8, 0.25)), width=64, height=64)


def expected(
    wish: SweepWish,
    anatomy: Anatomy,
    *,
    info: BrainInfo = INFO,
    free: int = 10**12,
    is_known: Callable[[str], bool] = lambda key: False,
) -> Forecast:
    sweep = wish.to_sweep(BASE, anatomy, None)
    return forecast(sweep, anatomy, info, is_known=is_known, free_bytes=free)


def test_the_time_is_that_of_the_steps_of_what_is_missing(anatomy: Anatomy) -> None:
    found = expected(SweepWish(KNOCKOUTS), anatomy)
    missing = 327 + 1 + 16  # the intact image, and those of other seeds
    assert found.missing == missing
    assert found.seconds == pytest.approx((BASE.steps + DECODING_STEPS) * 0.25 * missing)
    assert found.text.startswith("391 renders, 327 distinct · about ")
    assert found.yardsticks == "and 17 intact images as yardsticks"


def test_the_time_grows_with_the_area(anatomy: Anatomy) -> None:
    small = expected(SweepWish(MID), anatomy)
    large = expected(SweepWish(MID), anatomy, info=replace(INFO, width=32, height=32))
    assert small.seconds is not None
    assert large.seconds == pytest.approx(4 * small.seconds)


def test_what_is_known_is_counted_and_takes_no_time(anatomy: Anatomy) -> None:
    plan = make_plan(sweep_of(KNOCKOUTS, anatomy), anatomy, is_known=lambda key: False)
    known = set(plan.keys[:12])
    found = expected(SweepWish(KNOCKOUTS), anatomy, is_known=known.__contains__)
    assert f"327 distinct, {len(known)} known already" in found.text
    assert found.missing == 327 - len(known) + 17
    everything = expected(SweepWish(KNOCKOUTS), anatomy, is_known=lambda key: True)
    assert everything.text == "391 renders, 327 distinct, 327 known already · nothing to render"


def test_refinements_are_counted_as_if_all_were_spent(anatomy: Anatomy) -> None:
    plain, refined = (expected(SweepWish(DOSES, refinements=number), anatomy) for number in (0, 10))
    assert plain.seconds is not None
    assert refined.seconds == pytest.approx(plain.seconds + 10 * (BASE.steps + DECODING_STEPS) * 0.25)
    assert "up to 10 more where images jump" in refined.text


def test_nothing_is_said_of_the_time_where_nobody_measured(anatomy: Anatomy) -> None:
    found = expected(SweepWish(SEEDS), anatomy, info=brain_info())
    assert found.seconds is None
    assert "time not measured yet" in found.text


def test_a_large_sweep_is_not_planned_but_bounded(anatomy: Anatomy) -> None:
    second = replace(SEEDS, seeds=MOST_PLANNED // 391 + 1)
    asked: list[str] = []
    found = expected(SweepWish(KNOCKOUTS, second), anatomy, is_known=lambda key: bool(asked.append(key)))
    size = 391 * second.seeds
    assert not asked
    assert found.distinct is None
    assert found.text.startswith(f"At most {size:,} renders · ")
    assert found.missing >= size + second.seeds


def test_warnings_name_the_disk_and_the_hours(anatomy: Anatomy) -> None:
    assert expected(SweepWish(MID), anatomy).warnings == ()
    found = expected(SweepWish(KNOCKOUTS, replace(SEEDS, seeds=4)), anatomy, free=2_000_000)
    assert [sentence.split()[0] for sentence in found.warnings] == ["Only", "This"]
    assert "2 MB" in found.warnings[0]


@pytest.mark.parametrize(("size", "text"), [(10, "< 1 MB"), (7_200_000, "7 MB"), (1_340_000_000, "1.3 GB")])
def test_sizes_have_units(size: int, text: str) -> None:
    assert size_text(size) == text
