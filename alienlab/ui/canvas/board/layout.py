"""Where pins stand on the board. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alienlab.domain.board import BoardArrangement, BoardState, Pin
from alienlab.ui.canvas.layout import (
    CAPTION_LINE,
    CAPTION_MARGIN,
    GAP,
    SMALLEST_SIDE,
    Fit,
    Place,
    Rect,
    closed_up,
    common_fit,
    lay_out,
    placed,
)

FREE_SIDE = 192.0
"""Room for a picture that lies freely."""
LOWEST_ROW = 96.0
"""Room for pictures of a row where there is hardly any."""


@dataclass(frozen=True, slots=True)
class BoardLayout:
    """Places in the order of the pins, and the room that they need."""

    places: tuple[Place, ...]
    width: float
    height: float

    def insertion(self, x: float, y: float) -> int:
        """Between which pins something falls at (x, y): the number of pins before it."""
        line = [number for number, place in enumerate(self.places) if _is_in_line(place, y)]
        if not line:
            return 0 if self.places and y < self.places[0].picture.y else len(self.places)
        before = [number for number in line if x >= _middle(self.places[number])]
        return before[-1] + 1 if before else line[0]

    def mark(self, insertion: int, *, beside: float = 0.0) -> Rect | None:
        """The line that shows an insertion; between two lines of a grid, on the one nearer to ``beside`` (y)."""
        if not self.places:
            return None
        ends = []
        if insertion > 0:
            whole = self.places[insertion - 1].whole
            ends.append(Rect(whole.right + GAP / 2 - 1, whole.y, 2, whole.height))
        if insertion < len(self.places):
            whole = self.places[insertion].whole
            ends.append(Rect(whole.x - GAP / 2 - 1, whole.y, 2, whole.height))
        return min(ends, key=lambda end: 0 if end.y <= beside < end.bottom + GAP else 1)

    def beside(self, number: int, across: int, down: int) -> int:
        """The nearest pin in a direction; the same one where there is none."""
        at = _centre(self.places[number])
        best, best_way = number, float("inf")
        for other, place in enumerate(self.places):
            dx, dy = (there - here for there, here in zip(_centre(place), at, strict=True))
            ahead, aside = dx * across + dy * down, abs(dx * down) + abs(dy * across)
            if ahead > 1 and aside <= 2 * ahead and ahead + 2 * aside < best_way:
                best, best_way = other, ahead + 2 * aside
        return best


def lay_out_board(
    board: BoardState,
    *,
    width: float,
    height: float,
    whole_pixels: bool,
    device_pixels: float,
    caption_lines: int,
) -> BoardLayout:
    """``width`` and ``height`` are the room there is; ``caption_lines`` is the room that every caption gets."""
    fits = [_fit(pin, whole_pixels, device_pixels) for pin in board.pins]
    caption = CAPTION_MARGIN + caption_lines * CAPTION_LINE
    match board.arrangement:
        case BoardArrangement.FREE:
            places = [_free_place(pin, fit, caption) for pin, fit in zip(board.pins, fits, strict=True)]
            return BoardLayout(tuple(places), *_extent(places))
        case BoardArrangement.ROW:
            places = _row(fits, width=width, height=height, caption=caption)
        case BoardArrangement.GRID:
            places = _grid(fits, width=width, height=height, caption_lines=caption_lines)
    needed = _extent(places)
    return BoardLayout(tuple(places), max(width, needed[0]), max(height, needed[1]))


def _grid(fits: Sequence[Fit], *, width: float, height: float, caption_lines: int) -> list[Place]:
    fit = common_fit(fits)
    cells = lay_out([len(fits)], width=width, height=height, fit=fit, caption_lines=caption_lines).places
    if cells and max(cells[0].picture.width, cells[0].picture.height) < SMALLEST_SIDE:
        cells = _readable(len(fits), fit, width, caption_lines)
    places = [placed(fit, cell.picture, cell.caption) for fit, cell in zip(fits, cells, strict=True)]
    return closed_up(places, [cell.picture.y for cell in cells])


def _readable(count: int, fit: Fit, width: float, caption_lines: int) -> tuple[Place, ...]:
    """In as many columns as leave pictures large enough; the board scrolls."""
    for columns in range(count, 0, -1):
        cell = (width - GAP * (columns + 1)) / columns
        if cell > 1 and (max(fit.into(cell, cell)) >= SMALLEST_SIDE or columns == 1):
            rows = -(-count // columns)
            step = fit.into(cell, cell)[1] + CAPTION_MARGIN + caption_lines * CAPTION_LINE + GAP
            lines = [columns] * (count // columns) + ([count % columns] if count % columns else [])
            return lay_out(lines, width=width, height=rows * step + GAP, fit=fit, caption_lines=caption_lines).places
    return lay_out([count], width=width, height=width, fit=fit, caption_lines=caption_lines).places


def _row(fits: Sequence[Fit], *, width: float, height: float, caption: float) -> list[Place]:
    if not fits:
        return []
    fit, tallest = common_fit(fits), max(LOWEST_ROW, height - 2 * GAP - caption)
    share = (width - GAP * (len(fits) + 1)) / len(fits)
    cell = fit.into(max(_readable_side(fit), share), tallest)
    step = cell[0] + GAP
    left = max(GAP, (width - (step * len(fits) - GAP)) / 2)
    top = max(GAP, (height - cell[1] - caption) / 2)
    boxes = [Rect(left + number * step, top, *cell) for number in range(len(fits))]
    captions = [Rect(box.x, box.bottom, box.width, caption) for box in boxes]
    return [placed(*part) for part in zip(fits, boxes, captions, strict=True)]


def _readable_side(fit: Fit) -> float:
    """Room in which a picture is large enough, also where its scale is a whole number."""
    sides = (SMALLEST_SIDE + 8 * step for step in range(1000))
    return next((side for side in sides if max(fit.into(side, side)) >= SMALLEST_SIDE), SMALLEST_SIDE)


def _free_place(pin: Pin, fit: Fit, caption: float) -> Place:
    spot = pin.spot
    x, y = (0.0, 0.0) if spot is None else (spot.x, spot.y)
    picture = fit.into(FREE_SIDE, FREE_SIDE)
    box = Rect(x, y, *picture)
    return Place(box, Rect(x, box.bottom, FREE_SIDE, caption))


def _fit(pin: Pin, whole_pixels: bool, device_pixels: float) -> Fit:
    width, height = pin.pixels
    return Fit(width=max(1, width), height=max(1, height), whole_pixels=whole_pixels, device_pixels=device_pixels)


def _extent(places: Sequence[Place]) -> tuple[float, float]:
    wholes = [place.whole for place in places]
    return (
        max((whole.right for whole in wholes), default=0.0) + GAP,
        max((whole.bottom for whole in wholes), default=0.0) + GAP,
    )


def _is_in_line(place: Place, y: float) -> bool:
    return place.picture.y - GAP / 2 <= y < place.caption.bottom + GAP / 2


def _middle(place: Place) -> float:
    return place.caption.x + place.caption.width / 2


def _centre(place: Place) -> tuple[float, float]:
    return _middle(place), place.picture.y + place.picture.height / 2
