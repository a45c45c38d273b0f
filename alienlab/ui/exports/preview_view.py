"""A picture of what will be written: whole, or at its own size to be read."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from alienlab.ui.theme import Theme

MARGIN = 16
_TALL = 2.0
"""As many times larger a picture is at the width of the view, from which on it is read from top to bottom."""
_SENTENCE_WIDTH = 360


class PreviewView(QAbstractScrollArea):
    """A click, or Enter, changes between the whole picture and the size at which it is read.

    One much higher than wide begins at that size: as a whole it would be a thread.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._sentence = ""
        self._is_whole, self._is_tall = True, False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Preview")
        self.setToolTip("Click to read it at its own size, click again to see the whole of it")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def image(self) -> QImage | None:
        return self._image

    @property
    def is_whole(self) -> bool:
        return self._is_whole

    def sizeHint(self) -> QSize:
        return QSize(720, 560)

    def show_image(self, image: QImage) -> None:
        self._image, self._sentence = image, ""
        was_tall, self._is_tall = self._is_tall, self._share_across() >= _TALL * self._share_of_whole()
        if self._is_tall is not was_tall:
            self._is_whole = not self._is_tall
        self.setAccessibleDescription(f"{image.width()} × {image.height()} pixels")
        self._arrange()

    def show_sentence(self, sentence: str) -> None:
        """Say why there is no picture."""
        self._image, self._sentence = None, sentence
        self.setAccessibleDescription(sentence)
        self._arrange()

    def toggle(self) -> None:
        self._is_whole = not self._is_whole
        self._arrange()

    def _arrange(self) -> None:
        room, size = self.viewport().size(), self._size()
        for bar, needed, there in (
            (self.horizontalScrollBar(), round(size.width()) + 2 * MARGIN, room.width()),
            (self.verticalScrollBar(), round(size.height()) + 2 * MARGIN, room.height()),
        ):
            bar.setRange(0, max(0, needed - there) if not self._is_whole and self._image is not None else 0)
            bar.setPageStep(there)
            bar.setSingleStep(40)
        self.viewport().update()

    def _own(self) -> QSizeF:
        """Size of the picture, a pixel of it on a pixel of the screen."""
        return QSizeF() if self._image is None else QSizeF(self._image.size()) / self.devicePixelRatioF()

    def _room(self) -> QRectF:
        return QRectF(self.viewport().rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _share_across(self) -> float:
        return min(1.0, self._room().width() / self._own().width())

    def _share_of_whole(self) -> float:
        return min(self._share_across(), self._room().height() / self._own().height())

    def _size(self) -> QSizeF:
        """As it is shown now: whole, one that is tall as wide as there is room, any other at its own size."""
        if self._image is None:
            return QSizeF()
        return self._own() * (
            self._share_of_whole() if self._is_whole else self._share_across() if self._is_tall else 1
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.ground))
        if self._image is None:
            painter.setPen(QColor(self._theme.muted))
            box = QRectF(0, 0, _SENTENCE_WIDTH, self.viewport().height())
            box.moveCenter(QRectF(self.viewport().rect()).center())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        painter.end()

    def _place(self) -> QRectF:
        room, place = self._room(), QRectF(QPointF(), self._size())
        if self._is_whole:
            place.moveCenter(room.center())
            return place
        place.moveTopLeft(room.topLeft())
        if place.width() < room.width():
            place.moveLeft(room.center().x() - place.width() / 2)
        if place.height() < room.height():
            place.moveTop(room.center().y() - place.height() / 2)
        place.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        return place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.toggle()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle()
        else:
            super().keyPressEvent(event)
