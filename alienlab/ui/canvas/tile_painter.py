"""Paints one tile of the comparison canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from alienlab.app.comparison import Tile, TileState
from alienlab.domain.recognition import Recognition
from alienlab.ui.appearance import font_of
from alienlab.ui.canvas.caption import fitting_lines, fitting_parts
from alienlab.ui.canvas.framing import Spot
from alienlab.ui.canvas.image_painting import FrameImages, paint_image, qrect
from alienlab.ui.canvas.layout import CAPTION_LINE, CAPTION_MARGIN, Place, Rect
from alienlab.ui.canvas.pixel_outline import paint_outline
from alienlab.ui.canvas.recognition_bars import NARROW, RecognitionBars, lines_of
from alienlab.ui.canvas.viewpoint import Viewpoint
from alienlab.ui.theme import MONO, Theme, Type

PROGRESS_HEIGHT = 3.0
VEILED = "Flagged by the safety checker. Click to reveal."


@dataclass(frozen=True, slots=True, kw_only=True)
class TileLook:
    """How tiles are painted now."""

    theme: Theme
    smooth: bool
    viewpoint: Viewpoint
    recognises: bool = False
    """Whether a line beneath each caption is kept for what the image is of."""
    subjects: int = 0
    """Subjects that get a bar of their own in place of that line; 0 keeps the line."""
    spot: Spot | None = None
    """The place whose pixel is read."""

    @property
    def recognition_lines(self) -> int:
        """Lines beneath each caption that say what the image is of."""
        if not self.recognises:
            return 0
        return lines_of(self.subjects) if self.subjects else 1


class TilePainter:
    """``images`` keeps those that it painted last."""

    def __init__(self) -> None:
        self.images = FrameImages()
        self._bold = font_of(Type.BODY, weight=QFont.Weight.DemiBold)
        self._plain = font_of(Type.SMALL)
        self._slanted = font_of(Type.SMALL)
        self._slanted.setItalic(True)
        self._body = font_of(Type.BODY)
        self._mono = font_of(Type.SMALL, families=MONO)
        self._bars = RecognitionBars()

    def paint(
        self,
        painter: QPainter,
        tile: Tile,
        place: Place,
        look: TileLook,
        *,
        caption: Sequence[str],
        veiled: bool,
        current: bool,
        focused: bool,
        mark: str = "",
    ) -> None:
        """``veiled`` blurs the picture; ``current`` marks the tile that the settings stand for.

        ``mark`` is the letter of a tile that is compared.
        """
        box = qrect(place.picture)
        painter.fillRect(box, QColor(look.theme.surface))
        if tile.picture is not None:
            self._paint_picture(painter, tile, place.picture, look, veiled=veiled)
        if tile.state is TileState.FAILED:
            self._paint_failure(painter, tile, box, look.theme)
        elif tile.picture is None:
            self._paint_sentence(painter, _waiting_text(tile), box, look.theme.muted)
        if tile.state in (TileState.DENOISING, TileState.WAITING):
            _paint_progress(painter, tile, box, look.theme)
        self._paint_frame(painter, box, look.theme, current=current or bool(mark), focused=focused)
        if mark:
            paint_letter(painter, mark, box.left(), box.top(), look.theme)
        self._paint_caption(painter, tile, place.caption, look, caption)

    def _paint_picture(self, painter: QPainter, tile: Tile, frame: Rect, look: TileLook, *, veiled: bool) -> None:
        array = tile.picture
        assert array is not None
        image = self.images.of(tile.key, array, veiled=veiled)
        # A preview has few pixels: only filtered does it read as an image that is coming.
        paint_image(painter, image, frame, look.viewpoint, smooth=look.smooth or tile.image is None)
        if veiled:
            self._paint_band(painter, VEILED, qrect(frame))
        elif look.spot is not None and tile.image is not None:
            paint_outline(painter, look.spot, image.width(), image.height(), frame, look.viewpoint)

    def _paint_band(self, painter: QPainter, text: str, box: QRectF) -> None:
        band = QRectF(box.left(), box.center().y() - 22, box.width(), 44)
        painter.fillRect(band, QColor(0, 0, 0, 170))
        painter.setFont(self._body)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(band.adjusted(8, 0, -8, 0), _CENTRED, text)

    def _paint_failure(self, painter: QPainter, tile: Tile, box: QRectF, theme: Theme) -> None:
        painter.fillRect(box, QColor(theme.wound))
        painter.setFont(font_of(Type.DISPLAY))
        painter.setPen(QColor(theme.danger))
        painter.drawText(QRectF(box.left(), box.top(), box.width(), box.height() * 0.5 - 4), _ABOVE, "✕")
        below = QRectF(box.left() + 12, box.center().y() + 4, box.width() - 24, box.height() * 0.5 - 8)
        painter.setFont(self._body)
        painter.setPen(QColor(theme.text))
        painter.drawText(below, _BELOW, tile.message)

    def _paint_sentence(self, painter: QPainter, text: str, box: QRectF, colour: str) -> None:
        painter.setFont(self._body)
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(12, 12, -12, -12), _CENTRED, text)

    def _paint_frame(self, painter: QPainter, box: QRectF, theme: Theme, *, current: bool, focused: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = theme.accent if focused else theme.faint if current else theme.line
        painter.setPen(QPen(QColor(colour), 2 if focused else 1))
        outside = 1.5 if focused else 0.5
        painter.drawRect(box.adjusted(-outside, -outside, outside, outside))

    def _paint_caption(self, painter: QPainter, tile: Tile, area: Rect, look: TileLook, caption: Sequence[str]) -> None:
        """The step count at the right of the first line; lesions in fixed width; beneath, what the image is of."""
        theme, top = look.theme, area.y + CAPTION_MARGIN
        status = _status(tile, in_short=area.width < NARROW)
        painter.setFont(self._plain)
        painter.setPen(QColor(theme.accent if tile.state is TileState.DENOISING else theme.muted))
        taken = QFontMetricsF(self._plain).horizontalAdvance(status) + 8 if status else 0.0
        if status:
            painter.drawText(QRectF(area.x, top, area.width, CAPTION_LINE), _RIGHT, status)
        lines = fitting_lines(caption, _lines_in(area) - look.recognition_lines)
        for number, line in enumerate(lines):
            is_lesion = not tile.is_intact and number < len(tile.recipe.lesions) and ":" in line
            font = self._bold if line == "intact" else self._mono if is_lesion else self._plain
            painter.setFont(font)
            painter.setPen(QColor(theme.text if number == 0 or is_lesion else theme.muted))
            room = area.width - (taken if number == 0 else 0.0)
            text = QFontMetricsF(font).elidedText(_capital(line), Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(area.x, top + number * CAPTION_LINE, room, CAPTION_LINE), _LEFT, text)
        if look.recognises and tile.recognition is not None:
            if look.subjects:
                # At the foot, so that those of all tiles are aligned whatever their captions say.
                above = top + (_lines_in(area) - look.recognition_lines) * CAPTION_LINE
                bars = Rect(area.x, above, area.width, look.recognition_lines * CAPTION_LINE)
                self._bars.paint(painter, tile.recognition, bars, theme, subjects=look.subjects)
            else:
                line = QRectF(area.x, top + len(lines) * CAPTION_LINE, area.width, CAPTION_LINE)
                self._paint_recognition(painter, tile.recognition, line, theme)

    def _paint_recognition(self, painter: QPainter, recognition: Recognition, line: QRectF, theme: Theme) -> None:
        """In italics where nothing is recognised, so that a lost image stands out among many."""
        font = self._slanted if recognition.is_lost else self._plain
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        text = fitting_parts(recognition.parts, line.width(), metrics.horizontalAdvance)
        painter.drawText(line, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width()))


def paint_letter(painter: QPainter, letter: str, x: float, y: float, theme: Theme, *, is_seen: bool = True) -> None:
    """A small sign with its upper left corner at (x, y); in grey for an image that is not seen now."""
    box = QRectF(x, y, 20, 20)
    painter.fillRect(box, QColor(theme.ground))
    painter.fillRect(box.adjusted(1, 1, -1, -1), QColor(theme.accent if is_seen else theme.raised))
    painter.setFont(font_of(Type.BODY, weight=QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.on_accent if is_seen else theme.muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_ABOVE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
_BELOW = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _lines_in(area: Rect) -> int:
    return max(1, round((area.height - CAPTION_MARGIN) / CAPTION_LINE))


def _capital(line: str) -> str:
    return "Intact" if line == "intact" else line


def _waiting_text(tile: Tile) -> str:
    return tile.message or ("Waiting" if tile.state is TileState.WAITING else "")


def _status(tile: Tile, *, in_short: bool) -> str:
    match tile.state:
        case TileState.DENOISING:
            return f"{tile.step}/{tile.steps}" if in_short else f"step {tile.step} of {tile.steps}"
        case TileState.WAITING if tile.picture is not None:
            return tile.message.lower()
        case TileState.CANCELLED:
            return "cancelled"
        case _:
            return ""


def _paint_progress(painter: QPainter, tile: Tile, box: QRectF, theme: Theme) -> None:
    line = QRectF(box.left(), box.bottom() - PROGRESS_HEIGHT, box.width(), PROGRESS_HEIGHT)
    painter.fillRect(line, QColor(theme.line))
    if tile.steps:
        painter.fillRect(
            QRectF(line.left(), line.top(), line.width() * tile.step / tile.steps, line.height()), QColor(theme.accent)
        )
