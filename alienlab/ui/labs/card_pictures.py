"""Small pictures of laboratories for the gallery: made beforehand, or of the last result."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from alienlab.app.archive import Archive
from alienlab.app.labs.benches import Benches
from alienlab.app.pictures import shrunk
from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.session.files import write_atomically
from alienlab.session.paths import resources_folder

SIDE = 640
"""Of a picture that is kept, in pixels at most."""


class CardPictures(QObject):
    """Built-in laboratories bring theirs; what others show first is kept in the cache."""

    def __init__(self, benches: Benches, archive: Archive, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._archive, self._folder = archive, folder
        self._asked: set[str] = set()
        benches.carried.connect(self._keep)

    def get(self, laboratory: Laboratory) -> QImage | None:
        for folder in (resources_folder() / "laboratories", self._folder):
            image = QImage(str(folder / _name(laboratory)))
            if not image.isNull():
                return image
        return None

    def _keep(self, laboratory: Laboratory, image: Image) -> None:
        """The first result of each start; a laboratory that brings its picture keeps that."""
        if laboratory.key in self._asked or (resources_folder() / "laboratories" / _name(laboratory)).is_file():
            return
        self._asked.add(laboratory.key)
        file = self._folder / _name(laboratory)
        self._archive.cache(lambda: _write(image, file))


def _write(image: Image, file: Path) -> None:
    buffer = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(shrunk(image, SIDE))).save(buffer, "PNG")
    write_atomically(file, buffer.getvalue())


def _name(laboratory: Laboratory) -> str:
    return f"{laboratory.key.replace('/', '.')}.png"
