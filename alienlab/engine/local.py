"""The engine in the calling process."""

from __future__ import annotations

import gc
import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Event, Loading, Opened
from alienlab.domain.ports import BrainSource, RenderJob
from alienlab.engine.anatomy.memory import recall_anatomy
from alienlab.engine.brains.loading import load_brain
from alienlab.engine.cancel import CancelFlag
from alienlab.engine.device import find_device
from alienlab.engine.mind import Mind
from alienlab.engine.rendering import Rendering


class LocalEngine:
    """Implements ``alienlab.domain.ports.Engine`` with torch in this process.

    ``cache`` is a folder for what is measured once for a brain and device.
    """

    def __init__(self, cache: Path, cancelled: CancelFlag | None = None) -> None:
        self._cache = cache
        self._cancelled = cancelled or CancelFlag()
        self._mind: Mind | None = None

    def open(self, source: BrainSource) -> Iterator[Event]:
        """Open a brain in place of the one that is open; see ``Engine.open``."""
        device = find_device(source.device)
        brain = yield from self._load(source)
        yield Loading("Reading the anatomy")
        anatomy = recall_anatomy(brain, self._cache)
        yield Loading(f"Trying out {device.name}")
        mind = Mind(brain, anatomy, device, cache=self._cache, precision=source.precision)
        self.close()
        self._mind = mind
        yield Opened(mind.info, anatomy)

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
        if self._mind is None:
            raise AlienLabError("No brain is open. Open one before rendering.")
        yield from Rendering(self._mind, job, self._cancelled).events()

    def cancel(self, job: int) -> None:
        """Stop this job, and any before it, before its next region is computed."""
        self._cancelled.request(job)

    def close(self) -> None:
        """Let go of the brain."""
        self._mind = None
        gc.collect()
