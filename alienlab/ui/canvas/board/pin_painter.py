"""Paints one pin of the board: its picture, what sets it apart, and what is written about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from alienlab.app.board.pictures import PinPicture
from alienlab.domain.board import Pin
from alienlab.domain.events import Image
from alienlab.domain.outside import OutsideRecipe
from alienlab.session.log.labels import Label
from alienlab.ui.appearance import font_of
from alienlab.ui.canvas.caption import fitting_lines, fitting_parts
from alienlab.ui.canvas.image_painting import FrameImages, paint_image, qrect
from alienlab.ui.canvas.layout import CAPTION_LINE, CAPTION_MARGIN, Place, Rect
from alienlab.ui.canvas.recognition_bars import RecognitionBars
from alienlab.ui.canvas.tile_painter import VEILED, TileLook, paint_letter
from alienlab.ui.theme import MONO, Theme, Type

STAR = "★"
TAG = "#"
SELECTION_MARGIN = 5.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PinLook:
    """What is to be seen of one pin."""

    pin: Pin
    picture: PinPicture | None
    """None while it is being read."""
    caption: Sequence[str]
    label: Label
    is_veiled: bool = False
    is_selected: bool = False
    is_focused: bool = False
    is_lifted: bool = False
    """Whether it is being dragged to another place."""
    letter: str = ""
    """Of a pin that is compared."""


def is_written(label: Label) -> bool:
    """Whether there is anything of a label that is shown on the board."""
    return bool(label.star or label.name or label.tags)


class PinPainter:
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
        self, painter: QPainter, look: PinLook, place: Place, tile_look: TileLook, *, label_line: bool, is_free: bool
    ) -> None:
        """``label_line`` keeps a line for star, name and tags above each caption; what lies freely has a ground."""
        theme, box = tile_look.theme, qrect(place.picture)
        painter.setOpacity(0.4 if look.is_lifted else 1.0)
        self._paint_ground(painter, look, qrect(place.whole), theme, is_free=is_free)
        painter.fillRect(box, QColor(theme.surface))
        if look.picture is not None and look.picture.image is not None:
            self._paint_picture(painter, look, look.picture.image, place.picture, tile_look)
        else:
            text = "" if look.picture is None else look.picture.failure
            self._paint_sentence(painter, text, box, theme.muted)
        _paint_frame(painter, box, theme, focused=look.is_focused)
        if look.letter:
            paint_letter(painter, look.letter, box.left(), box.top(), theme)
        self._paint_caption(painter, look, place.caption, tile_look, label_line=label_line)
        painter.setOpacity(1.0)

    def _paint_ground(self, painter: QPainter, look: PinLook, whole: QRectF, theme: Theme, *, is_free: bool) -> None:
        if not look.is_selected and not is_free:
            return
        margin = SELECTION_MARGIN
        card = whole.adjusted(-margin, -margin, margin, margin)
        painter.fillRect(card, QColor(theme.selected if look.is_selected else theme.ground))
        if is_free and not look.is_selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(card.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_picture(self, painter: QPainter, look: PinLook, array: Image, frame: Rect, tile_look: TileLook) -> None:
        image, box = self.images.of(look.pin.key, array, veiled=look.is_veiled), qrect(frame)
        paint_image(painter, image, frame, tile_look.viewpoint, smooth=tile_look.smooth)
        if look.is_veiled:
            band = QRectF(box.left(), box.center().y() - 22, box.width(), 44)
            painter.fillRect(band, QColor(0, 0, 0, 170))
            self._paint_sentence(painter, VEILED, band, "#ffffff")

    def _paint_sentence(self, painter: QPainter, text: str, box: QRectF, colour: str) -> None:
        painter.setFont(self._plain if box.width() < 160 else self._body)
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(8, 4, -8, -4), _CENTRED, text)

    def _paint_caption(
        self, painter: QPainter, look: PinLook, area: Rect, tile_look: TileLook, *, label_line: bool
    ) -> None:
        line = Rect(area.x, area.y + CAPTION_MARGIN, area.width, CAPTION_LINE)
        has_label = label_line and is_written(look.label)
        if has_label:
            self._paint_label(painter, look.label, line, tile_look.theme)
            line = _below(line)
        room = round((area.height - CAPTION_MARGIN) / CAPTION_LINE) - has_label - tile_look.recognition_lines
        for number, text in enumerate(fitting_lines(look.caption, max(1, room))):
            self._paint_line(painter, look.pin, text, number, line, tile_look.theme)
            line = _below(line)
        recognition = (
            None if look.picture is None or look.picture.provenance is None else look.picture.provenance.recognition
        )
        if tile_look.recognises and recognition is not None and not look.is_veiled:
            if tile_look.subjects:
                # At the foot, so that those of all pins are aligned whatever stands above.
                height = tile_look.recognition_lines * CAPTION_LINE
                line = Rect(area.x, area.bottom - height, area.width, height)
                self._bars.paint(painter, recognition, line, tile_look.theme, subjects=tile_look.subjects)
            else:
                font = self._slanted if recognition.is_lost else self._plain
                text = fitting_parts(recognition.parts, line.width, QFontMetricsF(font).horizontalAdvance)
                _write(painter, font, tile_look.theme.muted, text, line)

    def _paint_line(self, painter: QPainter, pin: Pin, text: str, number: int, line: Rect, theme: Theme) -> None:
        lesions = pin.recipe.lesions
        is_lesion = number < len(lesions) and text in map(str, lesions)
        is_name = isinstance(pin.recipe, OutsideRecipe) and number == 0
        font = self._bold if text == "intact" else self._mono if is_lesion else self._plain
        colour = theme.text if number == 0 or is_lesion or is_name else theme.muted
        _write(painter, font, colour, "Intact" if text == "intact" else text, line, Qt.TextElideMode.ElideMiddle)

    def _paint_label(self, painter: QPainter, label: Label, line: Rect, theme: Theme) -> None:
        """A star, the name, and tags as far as there is room."""
        x, metrics = line.x, QFontMetricsF(self._plain)
        for text, colour in (
            (STAR if label.star else "", theme.accent),
            (label.name, theme.text),
            (" ".join(f"{TAG}{tag}" for tag in label.tags), theme.muted),
        ):
            if text and x < line.right - 16:
                _write(painter, self._plain, colour, text, Rect(x, line.y, line.right - x, line.height))
                x += metrics.horizontalAdvance(text) + 8


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _write(
    painter: QPainter,
    font: QFont,
    colour: str,
    text: str,
    line: Rect,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(qrect(line), _LEFT, QFontMetricsF(font).elidedText(text, elide, line.width))


def _paint_frame(painter: QPainter, box: QRectF, theme: Theme, *, focused: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if focused else theme.line), 2 if focused else 1))
    outside = 1.5 if focused else 0.5
    painter.drawRect(box.adjusted(-outside, -outside, outside, outside))


def _below(line: Rect) -> Rect:
    return Rect(line.x, line.bottom, line.width, line.height)
