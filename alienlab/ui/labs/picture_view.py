"""A picture with its axes, and the handles that are dragged in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from alienlab.app.pictures import to_qimage
from alienlab.domain.laboratories.exhibits import Grip, Picture
from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.labs.grips import Held, corners, drawn_box, held
from alienlab.ui.labs.numbers import said, value_on
from alienlab.ui.labs.picture_painter import PicturePainter, frame_of
from alienlab.ui.theme import Theme

REACH = 10
"""Pixels from a handle within which the pointer holds it."""
_LINES = (Grip.ACROSS, Grip.UP)
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PictureView(QWidget):
    """Arrow keys move the chosen handle, with Shift ten times as far; Space chooses the next one.

    Ctrl with the arrow keys stretches a box; Delete lets it cover everything.
    """

    dragged = Signal(str, object)
    """A parameter and its new value."""
    pointed = Signal(str)
    """What is under the pointer, in words; empty beside the picture."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = PicturePainter(theme)
        self._picture: Picture | None = None
        self._image = QImage()
        self._held: tuple[Held, ...] = ()
        self._chosen = 0
        self._drag: tuple[float, float] | None = None
        self._is_smooth = False
        self._draws_box = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture")

    def sizeHint(self) -> QSize:
        return QSize(480, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    @property
    def handles(self) -> tuple[Held, ...]:
        return self._held

    @property
    def picture(self) -> Picture | None:
        return self._picture

    @property
    def frame(self) -> QRectF:
        """Where the pixels are, in this widget."""
        if self._picture is None:
            return QRectF()
        smooth = self._is_smooth or self._picture.is_smooth
        return frame_of(self._picture, QRectF(self.rect()), smooth=smooth)

    def set_theme(self, theme: Theme) -> None:
        self._painter = PicturePainter(theme)
        self.update()

    def set_smooth(self, smooth: bool) -> None:
        """Whether also whole pixels are filtered where they are enlarged."""
        self._is_smooth = smooth
        self.update()

    def show_picture(self, picture: Picture | None) -> None:
        self._picture = picture
        self._image = QImage() if picture is None else to_qimage(picture.pixels)
        self.setAccessibleDescription("" if picture is None else picture.caption)
        self.update()

    def show_handles(self, parameters: Mapping[str, Parameter], values: Mapping[str, Value]) -> None:
        """Where the handles are for these values."""
        picture = self._picture
        self._held = () if picture is None else held(picture.handles, parameters, values, picture.x, picture.y)
        self._chosen = min(self._chosen, max(0, len(self._held) - 1))
        self.setToolTip(_hint(self._held))
        self.update()

    def point_of(self, x: float, y: float) -> QPointF:
        """A place on the picture, given in shares, in this widget."""
        frame = self.frame
        return QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture is not None:
            smooth = self._is_smooth or self._picture.is_smooth
            self._painter.paint(painter, self._picture, self._image, self.frame, smooth=smooth)
            chosen = self._chosen if self.hasFocus() else None
            self._painter.paint_handles(painter, self._held, self.frame, chosen=chosen)
        if self.hasFocus():
            self._painter.paint_focus(painter, QRectF(self.rect()))
        painter.end()

    # The pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._held:
            super().mousePressEvent(event)
            return
        x, y = self._share(event.position())
        nearest = self._nearest(x, y)
        if nearest is None and not self._takes_clicks:
            return
        self._chosen = nearest if nearest is not None else self._fallback
        chosen = self._held[self._chosen]
        self._drag = (x, y)
        self._draws_box = False
        if chosen.grip is Grip.BOX:
            self._begin_box(chosen, x, y)
        else:
            self._put(chosen.moved_to(x, y))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = self._share(event.position())
        self.pointed.emit(self.words_at(event.position()))
        if self._drag is None or not self._held:
            self._point_cursor(x, y)
            return
        chosen = self._held[self._chosen]
        if chosen.grip is not Grip.BOX:
            self._put(chosen.moved_to(x, y))
        elif self._draws_box:
            self._put(drawn_box(self._drag, (min(max(x, 0), 1), min(max(y, 0), 1))))
        else:
            at_x, at_y = chosen.place
            self._put(chosen.moved_to(at_x + x - self._drag[0], at_y + y - self._drag[1]))
            self._drag = (x, y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")
        super().leaveEvent(event)

    def words_at(self, position: QPointF) -> str:
        """The pixel and the values of the axes there."""
        picture, frame = self._picture, self.frame
        if picture is None or not frame.contains(position):
            return ""
        x, y = self._share(position)
        height, width = picture.pixels.shape[:2]
        column, row = min(int(x * width), width - 1), min(int(y * height), height - 1)
        parts = []
        if picture.x is not None:
            parts.append(_named(picture.x.title, value_on(picture.x, x), picture.x.unit))
        if picture.y is not None:
            parts.append(_named(picture.y.title, value_on(picture.y, 1.0 - y), picture.y.unit))
        red, green, blue = (int(part) for part in picture.pixels[row, column])
        return "   ".join([*parts, f"pixel {column}, {row}", f"RGB {red} {green} {blue}"])

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._held:
            super().keyPressEvent(event)
            return
        chosen = self._held[self._chosen]
        modifiers = event.modifiers()
        if event.key() in _STEPS:
            across, up = _STEPS[Qt.Key(event.key())]
            if modifiers & Qt.KeyboardModifier.ControlModifier and chosen.grip is Grip.BOX:
                self._put(chosen.stretched(across, up))
            else:
                factor = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
                self._put(chosen.stepped(across, up, factor=factor))
        elif event.key() == Qt.Key.Key_Space:
            self._chosen = (self._chosen + 1) % len(self._held)
            self.update()
        elif event.key() == Qt.Key.Key_Delete and chosen.grip is Grip.BOX:
            self._put((0.0, 0.0, 0.0, 0.0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # Inside

    @property
    def _takes_clicks(self) -> bool:
        """Whether a click beside every handle moves one: there it is clear which."""
        return len(self._held) == 1 or any(one.grip in (Grip.POINT, Grip.BOX) for one in self._held)

    @property
    def _fallback(self) -> int:
        return next((i for i, one in enumerate(self._held) if one.grip in (Grip.POINT, Grip.BOX)), 0)

    def _share(self, position: QPointF) -> tuple[float, float]:
        frame = self.frame
        return (
            (position.x() - frame.x()) / max(frame.width(), 1),
            (position.y() - frame.y()) / max(frame.height(), 1),
        )

    def _nearest(self, x: float, y: float) -> int | None:
        """The handle that the pointer holds; a point before the lines that it may lie on."""
        width, height = self.frame.width(), self.frame.height()
        near = [
            (one.grip in _LINES, one.distance(x, y, width, height), number)
            for number, one in enumerate(self._held)
            if one.distance(x, y, width, height) <= REACH and not one.is_whole
        ]
        return min(near)[2] if near else None

    def _begin_box(self, chosen: Held, x: float, y: float) -> None:
        """A corner is dragged against the one across; inside the box moves; elsewhere a new one is drawn."""
        frame, places = self.frame, corners(chosen.box)
        if not chosen.is_whole and chosen.distance(x, y, frame.width(), frame.height()) <= REACH:
            nearest = min(range(4), key=lambda n: abs(places[n][0] - x) + abs(places[n][1] - y))
            self._drag, self._draws_box = places[(nearest + 2) % 4], True
            return
        left, top, right, bottom = chosen.box
        self._draws_box = chosen.is_whole or not (left < x < right and top < y < bottom)

    def _put(self, value: Value) -> None:
        chosen = self._held[self._chosen]
        if value != chosen.value:
            self.dragged.emit(chosen.parameter.id, value)

    def _point_cursor(self, x: float, y: float) -> None:
        nearest = self._nearest(x, y)
        shapes = {Grip.ACROSS: Qt.CursorShape.SplitHCursor, Grip.UP: Qt.CursorShape.SplitVCursor}
        if nearest is not None:
            self.setCursor(shapes.get(self._held[nearest].grip, Qt.CursorShape.SizeAllCursor))
        else:
            self.unsetCursor()


def _named(title: str, value: float, unit: str) -> str:
    return " ".join(part for part in (title, said(value), unit) if part)


def _hint(handles: Sequence[Held]) -> str:
    if not handles:
        return ""
    names = ", ".join(dict.fromkeys(one.parameter.name for one in handles))
    more = " Space chooses the next one." if len(handles) > 1 else ""
    return f"Drag to change {names}, or use the arrow keys; with Shift ten steps at once.{more}"
