"""The tiles of the comparison, painted side by side with one zoom and one pan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from alienlab.app.comparison import Arrangement, Captions, Comparison, Tile, captions_of
from alienlab.domain.differences import describe
from alienlab.ui.canvas.layout import MOST_CAPTION_LINES, CanvasLayout, Fit, Place, lay_out
from alienlab.ui.canvas.tile_painter import TileLook, TilePainter
from alienlab.ui.canvas.viewpoint import Viewpoint
from alienlab.ui.theme import Theme

ZOOM_STEP = 1.25
DRAG_PIXELS = 4
"""A press that moves less than this is a click."""


class CanvasView(QAbstractScrollArea):
    """Shows a Comparison. Wheel zooms, dragging pans, arrow keys walk from tile to tile."""

    menu_requested = Signal(str, QPoint)
    """Key of a tile, and where on the screen its menu is wanted."""
    tile_opened = Signal(str)
    """A tile was double-clicked, or Enter pressed on it."""
    focus_changed = Signal(str)

    def __init__(self, comparison: Comparison, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._theme = theme
        self._painter = TilePainter()
        self._viewpoint = Viewpoint()
        self._smooth = False
        self._blurs = False
        self._recognises = False
        self._revealed: set[str] = set()
        self._focus_key = ""
        self._tiles: tuple[Tile, ...] = ()
        self._captions = Captions("", ())
        self._layout = CanvasLayout((), 0.0)
        self._press: QPointF | None = None
        self._dragged = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Comparison canvas")
        comparison.tiles_changed.connect(self._take_tiles)
        comparison.tile_changed.connect(self._take_tile)
        self._take_tiles()

    @property
    def captions(self) -> Captions:
        """Of the tiles that are shown."""
        return self._captions

    @property
    def viewpoint(self) -> Viewpoint:
        return self._viewpoint

    @property
    def places(self) -> tuple[Place, ...]:
        """Of the tiles that are shown, in the order of ``Comparison.shown``, before scrolling."""
        return self._layout.places

    @property
    def focus_key(self) -> str:
        """Key of the tile that has the keyboard; empty where there is none."""
        return self._focus_key

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        self._arrange()

    def set_blurs_flagged(self, blurs: bool) -> None:
        self._blurs = blurs
        self.viewport().update()

    def set_recognises(self, recognises: bool) -> None:
        """Keep a line beneath each caption for what the image is of; without it, it is kept where that is known."""
        self._recognises = recognises
        self._arrange()

    def zoom_in(self) -> None:
        self._look_from(self._viewpoint.zoomed(ZOOM_STEP))

    def zoom_out(self) -> None:
        self._look_from(self._viewpoint.zoomed(1 / ZOOM_STEP))

    def fit(self) -> None:
        """Show every image whole."""
        self._look_from(Viewpoint())

    @property
    def shows_recognition(self) -> bool:
        """Whether there is a line for what each image is of."""
        return self._recognises or any(tile.recognition is not None for tile in self._tiles)

    def is_veiled(self, tile: Tile) -> bool:
        """Whether the tile is blurred now."""
        return self._blurs and tile.is_flagged and tile.key not in self._revealed

    def _take_tiles(self) -> None:
        self._tiles = self._comparison.shown()
        self._captions = captions_of(self._tiles)
        self._painter.forget_all_but([tile.key for tile in self._tiles])
        if self._focus_key not in [tile.key for tile in self._tiles]:
            self._focus(self._comparison.current_key)
        self._arrange()

    def _take_tile(self, key: str) -> None:
        had_line = self.shows_recognition
        self._tiles = self._comparison.shown()
        if self.shows_recognition is not had_line:
            self._arrange()
        elif any(tile.key == key for tile in self._tiles):
            self._describe()
            self.viewport().update()

    def _arrange(self) -> None:
        ratio = self.devicePixelRatioF()
        recipe = self._tiles[0].recipe if self._tiles else None
        fit = Fit(
            width=recipe.width if recipe else 1,
            height=recipe.height if recipe else 1,
            whole_pixels=not self._smooth,
            device_pixels=ratio,
        )
        lines = [len(self._tiles)]
        if self._comparison.arrangement is Arrangement.GRID:
            lines = [len(line.tiles) for line in self._comparison.lines]
        caption_lines = min(MOST_CAPTION_LINES, max(map(len, self._captions.lines), default=1)) + self.shows_recognition
        size = self.viewport().size()
        self._layout = lay_out(lines, width=size.width(), height=size.height(), fit=fit, caption_lines=caption_lines)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self._layout.height) - size.height()))
        bar.setPageStep(size.height())
        bar.setSingleStep(32)
        self._describe()
        self.viewport().update()

    def _look_from(self, viewpoint: Viewpoint) -> None:
        if viewpoint != self._viewpoint:
            self._viewpoint = viewpoint
            self.viewport().update()

    def _focus(self, key: str) -> None:
        if key != self._focus_key:
            self._focus_key = key
            self.focus_changed.emit(key)
            self.viewport().update()

    def _describe(self) -> None:
        captioned = zip(self._tiles, self._captions.lines, strict=False)
        texts = [f"{' · '.join(lines)}: {_what(tile)}" for tile, lines in captioned]
        self.setAccessibleDescription("; ".join(texts))

    def _at(self, position: QPointF) -> tuple[Tile, Place] | None:
        y = position.y() + self.verticalScrollBar().value()
        for tile, place in zip(self._tiles, self._layout.places, strict=False):
            if place.whole.contains(position.x(), y):
                return tile, place
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        painter.translate(0, -self.verticalScrollBar().value())
        look = TileLook(
            theme=self._theme, smooth=self._smooth, viewpoint=self._viewpoint, recognises=self.shows_recognition
        )
        for tile, place, caption in zip(self._tiles, self._layout.places, self._captions.lines, strict=False):
            self._painter.paint(
                painter,
                tile,
                place,
                look,
                caption=caption,
                veiled=self.is_veiled(tile),
                current=tile.key == self._comparison.current_key and len(self._tiles) > 2,
                focused=self.hasFocus() and tile.key == self._focus_key,
            )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        scrolls = self.verticalScrollBar().maximum() > 0 and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        found = self._at(event.position())
        if scrolls or found is None:
            super().wheelEvent(event)
            return
        box = found[1].picture
        y = event.position().y() + self.verticalScrollBar().value()
        at_x, at_y = (event.position().x() - box.x) / box.width, (y - box.y) / box.height
        factor = ZOOM_STEP ** (event.angleDelta().y() / 120)
        self._look_from(self._viewpoint.zoomed(factor, at_x=at_x, at_y=min(1.0, at_y)))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None or not self._layout.places:
            return
        moved = event.position() - self._press
        if self._viewpoint.is_whole or (not self._dragged and moved.manhattanLength() < DRAG_PIXELS):
            return
        self._dragged, self._press = True, event.position()
        box = self._layout.places[0].picture
        self._look_from(self._viewpoint.moved(moved.x() / box.width, moved.y() / box.height))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        found = None if self._dragged else self._at(event.position())
        self._press = None
        if found is not None:
            self._focus(found[0].key)
            if self.is_veiled(found[0]):
                self._revealed.add(found[0].key)
                self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None:
            self.tile_opened.emit(found[0].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._walk(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focus_key:
            self.tile_opened.emit(self._focus_key)
        elif event.key() == Qt.Key.Key_Space and self._focus_key:
            self._revealed ^= {self._focus_key}
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        keys = [tile.key for tile in self._tiles]
        if keys:
            place = keys.index(self._focus_key) if self._focus_key in keys else -step
            place = min(len(keys) - 1, max(0, place + step))
            self._focus(keys[place])
            self._scroll_to(self._layout.places[place])

    def _scroll_to(self, place: Place) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(round(min(max(bar.value(), place.whole.bottom - height), place.whole.y)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        found = self._at(QPointF(event.pos()))
        key = found[0].key if found is not None else self._focus_key
        if key:
            self._focus(key)
            self.menu_requested.emit(key, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), _tip(found[0]) if found is not None else "", self)
            return True
        return super().viewportEvent(event)


def _what(tile: Tile) -> str:
    return str(tile.state) if tile.recognition is None else f"{tile.state}, {tile.recognition.summary}"


def _tip(tile: Tile) -> str:
    words = tile.recognition.lines() if tile.recognition is not None else ()
    notes = tile.provenance.notes if tile.provenance is not None else ()
    seconds = [f"{tile.provenance.seconds:.2f} s"] if tile.provenance is not None else []
    return "\n".join([describe(tile.recipe), *words, *seconds, *notes, *([tile.message] if tile.message else [])])
