"""Paints renders as cells: a picture, what was done, the prompt, a star and a verdict."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap, QPolygonF

from alienlab.app.log.columns import asked_text, done_text
from alienlab.app.log.entries import Entry
from alienlab.app.log.grouping import Group
from alienlab.domain.counting import counted
from alienlab.domain.lesions import LesionSpec
from alienlab.ui.appearance import font_of
from alienlab.ui.shortened import shortened_lesions
from alienlab.ui.theme import MONO, Theme, Type

ROOM = 48 * 2**20
"""Bytes of pictures that are kept at the size in which they were painted."""
MOST_TEXTS = 4096
"""Shortened lesions that are kept."""
LEAST_PATTERN = 0.2
"""The part of a line that the pattern of a lesion keeps beside a long amount."""
CELL_MARGIN = 4
LEAST_WIDTH = 112
"""Of a cell, so that its captions say something."""
LINE = 15
RULE = 3
"""Height of the line in the colour of a verdict."""


@dataclass(frozen=True, slots=True)
class CellLook:
    is_selected: bool = False
    is_hovered: bool = False
    is_current: bool = False
    """Whether it has the keyboard."""


class GalleryPainter:
    """Pictures are kept at the size in which they were painted last."""

    def __init__(self) -> None:
        self._pixmaps: OrderedDict[tuple[int, int, float], QPixmap] = OrderedDict()
        self._bytes = 0
        self._lesion_texts: dict[tuple[tuple[LesionSpec, ...], int], str] = {}
        self._plain = font_of(Type.SMALL)
        self._mono = font_of(Type.SMALL, families=MONO)
        self._bold = font_of(Type.BODY, weight=QFont.Weight.DemiBold)
        self._metrics = {id(font): QFontMetrics(font) for font in (self._plain, self._mono, self._bold)}

    def forget(self) -> None:
        """Make all pictures anew."""
        self._pixmaps.clear()
        self._bytes = 0

    def paint_cell(
        self,
        painter: QPainter,
        cell: QRect,
        side: int,
        entry: Entry,
        image: QImage | None,
        theme: Theme,
        look: CellLook,
    ) -> None:
        """``side`` is that of the picture."""
        ground = cell.adjusted(2, 2, -2, -2)
        if look.is_selected or look.is_hovered:
            _fill(painter, ground, theme.selected if look.is_selected else theme.hover)
        box = QRect(cell.left() + (cell.width() - side) // 2, cell.top() + CELL_MARGIN, side, side)
        self.paint_picture(painter, box, entry, image, theme)
        if entry.effect is not None:
            rule = QRect(box.left(), box.bottom() + 2, box.width(), RULE)
            painter.fillRect(rule, QColor(theme.verdicts[entry.effect.verdict]))
        if entry.label.star:
            _paint_star(painter, QPointF(box.right() - 9, box.top() + 10), theme)
        self._write_captions(painter, cell, box.bottom() + 2 + RULE + 1, entry, theme)
        if look.is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(QRectF(ground).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def paint_heading(
        self, painter: QPainter, line: QRect, group: Group, theme: Theme, look: CellLook, *, is_folded: bool
    ) -> None:
        painter.fillRect(line, QColor(theme.surface))
        inner = line.adjusted(8, 6, -8, -6)
        if look.is_hovered or look.is_current:
            _fill(painter, inner, theme.hover if look.is_hovered else theme.raised)
        if look.is_current:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        _paint_chevron(
            painter, QPointF(inner.left() + 12, inner.center().y() + 0.5), theme.muted, points_down=not is_folded
        )
        count = counted(len(group.numbers), "render")
        room = inner.width() - 32 - self._metrics[id(self._plain)].horizontalAdvance(count) - 20
        title = self._elided(self._bold, group.title, room)
        words = inner.adjusted(24, 0, -8, 0)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._bold)
        painter.setPen(QColor(theme.text))
        painter.drawText(words, side, title)
        painter.setFont(self._plain)
        painter.setPen(QColor(theme.muted))
        painter.drawText(
            words.adjusted(self._metrics[id(self._bold)].horizontalAdvance(title) + 12, 0, 0, 0), side, count
        )

    def paint_picture(self, painter: QPainter, box: QRect, entry: Entry, image: QImage | None, theme: Theme) -> None:
        if image is None:
            painter.fillRect(box, QColor(theme.raised))
            if entry.record.missing:
                painter.setPen(QColor(theme.muted))
                painter.setFont(self._plain)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, "The file is gone")
            return
        pixmap = self._pixmap(image, box.width(), painter.device().devicePixelRatioF())
        size = pixmap.deviceIndependentSize().toSize()
        painter.drawPixmap(
            box.topLeft() + QPoint((box.width() - size.width()) // 2, (box.height() - size.height()) // 2), pixmap
        )

    def _pixmap(self, image: QImage, side: int, ratio: float) -> QPixmap:
        key = (image.cacheKey(), side, ratio)
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        found = self._pixmaps[key] = _fitted(image, side, ratio)
        self._bytes += 4 * found.width() * found.height()
        while self._bytes > ROOM and len(self._pixmaps) > 1:
            _, gone = self._pixmaps.popitem(last=False)
            self._bytes -= 4 * gone.width() * gone.height()
        return found

    def _write_captions(self, painter: QPainter, cell: QRect, top: int, entry: Entry, theme: Theme) -> None:
        width = cell.width() - 2 * CELL_MARGIN - 4
        is_plain = bool(entry.label.name) or not entry.record.recipe.lesions
        first = (
            self._elided(self._plain, entry.label.name or done_text(entry), width)
            if is_plain
            else self._lesions(entry, width)
        )
        second = self._elided(self._plain, asked_text(entry), width)
        lines = ((self._plain if is_plain else self._mono, theme.text, first), (self._plain, theme.muted, second))
        for place, (font, colour, text) in enumerate(lines):
            line = QRect(cell.left() + CELL_MARGIN + 2, top + LINE * place, width, LINE)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)

    def _lesions(self, entry: Entry, width: int) -> str:
        """The first of them, by the end of its pattern, which tells modules apart; and how many more there are."""
        key = entry.record.recipe.lesions, width
        found = self._lesion_texts.get(key)
        if found is None:
            if len(self._lesion_texts) >= MOST_TEXTS:
                self._lesion_texts.clear()
            found = shortened_lesions(key[0], self._metrics[id(self._mono)], width, least=LEAST_PATTERN)
            self._lesion_texts[key] = found
        return found

    def _elided(self, font: QFont, text: str, width: int) -> str:
        shortened = text[: max(8, width // 3)]  # nothing longer can fit, and measuring it takes its time
        return self._metrics[id(font)].elidedText(
            text if len(shortened) == len(text) else f"{shortened}…", Qt.TextElideMode.ElideRight, width
        )


def cell_of(side: int) -> QSize:
    """Size of a cell with pictures of this side."""
    return QSize(max(LEAST_WIDTH, side + 24), CELL_MARGIN + side + 2 + RULE + 1 + 2 * LINE + CELL_MARGIN)


def _fitted(image: QImage, side: int, ratio: float) -> QPixmap:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(image.scaled(QSize(side, side) * ratio, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _fill(painter: QPainter, area: QRect, colour: str) -> None:
    painter.setBrush(QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(area, 4, 4)


_STAR = QPolygonF(
    [
        QPointF(math.sin(math.tau * turn / 10), -math.cos(math.tau * turn / 10)) * (6.0 if turn % 2 == 0 else 2.6)
        for turn in range(10)
    ]
)


def _paint_star(painter: QPainter, middle: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ground))
    painter.setOpacity(0.7)
    painter.drawEllipse(middle, 9, 9)
    painter.setOpacity(1.0)
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(_STAR.translated(middle))


def _paint_chevron(painter: QPainter, middle: QPointF, colour: str, *, points_down: bool) -> None:
    corners = ((-4, -2), (0, 2), (4, -2)) if points_down else ((-2, -4), (2, 0), (-2, 4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.drawPolyline(QPolygonF([middle + QPointF(*corner) for corner in corners]))
