"""Asks the recogniser for the embeddings of a sweep's images."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.domain.events import Cancelled, Done, Embedded, Event, Failed, Image
from alienlab.domain.ports import EmbedJob

AT_ONCE = 64
"""Images of one job: a user's render need not wait for more."""

Embeddings = Mapping[str, NDArray[np.float32]]


class EmbeddingAsker(QObject):
    """Keeps what it learnt, by computation id."""

    ready = Signal(object)
    """All embeddings of what was asked for last."""
    failed = Signal(str)

    def __init__(self, thread: GenerationThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._known: dict[str, NDArray[np.float32]] = {}
        self._wanted: list[str] = []
        self._left: list[str] = []
        self._image: Callable[[str], Image | None] = lambda key: None
        self._job: int | None = None
        self._asked: list[str] = []

    def forget(self) -> None:
        """Another recogniser sees otherwise."""
        self._known.clear()
        self._job = None

    def ask(self, keys: Iterable[str], image: Callable[[str], Image | None]) -> None:
        """``ready`` follows, at once where everything is known. ``image`` gives the image of a key."""
        self._wanted = list(dict.fromkeys(keys))
        self._left = [key for key in self._wanted if key not in self._known]
        self._image = image
        self._next()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        if self._job is None or getattr(event, "job", None) != self._job:
            return
        match event:
            case Embedded(row=row, embedding=embedding):
                self._known[self._asked[row]] = embedding
            case Done():
                self._next()
            case Cancelled():
                self._job = None
                self.ready.emit({})
            case Failed(row=None, message=message):
                self._job = None
                self.failed.emit(message)

    def _next(self) -> None:
        self._job = None
        images: dict[str, Image] = {}
        while self._left and len(images) < AT_ONCE:
            key = self._left.pop(0)
            image = self._image(key)
            if image is not None:
                images[key] = image
        if images:
            self._asked = list(images)
            self._job = self._thread.next_number()
            job = EmbedJob(number=self._job, images=tuple(images.values()))
            self._thread.submit(job, priority=Priority.RECOGNISE)
        else:
            self.ready.emit({key: self._known[key] for key in self._wanted if key in self._known})
