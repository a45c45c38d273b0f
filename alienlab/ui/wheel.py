"""What a mouse wheel turns by."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent

NOTCH = 120
"""In eighths of a degree; smooth wheels and touch pads turn by less at once."""


class Notches:
    """Whole notches of a wheel; what is left over counts for the next turn."""

    def __init__(self) -> None:
        self._turned = 0

    def take(self, event: QWheelEvent) -> int:
        """Notches away from the user; less than 0 for the other way."""
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        return notches
