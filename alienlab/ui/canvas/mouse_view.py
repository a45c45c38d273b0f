"""What the views of the canvas share: a mouse that an object of its own follows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea


class MouseFollower(Protocol):
    """Told of the left button, of every move and of the wheel."""

    def press(self, event: QMouseEvent) -> None: ...

    def move(self, event: QMouseEvent) -> None: ...

    def release(self, event: QMouseEvent) -> None: ...

    def turn(self, event: QWheelEvent) -> bool:
        """Whether the wheel was of use; else it scrolls."""
        ...


class MouseView(QAbstractScrollArea):
    """A subclass says by ``follow`` what follows the mouse."""

    def follow(self, follower: MouseFollower) -> None:
        self._follower = follower

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._follower.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._follower.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._follower.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._follower.turn(event):
            super().wheelEvent(event)
