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
)
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from alienlab.app.comparison import Arrangement, Captions, Comparison, Tile, captions_of
from alienlab.app.two_images import TwoImages
from alienlab.ui.canvas.images_view import ImagesView
from alienlab.ui.canvas.layout import MOST_CAPTION_LINES, CanvasLayout, Fit, Place, lay_out_each
from alienlab.ui.canvas.mouse import CanvasMouse
from alienlab.ui.canvas.pixel_outline import has_outline
from alienlab.ui.canvas.recognition_bars import FEWEST_SUBJECTS, MOST_SUBJECTS
from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.canvas.tile_keys import TileKeys
from alienlab.ui.canvas.tile_painter import TileLook, TilePainter
from alienlab.ui.canvas.tile_words import tip, what
from alienlab.ui.canvas.viewpoint import Viewpoint
from alienlab.ui.theme import Theme

TALL = 480
"""Height of the canvas from which on a pair has room for the bars of more subjects."""


class CanvasView(ImagesView):
    """Shows a Comparison. Wheel zooms, dragging pans, arrow keys walk from tile to tile.

    Ctrl+click and Ctrl+Space mark tiles of a grid for the tools that look at two images.
    """

    menu_requested = Signal(str, QPoint)
    """Key of a tile, and where on the screen its menu is wanted."""
    tile_opened = Signal(str)
    """A tile was double-clicked, or Enter pressed on it."""
    focus_changed = Signal(str)

    def __init__(
        self,
        comparison: Comparison,
        theme: Theme,
        *,
        two: TwoImages,
        shared: SharedView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, shared, parent)
        self._comparison = comparison
        self._two = two
        self._painter = TilePainter()
        self._recognises = False
        self._read = ""
        self._was_outlined = False
        self._focus_key = ""
        self._tiles: tuple[Tile, ...] = ()
        self._captions = Captions("", ())
        self._layout = CanvasLayout((), 0.0)
        self._keys = TileKeys(self)
        self.follow(CanvasMouse(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Comparison canvas")
        comparison.tiles_changed.connect(self._take_tiles)
        comparison.tile_changed.connect(self._take_tile)
        two.changed.connect(self._take_two)
        self.outgrown.connect(self._arrange)
        shared.spot_changed.connect(self._take_spot)
        self._take_tiles()

    @property
    def captions(self) -> Captions:
        """Of the tiles that are shown."""
        return self._captions

    @property
    def viewpoint(self) -> Viewpoint:
        return self._shared.viewpoint

    @property
    def places(self) -> tuple[Place, ...]:
        """Of the tiles that are shown, in the order of ``TwoImages.shown``, before scrolling."""
        return self._layout.places

    @property
    def focus_key(self) -> str:
        """Key of the tile that has the keyboard; empty where there is none."""
        return self._focus_key

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Those that are shown."""
        return self._tiles

    def set_recognises(self, recognises: bool) -> None:
        """Keep a line beneath each caption for what the image is of; without it, it is kept where that is known."""
        self._recognises = recognises
        self._arrange()

    def set_read(self, text: str) -> None:
        """What the pixel that is pointed at holds, for those who cannot see the line below."""
        self._read = text
        self._describe()

    def zoom_in(self) -> None:
        self._shared.zoom_in()

    def zoom_out(self) -> None:
        self._shared.zoom_out()

    def fit(self) -> None:
        """Show every image whole."""
        self._shared.fit()

    @property
    def subjects(self) -> int:
        """How many subjects get a bar beneath each image; 0 where one line says all."""
        if not self._wants_bars:
            return 0
        return MOST_SUBJECTS if len(self._tiles) <= 2 and self.viewport().height() >= TALL else FEWEST_SUBJECTS

    @property
    def shows_recognition(self) -> bool:
        """Whether there is a line for what each image is of."""
        return self._recognises or any(tile.recognition is not None for tile in self._tiles)

    def is_veiled(self, tile: Tile) -> bool:
        """Whether the tile is blurred now."""
        return tile.is_flagged and self.veils(tile.key)

    def focus_on(self, key: str) -> None:
        """Give a tile the keyboard."""
        if key != self._focus_key:
            self._focus_key = key
            self.focus_changed.emit(key)
            self.viewport().update()

    def mark(self, tile: Tile) -> None:
        """Take a tile for the tools that look at two images. In a pair there is nothing to choose from."""
        if not self._two.is_open and self._comparison.arrangement is not Arrangement.PAIR:
            self._two.mark(tile)

    def scroll_to(self, place: Place) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(round(min(max(bar.value(), place.whole.bottom - height), place.whole.y)))

    def tile_at(self, position: QPointF) -> tuple[Tile, Place] | None:
        """The tile at a place of the viewport, its caption included."""
        y = position.y() + self.verticalScrollBar().value()
        for tile, place in zip(self._tiles, self._layout.places, strict=False):
            if place.whole.contains(position.x(), y):
                return tile, place
        return None

    def _take_tiles(self) -> None:
        self._tiles = self._two.shown()
        self._captions = captions_of(self._tiles)
        self._painter.images.forget_all_but([tile.key for tile in self._tiles])
        if self._focus_key not in [tile.key for tile in self._tiles]:
            self.focus_on(self._comparison.current_key)
        self._arrange()

    def _take_tile(self, key: str) -> None:
        had_line = self.shows_recognition
        self._tiles = self._two.shown()
        if self.shows_recognition is not had_line:
            self._arrange()
        elif any(tile.key == key for tile in self._tiles):
            self._describe()
            self.viewport().update()

    def _take_two(self) -> None:
        if [tile.key for tile in self._two.shown()] != [tile.key for tile in self._tiles]:
            self._take_tiles()
        else:
            self.viewport().update()

    def _take_spot(self) -> None:
        """Painting again is only worth it where the pixel is outlined, or was."""
        image = next((tile.image for tile in self._tiles if tile.image is not None), None)
        outlined = False
        if image is not None and self._shared.spot is not None and self._layout.places:
            box = self._layout.places[0].picture
            outlined = has_outline(image.shape[1], image.shape[0], box, self.viewpoint)
        if outlined or self._was_outlined:
            self.viewport().update()
        self._was_outlined = outlined

    def _arrange(self) -> None:
        ratio = self.devicePixelRatioF()
        fits = [
            Fit(width=tile.size[0], height=tile.size[1], whole_pixels=not self._smooth, device_pixels=ratio)
            for tile in self._tiles
        ]
        lines = [len(self._tiles)]
        if self._comparison.arrangement is Arrangement.GRID and not self._two.is_open:
            lines = [len(line.tiles) for line in self._comparison.lines]
        caption_lines = min(MOST_CAPTION_LINES, max(map(len, self._captions.lines), default=1))
        caption_lines += self._look().recognition_lines
        size = self.viewport().size()
        self._layout = lay_out_each(lines, fits, width=size.width(), height=size.height(), caption_lines=caption_lines)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self._layout.height) - size.height()))
        bar.setPageStep(size.height())
        bar.setSingleStep(32)
        self._describe()
        self.viewport().update()

    def _look(self) -> TileLook:
        return TileLook(
            theme=self._theme,
            smooth=self._smooth,
            viewpoint=self.viewpoint,
            recognises=self.shows_recognition,
            subjects=self.subjects,
            spot=self._shared.spot,
        )

    def _describe(self) -> None:
        captioned = zip(self._tiles, self._captions.lines, strict=False)
        texts = [f"{' · '.join(lines)}: {what(tile)}" for tile, lines in captioned]
        self.setAccessibleDescription("; ".join([self._read, *texts] if self._read else texts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        painter.translate(0, -self.verticalScrollBar().value())
        look = self._look()
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
                mark=self._mark_of(tile),
            )
        painter.end()

    def _mark_of(self, tile: Tile) -> str:
        marked = self._two.shown() if self._two.is_open else self._two.marked
        keys = [other.key for other in marked]
        return "AB"[keys.index(tile.key)] if tile.key in keys else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.tile_at(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.tile_opened.emit(found[0].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        found = self.tile_at(QPointF(event.pos()))
        key = found[0].key if found is not None else self._focus_key
        if key:
            self.focus_on(key)
            self.menu_requested.emit(key, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.tile_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(found[0]) if found is not None else "", self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._shared.leave()
        return super().viewportEvent(event)
