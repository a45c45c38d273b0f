"""One job on its way through a mind: recipes in, events out."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from alienlab import __version__
from alienlab.domain.brain import FLAGGED, Provenance
from alienlab.domain.errors import AlienLabError, RecipeError
from alienlab.domain.events import Cancelled, Done, Event, Failed, Failure, Finished, Followed, Loading, Started, Step
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.ports import Reference, RenderJob
from alienlab.domain.recipe import Precision
from alienlab.engine.batches import Batch, Row, expand, plan_batches
from alienlab.engine.cancel import CancelFlag
from alienlab.engine.compiled.compiler import PassCompiler
from alienlab.engine.compiled.gains import fits
from alienlab.engine.compiled.passes import PassShape
from alienlab.engine.concept_encoder import ConceptPoint
from alienlab.engine.denoising import Denoising, RenderCancelled, cancellable
from alienlab.engine.measuring.observer import Observer, Subject
from alienlab.engine.mind import Mind
from alienlab.engine.offered import Offered
from alienlab.engine.passes import HookedPasses, Passes

LIBRARIES = ("torch", "diffusers", "transformers", "numpy")
"""Those whose versions may decide pixels."""


@dataclass(frozen=True, slots=True)
class _Collapse:
    """A row that went non-finite: at a step, counted from 1, or while decoding (None)."""

    row: Row
    step: int | None

    @property
    def message(self) -> str:
        place = "while decoding" if self.step is None else f"at step {self.step}"
        return f"Numerical collapse {place}: the altered mind computed values that are not finite."


class Rendering:
    """Renders one job; ``events`` is to be iterated once. Passes are compiled where there is a compiler."""

    def __init__(
        self,
        mind: Mind,
        job: RenderJob,
        cancelled: CancelFlag,
        observer: Observer,
        compiler: PassCompiler | None = None,
        offered: Offered | None = None,
    ) -> None:
        self._mind, self._job, self._cancelled, self._observer = mind, job, cancelled, observer
        self._compiler, self._offered = compiler, offered or Offered()
        self._notes: tuple[str, ...] = ()
        """What holds for all images from now on."""

    def events(self) -> Iterator[Event]:
        """See ``Engine.render``."""
        try:
            rows = yield from self._admit()
            for batch in self._plan(rows, batch_class=self._job.batch_class):
                yield from self._render(batch)
        except RenderCancelled:
            yield Cancelled(self._job.number)
        yield Done(self._job.number, self._mind.is_intact())

    def _admit(self) -> Iterator[Event]:
        """Expand the lesions; a recipe that this brain cannot render fails alone. Returns the rows."""
        rows: list[Row] = []
        for index, recipe in enumerate(self._job.recipes):
            try:
                if recipe.brain != self._mind.info.hash:
                    raise RecipeError(
                        f"This was made with another brain than {self._mind.info.name}. Open that brain first."
                    )
                self._offered.check(recipe.lesions)
                self._mind.latent_shape(recipe)
                self._mind.scheduler(recipe)
                self._mind.encoder.encode(recipe.prompt)
                self._mind.encoder.encode(recipe.negative)
                rows.append(expand(index, recipe, self._mind.anatomy))
            except AlienLabError as error:
                yield Failed(self._job.number, index, Failure.USER, str(error))
        return rows

    def _plan(self, rows: Sequence[Row], *, batch_class: int | None) -> list[Batch]:
        return plan_batches(
            rows,
            latent_pixels=max(map(self._latent_pixels, rows), default=1),
            budget=self._mind.batch_pixels,
            batch_class=batch_class,
        )

    def _latent_pixels(self, row: Row) -> int:
        return row.recipe.width * row.recipe.height // self._mind.scale**2

    def _render(self, batch: Batch) -> Iterator[Event]:
        """Denoise and decode; rows that collapse in half precision are computed again in fp32.

        What does not fit into the device's memory is tried again in halves.
        """
        yield from (Started(self._job.number, row.index) for row in batch.rows)
        try:
            collapses = yield from self._imagine(batch, notes=())
            precision = batch.rows[0].recipe.precision
            if collapses and precision is not Precision.FP32:
                exact = tuple(_in_fp32(collapse.row) for collapse in collapses)
                note = f"The render collapsed in {precision} and was computed again in fp32."
                collapses = yield from self._imagine(replace(batch, rows=exact), notes=(note,))
        except PluginFailed as failed:
            yield from self._leave_out(batch, failed)
            return
        except RuntimeError as error:
            if "memory" not in str(error):
                raise
            yield from self._render_in_parts(batch)
            return
        for collapse in collapses:
            yield Failed(self._job.number, collapse.row.index, Failure.COLLAPSE, collapse.message)

    def _leave_out(self, batch: Batch, failed: PluginFailed) -> Iterator[Event]:
        """Rows that the plugin was to alter fail; the others are rendered without them."""
        hit = {row.index for row in batch.rows if f"plugin {failed.plugin}" in self._offered.versions(row.lesions)}
        assert hit
        yield from (Failed(self._job.number, index, Failure.USER, str(failed)) for index in sorted(hit))
        rest = [row for row in batch.rows if row.index not in hit]
        for part in self._plan(rest, batch_class=self._job.batch_class):
            yield from self._render(part)

    def _render_in_parts(self, batch: Batch) -> Iterator[Event]:
        """The batch did not fit: from now on smaller ones are made, and this one is made of them."""
        if batch.batch_class == 1:
            message = "The device has too little memory for this size. Take a smaller size or a smaller brain."
            yield from (Failed(self._job.number, row.index, Failure.MEMORY, message) for row in batch.rows)
            return
        self._mind.take_smaller_batches(batch.batch_class, self._latent_pixels(batch.rows[0]))
        self._notes = (f"{batch.batch_class} images at once do not fit into memory; smaller batches were taken.",)
        for part in self._plan(batch.rows, batch_class=None):
            yield from self._render(part)

    def _imagine(self, batch: Batch, *, notes: tuple[str, ...]) -> Iterator[Event]:
        """Steps, then images of the rows that stayed finite. Returns the collapses."""
        recipe, mind = batch.rows[0].recipe, self._mind
        unet = mind.unet(recipe.precision)
        points = [
            (mind.encoder.encode(row.recipe.prompt), mind.encoder.encode(row.recipe.negative)) for row in batch.rows
        ]
        passes = yield from self._passes(batch, unet, points[0][0])
        seconds = 0.0
        with ExitStack() as stack:
            for network in (unet, mind.decoder(recipe.precision)):
                stack.enter_context(cancellable(network, self._is_cancelled))
            denoising = stack.enter_context(
                Denoising(
                    batch,
                    passes=passes,
                    scheduler=mind.scheduler(recipe),
                    latent_shape=mind.latent_shape(recipe),
                    points=[(prompt.array, negative.array) for prompt, negative in points],
                )
            )
            yield from self._followed(batch, denoising, 0)
            for step, duration in enumerate(denoising.run(), start=1):
                seconds += duration
                yield from self._step_events(batch, denoising, step, duration)
                yield from self._followed(batch, denoising, step)
                if self._is_cancelled():  # compiled passes do not ask
                    raise RenderCancelled
            latents = denoising.latents
            images, finite = mind.decode(latents, recipe.precision)
        collapses = [
            _Collapse(row, denoising.collapsed_at.get(place))
            for place, row in enumerate(batch.rows)
            if place in denoising.collapsed_at or not finite[place]
        ]
        lost = {collapse.row.index for collapse in collapses}
        whole = [place for place, row in enumerate(batch.rows) if row.index not in lost]
        words = [_dropped_words(points[place], guided=batch.guided) for place in whole]
        told = [(*notes, *passes.notes, *dropped) for dropped in words]
        yield from self._finish(batch, whole, images, latents, seconds, told)
        return collapses

    def _passes(self, batch: Batch, unet: Any, point: ConceptPoint) -> Generator[Event, None, Passes]:
        """Compiled ones where they can do what the batch asks for; every concept point is shaped as ``point``."""
        compiler = self._compiler
        if compiler is None or not fits(batch):
            return HookedPasses(unet, alter=self._offered.alter)
        rows, (tokens, dims) = batch.batch_class * (2 if batch.guided else 1), point.array.shape
        shape = PassShape((rows, *self._mind.latent_shape(batch.rows[0].recipe)), (rows, tokens, dims))
        if compiler.will_compile(unet, shape):
            yield Loading("Compiling the UNet's passes")
        return compiler.passes(unet, shape)

    def _is_cancelled(self) -> bool:
        return self._cancelled.covers(self._job.number)

    def _finish(
        self,
        batch: Batch,
        places: Sequence[int],
        images: NDArray[np.uint8],
        latents: torch.Tensor,
        seconds: float,
        notes: Sequence[tuple[str, ...]],
    ) -> Iterator[Finished]:
        """The rows at ``places``, judged and observed; ``notes`` holds what is known of each so far."""
        if not places:
            return
        halves = latents.half().cpu().numpy()
        flagged = self._judge(images[list(places)])
        subjects = [Subject(images[place], halves[place], self._reference(batch.rows[place])) for place in places]
        observations, said = self._observer.observe(subjects, recognise=self._job.recognise)
        for place, flag, known, observation in zip(places, flagged, notes, observations, strict=True):
            row = batch.rows[place]
            told = (*known, *self._notes, *([FLAGGED] if flag else []), *said)
            provenance = replace(self._provenance(batch, seconds, told), recognition=observation.recognition)
            if used := self._offered.versions(row.lesions):
                provenance = replace(provenance, versions={**provenance.versions, **used})
            kept = halves[place] if self._job.keep_latents else None
            yield Finished(self._job.number, row.index, images[place], provenance, observation.measures, kept)

    def _reference(self, row: Row) -> Reference | None:
        place = self._job.against[row.index] if self._job.against else None
        return None if place is None else self._job.references[place]

    def _step_events(self, batch: Batch, denoising: Denoising, step: int, duration: float) -> Iterator[Step]:
        for place, row in enumerate(batch.rows):
            picture = self._mind.preview.picture(denoising.latents[place]) if self._job.previews else None
            # What needs no network says nothing of the pace.
            seconds = 0.0 if batch.is_silent else duration
            yield Step(self._job.number, row.index, step, denoising.steps, picture, seconds, len(batch.rows))

    def _followed(self, batch: Batch, denoising: Denoising, step: int) -> Iterator[Followed]:
        if not self._job.follow:
            return
        latents = denoising.latents
        images, _ = self._mind.decode(latents, batch.rows[0].recipe.precision)
        halves = latents.half().cpu().numpy()
        for place, row in enumerate(batch.rows):
            picture = self._mind.preview.picture(latents[place])
            yield Followed(self._job.number, row.index, step, halves[place], picture, images[place])

    def _judge(self, images) -> list[bool]:
        """For each image whether the safety checker in the brain's folder would flag it."""
        if not (self._job.check_safety and self._mind.info.has_safety_checker):
            return [False] * len(images)
        return self._mind.brain.load_safety_checker().flags(images)

    def _provenance(self, batch: Batch, seconds: float, notes: tuple[str, ...]) -> Provenance:
        return Provenance(
            device=str(self._mind.device.torch),
            device_name=self._mind.device.name,
            threads=torch.get_num_threads(),
            batch_class=batch.batch_class,
            seconds=round(seconds, 4),
            app_version=__version__,
            versions=_versions(),
            notes=notes,
        )


@cache
def _versions() -> dict[str, str]:
    """Read from disk once, not for each image."""
    return {name: version(name) for name in LIBRARIES}


def _in_fp32(row: Row) -> Row:
    return replace(row, recipe=replace(row.recipe, precision=Precision.FP32))


def _dropped_words(points: tuple[ConceptPoint, ConceptPoint], *, guided: bool) -> list[str]:
    """A sentence for each prompt that has a part and did not fit."""
    used = zip(("prompt", "negative prompt"), points if guided else points[:1], strict=False)
    return [
        f"The {name} is longer than this brain can read; dropped: “{point.dropped}”."
        for name, point in used
        if point.dropped
    ]
