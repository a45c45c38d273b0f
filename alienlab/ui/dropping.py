"""What is to be seen and done while files are dragged over the window."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from alienlab.app.arrivals import Kind, kind_of, promise
from alienlab.app.dropping import Dropping
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import Theme, Type

LINGER_MS = 80
"""Between two widgets a drag leaves the window for a moment; the hint does not flicker."""
_MARGIN, _FRAME, _ROUNDING, _PADDING, _ICON, _GAP = 8, 2, 8, 24, 32, 16
_VEIL, _WIDEST = 176, 640
_TEXT_ROOM = _WIDEST - 2 * _PADDING - _ICON - _GAP
_ICONS = {Kind.IMAGES: Icon.IMAGE, Kind.ARCHIVE: Icon.IMPORT, Kind.SESSION: Icon.FOLDER, Kind.NOTHING: Icon.INFO}


class DropTarget(QObject):
    """Lets a window take files wherever none of its widgets takes them itself."""

    def __init__(self, window: QWidget, dropping: Dropping, appearance: AppearanceSwitch) -> None:
        super().__init__(window)
        self._dropping = dropping
        self.hint = DropHint(window, appearance)
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._linger.timeout.connect(self.hint.hide)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        for line in window.findChildren(QLineEdit):
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._window:
            return self._pass_on(event)
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove:
                return self._enter(cast("QDragEnterEvent", event))
            case QEvent.Type.DragLeave:
                self._linger.start()
                return True
            case QEvent.Type.Drop:
                return self._drop(cast("QDropEvent", event))
            case QEvent.Type.Resize:
                self.hint.cover()
        return super().eventFilter(watched, event)

    def _pass_on(self, event: QEvent) -> bool:
        """A line of text would take a file's address for words."""
        is_held = event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove)
        if is_held and cast("QDragEnterEvent", event).mimeData().hasUrls():
            event.ignore()
            return True
        return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        paths = files_in(event.mimeData())
        if not event.mimeData().hasUrls():
            return False
        self._linger.stop()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.hint.tell(kind_of(paths), promise(paths))
        return True

    def _drop(self, event: QDropEvent) -> bool:
        if not event.mimeData().hasUrls():
            return False
        self.hint.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._dropping.take(files_in(event.mimeData()))
        return True


class DropHint(QWidget):
    """Over the whole window: a veil, a frame, and a sentence of what will happen."""

    def __init__(self, window: QWidget, appearance: AppearanceSwitch) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._kind, self._text = Kind.NOTHING, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def text(self) -> str:
        return self._text

    def tell(self, kind: Kind, text: str) -> None:
        if (kind, text) != (self._kind, self._text) or not self.isVisible():
            self._kind, self._text = kind, text
            self.setAccessibleName(text)
            self.cover()
            self.raise_()
            self.show()
            self.update()

    def cover(self) -> None:
        """Be as large as the window."""
        self.setGeometry(self._window.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.ground)
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QPen(QColor(self._colour(theme)), _FRAME))
        painter.drawRoundedRect(frame, _ROUNDING, _ROUNDING)
        self._paint_card(painter, theme)

    def _paint_card(self, painter: QPainter, theme: Theme) -> None:
        font = QFont(self.font())
        font.setPixelSize(Type.TITLE)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, min(_TEXT_ROOM, self.width() - 160))
        width = metrics.horizontalAdvance(text) + _ICON + _GAP + 2 * _PADDING
        card = QRectF(0, 0, width, _ICON + 2 * _PADDING)
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(card, _ROUNDING, _ROUNDING)
        inner = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        picture = themed(_ICONS[self._kind], theme, self._colour(theme)).pixmap(_ICON, _ICON)
        painter.drawPixmap(inner.topLeft(), picture)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        painter.drawText(inner.adjusted(_ICON + _GAP, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _colour(self, theme: Theme) -> str:
        """Calmer where nothing can be taken."""
        return theme.faint if self._kind is Kind.NOTHING else theme.accent


def files_in(data: QMimeData | None) -> tuple[Path, ...]:
    """Files and folders on this machine."""
    urls = data.urls() if data is not None else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
