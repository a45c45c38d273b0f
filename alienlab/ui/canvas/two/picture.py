"""Paints what the tools make of two images, and follows what they are set to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from alienlab.app.comparison import Tile
from alienlab.app.image_difference import common_size
from alienlab.app.two_images import Tool, TwoImages
from alienlab.domain.events import Image
from alienlab.ui.appearance import font_of
from alienlab.ui.canvas.image_painting import qrect
from alienlab.ui.canvas.layout import CAPTION_LINE, CAPTION_MARGIN, Fit
from alienlab.ui.canvas.pixel_outline import paint_outline
from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.canvas.two.colour_bar import paint_colour_bar
from alienlab.ui.canvas.two.images import KeptImages
from alienlab.ui.canvas.two.painting import Scene, paint_alone, paint_over
from alienlab.ui.canvas.two.stage import Stage, stage_of
from alienlab.ui.canvas.two.words import NOT_YET, ONLY_ONE, SEPARATOR, VEILED, names_of, sizes_note, summary_of
from alienlab.ui.theme import Theme, Type


class TwoImagesPicture(QWidget):
    """Shows what ``TwoImages`` says, where one of its tools lays both images over each other."""

    blinked = Signal(bool)
    """Whether B is seen now."""

    def __init__(
        self,
        two: TwoImages,
        theme: Theme,
        *,
        shared: SharedView,
        is_veiled: Callable[[Tile], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._two = two
        self._theme = theme
        self._shared = shared
        self._is_veiled = is_veiled
        self._smooth = False
        self._images = KeptImages()
        self._sees_b = False
        self._read = ""
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._blink)
        self.setAccessibleName("Two images")
        two.changed.connect(self._follow)
        shared.changed.connect(self.update)
        shared.spot_changed.connect(self.update)

    @property
    def sees_b(self) -> bool:
        """Which of both images a blink shows now."""
        return self._sees_b

    @property
    def stage(self) -> Stage:
        """Where everything stands now."""
        a, b = self._pictures()
        width, height = (1, 1) if a is None else common_size(a, a if b is None else b)
        fit = Fit(width=width, height=height, whole_pixels=not self._smooth, device_pixels=self.devicePixelRatioF())
        return stage_of(width=self.width(), height=self.height(), fit=fit, with_bar=self._two.tool is Tool.DIFFERENCE)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        self.update()

    def set_read(self, text: str) -> None:
        """What the pixel that is pointed at holds, for those who cannot see the line below."""
        self._read = text
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription("; ".join(filter(None, (self._read, *self._lines()))))

    # Following the models

    def _follow(self) -> None:
        blinks = self._two.tool is Tool.BLINK and self._two.b is not None and not self._two.settings.is_paused
        if blinks and self.isVisible():
            if not self.timer.isActive() or self.timer.interval() != self._two.settings.blink_ms:
                self.timer.start(self._two.settings.blink_ms)
        else:
            self.timer.stop()
        if self._two.tool is not Tool.WIPE:
            self.unsetCursor()
        self._describe()
        self.update()

    def _blink(self) -> None:
        self._sees_b = not self._sees_b
        self.blinked.emit(self._sees_b)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.timer.stop()

    # Painting

    def _pictures(self) -> tuple[Image | None, Image | None]:
        a, b = self._two.a, self._two.b
        return a.picture if a is not None else None, b.picture if b is not None else None

    def _scene(self) -> Scene | None:
        """None where there are not two pictures."""
        a, b = self._two.a, self._two.b
        if a is None or b is None or a.picture is None or b.picture is None:
            return None
        return Scene(
            a=self._images.picture(a.picture, veiled=self._is_veiled(a)),
            b=self._images.picture(b.picture, veiled=self._is_veiled(b)),
            box=self.stage.picture,
            viewpoint=self._shared.viewpoint,
            smooth=self._smooth,
            settings=self._two.settings,
            theme=self._theme,
            sees_b=self._sees_b,
        )

    def _obstacle(self) -> str:
        """Why the tool cannot be shown; empty where it can."""
        a, b = self._two.a, self._two.b
        if a is None or b is None:
            return ONLY_ONE
        is_difference = self._two.tool is Tool.DIFFERENCE
        if is_difference and (self._is_veiled(a) or self._is_veiled(b)):
            return VEILED
        missing = [tile.message for tile in (a, b) if (tile.image if is_difference else tile.picture) is None]
        return next(filter(None, missing), NOT_YET) if missing else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        obstacle, scene = self._obstacle(), self._scene()
        if obstacle or scene is None:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QRectF(self.rect()).adjusted(24, 24, -24, -24), _CENTRED, obstacle)
        elif self._two.tool is Tool.DIFFERENCE:
            self._paint_difference(painter, scene)
        else:
            paint_over(painter, scene)
        if scene is not None and not obstacle:
            self._paint_surroundings(painter, scene)
        painter.end()

    def _paint_difference(self, painter: QPainter, scene: Scene) -> None:
        a, b = self._pictures()
        assert a is not None
        assert b is not None
        difference = self._images.difference(a, b, scene.settings.channel)
        span = difference.span(scene.settings.span)
        paint_alone(painter, self._images.coloured(difference, span, self._theme), scene)
        is_beyond = abs(difference.largest) > span
        paint_colour_bar(painter, self.stage.bar, span, self._theme, is_beyond=is_beyond)

    def _paint_surroundings(self, painter: QPainter, scene: Scene) -> None:
        spot = self._shared.spot
        if spot is not None:
            for picture in self._pictures():
                assert picture is not None
                paint_outline(painter, spot, picture.shape[1], picture.shape[0], scene.box, scene.viewpoint)
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(self._theme.accent if focused else self._theme.line), 2 if focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outside = 1.5 if focused else 0.5
        painter.drawRect(qrect(scene.box).adjusted(-outside, -outside, outside, outside))
        self._paint_captions(painter)

    def _paint_captions(self, painter: QPainter) -> None:
        area, font = self.stage.caption, font_of(Type.SMALL)
        painter.setFont(font)
        *names, note = self._lines()
        lines = [*names, note] if self.stage.caption_lines > 1 else [note or SEPARATOR.join(names)]
        for number, text in enumerate(lines):
            painter.setPen(QColor(self._theme.muted if text == note else self._theme.text))
            line = QRectF(area.x, area.y + CAPTION_MARGIN + number * CAPTION_LINE, area.width, CAPTION_LINE)
            elided = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)

    def _lines(self) -> tuple[str, ...]:
        """Both names, and what else there is to say."""
        a, b = self._two.a, self._two.b
        if a is None or b is None:
            return ()
        notes: list[str] = []
        if a.image is not None and b.image is not None:
            if self._two.tool is Tool.DIFFERENCE and not self._obstacle():
                channel = self._two.settings.channel
                notes.append(summary_of(self._images.difference(a.image, b.image, channel), channel))
            notes.append(sizes_note(a.image, b.image))
        return (*names_of(a, b), SEPARATOR.join(filter(None, notes)))


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
