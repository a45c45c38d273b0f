"""The images of a walk, to look at and to open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from alienlab.app.space.strip import Cell
from alienlab.app.space.walking import Walking
from alienlab.domain.differences import INTACT_CAPTION
from alienlab.ui.space.strip_layout import MARGIN, SIDES, StripLayout, fitting_side
from alienlab.ui.space.strip_painter import StripPainter, distance_words, paint_frame
from alienlab.ui.theme import Theme
from alienlab.ui.wheel import Notches


class StripView(QAbstractScrollArea):
    """Arrows go from image to image and Enter opens; Ctrl+wheel, + and − change the size, 0 fits it."""

    opened = Signal(object)
    """The recipe of an image."""

    def __init__(self, walking: Walking, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._walking, self._strip, self._theme = walking, walking.strip, theme
        self._painter = StripPainter(walking.strip)
        self._side: int | None = None
        """As the user chose it; None fits it to the room."""
        self._walk = walking.strip.walk
        self._hovered: Cell | None = None
        self._current: Cell | None = None
        self._notches = Notches()
        self._layout = StripLayout(places=0, minds=1, side=SIDES[0], width=1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Images of the walk")
        walking.changed.connect(self._take)
        self._take()

    @property
    def layout_(self) -> StripLayout:
        return self._layout

    @property
    def current(self) -> Cell | None:
        """The image that has the keyboard."""
        return self._current

    def rect_of(self, cell: Cell) -> QRect:
        """Where an image stands in the viewport."""
        return self._layout.image(cell).translated(-self._scroll)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def zoom(self, steps: int) -> None:
        """Larger images, or smaller ones where ``steps`` is negative."""
        place = SIDES.index(self._layout.side) + steps
        self._side = SIDES[min(len(SIDES) - 1, max(0, place))]
        self._arrange()

    def fit(self) -> None:
        """As large as all can be seen, within reason."""
        self._side = None
        self._arrange()

    def tip(self, cell: Cell) -> str:
        """What is known of an image."""
        strip = self._strip
        recipe, distance = strip.recipe(cell), strip.distance(cell.place)
        lines = [str(recipe.prompt) or "nothing: the unconditional point"]
        if distance is not None:
            lines.append(f"{distance_words(strip, cell.place)} from the first point (norm {distance:.4g})")
        lines.append(", ".join(map(str, recipe.lesions)) or INTACT_CAPTION)
        lines += [text for text in (strip.seen(cell), strip.failure(cell)) if text]
        return "\n".join(lines)

    # Following the model

    def _take(self) -> None:
        walk = self._strip.walk
        if walk is not self._walk:
            has_grown = walk is not None and self._walk is not None and walk.title == self._walk.title
            self._walk, self._hovered, self._current = walk, None, None
            if not has_grown:
                self._side = None
                self.verticalScrollBar().setValue(0)
        self._arrange()
        done, total = self._strip.progress
        self.setAccessibleDescription(f"{total} images, {done} of them done")

    def _arrange(self) -> None:
        walk, minds = self._strip.walk, max(1, len(self._strip.minds))
        places, columns = (0, None) if walk is None else (len(walk.stops), walk.columns)
        room = self.maximumViewportSize()
        side = self._side or fitting_side(places=places, minds=minds, room=room, columns=columns)
        layout = StripLayout(places=places, minds=minds, side=side, width=room.width(), columns=columns)
        if layout.size.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            layout = StripLayout(places=places, minds=minds, side=side, width=room.width(), columns=columns)
        self._layout = layout
        if self._current is not None and self._current.mind >= minds:
            self._current = Cell(minds - 1, self._current.place)
        for bar, needed, there in (
            (self.horizontalScrollBar(), layout.size.width(), room.width()),
            (self.verticalScrollBar(), layout.size.height(), room.height()),
        ):
            bar.setRange(0, max(0, needed - there))
            bar.setPageStep(there)
            bar.setSingleStep(side // 2)
        self.viewport().update()

    @property
    def _scroll(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            shape = Qt.CursorShape.ArrowCursor if cell is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _go(self, way: int, *, minds: int = 0) -> None:
        """So many images along, or to another mind."""
        if not self._layout.places:
            return
        at = self._current
        mind = 0 if at is None else min(max(at.mind + minds, 0), self._layout.minds - 1)
        place = 0 if at is None else min(max(at.place + way, 0), self._layout.places - 1)
        self._current = Cell(mind, place)
        tile = self._layout.image(self._current)
        for bar, start, end, room in (
            (self.horizontalScrollBar(), tile.left(), tile.right(), self.viewport().width()),
            (self.verticalScrollBar(), tile.top(), tile.bottom(), self.viewport().height()),
        ):
            bar.setValue(min(max(bar.value(), end + MARGIN - room), start - MARGIN))
        self.viewport().update()

    def _down(self, sign: int) -> None:
        """To the next mind, or to the next line."""
        at, layout = self._current, self._layout
        if at is None or 0 <= at.mind + sign < layout.minds:
            self._go(0, minds=sign)
        elif 0 <= at.place + sign * layout.across < layout.places:
            self._go(sign * layout.across, minds=-sign * (layout.minds - 1))

    def _open(self, cell: Cell | None) -> None:
        if cell is not None:
            self.opened.emit(self._strip.recipe(cell))

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.set_ratio(self.devicePixelRatioF())
        painter.fillRect(event.rect(), QColor(self._theme.surface))
        painter.translate(-self._scroll)
        layout, lines = self._layout, set()
        for place in layout.places_within(event.rect().translated(self._scroll)):
            self._painter.paint_point(painter, layout, place, self._theme)
            lines.add(place // layout.across)
        if layout.gutter:
            for line in lines:
                self._painter.paint_names(painter, layout, line, self._theme)
        if self._hovered is not None and self._hovered.place < layout.places:
            paint_frame(painter, layout.image(self._hovered), self._theme.text)
        if self._current is not None and self.hasFocus():
            paint_frame(painter, layout.image(self._current), self._theme.accent)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        if steps := self._notches.take(event):
            self.zoom(steps)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._layout.at(event.position().toPoint() + self._scroll))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self._layout.at(event.position().toPoint() + self._scroll))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._go(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Left as key:
                self._go(1 if key == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Down | Qt.Key.Key_Up as key:
                self._down(1 if key == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1)
            case Qt.Key.Key_Minus:
                self.zoom(-1)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self._open(self._current)
            case _:
                super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            cell = self._layout.at(event.pos() + self._scroll)
            QToolTip.showText(event.globalPos(), "" if cell is None else self.tip(cell), self)
            return True
        return super().viewportEvent(event)
