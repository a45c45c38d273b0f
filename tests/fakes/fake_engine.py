"""An engine without torch: tiny images that depend on the recipe alone, and failures on demand."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import FLAGGED, BrainInfo, Provenance
from alienlab.domain.effects import Measures
from alienlab.domain.errors import AlienLabError, RecipeError, RecogniserError, WorkerDied
from alienlab.domain.events import (
    Cancelled,
    Done,
    Embedded,
    Event,
    Failed,
    Failure,
    Finished,
    Followed,
    Image,
    Loading,
    Located,
    Measured,
    Opened,
    Recognised,
    Started,
)
from alienlab.domain.events import Step as StepEvent
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, Reference, RenderJob
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.domain.recognition import Recognition
from alienlab.domain.space.evaluation import Point, Population, evaluate

SIDE = 32
LATENT_SIDE = 4


def brain_info(**changes: object) -> BrainInfo:
    info = BrainInfo(
        name="fake brain",
        source="fake",
        hash="ab" * 32,
        width=SIDE,
        height=SIDE,
        size_multiple=8,
        tokens=8,
        dims=16,
        steps=5,
        guidance=4.0,
        scheduler="DDIMScheduler",
        schedulers=("DDIMScheduler", "EulerDiscreteScheduler"),
        prompts=("a cat in a party hat", "a dog", "a panda in a crown"),
        device="cpu",
        device_name="Fake processor",
        precision=Precision.FP32,
    )
    return replace(info, **changes)


def imagined(recipe: DiffusionRecipe, anatomy: Anatomy) -> Image:
    """Coloured blocks drawn from the computation id: the same recipe, the same image."""
    seed = int(recipe.computation_id(anatomy)[:16], 16)
    blocks = np.random.default_rng(seed).integers(0, 256, (recipe.height // 8, recipe.width // 8, 3), dtype=np.uint8)
    return blocks.repeat(8, axis=0).repeat(8, axis=1)


def measured(image: Image, reference: Reference) -> Measures:
    """Distances are the mean absolute difference of the pixels; a word is recognised as far as nothing differs."""
    far = float(np.abs(image.astype(float) - reference.image).mean() / 255.0)
    return Measures(
        perceptual=far,
        ssim=1.0 - far,
        pixel=far,
        latent_cosine=None,
        concepts=(("cat", 1.0 - far),),
        nothing=0.0,
        noise=0.1,
        flatness=0.2,
    )


@dataclass
class FakeEngine:
    """Script it with its fields before the window opens, or while it runs.

    A render waits at each step for ``gate``, which is open unless a test closes it.
    """

    anatomy: Anatomy
    info: BrainInfo = field(default_factory=brain_info)
    collapses: Callable[[DiffusionRecipe], bool] = lambda recipe: False
    kills: Callable[[DiffusionRecipe], bool] = lambda recipe: False
    refuses: dict[str, AlienLabError] = field(default_factory=dict)
    """By location, the error for which a brain is not opened."""
    flags: bool = False
    notes: tuple[str, ...] = ()
    """In the provenance of every render."""
    own_recogniser: str | None = None
    """Name of the one that each brain brings; a source may name another."""
    sees: Callable[[Image], Recognition] | None = None
    """What the recogniser says of an image; None cannot be read."""
    holds: Callable[[DiffusionRecipe], float] | None = None
    """Probability of the reference's words in the image of a recipe, where it is to be another one than usual."""
    gate: threading.Event = field(default_factory=threading.Event)
    opened: list[BrainSource] = field(default_factory=list)
    rendered: list[RenderJob] = field(default_factory=list)
    recognised: list[RecogniseJob] = field(default_factory=list)
    is_closed: bool = False
    _cancelled: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    def open(self, source: BrainSource) -> Iterator[Event]:
        self.opened.append(source)
        self._cancelled = 0
        yield Loading("Reading the weights", 0.5)
        if source.location in self.refuses and not source.allow_pickle:
            raise self.refuses[source.location]
        digest = hashlib.sha256(source.location.encode()).hexdigest()
        self.info = replace(
            self.info, source=source.location, hash=digest, recogniser=source.recogniser or self.own_recogniser
        )
        yield Opened(self.info, self.anatomy)

    def render(self, job: RenderJob) -> Iterator[Event]:
        self.rendered.append(job)
        yield from (Started(job.number, row) for row in range(len(job.recipes)))
        steps = max(recipe.steps for recipe in job.recipes)
        yield from self._followed(job, 0)
        for step in range(1, steps + 1):
            while not self.gate.wait(0.01):
                if self._is_cancelled(job):
                    break
            if self._is_cancelled(job):
                yield Cancelled(job.number)
                yield Done(job.number, intact=True)
                return
            if step == 2 and any(map(self.kills, job.recipes)):
                raise WorkerDied("The process that renders stopped unexpectedly (exit code -9).")
            yield from self._step(job, step)
            yield from self._followed(job, step)
        for row, recipe in enumerate(job.recipes):
            yield self._end(job, row, recipe)
        yield Done(job.number, intact=True)

    def recognise(self, job: RecogniseJob) -> Iterator[Event]:
        self.recognised.append(job)
        for row, image in enumerate(job.images):
            recognition = self._recognition(image)
            if recognition is None:
                raise RecogniserError("The recogniser cannot be read.")
            yield Recognised(job.number, row, recognition)
        yield Done(job.number, intact=True)

    def measure(self, job: MeasureJob) -> Iterator[Event]:
        for row, (image, place) in enumerate(zip(job.images, job.against, strict=True)):
            yield Measured(job.number, row, measured(image, job.references[place]))
        yield Done(job.number, intact=True)

    def embed(self, job: EmbedJob) -> Iterator[Event]:
        """By the average colour."""
        for row, image in enumerate(job.images):
            colour = image.mean(axis=(0, 1)).astype(np.float32) + 1.0
            yield Embedded(job.number, row, colour / np.linalg.norm(colour))
        yield Done(job.number, intact=True)

    def of_text(self, text: str, /) -> Point:
        """All texts begin with the same token."""
        seed = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
        point = np.random.default_rng(seed).normal(size=(self.info.tokens, self.info.dims)).astype(np.float32)
        point[0] = 1.0
        return point

    def population(self) -> Population:
        return Population.of(np.stack([self.of_text(str(number)) for number in range(20)]))

    def locate(self, job: LocateJob) -> Iterator[Event]:
        for row, expression in enumerate(job.expressions):
            try:
                yield Located(job.number, row, evaluate(expression, self))
            except RecipeError as error:
                yield Failed(job.number, row, Failure.USER, str(error))
        yield Done(job.number, intact=True)

    def cancel(self, job: int) -> None:
        self._cancelled = max(self._cancelled, job)

    def close(self) -> None:
        self.is_closed = True

    def _is_cancelled(self, job: RenderJob) -> bool:
        return job.number <= self._cancelled

    def _step(self, job: RenderJob, step: int) -> Iterator[Event]:
        for row, recipe in enumerate(job.recipes):
            if step <= recipe.steps:
                preview = imagined(recipe, self.anatomy)[::8, ::8].copy()
                noise = np.random.default_rng(step).integers(0, 256, preview.shape)
                share = step / recipe.steps
                mixed = (share * preview + (1 - share) * noise).astype(np.uint8)
                yield StepEvent(job.number, row, step, recipe.steps, mixed, 0.01, len(job.recipes))

    def _followed(self, job: RenderJob, step: int) -> Iterator[Event]:
        """From noise to the image, by as much a step."""
        for row, recipe in enumerate(job.recipes if job.follow else ()):
            image, share = imagined(recipe, self.anatomy), step / recipe.steps
            noise = np.random.default_rng(recipe.seed).normal(size=(4, LATENT_SIDE, LATENT_SIDE))
            grey = np.full_like(image, 128)
            seen = (share * image + (1 - share) * grey).astype(np.uint8)
            yield Followed(job.number, row, step, ((1 - share) * noise).astype(np.float16), seen[::8, ::8].copy(), seen)

    def _end(self, job: RenderJob, row: int, recipe: DiffusionRecipe) -> Event:
        if self.collapses(recipe):
            text = "Numerical collapse at step 4: the altered mind computed values that are not finite."
            return Failed(job.number, row, Failure.COLLAPSE, text)
        image = imagined(recipe, self.anatomy)
        notes = (*self.notes, *((FLAGGED,) if self.flags and job.check_safety else ()))
        provenance = Provenance(
            device="cpu",
            device_name=self.info.device_name,
            threads=1,
            batch_class=1,
            seconds=0.05,
            app_version="0",
            notes=notes,
            recognition=self._recognition(image) if job.recognise else None,
        )
        place = job.against[row] if job.against else None
        measures = None if place is None else self._measured(image, recipe, job.references[place])
        latents = np.zeros((4, LATENT_SIDE, LATENT_SIDE), np.float16) if job.keep_latents else None
        return Finished(job.number, row, image, provenance, measures, latents)

    def _measured(self, image: Image, recipe: DiffusionRecipe, reference: Reference) -> Measures:
        usual = measured(image, reference)
        return usual if self.holds is None else replace(usual, concepts=((reference.prompt, self.holds(recipe)),))

    def _recognition(self, image: Image) -> Recognition | None:
        if self.info.recogniser is None or self.sees is None:
            return None
        return replace(self.sees(image), recogniser=self.info.recogniser)
