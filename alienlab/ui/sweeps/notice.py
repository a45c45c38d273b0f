"""What stands in a panel that has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def notice(text: str = "") -> QLabel:
    """Muted lines in the middle."""
    label = QLabel(text)
    label.setProperty("tone", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setContentsMargins(24, 24, 24, 24)
    return label
