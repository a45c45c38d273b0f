"""Keys that mean the same on all pages of the canvas."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

ARROWS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}
"""Columns and rows that an arrow key goes."""
TO_PIXELS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def goes_to_pixels(event: QKeyEvent) -> bool:
    """Whether an arrow key goes from pixel to pixel."""
    return event.modifiers() & TO_PIXELS == TO_PIXELS
