"""The part of an image that every tile shows: zoom and pan are shared. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from alienlab.ui.canvas.layout import Rect

MOST_ZOOM = 32.0


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Zoom 1 shows the whole image; the centre is in shares of its width and height."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def is_whole(self) -> bool:
        return self.zoom == 1.0

    def zoomed(self, factor: float, *, at_x: float = 0.5, at_y: float = 0.5) -> Viewpoint:
        """Zoom by ``factor``; what is at (``at_x``, ``at_y``), in shares of the tile, stays there."""
        zoom = min(MOST_ZOOM, max(1.0, self.zoom * factor))
        shift = 1 / self.zoom - 1 / zoom
        return Viewpoint(zoom, self.x + (at_x - 0.5) * shift, self.y + (at_y - 0.5) * shift)._kept_inside()

    def moved(self, dx: float, dy: float) -> Viewpoint:
        """Move what is seen by shares of the tile."""
        return Viewpoint(self.zoom, self.x - dx / self.zoom, self.y - dy / self.zoom)._kept_inside()

    def seeing(self, x: float, y: float, *, margin: float) -> Viewpoint:
        """Moved, where that is needed, until so much around the place (``x``, ``y``) of the image is seen."""
        reach = max(0.0, 0.5 / self.zoom - margin)
        return Viewpoint(
            self.zoom, min(x + reach, max(x - reach, self.x)), min(y + reach, max(y - reach, self.y))
        )._kept_inside()

    def part_of(self, width: int, height: int) -> Rect:
        """The part of an image of this size that is seen, in image pixels."""
        seen_width, seen_height = width / self.zoom, height / self.zoom
        return Rect(self.x * width - seen_width / 2, self.y * height - seen_height / 2, seen_width, seen_height)

    def _kept_inside(self) -> Viewpoint:
        margin = 0.5 / self.zoom
        return Viewpoint(self.zoom, min(1 - margin, max(margin, self.x)), min(1 - margin, max(margin, self.y)))
