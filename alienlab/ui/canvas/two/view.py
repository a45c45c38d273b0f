"""Two images laid over each other, with one zoom and one pan: what mouse and keys do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from alienlab.app.comparison import Tile
from alienlab.app.image_difference import common_size
from alienlab.app.two_images import Direction, Tool, TwoImages
from alienlab.ui.canvas.framing import Spot, share_at
from alienlab.ui.canvas.keys import ARROWS, goes_to_pixels
from alienlab.ui.canvas.shared_view import ZOOM_STEP, SharedView
from alienlab.ui.canvas.two.painting import CURSORS, Scene, is_near, line_of
from alienlab.ui.canvas.two.picture import TwoImagesPicture
from alienlab.ui.theme import Theme

STEP = 0.01
"""Share of the wipe or the onion skin that an arrow key moves; ten times that with Shift."""


class TwoImagesView(TwoImagesPicture):
    """The line of a wipe is dragged, or moved by arrow keys; they set the onion skin too, and change a held blink."""

    def __init__(
        self,
        two: TwoImages,
        theme: Theme,
        *,
        shared: SharedView,
        is_veiled: Callable[[Tile], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(two, theme, shared=shared, is_veiled=is_veiled, parent=parent)
        self._grip: Callable[[QPointF], None] | None = None
        self._last = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        box = self.stage.picture
        at_x = min(1.0, max(0.0, (event.position().x() - box.x) / box.width))
        at_y = min(1.0, max(0.0, (event.position().y() - box.y) / box.height))
        factor = ZOOM_STEP ** (event.angleDelta().y() / 120)
        self._shared.look_from(self._shared.viewpoint.zoomed(factor, at_x=at_x, at_y=at_y))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._last = event.position()
        scene = self._scene()
        if scene is not None and self._takes_line(scene, event.position()):
            self._grip = self._drag_line
            self._drag_line(event.position())
        else:
            self._grip = self._pan

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._shared.point_at(self._spot_at(event.position()))
        if self._grip is not None:
            self._grip(event.position())
        scene = self._scene()
        if scene is not None and self._two.tool is Tool.WIPE:
            near = self._takes_line(scene, event.position())
            self.setCursor(CURSORS[self._two.settings.direction] if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def leaveEvent(self, event: QEvent) -> None:
        self._shared.leave()
        super().leaveEvent(event)

    def _takes_line(self, scene: Scene, position: QPointF) -> bool:
        """Anywhere on the picture while it is whole, as there is nothing to pan; else near the line."""
        if self._two.tool is not Tool.WIPE or self._obstacle():
            return False
        on_picture = scene.box.contains(position.x(), position.y())
        return is_near(position, line_of(scene)) or (on_picture and self._shared.viewpoint.is_whole)

    def _drag_line(self, position: QPointF) -> None:
        box = self.stage.picture
        if self._two.settings.direction is Direction.VERTICAL:
            self._two.change(wipe=(position.x() - box.x) / box.width)
        else:
            self._two.change(wipe=(position.y() - box.y) / box.height)

    def _pan(self, position: QPointF) -> None:
        box, moved = self.stage.picture, position - self._last
        self._last = position
        if not self._shared.viewpoint.is_whole:
            self._shared.look_from(self._shared.viewpoint.moved(moved.x() / box.width, moved.y() / box.height))

    def _spot_at(self, position: QPointF) -> Spot | None:
        box = self.stage.picture
        if self._two.a is None or not box.contains(position.x(), position.y()):
            return None
        at_x, at_y = share_at(position.x(), position.y(), box, self._shared.viewpoint)
        return Spot(key=self._two.a.key, x=at_x, y=at_y, frame=(box.width, box.height))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow, key = ARROWS.get(event.key()), event.key()
        if arrow is not None and goes_to_pixels(event):
            self._step(arrow)
        elif arrow is not None and self._two.tool is not Tool.DIFFERENCE:
            tenfold = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(arrow, STEP * (10 if tenfold else 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._two.tool in (Tool.WIPE, Tool.ONION):
            self._set_share(0.0 if key == Qt.Key.Key_Home else 1.0)
        elif key == Qt.Key.Key_Space and self._two.tool is Tool.BLINK:
            self._two.change(is_paused=not self._two.settings.is_paused)
        else:
            super().keyPressEvent(event)

    def _move(self, arrow: tuple[int, int], step: float) -> None:
        settings = self._two.settings
        if settings.tool is Tool.BLINK:
            if settings.is_paused:
                self._blink()
        elif settings.tool is Tool.WIPE:
            self._set_share(settings.wipe + sum(arrow) * step)
        else:
            self._set_share(settings.onion + (arrow[0] - arrow[1]) * step)

    def _set_share(self, share: float) -> None:
        if self._two.tool is Tool.WIPE:
            self._two.change(wipe=share)
        else:
            self._two.change(onion=share)

    def _step(self, arrow: tuple[int, int]) -> None:
        """To the next pixel of the larger image."""
        a, b = self._pictures()
        if self._two.a is not None and a is not None:
            size, box = common_size(a, a if b is None else b), self.stage.picture
            self._shared.step(arrow, size, key=self._two.a.key, frame=(box.width, box.height))
