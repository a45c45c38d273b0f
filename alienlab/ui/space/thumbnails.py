"""Many small images in as many columns as there is room for."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from alienlab.app.pictures import blurred, to_qimage
from alienlab.app.space.breadth_survey import Picture
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.ui.canvas.keys import ARROWS
from alienlab.ui.space.strip_painter import paint_frame, scaled
from alienlab.ui.theme import Theme

SIDE = 56
GAP = 4


class Thumbnails(QWidget):
    """A click or Enter opens an image, arrow keys walk to it; what is still to come is an empty place."""

    opened = Signal(object)
    """The recipe of an image."""
    gone_to = Signal(QRect)
    """Where the image is that the keyboard went to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: Sequence[Picture] = ()
        self._wanted = 0
        self._pixmaps: dict[Picture, QPixmap] = {}
        self._hovered: int | None = None
        self._current = 0
        """The image that has the keyboard."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._wanted / self._across(width)) * (SIDE + GAP)

    def sizeHint(self) -> QSize:
        return QSize(5 * (SIDE + GAP), self.heightForWidth(5 * (SIDE + GAP)))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_pictures(self, pictures: Sequence[Picture], wanted: int) -> None:
        """Those that are there of so many."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()
        self._pictures = pictures
        self._pixmaps = {picture: self._pixmaps[picture] for picture in pictures if picture in self._pixmaps}
        self.setAccessibleDescription(f"{wanted} images, {len(pictures)} of them done")
        self.update()

    def rect_of(self, number: int) -> QRect:
        line, column = divmod(number, self._across(self.width()))
        return QRect(column * (SIDE + GAP), line * (SIDE + GAP), SIDE, SIDE)

    def current_recipe(self) -> DiffusionRecipe | None:
        """Of the image under the pointer; else of the one that has the keyboard."""
        return self._recipe(self._current if self._hovered is None else self._hovered)

    def recipe_at(self, spot: QPoint) -> DiffusionRecipe | None:
        return self._recipe(self._at(spot))

    def _recipe(self, number: int | None) -> DiffusionRecipe | None:
        return self._pictures[number].recipe if number is not None and number < len(self._pictures) else None

    def _across(self, width: int) -> int:
        return max(1, (width + GAP) // (SIDE + GAP))

    def _at(self, spot: QPoint) -> int | None:
        return next((number for number in range(len(self._pictures)) if self.rect_of(number).contains(spot)), None)

    def _pixmap(self, picture: Picture) -> QPixmap:
        found = self._pixmaps.get(picture)
        if found is None:
            image = to_qimage(picture.image)
            found = scaled(blurred(image) if picture.is_flagged else image, SIDE, self.devicePixelRatioF())
            self._pixmaps[picture] = found
        return found

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            self.setCursor(Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number in range(self._wanted):
            area = self.rect_of(number)
            if not area.intersects(event.rect()):
                continue
            if number < len(self._pictures):
                painter.drawPixmap(area.topLeft(), self._pixmap(self._pictures[number]))
            else:
                painter.fillRect(area, QColor(self._theme.raised))
        if self._hovered is not None:
            paint_frame(painter, self.rect_of(self._hovered), self._theme.text)
        if self.hasFocus() and self._current < len(self._pictures):
            paint_frame(painter, self.rect_of(self._current), self._theme.accent)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number is not None and event.button() is Qt.MouseButton.LeftButton:
            self._current = number
            self.opened.emit(self._pictures[number].recipe)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way, recipe = ARROWS.get(event.key()), self._recipe(self._current)
        if way is not None and self._pictures:
            self._go(way[0] + way[1] * self._across(self.width()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and recipe is not None:
            self.opened.emit(recipe)
        else:
            super().keyPressEvent(event)

    def _go(self, way: int) -> None:
        self._current = min(max(0, self._current + way), len(self._pictures) - 1)
        self.gone_to.emit(self.rect_of(self._current))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            number = self._at(event.pos())
            picture = None if number is None else self._pictures[number]
            text = "" if picture is None else f"{picture.recipe.prompt}\n{picture.seen}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
