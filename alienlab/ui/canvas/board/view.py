"""The pins of the board, to be looked at together, selected and moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from alienlab.app.board.board import Board
from alienlab.app.board.pictures import PinPictures
from alienlab.app.labels import Labels
from alienlab.domain.board import BoardArrangement, Pin
from alienlab.domain.differences import captions, common, describe
from alienlab.session.log.labels import UNLABELLED, Label
from alienlab.ui.canvas.board.dragging import Drag, Grasp, touches
from alienlab.ui.canvas.board.keys import BoardKeys
from alienlab.ui.canvas.board.layout import BoardLayout, hull, lay_out_board
from alienlab.ui.canvas.board.mouse import BoardMouse
from alienlab.ui.canvas.board.pin_painter import PinLook, PinPainter, is_written
from alienlab.ui.canvas.board.selecting import PinSelection
from alienlab.ui.canvas.layout import GAP, Place, Rect
from alienlab.ui.canvas.recognition_bars import FEWEST_SUBJECTS
from alienlab.ui.canvas.shared_view import ZOOM_STEP, SharedView
from alienlab.ui.canvas.tile_painter import TileLook
from alienlab.ui.theme import Theme

LETTERS = ("A", "B")
MOST_LINES = 4
"""Of a caption: pins may differ in more than the tiles of a comparison do."""


class BoardView(QAbstractScrollArea):
    """Shows a Board. Dragging moves pins; where images are zoomed it pans, and captions move pins.

    A click selects, with Ctrl or Shift several, as a rubber band does.
    """

    menu_requested = Signal(str, QPoint)
    """Key of a pin, and where on the screen its menu is wanted."""
    pin_opened = Signal(str)
    """A pin was double-clicked, or Enter pressed on it."""
    selection_changed = Signal()
    name_wanted = Signal()
    star_wanted = Signal()
    """Both of what is selected."""

    def __init__(
        self,
        board: Board,
        pictures: PinPictures,
        labels: Labels,
        theme: Theme,
        *,
        shared: SharedView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board, self._pictures, self._labels, self._theme, self._shared = board, pictures, labels, theme, shared
        self._painter = PinPainter()
        self._keys = BoardKeys(self)
        self._smooth = self._blurs = self._wants_bars = False
        self._has_labels = self._recognises = False
        self._revealed: set[str] = set()
        self._selection = PinSelection()
        self._captions: list[tuple[str, ...]] = []
        self._layout = BoardLayout((), 0.0, 0.0)
        self._mouse = BoardMouse(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)  # the page takes what is dropped
        self.setAccessibleName("Board of pinned images")
        board.changed.connect(self._take_pins)
        pictures.came.connect(self._take_picture)
        labels.changed.connect(self._arrange)
        shared.changed.connect(self.viewport().update)
        self._take_pins()

    # What is shown

    @property
    def board(self) -> Board:
        return self._board

    @property
    def captions(self) -> Sequence[tuple[str, ...]]:
        """What sets each pin apart, in their order."""
        return self._captions

    @property
    def common(self) -> str:
        """What all pins share."""
        return common([pin.recipe for pin in self._board.pins])

    @property
    def places(self) -> tuple[Place, ...]:
        """In the order of the pins, before scrolling."""
        return self._layout.places

    @property
    def layout_(self) -> BoardLayout:
        return self._layout

    @property
    def shared(self) -> SharedView:
        """Zoom and pan, the same on all pages of the canvas."""
        return self._shared

    @property
    def selection(self) -> PinSelection:
        return self._selection

    @property
    def selected(self) -> tuple[Pin, ...]:
        """Those that are selected, in that order; else the one that has the keyboard."""
        keys = self._selection.keys or ((self._selection.focus,) if self._selection.focus else ())
        found = (self._board.state.find(key) for key in keys)
        return tuple(pin for pin in found if pin is not None)

    def select(self, selection: PinSelection) -> None:
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()
            self.viewport().update()

    def is_veiled(self, pin: Pin) -> bool:
        """Whether the pin is blurred now."""
        return self._blurs and pin.is_flagged and pin.key not in self._revealed

    def reveal(self, key: str) -> None:
        """Show what is veiled, or veil it again."""
        self._revealed ^= {key}
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        self._arrange()

    def set_blurs_flagged(self, blurs: bool) -> None:
        self._blurs = blurs
        self.viewport().update()

    def set_wants_bars(self, wants: bool) -> None:
        """Whether what each image is of stands beneath it as bars, and not on one line."""
        self._wants_bars = wants
        self._arrange()

    def scroll_to(self, key: str) -> None:
        place = self.place_of(key)
        if place is None:
            return
        whole = hull(place)
        for bar, start, end, room in (
            (self.horizontalScrollBar(), whole.x, whole.right, self.viewport().width()),
            (self.verticalScrollBar(), whole.y, whole.bottom, self.viewport().height()),
        ):
            bar.setValue(round(min(max(bar.value(), end + GAP - room), start - GAP)))

    def label_of(self, pin: Pin) -> Label:
        return UNLABELLED if pin.number is None else self._labels.of(pin.number)

    # Following the models

    def _take_pins(self) -> None:
        pins = self._board.pins
        self._captions = captions([pin.recipe for pin in pins])
        self._painter.forget_all_but(self._board.state.keys)
        self._mouse.give_up()
        self.select(self._selection.among(self._board.state.keys))
        self._arrange()

    def _take_picture(self, key: str) -> None:
        self._arrange()

    def _update_lines(self) -> None:
        """Whether captions need lines for labels and for what images are of."""
        shown = [self.label_of(pin) for pin in self._board.pins]
        self._has_labels = any(map(is_written, shown))
        known = (self._pictures.known(pin.key) for pin in self._board.pins)
        made = (None if picture is None else picture.provenance for picture in known)
        self._recognises = any(one is not None and one.recognition is not None for one in made)

    def _look(self) -> TileLook:
        return TileLook(
            theme=self._theme,
            smooth=self._smooth,
            viewpoint=self._shared.viewpoint,
            recognises=self._recognises,
            subjects=FEWEST_SUBJECTS if self._wants_bars and self._recognises else 0,
        )

    def _arrange(self) -> None:
        self._update_lines()
        lines = min(MOST_LINES, max(map(len, self._captions), default=1))
        lines += self._look().recognition_lines + self._has_labels
        size = self.maximumViewportSize()
        layout = self._laid_out(size, lines)
        # A scroll bar takes room across its direction.
        bar = self.verticalScrollBar().sizeHint().width()
        needs_bar = layout.height > size.height(), layout.width > size.width()
        size -= QSize(bar * needs_bar[0], bar * needs_bar[1])
        self._layout = self._laid_out(size, lines)
        for scroll, needed, room in (
            (self.horizontalScrollBar(), self._layout.width, size.width()),
            (self.verticalScrollBar(), self._layout.height, size.height()),
        ):
            scroll.setRange(0, max(0, round(needed) - room))
            scroll.setPageStep(room)
            scroll.setSingleStep(32)
        self._describe()
        self.viewport().update()

    def _laid_out(self, size: QSize, lines: int) -> BoardLayout:
        return lay_out_board(
            self._board.state,
            width=size.width(),
            height=size.height(),
            whole_pixels=not self._smooth,
            device_pixels=self.devicePixelRatioF(),
            caption_lines=lines,
        )

    def _describe(self) -> None:
        texts = [
            " · ".join(filter(None, ("starred" if label.star else "", label.name, *lines)))
            for pin, lines in zip(self._board.pins, self._captions, strict=True)
            for label in [self.label_of(pin)]
        ]
        self.setAccessibleDescription("; ".join(texts))

    # Where things are

    def on_board(self, position: QPointF) -> tuple[float, float]:
        return (
            position.x() + self.horizontalScrollBar().value(),
            position.y() + self.verticalScrollBar().value(),
        )

    def _seen(self) -> Rect:
        size = self.viewport().size()
        margin = GAP  # of selection marks
        x, y = self.on_board(QPointF(-margin, -margin))
        return Rect(x, y, size.width() + 2 * margin, size.height() + 2 * margin)

    def place_of(self, key: str) -> Place | None:
        keys = self._board.state.keys
        return self._layout.places[keys.index(key)] if key in keys else None

    def _stacked(self) -> list[tuple[Pin, Place, tuple[str, ...]]]:
        """From the lowest to the highest."""
        parts = zip(self._board.pins, self._layout.places, self._captions, strict=True)
        return sorted(parts, key=lambda part: 0 if part[0].spot is None or not self.is_free else part[0].spot.z)

    def pin_at(self, position: QPointF) -> tuple[Pin, Place] | None:
        """The uppermost pin at a place of the viewport."""
        x, y = self.on_board(position)
        for pin, place, _ in reversed(self._stacked()):
            if hull(place).contains(x, y):
                return pin, place
        return None

    @property
    def is_free(self) -> bool:
        return self._board.arrangement is BoardArrangement.FREE

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        look, drag, dragged, seen = self._look(), self._mouse.drag, self._mouse.dragged, self._seen()
        for pin, place, caption in self._stacked():
            if not touches(hull(place), seen) or (self.is_free and pin.key in dragged):
                continue
            self._paint_pin(painter, pin, place, caption, look, is_lifted=pin.key in dragged)
        if drag is not None and drag.is_moving:
            self._paint_drag(painter, drag, look, dragged)
        painter.end()

    def _paint_pin(
        self,
        painter: QPainter,
        pin: Pin,
        place: Place,
        caption: tuple[str, ...],
        look: TileLook,
        *,
        is_lifted: bool = False,
    ) -> None:
        keys = self._selection.keys
        compared = keys.index(pin.key) if len(keys) == len(LETTERS) and pin.key in keys else None
        seen = PinLook(
            pin=pin,
            picture=self._pictures.get(pin),
            caption=caption,
            label=self.label_of(pin),
            is_veiled=self.is_veiled(pin),
            is_selected=pin.key in keys,
            is_focused=self.hasFocus() and pin.key == self._selection.focus,
            is_lifted=is_lifted,
            letter="" if compared is None else LETTERS[compared],
        )
        self._painter.paint(painter, seen, place, look, label_line=self._has_labels, is_free=self.is_free)

    def _paint_drag(self, painter: QPainter, drag: Drag, look: TileLook, dragged: Sequence[str]) -> None:
        accent = QColor(self._theme.accent)
        if drag.grasp is Grasp.GROUND:
            band = drag.band
            ground = QColor(accent)
            ground.setAlpha(40)
            painter.setBrush(ground)
            painter.setPen(QPen(accent, 1))
            painter.drawRect(QRectF(band.x, band.y, band.width, band.height))
        elif drag.grasp is Grasp.PINS and self.is_free:
            painter.save()
            painter.translate(*self._shift_of(drag))
            for pin, place, caption in self._stacked():
                if pin.key in dragged:
                    self._paint_pin(painter, pin, place, caption, look)
            painter.restore()
        elif drag.grasp is Grasp.PINS:
            mark = self._layout.mark(self._layout.insertion(*drag.now), beside=drag.now[1])
            if mark is not None:
                painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), accent)

    def _shift_of(self, drag: Drag) -> tuple[float, float]:
        """How far pins come to lie from where they are."""
        after = self._board.state.shifted(self._selection.keys, *drag.way)
        for pin in after.pins:
            before = self._board.state.find(pin.key)
            if pin.key == drag.key and pin.spot is not None and before is not None and before.spot is not None:
                return pin.spot.x - before.spot.x, pin.spot.y - before.spot.y
        return drag.way

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.pin_at(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.pin_opened.emit(found[0].key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms; without it, what does not fit scrolls, and what fits zooms."""
        scrolls = max(self.verticalScrollBar().maximum(), self.horizontalScrollBar().maximum()) > 0
        found = self.pin_at(event.position())
        if found is None or (scrolls and not event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._scroll_by(event)
            return
        box, (x, y) = found[1].picture, self.on_board(event.position())
        at_x, at_y = (min(1.0, max(0.0, at)) for at in ((x - box.x) / box.width, (y - box.y) / box.height))
        factor = ZOOM_STEP ** (event.angleDelta().y() / 120)
        self._shared.look_from(self._shared.viewpoint.zoomed(factor, at_x=at_x, at_y=at_y))
        event.accept()

    def _scroll_by(self, event: QWheelEvent) -> None:
        """The wheel also moves a row, which goes only sideways."""
        if self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            bar, way = self.horizontalScrollBar(), event.angleDelta()
            bar.setValue(bar.value() - (way.x() or way.y()))
            event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        found = self.pin_at(QPointF(event.pos())) if event.reason() is QContextMenuEvent.Reason.Mouse else None
        key = found[0].key if found is not None else self._selection.focus
        if key:
            if key not in self._selection.keys:
                self.select(self._selection.only(key))
            self.menu_requested.emit(key, event.globalPos())

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._mouse.drag is not None:
            self._mouse.give_up()
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys of the board come before shortcuts of the window."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            ends_drag = event.key() == Qt.Key.Key_Escape and self._mouse.drag is not None
            if ends_drag or self._keys.takes(event):
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.select(self._selection.among(self._board.state.keys))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.pin_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if found is None else self.tip(found[0]), self)
            return True
        return super().viewportEvent(event)

    def tip(self, pin: Pin) -> str:
        """All that is known of a pin."""
        label, picture = self.label_of(pin), self._pictures.get(pin)
        written = (label.name, ", ".join(label.tags), label.notes)
        recognition = None if picture is None or picture.provenance is None else picture.provenance.recognition
        said: Iterable[str] = () if recognition is None else recognition.lines()
        failure = "" if picture is None else picture.failure
        return "\n".join(filter(None, (*written, describe(pin.recipe), *said, failure)))

    def sizeHint(self) -> QSize:
        return QSize(640, 420)
