"""What keys do on the tiles of the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from alienlab.app.comparison import Tile
from alienlab.ui.canvas.keys import ARROWS, goes_to_pixels

if TYPE_CHECKING:
    from alienlab.ui.canvas.view import CanvasView


class TileKeys:
    """Arrows walk from tile to tile or read pixels, Enter opens, Space reveals, Ctrl+Space marks."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key means anything here."""
        view, arrow, key = self._view, ARROWS.get(event.key()), event.key()
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if arrow is not None and goes_to_pixels(event):
            self._step(*arrow)
        elif arrow is not None:
            self._walk(sum(arrow))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and view.focus_key:
            view.tile_opened.emit(view.focus_key)
        elif key == Qt.Key.Key_Space and with_control:
            self._mark()
        elif key == Qt.Key.Key_Space and view.focus_key:
            view.reveal(view.focus_key)
        else:
            return False
        return True

    @property
    def _tiles(self) -> Sequence[Tile]:
        return self._view.tiles

    def _place(self) -> int | None:
        """Of the tile that has the keyboard."""
        keys = [tile.key for tile in self._tiles]
        return keys.index(self._view.focus_key) if self._view.focus_key in keys else None

    def _mark(self) -> None:
        place = self._place()
        if place is not None:
            self._view.mark(self._tiles[place])

    def _step(self, columns: int, rows: int) -> None:
        """Read the next pixel of the tile that has the keyboard."""
        place, view = self._place(), self._view
        image = None if place is None else self._tiles[place].image
        if place is not None and image is not None:
            box = view.places[place].picture
            size, frame = (image.shape[1], image.shape[0]), (box.width, box.height)
            view.shared.step((columns, rows), size, key=view.focus_key, frame=frame)

    def _walk(self, step: int) -> None:
        if not self._tiles:
            return
        place = self._place()
        there = min(len(self._tiles) - 1, max(0, 0 if place is None else place + step))
        self._view.focus_on(self._tiles[there].key)
        self._view.scroll_to(self._view.places[there])
