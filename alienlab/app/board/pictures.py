"""The images of pins, read in the background when a view asks for them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from alienlab.app.pictures import shrunk
from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.board import Pin
from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.recipe import MAX_SIDE
from alienlab.session.log.reading import SessionReader
from alienlab.session.sheets.board_sheet import load_pin

LONGEST_SIDE = 1024
"""Pixels; larger images are shown smaller, so that a full board fits into memory."""


@dataclass(frozen=True, slots=True, eq=False)
class PinPicture:
    """What there is to see of a pin."""

    image: Image | None
    provenance: Provenance | None = None
    failure: str = ""
    """Why there is no image, for a person to read."""


class PinPictures(QObject):
    """Kept as long as the pins are on the board."""

    came = Signal(str)
    """The key of a pin whose picture is there now."""
    _read = Signal(int, str, object)

    def __init__(self, session: SessionKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures: dict[str, PinPicture] = {}
        self._asked: set[str] = set()
        self._generation = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def get(self, pin: Pin) -> PinPicture | None:
        """None until ``came``, which follows."""
        picture = self._pictures.get(pin.key)
        if picture is not None:
            return picture
        session = self._session.session
        if pin.key not in self._asked and session is not None:
            self._asked.add(pin.key)
            generation = self._generation
            self._pool.start(lambda: self._tell(generation, pin, session))
        return None

    def known(self, key: str) -> PinPicture | None:
        """What is there already; nothing is asked for."""
        return self._pictures.get(key)

    def begin_anew(self) -> None:
        """Forget everything: another session is open."""
        self._generation += 1
        self._pool.clear()
        self._pictures.clear()
        self._asked.clear()

    def forget_all_but(self, keys: Iterable[str]) -> None:
        kept = set(keys)
        self._pictures = {key: picture for key, picture in self._pictures.items() if key in kept}

    def finish(self) -> None:
        """Wait for what is being read."""
        self._pool.clear()
        self._pool.waitForDone()

    def _tell(self, generation: int, pin: Pin, session: SessionReader) -> None:
        picture = read_picture(session, pin, longest_side=LONGEST_SIDE)
        with contextlib.suppress(RuntimeError):  # the window may be gone by then
            self._read.emit(generation, pin.key, picture)

    def _keep(self, generation: int, key: str, picture: PinPicture) -> None:
        if generation != self._generation:
            return
        self._asked.discard(key)
        self._pictures[key] = picture
        self.came.emit(key)


def read_picture(session: SessionReader, pin: Pin, *, longest_side: int = MAX_SIDE) -> PinPicture:
    """May be called from any thread."""
    try:
        image = shrunk(load_pin(session)(pin), longest_side)
        record = None if pin.number is None else session.record(pin.number)
    except AlienLabError as error:
        return PinPicture(None, failure=str(error))
    return PinPicture(image, None if record is None else record.provenance)
