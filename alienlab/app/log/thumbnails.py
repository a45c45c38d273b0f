"""Small pictures of renders, read in the background: what was asked for last comes first."""

from __future__ import annotations

import threading
from collections import OrderedDict

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage

from alienlab.app.pictures import blurred, to_qimage
from alienlab.domain.brain import FLAGGED
from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.session.log.store import RenderRecord
from alienlab.session.png import read_thumbnail

SIDE = 160
"""Longer side in pixels."""
ROOM = 96 * 2**20
"""Bytes that thumbnails may take together; those that were shown longest ago go first."""
MOST_WAITING = 384
"""What was asked for before so many others has scrolled away: it is not read."""
GATHERED_MS = 16
"""So long are thumbnails gathered that are told of at once."""


class LogThumbnails(QObject):
    """``came`` carries the numbers of the renders whose thumbnails have been read."""

    came = Signal(object)
    _read = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._bytes = 0
        self._gone: set[int] = set()
        self._fresh: set[int] = set()
        self._blurs_flagged = False
        self._waiting: OrderedDict[int, RenderRecord] = OrderedDict()
        self._reading: int | None = None
        self._is_at_work = False
        self._turn = threading.Lock()
        self._generation = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self, singleShot=True, interval=GATHERED_MS)
        self._timer.timeout.connect(self._tell)
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """How many are still to be read."""
        with self._turn:
            return len(self._waiting)

    def get(self, record: RenderRecord) -> QImage | None:
        """None while it is not there; it is read then."""
        image = self._images.get(record.number)
        if image is not None:
            self._images.move_to_end(record.number)
            return image
        if record.number not in self._gone:
            self._ask(record)
        return None

    def set_blurs_flagged(self, blurs: bool) -> bool:
        """Whether that changed anything."""
        changes, self._blurs_flagged = blurs != self._blurs_flagged, blurs
        if changes:
            self.forget()
        return changes

    def forget(self) -> None:
        """Read everything anew."""
        with self._turn:
            self._waiting.clear()
            self._reading = None
            self._generation += 1
        self._images.clear()
        self._bytes = 0
        for known in (self._gone, self._fresh):
            known.clear()

    def finish(self) -> None:
        """Wait for what is being read, and read nothing more."""
        with self._turn:
            self._waiting.clear()
        self._pool.waitForDone()

    def _ask(self, record: RenderRecord) -> None:
        with self._turn:
            if record.number == self._reading:
                return
            self._waiting[record.number] = record
            self._waiting.move_to_end(record.number)
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            begins, self._is_at_work = not self._is_at_work, True
        if begins:
            self._pool.start(self._work)

    def _work(self) -> None:
        """In the background, until nothing is waiting."""
        while (taken := self._next()) is not None:
            generation, record = taken
            try:
                image = read_thumbnail(record.file, SIDE)
            except ImageError:  # it stays without a picture
                image = None
            self._read.emit(generation, record, image)

    def _next(self) -> tuple[int, RenderRecord] | None:
        with self._turn:
            if not self._waiting:
                self._is_at_work, self._reading = False, None
                return None
            self._reading, record = self._waiting.popitem()
            return self._generation, record

    def _keep(self, generation: int, record: RenderRecord, image: Image | None) -> None:
        if generation != self._generation or record.number in self._images:
            return
        if image is None:
            self._gone.add(record.number)
            return
        picture = to_qimage(image)
        if self._blurs_flagged and FLAGGED in record.provenance.notes:
            picture = blurred(picture)
        self._images[record.number] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > ROOM:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()
        self._fresh.add(record.number)
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        fresh, self._fresh = frozenset(self._fresh), set()
        if fresh:
            self.came.emit(fresh)
