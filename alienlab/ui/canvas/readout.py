"""A quiet line below the canvas: the values of the pixel that is pointed at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from alienlab.app.comparison import Tile
from alienlab.app.pixel_readout import one_pixel, two_pixels
from alienlab.app.two_images import TwoImages
from alienlab.domain.events import Image
from alienlab.ui.canvas.framing import Spot
from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.elided_label import ElidedLabel

HINT = "Point at an image to read its pixels, or press Alt+Shift and an arrow key"


class PixelReadout(ElidedLabel):
    """Of both images where two are compared; else of the tile that is pointed at."""

    read = Signal(str)
    """Other values; empty where nothing is pointed at."""

    def __init__(self, two: TwoImages, shared: SharedView, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._two = two
        self._shared = shared
        self._said = ""
        self.setProperty("tone", "small")
        self.setContentsMargins(12, 2, 12, 2)
        self.setAccessibleName("Pixel")
        shared.spot_changed.connect(self._update)
        two.changed.connect(self._update)
        self.set_text(HINT)

    def _update(self) -> None:
        text = self._text()
        if text != self._said:
            self._said = text
            self.set_text(text or HINT)
            self.read.emit(text)

    def _text(self) -> str:
        spot = self._shared.spot
        if spot is None:
            return ""
        a, b = self._two.a, self._two.b
        shown = self._two.shown()
        if a is not None and b is not None and a.image is not None and b.image is not None and len(shown) == 2:
            at_a, at_b = _pixel(a.image, spot), _pixel(b.image, spot)
            return two_pixels(a.image, at_a, b.image, at_b) if at_a or at_b else ""
        return _of_one(next((tile for tile in shown if tile.key == spot.key), None), spot)


def _of_one(tile: Tile | None, spot: Spot) -> str:
    if tile is None or tile.image is None:
        return ""
    at = _pixel(tile.image, spot)
    return one_pixel(tile.image, at) if at is not None else ""


def _pixel(image: Image, spot: Spot) -> tuple[int, int] | None:
    return spot.pixel_of(image.shape[1], image.shape[0])
