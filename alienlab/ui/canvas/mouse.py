"""What the mouse does on the tiles of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from alienlab.ui.canvas.framing import Spot, share_at
from alienlab.ui.canvas.shared_view import ZOOM_STEP
from alienlab.ui.wheel import NOTCH

if TYPE_CHECKING:
    from alienlab.ui.canvas.view import CanvasView

DRAG_PIXELS = 4
"""A press that moves less than this is a click."""


class CanvasMouse:
    """The wheel zooms, dragging pans, clicks give the keyboard, mark and reveal."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._press: QPointF | None = None
        self._dragged = False

    def press(self, event: QMouseEvent) -> None:
        self._press, self._dragged = event.position(), False

    def move(self, event: QMouseEvent) -> None:
        view, shared = self._view, self._view.shared
        shared.point_at(self._spot_at(event.position()))
        if self._press is None or not view.places:
            return
        moved = event.position() - self._press
        if shared.viewpoint.is_whole or (not self._dragged and moved.manhattanLength() < DRAG_PIXELS):
            return
        self._dragged, self._press = True, event.position()
        box = view.places[0].picture
        shared.look_from(shared.viewpoint.moved(moved.x() / box.width, moved.y() / box.height))

    def release(self, event: QMouseEvent) -> None:
        view = self._view
        found = None if self._dragged else view.tile_at(event.position())
        self._press = None
        if found is None:
            return
        view.focus_on(found[0].key)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.mark(found[0])
        elif view.is_veiled(found[0]):
            view.reveal(found[0].key)

    def turn(self, event: QWheelEvent) -> bool:
        """Zoom around what is pointed at; False where the wheel is to scroll."""
        view = self._view
        scrolls = view.verticalScrollBar().maximum() > 0 and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        found = view.tile_at(event.position())
        if scrolls or found is None:
            return False
        box, y = found[1].picture, event.position().y() + view.verticalScrollBar().value()
        at_x, at_y = (event.position().x() - box.x) / box.width, (y - box.y) / box.height
        factor = ZOOM_STEP ** (event.angleDelta().y() / NOTCH)
        view.shared.look_from(view.viewpoint.zoomed(factor, at_x=at_x, at_y=min(1.0, at_y)))
        event.accept()
        return True

    def _spot_at(self, position: QPointF) -> Spot | None:
        view = self._view
        y = position.y() + view.verticalScrollBar().value()
        found = view.tile_at(position)
        if found is None or not found[1].picture.contains(position.x(), y):
            return None
        box = found[1].picture
        at_x, at_y = share_at(position.x(), y, box, view.viewpoint)
        return Spot(key=found[0].key, x=at_x, y=at_y, frame=(box.width, box.height))
