"""Where passing messages lie, so that nothing moves when they come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

WIDEST = 520
MARGIN = 16
"""Pixels to the edges of what is covered."""


class MessageShelf(QWidget):
    """Covers a little of the lower edge of ``ground``; invisible where it is empty."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        ground.installEventFilter(self)
        self.hide()

    def add(self, message: QWidget) -> None:
        self._column.addWidget(message)
        message.show()
        self.show()
        self.settle()

    def remove(self, message: QWidget) -> None:
        self._column.removeWidget(message)
        self.setVisible(self._column.count() > 0)
        self.settle()

    def settle(self) -> None:
        """Lie in the middle of the lower edge, above everything else."""
        width = min(WIDEST, self._ground.width() - 2 * MARGIN)
        height = max(self._column.totalHeightForWidth(width), self._column.totalMinimumSize().height())
        self.setGeometry((self._ground.width() - width) // 2, self._ground.height() - height - MARGIN, width, height)
        self.raise_()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.settle()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() is QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)
