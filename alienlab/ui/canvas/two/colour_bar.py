"""Explains the colours of a difference."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from alienlab.app.pictures import to_qimage
from alienlab.ui.appearance import font_of
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.canvas.two.difference_colours import ramp_of
from alienlab.ui.theme import Theme, Type

TICK = 4.0
LINE = 16.0


def ticks_of(span: int) -> tuple[int, ...]:
    """From the top of the bar to its foot."""
    half = span // 2
    return (span, half, 0, -half, -span)


def tick_text(value: int, *, span: int, is_beyond: bool) -> str:
    """``is_beyond``: some differences are larger than the ends of the bar stand for."""
    sign = "−" if value < 0 else "+" if value > 0 else ""
    limit = ("≥ " if value > 0 else "≤ ") if is_beyond and abs(value) == span else ""
    unit = " of 255" if abs(value) == span else ""
    return f"{limit}{sign}{abs(value)}{unit}"


def paint_colour_bar(painter: QPainter, bar: Rect, span: int, theme: Theme, *, is_beyond: bool) -> None:
    """Red, or what the theme has for it, at the top: B is lighter there."""
    box = QRectF(bar.x, bar.y, bar.width, bar.height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, to_qimage(np.ascontiguousarray(ramp_of(theme.appearance)[::-1, None, :])))
    painter.setFont(font_of(Type.SMALL))
    for value in ticks_of(span):
        y = bar.y + bar.height * (1 - value / span) / 2
        painter.fillRect(QRectF(bar.right, min(y, bar.bottom - 1), TICK, 1), QColor(theme.muted))
        painter.setPen(QColor(theme.muted))
        top = min(max(bar.y, y - LINE / 2), bar.bottom - LINE)
        painter.drawText(
            QRectF(bar.right + TICK + 4, top, 84, LINE), _LEFT, tick_text(value, span=span, is_beyond=is_beyond)
        )


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
