"""What an image is of, as bars: the likeliest subjects, the best attribute and the best background."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from alienlab.domain.recognition import Ranking, Recognition, percent
from alienlab.ui.appearance import font_of
from alienlab.ui.canvas.layout import CAPTION_LINE, Rect
from alienlab.ui.theme import Theme, Type

FEWEST_SUBJECTS = 3
MOST_SUBJECTS = 5
OTHERS = 2
"""Rows beneath the subjects: attribute and background."""
PERCENT_WIDTH = 36.0
WORD_SHARE = 0.48
"""Of the width, for words."""
LONGEST_WORD = 128.0
BAR_HEIGHT = 6.0
GAP = 8.0
NARROW = 176.0
"""Below this width words have no column of their own: bars lie beneath them as thin lines."""
THIN = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    word: str
    probability: float
    is_subject: bool


def lines_of(subjects: int) -> int:
    """How many lines of a caption the bars take."""
    return subjects + OTHERS


def height_of(subjects: int) -> float:
    return lines_of(subjects) * CAPTION_LINE


def rows_of(recognition: Recognition, subjects: int) -> tuple[Row | None, ...]:
    """One for each line; None where the recogniser knows no such word, so that those of all tiles are aligned."""
    first = [Row(*entry, is_subject=True) for entry in recognition.subjects[:subjects]]
    return (*first, *[None] * (subjects - len(first)), _best(recognition.attributes), _best(recognition.backgrounds))


class RecognitionBars:
    """Paints them beneath each other: word, bar, percent, in columns of the same width for every tile."""

    def __init__(self) -> None:
        self._font = font_of(Type.SMALL)
        self._slanted = font_of(Type.SMALL)
        self._slanted.setItalic(True)

    def paint(self, painter: QPainter, recognition: Recognition, area: Rect, theme: Theme, *, subjects: int) -> None:
        """Into ``area``, ``height_of(subjects)`` high; the first subject is in italics where nothing is recognised."""
        for number, row in enumerate(rows_of(recognition, subjects)):
            if row is not None:
                line = Rect(area.x, area.y + number * CAPTION_LINE, area.width, CAPTION_LINE)
                lost = recognition.is_lost and row.word == recognition.nothing
                self._paint_row(painter, row, line, theme, is_lost=lost)

    def _paint_row(self, painter: QPainter, row: Row, line: Rect, theme: Theme, *, is_lost: bool) -> None:
        word = word_width(line.width)
        font = self._slanted if is_lost else self._font
        painter.setFont(font)
        painter.setPen(QColor(theme.text if row.is_subject and not is_lost else theme.muted))
        text = QFontMetricsF(font).elidedText(row.word, Qt.TextElideMode.ElideRight, word)
        height = line.height - (THIN if line.width < NARROW else 0)
        painter.drawText(QRectF(line.x, line.y, word, height), _LEFT, text)
        painter.setPen(QColor(theme.muted))
        right = line.right - PERCENT_WIDTH
        painter.drawText(QRectF(right, line.y, PERCENT_WIDTH, height), _RIGHT, percent(row.probability))
        bar = bar_of(line)
        painter.fillRect(bar, QColor(theme.line))
        filled = QRectF(bar.left(), bar.top(), bar.width() * row.probability, bar.height())
        painter.fillRect(filled, QColor(theme.accent if row.is_subject and not is_lost else theme.muted))


def word_width(width: float) -> float:
    """Room for words in a row so wide."""
    if width < NARROW:
        return max(0.0, width - PERCENT_WIDTH - GAP)
    return min(LONGEST_WORD, width * WORD_SHARE)


def bar_of(line: Rect) -> QRectF:
    """Where a bar of 100 % lies in a row."""
    if line.width < NARROW:
        return QRectF(line.x, line.bottom - THIN - 1, line.width, THIN)
    left = line.x + word_width(line.width) + GAP
    right = line.right - PERCENT_WIDTH - GAP
    return QRectF(left, line.y + (line.height - BAR_HEIGHT) / 2, max(0.0, right - left), BAR_HEIGHT)


def _best(ranking: Ranking) -> Row | None:
    return Row(*ranking[0], is_subject=False) if ranking else None


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
