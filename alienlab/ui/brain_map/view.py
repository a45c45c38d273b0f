"""The map as one looks at it: zooming, panning, pointing and selecting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from alienlab.app.selection import Selection
from alienlab.ui.brain_map.camera import Camera
from alienlab.ui.brain_map.geometry import Cell, Frame, MapLayout, Row
from alienlab.ui.brain_map.painter import MapPainter, Picture
from alienlab.ui.theme import Theme

Target = Cell | Row | Frame
"""What the pointer can be on."""

ZOOM_STEP = 1.25
_DRAG_FROM = 5
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
EMPTY = MapLayout(0, 0, (), (), (), {})


class MapView(QWidget):
    """Paints a layout and turns gestures into changes of the selection.

    Dragging pans, Shift-dragging draws a rubber band. ``hovered`` carries what the pointer is on, or None.
    """

    hovered = Signal(object)
    opened = Signal(str)
    """A module was clicked without modifiers, or is selected while Enter is pressed; carries its path."""
    fitting = Signal()
    """About to show all of the map: time to lay it out for the size of this widget."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._theme = theme
        self._painter = MapPainter(theme)
        self._picture = Picture(EMPTY, {}, None)
        self._camera = Camera()
        self._fitted = True
        self._ground: QPixmap | None = None
        self._target: Target | None = None
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._band: QRectF | None = None
        self._current: str | None = None
        self._space_held = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Brain map")
        self.setAccessibleDescription("All modules of the brain. Arrow keys move the selection, Enter opens it.")
        selection.changed.connect(self.update)

    # What is shown

    def sizeHint(self) -> QSize:
        return QSize(640, 500)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    @property
    def picture(self) -> Picture:
        return self._picture

    @property
    def camera(self) -> Camera:
        return self._camera

    def set_picture(self, picture: Picture) -> None:
        changed_layout = picture.layout is not self._picture.layout
        self._picture = picture
        self._ground = None
        if changed_layout:
            self._point_at(None)
            self._fit_camera()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._painter = MapPainter(theme)
        self._ground = None
        self.update()

    def cell_rect(self, path: str) -> QRect:
        """Where a module's cell stands, in this widget's pixels."""
        return self._camera.to_view(self._picture.layout.cells[path].box).toAlignedRect()

    # Camera

    def fit(self) -> None:
        """Show all of the map, and keep doing so while the widget changes its size."""
        self._fitted = True
        self.fitting.emit()
        self._fit_camera()

    def _fit_camera(self) -> None:
        self._fitted = True
        self._look_from(Camera.fitted(self._content(), QSizeF(self.size())))

    def zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom about ``anchor``, or about the middle of the view."""
        self._fitted = False
        anchor = anchor or QPointF(self.rect().center())
        self._look_from(self._camera.zoomed(factor, anchor, farthest=self._farthest()))

    def pan(self, dx: float, dy: float) -> None:
        self._fitted = False
        self._look_from(self._camera.moved(dx, dy))

    def _look_from(self, camera: Camera) -> None:
        view = QSizeF(self.size())
        self._camera = camera if self._fitted else camera.kept_near(self._content(), view)
        self._ground = None
        self.update()

    def _content(self) -> QSizeF:
        return QSizeF(self._picture.layout.width, self._picture.layout.height)

    def _farthest(self) -> float:
        return Camera.fitted(self._content(), QSizeF(self.size())).scale * 0.5

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fitted:
            self.fit()
        else:
            growth = event.size() - event.oldSize()
            self._look_from(self._camera.moved(growth.width() / 2, growth.height() / 2))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted_ground())
        self._painter.paint_overlay(painter, self._picture, self._camera, self._selection.paths, self._target)
        if self._band is not None:
            painter.setPen(QPen(QColor(self._theme.accent), 1.0))
            shade = QColor(self._theme.accent)
            shade.setAlpha(36)
            painter.setBrush(shade)
            painter.drawRect(self._band)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _painted_ground(self) -> QPixmap:
        if self._ground is None:
            ratio = self.devicePixelRatioF()
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            painter = QPainter(self._ground)
            self._painter.paint_ground(painter, self._picture, self._camera, QRectF(self.rect()))
            painter.end()
        return self._ground

    # Pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        self.zoom(ZOOM_STEP ** (delta / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        self._pressed = event.position()
        self._dragged = None
        bands = event.button() == Qt.MouseButton.LeftButton and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._band = QRectF(self._pressed, QSizeF()) if bands and not self._space_held else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._point_at(self.target_at(event.position()))
            return
        if self._dragged is None and (event.position() - self._pressed).manhattanLength() < _DRAG_FROM:
            return
        before = self._dragged or self._pressed
        self._dragged = event.position()
        self._point_at(None)
        if self._band is not None:
            self._band = QRectF(self._pressed, self._dragged).normalized()
            self.update()
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(self._dragged.x() - before.x(), self._dragged.y() - before.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        toggles = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._dragged is None and event.button() == Qt.MouseButton.LeftButton:
            self._click(self.target_at(event.position()), event.modifiers())
        elif self._band is not None and self._dragged is not None:
            caught = [cell.path for cell in self._picture.layout.cells_in(self._camera.to_box(self._band))]
            self._selection.toggle(caught) if toggles else self._selection.replace(caught)
        self._pressed = self._dragged = self._band = None
        self.unsetCursor()
        self._point_at(self.target_at(event.position()))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.target_at(event.position()) is None:
            self.fit()
        else:
            self.mousePressEvent(event)

    def target_at(self, position: QPointF) -> Target | None:
        x, y = self._camera.to_map(position)
        layout = self._picture.layout
        return layout.cell_at(x, y) or layout.row_at(x, y) or layout.frame_at(x, y)

    def _click(self, target: Target | None, modifiers: Qt.KeyboardModifier) -> None:
        if target is None:
            paths: tuple[str, ...] = ()
        elif isinstance(target, Cell):
            paths = (target.path,)
            self._current = target.path
        else:
            paths = target.paths
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(paths)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selection.extend(paths)
        else:
            self._selection.replace(paths)
            if isinstance(target, Cell):
                self.opened.emit(target.path)

    def _point_at(self, target: Target | None) -> None:
        if target is not self._target:
            self._target = target
            self.hovered.emit(target)
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point_at(self.target_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key], extends=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._selection.replace(self._picture.layout.cells)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (start := self._start()) is not None:
            self.opened.emit(start)
        elif key == Qt.Key.Key_Space:
            self._space_held = True
        elif key == Qt.Key.Key_Escape and self._selection.paths:
            self._selection.clear()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        super().focusOutEvent(event)

    def _step(self, step: tuple[int, int], *, extends: bool) -> None:
        cells = self._picture.layout.cells
        if not cells:
            return
        start = self._start()
        found = next(iter(cells.values())) if start is None else self._picture.layout.neighbour(start, step)
        if found is None:
            return
        self._current = found.path
        self._selection.extend([found.path]) if extends else self._selection.replace([found.path])
        self._bring_into_view(self._camera.to_view(found.slot))

    def _start(self) -> str | None:
        """The selected module that keys act from: the last one clicked or reached, else the first."""
        cells, selected = self._picture.layout.cells, self._selection.paths
        if self._current in selected and self._current in cells:
            return self._current
        return next((path for path in cells if path in selected), None)

    def _bring_into_view(self, rect: QRectF) -> None:
        room = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        dx = max(0.0, room.left() - rect.left()) - max(0.0, rect.right() - room.right())
        dy = max(0.0, room.top() - rect.top()) - max(0.0, rect.bottom() - room.bottom())
        if dx or dy:
            self.pan(dx, dy)
