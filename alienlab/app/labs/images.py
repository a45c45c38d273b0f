"""Images that are given to laboratories: their pixels are kept in the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from alienlab.app.latest import LatestAnswer
from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.parameters import Material
from alienlab.session.log.reading import SessionReader
from alienlab.session.outside.kept_images import OutsideImages, read_outside

BLOB = "blob:"
NO_SESSION = "No session is open that could keep the image. Open one from the File menu."


@dataclass(frozen=True, slots=True, eq=False)
class KeptImage:
    """An image that a laboratory can be given."""

    material: Material
    image: Image


class LabImages(QObject):
    """Reads and keeps images beside the window's thread, one after another; the last one counts."""

    came = Signal(object, object)
    """Who asked, and the KeptImage."""
    failed = Signal(str)

    def __init__(self, session: SessionKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._answer = LatestAnswer(self)
        self._answer.came.connect(self._take)

    def keep_file(self, asker: object, path: Path) -> None:
        """The pixels of an image file of any kind."""
        self._keep(asker, lambda: read_outside(path).image)

    def keep(self, asker: object, image: Image) -> None:
        self._keep(asker, lambda: image)

    def load(self, material: Material) -> Image | None:
        """What a material of the open session looks like; None where it is not there."""
        session = self._session.session
        try:
            if material.place.startswith(BLOB):
                return None if session is None else OutsideImages(session).load(material.place.removeprefix(BLOB))
            return read_outside(Path(material.place)).image
        except (AlienLabError, OSError):
            return None

    def finish(self) -> None:
        self._answer.finish()

    def _keep(self, asker: object, read: Callable[[], Image]) -> None:
        session = self._session.session
        if session is None:
            self.failed.emit(NO_SESSION)
            return
        self._answer.ask(lambda: (asker, _kept(session, read)))

    def _take(self, answer: tuple[object, KeptImage | str]) -> None:
        asker, kept = answer
        if isinstance(kept, str):
            self.failed.emit(kept)
        else:
            self.came.emit(asker, kept)


def _kept(session: SessionReader, read: Callable[[], Image]) -> KeptImage | str:
    """The sentence where it cannot be read or kept."""
    try:
        image = read()
        return KeptImage(Material(f"{BLOB}{OutsideImages(session).keep(image)}"), image)
    except (AlienLabError, SessionError, OSError) as error:
        return str(error)
