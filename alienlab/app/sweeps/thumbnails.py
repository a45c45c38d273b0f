"""Small pictures of a sweep's images, read in the background as they are needed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage

from alienlab.app.pictures import shrunk, to_qimage
from alienlab.domain.events import Image

LARGEST, SMALLEST = 192, 64
"""Longer side in pixels; it depends on how many there are."""
ROOM = 256 * 2**20
"""Bytes that the thumbnails of a sweep may take together."""
GATHERED_MS = 16
"""So long are thumbnails gathered that are told of at once."""


class Thumbnails(QObject):
    """What was asked for last is read first. ``came`` carries the keys of those that have been read."""

    came = Signal(object)
    _read = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image: Callable[[str], Image | None] = lambda _: None
        self._side = LARGEST
        self._images: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self._fresh: set[str] = set()
        self._generation = 0
        self._turn = itertools.count(1)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self, singleShot=True, interval=GATHERED_MS)
        self._timer.timeout.connect(self._tell)
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def reset(self, image: Callable[[str], Image | None], *, count: int) -> None:
        """Forget all; ``image`` reads those of another sweep, which has ``count``, and is called in another thread."""
        self.finish()
        self._generation += 1
        self._image = image
        self._side = side_for(count)
        for known in (self._images, self._asked, self._fresh):
            known.clear()

    def get(self, key: str) -> QImage | None:
        """None while it is not there; it is read then."""
        if key not in self._asked:
            self._asked.add(key)
            generation, side = self._generation, self._side
            self._pool.start(lambda: self._load(key, side, generation), next(self._turn))
        return self._images.get(key)

    def forget(self, keys: Iterable[str]) -> None:
        """Read these anew the next time they are asked for, where they could not be read."""
        self._asked.difference_update(key for key in keys if key not in self._images)

    def finish(self) -> None:
        """Wait for what is being read."""
        self._pool.clear()
        self._pool.waitForDone()

    def _load(self, key: str, side: int, generation: int) -> None:
        image = self._image(key)
        if image is not None:
            self._read.emit(generation, key, shrunk(image, side))

    def _keep(self, generation: int, key: str, image: Image) -> None:
        if generation == self._generation:
            self._images[key] = to_qimage(image)
            self._fresh.add(key)
            if not self._timer.isActive():
                self._timer.start()

    def _tell(self) -> None:
        fresh, self._fresh = frozenset(self._fresh), set()
        if fresh:
            self.came.emit(fresh)


def side_for(count: int) -> int:
    """The side of ``count`` thumbnails that fit into ``ROOM``."""
    return min(LARGEST, max(SMALLEST, math.isqrt(ROOM // (3 * max(1, count)))))
