"""What all pages of the canvas share: the part of an image that is seen, and the pixel that is read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.ui.canvas.framing import Spot, spot_on
from alienlab.ui.canvas.viewpoint import Viewpoint

ZOOM_STEP = 1.25


class SharedView(QObject):
    """Zoomed, panned and pointed at on one page, so on all of them."""

    changed = Signal()
    spot_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewpoint = Viewpoint()
        self._spot: Spot | None = None
        self._is_stepped = False

    @property
    def viewpoint(self) -> Viewpoint:
        return self._viewpoint

    @property
    def spot(self) -> Spot | None:
        """The pixel whose values are read; None where nothing is pointed at."""
        return self._spot

    def look_from(self, viewpoint: Viewpoint) -> None:
        if viewpoint != self._viewpoint:
            self._viewpoint = viewpoint
            self.changed.emit()

    def point_at(self, spot: Spot | None) -> None:
        self._is_stepped = False
        if spot != self._spot:
            self._spot = spot
            self.spot_changed.emit()

    def step(self, by: tuple[int, int], size: tuple[int, int], *, key: str, frame: tuple[float, float]) -> None:
        """Read the pixel so many columns and rows further, of a tile with an image of ``size``; first its middle.

        What is seen moves along.
        """
        middle = (size[0] // 2, size[1] // 2)
        known = self._spot
        pixel = known.pixel_of(*size) if known is not None else None
        x, y = middle if pixel is None else (pixel[0] + by[0], pixel[1] + by[1])
        inside = (min(size[0] - 1, max(0, x)), min(size[1] - 1, max(0, y)))
        spot = spot_on(inside, size, key=key, frame=frame)
        self.point_at(spot)
        self._is_stepped = True
        self.look_from(self._viewpoint.seeing(spot.x, spot.y, margin=1 / min(size)))

    def leave(self) -> None:
        """The mouse has gone; where keys have gone to a pixel, they go on from there."""
        if not self._is_stepped:
            self.point_at(None)

    def zoom_in(self) -> None:
        self.look_from(self._viewpoint.zoomed(ZOOM_STEP))

    def zoom_out(self) -> None:
        self.look_from(self._viewpoint.zoomed(1 / ZOOM_STEP))

    def fit(self) -> None:
        """See every image whole."""
        self.look_from(Viewpoint())
