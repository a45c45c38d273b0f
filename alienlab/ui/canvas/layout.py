"""Where tiles stand on the canvas. No Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

GAP = 16.0
"""Between tiles, and around them."""
CAPTION_LINE = 16.0
CAPTION_MARGIN = 8.0
MOST_CAPTION_LINES = 3
SMALLEST_SIDE = 136.0
"""Below this the canvas scrolls instead of making tiles smaller."""


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Place:
    """A tile's picture and, beneath it, its caption."""

    picture: Rect
    caption: Rect

    @property
    def whole(self) -> Rect:
        """A caption may be wider than its picture."""
        left = min(self.picture.x, self.caption.x)
        right = max(self.picture.right, self.caption.right)
        return Rect(left, self.picture.y, right - left, self.caption.bottom - self.picture.y)


@dataclass(frozen=True, slots=True)
class CanvasLayout:
    """Places in reading order, and the height that they need."""

    places: tuple[Place, ...]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How large a picture of ``width`` × ``height`` image pixels is drawn."""

    width: int
    height: int
    whole_pixels: bool
    """Whether an image pixel becomes a whole number of device pixels, where the room allows it."""
    device_pixels: float = 1.0
    """Device pixels in a unit of the canvas."""

    def into(self, width: float, height: float) -> tuple[float, float]:
        """The largest size, never stretched, that fits into ``width`` × ``height``."""
        scale = min(width / self.width, height / self.height)
        if self.whole_pixels and scale * self.device_pixels >= 1:
            scale = int(scale * self.device_pixels) / self.device_pixels
        return self.width * scale, self.height * scale


def lay_out(lines: Sequence[int], *, width: float, height: float, fit: Fit, caption_lines: int) -> CanvasLayout:
    """Places for ``lines`` of so many tiles each, in the columns that make the pictures largest.

    Where that would be too small they get a readable size, and the canvas scrolls.

    ``caption_lines`` is the room for captions that every tile gets.
    """
    if not any(lines):
        return CanvasLayout((), 0.0)
    caption = CAPTION_MARGIN + caption_lines * CAPTION_LINE
    columns, picture = _columns(lines, width=width, height=height, fit=fit, caption=caption)
    rows = _rows(lines, columns)
    step_x, step_y = picture[0] + GAP, picture[1] + caption + GAP
    needed = rows * step_y - GAP
    widest = min(columns, max(lines)) * step_x - GAP
    # At whole pixels, so that no image is resampled.
    left, top = max(GAP, math.floor((width - widest) / 2)), max(GAP, math.floor((height - needed) / 2))
    places: list[Place] = []
    row = 0
    for length in lines:
        for index in range(length):
            x, y = left + (index % columns) * step_x, top + (row + index // columns) * step_y
            box = Rect(x, y, *picture)
            places.append(Place(box, Rect(x, box.bottom, picture[0], caption)))
        row += -(-length // columns)
    return CanvasLayout(tuple(places), top + needed + GAP)


def lay_out_each(
    lines: Sequence[int], fits: Sequence[Fit], *, width: float, height: float, caption_lines: int
) -> CanvasLayout:
    """``lay_out`` for pictures that have forms of their own; ``fits`` are those of the tiles in reading order."""
    fit = common_fit(fits)
    whole = lay_out(lines, width=width, height=height, fit=fit, caption_lines=caption_lines)
    if all(one == fit for one in fits):
        return whole
    places = [placed(one, cell.picture, cell.caption) for one, cell in zip(fits, whole.places, strict=True)]
    closed = closed_up(places, [cell.picture.y for cell in whole.places])
    up = max(
        (place.caption.bottom - shut.caption.bottom for place, shut in zip(places, closed, strict=True)), default=0
    )
    return CanvasLayout(tuple(closed), whole.height - up)


def placed(fit: Fit, cell: Rect, caption: Rect) -> Place:
    """A picture of its own form, upon its caption and in line with it."""
    width, height = fit.into(cell.width, cell.height)
    return Place(Rect(cell.x, cell.bottom - height, width, height), caption)


def common_fit(fits: Sequence[Fit]) -> Fit:
    """The form of all pictures where they share one; else a square, in which each has its own."""
    if not fits:
        return Fit(width=1, height=1, whole_pixels=False)
    sizes = {(fit.width, fit.height) for fit in fits}
    if len(sizes) == 1:
        return fits[0]
    ratios = {width / height for width, height in sizes}
    width, height = max(sizes) if len(ratios) == 1 else (1, 1)
    return Fit(width=width, height=height, whole_pixels=False)


def closed_up(places: Sequence[Place], tops: Sequence[float]) -> list[Place]:
    """Without what a whole line leaves empty above its pictures; ``tops`` are those of their cells."""
    spare: dict[float, float] = {}
    for place, top in zip(places, tops, strict=True):
        spare[top] = min(spare.get(top, place.picture.y - top), place.picture.y - top)
    ups, total = {}, 0.0
    for top in sorted(spare):
        total += spare[top]
        ups[top] = total
    return [_raised(place, ups[top]) for place, top in zip(places, tops, strict=True)]


def _raised(place: Place, up: float) -> Place:
    return Place(replace(place.picture, y=place.picture.y - up), replace(place.caption, y=place.caption.y - up))


def _columns(
    lines: Sequence[int], *, width: float, height: float, fit: Fit, caption: float
) -> tuple[int, tuple[float, float]]:
    """How many columns there are, and the size of a picture."""
    most = max(lines)
    fitting = {
        count: fit.into(_cell(width, count), max(1.0, _cell(height, _rows(lines, count)) - caption))
        for count in range(1, most + 1)
    }
    best = max(fitting, key=lambda count: fitting[count])
    # Two images are there to be compared: rather as small as they are than only in part.
    smallest = SMALLEST_SIDE if sum(lines) > 2 else min(SMALLEST_SIDE, max(fit.width, fit.height) / fit.device_pixels)
    if max(fitting[best]) >= smallest or most == 1:
        return best, fitting[best]
    columns = min(most, max(1, int((width - GAP) / (SMALLEST_SIDE + GAP))))
    return columns, fit.into(_cell(width, columns), max(SMALLEST_SIDE, _cell(width, columns)))


def _cell(room: float, count: int) -> float:
    return max(1.0, (room - GAP * (count + 1)) / count)


def _rows(lines: Sequence[int], columns: int) -> int:
    return sum(-(-length // columns) for length in lines)
