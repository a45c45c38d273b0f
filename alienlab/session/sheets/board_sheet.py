"""A sheet of what is pinned to a board, in its order and with its captions."""

from __future__ import annotations

from collections.abc import Callable

from alienlab.domain.board import SPOT_STEP, BoardArrangement, BoardState, Pin
from alienlab.domain.differences import captions, common
from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.session.log.reading import SessionReader
from alienlab.session.outside.kept_images import OutsideImages
from alienlab.session.sheets.content import MAX_COLUMNS, Sheet, SheetCell, SheetSection, default_columns


def board_sheet(session: SessionReader, board: BoardState, *, title: str | None = None) -> Sheet:
    """One section of all pins as they stand: in a row, in a grid, or freely from above to below.

    Raises SessionError where nothing is pinned.
    """
    pins = in_reading_order(board)
    recipes = [pin.recipe for pin in pins]
    load = load_pin(session)
    cells = tuple(
        SheetCell(load=lambda pin=pin: load(pin), width=pin.pixels[0], height=pin.pixels[1], caption=caption)
        for pin, caption in zip(pins, captions(recipes), strict=True)
    )
    is_row = board.arrangement is BoardArrangement.ROW
    return Sheet(
        title=session.name if title is None else title,
        common=common(recipes),
        sections=(SheetSection("", cells),),
        columns=min(MAX_COLUMNS, max(1, len(cells))) if is_row else default_columns([max(1, len(cells))]),
    )


def load_pin(session: SessionReader) -> Callable[[Pin], Image]:
    """Reads the image of a pin from any thread. Raises ImageError where it is gone or damaged."""
    outside = OutsideImages(session)

    def load(pin: Pin) -> Image:
        if pin.number is None:
            return outside.load(pin.blob)
        record = session.record(pin.number)
        if record is None:
            raise ImageError(f"Render {pin.number} is no longer in this session.")
        return session.load_image(record)

    return load


def in_reading_order(board: BoardState) -> tuple[Pin, ...]:
    """Free pins line by line, as far as they lie in lines; others in their order."""
    if board.arrangement is not BoardArrangement.FREE:
        return board.pins
    return tuple(sorted(board.pins, key=_line_and_column))


def _line_and_column(pin: Pin) -> tuple[int, float]:
    return (0, 0.0) if pin.spot is None else (round(pin.spot.y / SPOT_STEP[1]), pin.spot.x)
