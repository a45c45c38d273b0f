"""The images of tiles, as many as there is room for."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from alienlab.app.pictures import blurred, to_qimage
from alienlab.app.space.plane import TileKey
from alienlab.domain.events import Image

ROOM = 256 * 2**20
"""Bytes."""
LONGEST_SIDE = 192
"""Pixels; tiles are not shown any larger."""


class TilePictures:
    """What was looked at longest ago goes first where ``room`` bytes are not enough."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._images: OrderedDict[TileKey, QImage] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: TileKey) -> bool:
        return key in self._images

    def __len__(self) -> int:
        return len(self._images)

    def get(self, key: TileKey) -> QImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: TileKey, image: Image, *, is_flagged: bool = False) -> None:
        """Only the colours are kept of what is flagged."""
        picture = _shrunk(blurred(to_qimage(image)) if is_flagged else to_qimage(image))
        before = self._images.pop(key, None)
        self._bytes += picture.sizeInBytes() - (0 if before is None else before.sizeInBytes())
        self._images[key] = picture
        while self._bytes > self._room and len(self._images) > 1:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()

    def clear(self) -> None:
        self._images.clear()
        self._bytes = 0


def _shrunk(image: QImage) -> QImage:
    if max(image.width(), image.height()) <= LONGEST_SIDE:
        return image
    room = QSize(LONGEST_SIDE, LONGEST_SIDE)
    return image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
