"""Paints the board: its pins, and what a drag may become."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPen

from alienlab.domain.board import Pin
from alienlab.ui.canvas.board.dragging import Drag, Grasp, touches
from alienlab.ui.canvas.board.pin_painter import PinLook, PinPainter
from alienlab.ui.canvas.image_painting import qrect
from alienlab.ui.canvas.layout import Place, Rect
from alienlab.ui.canvas.tile_painter import TileLook

if TYPE_CHECKING:
    from alienlab.ui.canvas.board.view import BoardView

LETTERS = ("A", "B")


class BoardPainting:
    """Paints what is seen of a view, the lowest pin first."""

    def __init__(self, view: BoardView) -> None:
        self._view = view
        self._pins = PinPainter()

    def forget_all_but(self, keys: Iterable[str]) -> None:
        self._pins.images.forget_all_but(keys)

    def paint(self, painter: QPainter, look: TileLook, seen: Rect, drag: Drag | None) -> None:
        """``seen`` is the part of the board that is in sight; ``drag`` is what the mouse holds."""
        view = self._view
        dragged = view.dragged
        for pin, place, caption in view.stacked():
            is_dragged = pin.key in dragged
            if touches(place.whole, seen) and not (view.is_free and is_dragged):
                self._paint_pin(painter, pin, place, caption, look, is_lifted=is_dragged)
        if drag is None or not drag.is_moving:
            return
        if drag.grasp is Grasp.GROUND:
            self._paint_band(painter, drag.band, look)
        elif drag.grasp is Grasp.PINS and view.is_free:
            self._paint_carried(painter, drag, look)
        elif drag.grasp is Grasp.PINS:
            self._paint_insertion(painter, drag, look)

    def _paint_pin(
        self,
        painter: QPainter,
        pin: Pin,
        place: Place,
        caption: tuple[str, ...],
        look: TileLook,
        *,
        is_lifted: bool = False,
    ) -> None:
        view = self._view
        keys = view.selection.keys
        compared = keys.index(pin.key) if len(keys) == len(LETTERS) and pin.key in keys else None
        seen = PinLook(
            pin=pin,
            picture=view.picture_of(pin),
            caption=caption,
            label=view.label_of(pin),
            is_veiled=view.is_veiled(pin),
            is_selected=pin.key in keys,
            is_focused=view.hasFocus() and pin.key == view.selection.focus,
            is_lifted=is_lifted,
            letter="" if compared is None else LETTERS[compared],
        )
        self._pins.paint(painter, seen, place, look, label_line=view.has_labels, is_free=view.is_free)

    def _paint_band(self, painter: QPainter, band: Rect, look: TileLook) -> None:
        accent = QColor(look.theme.accent)
        ground = QColor(accent)
        ground.setAlpha(40)
        painter.setBrush(ground)
        painter.setPen(QPen(accent, 1))
        painter.drawRect(qrect(band))

    def _paint_carried(self, painter: QPainter, drag: Drag, look: TileLook) -> None:
        """Pins that lie freely, where they would come to lie."""
        painter.save()
        painter.translate(*self._shift_of(drag))
        for pin, place, caption in self._view.stacked():
            if pin.key in self._view.dragged:
                self._paint_pin(painter, pin, place, caption, look)
        painter.restore()

    def _paint_insertion(self, painter: QPainter, drag: Drag, look: TileLook) -> None:
        """Where in the order pins would come to stand."""
        layout = self._view.layout_
        mark = layout.mark(layout.insertion(*drag.now), beside=drag.now[1])
        if mark is not None:
            painter.fillRect(qrect(mark), QColor(look.theme.accent))

    def _shift_of(self, drag: Drag) -> tuple[float, float]:
        """How far pins come to lie from where they are."""
        state = self._view.board.state
        after = state.shifted(self._view.selection.keys, *drag.way)
        for pin in after.pins:
            before = state.find(pin.key)
            if pin.key == drag.key and pin.spot is not None and before is not None and before.spot is not None:
                return pin.spot.x - before.spot.x, pin.spot.y - before.spot.y
        return drag.way
