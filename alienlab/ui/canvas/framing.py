"""Where an image lies in its frame, and which pixel is where. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from alienlab.ui.canvas.layout import Rect
from alienlab.ui.canvas.viewpoint import Viewpoint

WHOLE = Viewpoint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that is looked at, in shares of a frame; all frames that are seen together are of one form."""

    key: str
    """Of the tile that it was pointed at in."""
    x: float
    y: float
    frame: tuple[float, float]
    """Width and height of the frame, in any unit."""

    def pixel_of(self, width: int, height: int) -> tuple[int, int] | None:
        """Column and row in an image of this size; None beside it."""
        box = Rect(0, 0, *self.frame)
        return pixel_at(self.x * box.width, self.y * box.height, width, height, box, WHOLE)


def spot_on(pixel: tuple[int, int], size: tuple[int, int], *, key: str, frame: tuple[float, float]) -> Spot:
    """The middle of a pixel of an image of ``size``."""
    target = target_of(*size, Rect(0, 0, *frame), WHOLE)
    x = (target.x + (pixel[0] + 0.5) * target.width / size[0]) / frame[0]
    y = (target.y + (pixel[1] + 0.5) * target.height / size[1]) / frame[1]
    return Spot(key=key, x=x, y=y, frame=frame)


def target_of(width: int, height: int, box: Rect, viewpoint: Viewpoint) -> Rect:
    """Where all of an image lies when ``box`` shows it from ``viewpoint``: in its middle, never stretched.

    What of it is outside the box is not seen.
    """
    scale = min(box.width / width, box.height / height)
    part = viewpoint.part_of(1, 1)
    left, top = (box.width - width * scale) / 2, (box.height - height * scale) / 2
    return Rect(
        box.x + (left - part.x * box.width) * viewpoint.zoom,
        box.y + (top - part.y * box.height) * viewpoint.zoom,
        width * scale * viewpoint.zoom,
        height * scale * viewpoint.zoom,
    )


def pixel_at(x: float, y: float, width: int, height: int, box: Rect, viewpoint: Viewpoint) -> tuple[int, int] | None:
    """Column and row of the pixel that is seen at (x, y)."""
    target = target_of(width, height, box, viewpoint)
    column = math.floor((x - target.x) / target.width * width)
    row = math.floor((y - target.y) / target.height * height)
    return (column, row) if 0 <= column < width and 0 <= row < height else None


def share_at(x: float, y: float, box: Rect, viewpoint: Viewpoint) -> tuple[float, float]:
    """What of the frame is seen at (x, y), in shares of it."""
    part = viewpoint.part_of(1, 1)
    return part.x + (x - box.x) / box.width * part.width, part.y + (y - box.y) / box.height * part.height


def box_of_pixel(pixel: tuple[int, int], width: int, height: int, box: Rect, viewpoint: Viewpoint) -> Rect:
    """Where a pixel is seen."""
    target = target_of(width, height, box, viewpoint)
    side_x, side_y = target.width / width, target.height / height
    return Rect(target.x + pixel[0] * side_x, target.y + pixel[1] * side_y, side_x, side_y)
