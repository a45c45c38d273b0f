"""The engine in the calling process."""

from __future__ import annotations

import gc
import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Done, Event, Finished, Loading, Opened, Recognised
from alienlab.domain.ports import BrainSource, RecogniseJob, RenderJob
from alienlab.engine.anatomy.memory import recall_anatomy
from alienlab.engine.brains.loading import load_brain
from alienlab.engine.cancel import CancelFlag
from alienlab.engine.device import find_device
from alienlab.engine.mind import Mind
from alienlab.engine.recognition.attached import AttachedRecogniser
from alienlab.engine.rendering import Rendering


class LocalEngine:
    """Implements ``alienlab.domain.ports.Engine`` with torch in this process.

    ``cache`` is a folder for what is measured once for a brain and device.
    """

    def __init__(self, cache: Path, cancelled: CancelFlag | None = None) -> None:
        self._cache = cache
        self._cancelled = cancelled or CancelFlag()
        self._mind: Mind | None = None
        self._source: BrainSource | None = None
        self._recogniser: AttachedRecogniser | None = None

    def open(self, source: BrainSource) -> Iterator[Event]:
        """Open a brain in place of the one that is open; see ``Engine.open``."""
        if self._mind is None or not _differ_in_recogniser_alone(self._source, source):
            yield from self._open_brain(source)
        yield self._attach_recogniser(source)

    def _open_brain(self, source: BrainSource) -> Iterator[Event]:
        device = find_device(source.device)
        brain = yield from self._load(source)
        yield Loading("Reading the anatomy")
        anatomy = recall_anatomy(brain, self._cache)
        yield Loading(f"Trying out {device.name}")
        mind = Mind(brain, anatomy, device, cache=self._cache, precision=source.precision)
        self.close()
        self._mind = mind

    def _attach_recogniser(self, source: BrainSource) -> Opened:
        mind = self._open_mind()
        self._source, self._recogniser = source, AttachedRecogniser(mind.brain.folder, source.recogniser)
        mind.info = replace(mind.info, recogniser=self._recogniser.name)
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
        for event in Rendering(self._open_mind(), job, self._cancelled).events():
            yield self._recognised(event) if job.recognise and isinstance(event, Finished) else event

    def recognise(self, job: RecogniseJob) -> Iterator[Event]:
        """Say what images are of; see ``Engine.recognise``."""
        mind = self._open_mind()
        if self._recogniser is not None:
            for row, recognition in enumerate(self._recogniser.recognise(job.images, job.words)):
                yield Recognised(job.number, row, recognition)
        yield Done(job.number, mind.is_intact())

    def cancel(self, job: int) -> None:
        """Stop this job, and any before it, before its next region is computed."""
        self._cancelled.request(job)

    def close(self) -> None:
        """Let go of the brain."""
        self._mind = self._source = self._recogniser = None
        gc.collect()

    def _open_mind(self) -> Mind:
        if self._mind is None:
            raise AlienLabError("No brain is open. Open one before rendering.")
        return self._mind

    def _recognised(self, event: Finished) -> Finished:
        """With what the image is of, or a note where that cannot be said."""
        if self._recogniser is None:
            return event
        recognition, notes = self._recogniser.recognise_if_possible(event.image)
        provenance = event.provenance
        return replace(
            event,
            provenance=replace(provenance, recognition=recognition, notes=(*provenance.notes, *notes)),
        )


def _differ_in_recogniser_alone(one: BrainSource | None, other: BrainSource) -> bool:
    """The same brain with the same recogniser is to be read anew: its files may have changed."""
    return one is not None and one != other and replace(one, recogniser=other.recogniser) == other
