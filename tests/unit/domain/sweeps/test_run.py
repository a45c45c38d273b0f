"""A sweep on its way, with somebody who renders at once and remembers everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.effects import Measures, Scale, Verdict, Yardsticks
from alienlab.domain.errors import SweepError
from alienlab.domain.events import Image, Latents
from alienlab.domain.lesions import Operation, Treatment
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.planning import SPREAD_SEEDS, make_plan
from alienlab.domain.sweeps.results import collapse, curve, results, write_csv
from alienlab.domain.sweeps.running import FIRST_CHUNK, Answer, RenderAnswer, Rendered, RenderTask, SweepRun, Task
from alienlab.domain.sweeps.sweep import Axis, Sweep
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import imagined, measured
from tests.fakes.recipes import make_recipe


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


@dataclass
class Memory:
    """A store in memory."""

    images: dict[str, Image] = field(default_factory=dict)
    measured: dict[str, dict[str, Measures]] = field(default_factory=dict)
    sticks: dict[str, Yardsticks] = field(default_factory=dict)
    latent: dict[str, Latents] = field(default_factory=dict)
    sweeps: list[Sweep] = field(default_factory=list)

    def image(self, key: str) -> Image | None:
        return self.images.get(key)

    def latents(self, key: str) -> Latents | None:
        return self.latent.get(key)

    def measures(self, reference: str) -> dict[str, Measures]:
        return self.measured.get(reference, {})

    def yardsticks(self, reference: str) -> Yardsticks | None:
        return self.sticks.get(reference)

    def keep_latents(self, key: str, latents: Latents) -> None:
        self.latent[key] = latents

    def keep_measures(self, reference: str, measures: dict[str, Measures]) -> None:
        self.measured.setdefault(reference, {}).update(measures)

    def keep_yardsticks(self, reference: str, yardsticks: Yardsticks) -> None:
        self.sticks[reference] = yardsticks

    def keep_sweep(self, sweep: Sweep, keys: Sequence[str]) -> None:
        self.sweeps.append(sweep)


@dataclass
class Doer:
    """Renders what it is asked for, and notes it."""

    anatomy: Anatomy
    memory: Memory
    paint: Callable[[DiffusionRecipe], Image] | None = None
    fails: Callable[[DiffusionRecipe], bool] = lambda recipe: False
    rendered: list[str] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)

    def run(self, sweep: Sweep, *, batch: int = 32, tasks: int | None = None) -> SweepRun:
        """Carry out, at most so many tasks."""
        plan = make_plan(sweep, self.anatomy, is_known=self.memory.images.__contains__)
        run = SweepRun(plan, self.memory, self.anatomy, batch=batch)
        work = run.tasks()
        task = next(work, None)
        while task is not None and (tasks is None or tasks > 0):
            tasks = None if tasks is None else tasks - 1
            try:
                task = work.send(self.do(task))
            except StopIteration:
                break
        return run

    def do(self, task: Task) -> Answer:
        if not isinstance(task, RenderTask):
            return [measured(image, task.reference) for image in task.images]
        rendered, failures = {}, {}
        self.chunks.append(len(task.computations))
        for row, one in enumerate(task.computations):
            if self.fails(one.recipe):
                failures[row] = "Numerical collapse."
                continue
            image = (self.paint or (lambda recipe: imagined(recipe, self.anatomy)))(one.recipe)
            reference = task.references.get(one.reference)
            measures = None if reference is None else measured(image, reference)
            rendered[row] = Rendered(image, measures, np.zeros((4, 2, 2), np.float16))
            if task.is_kept:
                self.rendered.append(one.key)
                self.memory.images[one.key] = image
        return RenderAnswer(rendered, failures)


@pytest.fixture
def doer(anatomy: Anatomy) -> Doer:
    return Doer(anatomy, Memory())


def sweep_of(*axes: Axis, **changes: object) -> Sweep:
    return Sweep(**{"id": "a", "title": "A sweep", "base": make_recipe(steps=4), "axes": axes, **changes})


def middle(anatomy: Anatomy) -> Sweep:
    return sweep_of(kinds.knockouts(anatomy, pattern="mid_block.*"))


def test_every_distinct_computation_is_rendered_once(doer: Doer, anatomy: Anatomy) -> None:
    run = doer.run(middle(anatomy))
    assert len(doer.rendered) == len(set(doer.rendered)) == run.plan.distinct + 1 + SPREAD_SEEDS
    assert run.fraction() == 1.0
    rows = results(run, anatomy)
    assert len(rows) == len(anatomy.within("mid_block"))
    assert all(row.is_rendered and row.effect is not None and row.effect.yardsticks is not None for row in rows)


def test_effects_are_measured_against_the_intact_image(doer: Doer, anatomy: Anatomy) -> None:
    run = doer.run(middle(anatomy))
    intact = imagined(run.plan.anchors[0].recipe, anatomy).astype(float)
    for row in results(run, anatomy):
        far = np.abs(imagined(row.trial.recipe, anatomy) - intact).mean() / 255
        assert row.effect.measures.pixel == pytest.approx(far)
    distances = [np.abs(imagined(one.recipe, anatomy) - intact).mean() / 255 for one in run.plan.anchors[0].spread]
    assert run.yardsticks(run.plan.anchors[0].key).spread_perceptual == pytest.approx(float(np.median(distances)))
    assert run.yardsticks(run.plan.anchors[0].key).floor_perceptual >= 0


@pytest.mark.parametrize("tasks", range(0, 8))
def test_what_was_broken_off_renders_exactly_what_was_missing(anatomy: Anatomy, tasks: int) -> None:
    whole = Doer(anatomy, Memory())
    whole.run(middle(anatomy), batch=8)
    broken = Doer(anatomy, Memory())
    broken.run(middle(anatomy), batch=8, tasks=tasks)
    before = list(broken.rendered)
    run = broken.run(middle(anatomy), batch=8)
    assert len(broken.rendered) == len(set(broken.rendered))
    assert sorted(broken.rendered) == sorted(whole.rendered)
    assert broken.memory.measured == whole.memory.measured
    assert run.fraction() == 1.0
    assert before == broken.rendered[: len(before)]


def test_images_without_measures_are_measured_and_not_rendered_again(doer: Doer, anatomy: Anatomy) -> None:
    doer.run(middle(anatomy))
    count, known = len(doer.rendered), dict(doer.memory.measured)
    doer.memory.measured = {}
    doer.run(middle(anatomy))
    assert len(doer.rendered) == count
    assert {key: set(value) for key, value in doer.memory.measured.items()} == {
        key: set(value) for key, value in known.items()
    }


def test_an_image_whose_file_is_gone_is_rendered_again(doer: Doer, anatomy: Anatomy) -> None:
    sweep = middle(anatomy)
    run = doer.run(sweep)
    key = run.plan.keys[5]
    del doer.memory.images[key]
    count = len(doer.rendered)
    doer.run(sweep)
    assert doer.rendered[count:] == [key]


def test_chunks_are_small_first_and_then_as_large_as_is_best(doer: Doer, anatomy: Anatomy) -> None:
    doer.run(sweep_of(kinds.knockouts(anatomy)), batch=32)
    anchors, probes, *trials = doer.chunks
    assert (anchors, probes) == (17, 1)
    assert trials == [FIRST_CHUNK, *[32] * 9, 327 - FIRST_CHUNK - 9 * 32]


def test_what_fails_is_named_and_the_rest_goes_on(doer: Doer, anatomy: Anatomy) -> None:
    doer.fails = lambda recipe: any("resnets.0" in spec.pattern for spec in recipe.lesions)
    rows = results(doer.run(middle(anatomy)), anatomy)
    failed = [row for row in rows if row.failure]
    assert {row.failure for row in failed} == {"Numerical collapse."}
    assert len(failed) == len(anatomy.within("mid_block.resnets.0"))
    assert all(row.effect is not None for row in rows if not row.failure)


def test_without_an_intact_image_nothing_can_be_measured(doer: Doer, anatomy: Anatomy) -> None:
    doer.fails = lambda recipe: not recipe.lesions
    with pytest.raises(SweepError, match="no intact image"):
        doer.run(middle(anatomy))


def test_refinement_spends_its_renders_where_neighbours_jump(doer: Doer, anatomy: Anatomy) -> None:
    """The image is black below a dose of 0.13 and white from there on."""

    def paint(recipe: DiffusionRecipe) -> Image:
        if not recipe.lesions:
            return np.full((16, 16, 3), recipe.seed % 5 * 20, np.uint8)
        amount = recipe.lesions[0].treatment.amount or 0.0
        return np.full((16, 16, 3), 255 if amount >= 0.13 else 0, np.uint8)

    doer.paint = paint
    doses = kinds.doses(Treatment(Operation.NOISE, 0.1, 1), [0.1, 0.2, 0.3], pattern="conv_in")
    run = doer.run(sweep_of(doses, refinements=5))
    added = [value.number for value in run.plan.sweep.axes[0].values if value.number not in (0.1, 0.2, 0.3)]
    assert sorted(added) == pytest.approx([0.125, 0.128125, 0.13125, 0.1375, 0.15])
    assert doer.memory.sweeps[-1].refinements == 0
    assert len(doer.rendered) == len(set(doer.rendered))
    again = doer.run(run.plan.sweep)
    assert again.plan.sweep == run.plan.sweep


def test_a_curve_and_where_it_collapses(doer: Doer, anatomy: Anatomy) -> None:
    doses = kinds.doses(Treatment(Operation.SCALE, 0.5), [0.0, 0.5, 1.0])
    points = list(curve(results(doer.run(sweep_of(doses)), anatomy), Scale.PIXEL))
    assert [number for number, _ in points] == [0.0, 0.5, 1.0]
    assert points[-1][1] == 0.0
    assert collapse([(1, 0.9), (2, 0.4), (3, 0.6), (4, 0.3), (5, 0.1)]) == 4
    assert collapse([(1, 0.9), (2, 0.8)]) is None


def test_the_table_has_a_row_a_render(doer: Doer, anatomy: Anatomy) -> None:
    run = doer.run(middle(anatomy))
    rows = results(run, anatomy)
    lines = write_csv(rows, files={rows[0].key: "one.png"}).splitlines()
    assert len(lines) == len(rows) + 1
    heading, first = lines[0].split(","), lines[1].split(",")
    cells = dict(zip(heading, first, strict=False))
    assert cells["module"] == rows[0].trial.module
    assert cells["kind"] == rows[0].module.kind
    assert cells["verdict"] == rows[0].effect.verdict
    assert cells["file"] == "one.png"
    assert float(cells["pixel_distance"]) == rows[0].effect.measures.pixel
    assert Verdict(cells["verdict"])
