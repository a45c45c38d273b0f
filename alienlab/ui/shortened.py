"""Lesions on a line that is too short for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics


def shortened_lesion(text: str, metrics: QFontMetrics, width: int) -> str:
    """Fit into ``width``: the beginning of the pattern goes first, what is done to it last."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    pattern, _, treatment = text.rpartition(":")
    treatment = f":{treatment}"
    room = max(width - metrics.horizontalAdvance(treatment), round(width * 0.45))
    head = metrics.elidedText(pattern, Qt.TextElideMode.ElideLeft, room)
    return head + metrics.elidedText(treatment, Qt.TextElideMode.ElideRight, width - metrics.horizontalAdvance(head))
