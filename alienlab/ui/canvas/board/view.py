"""The pins of the board, to be looked at together, selected and moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from alienlab.app.board.board import Board
from alienlab.app.board.pictures import PinPicture, PinPictures
from alienlab.app.labels import Labels
from alienlab.domain.board import BoardArrangement, Pin
from alienlab.domain.differences import captions, common
from alienlab.session.log.labels import UNLABELLED, Label
from alienlab.ui.canvas.board.keys import BoardKeys
from alienlab.ui.canvas.board.layout import BoardLayout, lay_out_board
from alienlab.ui.canvas.board.mouse import BoardMouse
from alienlab.ui.canvas.board.painting import BoardPainting
from alienlab.ui.canvas.board.pin_painter import is_written
from alienlab.ui.canvas.board.pin_words import in_short, tip
from alienlab.ui.canvas.board.scrolling import BoardScroll
from alienlab.ui.canvas.board.selecting import PinSelection
from alienlab.ui.canvas.images_view import ImagesView
from alienlab.ui.canvas.layout import Place
from alienlab.ui.canvas.recognition_bars import FEWEST_SUBJECTS
from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.canvas.tile_painter import TileLook
from alienlab.ui.theme import Theme

MOST_LINES = 4
"""Of a caption: pins may differ in more than the tiles of a comparison do."""


class BoardView(ImagesView):
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
        super().__init__(theme, shared, parent)
        self._board, self._pictures, self._labels = board, pictures, labels
        self._painting = BoardPainting(self)
        self._keys = BoardKeys(self)
        self._recognises = False
        self.has_labels = False
        """Whether captions keep a line for stars, names and tags."""
        self._selection = PinSelection()
        self._captions: list[tuple[str, ...]] = []
        self._layout = BoardLayout((), 0.0, 0.0)
        self._mouse, self._scroll = BoardMouse(self), BoardScroll(self)
        self.follow(self._mouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)  # the page takes what is dropped
        self.setAccessibleName("Board of pinned images")
        board.changed.connect(self._take_pins)
        pictures.came.connect(self._take_picture)
        labels.changed.connect(self._arrange)
        self.outgrown.connect(self._arrange)
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
    def selection(self) -> PinSelection:
        return self._selection

    @property
    def selected(self) -> tuple[Pin, ...]:
        """Those that are selected, in that order; else the one that has the keyboard."""
        keys = self._selection.keys or ((self._selection.focus,) if self._selection.focus else ())
        found = (self._board.state.find(key) for key in keys)
        return tuple(pin for pin in found if pin is not None)

    @property
    def dragged(self) -> tuple[str, ...]:
        """Keys of the pins that are being moved."""
        return self._mouse.dragged

    def select(self, selection: PinSelection) -> None:
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()
            self.viewport().update()

    def is_veiled(self, pin: Pin) -> bool:
        """Whether the pin is blurred now."""
        return pin.is_flagged and self.veils(pin.key)

    def scroll_to(self, key: str) -> None:
        place = self.place_of(key)
        if place is not None:
            self._scroll.show(place.whole)

    def label_of(self, pin: Pin) -> Label:
        return UNLABELLED if pin.number is None else self._labels.of(pin.number)

    def picture_of(self, pin: Pin) -> PinPicture | None:
        """None while it is being read."""
        return self._pictures.get(pin)

    # Following the models

    def _take_pins(self) -> None:
        pins = self._board.pins
        self._captions = captions([pin.recipe for pin in pins])
        self._painting.forget_all_but(self._board.state.keys)
        self._mouse.give_up()
        self.select(self._selection.among(self._board.state.keys))
        self._arrange()

    def _take_picture(self, key: str) -> None:
        self._arrange()

    def _update_lines(self) -> None:
        """Whether captions need lines for labels and for what images are of."""
        shown = [self.label_of(pin) for pin in self._board.pins]
        self.has_labels = any(map(is_written, shown))
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
        lines += self._look().recognition_lines + self.has_labels
        whole = self._laid_out(self.maximumViewportSize(), lines)
        room = self._scroll.room_beside_bars(whole.width, whole.height)
        self._layout = self._laid_out(room, lines)
        self._scroll.set_extent(self._layout.width, self._layout.height, room)
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
        parts = zip(self._board.pins, self._captions, strict=True)
        texts = [in_short(self.label_of(pin), caption) for pin, caption in parts]
        self.setAccessibleDescription("; ".join(texts))

    # Where things are

    def on_board(self, position: QPointF) -> tuple[float, float]:
        return self._scroll.on_board(position)

    def place_of(self, key: str) -> Place | None:
        keys = self._board.state.keys
        return self._layout.places[keys.index(key)] if key in keys else None

    def stacked(self) -> list[tuple[Pin, Place, tuple[str, ...]]]:
        """From the lowest to the highest."""
        parts = zip(self._board.pins, self._layout.places, self._captions, strict=True)
        return sorted(parts, key=lambda part: 0 if part[0].spot is None or not self.is_free else part[0].spot.z)

    def pin_at(self, position: QPointF) -> tuple[Pin, Place] | None:
        """The uppermost pin at a place of the viewport."""
        x, y = self.on_board(position)
        for pin, place, _ in reversed(self.stacked()):
            if place.whole.contains(x, y):
                return pin, place
        return None

    @property
    def is_free(self) -> bool:
        return self._board.arrangement is BoardArrangement.FREE

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        x, y = self._scroll.offset
        painter.translate(-x, -y)
        self._painting.paint(painter, self._look(), self._scroll.seen, self._mouse.drag)
        painter.end()

    # The mouse

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.pin_at(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.pin_opened.emit(found[0].key)

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
        return tip(pin, self.label_of(pin), self._pictures.get(pin))

    def sizeHint(self) -> QSize:
        return QSize(640, 420)
