"""What the mouse does on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar

from alienlab.ui.canvas.board.dragging import Drag, Grasp, touches
from alienlab.ui.canvas.shared_view import ZOOM_STEP
from alienlab.ui.wheel import NOTCH

if TYPE_CHECKING:
    from alienlab.ui.canvas.board.view import BoardView

EDGE = 32
"""Pixels from the edge within which a drag scrolls."""
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class BoardMouse:
    """Turns presses, moves and releases into selections, moves of pins, rubber bands and pans."""

    def __init__(self, view: BoardView) -> None:
        self._view = view
        self._drag: Drag | None = None

    @property
    def drag(self) -> Drag | None:
        """None while nothing is held."""
        return self._drag

    @property
    def dragged(self) -> tuple[str, ...]:
        """Keys of the pins that are being moved."""
        drag = self._drag
        is_drag = drag is not None and drag.grasp is Grasp.PINS and drag.is_moving
        return self._view.selection.keys if is_drag else ()

    def give_up(self) -> None:
        """Leave what is dragged where it was."""
        self._drag = None
        self._view.viewport().update()

    def press(self, event: QMouseEvent) -> None:
        view = self._view
        place, found = view.on_board(event.position()), view.pin_at(event.position())
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if found is None:
            self._drag = Drag(grasp=Grasp.GROUND, start=place, now=place, adds=adds)
            return
        pin, of_pin = found
        pans = not view.shared.viewpoint.is_whole and of_pin.picture.contains(*place)
        grasp = Grasp.PICTURE if pans else Grasp.PINS
        self._drag = Drag(grasp=grasp, start=place, now=place, key=pin.key)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            view.select(view.selection.up_to(pin.key, view.board.state.keys))
        elif adds:
            view.select(view.selection.toggled(pin.key))
        elif pin.key not in view.selection.keys:
            view.select(view.selection.only(pin.key))

    def move(self, event: QMouseEvent) -> None:
        if self._drag is None:
            return
        before = self._drag
        self._drag = before.moved(*self._view.on_board(event.position()))
        if not self._drag.is_moving:
            return
        if self._drag.grasp is Grasp.PICTURE:
            self._pan(before, self._drag)
        else:
            self._scroll_at(event.position())
        self._view.viewport().update()

    def release(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if not drag.is_moving:
            self._click(drag, event)
        elif drag.grasp is Grasp.GROUND:
            self._take_band(drag)
        elif drag.grasp is Grasp.PINS and self._view.selection.keys:
            self._drop(drag)
        self._view.viewport().update()

    def turn(self, event: QWheelEvent) -> bool:
        """Ctrl zooms; without it, what does not fit scrolls, and what fits zooms. Whether the wheel did anything."""
        view, (across, down) = self._view, self._bars
        scrolls = max(across.maximum(), down.maximum()) > 0
        found = view.pin_at(event.position())
        if found is None or (scrolls and not event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            return down.maximum() == 0 and self._scroll_row(event)
        box, (x, y) = found[1].picture, view.on_board(event.position())
        at_x, at_y = (min(1.0, max(0.0, at)) for at in ((x - box.x) / box.width, (y - box.y) / box.height))
        factor = ZOOM_STEP ** (event.angleDelta().y() / NOTCH)
        view.shared.look_from(view.shared.viewpoint.zoomed(factor, at_x=at_x, at_y=at_y))
        event.accept()
        return True

    def _scroll_row(self, event: QWheelEvent) -> bool:
        """The wheel also moves a row, which goes only sideways."""
        bar, way = self._bars[0], event.angleDelta()
        bar.setValue(bar.value() - (way.x() or way.y()))
        event.accept()
        return True

    @property
    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self._view.horizontalScrollBar(), self._view.verticalScrollBar()

    def _click(self, drag: Drag, event: QMouseEvent) -> None:
        view, plain = self._view, not event.modifiers() & _SEVERAL
        if not drag.key:
            if plain:
                view.select(view.selection.of(()))
            return
        pin = view.board.state.find(drag.key)
        if plain:
            view.select(view.selection.only(drag.key))
        if pin is not None and view.is_veiled(pin):
            view.reveal(pin.key)

    def _take_band(self, drag: Drag) -> None:
        view = self._view
        parts = zip(view.board.pins, view.places, strict=True)
        inside = [pin.key for pin, place in parts if touches(place.whole, drag.band)]
        kept = [key for key in view.selection.keys if key not in inside] if drag.adds else []
        view.select(view.selection.of([*kept, *inside]))

    def _drop(self, drag: Drag) -> None:
        view = self._view
        if view.is_free:
            view.board.shift(view.selection.keys, *drag.way)
        else:
            view.board.reorder(view.selection.keys, view.layout_.insertion(*drag.now))

    def _pan(self, before: Drag, now: Drag) -> None:
        place, shared = self._view.place_of(now.key), self._view.shared
        if place is not None:
            dx, dy = (there - here for there, here in zip(now.now, before.now, strict=True))
            shared.look_from(shared.viewpoint.moved(dx / place.picture.width, dy / place.picture.height))

    def _scroll_at(self, position: QPointF) -> None:
        """A drag that comes near the edge goes on beyond it."""
        size = self._view.viewport().size()
        for bar, at, room in (
            (self._bars[0], position.x(), size.width()),
            (self._bars[1], position.y(), size.height()),
        ):
            if at < EDGE:
                bar.setValue(bar.value() - round(EDGE - at))
            elif at > room - EDGE:
                bar.setValue(bar.value() + round(at - room + EDGE))
