"""A picture of what will be written: whole, or at its own size to be read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from alienlab.ui.theme import Theme

MARGIN = 16
_SENTENCE_WIDTH = 360


class PreviewView(QAbstractScrollArea):
    """A click, or Enter, changes between the whole picture and its own size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._sentence = ""
        self._is_whole = True
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
        room = self.viewport().size()
        size = QSize(0, 0) if self._image is None or self._is_whole else self._image.size() / self.devicePixelRatioF()
        for bar, needed, there in (
            (self.horizontalScrollBar(), size.width() + 2 * MARGIN, room.width()),
            (self.verticalScrollBar(), size.height() + 2 * MARGIN, room.height()),
        ):
            bar.setRange(0, max(0, needed - there) if size.width() else 0)
            bar.setPageStep(there)
            bar.setSingleStep(40)
        self.viewport().update()

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
            painter.drawImage(self._place(self._image), self._image)
        painter.end()

    def _place(self, image: QImage) -> QRectF:
        room = QRectF(self.viewport().rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        ratio = self.devicePixelRatioF()
        own = QRectF(0, 0, image.width() / ratio, image.height() / ratio)
        if self._is_whole:
            share = min(1.0, room.width() / own.width(), room.height() / own.height())
            own.setSize(own.size() * share)
            own.moveCenter(room.center())
            return own
        own.moveTopLeft(room.topLeft())
        if own.width() < room.width():
            own.moveLeft(room.center().x() - own.width() / 2)
        own.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        return own

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
