"""The plane as a map that can be dragged and zoomed without end."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from alienlab.app.space.drawn_path import DrawnPath
from alienlab.app.space.plane import Address
from alienlab.app.space.tiles import PlaneTiles
from alienlab.app.space.viewpoint import TILE, Viewpoint
from alienlab.ui.space.path_painter import PathPainter
from alienlab.ui.space.path_tool import PathTool
from alienlab.ui.space.plane_painter import PlanePainter, tile_rect
from alienlab.ui.space.sight import Sight
from alienlab.ui.theme import Theme
from alienlab.ui.wheel import Notches

SECOND_CLICK_MS = 250
"""So long a click waits for a second one."""
_WAYS = {
    Qt.Key.Key_Left: (TILE, 0),
    Qt.Key.Key_Right: (-TILE, 0),
    Qt.Key.Key_Up: (0, TILE),
    Qt.Key.Key_Down: (0, -TILE),
}


class PlaneView(QWidget):
    """Dragging and the arrow keys pan; the wheel, + and − zoom; a double click and 0 lead back to the origin.

    The path tool comes first: what it takes does nothing else.
    """

    tile_opened = Signal(object)
    """The Address of a tile that was clicked on."""
    viewpoint_changed = Signal(object)
    """A Viewpoint from which one looks now."""
    pointed = Signal(object)
    """The Address that the pointer is on, or None."""
    place_changed = Signal(str)
    """Where the pointer is, in words; empty where it is not on the plane."""

    def __init__(
        self,
        tiles: PlaneTiles,
        path: DrawnPath,
        theme: Theme,
        *,
        path_tool: PathTool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tiles, self.path, self._theme = tiles, path, theme
        self.path_tool = path_tool or PathTool(path, self)
        self._painter = PlanePainter(tiles)
        self._path_painter = PathPainter(path, self.path_tool)
        self._viewpoint = Viewpoint()
        self._came_from: int | None = None
        """The level that was looked at before this one."""
        self._pressed: QPointF | None = None
        self._dragged_from: Viewpoint | None = None
        self._pointer: QPointF | None = None
        self._pointed: Address | None = None
        """What the pointer is on in another view of the same plane."""
        self._clicked: Address | None = None
        self._notches = Notches()
        self._click = QTimer(self, singleShot=True, interval=SECOND_CLICK_MS)
        self._click.timeout.connect(self._open_clicked)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(2 * TILE, 2 * TILE)
        self.setAccessibleName("Plane through concept space")
        tiles.progressed.connect(self._take)
        for changed in (path.changed, self.path_tool.changed, self.path_tool.switched):
            changed.connect(self.update)

    @property
    def sight(self) -> Sight:
        return Sight(self._viewpoint, self.width(), self.height(), self.path.unit)

    @property
    def viewpoint(self) -> Viewpoint:
        return self._viewpoint

    @property
    def theme(self) -> Theme:
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def go(self, viewpoint: Viewpoint) -> None:
        """Look from elsewhere."""
        if viewpoint.level != self._viewpoint.level:
            self._came_from = self._viewpoint.level
        has_moved, self._viewpoint = viewpoint != self._viewpoint, viewpoint
        self._tiles.look(viewpoint, self.width(), self.height())
        self._tell_place()
        self.update()
        if has_moved:
            self.viewpoint_changed.emit(viewpoint)

    def follow(self, viewpoint: Viewpoint) -> None:
        """Look from where another view does."""
        if viewpoint != self._viewpoint:
            self.go(viewpoint)

    def point_at(self, address: Address | None) -> None:
        """Mark what the pointer is on in another view."""
        self._pointed = address
        self.update()

    def go_home(self) -> None:
        """Back to the origin, from where one looked first."""
        self.go(Viewpoint())

    def zoom(self, levels: int, anchor: QPointF | None = None) -> None:
        """What is at ``anchor``, or in the middle, stays there."""
        right, down = self._from_middle(anchor) if anchor is not None else (0.0, 0.0)
        self.go(self._viewpoint.zoomed(levels, right, down))

    def address_at(self, position: QPointF) -> Address:
        return self._viewpoint.address_at(*self._from_middle(position))

    def middle_of(self, address: Address) -> QPointF:
        """Where a tile's middle stands in this widget."""
        return tile_rect(address, self._viewpoint, self.size()).center()

    def place_words(self, position: QPointF) -> str:
        """Coordinates, and how far it is from the origin."""
        plane = self._tiles.plane
        if plane is None:
            return ""
        x, y = self._viewpoint.at(*self._from_middle(position))
        far = math.hypot(x, y)
        decimals = max(2, self._viewpoint.level + 2)
        place = f"{_signed(x, decimals)}, {_signed(y, decimals)} in units of {plane.unit_words}"
        return f"{place} · {far:.{decimals}f} from the origin (norm {far * plane.unit:.4g})"

    def _from_middle(self, position: QPointF) -> tuple[float, float]:
        return position.x() - self.width() / 2, position.y() - self.height() / 2

    def _take(self) -> None:
        self._tell_place()
        self.update()

    def _tell_place(self) -> None:
        self.place_changed.emit("" if self._pointer is None else self.place_words(self._pointer))
        self.pointed.emit(None if self._pointer is None else self._hovered())

    def _open_clicked(self) -> None:
        if self._clicked is not None and self._tiles.plane is not None:
            self.tile_opened.emit(self._clicked)

    def _hovered(self) -> Address | None:
        """The tile that a click or Enter would open."""
        if self.path_tool.is_on or self.path_tool.is_busy or self._dragged_from is not None:
            return None
        if self._pointer is not None:
            return self.address_at(self._pointer)
        if self._pointed is not None:
            return self._pointed
        return self._viewpoint.address_at(0, 0) if self.hasFocus() else None

    def _show_cursor(self) -> None:
        is_on_corner = self._pointer is not None and self.path_tool.corner_at(self._pointer, self.sight) is not None
        cursor = Qt.CursorShape.SizeAllCursor if is_on_corner else Qt.CursorShape.CrossCursor
        if self.cursor().shape() is not cursor:
            self.setCursor(cursor)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._painter.set_ratio(self.devicePixelRatioF())
        self._painter.paint(
            painter, self.size(), self._viewpoint, self._theme, hovered=self._hovered(), stand_ins=self._came_from
        )
        self._path_painter.paint(painter, self.sight, self._pointer)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.go(self._viewpoint)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if levels := self._notches.take(event):
            self.zoom(levels, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self.path_tool.press(event.position(), self.sight):
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self.path_tool.move(event.position(), self.sight):
            pass
        elif self._pressed is None:
            self._show_cursor()
        else:
            way = event.position() - self._pressed
            if self._dragged_from is None and way.manhattanLength() >= QApplication.startDragDistance():
                self._dragged_from = self._viewpoint
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._dragged_from is not None:
                self.go(self._dragged_from.moved(way.x(), way.y()))
        self._take()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.path_tool.release(event.position(), self.sight) or self._pressed is None:
            return
        was_click, self._pressed = self._dragged_from is None, None
        self._dragged_from = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        if was_click:
            self._clicked = self.address_at(event.position())
            self._click.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._click.stop()
        if self.path_tool.is_on:
            self.path_tool.switch(False)
        elif self.path_tool.corner_at(event.position(), self.sight) is None:
            self.go_home()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = None
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.path_tool.press_key(event):
            return
        if key in _WAYS:
            self.go(self._viewpoint.moved(*_WAYS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1, self._pointer)
        elif key == Qt.Key.Key_Minus:
            self.zoom(-1, self._pointer)
        elif key == Qt.Key.Key_0:
            self.go_home()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._clicked = self._viewpoint.address_at(0, 0)
            self._open_clicked()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self.path_tool.takes(event):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            reason = self._tiles.failure(self.address_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), reason, self)
            return True
        return super().event(event)


def _signed(number: float, decimals: int) -> str:
    rounded = round(number, decimals) + 0.0  # no minus before a zero
    return f"{rounded:.{decimals}f}".replace("-", "−")
