"""Reads image files that were dropped, and keeps their pixels in the session, beside the UI thread."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from alienlab.domain.board import MOST_PINS, Pin
from alienlab.domain.errors import AlienLabError
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.reading import SessionReader
from alienlab.session.outside.kept_images import OutsideImage, OutsideImages, read_outside


@dataclass(frozen=True, slots=True)
class OutsideFindings:
    """What has become of some files."""

    session: SessionReader
    pins: tuple[Pin, ...]
    failures: tuple[str, ...]
    """A sentence for each file that was not taken."""


class OutsideReader(QObject):
    """One file after another."""

    came = Signal(object)
    """OutsideFindings of all files that were read together."""
    _read = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self.came, Qt.ConnectionType.QueuedConnection)

    def read(self, session: SessionReader, paths: Sequence[Path]) -> None:
        """``came`` follows."""
        chosen = tuple(paths)[:MOST_PINS]
        self._pool.start(lambda: self._tell(_taken(session, chosen)))

    def keep(self, session: SessionReader, images: Sequence[OutsideImage]) -> None:
        """The same for images that are at hand."""
        self._pool.start(lambda: self._tell(_kept(session, images)))

    def finish(self) -> None:
        """Wait for what is being read."""
        self._pool.clear()
        self._pool.waitForDone()

    def _tell(self, findings: OutsideFindings) -> None:
        with contextlib.suppress(RuntimeError):  # the window may be gone by then
            self._read.emit(findings)


def outside_pin(image: OutsideImage, blob: str) -> Pin:
    height, width = image.image.shape[:2]
    return Pin(
        recipe=image.recipe,
        computation_id=image.computation_id,
        blob=blob,
        size=(width, height) if isinstance(image.recipe, LabRecipe) else None,
        is_flagged=image.is_flagged,
    )


def _taken(session: SessionReader, paths: Sequence[Path]) -> OutsideFindings:
    outside, pins, failures = OutsideImages(session), [], []
    for path in paths:
        try:
            image = read_outside(path)
            pins.append(outside_pin(image, outside.keep(image.image)))
        except AlienLabError as error:
            failures.append(str(error))
        except OSError as error:
            failures.append(f"{path.name} cannot be read: {error.strerror or error}.")
        except MemoryError:
            failures.append(f"{path.name} is too large for this machine's memory. Make it smaller and pin it again.")
    return OutsideFindings(session, tuple(pins), tuple(failures))


def _kept(session: SessionReader, images: Sequence[OutsideImage]) -> OutsideFindings:
    try:
        outside = OutsideImages(session)
        pins = tuple(outside_pin(image, outside.keep(image.image)) for image in images)
    except AlienLabError as error:
        return OutsideFindings(session, (), (str(error),))
    return OutsideFindings(session, pins, ())
