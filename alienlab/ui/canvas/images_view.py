"""What the views of the canvas share: how images are looked at, and a mouse that an object of its own follows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.theme import Theme


class MouseFollower(Protocol):
    """Told of the left button, of every move and of the wheel."""

    def press(self, event: QMouseEvent) -> None: ...

    def move(self, event: QMouseEvent) -> None: ...

    def release(self, event: QMouseEvent) -> None: ...

    def turn(self, event: QWheelEvent) -> bool:
        """Whether the wheel was of use; else it scrolls."""
        ...


class ImagesView(QAbstractScrollArea):
    """A subclass says by ``follow`` what follows the mouse, and lays its images out anew on ``outgrown``."""

    outgrown = Signal()
    """Images need other places: they are smoothed, or get bars beneath them, or no longer."""

    def __init__(self, theme: Theme, shared: SharedView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._shared = theme, shared
        self._smooth = self._blurs = self._wants_bars = False
        self._revealed: set[str] = set()
        shared.changed.connect(self.viewport().update)

    @property
    def shared(self) -> SharedView:
        """Zoom and pan, the same on all pages of the canvas."""
        return self._shared

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        self.outgrown.emit()

    def set_blurs_flagged(self, blurs: bool) -> None:
        self._blurs = blurs
        self.viewport().update()

    def set_wants_bars(self, wants: bool) -> None:
        """Say with bars what each image is of, instead of in one line."""
        self._wants_bars = wants
        self.outgrown.emit()

    def veils(self, key: str) -> bool:
        """Whether an image is blurred now where it is flagged."""
        return self._blurs and key not in self._revealed

    def reveal(self, key: str) -> None:
        """Show what is veiled, or veil it again."""
        self._revealed ^= {key}
        self.viewport().update()

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
