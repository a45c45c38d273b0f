"""The engine in the calling process."""

from __future__ import annotations

import gc
import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from alienlab.domain.errors import AlienLabError, RecipeError
from alienlab.domain.events import (
    Done,
    Embedded,
    Event,
    Failed,
    Failure,
    Loading,
    Located,
    Measured,
    Opened,
    PluginBroke,
    Recognised,
)
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, RenderJob
from alienlab.engine.anatomy.memory import recall_anatomy
from alienlab.engine.brains.loading import load_brain
from alienlab.engine.cancel import CancelFlag
from alienlab.engine.compiled.compiler import PassCompiler
from alienlab.engine.device import find_device
from alienlab.engine.heap import keep_freed_memory
from alienlab.engine.measuring.observer import Observer, Subject
from alienlab.engine.mind import Mind
from alienlab.engine.offered import Offered
from alienlab.engine.recognition.attached import AttachedRecogniser
from alienlab.engine.rendering import Rendering


class LocalEngine:
    """Implements ``alienlab.domain.ports.Engine`` with torch in this process.

    ``cache`` is a folder for what is measured once for a brain and device. ``offered`` calls plugins, where there are
    any; ``equip`` says which.
    """

    def __init__(self, cache: Path, cancelled: CancelFlag | None = None, *, offered: Offered | None = None) -> None:
        self._cache = cache
        self._cancelled = cancelled or CancelFlag()
        self._offered = offered or Offered()
        self._mind: Mind | None = None
        self._source: BrainSource | None = None
        self._compiler: PassCompiler | None = None
        self._recogniser: AttachedRecogniser | None = None
        self._observer: Observer | None = None

    def equip(self, equipment: Equipment) -> None:
        """Use these operations and recognisers of plugins from now on."""
        self._offered.equip(equipment)

    def open(self, source: BrainSource) -> Iterator[Event]:
        """Open a brain in place of the one that is open; see ``Engine.open``."""
        if self._source is None or not _is_same_brain(self._source, source):
            yield from self._open_brain(source)
        if self._source is None or self._source.compile_passes != source.compile_passes:
            self._compiler = PassCompiler() if source.compile_passes else None
        yield self._attach_recogniser(source)

    def _open_brain(self, source: BrainSource) -> Iterator[Event]:
        device = find_device(source.device)
        keep_freed_memory()
        brain = yield from self._load(source)
        yield Loading("Reading the anatomy")
        anatomy = recall_anatomy(brain, self._cache)
        yield Loading(f"Trying out {device.name}")
        mind = Mind(brain, anatomy, device, cache=self._cache, precision=source.precision)
        self.close()
        self._mind = mind

    def _attach_recogniser(self, source: BrainSource) -> Opened:
        mind = self._open_mind()
        self._source, self._recogniser = source, AttachedRecogniser(mind.brain.folder, source.recogniser, self._offered)
        self._observer = Observer(self._recogniser, cell=mind.scale)
        mind.info = replace(mind.info, recogniser=self._recogniser.name, vocabulary=self._recogniser.subjects)
        return Opened(mind.info, mind.anatomy)

    def _load(self, source: BrainSource) -> Iterator[Event]:
        """Load in a thread of its own, so that its progress can be told while it runs. Returns the brain."""
        news: queue.SimpleQueue[Loading | None] = queue.SimpleQueue()
        with ThreadPoolExecutor(1) as thread:
            loaded = thread.submit(
                load_brain, source, progress=lambda message, fraction: news.put(Loading(message, fraction))
            )
            loaded.add_done_callback(lambda _: news.put(None))
            while (told := news.get()) is not None:
                yield told
        return loaded.result()

    def render(self, job: RenderJob) -> Iterator[Event]:
        """Render every recipe of the job; see ``Engine.render``."""
        rendering = Rendering(
            self._open_mind(), job, self._cancelled, self._open_observer(), self._compiler, self._offered
        )
        for event in rendering.events():
            yield from self._broken(job.number)
            yield event

    def recognise(self, job: RecogniseJob) -> Iterator[Event]:
        """Say what images are of; see ``Engine.recognise``."""
        mind = self._open_mind()
        if self._recogniser is not None:
            try:
                recognitions = self._recogniser.recognise(job.images, job.words)
            finally:
                yield from self._broken(job.number)
            for row, recognition in enumerate(recognitions):
                yield Recognised(job.number, row, recognition)
        yield Done(job.number, mind.is_intact())

    def measure(self, job: MeasureJob) -> Iterator[Event]:
        """Measure images against others; see ``Engine.measure``."""
        mind = self._open_mind()
        subjects = [
            Subject(image, None, job.references[place]) for image, place in zip(job.images, job.against, strict=True)
        ]
        observations, _ = self._open_observer().observe(subjects, recognise=False)
        for row, observation in enumerate(observations):
            assert observation.measures is not None
            yield Measured(job.number, row, observation.measures)
        yield Done(job.number, mind.is_intact())

    def embed(self, job: EmbedJob) -> Iterator[Event]:
        """Embed images; see ``Engine.embed``."""
        mind = self._open_mind()
        if self._recogniser is not None:
            for row, embedding in enumerate(self._recogniser.get().embeddings(job.images)):
                yield Embedded(job.number, row, embedding)
        yield Done(job.number, mind.is_intact())

    def locate(self, job: LocateJob) -> Iterator[Event]:
        """Find points of concept space; see ``Engine.locate``."""
        mind = self._open_mind()
        for row, expression in enumerate(job.expressions):
            try:
                yield Located(job.number, row, mind.encoder.encode(expression).array.numpy())
            except RecipeError as error:
                yield Failed(job.number, row, Failure.USER, str(error))
        yield Done(job.number, mind.is_intact())

    def cancel(self, job: int) -> None:
        """Stop this job, and any before it, before its next region is computed."""
        self._cancelled.request(job)

    def close(self) -> None:
        """Let go of the brain."""
        self._mind = self._source = self._compiler = self._recogniser = self._observer = None
        gc.collect()

    def network(self) -> Any:
        """The open brain's UNet as diffusers made it."""
        return self._open_mind().brain.unet

    def _broken(self, job: int) -> Iterator[Event]:
        """Plugins that failed meanwhile."""
        for failed in self._offered.take_failures():
            yield PluginBroke(job, failed.plugin, failed.sentence)

    def _open_mind(self) -> Mind:
        if self._mind is None:
            raise AlienLabError("No brain is open. Open one before rendering.")
        return self._mind

    def _open_observer(self) -> Observer:
        if self._observer is None:
            raise AlienLabError("No brain is open. Open one before rendering.")
        return self._observer


def _is_same_brain(one: BrainSource, other: BrainSource) -> bool:
    """Whether something beside the brain is to change. What does not change is to be read anew: its files may have."""
    beside = replace(one, recogniser=other.recogniser, compile_passes=other.compile_passes)
    return one != other and beside == other
