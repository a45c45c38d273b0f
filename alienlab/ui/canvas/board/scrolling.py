"""Which part of the board is in sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from alienlab.ui.canvas.layout import GAP, Rect

STEP = 32
"""Pixels that a notch of the wheel, or an arrow of a scroll bar, goes."""


class BoardScroll:
    """Moves the scroll bars of a view in both directions alike."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._area = area

    @property
    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self._area.horizontalScrollBar(), self._area.verticalScrollBar()

    @property
    def offset(self) -> tuple[int, int]:
        """Where on the board the upper left corner of the view is."""
        across, down = self._bars
        return across.value(), down.value()

    def on_board(self, position: QPointF) -> tuple[float, float]:
        """A place of the viewport, on the board."""
        x, y = self.offset
        return position.x() + x, position.y() + y

    @property
    def seen(self) -> Rect:
        """With room for the marks of what is selected around it."""
        size, (x, y) = self._area.viewport().size(), self.offset
        return Rect(x - GAP, y - GAP, size.width() + 2 * GAP, size.height() + 2 * GAP)

    def room_beside_bars(self, width: float, height: float) -> QSize:
        """What is left of the view where so large a board needs scroll bars: each takes room across its direction."""
        size, thick = self._area.maximumViewportSize(), self._bars[1].sizeHint().width()
        return size - QSize(thick * (height > size.height()), thick * (width > size.width()))

    def set_extent(self, width: float, height: float, room: QSize) -> None:
        """Of the board, and of the part of it that is in sight."""
        for bar, needed, seen in zip(self._bars, (width, height), (room.width(), room.height()), strict=True):
            bar.setRange(0, max(0, round(needed) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(STEP)

    def show(self, whole: Rect) -> None:
        """Go no further than is needed to have this in sight, with a gap around it."""
        size = self._area.viewport().size()
        spans = ((whole.x, whole.right, size.width()), (whole.y, whole.bottom, size.height()))
        for bar, (start, end, room) in zip(self._bars, spans, strict=True):
            bar.setValue(round(min(max(bar.value(), end + GAP - room), start - GAP)))
