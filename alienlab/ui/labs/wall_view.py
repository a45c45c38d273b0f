"""Pictures beside each other, of which some set parameters when they are clicked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from alienlab.app.pictures import to_qimage
from alienlab.domain.laboratories.exhibits import Picture, Wall
from alienlab.domain.laboratories.parameters import Value
from alienlab.ui.appearance import font_of
from alienlab.ui.labs.picture_painter import paint_pixels
from alienlab.ui.labs.wall_layout import LINE, WallLayout, laid_out
from alienlab.ui.theme import Theme, Type

_MOVES = {
    Qt.Key.Key_Left: lambda columns: -1,
    Qt.Key.Key_Right: lambda columns: 1,
    Qt.Key.Key_Up: lambda columns: -columns,
    Qt.Key.Key_Down: lambda columns: columns,
}


class WallView(QAbstractScrollArea):
    """The arrow keys go from picture to picture, Enter does what a click does."""

    chosen = Signal(object)
    """The values that a picture sets, by parameter."""
    pointed = Signal(str)
    """The caption of what is under the pointer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wall: Wall | None = None
        self._layout: WallLayout | None = None
        self._images: list[QImage] = []
        self._hovered: int | None = None
        self._current = 0
        self._values: Mapping[str, Value] = {}
        self._font = font_of(Type.SMALL)
        self._metrics = QFontMetrics(self._font)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Wall of pictures")

    def sizeHint(self) -> QSize:
        return QSize(480, 400)

    @property
    def wall(self) -> Wall | None:
        return self._wall

    @property
    def current(self) -> int:
        """The picture that has the keyboard."""
        return self._current

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def show_wall(self, wall: Wall) -> None:
        self._wall = wall
        self._images = [to_qimage(picture.pixels) for picture in wall.pictures]
        self._current = min(self._current, max(0, len(wall.pictures) - 1))
        self._take_size()
        self._describe()

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Mark the pictures that stand for these values."""
        self._values = values
        self.viewport().update()

    def cell_rect(self, number: int) -> QRect:
        """Where a picture's cell is, in the viewport."""
        assert self._layout is not None
        return QRect(*self._layout.cell(number)).translated(-self._offset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_size()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.ground))
        if self._wall is not None and self._layout is not None:
            painter.setFont(self._font)
            painter.translate(-self._offset)
            seen = event.rect().translated(self._offset)
            for number, picture in enumerate(self._wall.pictures):
                cell = QRect(*self._layout.cell(number))
                if cell.adjusted(-4, -4, 4, 4 + self._layout.caption).intersects(seen):
                    self._paint_cell(painter, number, picture, cell)
            self._paint_titles(painter, self._wall, self._layout)
        painter.end()

    def _paint_cell(self, painter: QPainter, number: int, picture: Picture, cell: QRect) -> None:
        image = self._images[number]
        size = image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(cell.topLeft(), size)
        target.moveCenter(cell.center())
        paint_pixels(painter, QRectF(target), image, smooth=picture.is_smooth)
        colour = self._frame_colour(number, picture)
        if colour:
            painter.setPen(QPen(QColor(colour), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell).adjusted(-2, -2, 2, 2), 2, 2)
        if picture.caption and self._layout is not None and self._layout.caption:
            room = QRect(cell.x() - 2, cell.bottom() + 2, cell.width() + 4, LINE)
            text = self._metrics.elidedText(picture.caption, Qt.TextElideMode.ElideRight, room.width())
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _frame_colour(self, number: int, picture: Picture) -> str:
        if self.hasFocus() and number == self._current:
            return self._theme.text
        if picture.sets and all(self._values.get(id_) == value for id_, value in picture.sets.items()):
            return self._theme.accent
        return self._theme.faint if number == self._hovered and picture.sets else ""

    def _paint_titles(self, painter: QPainter, wall: Wall, layout: WallLayout) -> None:
        painter.setPen(QColor(self._theme.muted))
        for column, title in enumerate(wall.column_titles[: layout.columns]):
            x, y, width, _ = layout.cell(column)
            room = QRect(x - 2, y - LINE - 4, width + 4, LINE)
            text = self._metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        widest = self._row_room(wall)
        for row, title in enumerate(wall.row_titles[: layout.rows]):
            x, y, _, height = layout.cell(row * layout.columns)
            room = QRect(x - widest - 8, y, widest, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title)

    # The pointer and the keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and number is not None:
            self._go_to(number)
            self._choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._layout is None or self._wall is None:
            return
        if event.key() in _MOVES:
            target = self._current + _MOVES[Qt.Key(event.key())](self._layout.columns)
            self._go_to(min(max(target, 0), len(self._wall.pictures) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(None)
        if isinstance(event, QHelpEvent):
            number = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if number is None else self._words(number), self)
            return True
        return super().viewportEvent(event)

    # Inside

    @property
    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _at(self, position: QPointF) -> int | None:
        if self._layout is None:
            return None
        place = position + QPointF(self._offset)
        return self._layout.at(place.x(), place.y())

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            sets = self._wall is not None and number is not None and bool(self._wall.pictures[number].sets)
            pointing = Qt.CursorShape.PointingHandCursor if sets else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(pointing)
            self.pointed.emit("" if number is None else self._words(number))
            self.viewport().update()

    def _go_to(self, number: int) -> None:
        self._current = number
        cell = self.cell_rect(number)
        for bar, low, high, room in (
            (self.verticalScrollBar(), cell.top(), cell.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), cell.left(), cell.right(), self.viewport().width()),
        ):
            bar.setValue(bar.value() + min(0, low - 8) + max(0, high + LINE + 8 - room))
        self._describe()
        self.viewport().update()

    def _choose(self, number: int) -> None:
        assert self._wall is not None
        sets = self._wall.pictures[number].sets if number < len(self._wall.pictures) else {}
        if sets:
            self.chosen.emit(dict(sets))

    def _words(self, number: int) -> str:
        assert self._wall is not None
        wall, columns = self._wall, self._layout.columns if self._layout else 1
        row, column = divmod(number, columns)
        parts = (
            wall.row_titles[row] if row < len(wall.row_titles) else "",
            wall.column_titles[column] if column < len(wall.column_titles) else "",
            wall.pictures[number].caption,
        )
        return " · ".join(dict.fromkeys(part for part in parts if part))

    def _describe(self) -> None:
        if self._wall is not None and self._wall.pictures:
            self.setAccessibleDescription(self._words(self._current))

    def _row_room(self, wall: Wall) -> int:
        return max((self._metrics.horizontalAdvance(title) for title in wall.row_titles), default=0)

    def _take_size(self) -> None:
        wall, room = self._wall, self.viewport().size()
        if wall is None:
            return
        self._layout = laid_out(
            (
                max((picture.pixels.shape[1] for picture in wall.pictures), default=1),
                max((picture.pixels.shape[0] for picture in wall.pictures), default=1),
            ),
            count=len(wall.pictures),
            columns=wall.columns,
            room=(room.width(), room.height()),
            has_captions=any(picture.caption for picture in wall.pictures),
            row_titles=self._row_room(wall),
            column_titles=bool(wall.column_titles),
        )
        width, height = self._layout.size
        for bar, whole, shown in (
            (self.horizontalScrollBar(), width, room.width()),
            (self.verticalScrollBar(), height, room.height()),
        ):
            bar.setRange(0, max(0, whole - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(48)
        self.viewport().update()
