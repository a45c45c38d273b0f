"""Texts of plugins and files, shown as they are: Qt takes what looks like markup for markup unless it is told."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that shows every letter of its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """A tooltip that shows every letter of ``text``."""
    return f"<span>{html.escape(text)}</span>" if "<" in text else text
