"""The concept map as a picture that can be dragged and zoomed, and in which a path is clicked together."""

from __future__ import annotations

from collections import Counter

import numpy as np
from PySide6.QtCore import QEvent, QMarginsF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from alienlab.app.space.concept_layout import ConceptLayout
from alienlab.app.space.concept_map import ConceptMap
from alienlab.ui.space.label_places import DOT, Box, placed
from alienlab.ui.space.map_camera import MapCamera
from alienlab.ui.space.map_painter import BADGE, MapScene, label_font, label_text, paint_map
from alienlab.ui.theme import Theme
from alienlab.ui.wheel import NOTCH

REACH = 8.0
"""Pixels around a dot in which it is clicked on."""
ZOOM_STEP = 1.25
"""By so much a notch of the wheel, or a key, zooms."""
_KEY_WAY = 64
_MARGIN = 28
"""Pixels around all of the map; to the right there is room for a label."""
_AIR = 4
"""Pixels between labels and the edge of the view."""
_WAYS = {
    Qt.Key.Key_Left: QPointF(_KEY_WAY, 0),
    Qt.Key.Key_Right: QPointF(-_KEY_WAY, 0),
    Qt.Key.Key_Up: QPointF(0, _KEY_WAY),
    Qt.Key.Key_Down: QPointF(0, -_KEY_WAY),
}


class MapView(QWidget):
    """Dragging and the arrow keys pan; the wheel, + and − zoom; 0 shows all. Clicks make the path."""

    opened = Signal(int)
    """A concept that was clicked on twice: its place in the layout."""

    def __init__(self, concept_map: ConceptMap, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map, self._theme = concept_map, theme
        self._layout: ConceptLayout | None = None
        self._widths: list[float] = []
        """Of the labels."""
        self._camera = MapCamera()
        self._is_fitted = True
        self._labels: tuple[object, dict[int, Box]] = ((), {})
        """What they were placed for, and their boxes relative to the middle of the map."""
        self._pointer: QPointF | None = None
        self._pressed: QPointF | None = None
        self._dragged_from: MapCamera | None = None
        self._extended = False
        """By the last click."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 200)
        self.setAccessibleName("Concept map")
        concept_map.changed.connect(self._take)
        self._take()

    @property
    def camera(self) -> MapCamera:
        return self._camera

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def fit(self) -> None:
        """Show all of the map."""
        self._is_fitted = True
        if self._layout is not None:
            room = max((width + DOT + _AIR for width in self._widths), default=0.0)
            margins = QMarginsF(_MARGIN, _MARGIN, min(room, self.width() / 3), _MARGIN)
            self._camera = MapCamera.fitted(self._layout.projection.places, self._size, margins)
        self.update()

    def zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        """What is at ``anchor``, or in the middle, stays there."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        self._look(self._camera.zoomed(factor, (middle if anchor is None else anchor) - middle))

    def position_of(self, index: int) -> QPointF:
        """Where a concept's dot stands in this widget."""
        return self._dots()[index]

    def shown_labels(self) -> dict[int, QRectF]:
        """Of the concepts whose words are shown; the others are dots."""
        layout = self._layout
        if layout is None:
            return {}
        key = (layout, self._camera.scale, self._map.route, self._is_fitted)
        if self._labels[0] != key:
            self._labels = key, self._place_labels(layout)
        shift = self._origin
        return {
            index: QRectF(QPointF(*box[:2]), QPointF(*box[2:])).translated(shift)
            for index, box in self._labels[1].items()
        }

    def index_at(self, position: QPointF) -> int | None:
        """The concept whose dot is in reach, or whose label is there."""
        far = [((dot - position).manhattanLength(), index) for index, dot in enumerate(self._dots())]
        distance, nearest = min(far, default=(REACH + 1, -1))
        if distance <= REACH:
            return nearest
        return next((index for index, area in self.shown_labels().items() if area.contains(position)), None)

    @property
    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    @property
    def _origin(self) -> QPointF:
        """Where the middle of the map stands."""
        return QPointF(*self._camera.positions(np.zeros((1, 2)), self._size)[0])

    def _dots(self) -> list[QPointF]:
        if self._layout is None:
            return []
        return [QPointF(x, y) for x, y in self._camera.positions(self._layout.projection.places, self._size)]

    def _place_labels(self, layout: ConceptLayout) -> dict[int, Box]:
        named = [index for index, entry in enumerate(layout.entries) if entry.is_named]
        numbered = {index: BADGE * (visits + 1) / 2 + 3.0 for index, visits in Counter(self._map.route).items()}
        return placed(
            layout.projection.places * np.array((1.0, -1.0)) * self._camera.scale,
            self._widths,
            QFontMetricsF(label_font(self.font())).height(),
            dict.fromkeys((*self._map.route, *named, *range(len(layout.entries)))),
            clear=dict.fromkeys(named, DOT) | numbered,
            within=self._bounds if self._is_fitted else None,
        )

    @property
    def _bounds(self) -> Box:
        """Of this view, relative to the middle of the map, with a little air."""
        corner = np.array((self._origin.x(), self._origin.y()))
        return np.concatenate([_AIR - corner, np.array((self.width(), self.height())) - _AIR - corner])

    def _look(self, camera: MapCamera) -> None:
        self._camera, self._is_fitted = camera, False
        self.update()

    def _take(self) -> None:
        if self._map.layout is not self._layout:
            self._layout = self._map.layout
            self._measure()
            self.fit()
        self.update()

    def _measure(self) -> None:
        metrics = QFontMetricsF(label_font(self.font()))
        entries = () if self._layout is None else self._layout.entries
        self._widths = [metrics.horizontalAdvance(label_text(entry, metrics)) for entry in entries]

    def _show_cursor(self) -> None:
        is_on_label = self._pointer is not None and self.index_at(self._pointer) is not None
        cursor = Qt.CursorShape.PointingHandCursor if is_on_label else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._dragged_from is not None else cursor)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        hovered = None
        if self._pointer is not None and self._dragged_from is None:
            hovered = self.index_at(self._pointer)
        entries = () if self._layout is None else self._layout.entries
        scene = MapScene(entries, self._dots(), self.shown_labels(), self._map.route, hovered)
        paint_map(painter, self._size, scene, self._theme)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self._pressed is not None:
            way = event.position() - self._pressed
            if self._dragged_from is None and way.manhattanLength() >= QApplication.startDragDistance():
                self._dragged_from = self._camera
            if self._dragged_from is not None:
                self._look(self._dragged_from.moved(way))
        self._show_cursor()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_click, self._pressed = self._dragged_from is None, None
        self._dragged_from = None
        index = self.index_at(event.position()) if was_click else None
        if index is not None:
            before = self._map.route
            self._map.extend(index)
            self._extended = self._map.route != before
        self._show_cursor()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first of the two clicks was no step of the path."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index = self.index_at(event.position())
        if index is not None:
            if self._extended and self._map.route[-1:] == (index,):
                self._map.shorten()
            self._extended = False
            self.opened.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _WAYS:
            self._look(self._camera.moved(_WAYS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP, self._pointer)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP, self._pointer)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Backspace:
            self._map.shorten()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Escape):
            self._map.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self._map.route
        ):
            event.accept()  # else the window would stop rendering
            return True
        return super().event(event)
